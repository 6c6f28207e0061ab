#!/bin/sh
# Usage: tools/setup_python.sh DIRECTORY LOCK
# Make a virtual environment in DIRECTORY, if it is not there, and install the packages of LOCK,
# each checked by its hash. PYTHON names the interpreter; else the first that is new enough is taken.
set -eu
cd "$(dirname "$0")/.."
directory=$1
lock=$2

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    echo "set-up: no Python 3.11 or newer; 'sudo apt-get install -y python3 python3-venv' brings it (Debian 12, Ubuntu 24.04 and later)" >&2
    return 1
}

# Debian's python3 lacks ensurepip until python3-venv is installed.
make_environment() {
    rm -rf "$directory"
    if "$python" -c 'import ensurepip' 2>/dev/null && "$python" -m venv "$directory"; then
        return
    fi
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "set-up: installing python3-venv" >&2
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >&2
        rm -rf "$directory"
        "$python" -m venv "$directory" && return
    fi
    rm -rf "$directory"
    # A pip of the system can fill an environment that has none.
    if "$python" -m pip --version >/dev/null 2>&1 && "$python" -m venv --without-pip "$directory" &&
        "$python" -m pip --python "$directory/bin/python" install --quiet --disable-pip-version-check pip; then
        return
    fi
    rm -rf "$directory"
    echo "set-up: this Python cannot make virtual environments; 'sudo apt-get install -y python3-venv' brings what it lacks" >&2
    return 1
}

here=$(pwd)
if [ "$(cat "$directory/.place" 2>/dev/null)" != "$here" ] || ! new_enough "$directory/bin/python"; then
    python=$(find_python)
    make_environment
    printf '%s\n' "$here" >"$directory/.place"
fi
echo "set-up: $lock → $directory" >&2
"$directory/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes --requirement "$lock"
