"""The status line of long runs: on a terminal only."""

import json
import os
import pty
import re
import subprocess
import unittest

from program import PROGRAM, ProgramTest, pdb

LINE = re.compile(r"\r\x1b\[K(\d+)(?:/(\d+))? files, (\d+)/s(?:, (\d+:\d\d) left)?, (\d+) skipped")


class Progress(ProgramTest):
    def setUp(self):
        super().setUp()
        for i in range(30):
            self.write(f"set/s{i:02d}.pdb", pdb(i, "AB"))
        self.write("set/a-broken.pdb", "nonsense\n")

    def on_terminal(self, *words):
        """Runs the program with a terminal as stderr; @returns what it wrote there."""
        try:
            leader, follower = pty.openpty()
        except OSError as error:
            self.skipTest(f"no pseudo-terminal here: {error}")
        process = subprocess.Popen([PROGRAM, *words], cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=follower)
        os.close(follower)
        written = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # EIO: the other side is closed
                break
            if not part:
                break
            written += part
        os.close(leader)
        self.assertEqual(process.wait(timeout=300), 0, written)
        return written.decode()

    def check_lines(self, written, total):
        lines = LINE.findall(written)
        self.assertGreater(len(lines), 0, written)
        done = [int(line[0]) for line in lines]
        self.assertEqual(done, sorted(done))
        self.assertEqual({line[1] for line in lines}, {str(total)})
        for line in lines:
            if int(line[0]) < total:
                self.assertRegex(line[3], r"^\d+:\d\d$", "time left")
        self.assertEqual(lines[-1][4], "1", "the first file, a broken one, was skipped")
        # The line is taken away at the end, and before a warning.
        self.assertRegex(written, r"\r\x1b\[K(potential: (info|warning): [^\n]*\n)*$")
        self.assertIn("a-broken.pdb", written)

    def test_done_total_rate_left_skipped(self):
        self.check_lines(self.on_terminal("extract", "set", "-o", "c.h5", "-j", "1"), 31)
        self.run_program("train", "c.h5", "-o", "p.h5")
        self.check_lines(self.on_terminal("score", "p.h5", "set", "-j", "1"), 31)

    def test_no_total_when_an_archive_is_read(self):
        subprocess.run(["tar", "cf", "x.tar", "set"], cwd=self.folder, check=True)
        written = self.on_terminal("extract", "x.tar", "-o", "c.h5", "-j", "1")
        self.assertEqual({line[1] for line in LINE.findall(written)}, {""})

    def test_nothing_when_stderr_is_no_terminal_or_quiet(self):
        os.remove(self.path("set/a-broken.pdb"))
        said = self.run_program("extract", "set", "-o", "c.h5").stderr
        self.assertRegex(said, r"^potential: info: c.h5: [^\n]*\n$")  # the summary
        self.assertEqual(self.on_terminal("extract", "set", "-o", "c.h5", "--quiet"), "")

    def test_a_run_ends_with_its_summary(self):
        said = self.run_program("extract", "set", "-o", "c.h5").stderr.splitlines()
        summary = json.loads(self.run_program("query", "c.h5", "--format", "json").stdout)
        value = {row["property"]: row["value"] for row in summary}
        pattern = (rf"{value['structures']} structures used, 1 skipped, {value['counts 1+']} pairs, "
                   r"\d+\.\d s$")
        self.assertRegex(said[-1], "^potential: info: c.h5: " + pattern)
        said = self.run_program("build", "set", "-o", "p.h5", "--counts", "c2.h5").stderr.splitlines()
        self.assertRegex(said[-1], "^potential: info: p.h5, c2.h5: " + pattern)
        self.assertEqual(self.run_program("build", "set", "-o", "p.h5", "-q").stderr, "")

    def test_few_structures_are_said_once(self):
        few = "trained from 30 structures only; below 50, "
        said = self.run_program("build", "set", "-o", "p.h5", "--counts", "c.h5").stderr
        self.assertEqual(said.count(few), 1, said)
        said = self.run_program("train", "c.h5", "-o", "p.h5").stderr
        self.assertEqual(said.count("\n"), 1, said)
        self.assertIn("potential: info: p.h5: " + few, said)
        for i in range(30, 50):
            self.write(f"set/more{i}.pdb", pdb(100 + i))
        said = self.run_program("build", "set", "-o", "p.h5").stderr
        self.assertNotIn("trained from", said)


if __name__ == "__main__":
    unittest.main()
