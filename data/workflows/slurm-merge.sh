#!/bin/sh
#SBATCH --job-name=potential-merge
#SBATCH --mem=2G
#SBATCH --requeue
#SBATCH --open-mode=append
# Merges the shards in the folder PARTS, all of them or none:
#   sbatch slurm-merge.sh PARTS all.h5
set -eu
parts=$1 output=$2
shards=$(cat "$parts/shards")
find "$parts" -name '*.h5' ! -name '.*' > "$parts/list"
exec "${POTENTIAL:-potential}" merge "@$parts/list" -o "$output" --expect "$shards"
