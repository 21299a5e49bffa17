#!/bin/sh
# Hands the archive that another program writes to the program that reads it, without
# a file between them:
#   sh stream.sh 'foldcomp decompress -z -t 2 afdb {tar}' potential extract tar:- -o all.h5
# In the command, {tar} becomes the name of a pipe. Ends with an error when either fails.
set -eu
command=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
pipe=$folder/stream.tar
mkfifo "$pipe"
while :; do
  case $command in
    *"{tar}"*) command=${command%%"{tar}"*}$pipe${command#*"{tar}"} ;;
    *) break ;;
  esac
done
# Held open by the writer to its end, so that the reader waits for no one who never comes.
sh -c "exec 9> \"$pipe\"; $command" &
writer=$!
status=0
"$@" < "$pipe" || status=$?
wait "$writer" || { status=$?; echo "$0: failed ($status): $command" >&2; }
exit "$status"
