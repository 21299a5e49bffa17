#!/bin/sh
# Installs what the tests need (Debian 12), builds the project and runs every
# test: sh tests/run.sh. Build folder: $BUILD, default build; words that follow go
# to cmake.
set -eu
cd "$(dirname "$0")/.."
sh data/workflows/install-packages.sh
BUILD=${BUILD:-build}
cmake -S . -B "$BUILD" -G Ninja -DCMAKE_BUILD_TYPE=Release -DPOTENTIAL_BUILD_TESTS=ON "$@"
cmake --build "$BUILD"
ctest --test-dir "$BUILD" --output-on-failure -j "$(nproc)"
