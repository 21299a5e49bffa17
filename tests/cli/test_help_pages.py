"""Man pages and completions, which are made from what the program says it takes."""

import glob
import gzip
import os
import re
import shutil
import subprocess
import unittest

from program import PROGRAM, SOURCE, ProgramTest

MAKERS = os.path.join(SOURCE, "apps", "help")
# What bash offers for a command line, the last word being the one completed. A
# word with = is split as bash does.
ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
_potential "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


class HelpPages(ProgramTest):
    def make(self, script):
        subprocess.run(["/usr/bin/python3", "-B", os.path.join(MAKERS, script), PROGRAM, self.folder],
                       check=True)

    def commands(self):
        listing = self.run_program("--help").stdout
        commands = re.findall(r"^  ([a-z]+)  +", listing, re.M)
        self.assertIn("score", commands)
        return commands


class ManPages(HelpPages):
    def setUp(self):
        super().setUp()
        self.make("man_pages.py")

    def test_there_is_one_for_each_command(self):
        pages = ["potential.1.gz"] + [f"potential-{name}.1.gz" for name in self.commands()]
        self.assertEqual(self.files(), sorted(pages))

    def test_they_hold_every_word_of_the_help(self):
        for command in self.commands():
            with gzip.open(self.path(f"potential-{command}.1.gz"), "rt", encoding="utf-8") as file:
                page = re.sub(r"\\f[BIR]|\\&", "", file.read()).replace("\\-", "-").replace("\\e", "\\")
            words = set(self.run_program(command, "--help").stdout.split()) - {"Usage:", "Options:"}
            missing = [word for word in words if word not in page]
            self.assertEqual(missing, [], command)

    @unittest.skipUnless(shutil.which("man"), "man is not installed")
    def test_man_has_nothing_to_say_against_them(self):
        for page in self.files():
            done = subprocess.run(["man", "--warnings", "-l", self.path(page)], capture_output=True,
                                  text=True, env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80"})
            self.assertEqual((done.returncode, done.stderr), (0, ""), page)
            self.assertIn("EXIT STATUS", done.stdout)

    def test_the_same_help_gives_the_same_bytes(self):
        first = {name: self.read(name) for name in self.files()}
        self.make("man_pages.py")
        self.assertEqual(first, {name: self.read(name) for name in self.files()})


@unittest.skipUnless(shutil.which("bash"), "bash is not installed")
class BashCompletion(HelpPages):
    def setUp(self):
        super().setUp()
        self.make("completion.py")
        os.mkdir(self.path("work"))
        os.mkdir(self.path("work/models"))
        for name in ("work/rapdf.h5", "work/labels.tsv"):
            self.write(name, "")

    def offers(self, *words, env=None):
        done = subprocess.run(["bash", "-c", ASK, "-", self.path("potential"), *words],
                              cwd=self.path("work"), capture_output=True, text=True,
                              env={**os.environ, "PATH": os.path.dirname(PROGRAM) + ":" + os.environ["PATH"],
                                   **(env or {})})
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return done.stdout.split()

    def test_it_offers_every_command(self):
        self.assertEqual(self.offers("potential", ""), self.commands())
        self.assertEqual(self.offers("potential", "ex"), ["extract", "export"])
        self.assertEqual(set(self.offers("potential", "-")), {"--help", "-h", "--version", "-V"})

    def test_it_offers_every_option_of_every_command_and_no_other(self):
        for command in self.commands():
            help = self.run_program(command, "--help").stdout.split("\nOptions:\n")[1]
            expected = set(re.findall(r"^ {2,8}(?:-\w, )?(--[\w-]+)", help, re.M))
            expected |= set(re.findall(r"^ {2,8}(-\w), --", help, re.M))
            self.assertIn("--quiet", expected)
            self.assertEqual(set(self.offers("potential", command, "-")), expected, command)

    def test_it_offers_what_an_option_takes(self):
        schemes = [os.path.basename(path)[:-len(".scheme")]
                   for path in glob.glob(os.path.join(SOURCE, "data", "schemes", "*.scheme"))]
        self.assertEqual(set(self.offers("potential", "extract", "--types", "")) &
                         {*schemes, "rapdf.h5"}, {*schemes, "rapdf.h5"})
        help = self.run_program("train", "--help").stdout
        states = re.split(", | or ", re.search(r"reference state: (.*) \[", help)[1])
        self.assertLessEqual({"rapdf", "kbp", "dfire", "dope", "srs", "rw"}, set(states))
        self.assertEqual(self.offers("potential", "train", "c.h5", "--reference", ""), states)
        for state in states:  # and the program takes them
            done = self.run_program("train", "no.h5", "--reference", state, "-o", "x.h5", status=1)
            self.assertIn("no.h5", done.stderr)
        self.assertLessEqual({"dfire", "dope"}, set(self.offers("potential", "build", "x", "--reference", "=", "d")))
        formats = self.offers("potential", "score", "x", "--format", "=")
        self.assertLessEqual({"table", "tsv", "csv", "json"}, set(formats))
        help = self.run_program("score", "--help").stdout
        self.assertEqual(re.split(", | or ", re.search(r"--format F +(.*) \[", help)[1]), formats)
        self.assertEqual(self.offers("potential", "score", "x", "--write-structures", ""), ["models"])
        self.assertEqual(self.offers("potential", "evaluate", "--labels", "l"), ["labels.tsv"])
        self.assertEqual(self.offers("potential", "score", "--top-pairs", ""), [])
        self.assertEqual(self.offers("potential", "query", "-o", "r"), ["rapdf.h5"])
        self.assertEqual(self.offers("potential", "build", "x", "--normalize", ""),
                         ["total", "residue", "contact"])
        self.assertEqual(self.offers("potential", "evaluate", "--targets", ""), ["models"])
        self.assertEqual(self.offers("potential", "query", "rapdf.h5", ""), [])

    def test_it_offers_shipped_potentials_where_one_is_taken(self):
        data = {"POTENTIAL_DATA": os.path.join(SOURCE, "data")}
        for words in (["score", "ra"], ["score", "--normalize", "residue", "ra"], ["query", "ra"],
                      ["score", "-q", "--format", "=", "tsv", "ra"]):
            offered = self.offers("potential", *words, env=data)
            self.assertEqual(set(offered), {"rapdf", "rapdf-ca", "rapdf-cb", "rapdf-centroid", "rapdf.h5"},
                             words)
        self.assertEqual(set(self.offers("potential", "score", "default", "", env=data)),
                         {"labels.tsv", "models", "rapdf.h5"})
        self.assertEqual(self.offers("potential", "extract", "ra", env=data), ["rapdf.h5"])

    def test_names_with_spaces_stay_whole(self):
        self.write("work/two words.pdb", "")
        self.assertEqual(" ".join(self.offers("potential", "extract", "two")), "two words.pdb")


@unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
class ZshCompletion(HelpPages):
    def test_it_offers_commands_options_and_values(self):
        self.make("completion.py")
        os.mkdir(self.path("home"))
        ask = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; zstyle ':completion:*' list-prompt ''; LISTMAX=0; stty -echo; echo REA''DY"
zpty -r -m shell out '*READY*'
zpty -n -w shell "$2"$'\t\t'
sleep 2
while zpty -r -t shell part; do print -rn -- "$part"; done
zpty -d shell
"""
        def offered(line):
            done = subprocess.run(["zsh", "-f", "-c", ask, "-", self.folder, line], capture_output=True,
                                  text=True, cwd=self.path("home"), timeout=60, errors="replace",
                                  env={**os.environ, "TERM": "dumb", "COLUMNS": "200",
                                       "PATH": os.path.dirname(PROGRAM) + ":" + os.environ["PATH"]})
            return done.stdout
        for line, words in (("potential ", self.commands()),
                            ("potential train --reference ", ["kbp", "dfire", "srs"]),
                            ("potential score --", ["--per-residue", "--top-pairs", "--normalize"])):
            shown = offered(line)
            for word in words:
                self.assertIn(word, shown, line)


if __name__ == "__main__":
    unittest.main()
