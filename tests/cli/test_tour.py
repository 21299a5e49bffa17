"""docs/tour.md: every command is run, every output compared.

test_tour.py --update writes what the commands print into the page.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from program import PROGRAM, SOURCE

PAGE = os.path.join(SOURCE, "docs", "tour.md")
SECONDS = re.compile(r"\d+\.\d s$", re.M)  # how long a run took
NUMBER = re.compile(r"[-+]?\d+\.\d+|[-+]?\d+")


def blocks_of(page):
    """Of each console block its commands, as [command, expected output]."""
    for block in re.findall(r"```console\n(.*?)```", page, re.S):
        commands = []
        for line in block.splitlines(keepends=True):
            if line.startswith("$ "):
                commands.append([line[2:], ""])
            elif line.startswith("> "):
                commands[-1][0] += line[2:]
            else:
                commands[-1][1] += line
        yield block, commands


def run_page(page, folder):
    """Runs all commands in one shell. @returns what each printed."""
    os.symlink(os.path.join(SOURCE, "data"), os.path.join(folder, "data"))
    os.mkdir(os.path.join(folder, "bin"))
    os.symlink(PROGRAM, os.path.join(folder, "bin", "potential"))
    script = "set -e\n"
    for _, commands in blocks_of(page):
        for command, _ in commands:
            script += command + "printf '\\n@@@\\n'\n"
    done = subprocess.run(["bash", "-c", script], cwd=folder, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=900,
                          env={**os.environ, "LC_ALL": "C.UTF-8",
                               "PATH": os.path.join(folder, "bin") + ":" + os.environ["PATH"]})
    if done.returncode != 0:
        raise AssertionError("a command of the tour failed:\n" + done.stdout)
    return [text.lstrip("\n") if i else text
            for i, text in enumerate(re.split(r"\n?@@@\n", done.stdout)[:-1])]


class Tour(unittest.TestCase):
    def setUp(self):
        for program in ("gnuplot", "awk", "bash"):
            if shutil.which(program) is None:
                self.skipTest(program + " is not installed")
        self.folder = tempfile.mkdtemp(prefix="potential_tour_")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        fetch = subprocess.run(
            ["sh", os.path.join(SOURCE, "data", "workflows", "example-structures.sh"),
             os.path.join(self.folder, "tour", "examples")], capture_output=True, text=True)
        if fetch.returncode != 0:
            self.skipTest("the example structures cannot be fetched: " + fetch.stderr[-200:])

    def assert_same(self, command, expected, printed):
        """Alike but for times and the last digits of numbers with decimals."""
        expected, printed = (SECONDS.sub("# s", text) for text in (expected, printed))
        self.assertEqual(NUMBER.sub("#", " ".join(expected.split())),
                         NUMBER.sub("#", " ".join(printed.split())), command)
        for a, b in zip(NUMBER.findall(expected), NUMBER.findall(printed)):
            self.assertAlmostEqual(float(a), float(b), delta=0.0021 + 1e-6 * abs(float(a)), msg=command)

    def test_every_command_prints_what_the_page_says(self):
        with open(PAGE) as file:
            page = file.read()
        # The structures are there: what fetches them finds them and ends.
        page_run = page.replace("$ mkdir tour &&", "$ mkdir -p tour &&")
        printed = iter(run_page(page_run, self.folder))
        for _, commands in blocks_of(page):
            for command, expected in commands:
                self.assert_same(command, expected, next(printed))
        tour = os.path.join(self.folder, "tour")
        for name, magic in (("worst.png", b"\x89PNG"), ("all-pairs.png", b"\x89PNG"),
                            ("pairs.svg", b"<?xml"), ("two-potentials.svg", b"<?xml"),
                            ("report.html", b"<!DOCTYPE html>")):
            with open(os.path.join(tour, name), "rb") as file:
                self.assertTrue(file.read(20).startswith(magic), name)


def update():
    with open(PAGE) as file:
        page = file.read()
    with tempfile.TemporaryDirectory() as folder:
        printed = iter(run_page(page, folder))
        for block, commands in list(blocks_of(page)):
            text = ""
            for command, _ in commands:
                text += "$ " + command.rstrip("\n").replace("\n", "\n> ") + "\n" + next(printed)
                text += "" if text.endswith("\n") else "\n"
            page = page.replace(block, text)
    with open(PAGE, "w") as file:
        file.write(page)


if __name__ == "__main__":
    if "--update" in sys.argv:
        update()
    else:
        unittest.main()
