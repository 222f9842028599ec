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

marks="not long"
long=""
if [ "${1:-}" = --long ]; then
    marks=""
    long=yes
    shift
fi
# No test skips for want of a program: those that need a browser are left out here, and it is said.
if ! type -P chromium chromedriver > /dev/null; then
    marks="${marks:+$marks and }not browser"
    say "Tests in a browser are left out: chromium and chromedriver are not both on the PATH."
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
# Two at a time: more would not fit small machines, as many tests load TensorFlow. In the order of tests/conftest.py.
check pytest --quiet --numprocesses=2 --dist=loadfile --no-loadscope-reorder -m "$marks" "$@"
if [ -n "$long" ]; then
    # They print how many there were of each kind.
    for script in kills mutations mutants load fuzz_readers; do
        say "== tests/robustness/$script.py"
        .venv/bin/python "tests/robustness/$script.py" || status=1
    done
fi
[ "$status" -eq 0 ] || say "Something is wrong: see above."
exit "$status"
