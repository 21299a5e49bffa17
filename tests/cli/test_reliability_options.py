"""Options that are wrong, and files that do not go together."""

import os
import unittest

from program import ProgramTest, pdb

FAST = ["--types", "residue-cb", "--bins", "seed", "-q"]


class Options(ProgramTest):
    def refused(self, words, *parts, status=2):
        with self.subTest(words=words):
            self.assert_one_line(self.run_program(*words, status=status), *parts)

    def test_numbers(self):
        self.write("a.pdb", pdb(1))
        extract = ["extract", "a.pdb", "-o", "x.h5"]
        wrong = {
            "min-plddt": ["-1", "101", "nan", "inf", "", "x", "1e400", " 50", "50%"],
            "checkpoint": ["0", "-1", "nan", "inf", "", "x", "1e9", "5min"],
            "shard": ["0/3", "4/3", "-1/3", "1/0", "1", "1/", "/3", "1/3/5", "1.5/3", "nan/3", "",
                      "1/99999999999", "+1/3", "1/-3"],
            "threads": ["-1", "1.5", "nan", "", "1e3", "99999999999999999999"],
            "bins": ["", "5", "5,4", "nan,3", "0,inf", "0,3,3", "-1,3", "0:20:0", "0:20:nan",
                     "0:1e9:0.001", "0,0.0001", "0,3,", "rapdf,"],
            "separations": ["", "0-", "3-1", "1+,2", "-1", "nan", "inter,inter", "1,,2", "1e9+",
                            "99999999999999999999"],
        }
        for option, values in wrong.items():
            for value in values:
                self.refused([*extract, "--" + option, value], option.rstrip("s"))
        self.assertEqual(self.files(), ["a.pdb"])

    def test_threads_of_every_command(self):
        for command in ("extract", "merge", "train", "combine", "build", "score", "evaluate",
                        "query", "export", "import", "plot", "report"):
            for value in ("-1", "x", "nan", "99999999999"):
                words = ["a"] if command in ("export", "import") else ["a", "b"]
                self.refused([command, *words, "-o", "x", "-j", value], "--threads", value)

    def test_empty_words(self):
        for words in (["query", ""], ["train", "", "-o", "x.h5"], ["extract", "a", "", "-o", "x"]):
            self.refused(words, "an argument is empty")

    def test_repeated_and_unknown_options(self):
        self.write("a.pdb", pdb(1))
        for words in (["--bins", "seed", "--bins", "seed"], ["-j", "1", "--threads", "1"],
                      ["--append", "--append"], ["--shard", "1/2", "--shard", "2/2"]):
            self.refused(["extract", "a.pdb", "-o", "x.h5", *words], words[0].strip("-j ") or "threads")
        for words in (["--sharp", "1/2"], ["--check", "1"], ["-Z"], ["--append=yes"], ["--bins"]):
            self.refused(["extract", "a.pdb", "-o", "x.h5", *words])

    def test_an_output_that_is_an_input_or_has_no_folder(self):
        self.write("a.pdb", pdb(1))
        self.write("list", "a.pdb\n")
        self.run_program("build", "a.pdb", "-o", "p.h5", "--counts", "c.h5", *FAST)
        os.link(self.path("a.pdb"), self.path("hard.pdb"))
        os.symlink("c.h5", self.path("soft.h5"))
        before = {name: self.read(name) for name in ("a.pdb", "list", "p.h5", "c.h5")}
        self.refused(["extract", "a.pdb", "-o", "./a.pdb"], "a.pdb")
        self.refused(["extract", "a.pdb", "-o", "hard.pdb"], "hard.pdb")
        self.refused(["extract", "@list", "-o", "list"], "list")
        self.refused(["train", "c.h5", "-o", "soft.h5"], "soft.h5")
        self.refused(["merge", "c.h5", "-o", "c.h5"], "c.h5")
        self.write("tables", "c.h5\n")
        before["tables"] = self.read("tables")
        self.refused(["merge", "@tables", "-o", "tables"], "tables")
        self.refused(["merge", "@tables", "-o", "c.h5"], "c.h5")
        self.refused(["export", "p.h5", "-o", "p.h5"], "p.h5")
        for words in (["extract", "a.pdb"], ["train", "c.h5"], ["merge", "c.h5"], ["export", "c.h5"]):
            self.refused([*words, "-o", "no/such/folder/x"], "no/such/folder", status=1)
        for name, data in before.items():
            self.assertEqual(self.read(name), data)

    def test_an_output_that_is_a_shipped_potential(self):
        self.write("a.pdb", pdb(1))
        os.mkdir(self.path("data"))
        self.run_program("build", "a.pdb", "-o", "data/mine.h5", "--counts", "c.h5", *FAST)
        before = self.read("data/mine.h5")
        for words in (["score", "mine", "a.pdb"], ["query", "mine"], ["export", "mine"],
                      ["report", "mine", "a.pdb"], ["plot", "mine", "ALA:CB-CYS:CB"],
                      ["evaluate", "mine", "--native", "a.pdb", "a.pdb"],
                      ["score", "mine", "a.pdb", "-o", "-", "--per-residue"]):
            with self.subTest(words=words):
                words = words if words[-1] == "--per-residue" else [*words, "-o"]
                done = self.run_program(*words, "data/mine.h5", status=2,
                                        env={"POTENTIAL_DATA": self.path("data")})
                self.assert_one_line(done, "data/mine.h5", "is an input as well as the output")
                self.assertEqual(self.read("data/mine.h5"), before)

    def test_a_list_that_is_too_large(self):
        self.write("a.pdb", pdb(1))
        with open(self.path("big"), "wb") as file:
            file.truncate(10 << 30)  # sparse
        for words in (["extract", "@big", "-o", "x.h5"],
                      ["extract", "a.pdb", "--exclude", "big", "-o", "x.h5"],
                      ["evaluate", "--scores", "big", "--labels", "big"]):
            self.refused(words, "big", "is larger than 4 GiB", status=1)
        self.refused(["extract", "a.pdb", "--types", "./big", "-o", "x.h5"], "is larger than 4 GiB")

    def test_a_pair_that_is_not_in_the_table(self):
        self.write("a.pdb", pdb(1))
        self.run_program("build", "a.pdb", "-o", "p.h5", *FAST)
        for pair, near in (("ALA-CYX", "CYS"), ("LUE:ALA", "LEU")):
            with self.subTest(pair):
                done = self.run_program("query", "p.h5", pair, status=2)
                self.assert_one_line(done, pair.split("-")[0].split(":")[0], near)
        for pair in ("", "ALA", "ALA-", "-", "ALA-CYS-GLY", "A" * 100_000):
            with self.subTest(pair[:20]):
                done = self.run_program("query", "p.h5", pair, status=2)
                self.assert_one_line(done)
                self.assertLess(len(done.stderr), 2000)
        for value in ("-1", "nan", "inf", "", "x", "1e400"):
            self.refused(["query", "p.h5", "ALA-CYS", "--distance", value], "distance")
        self.refused(["query", "p.h5", "--distance", "5"], "--distance", "PAIR")
        self.refused(["query", "p.h5", "ala-cys"], "near: ALA,")

    def test_what_does_not_go_together(self):
        self.write("a.pdb", pdb(1))
        for name, options in (("seed.h5", ["--types", "residue-cb", "--bins", "seed"]),
                              ("atoms.h5", ["--types", "heavy-atom", "--bins", "seed"]),
                              ("half.h5", ["--types", "residue-cb", "--bins", "half"])):
            self.run_program("extract", "a.pdb", "-o", name, *options)
        self.refused(["merge", "seed.h5", "atoms.h5", "-o", "m.h5"], "scheme", status=1)
        self.refused(["merge", "seed.h5", "half.h5", "-o", "m.h5"], "bins", status=1)
        self.assertNotIn("m.h5", self.files())


if __name__ == "__main__":
    unittest.main()
