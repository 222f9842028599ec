#!/usr/bin/env bash
# Everything: trains all rows of the paper's Table 1 that the corpora allow, then makes the tables and figures.
# After Ctrl-C, or however it was ended, the same command goes on where it stood.
#
#   ./run_all.sh                     all of it, which takes days
#   ./run_all.sh --dry_run           lists the trainings, with the time, and what is left out and why
#   ./run_all.sh --dataset=sample    the same over the sample corpus, in minutes
#
# Arguments are flags of `multihead-at experiments` (--help lists them).
set -euo pipefail
unset CDPATH
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
. scripts/environment.sh
prepare_environment plots

results=results
report=yes
previous=""
for argument in "$@"; do
    case "$argument" in
        --results_dir=* | -results_dir=*) results="${argument#*=}" ;;
        --dry_run | -dry_run | --dry_run=[tT1]* | --help | -help | -h) report="" ;;
    esac
    case "$previous" in
        --results_dir | -results_dir) results="$argument" ;;
    esac
    previous="$argument"
done

# Trainings that have failed are told, and the others reported all the same.
status=0
.venv/bin/python -m multihead_at experiments --end_with=$$ "$@" || status=$?
if [ "$status" -gt 1 ] || [ -z "$report" ]; then
    exit "$status"
fi
.venv/bin/python -m multihead_at report --results="$results"
exit "$status"
