#!/usr/bin/env bash
# Writes requirements/*.lock anew: every package that the scripts install, pinned, with its hashes, for Python 3.9 to 3.11.
# Needs uv (pip install uv). Afterwards run the tests on each Python.
set -euo pipefail
unset CDPATH
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

lock() {
    local name="$1"
    shift
    uv pip compile "$@" --universal --python-version 3.9 --generate-hashes --no-annotate --no-header \
        --quiet --output-file "requirements/$name.lock"
}
lock build requirements/build.in
lock run setup.py requirements/build.in
lock plots setup.py requirements/build.in --extra plots
lock test setup.py requirements/build.in --extra test
