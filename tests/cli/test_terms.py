"""Potentials that are sums of terms: combine, query, export, plot, report, score."""

import csv
import io
import json
import math
import os
import unittest

from program import SOURCE, ProgramTest, pdb


class Terms(ProgramTest):
    def setUp(self):
        super().setUp()
        for i in range(4):
            self.write(f"set/s{i}.pdb", pdb(i))
        self.write("other.pdb", pdb(77))
        self.run_program("build", "set", "-o", "near.h5", "-q", "--types", "heavy-atom",
                         "--separations", "1-4", "--bins", "half")
        self.run_program("build", "set", "-o", "far.h5", "-q", "--types", "residue-ca",
                         "--separations", "5+", "--bins", "0:20:1", "--reference", "srs")

    def combine(self, output, *options):
        self.run_program("combine", "near.h5", "far.h5", "-o", output, "--weights", "0.5,3", *options)

    def scores(self, *words):
        text = self.run_program("score", *words, "--format", "tsv", "-q").stdout
        return {row["model"]: row for row in csv.DictReader(io.StringIO(text), delimiter="\t")}

    def test_scores_are_those_of_the_flat_sum_to_the_last_digit(self):
        for options in ([], ["--binary-digits", "8"]):
            self.combine("terms.h5", *options)
            self.combine("flat.h5", "--flat", *options)
            self.assertEqual(self.scores("terms.h5", "set", "other.pdb"),
                             self.scores("flat.h5", "set", "other.pdb"))
            self.assertEqual(self.run_program("export", "terms.h5").stdout,
                             self.run_program("export", "flat.h5").stdout)

    def test_query_names_the_terms_and_the_training_set(self):
        self.combine("terms.h5")
        said = json.loads(self.run_program("query", "terms.h5", "--format", "json").stdout)
        text = json.dumps(said, ensure_ascii=False)
        self.assertIn("term near", text)
        self.assertIn("weight 0.5, rapdf, heavy-atom, 1-4, to 20 Å", text)
        self.assertIn("weight 3, srs, residue-ca, 5+, to 20 Å", text)
        self.assertIn("training list", text)

    def test_one_term_alone(self):
        self.combine("terms.h5", "--names", "a,b")
        for name, file in (("a", "near.h5"), ("b", "far.h5")):
            self.assertEqual(self.run_program("export", "terms.h5", "--term", name).stdout,
                             self.run_program("export", file).stdout)
            pair = "ALA:CB-LEU:CB" if name == "a" else "ALA:LEU"
            self.assertEqual(self.run_program("query", "terms.h5", pair, "--term", name).stdout,
                             self.run_program("query", file, pair).stdout)
        for command in (["query"], ["export"]):
            done = self.run_program(*command, "terms.h5", "--term", "c", status=2)
            self.assert_one_line(done, "no term 'c'", "a, b")
            done = self.run_program(*command, "near.h5", "--term", "c", status=2)
            self.assert_one_line(done, "terms")
        self.run_program("report", "terms.h5", "--term", "b", "-o", "b.html")
        self.assertIn(b"srs", self.read("b.html"))

    def test_names_come_from_the_files(self):
        self.run_program("combine", "near.h5", "./near.h5", "far.h5", "-o", "x.h5")
        said = self.run_program("query", "x.h5").stdout
        for name in ("term near ", "term near-2 ", "term far "):
            self.assertIn(name, said)
        for names in ("a", "a,a", "a,b/c", "a,"):
            done = self.run_program("combine", "near.h5", "far.h5", "-o", "y.h5", "--names", names,
                                    status=2)
            self.assert_one_line(done, "name")
        done = self.run_program("combine", "near.h5", "far.h5", "-o", "y.h5", "--names", "a,b",
                                "--flat", status=2)
        self.assert_one_line(done, "--flat")
        self.assertNotIn("y.h5", self.files())

    def test_one_part_is_one_table(self):
        self.run_program("combine", "near.h5", "-o", "one.h5")
        self.assertTrue(self.read("one.h5").startswith(b"potential-table 1\n"))
        self.combine("terms.h5")
        self.assertTrue(self.read("terms.h5").startswith(b"potential-table 2\n"))

    def test_a_sum_is_a_part_as_well(self):
        self.combine("terms.h5")
        self.run_program("combine", "terms.h5", "near.h5", "-o", "more.h5", "--weights", "2,-1")
        self.combine("flat.h5", "--flat")
        self.run_program("combine", "flat.h5", "near.h5", "-o", "flat2.h5", "--weights", "2,-1")
        self.assertEqual(self.scores("more.h5", "set"), self.scores("flat2.h5", "set"))

    def test_weights_that_depend_on_the_size(self):
        self.run_program("combine", "near.h5", "far.h5", "-o", "sized.h5", "--weights",
                         "1,6-8/sqrt(N+2)")
        near, far = self.scores("near.h5", "set"), self.scores("far.h5", "set")
        for name, row in self.scores("sized.h5", "set").items():
            weight = 6 - 8 / math.sqrt(int(row["residues"]) + 2)
            self.assertAlmostEqual(float(row["score"]),
                                   float(near[name]["score"]) + weight * float(far[name]["score"]),
                                   delta=2e-3)
        self.assertIn("6-8/sqrt(N+2)", self.run_program("query", "sized.h5").stdout)
        done = self.run_program("combine", "near.h5", "far.h5", "-o", "x.h5", "--flat", "--weights",
                                "1,6-8/sqrt(N+2)", status=2)
        self.assert_one_line(done, "size")
        done = self.run_program("combine", "sized.h5", "-o", "x.h5", "--calibration", "1,0.1,0.8", status=2)
        self.assert_one_line(done, "a part is a sum whose weights depend on the size")

    def test_models_of_the_training_set_are_marked(self):
        self.combine("terms.h5")
        self.combine("flat.h5", "--flat", "--types", "heavy-atom-centroid")
        for potential in ("near.h5", "far.h5", "terms.h5", "flat.h5"):
            rows = self.scores(potential, "set", "other.pdb")
            for name, row in rows.items():
                self.assertEqual("trained on it" in row["warnings"], name != "other.pdb",
                                 f"{potential} {name} {row['warnings']}")

    def test_structures_listed_by_an_own_scheme(self):
        with open(os.path.join(SOURCE, "data", "schemes", "residue-ca.scheme")) as file:
            self.write("mine.scheme", file.read().replace("scheme residue-ca", "scheme mine"))
        self.write("more/m.pdb", pdb(50))
        for name, folder in (("same", "set"), ("others", "more")):
            self.run_program("build", folder, "-o", name + ".h5", "-q", "--types", "mine.scheme",
                             "--separations", "1-4", "--bins", "half")
            self.run_program("combine", name + ".h5", "near.h5", "--flat", "-o", name + "-sum.h5")
        for row in self.scores("same-sum.h5", "set").values():
            self.assertIn("trained on it", row["warnings"])
        for potential, count in (("same-sum.h5", 0), ("others-sum.h5", 1)):
            said = self.run_program("score", potential, "set", "more").stderr
            self.assertEqual(said.count("the scheme 'mine', which is not at hand"), count, said)

    def test_models_of_several_schemes_cannot_be_left_out(self):
        self.combine("terms.h5")
        self.run_program("extract", "set", "-o", "c.h5", "-q", "--separations", "1-4",
                         "--bins", "half")
        done = self.run_program("score", "terms.h5", "set", "--leave-out", "c.h5", status=1)
        self.assert_one_line(done, "c.h5", "residue-ca")


if __name__ == "__main__":
    unittest.main()
