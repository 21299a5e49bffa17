"""Help, wrong words, and where results go."""

import os
import re
import unittest

from program import SOURCE, ProgramTest, pdb

COMMANDS = sorted(name[:-3] for name in os.listdir(os.path.join(SOURCE, "docs", "commands"))
                  if name.endswith(".md"))


PARALLEL = ["extract", "build", "score", "evaluate", "report"]


class Help(ProgramTest):
    def test_the_pages_show_the_help_the_program_prints(self):
        self.assertGreaterEqual(len(COMMANDS), 8)
        for command in COMMANDS:
            with open(os.path.join(SOURCE, "docs", "commands", command + ".md")) as file:
                page = file.read()
            help = self.run_program(command, "--help").stdout
            self.assertIn("```text\n" + help + "```", page,
                          f"docs/commands/{command}.md is not what --help prints")

    def test_every_command_has_a_page_and_every_page_a_command(self):
        listed = re.findall(r"^  ([a-z]+)  ", self.run_program("--help").stdout, re.M)
        self.assertEqual(sorted(listed), COMMANDS)

    def test_help_and_version_anywhere(self):
        self.assertRegex(self.run_program("--version").stdout, r"^potential \d+\.\d+\.\d+\n$")
        for command in COMMANDS:
            help = self.run_program(command, "-h").stdout
            for word in ("--quiet", "--help", "Usage: potential " + command):
                self.assertIn(word, help)
            self.assertEqual(self.run_program("help", command).stdout, help)
            self.assertEqual("--threads" in help, command in PARALLEL, command)
            self.assertLessEqual(max(map(len, help.splitlines())), 100)


class WrongUsage(ProgramTest):
    def test_one_line_and_status_2(self):
        self.write("a.pdb", pdb(1))
        cases = [
            ([], "command"), (["frobnicate"], "frobnicate"),
            (["extract"], "input"), (["extract", "a.pdb"], "-o FILE"),
            (["extract", "a.pdb", "-o", "-"], "standard output"),
            (["extract", "a.pdb", "-o", "a.pdb"], "a.pdb"),
            (["extract", "a.pdb", "-o", "x.h5", "--bin", "rapdf"], "bin"),
            (["extract", "a.pdb", "-o", "x.h5", "--bins", "5,4"], "5,4"),
            (["extract", "a.pdb", "-o", "x.h5", "--separations", "1+,3"], "overlaps"),
            (["extract", "a.pdb", "-o", "x.h5", "--types", "atoms"], "atoms"),
            (["extract", "a.pdb", "-o", "x.h5", "--models", "2"], "--models"),
            (["extract", "a.pdb", "-o", "x.h5", "-o", "y.h5"], "output"),
            (["extract", "a.pdb", "-o", ""], ""),
            (["score", "p.h5"], "model"), (["train", "a", "b", "-o", "c"], "one counts file"),
        ]
        for option, values in (("--threads", ("-1", "x", "1.5", "nan", "", "9999")),):
            cases += [(["extract", "a.pdb", "-o", "x.h5", option, value], "threads")
                      for value in values]
        for option in ("pseudocount", "alpha", "cutoff", "kuhn-length", "decimals"):
            cases += [(["build", "a.pdb", "-o", "x.h5", "--" + option, value], option)
                      for value in ("-1", "nan", "inf", "x", "", "1e400", "1 2")]
        for words, part in cases:
            with self.subTest(words=words):
                self.assert_one_line(self.run_program(*words, status=2), part)
        self.assertEqual(self.files(), ["a.pdb"])

    def test_a_misspelt_word_is_met_with_the_right_one(self):
        self.write("a.pdb", pdb(1))
        for words, meant in ((["scroe"], "score"), (["help", "extrakt"], "extract"),
                             (["score", "rapdf", "a.pdb", "--formt", "tsv"], "--format"),
                             (["score", "rapdf", "a.pdb", "--top-pair", "3"], "--top-pairs"),
                             (["score", "rapdf", "a.pdb", "--format", "jsno"], "json"),
                             (["train", "c.h5", "-o", "t.h5", "--reference", "dfir"], "dfire"),
                             (["extract", "a.pdb", "-o", "x.h5", "--models", "al"], "all")):
            done = self.run_program(*words, status=2)
            self.assert_one_line(done, f"did you mean {meant}?")
        for words in (["frobnicate"], ["score", "--frobnicate"], ["extract", "--models", "some"]):
            self.assertNotIn("did you mean", self.run_program(*words, status=2).stderr)

    def test_a_missing_word_is_named_alone(self):
        self.assert_one_line(self.run_program("score", status=2), "a potential is missing")
        one = self.run_program("score", "rapdf", status=2)
        self.assert_one_line(one, "a model is missing")
        self.assertNotIn("a potential", one.stderr)

    def test_cutoff_says_which_states_take_it(self):
        for command in ("train", "build"):
            text = self.run_program("help", command).stdout
            self.assertRegex(text, r"cut-off, which every reference state takes")
            self.assertIn("dfire 14.5, dope 15, rw 15.5", text)

    def test_an_option_of_the_library_is_named_as_the_program_has_it(self):
        self.write("a.pdb", pdb(1))
        self.run_program("extract", "a.pdb", "-o", "c.h5", "--bins", "seed")
        done = self.run_program("extract", "a.pdb", "-o", "c.h5", "--append", status=2)
        self.assert_one_line(done, "c.h5: option --bins: ", "made with 0,3,4,5,6,7,8 and")

    def test_an_output_that_cannot_be_written_is_told_before_the_work(self):
        self.write("a.pdb", pdb(1))
        done = self.run_program("extract", "a.pdb", "-o", "no/such/x.h5", status=1)
        self.assert_one_line(done, "no/such/x.h5", "does not exist")
        os.mkdir(self.path("folder"))
        self.assert_one_line(self.run_program("extract", "a.pdb", "-o", "folder", status=1), "folder")


if __name__ == "__main__":
    unittest.main()
