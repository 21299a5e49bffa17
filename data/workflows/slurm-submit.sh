#!/bin/sh
# Counts structures in N shards, one task of a Slurm array each, and merges them
# when all are done:
#   sh slurm-submit.sh N all.h5 INPUT... [options of potential extract]
# Prints the ids of both jobs. The shards and what they were made from stay in the
# folder all.h5.parts; see docs/scaling-out.md. Options for sbatch stand in
# SBATCH_SHARD and SBATCH_MERGE ("--partition=long --time=8:00:00"), the program
# in POTENTIAL. STREAM is a command that writes the models of one task as an archive
# {tar}, where INPUT is tar:- ("foldcomp decompress -z --id-list ids/{task} afdb {tar}").
# With a potential in SCORE the models are scored: the result is all.tsv, or with all.h5 an HDF5
# table, and the options are those of potential score.
set -eu
if [ $# -lt 3 ]; then
  echo "usage: sh $0 N all.h5 INPUT... [options of potential extract]" >&2
  exit 2
fi
scripts=$(cd "$(dirname "$0")" && pwd)
shards=$1 output=$2
shift 2
parts=$output.parts
if [ -n "${SCORE:-}" ] && [ "${output%.h5}" != "$output" ]; then
  case "$*${STREAM:+ {task\}}" in
    *"{task}"*)
      echo "tables of scores are joined by the numbers of their shards, which tasks with inputs of" \
        "their own do not have; name a result such as all.tsv" >&2
      exit 2 ;;
  esac
fi
mkdir -p "$parts"
printf '%s\n' "$@" > "$parts/arguments.new"
printf '%s\n' "$shards" > "$parts/shards.new"
printf '%s' "${STREAM:-}" > "$parts/stream.new"
printf '%s' "${SCORE:-}" > "$parts/potential.new"
for file in arguments shards stream potential; do
  if [ -e "$parts/$file" ] && ! cmp -s "$parts/$file" "$parts/$file.new"; then
    echo "$parts holds shards of another run ($file differs); remove it or choose another output" >&2
    rm "$parts/arguments.new" "$parts/shards.new" "$parts/stream.new" "$parts/potential.new"
    exit 1
  fi
done
printf '%s\n' "$scripts" > "$parts/scripts"
for file in arguments shards stream potential; do mv "$parts/$file.new" "$parts/$file"; done
again=${ONLY:-1-$shards}
job=$(sbatch --parsable --array="$again" --output="$parts/%a.log" ${SBATCH_SHARD:-} \
  "$scripts/slurm-shard.sh" "$parts")
merge=$(sbatch --parsable --dependency="afterok:$job" --kill-on-invalid-dep=yes \
  --output="$parts/merge.log" ${SBATCH_MERGE:-} "$scripts/slurm-merge.sh" "$parts" "$output")
echo "shards: job $job   merge: job $merge"
