#!/usr/bin/env bash
# Everything: trains all rows of the paper's Table 1 that the corpora allow, then makes the tables and figures in results/.
# After Ctrl-C, or however it was ended, the same command goes on where it stood.
#
#   ./run_all.sh                     all of it, which takes days
#   ./run_all.sh --dry_run           lists the trainings, with the time, and what is left out and why
#   ./run_all.sh --dataset=sample    the same over the sample corpus, in minutes; tables in runs/sample-results/
#   ./run_all.sh --epochs=2          all of it cut short, to see it work; tables in runs/cut-results/
#
# Arguments are flags of `multihead-at experiments` (--help lists them); paths are meant from where you stand.
set -euo pipefail
unset CDPATH
here="$PWD"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
. scripts/environment.sh
prepare_environment plots

# The path, from where the user stands.
from_here() {
    case "$1" in
        /* | "") printf '%s' "$1" ;;
        *) printf '%s' "$here/$1" ;;
    esac
}

arguments=()
is_path=""
for argument in "$@"; do
    if [ -n "$is_path" ]; then
        argument="$(from_here "$argument")"
    fi
    is_path=""
    case "$argument" in
        -*_dir=* | -*flagfile=*) argument="${argument%%=*}=$(from_here "${argument#*=}")" ;;
        -*_dir | -*flagfile) is_path=yes ;;
    esac
    arguments+=("$argument")
done
if [ -n "${MULTIHEAD_AT_DATA_DIR:-}" ]; then
    export MULTIHEAD_AT_DATA_DIR
    MULTIHEAD_AT_DATA_DIR="$(from_here "$MULTIHEAD_AT_DATA_DIR")"
fi

# Trainings that have failed are told, and the others reported all the same.
.venv/bin/python -m multihead_at experiments --report --end_with=$$ ${arguments[@]+"${arguments[@]}"}
