#!/usr/bin/env python3
"""RAPDF of a contact map by NumPy, the reference that the library is held to.

Reads a contact map (TSV: a header line, then a name and one count a bin in each
line) and prints the map of scores in the same form, rounded to 2 decimals.
"""
import sys

import numpy as np


def rapdf(counts, pseudocount=1e-4):
    n = np.asarray(counts, dtype=float) + pseudocount
    reference = n.sum(axis=0) / n.sum()
    observed = n / np.maximum(n.sum(axis=1, keepdims=True), 1)
    return np.round(-np.log(observed / reference), 2)


def main(path):
    with open(path) as lines:
        header = next(lines).rstrip("\n")
        rows = [line.rstrip("\n").split("\t") for line in lines]
    scores = rapdf([[float(count) for count in row[1:]] for row in rows])
    print(header)
    for row, score in zip(rows, scores):
        print(row[0], *score, sep="\t")


if __name__ == "__main__":
    main(sys.argv[1])
