"""docs/python.md: every line is run, every output compared.

test_page.py --update writes what the lines print into the page.
"""

import contextlib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.environ["POTENTIAL_SOURCE_DIR"]
PAGE = os.path.join(SOURCE, "docs", "python.md")
BLOCK = re.compile(r"```pycon\n(.*?)```", re.S)
NUMBER = re.compile(r"[-+]?\d+\.\d+(?:e[-+]?\d+)?|[-+]?\d+")


def fetch(folder):
    return subprocess.run(["sh", os.path.join(SOURCE, "data", "workflows", "example-structures.sh"),
                           os.path.join(folder, "examples")], capture_output=True, text=True)


def output_of(example, names):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(example.source, "docs/python.md", "single"), names)
        except Exception as error:
            kind = type(error)
            print("Traceback (most recent call last):\n  ...\n"
                  f"{kind.__module__}.{kind.__qualname__}: {error}")
    return out.getvalue()


def examples_of(block):
    return doctest.DocTestParser().get_examples(block)


class Page(unittest.TestCase):
    def assert_same(self, example, expected, printed):
        """Alike but for the last digits of numbers with decimals."""
        self.assertEqual(NUMBER.sub("#", " ".join(expected.split())),
                         NUMBER.sub("#", " ".join(printed.split())), example.source)
        for a, b in zip(NUMBER.findall(expected), NUMBER.findall(printed)):
            self.assertAlmostEqual(float(a), float(b), delta=0.0021 if "." in a else 0,
                                   msg=example.source)

    def test_every_line_prints_what_the_page_says(self):
        folder = tempfile.mkdtemp(prefix="potential_page_")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        fetched = fetch(folder)
        if fetched.returncode != 0:
            self.skipTest("the example structures cannot be fetched: " + fetched.stderr[-200:])
        before = os.getcwd()
        os.chdir(folder)
        self.addCleanup(os.chdir, before)
        with open(PAGE) as file:
            blocks = BLOCK.findall(file.read())
        names, checked = {"__name__": "page"}, 0
        for example in (example for block in blocks for example in examples_of(block)):
            expected = example.want
            if example.exc_msg is not None:
                expected = "Traceback (most recent call last):\n  ...\n" + example.exc_msg
            self.assert_same(example, expected, output_of(example, names))
            checked += expected != ""
        self.assertGreater(checked, 20)


def update():
    with open(PAGE) as file:
        page = file.read()
    with tempfile.TemporaryDirectory() as folder:
        fetch(folder).check_returncode()
        os.chdir(folder)
        names = {"__name__": "page"}
        for block in BLOCK.findall(page):
            text = ""
            for example in examples_of(block):
                lines = example.source.rstrip("\n").split("\n")
                text += ">>> " + "\n... ".join(lines) + "\n" + output_of(example, names)
            page = page.replace(block, text)
    with open(PAGE, "w") as file:
        file.write(page)


if __name__ == "__main__":
    if "--update" in sys.argv:
        update()
    else:
        unittest.main()
