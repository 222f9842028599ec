#!/usr/bin/env bash
# Runs all checks and tests; the exit status is 0 when all are well.
#
#   ./run_tests.sh                    all but the long ones
#   ./run_tests.sh --long             the long ones too
#   ./run_tests.sh tests/scoring -x   further arguments are pytest's
set -euo pipefail
unset CDPATH
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
. scripts/environment.sh

which=(-m "not long")
if [ "${1:-}" = --long ]; then
    which=()
    shift
fi
prepare_environment test

status=0
check() {
    say "== $*"
    .venv/bin/python -m "$@" || status=1
}
check ruff check .
check ruff format --check .
check mypy
# Two at a time: more would not fit small machines, as many tests load TensorFlow.
check pytest --quiet --numprocesses=2 --dist=loadfile ${which[@]+"${which[@]}"} "$@"
[ "$status" -eq 0 ] || say "Something is wrong: see above."
exit "$status"
