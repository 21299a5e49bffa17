"""Damaged, foreign and hostile files of our own kinds, through the program."""

import os
import random
import resource
import subprocess
import unittest

import h5py
import numpy

from program import PROGRAM, ProgramTest, pdb

FAST = ["--types", "residue-cb", "--bins", "seed", "-q"]


def is_sanitized():
    """Whether the program is built with AddressSanitizer, which maps terabytes."""
    with open(PROGRAM, "rb") as file:
        return b"__asan_init" in file.read()


class Damaged(ProgramTest):
    """Every change of a file is refused in one line, or changes nothing."""

    def setUp(self):
        super().setUp()
        for i in range(3):
            self.write(f"set/s{i}.pdb", pdb(i, "AB"))
        self.run_program("build", "set", "-o", "p.h5", "--counts", "c.h5", *FAST)

    def outcome(self, name):
        done = subprocess.run([PROGRAM, "export", name], cwd=self.folder, capture_output=True,
                              text=True, timeout=60)
        return done.returncode, done.stdout, done.stderr

    def check_changes(self, name, changed):
        good = self.outcome(name)
        self.assertEqual(good[0], 0)
        refused = 0
        for data in changed(self.read(name)):
            self.write("x.h5", data)
            status, out, err = self.outcome("x.h5")
            if status == 0:
                self.assertEqual((out, err), (good[1], good[2]))
                continue
            refused += 1
            self.assertEqual((status, out), (1, ""), err)
            self.assertRegex(err, r"\Apotential: error: x\.h5: [^\n]+\n\Z")
        return refused

    def test_300_flips(self):
        def flips(data):
            rng = random.Random(1)
            for _ in range(300):
                at = rng.randrange(len(data))
                yield data[:at] + bytes([data[at] ^ rng.randrange(1, 256)]) + data[at + 1:]
        for name in ("c.h5", "p.h5"):
            self.assertEqual(self.check_changes(name, flips), 300)

    def test_100_truncations(self):
        def truncations(data):
            rng = random.Random(2)
            yield b""
            yield data[:511]
            yield data[:512]
            yield data[:-1]
            for _ in range(96):
                yield data[:rng.randrange(len(data))]
        for name in ("c.h5", "p.h5"):
            self.assertEqual(self.check_changes(name, truncations), 100)

    def test_appended_bytes(self):
        for name in ("c.h5", "p.h5"):
            self.assertEqual(self.check_changes(name, lambda data: [data + b"\0", data + data]), 2)


class Foreign(ProgramTest):
    def refused(self, name, *parts):
        for words in (["query", name], ["export", name], ["merge", name, "-o", "m.h5"],
                      ["score", name if "/" in name else "./" + name, "a.pdb"]):
            done = self.run_program(*words, status=1)
            self.assert_one_line(done, name, *parts)

    def test_files_of_others(self):
        self.write("a.pdb", pdb(1))
        with h5py.File(self.path("other.h5"), "w") as file:
            file["counts"] = numpy.arange(12).reshape(3, 4)
        self.refused("other.h5", "HDF5")
        with h5py.File(self.path("block.h5"), "w", userblock_size=512) as file:
            file["counts"] = 1
        self.refused("block.h5", "not a counts or potential file")
        self.write("empty.h5", b"")
        self.write("text.h5", "hello\n")
        self.write("page.h5", "<html><body>404</body></html>\n")
        self.write("noise.h5", random.Random(1).randbytes(5000))
        os.mkdir(self.path("folder.h5"))
        for name in ("empty.h5", "text.h5", "page.h5", "noise.h5", "folder.h5", "missing.h5"):
            with self.subTest(name):
                self.assert_one_line(self.run_program("query", name, status=1), name)
                self.assert_one_line(self.run_program("merge", name, "-o", "m.h5", status=1), name)

    def test_a_newer_version_says_to_update(self):
        self.write("a.pdb", pdb(1))
        self.run_program("extract", "a.pdb", "-o", "c.h5", *FAST)
        data = self.read("c.h5")
        self.assertTrue(data.startswith(b"potential-counts 1\n"))
        self.write("new.h5", data.replace(b"potential-counts 1\n", b"potential-counts 3\n", 1))
        self.assert_one_line(self.run_program("query", "new.h5", status=1), "new.h5", "newer")

    def test_one_kind_for_the_other(self):
        self.write("a.pdb", pdb(1))
        self.run_program("build", "a.pdb", "-o", "p.h5", "--counts", "c.h5", *FAST)
        self.assert_one_line(self.run_program("train", "p.h5", "-o", "x.h5", status=1), "p.h5")
        self.assert_one_line(self.run_program("merge", "p.h5", "-o", "x.h5", status=1), "p.h5")
        self.assert_one_line(self.run_program("score", "./c.h5", "a.pdb", status=1), "c.h5", "train")


class ContactMaps(ProgramTest):
    @unittest.skipIf(is_sanitized(), "AddressSanitizer takes more address space than allowed here")
    def test_a_huge_line_takes_no_memory(self):
        size = 10 << 30
        for name, head in (("zeros.tsv", b""), ("row.tsv", b"pair\t0-3A\t3-4A\nALA:ALA\t1\t")):
            with open(self.path(name), "wb") as file:
                file.write(head)
                file.truncate(size)  # sparse: zero bytes without a line end
            limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
            done = subprocess.run([PROGRAM, "import", name, "-o", "x.h5"], cwd=self.folder,
                                  capture_output=True, text=True, timeout=120, preexec_fn=limit)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assert_one_line(done, name, "line")
        self.assertNotIn("x.h5", self.files())

    def test_sums_that_pass_the_largest_count(self):
        self.write("map.tsv", f"pair\t0-3A\t3-4A\nALA:ALA\t{2**64 - 1}\t1\nALA:CYS\t2\t3\n")
        self.run_program("import", "map.tsv", "-o", "c.h5")
        self.assertIn(str(2**64 - 1), self.run_program("export", "c.h5").stdout)
        for words in (["train", "c.h5", "-o", "x.h5"], ["merge", "c.h5", "c.h5", "-o", "x.h5"]):
            self.assert_one_line(self.run_program(*words, status=1), "2^64 - 1")
        self.assertNotIn("x.h5", self.files())

    def test_many_digits_and_columns(self):
        cases = {
            "digits": "pair\t0-3A\nALA:ALA\t" + "9" * 100_000 + "\n",
            "columns": "pair\t" + "\t".join(f"{i}-{i + 1}A" for i in range(2000)) + "\n",
            "name": "pair\t0-3A\n" + "A" * 500_000 + ":ALA\t1\n",
            "binary": bytes(range(256)) * 10,
        }
        for name, text in cases.items():
            with self.subTest(name):
                self.write("map.tsv", text)
                done = self.run_program("import", "map.tsv", "-o", "x.h5", status=1)
                self.assert_one_line(done, "map.tsv")
                self.assertLess(len(done.stderr), 1200)


if __name__ == "__main__":
    unittest.main()
