"""The potentials in data/potentials: they load, say how they were made, and rank well."""

import csv
import io
import json
import os
import unittest

from program import SOURCE, ProgramTest, pdb
from test_complexes import complex_text

NAMES = ["default", "rapdf", "rapdf-ca", "rapdf-cb", "rapdf-centroid"]


class ShippedPotentials(ProgramTest):
    def test_each_is_small_and_carries_its_recipe(self):
        for name in NAMES:
            file = os.path.join(SOURCE, "data", "potentials", f"{name}.h5")
            self.assertLess(os.path.getsize(file), 10_000_000, name)
            summary = self.run_program("query", name, "--format", "json").stdout
            self.assertIn("706", summary, name)
            for word in ["reference", "separations", "types", "pseudocount"]:
                self.assertIn(word, summary, name)

    def test_each_scores(self):
        self.write("a.pdb", pdb(1))
        for name in NAMES:
            rows = json.loads(self.run_program("score", name, "a.pdb", "--format", "json").stdout)
            rows = rows["models"] if isinstance(rows, dict) else rows
            self.assertEqual([row["model"] for row in rows], ["a.pdb"], name)
            self.assertIsInstance(rows[0]["score"], float, name)
            self.assertGreater(rows[0]["contacts"], 0, name)

    def test_default_ranks_by_score_per_residue(self):
        self.write("a.pdb", pdb(1))
        by = {}
        for word in ["total", "residue"]:
            text = self.run_program("score", "default", "a.pdb", "--normalize", word,
                                    "--format", "tsv").stdout
            by[word] = float(next(csv.DictReader(io.StringIO(text), delimiter="\t"))["score"])
        text = self.run_program("score", "default", "a.pdb", "--format", "tsv").stdout
        own = next(csv.DictReader(io.StringIO(text), delimiter="\t"))
        self.assertAlmostEqual(float(own["score"]), by["residue"], places=4)
        self.assertAlmostEqual(by["total"], by["residue"] * int(own["residues"]), places=2)

    def test_sums_are_made_by_their_lists_of_terms(self):
        folder = os.path.join(SOURCE, "data", "potentials")
        for name, chains in (("default", self.real("train")),
                             ("interface", self.real("train")), ("rna", self.real("rna/train"))):
            os.symlink(chains, self.path("train"))
            self.run_program("build", "train", "--terms", os.path.join(folder, f"{name}.terms"),
                             "-o", "again.h5", "-q")
            with open(os.path.join(folder, f"{name}.h5"), "rb") as file:
                self.assertEqual(self.read("again.h5"), file.read(), name)
            os.unlink(self.path("train"))

    def test_default_of_a_complex_is_that_of_its_chains_and_of_its_interfaces(self):
        self.write("c.pdb", complex_text(3, "AB"))
        rows = {}
        for name in ("default", "interface"):
            text = self.run_program("score", name, "c.pdb", "--format", "tsv", "-q").stdout
            rows[name], = csv.DictReader(io.StringIO(text), delimiter="\t")
        row = rows["default"]
        self.assertEqual(float(row["between_chains"]),
                         float(rows["interface"]["score"]) / 16 / int(row["residues"]))
        self.assertAlmostEqual(float(row["within_chains"]) + float(row["between_chains"]),
                               float(row["score"]), places=12)
        self.assertEqual(row["warnings"], "")
        alone = self.run_program("score", "default", "c.pdb", "--chains", "A", "--format", "tsv", "-q")
        self.assertNotIn("between_chains", alone.stdout)
        # Rows of a stream have the columns whatever comes.
        for end in ("tsv", "h5"):
            self.run_program("score", "default", "c.pdb", "--stream", "-o", f"s.{end}", "-q")
        stream, = csv.DictReader(io.StringIO(self.read("s.tsv").decode()), delimiter="\t")
        self.assertEqual(stream["between_chains"], row["between_chains"])
        self.assertEqual(self.run_program("export", "s.h5").stdout, self.read("s.tsv").decode())

    def test_default_reaches_what_the_documentation_says(self):
        text = self.run_program("evaluate", "default", "--targets", self.real("decoys"),
                                "--bootstrap", 0, "--format", "tsv", "-q").stdout
        rows = {row["target"]: row for row in csv.DictReader(io.StringIO(text), delimiter="\t")}
        self.assertEqual(len(rows), 8)
        self.assertLessEqual(float(rows["mean"]["spearman"]), -0.71)
        self.assertLessEqual(float(rows["mean"]["top1_loss"]), 0.06)


if __name__ == "__main__":
    unittest.main()
