#!/bin/sh
# From a clean clone on Debian 12 to a ranked table: installs what is needed,
# builds the program, builds a potential from real structures that a Debian
# package holds, and scores models of a protein that was not among them.
#   sh data/workflows/quickstart.sh          (as root, or as a user with sudo)
# Everything it makes is in build/.
set -eu
cd "$(dirname "$0")/../.."
sh data/workflows/install-packages.sh
cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release
cmake --build build --target potential_program
sh data/workflows/example-structures.sh build/examples
cd build/examples
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
