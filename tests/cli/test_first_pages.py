"""README and docs/quickstart.md: every command runs; what README says is printed is."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest

from program import PROGRAM, SOURCE
from test_tour import NUMBER, blocks_of

WORKFLOWS = os.path.join(SOURCE, "data", "workflows")


def page(*name):
    with open(os.path.join(SOURCE, *name), encoding="utf-8") as file:
        return file.read()


def blocks(language, text):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.S | re.M)


class FirstPages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="potential_pages_")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        os.mkdir(os.path.join(cls.folder, "bin"))
        os.symlink(PROGRAM, os.path.join(cls.folder, "bin", "potential"))
        fetched = subprocess.run(["sh", os.path.join(WORKFLOWS, "example-structures.sh"), cls.folder],
                                 capture_output=True, text=True)
        if fetched.returncode != 0:
            raise unittest.SkipTest("the example structures cannot be fetched: " +
                                    fetched.stderr[-200:])
        cls.run_shell(f"sh '{WORKFLOWS}/make-models.sh' cytochromes/d1cih__.pdb.gz models")

    @classmethod
    def run_shell(cls, command):
        """@returns what a command prints on standard output."""
        path = os.path.join(cls.folder, "bin") + ":" + os.environ["PATH"]
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=cls.folder, text=True,
                              capture_output=True, timeout=900,
                              env={**os.environ, "LC_ALL": "C.UTF-8", "PATH": path,
                                   "POTENTIAL_DATA": os.path.join(SOURCE, "data")})
        if done.returncode != 0:
            raise AssertionError(f"{command}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def assert_same(self, command, expected, printed):
        """Alike but for the last digits of numbers with decimals."""
        self.assertEqual(NUMBER.sub("#", " ".join(expected.split())),
                         NUMBER.sub("#", " ".join(printed.split())), command)
        for a, b in zip(NUMBER.findall(expected), NUMBER.findall(printed)):
            self.assertAlmostEqual(float(a), float(b), delta=0.0021 if "." in a else 0, msg=command)

    def test_readme_shows_what_is_printed(self):
        commands = [one for _, block in blocks_of(page("README.md")) for one in block]
        self.assertEqual(len(commands), 3)
        for command, expected in commands:
            self.assert_same(command, expected, self.run_shell(command))

    def test_readme_fits_a_screen(self):
        (block, _), = blocks_of(page("README.md"))
        self.assertLess(len(block.splitlines()), 24)
        lines = page("README.md").splitlines()
        self.assertEqual([line for line in lines if len(line) > 100], [])

    def files_of_the_quickstart(self):
        """The user's own files, as the pages call them."""
        self.run_shell("mkdir -p set && cp $(ls -d $PWD/trypsins/* | head -n 20) set && "
                       "tar cf proteome.tar set && ls set | sed 's,^,set/,; s,$,\\tA,' > culled.txt && "
                       "cp models/crystal.pdb native.pdb")

    def test_every_command_of_five_minutes_and_of_the_quickstart_runs(self):
        self.files_of_the_quickstart()
        five_minutes = page("README.md").split("## Five minutes")[1]
        for text in (five_minutes, page("docs", "quickstart.md")):
            for line in (line for block in blocks("sh", text) for line in block.splitlines()):
                if " plot " in line and shutil.which("gnuplot") is None:
                    continue
                self.run_shell(line)
        self.assertGreater(os.path.getsize(os.path.join(self.folder, "residues.tsv")), 1000)
        for block in blocks("python", page("docs", "quickstart.md")):
            self.run_shell(f"/usr/bin/python3 -c '{block}'")


if __name__ == "__main__":
    unittest.main()
