#!/usr/bin/env bash
# Usage: tools/test.sh [PYTEST ARGUMENTS]
# Run the tests with a real Chromium (its path is in CHROMIUM) and a real PostgreSQL (its address is
# in PMO_TEST_POSTGRES_URL; each test process makes databases of its own there). A part that cannot
# be had is left out with a loud line, and in CI (CI is set) fails the run.
set -euo pipefail
cd "$(dirname "$0")/.."

left_out=()
leave_out() { # MARKER
    if [[ -n ${CI:-} ]]; then
        exit 1
    fi
    left_out+=("$1")
}

if CHROMIUM=$(tools/chromium.sh); then
    export CHROMIUM
else
    unset CHROMIUM
    leave_out browser
fi

runner=()
if [[ -z ${PMO_TEST_POSTGRES_URL:-} ]]; then
    runner=(.venv/bin/python tools/postgres.py)
    if ! "${runner[@]}" true; then
        echo "tests: no PostgreSQL; 'make test PMO_TEST_POSTGRES_URL=postgresql://user:password@host/postgres' uses one of yours" >&2
        runner=()
        leave_out postgres
    fi
fi

selection=()
if ((${#left_out[@]})); then
    expression=$(printf ' and not %s' "${left_out[@]}")
    selection=(-m "${expression# and }")
fi
warn() {
    if ((${#left_out[@]})); then
        echo "tests: !!! LEFT OUT, for want of what is named above: ${left_out[*]} !!!" >&2
    fi
}

warn
status=0
"${runner[@]}" .venv/bin/python -m pytest -n "${WORKERS:-2}" --dist loadgroup \
    "${selection[@]}" "$@" || status=$?
warn
exit "$status"
