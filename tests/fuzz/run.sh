#!/bin/sh
# Runs every fuzzer for SECONDS: tests/fuzz/run.sh SECONDS [BUILD [CORPUS]]
# BUILD was configured with -DPOTENTIAL_BUILD_FUZZERS=ON and clang. What is
# found stays in CORPUS, so that the next run goes on; an input that crashes is
# written there as KIND/crash-*.
set -eu
seconds=${1:?how many seconds for each fuzzer}
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${2:-$here/../../build-fuzz}" && pwd)
corpus=${3:-$build/corpus}
mkdir -p "$corpus/counts" "$corpus/potential"
"$build/potential" build "$here/seeds/pdb" "$here/seeds/mmcif" -q --types "$here/seeds/scheme/two.scheme" \
  --bins 0,4,8 --separations 1,2+ -o "$corpus/potential/seed.h5" --counts "$corpus/counts/seed.h5"
failed=0
for kind in pdb mmcif contact-map scheme counts potential; do
  mkdir -p "$corpus/$kind"
  seeds=$here/seeds/$kind
  [ -d "$seeds" ] || seeds=$corpus/$kind
  echo "== $kind, $seconds s"
  "$build/tests/fuzz/fuzz_$(echo $kind | tr - _)" -max_total_time="$seconds" -timeout=20 \
    -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 -artifact_prefix="$corpus/$kind/" \
    "$corpus/$kind" "$seeds" 2> "$corpus/$kind.log" || failed=1
  tail -n 3 "$corpus/$kind.log"
  grep -E '^(SUMMARY|stat::number_of_executed_units|Test unit written)' "$corpus/$kind.log" || true
done
exit $failed
