"""potential mutate: each change is the difference of two full scores."""

import json
import random
import unittest

from program import ProgramTest, pdb, pdb_text, random_atoms


class Mutate(ProgramTest):
    def setUp(self):
        super().setUp()
        for i in range(4):
            self.write(f"set/s{i}.pdb", pdb(i, "AB"))
        self.atoms = random_atoms(7, "AB")
        self.write("m.pdb", pdb_text(self.atoms))

    def build(self, types):
        self.run_program("build", "set", "--types", types, "--separations", "1,2-4,5+,inter", "-o", "p.h5", "-q")

    def score(self, atoms):
        self.write("x.pdb", pdb_text(atoms))
        rows = json.loads(self.run_program("score", "p.h5", "x.pdb", "--normalize", "total", "--format",
                                           "json", "-q").stdout)
        return rows[0]["score"]

    def rows(self, *words):
        return json.loads(self.run_program("mutate", "p.h5", "m.pdb", "--format", "json", *words).stdout)

    def test_each_change_is_the_difference_of_two_scores(self):
        chosen = random.Random(1)
        for types in ("residue-ca", "residue-cb", "residue-centroid"):
            self.build(types)
            before = self.score(self.atoms)
            rows = self.rows()
            self.assertEqual(len(rows), 20 * len({a[2:4] for a in self.atoms}))
            for row in chosen.sample(rows, 25):
                mutant = [(n, row["mutant"] if (c, str(k)) == (row["chain"], row["residue"]) else r, c, k, *xyz)
                          for n, r, c, k, *xyz in self.atoms]
                if row["change"] is None:
                    self.assertEqual(types, "residue-centroid")
                    continue
                self.assertAlmostEqual(row["change"], self.score(mutant) - before, places=8, msg=str(row))
                if row["mutant"] == row["name"]:
                    self.assertEqual(row["change"], 0)
            self.assertGreater(len({row["change"] for row in rows}), 100)

    def test_weights_that_depend_on_the_size(self):
        self.build("residue-ca")
        self.run_program("combine", "p.h5", "p.h5", "-o", "sized.h5", "--names", "a,b", "--weights",
                         "1,2-8/sqrt(N+2)")
        one, sized = self.rows(), json.loads(self.run_program(
            "mutate", "sized.h5", "m.pdb", "--format", "json").stdout)
        residues = len({a[2:4] for a in self.atoms})
        weight = 3 - 8 / (residues + 2) ** 0.5
        for a, b in zip(one, sized):
            self.assertAlmostEqual(weight * a["change"], b["change"], places=6)

    def test_alanine_scan_and_picture(self):
        self.build("residue-cb")
        alanine = self.rows("--scan", "ala", "--heatmap", "m.svg")
        self.assertEqual(alanine, [row for row in self.rows() if row["mutant"] == "ALA"])
        self.assertIn(b"<svg", self.read("m.svg"))

    def test_what_cannot_be_mutated_is_refused(self):
        self.build("heavy-atom")
        error = self.run_program("mutate", "p.h5", "m.pdb", status=2).stderr
        self.assertIn("heavy-atom", error)
        self.assertIn("residue-cb", error)
        self.build("residue-ca")
        self.assertIn("no.pdb", self.run_program("mutate", "p.h5", "no.pdb", status=1).stderr)
        self.run_program("mutate", "p.h5", "m.pdb", "--scan", "gly", status=2)


class Residues(ProgramTest):
    def setUp(self):
        super().setUp()
        for i in range(4):
            self.write(f"set/s{i}.pdb", pdb(i, "AB"))
        self.atoms = random_atoms(7, "AB")
        for name, kept in (("whole", self.atoms), ("rest", [a for a in self.atoms if not self.chosen(a)]),
                           ("part", [a for a in self.atoms if self.chosen(a)])):
            self.write(f"{name}.pdb", pdb_text(kept))

    def chosen(self, atom):
        return (atom[2] == "A" and 5 <= atom[3] <= 9) or (atom[2] == "B" and atom[3] == 12)

    def score(self, model, *words):
        return json.loads(self.run_program("score", "p.h5", model, "--format", "json", "-q", "--normalize",
                                           "total", *words).stdout)[0]

    def test_their_pairs_are_the_difference_of_two_scores(self):
        for types in ("residue-cb", "residue-centroid", "heavy-atom"):
            self.run_program("build", "set", "--types", types, "--separations", "1,2-4,5+,inter", "-o", "p.h5", "-q")
            row = self.score("whole.pdb", "--residues", "A:5-9,B:12", "--per-residue", "r.tsv")
            whole, rest, part = (self.score(f"{name}.pdb") for name in ("whole", "rest", "part"))
            self.assertAlmostEqual(row["score"], whole["score"] - rest["score"], places=8)
            self.assertAlmostEqual(row["within"], part["score"], places=8)
            self.assertAlmostEqual(row["within"] + row["with_rest"], row["score"], places=8)
            self.assertNotEqual(row["with_rest"], 0)
            self.assertEqual(row["contacts"], whole["contacts"] - rest["contacts"])
            self.assertEqual(row["residues"], 6 if types != "residue-centroid" else part["residues"])
            shares = [line.split("\t") for line in self.read("r.tsv").decode().splitlines()[1:]]
            self.assertAlmostEqual(sum(float(share[4]) for share in shares), row["score"], places=2)
            chain = self.score("whole.pdb", "--residues", "A")
            self.assertAlmostEqual(chain["with_rest"], self.score("whole.pdb", "--between", "A:B")["score"], places=8)
            both = self.score("whole.pdb", "--between", "A:B", "--residues", "A:5-9")
            self.assertEqual(both["within"], 0)
            self.assertLess(both["contacts"], row["contacts"])

    def test_what_is_not_there_or_does_not_go_together(self):
        self.run_program("build", "set", "-o", "p.h5", "-q")
        for word, part in (("A:5-9,C:1", "C:1"), ("A:90-99", "A:90-99"), ("A:5B", "A:5B")):
            done = self.run_program("score", "p.h5", "whole.pdb", "--residues", word, status=1)
            self.assertIn(f"there is no residue {part} to score", done.stderr)
        for word in ("", "A:", ":4", "A:9-5", "A:4-5x", "A:4,", "A:x"):
            done = self.run_program("score", "p.h5", "whole.pdb", "--residues", word, status=2)
            self.assert_one_line(done, "residues")
        for words in (("--interfaces", "i.tsv"), ("--shuffle-z",)):
            done = self.run_program("score", "p.h5", "whole.pdb", "--residues", "A:5", *words, status=2)
            self.assertIn(words[0][2:], done.stderr)


if __name__ == "__main__":
    unittest.main()
