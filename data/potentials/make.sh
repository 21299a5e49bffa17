#!/bin/sh
# Makes the shipped potentials anew: make.sh POTENTIAL CHAINS [FOLDER [NAME...]]
#   POTENTIAL  the program
#   CHAINS     the training chains, $POTENTIAL_TEST_DATA/train, or @LIST of them; of rna,
#              $POTENTIAL_TEST_DATA/rna/train
#   FOLDER     where the potentials go; default: this folder
#   NAME       which of them; default: all but rna
# How they were chosen: docs/accuracy.md and, of rna, docs/rna.md.
set -eu
potential=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
to=$(realpath "${3:-$(dirname "$0")}")
# A folder is named without where it lies: the potentials list their structures by name.
case $2 in
  @*) chains=@$(realpath "${2#@}") ;;
  *) chains=$(basename "$(realpath "$2")") && cd "$(dirname "$(realpath "$2")")" ;;
esac
shift 2
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- rapdf rapdf-ca rapdf-cb rapdf-centroid default default-1 interface
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One class and 18 bins, as published (Samudrala & Moult 1998).
make_rapdf() { # name, types
  "$potential" build "$chains" -o "$to/$1.h5" -q --types "$2" --bins rapdf --decimals 2
}

# Of a list of terms, each counted, trained and weighted by a line of NAME.terms.
make_terms() { # name
  "$potential" build "$chains" -o "$to/$1.h5" -q --terms "$here/$1.terms"
}

train() { # reference state, types, more options
  reference=$1
  types=$2
  shift 2
  "$potential" train "$work/$types.h5" -o "$work/$reference-$types.h5" --reference "$reference" \
    --normalize residue "$@"
}

# The `default` of before: three reference states on atoms, and SRS on CA and on side
# chains. Two residues have about 60 pairs of heavy atoms: 3 tables of 60 stand against
# 2 of 100.
make_default_1() {
  bins=0,2.5,3,3.5,4,4.5,5,5.5,6,6.5,7,7.5,8,8.5,9,9.5,10,11,12,13,14,15,16,17,18,19,20
  for types in heavy-atom residue-ca residue-centroid; do
    "$potential" extract "$chains" -o "$work/$types.h5" -q --types "$types" --bins "$bins" \
      --separations 1,2,3-4,5-8,9-20,21+
    train srs "$types" --smoothing shrink
  done
  train rapdf heavy-atom --smoothing shrink
  train dfire heavy-atom --pool
  "$potential" combine --flat "$work/srs-heavy-atom.h5" "$work/rapdf-heavy-atom.h5" \
    "$work/dfire-heavy-atom.h5" "$work/srs-residue-ca.h5" "$work/srs-residue-centroid.h5" \
    --weights 1,1,1,100,100 --types heavy-atom-centroid --binary-digits 6 -o "$to/default-1.h5"
}

for name; do
  case $name in
    rapdf) make_rapdf rapdf heavy-atom ;;
    rapdf-*) make_rapdf "$name" "residue-${name#rapdf-}" ;;
    default-1) make_default_1 ;;
    default | interface | rna) make_terms "$name" ;;
    *) echo "make.sh: there is no potential '$name'" >&2 && exit 2 ;;
  esac
done
