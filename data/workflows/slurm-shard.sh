#!/bin/sh
#SBATCH --job-name=potential-shard
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --requeue
#SBATCH --open-mode=append
# One shard, the array's task id, of the run whose arguments stand in the folder
# PARTS: sbatch --array=1-N slurm-shard.sh PARTS. A task that is started again
# goes on from its last checkpoint; a shard that is complete is only read through.
# The file PARTS/stream, if there is one, holds the command that writes a task's models
# as an archive, to be read as tar:- (see stream.sh); PARTS/potential names the potential
# that the models are scored with, where they are not counted.
set -eu
parts=$1
# Every task takes every N-th input, unless an argument has {task} in it, which
# becomes the task's id: then each has inputs of its own, as in @groups/{task}.
shard=--shard=$SLURM_ARRAY_TASK_ID/$(cat "$parts/shards")
set --
while IFS= read -r word; do
  case $word in
    *"{task}"*)
      word=${word%%"{task}"*}$SLURM_ARRAY_TASK_ID${word#*"{task}"}
      shard= ;;
  esac
  set -- "$@" "$word"
done < "$parts/arguments"
stream=
if [ -s "$parts/stream" ]; then
  shard=
  stream=$(sed "s/{task}/$SLURM_ARRAY_TASK_ID/g" "$parts/stream")
fi
result=$SLURM_ARRAY_TASK_ID.h5
set -- extract "$@"
if [ -s "$parts/potential" ]; then  # scores
  shift
  set -- score "$(cat "$parts/potential")" "$@" --stream
  case ${parts%/} in *.h5.parts) ;; *) result=$SLURM_ARRAY_TASK_ID.tsv ;; esac
fi
exec ${stream:+sh "$(cat "$parts/scripts")/stream.sh" "$stream"} "${POTENTIAL:-potential}" "$@" $shard \
  -o "$parts/$result" --append --checkpoint "${CHECKPOINT:-10}" \
  -j "${SLURM_CPUS_PER_TASK:-1}"
