"""The schemes that docs/schemes.md shows are read and counted with."""

import os
import re
import unittest

from program import SOURCE, ProgramTest, pdb_text

BRIDGE = [(atom, residue, "A", number, x, 0.0, 0.0)
          for residue, number, atoms in (("ASP", 1, ("CA", "CB", "OD1")), ("LYS", 2, ("NZ", "CB", "CA")))
          for x, atom in enumerate(atoms, 3 * number)]


class SchemesPage(ProgramTest):
    def test_each_example_counts(self):
        with open(os.path.join(SOURCE, "docs", "schemes.md"), encoding="utf-8") as file:
            page = file.read()
        examples = re.findall(r"```text\n(.*?)```", page, re.S)
        self.assertEqual(len(examples), 2)
        self.write("a.pdb", pdb_text(BRIDGE))
        for number, text in enumerate(examples):
            scheme = self.write(f"{number}.scheme", text)
            self.run_program("extract", "a.pdb", "--types", scheme, "-o", f"{number}.h5")
            summary = self.run_program("query", f"{number}.h5").stdout
            self.assertIn(re.search(r"^scheme (\S+)", text, re.M)[1], summary)
            self.assertRegex(summary, r"counts 1\+ +1\n")

    def test_each_scheme_of_the_table_is_shipped(self):
        with open(os.path.join(SOURCE, "docs", "schemes.md"), encoding="utf-8") as file:
            rows = re.findall(r"^\| `([a-z0-9-]+)`", file.read(), re.M)
        shipped = os.listdir(os.path.join(SOURCE, "data", "schemes"))
        self.assertGreaterEqual(len(rows), 6)
        self.assertEqual([row for row in rows if row + ".scheme" not in shipped], [])


if __name__ == "__main__":
    unittest.main()
