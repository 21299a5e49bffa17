#!/bin/sh
# Makes the shipped potentials anew: make.sh POTENTIAL CHAINS [FOLDER]
#   POTENTIAL  the program
#   CHAINS     the training chains, $POTENTIAL_TEST_DATA/train
#   FOLDER     where the potentials go; default: this folder
# How they were chosen: docs/accuracy.md.
set -eu
potential=$1
chains=$2
to=${3:-$(cd "$(dirname "$0")" && pwd)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The ids of structures are names in the folder, wherever that lies.
potential=$(realpath "$potential")
to=$(realpath "$to")
cd "$(dirname "$(realpath "$chains")")"
chains=$(basename "$chains")

# One class and 18 bins, as published (Samudrala & Moult 1998).
rapdf_of() { # name, types
  "$potential" extract "$chains" -o "$work/$1.h5" -q --types "$2" --bins rapdf
  "$potential" train "$work/$1.h5" -o "$to/$1.h5" --decimals 2
}
rapdf_of rapdf heavy-atom
rapdf_of rapdf-ca residue-ca
rapdf_of rapdf-cb residue-cb
rapdf_of rapdf-centroid residue-centroid

# default: three reference states on atoms, and SRS on CA and on side chains. Two
# residues have about 60 pairs of heavy atoms: 3 tables of 60 against 2 of 100.
bins=0,2.5,3,3.5,4,4.5,5,5.5,6,6.5,7,7.5,8,8.5,9,9.5,10,11,12,13,14,15,16,17,18,19,20
train_one() { # reference, types, more options
  reference=$1
  types=$2
  shift 2
  "$potential" train "$work/$types.h5" -o "$work/$reference-$types.h5" --reference "$reference" \
    --normalize residue "$@"
}
for types in heavy-atom residue-ca residue-centroid; do
  "$potential" extract "$chains" -o "$work/$types.h5" -q --types "$types" --bins "$bins" \
    --separations 1,2,3-4,5-8,9-20,21+
  train_one srs "$types" --smoothing shrink
done
train_one rapdf heavy-atom --smoothing shrink
train_one dfire heavy-atom --pool
"$potential" combine "$work/srs-heavy-atom.h5" "$work/rapdf-heavy-atom.h5" \
  "$work/dfire-heavy-atom.h5" "$work/srs-residue-ca.h5" "$work/srs-residue-centroid.h5" \
  --weights 1,1,1,100,100 --types heavy-atom-centroid --decimals 2 -o "$to/default.h5"
