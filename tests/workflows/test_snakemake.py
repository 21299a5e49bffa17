"""The Snakefile, run by Snakemake on this machine."""

import os
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli"))
from program import PROGRAM, SOURCE, ProgramTest, pdb  # noqa: E402


@unittest.skipUnless(shutil.which("snakemake"), "snakemake is not installed")
class Snakemake(ProgramTest):
    def snakemake(self, *words):
        done = subprocess.run(
            ["snakemake", "-s", os.path.join(SOURCE, "data", "workflows", "Snakefile"),
             "--cores", "2", "--config", "inputs=set", "output=all.h5", "shards=5",
             "options=--types residue-cb -q", f"program={PROGRAM}", *words],
            cwd=self.folder, capture_output=True, text=True, timeout=120,
            env={**os.environ, "HOME": self.folder})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_merged_counts_are_the_single_run(self):
        for i in range(17):
            self.write(f"set/s{i:02d}.pdb", pdb(i, "AB"))
        self.write("set/bad.pdb", "ATOM  no structure\n")
        self.run_program("extract", "set", "-o", "single.h5", "--types", "residue-cb", "-q")
        self.snakemake()
        self.assertEqual(self.read("all.h5"), self.read("single.h5"))
        # One shard is lost: it is made again, the others are not.
        parts = {k: self.path(f"all.h5.parts/{k}.h5") for k in range(1, 6)}
        before = {k: os.stat(path).st_mtime_ns for k, path in parts.items()}
        os.remove(parts[3])
        os.remove(self.path("all.h5"))
        self.snakemake()
        self.assertEqual(self.read("all.h5"), self.read("single.h5"))
        again = [k for k, path in parts.items() if os.stat(path).st_mtime_ns != before[k]]
        self.assertEqual(again, [3])


if __name__ == "__main__":
    unittest.main()
