"""The scripts of docs/site: pages are laid out with their links, broken ones are found."""

import pathlib
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "docs" / "site"))
import check_links  # noqa: E402
import stage  # noqa: E402


class SiteTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, files):
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


class CheckLinks(SiteTest):
    SOUND = {"index.html": '<a href="a/b.html#there">b</a> <a href="https://example.org/">out</a>'
                           '<img src="c.svg"><p id="here"><a href="#here">up</a>',
             "a/b.html": '<h1 id="there">B</h1><a href="../index.html">back</a>', "c.svg": ""}

    def problems(self, **changed):
        self.write({**self.SOUND, **{name.replace("_", "."): text for name, text in changed.items()}})
        return check_links.check(self.folder)[0]

    def test_sound_site(self):
        self.assertEqual(self.problems(), [])

    def test_each_kind_of_broken_link(self):
        for text, part in (('<a href="gone.html">', "no such file"),
                           ('<a href="a/b.html#gone">', "no such anchor"),
                           ('<a href="#gone">', "no such anchor"),
                           ('<img src="gone.png">', "no such file"),
                           ('<script src="https://example.org/x.js"></script>', "from the network"),
                           ('<link rel="stylesheet" href="//example.org/x.css">', "from the network")):
            found = self.problems(index_html=text)
            self.assertEqual(len(found), 1, (text, found))
            self.assertIn(part, found[0])

    def test_empty_site(self):
        self.assertEqual(len(check_links.check(self.folder)[0]), 1)


class Stage(SiteTest):
    def staged(self, files):
        header = "libpotential/include/potential/core/a.hpp"
        self.write({header: "#pragma once\n\nnamespace potential {\n\nint f();\n\n}  // namespace potential\n",
                    **files})
        stage.main(self.folder, self.folder / "build/pages", self.folder / "build/headers")
        return self.folder / "build"

    def test_links_between_pages_and_to_files(self):
        built = self.staged({
            "README.md": "# P\n\n[m](docs/m.md#x) [c](docs/commands/) [l](LICENSE) [w](https://example.org/)\n",
            "LICENSE": "MIT", "docs/m.md": "# M\n\n[back](../README.md)\n",
            "docs/commands/run.md": "# potential run\n\nRuns.\n"})
        index = (built / "pages/index.md").read_text(encoding="utf-8")
        self.assertIn("[m](docs/m.md#x) [c](docs/commands/index.md) [l](LICENSE) [w](https://example.org/)", index)
        self.assertIn(":hidden:\n:caption: Pages\n\ndocs/m.md\ndocs/commands/index.md\n```", index)
        self.assertIn("[back](../index.md)", (built / "pages/docs/m.md").read_text(encoding="utf-8"))
        self.assertTrue((built / "pages/LICENSE").is_file())
        self.assertIn("- [potential run](run.md): Runs.",
                      (built / "pages/docs/commands/index.md").read_text(encoding="utf-8"))

    def test_a_link_to_nothing_is_an_error(self):
        with self.assertRaises(SystemExit) as raised:
            self.staged({"README.md": "# P\n\n[x](docs/gone.md)\n"})
        self.assertIn("docs/gone.md", str(raised.exception))

    def test_code_is_left_alone(self):
        code = "```cpp\n[x](gone.md)\n```\n"
        built = self.staged({"README.md": "# P\n\n" + code})
        self.assertIn(code, (built / "pages/index.md").read_text(encoding="utf-8"))

    def test_headers_keep_their_lines(self):
        built = self.staged({"README.md": "# P\n"})
        lines = (built / "headers/potential/core/a.hpp").read_text(encoding="utf-8").splitlines()
        self.assertEqual(lines[4], "int f();")
        self.assertIn("core_a", lines[2])
        self.assertIn("doxygengroup:: core_a", (built / "pages/api/core.rst").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
