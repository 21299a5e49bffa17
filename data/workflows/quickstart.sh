#!/bin/sh
# From a clean clone on Debian 12 to a ranked table: installs what is needed,
# builds the program, builds a potential from real structures that a Debian
# package holds, and scores models of a protein that was not among them.
#   sh data/workflows/quickstart.sh          (as root, or as a user with sudo)
# Everything it makes is in build/, and what apt, cmake and the compiler print is
# in build/quickstart.log.
set -eu
cd "$(dirname "$0")/../.."
mkdir -p build
log=$PWD/build/quickstart.log
: > "$log"

# step TITLE COMMAND...: runs the command, its output in the log, and prints the time.
step() {
  printf '%-44s' "$1 ..."
  title=$1
  begin=$(date +%s)
  shift
  if ! "$@" >> "$log" 2>&1; then
    echo "failed"
    tail -n 20 "$log" >&2
    echo "quickstart.sh: '$title' failed; all of its output is in $log" >&2
    exit 1
  fi
  echo "$(($(date +%s) - begin)) s"
}

step "Installing Debian packages" sh data/workflows/install-packages.sh
step "Configuring" cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release
step "Building the program" cmake --build build --target potential_program
step "Fetching example structures" sh data/workflows/example-structures.sh build/examples
cd build/examples
step "Making models of known error" \
  sh ../../data/workflows/make-models.sh cytochromes/d1cih__.pdb.gz models

echo
echo "== A potential from trypsins and lactate dehydrogenases (no cytochrome is among them)"
../potential build trypsins ldh -o rapdf.h5
../potential query rapdf.h5

echo
echo "== Two nonpolar carbons, 5.2 Å apart, and two that carry the same charge"
../potential query rapdf.h5 LEU:CD1-VAL:CG1 LYS:NZ-LYS:NZ --distance 5.2

echo
echo "== Cytochrome c as in the crystal, and with its atoms moved at random by 0.25 to 4 Å:"
echo "   the less it was moved, the lower (better) it should score"
../potential score rapdf.h5 models --normalize residue

cat << END

The program is $(cd .. && pwd)/potential; this was made in $PWD.
Next, in that folder:
  ../potential score default models             with a potential that comes along
  ../potential report default models -o report.html    one page to look at
  ../potential --help                           all commands
docs/quickstart.md goes on from here; docs/install.md puts the program on the PATH.
END
