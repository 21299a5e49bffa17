"""The seed: a residue contact map in TSV, trained as the NumPy function of
docs/method.md trains it, cell by cell."""

import os
import re
import unittest

import numpy

from program import SOURCE, ProgramTest

BINS = ["0-3A", "3-4A", "4-5A", "5-6A", "6-7A", "7-8A"]
RESIDUES = ("ALA ARG ASN ASP CYS GLN GLU GLY HIS ILE LEU LYS MET PHE PRO SER THR TRP TYR VAL"
            .split())


def function_of_the_docs():
    """The NumPy function as docs/method.md prints it."""
    with open(os.path.join(SOURCE, "docs", "method.md")) as file:
        code = next(block for block in re.findall(r"```python\n(.*?)```", file.read(), re.S)
                    if "def rapdf" in block)
    scope = {}
    exec(code, scope)
    return scope["rapdf"]


def tsv(labels, bins, counts):
    lines = ["\t".join(["pair", *bins])]
    lines += ["\t".join([label, *map(str, row)]) for label, row in zip(labels, counts.tolist())]
    return "\n".join(lines) + "\n"


class ContactMap(ProgramTest):
    def trained(self, text, *options):
        self.write("map.tsv", text)
        self.run_program("train", "map.tsv", "-o", "t.h5", *options)
        self.run_program("export", "t.h5", "-o", "scores.tsv")
        lines = self.read("scores.tsv").decode().splitlines()
        labels = [line.split("\t")[0] for line in lines[1:]]
        scores = numpy.array([[float(v) for v in line.split("\t")[1:]] for line in lines[1:]])
        return lines[0].split("\t")[1:], labels, scores

    def check(self, labels, bins, counts):
        got_bins, got_labels, scores = self.trained(tsv(labels, bins, counts), "--decimals", "2")
        self.assertEqual(got_bins, bins)
        self.assertEqual(got_labels, labels)
        expected = function_of_the_docs()(counts)
        numpy.testing.assert_array_equal(scores, expected)

    def test_the_committed_map(self):
        with open(os.path.join(SOURCE, "tests", "cli", "contact_map.tsv")) as file:
            rows = [line.rstrip("\n").split("\t") for line in file]
        self.assertEqual(rows[0][1:], BINS)
        self.check([row[0] for row in rows[1:]], BINS,
                   numpy.array([[int(v) for v in row[1:]] for row in rows[1:]]))

    def test_random_maps(self):
        rng = numpy.random.default_rng(1)
        labels = [f"{a}:{b}" for i, a in enumerate(RESIDUES) for b in RESIDUES[i:]]
        for trial in range(5):
            order = rng.permutation(len(labels))
            counts = rng.poisson(rng.gamma(0.3, 200, size=(210, 6)))
            counts[rng.integers(210, size=9)] = 0
            counts[:, rng.integers(6)] *= trial % 2
            self.check([labels[i] for i in order], BINS, counts)

    def test_one_row_and_one_bin(self):
        rng = numpy.random.default_rng(2)
        self.check(["GLY:ALA"], BINS, rng.integers(0, 50, (1, 6)))
        self.check([f"ALA:{r}" for r in RESIDUES], ["0-3A"], rng.integers(0, 50, (20, 1)))
        self.check(["ALA:ALA"], ["2.5-3.125A"], numpy.array([[0]]))

    def test_both_orders_are_trained_row_by_row_and_not_scored_with(self):
        rng = numpy.random.default_rng(3)
        labels = [f"{a}:{b}" for a in RESIDUES for b in RESIDUES]
        self.check(labels, BINS, rng.integers(0, 1000, (400, 6)))
        self.write("m.pdb", "")
        self.assert_one_line(self.run_program("score", "t.h5", "m.pdb", status=1),
                             "t.h5: ", "A:B and B:A")

    def test_heavy_atoms(self):
        with open(os.path.join(SOURCE, "data", "schemes", "heavy-atom.scheme")) as file:
            types = [line.split()[0] for line in file if re.match(r"[A-Z]{3}:", line)]
        labels = [f"{a}-{b}" for i, a in enumerate(types) for b in types[i:]]
        self.assertEqual(len(labels), 14028)
        bins = ["0-3A"] + [f"{d}-{d + 1}A" for d in range(3, 20)]
        rng = numpy.random.default_rng(4)
        counts = rng.poisson(rng.gamma(0.2, 2000, size=(14028, 18)))
        counts[rng.integers(14028, size=500)] = 0
        self.check(labels, bins, counts)

    def test_what_is_wrong_is_named(self):
        good = tsv(["ALA:CYS", "ALA:GLY"], BINS, numpy.arange(12).reshape(2, 6))
        cases = {
            "missing cell": (good.replace("\t11", ""), "line 3"),
            "text": (good.replace("\t7\t", "\tseven\t"), "line 3"),
            "negative": (good.replace("\t7\t", "\t-7\t"), "line 3"),
            "nan": (good.replace("\t7\t", "\tnan\t"), "line 3"),
            "inf": (good.replace("\t7\t", "\tinf\t"), "line 3"),
            "empty cell": (good.replace("\t7\t", "\t\t"), "line 3"),
            "repeated row": (good.replace("ALA:GLY", "ALA:CYS"), "line 3"),
            "too large": (good.replace("\t7\t", "\t99999999999999999999\t"), "line 3"),
            "no bins": ("pair\nALA:CYS\n", "line 1"),
            "bad bin": (good.replace("5-6A", "5 to 6"), "line 1"),
            "gap": (good.replace("5-6A", "5.5-6A"), "line 1"),
            "no pair": (good.replace("ALA:CYS", "ALACYS"), "line 2"),
            "empty": ("", "empty"),
            "no rows": (good.splitlines()[0] + "\n", "row"),
        }
        for name, (text, part) in cases.items():
            with self.subTest(name):
                self.write("map.tsv", text)
                done = self.run_program("train", "map.tsv", "-o", "t.h5", status=1)
                self.assert_one_line(done, "map.tsv", part)
        self.assertEqual(self.files(), ["map.tsv"])


if __name__ == "__main__":
    unittest.main()
