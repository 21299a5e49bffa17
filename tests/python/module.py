"""What the tests of the Python module share: the module, and the program beside it."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["POTENTIAL_SOURCE_DIR"], "tests", "cli"))

from program import SOURCE, ProgramTest, cif_text, pdb, pdb_text, random_atoms  # noqa: E402,F401

import potential  # noqa: E402

PROTEIN_SCHEMES = [name for name in potential.schemes()
                   if not any(word in name for word in ("rna", "dna", "nucleic"))]


class ModuleTest(ProgramTest):
    """Each test in an empty folder, which is the current one."""

    def setUp(self):
        super().setUp()
        before = os.getcwd()
        os.chdir(self.folder)
        self.addCleanup(os.chdir, before)

    def write_set(self, number=4, chains="AB"):
        for i in range(number):
            self.write(f"set/s{i}.pdb", pdb(i, chains))

    def table_of(self, *words):
        """Rows of the program's JSON: a list of dicts, one a row."""
        return json.loads(self.run_program(*words, "--format", "json", "-q").stdout)
