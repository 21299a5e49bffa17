"""Lists of terms: extract, build and train --terms, and counts files of several terms."""

import unittest

from program import ProgramTest, pdb

TERMS = """# two schemes, three tables
sum   types=heavy-atom binary-digits=8

near  types=heavy-atom separations=1-4 bins=half weight=0.5   # a comment
far   types=residue-ca separations=5+ bins=0:20:1 reference=srs smoothing=shrink:10 weight=3
pairs types=residue-ca separations=1+ bins=0:12:2 reference=dfire alpha=1.57 pool weight=0.25
"""
PARTS = {
    "near": ["--types", "heavy-atom", "--separations", "1-4", "--bins", "half"],
    "far": ["--types", "residue-ca", "--separations", "5+", "--bins", "0:20:1",
            "--reference", "srs", "--smoothing", "shrink:10"],
    "pairs": ["--types", "residue-ca", "--separations", "1+", "--bins", "0:12:2",
              "--reference", "dfire", "--alpha", "1.57", "--pool"],
}


class TermsFile(ProgramTest):
    def setUp(self):
        super().setUp()
        self.inputs = [self.write(f"set/s{i}.pdb", pdb(i, "AB" if i % 2 else "A"))
                       for i in range(5)]
        self.write("x.terms", TERMS)

    def extract(self, output, *words):
        self.run_program("extract", *words, "-o", output, "-q", "--terms", "x.terms")

    def test_each_term_is_an_extraction_of_its_own(self):
        self.extract("all.h5", "set")
        for name, options in PARTS.items():
            self.run_program("extract", "set", "-o", "one.h5", "-q", *options[:6])
            self.assertEqual(self.run_program("export", "all.h5", "--term", name).stdout,
                             self.run_program("export", "one.h5").stdout)

    def test_split_in_any_way_it_is_the_same_file(self):
        self.extract("all.h5", "set")
        for part in ("1/2", "2/2"):
            self.extract(f"part{part[0]}.h5", "set", "--shard", part)
        self.run_program("merge", "part2.h5", "part1.h5", "--expect", "2", "-o", "merged.h5", "-q")
        self.assertEqual(self.read("merged.h5"), self.read("all.h5"))
        self.extract("grown.h5", *self.inputs[:2])
        self.extract("grown.h5", "set", "--append", "--checkpoint", "0.001", "-j", "2")
        self.assertEqual(self.read("grown.h5"), self.read("all.h5"))
        self.extract("rest.h5", *self.inputs[2:])
        self.extract("first.h5", *self.inputs[:2])
        self.run_program("merge", "all.h5", "--subtract", "first.h5", "-o", "less.h5", "-q")
        for name in PARTS:
            self.assertEqual(self.run_program("export", "less.h5", "--term", name).stdout,
                             self.run_program("export", "rest.h5", "--term", name).stdout)

    def test_the_potential_is_that_of_parts_made_one_by_one(self):
        self.run_program("build", "set", "--terms", "x.terms", "-o", "built.h5", "--counts",
                         "counts.h5", "-q")
        self.run_program("train", "counts.h5", "-o", "trained.h5", "-q")
        self.assertEqual(self.read("built.h5"), self.read("trained.h5"))
        for name, options in PARTS.items():
            self.run_program("build", "set", "-o", f"{name}.h5", "-q", *options)
        self.run_program("combine", "near.h5", "far.h5", "pairs.h5", "-o", "sum.h5", "--weights",
                         "0.5,3,0.25", "--types", "heavy-atom", "--binary-digits", "8")
        self.assertEqual(self.read("built.h5"), self.read("sum.h5"))
        # Other weights and reference states, from the same counts.
        self.write("y.terms", TERMS.replace("reference=srs", "reference=rw").replace("=3", "=2"))
        self.run_program("train", "counts.h5", "--terms", "y.terms", "-o", "other.h5", "-q")
        self.run_program("build", "set", "--terms", "y.terms", "-o", "again.h5", "-q")
        self.assertEqual(self.read("other.h5"), self.read("again.h5"))

    def test_leaving_out_is_training_without(self):
        self.run_program("build", "set", "--terms", "x.terms", "-o", "all.h5", "--counts",
                         "counts.h5", "-q")
        self.run_program("build", *self.inputs[1:], "--terms", "x.terms", "-o", "rest.h5", "-q")
        left = self.run_program("score", "all.h5", self.inputs[0], "--leave-out", "counts.h5", "-q",
                                "--format", "tsv").stdout.splitlines()[1].split("\t")
        rest = self.run_program("score", "rest.h5", self.inputs[0], "-q", "--format",
                                "tsv").stdout.splitlines()[1].split("\t")
        self.assertEqual(left[:4], rest[:4])
        self.assertIn("left out", left[-1])

    def test_terms_may_be_judged_between_chains_alone_or_be_given(self):
        self.write("i.terms", """sum types=heavy-atom binary-digits=8
chain types=residue-ca separations=5+ bins=0:20:1 reference=srs
clash types=heavy-atom separations=inter bins=0,2,5 scores=30,-3 weight=0.5
atoms types=heavy-atom separations=3+ bins=half weight=2 inter-as=3+ only=inter
""")
        self.run_program("build", "set", "--terms", "i.terms", "-o", "built.h5", "--counts",
                         "counts.h5", "-q")
        self.assertIn("chain, atoms", self.run_program("query", "counts.h5", "ALA:CA-LEU:CA",
                                                       status=2).stderr)
        self.run_program("build", "set", "-o", "chain.h5", "-q", *PARTS["far"][:6],
                         "--reference", "srs")
        self.run_program("build", "set", "-o", "atoms.h5", "-q", "--types", "heavy-atom",
                         "--separations", "3+", "--bins", "half", "--inter-as", "3+")
        self.run_program("combine", "atoms.h5", "--separations", "inter", "-o", "inter.h5")
        self.run_program("export", "inter.h5", "-o", "inter.tsv")
        with open(self.path("inter.tsv")) as file:
            pairs = [line.split("\t")[0] for line in file][1:]
        self.write("clash.tsv", "pair\tseparation\t0-2A\t2-5A\n" + "".join(
            f"{pair}\tinter\t30\t-3\n" for pair in dict.fromkeys(pairs)))
        self.run_program("import", "clash.tsv", "--scores", "--exact", "-q", "--types",
                         "heavy-atom", "-o", "clash.h5")
        self.run_program("combine", "chain.h5", "clash.h5", "inter.h5", "-o", "sum.h5", "--weights",
                         "1,0.5,2", "--types", "heavy-atom", "--binary-digits", "8")
        self.assertEqual(self.run_program("export", "built.h5").stdout,
                         self.run_program("export", "sum.h5").stdout)
        self.run_program("build", *self.inputs[1:], "--terms", "i.terms", "-o", "rest.h5", "-q")
        rows = [self.run_program("score", *words, self.inputs[0], "-q", "--format",
                                 "tsv").stdout.splitlines()[1].split("\t")[:4]
                for words in (("built.h5", "--leave-out", "counts.h5"), ("rest.h5",))]
        self.assertEqual(rows[0], rows[1])

    def test_query_tells_of_every_term(self):
        self.extract("all.h5", "set")
        said = self.run_program("query", "all.h5").stdout
        for word in ("3 terms", "near", "heavy-atom, 1-4, to 20 Å", "residue-ca, 5+, to 20 Å"):
            self.assertIn(word, said)
        done = self.run_program("query", "all.h5", "ALA:LEU", status=2)
        self.assert_one_line(done, "near, far, pairs")
        self.assertIn("separation", self.run_program("query", "all.h5", "ALA:LEU", "--term",
                                                     "far").stdout)
        self.run_program("plot", "all.h5", "ALA:LEU", "--term", "far", "-o", "far.svg")

    def test_a_structure_is_in_all_terms_or_in_none(self):
        only_n = "".join(line + "\n" for line in pdb(9).splitlines() if line[12:16] == " N  ")
        self.write("set/n.pdb", only_n)
        done = self.run_program("extract", "set", "-o", "all.h5", "--terms", "x.terms")
        self.assertIn("n.pdb", done.stderr)
        self.assertIn("residue-ca", done.stderr)
        self.assertIn("5 structures used, 1 skipped", done.stderr)

    def test_what_is_wrong_with_a_list_is_said_with_its_line(self):
        for text, *words in (("a typs=heavy-atom\n", "line 1", "typs", "types"),
                             ("a\n\nb bins=1,0\n", "line 3", "bins"),
                             ("a\na\n", "line 2", "two terms", "'a'"),
                             ("a weight=x\n", "line 1", "weight"),
                             ("a alpha=1.5\n", "line 1", "alpha", "dfire"),
                             ("a bins=rapdf bins=half\n", "bins", "twice"),
                             ("a pool=yes\n", "pool", "no value"),
                             ("a types\n", "types", "value"),
                             ("sum flat\nsum flat\na\n", "line 2", "sum"),
                             ("sum calibration=1,2\na\n", "calibration"),
                             ("a\nb scores=1 bins=0,2,5\n", "line 2", "1 scores for 2 bins"),
                             ("a\nb scores=1 bins=0,2 reference=rw\n", "line 2", "reference"),
                             ("a\nb scores=1,x bins=0,2,5\n", "line 2", "scores"),
                             ("a scores=1 bins=0,2\n", "counted"),
                             ("# none\n", "no term")):
            with self.subTest(text=text):
                self.write("bad.terms", text)
                done = self.run_program("extract", "set", "--terms", "bad.terms", "-o", "no.h5",
                                        status=1)
                self.assert_one_line(done, "bad.terms", *words)
        self.assertNotIn("no.h5", self.files())

    def test_what_does_not_go_together_is_refused(self):
        self.extract("all.h5", "set")
        self.run_program("extract", "set", "-o", "one.h5", "-q")
        self.write("y.terms", TERMS.replace("1-4", "1-3"))
        self.write("z.terms", TERMS + "inter separations=5+ only=inter\n")
        for status, *words in (
                (2, "extract", "set", "--terms", "x.terms", "--types", "residue-ca", "-o", "n.h5"),
                (2, "build", "set", "--terms", "x.terms", "--reference", "rw", "-o", "n.h5"),
                (2, "train", "all.h5", "--reference", "rw", "-o", "n.h5"),
                (2, "train", "all.h5", "--terms", "y.terms", "-o", "n.h5"),
                (2, "build", "set", "--terms", "z.terms", "-o", "n.h5"),
                (2, "train", "all.h5", "one.h5", "--jackknife", "--terms", "x.terms", "-o", "n.h5"),
                (1, "train", "all.h5", "one.h5", "--jackknife", "-o", "n.h5"),
                (1, "train", "one.h5", "--terms", "x.terms", "-o", "n.h5"),
                (1, "merge", "all.h5", "one.h5", "-o", "n.h5"),
                (1, "export", "all.h5"),
                (2, "extract", "set", "--terms", "y.terms", "--append", "-o", "all.h5"),
                (1, "extract", "set", "--append", "-o", "all.h5")):
            with self.subTest(words=words):
                self.assert_one_line(self.run_program(*words, status=status))
        self.assertNotIn("n.h5", self.files())


if __name__ == "__main__":
    unittest.main()
