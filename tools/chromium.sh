#!/bin/sh
# Print the path of a Chromium for the browser tests: the one that CHROMIUM names, else one of the
# machine's own; where there is none, root installs one. Fail, and say what would help, when there
# is none to be had, or when Playwright's driver cannot run.
set -eu
cd "$(dirname "$0")/.."

find_chromium() {
    if [ -n "${CHROMIUM:-}" ]; then
        command -v "$CHROMIUM"
        return
    fi
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        path=$(command -v "$name") && "$path" --version >/dev/null 2>&1 && echo "$path" && return
    done
    for path in "${HOME:-/root}"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome; do
        [ -x "$path" ] && echo "$path" && return
    done
    return 1
}

driver_runs() {
    .venv/bin/playwright --version >/dev/null 2>&1
}

# Playwright's driver is a Node.js that wants libatomic, which small systems lack.
install() {
    echo "tests: installing $*" >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=300 \
        --no-install-recommends "$@" >&2
}

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null &&
    ! { find_chromium >/dev/null && driver_runs; }; then
    apt-get update -qq >&2 || true
    driver_runs || install libatomic1 || true
    # Debian has the package; on Ubuntu it is a snap, and Playwright's own build is used.
    [ -n "${CHROMIUM:-}" ] || find_chromium >/dev/null || install chromium fonts-liberation ||
        .venv/bin/playwright install --with-deps chromium >&2 || true
fi

if ! driver_runs; then
    echo "tests: Playwright's driver cannot run; 'sudo apt-get install -y libatomic1' brings what it lacks" >&2
    exit 1
fi
if ! find_chromium; then
    echo "tests: no Chromium${CHROMIUM:+ at $CHROMIUM}; 'sudo apt-get install -y chromium' (Debian) or '.venv/bin/playwright install --with-deps chromium' (Ubuntu) brings it" >&2
    exit 1
fi
