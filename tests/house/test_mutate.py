"""mutate.py: an edit has one place, and its copy of the tree follows the tree."""

import pathlib
import shutil
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests" / "slow"))
import mutate  # noqa: E402


class Mutate(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "src").mkdir()
        (self.folder / "src/a.cpp").write_text("int a = 1;\nint b = 1;\n", encoding="utf-8")
        (self.folder / "src/b.hpp").write_text("int a = 1;\n", encoding="utf-8")
        (self.folder / "src/b.txt").write_text("int b = 1;\n", encoding="utf-8")

    def find(self, text, place="src"):
        return mutate.find_text(self.folder, {"in": place, "text": text})

    def test_the_one_file_that_holds_the_text(self):
        self.assertEqual(self.find("b = 1"), self.folder / "src/a.cpp")
        self.assertEqual(self.find("a = 1", "src/b.hpp"), self.folder / "src/b.hpp")

    def test_a_text_that_is_gone_or_stands_twice(self):
        for text, place in (("c = 1", "src"), ("a = 1", "src"), ("= 1", "src/a.cpp"), ("a", "gone")):
            with self.assertRaises(mutate.Broken, msg=text):
                self.find(text, place)

    @unittest.skipUnless((SOURCE / ".git").exists() and shutil.which("git"), "no clone, or no git")
    def test_the_copy_holds_the_files_of_the_tree_and_no_others(self):
        (self.folder / "stray.cpp").write_text("", encoding="utf-8")
        (self.folder / "build").mkdir()
        (self.folder / "build/object").write_text("", encoding="utf-8")
        mutate.copy_tree(self.folder)
        self.assertTrue((self.folder / "CMakeLists.txt").is_file())
        self.assertFalse((self.folder / "stray.cpp").exists())
        self.assertTrue((self.folder / "build/object").exists())
        before = (self.folder / "CMakeLists.txt").stat().st_mtime_ns
        mutate.copy_tree(self.folder)
        self.assertEqual((self.folder / "CMakeLists.txt").stat().st_mtime_ns, before)


if __name__ == "__main__":
    unittest.main()
