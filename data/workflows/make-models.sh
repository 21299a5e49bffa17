#!/bin/sh
# Models of known error from one structure: the coordinates of every atom are
# moved at random by up to 0.25, 0.5, 1, 2 and 4 Å along each axis.
#   sh make-models.sh STRUCTURE.pdb.gz FOLDER
set -eu
mkdir -p "$2"
zcat "$1" > "$2/crystal.pdb"
for error in 0.25 0.5 1 2 4; do
  awk -v e="$error" '
    BEGIN { srand(1) }
    function moved(column) { return substr($0, column, 8) + e * (2 * rand() - 1) }
    /^(ATOM|HETATM)/ {
      printf "%s%8.3f%8.3f%8.3f%s\n", substr($0, 1, 30), moved(31), moved(39), moved(47), substr($0, 55)
      next
    }
    { print }' "$2/crystal.pdb" > "$2/moved-$error.pdb"
done
