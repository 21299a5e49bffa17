#!/bin/sh
# Runs every fuzzer for SECONDS: tests/fuzz/run.sh SECONDS [BUILD [CORPUS]]
# BUILD, default build-sanitize, was made by the preset sanitize. What is
# found stays in CORPUS, so that the next run goes on; an input that crashes is
# written there as KIND/crash-*.
set -eu
seconds=${1:?how many seconds for each fuzzer}
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${2:-$here/../../build-sanitize}" && pwd)
corpus=${3:-$build/corpus}
mkdir -p "$corpus/counts" "$corpus/potential"
"$build/potential" build "$here/seeds/pdb" "$here/seeds/mmcif" -q --types "$here/seeds/scheme/two.scheme" \
  --bins 0,4,8 --separations 1,2+ -o "$corpus/potential/seed.h5" --counts "$corpus/counts/seed.h5"
failed=0
export ASAN_OPTIONS=allocator_may_return_null=1

# Whether the first function of the stack that is HDF5's or ours is HDF5's.
inside_hdf5() {
  grep -E '^ +#[0-9]+ ' "$1" | grep -m 1 -E 'libhdf5|potential::' | grep -q libhdf5
}

# Crashes inside HDF5 cannot be helped here (docs/reliability.md lists them):
# the others are counted.
ours() {
  for crash in "$corpus/$kind"/crash-*; do
    [ -e "$crash" ] || continue
    "$program" -malloc_limit_mb=1000000 "$crash" > "$crash.log" 2>&1 && continue
    inside_hdf5 "$crash.log" && continue
    echo "a crash of our own: $crash"
    return 0
  done
  return 1
}

for kind in pdb mmcif bcif contact-map scheme counts potential; do
  mkdir -p "$corpus/$kind"
  seeds=$here/seeds/$kind
  extra=
  case $kind in
    counts | potential)
      seeds=$corpus/$kind
      extra="-fork=1 -ignore_crashes=1 -malloc_limit_mb=1000000"
      # HDF5 allocates by sizes it reads and leaks when it gives up; neither is ours.
      ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0
      ;;
  esac
  program=$build/tests/fuzz/fuzz_$(echo $kind | tr - _)
  echo "== $kind, $seconds s"
  # $extra is several words.
  # shellcheck disable=SC2086
  "$program" $extra -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 \
    -print_final_stats=1 -artifact_prefix="$corpus/$kind/" "$corpus/$kind" "$seeds" \
    2> "$corpus/$kind.log" || [ -n "$extra" ] || failed=1
  grep -E '^(SUMMARY|stat::number_of_executed_units|Test unit written)' "$corpus/$kind.log" ||
    tail -n 1 "$corpus/$kind.log"
  if [ -n "$extra" ] && ours; then failed=1; fi
done
exit $failed
