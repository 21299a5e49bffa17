#!/bin/sh
#SBATCH --job-name=potential-merge
#SBATCH --mem=2G
#SBATCH --requeue
#SBATCH --open-mode=append
# Merges the shards in the folder PARTS, all of them or none; joins scores to the rows of
# one run, or, where every task had inputs of its own, task after task:
#   sbatch slurm-merge.sh PARTS all.h5
set -eu
rm -f "$2.new"
parts=$1 output=$2
shards=$(cat "$parts/shards")
case ${parts%/} in *.h5.parts) ending=h5 ;; *) ending=tsv ;; esac
if [ -s "$parts/potential" ] && [ $ending = tsv ]; then
  seq -f "$parts/%.0f.tsv" 1 "$shards" > "$parts/list"
  if [ -s "$parts/stream" ] || grep -q '{task}' "$parts/arguments"; then
    while IFS= read -r rows; do
      if [ -s "$output.new" ]; then tail -n +2 "$rows"; else cat "$rows"; fi >> "$output.new"
    done < "$parts/list"
    exec mv "$output.new" "$output"
  fi
  exec "${POTENTIAL:-potential}" merge "@$parts/list" -o "$output" --expect "$shards"
fi
find "$parts" -name '*.h5' ! -name '.*' > "$parts/list"
exec "${POTENTIAL:-potential}" merge "@$parts/list" -o "$output" --expect "$shards"
