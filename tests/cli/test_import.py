"""Tables of scores: what export writes of a potential, and anyone's own, become a potential."""

import json
import os
import unittest

from program import SOURCE, ProgramTest, pdb

NAMES = ["default", "rapdf", "rapdf-ca", "rapdf-cb", "rapdf-centroid"]
TABLE = "pair\t0-3A\t3-4A\nALA:ALA\t-0.25\t1\nALA:CYS\t0.125\t1e-7\nCYS:CYS\tinf\t-3\n"


class Import(ProgramTest):
    def scheme_of(self, name):
        table = json.loads(self.run_program("query", name, "--format", "json").stdout)
        return next(row["value"] for row in table if row["property"] == "scheme")

    def scores(self, table):
        rows = json.loads(self.run_program("score", table, "a.pdb", "b.pdb", "--format", "json",
                                           "--normalize", "total", "-q").stdout)
        return {row["model"]: (row["score"], row["contacts"]) for row in rows}

    def test_every_shipped_potential_comes_back_digit_by_digit(self):
        self.write("a.pdb", pdb(1))
        self.write("b.pdb", pdb(2, "AB"))
        for name in NAMES:
            with self.subTest(name):
                self.run_program("export", name, "-o", "x.tsv")
                done = self.run_program("import", "x.tsv", "-o", "p.h5", "--types",
                                        self.scheme_of(name))
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertIn("x.tsv: read as scores (line 2 has ", done.stderr)
                self.run_program("export", "p.h5", "-o", "y.tsv")
                self.assertEqual(self.read("x.tsv"), self.read("y.tsv"))
                self.assertEqual(self.scores("p.h5"), self.scores(name))

    def test_what_a_table_of_scores_lacks_is_said_once(self):
        self.write("x.tsv", TABLE)
        said = self.run_program("import", "x.tsv", "-o", "p.h5").stderr
        for part in ["line 2 has -0.25", "types residue-cb (assumed)",
                     "no standard errors, counts, structures or recipe", "--normalize"]:
            self.assertIn(part, said)
        self.assertEqual(self.run_program("import", "x.tsv", "-o", "p.h5", "-q").stderr, "")

    def test_query_and_plot_take_it(self):
        self.write("x.tsv", TABLE)
        self.run_program("import", "x.tsv", "-o", "p.h5")
        table = json.loads(self.run_program("query", "p.h5", "ALA-*", "--format", "json").stdout)
        self.assertEqual([row["score"] for row in table], [-0.25, 1, 0.125, 1e-7])
        self.assertEqual({row["standard_error"] for row in table}, {None})
        summary = self.run_program("query", "p.h5").stdout
        self.assertIn("table of scores", summary)
        self.run_program("plot", "p.h5", "ALA:ALA", "-o", "p.svg")
        self.run_program("plot", "p.h5", "--heatmap", "--bin", "2", "-o", "h.svg")
        self.assertIn(b"<svg", self.read("p.svg"))

    def test_a_table_of_ones_own(self):
        self.write("x.tsv", "any\tnear\tfar\nALA:CYS\t1\t2\n")
        self.run_program("import", "x.tsv", "-o", "p.h5", "--scores", "--bins", "0,4,8",
                         "--types", "residue-ca")
        text = self.run_program("export", "p.h5").stdout
        self.assertEqual(text, "pair\t0-4A\t4-8A\nALA:CYS\t1\t2\n")
        self.assertEqual(self.scheme_of("p.h5"), "residue-ca")
        self.write("a.pdb", pdb(1))
        self.assert_one_line(self.run_program("score", "p.h5", "a.pdb", status=1),
                             "p.h5: ", "pairs missing")

    def test_counts_stay_counts(self):
        with open(os.path.join(SOURCE, "tests", "cli", "contact_map.tsv")) as file:
            self.write("x.tsv", file.read())
        self.assertEqual(self.run_program("import", "x.tsv", "-o", "c.h5").stderr, "")
        self.assertIn("contact counts", self.run_program("query", "c.h5").stdout)

    def test_what_is_wrong_is_named(self):
        for change, part in [(("-0.25", "nan"), "line 2, column 2"), (("1e-7", ""), "missing"),
                             (("-0.25", "-inf"), "line 2, column 2"), (("3-4A", "3-4"), "line 1")]:
            self.write("x.tsv", TABLE.replace(*change))
            self.assert_one_line(self.run_program("import", "x.tsv", "-o", "p.h5", "--scores",
                                                  status=1), "x.tsv: ", part)
        self.assertEqual(self.files(), ["x.tsv"])


if __name__ == "__main__":
    unittest.main()
