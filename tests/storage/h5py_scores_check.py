"""Reads an HDF5 table of scores as a user of h5py would, and holds it against the TSV
of the same rows: h5py_scores_check.py TABLE.h5 ROWS.tsv"""
import math
import sys

import h5py

from h5py_check import check_envelope, check_storage

path, rows = sys.argv[1:]
with open(rows, encoding="utf-8") as file:
    names, *lines = [line.rstrip("\n").split("\t") for line in file]
check_envelope(path, "potential-scores")
with h5py.File(path) as file:
    assert file.attrs["format"] in (b"potential-scores", "potential-scores")
    assert file.attrs["format-version"] == 1
    columns = file.attrs["columns"]
    columns = columns.decode() if isinstance(columns, bytes) else columns
    assert columns.split(",") == names
    assert sorted(file) == sorted(names)
    file.visititems(check_storage)
    for at, name in enumerate(names):
        cells = [line[at] for line in lines]
        column = file[name]
        assert column.shape == (len(lines),), name
        if name != "model":
            assert column.dims[0][0] == file["model"] and column.dims[0].keys() == ["model"]
        if name in ("model", "warnings"):
            assert [item.decode() for item in column] == cells
        elif name in ("contacts", "residues"):
            assert column.dtype == "<u8" and [int(c or 0) for c in cells] == list(column)
        else:
            assert column.dtype == "<f8"
            assert all(math.isnan(x) if c == "" else x == float(c) for c, x in zip(cells, column))
