#!/usr/bin/env bash
# Trains EC with adversarial training on the sample corpus, and shows what the model has learned.
# Further arguments are flags of train.py.
set -euo pipefail
unset CDPATH
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
. scripts/environment.sh
prepare_environment

run=runs/quickstart
say "Training on the sample corpus, with adversarial training ..."
.venv/bin/python train.py --dataset=sample --ec --at_alpha=0.01 --output_dir="$run" --overwrite "$@"
for split in dev test; do
    printf '\nScores on %s\n\n' "$split"
    cat "$run/scores-$split.txt"
done
printf '\nWhat it extracts from a sentence of test (entities with given boundaries, as EC has them)\n\n'
.venv/bin/python show.py --run="$run"
