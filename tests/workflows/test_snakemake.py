"""The Snakefile, run by Snakemake on this machine."""

import os
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli"))
from program import PROGRAM, SOURCE, ProgramTest, pdb  # noqa: E402
from stand_in import stream_single, write_stand_in  # noqa: E402


@unittest.skipUnless(shutil.which("snakemake"), "snakemake is not installed")
class Snakemake(ProgramTest):
    def snakemake(self, *words):
        """@param words  further words of --config, the later of two counts"""
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

    def test_joined_scores_are_the_single_run(self):
        for i in range(17):
            self.write(f"set/s{i:02d}.pdb", pdb(i, "AB"))
        self.write("set/bad.pdb", "ATOM  no structure\n")
        self.run_program("score", "rapdf-ca", "set", "--stream", "-o", "single.h5", "-q")
        self.snakemake("output=all.h5", "options=-q", "potential=rapdf-ca")  # shards are tables too
        self.assertEqual(self.read("all.h5"), self.read("single.h5"))

    def test_models_that_another_program_writes_as_a_stream(self):
        write_stand_in(self)
        names = [f"s{i:02d}.pdb" for i in range(9)]
        for i, name in enumerate(names):
            self.write(f"in/{name}", pdb(i, "AB"))
        for k in range(1, 6):
            self.write(f"ids/{k}", "".join(f"{n}\n" for n in names[k - 1::5]))
        self.write("ids/all", "".join(f"{n}\n" for n in names))
        self.assertEqual(stream_single(self).returncode, 0)
        self.snakemake("inputs=tar:-", "options=-q", "stream=python3 unpack.py ids/{k} in {tar}")
        self.assertEqual(self.read("all.h5"), self.read("single.h5"))


class Streams(ProgramTest):
    def setUp(self):
        super().setUp()
        write_stand_in(self)
        self.write("in/a.pdb", pdb(0, "AB"))
        self.write("ids/all", "a.pdb\n")

    def test_a_writer_that_fails_fails_the_step(self):
        done = stream_single(self, "python3 unpack.py ids/all in {tar} 3")
        self.assertEqual(done.returncode, 3)
        self.assertIn("failed (3)", done.stderr)

    def test_a_writer_that_never_opens_the_pipe(self):
        done = stream_single(self, "false {tar}")
        self.assertEqual(done.returncode, 1)
        self.assertNotIn("single.h5", self.files())


if __name__ == "__main__":
    unittest.main()
