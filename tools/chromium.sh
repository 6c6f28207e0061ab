#!/bin/sh
# Print the path of a Chromium for the browser tests: the one that CHROMIUM names, else one of the
# machine's own; where there is none, root installs Debian's. Fail when there is none to be had.
set -eu

find_chromium() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        path=$(command -v "$name") && "$path" --version >/dev/null 2>&1 && echo "$path" && return
    done
    for path in "${HOME:-/root}"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome; do
        [ -x "$path" ] && echo "$path" && return
    done
    return 1
}

if [ -n "${CHROMIUM:-}" ]; then
    command -v "$CHROMIUM" && exit
    echo "CHROMIUM=$CHROMIUM is not a program" >&2
    exit 1
fi
find_chromium && exit
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "tests: installing chromium" >&2
    {
        apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=300 \
                --no-install-recommends chromium fonts-liberation
    } >&2 && find_chromium && exit
fi
exit 1
