#!/bin/sh
# Usage: tools/npm.sh ARGUMENTS
# Run npm: the machine's own when it is new enough, else one from PyPI in .node-venv.
set -eu
cd "$(dirname "$0")/.."

version=$(npm --version 2>/dev/null || true)
case ${version%%.*} in
'' | *[!0-9]*) major=0 ;;
*) major=${version%%.*} ;;
esac
if [ "$major" -lt 10 ]; then
    echo "set-up: npm ${version:-is not here}, 10 or newer is needed; taking Node.js from PyPI" >&2
    if ! cmp -s requirements-node.lock .node-venv/.installed ||
        [ "$(cat .node-venv/.place)" != "$(pwd)" ]; then
        tools/setup_python.sh .node-venv requirements-node.lock
        cp requirements-node.lock .node-venv/.installed
    fi
    PATH="$(pwd)/.node-venv/bin:$PATH"
    export PATH
fi
exec npm "$@"
