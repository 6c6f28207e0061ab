#!/usr/bin/env bash
# Usage: tools/test.sh [PYTEST ARGUMENTS]
# Run the tests with a real Chromium (its path is in CHROMIUM) and a real PostgreSQL (its address is in
# PMO_TEST_POSTGRES_URL; several test processes make a database each). A part that cannot be had is left out
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
runner=()
if [[ -z ${PMO_TEST_POSTGRES_URL:-} ]]; then
    runner=(.venv/bin/python tools/postgres.py)
    if ! "${runner[@]}" true; then
        runner=()
        leave_out postgres "PostgreSQL (see above)" \
            "make test PMO_TEST_POSTGRES_URL=postgresql://user:password@host/empty-database"
    fi
fi

selection=()
if ((${#expression[@]})); then
    selection=(-m "${expression[0]}${expression[1]:+ and ${expression[1]}}")
    printf '%s\n' "${left_out[@]}" >&2
fi
status=0
"${runner[@]}" .venv/bin/python -m pytest -n "${WORKERS:-2}" --dist loadgroup "${selection[@]}" "$@" || status=$?
if ((${#left_out[@]})); then
    printf '%s\n' "${left_out[@]}" >&2
fi
exit "$status"
