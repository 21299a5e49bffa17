"""Outputs: full disks, links, two runs on one file, signals while tables are made."""

import os
import resource
import shutil
import signal
import subprocess
import time
import unittest

from program import PROGRAM, ProgramTest, pdb

FAST = ["--types", "residue-cb", "--bins", "seed", "-q"]


class Outputs(ProgramTest):
    def setUp(self):
        super().setUp()
        for i in range(4):
            self.write(f"set/s{i}.pdb", pdb(i, "AB"))

    def start(self, *words, **options):
        return subprocess.Popen([PROGRAM, *words], cwd=self.folder, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def wait_for(self, what):
        end = time.monotonic() + 60
        while not what():
            self.assertLess(time.monotonic(), end, "nothing happened")
            time.sleep(0.01)


class FullDisk(Outputs):
    @unittest.skipUnless(shutil.which("gnuplot"), "gnuplot is not installed")
    def test_a_plot_is_whole_or_the_old_one(self):
        self.run_program("build", "set", "-o", "p.h5", "-q")
        old = "<svg>old</svg>"
        for name in ("x.svg", "x.png", "x.pdf"):
            self.write(name, old)
            for size in (0, 500, 4096):
                limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
                run = self.start("plot", "p.h5", "ALA:CB-LEU:CB",
                                 "-o", name, preexec_fn=limit)
                _, err = run.communicate(timeout=60)
                self.assertEqual(run.returncode, 1, err)
                self.assertEqual(len(err.splitlines()), 1, err)
                self.assertEqual(self.read(name), old.encode())
        self.assertEqual([name for name in self.files() if name.endswith(".tmp")], [])

    @unittest.skipUnless(shutil.which("gnuplot"), "gnuplot is not installed")
    def test_a_plot_on_a_full_file_system(self):
        folder = self.path("small")
        os.mkdir(folder)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", folder],
                          capture_output=True).returncode != 0:
            self.skipTest("no right to mount a file system")
        self.addCleanup(subprocess.run, ["umount", folder])
        self.run_program("build", "set", "-o", "p.h5", "-q")
        self.write("small/x.svg", "old")
        done = self.run_program("plot", "p.h5", "ALA:CB-LEU:CB", "-o", "small/x.svg", status=1)
        self.assert_one_line(done, "x.svg", "No space left")
        self.assertEqual(self.read("small/x.svg"), b"old")
        self.assertEqual(os.listdir(folder), ["x.svg"])


class Links(Outputs):
    def test_a_link_to_nothing_yet_stays_a_link(self):
        os.mkdir(self.path("results"))
        for name in ("c.h5", "c.tsv"):
            os.symlink("results/" + name, self.path(name))
        self.run_program("extract", "set", "-o", "c.h5", *FAST)
        self.run_program("export", "c.h5", "-o", "c.tsv")
        for name in ("c.h5", "c.tsv"):
            self.assertTrue(os.path.islink(self.path(name)))
            self.assertTrue(os.path.isfile(self.path("results/" + name)))
        os.symlink("nowhere/c.h5", self.path("astray.h5"))
        done = self.run_program("extract", "set", "-o", "astray.h5", *FAST, status=1)
        self.assert_one_line(done, "astray.h5", "nowhere does not exist")

    def test_two_outputs_that_are_one_through_a_link(self):
        os.symlink("p.h5", self.path("c.h5"))
        done = self.run_program("build", "set", "-o", "p.h5", "--counts", "c.h5", *FAST, status=2)
        self.assert_one_line(done, "two results cannot go to one file")


class TwoRuns(Outputs):
    """The first waits for a list on its standard input, its output locked."""

    def first(self, *words):
        run = self.start(*words, stdin=subprocess.PIPE)
        self.wait_for(lambda: [name for name in self.files() if name.endswith(".lock")])
        return run

    def test_the_second_is_refused_and_nothing_is_lost(self):
        self.run_program("extract", "set", "-o", "all.h5", *FAST)
        first = self.first("extract", "-", "-o", "c.h5", "--append", *FAST)
        os.symlink("c.h5", self.path("link.h5"))
        for words in (["extract", "set", "-o", "c.h5", "--append", *FAST],
                      ["extract", "set", "-o", "link.h5", "--checkpoint", "1", *FAST],
                      ["extract", "set", "-o", "c.h5", *FAST],
                      ["build", "set", "-o", "p.h5", "--counts", "c.h5", "--append", *FAST]):
            done = self.run_program(*words, status=1)
            self.assert_one_line(done, "another run is writing it", ".c.h5.lock")
        self.run_program("extract", "set", "-o", "other.h5", "--append", *FAST)
        out, err = first.communicate("set/s0.pdb\nset/s1.pdb\n", timeout=60)
        self.assertEqual((first.returncode, err), (0, ""))
        self.run_program("extract", "set", "-o", "c.h5", "--append", *FAST)
        self.assertEqual(self.read("c.h5"), self.read("all.h5"))
        self.assertEqual([name for name in self.files() if name.endswith(".lock")], [])

    def test_a_run_that_was_killed_locks_nothing(self):
        first = self.first("extract", "-", "-o", "c.h5", "--append", *FAST)
        first.kill()
        first.communicate()
        self.run_program("extract", "set", "-o", "c.h5", "--append", *FAST)
        self.assertEqual([name for name in self.files() if name.endswith(".lock")], [])


class Signals(Outputs):
    def stop(self, *words):
        """SIGTERM as soon as the run has begun. @returns seconds until its end."""
        run = self.start(*words)
        time.sleep(1)
        if run.poll() is not None:
            self.fail(f"{words} ended at once: {run.communicate()}")
        run.send_signal(signal.SIGTERM)
        begin = time.monotonic()
        _, err = run.communicate(timeout=120)
        self.assertEqual(run.returncode, 143, err)
        self.assertIn("nothing was written (SIGTERM)", err)
        return time.monotonic() - begin

    def test_training_on_counts_that_would_take_for_ever(self):
        self.run_program("extract", "set", "-o", "long.h5", *FAST)
        self.claim_a_long_chain("long.h5")
        self.assertLess(self.stop("train", "long.h5", "--reference", "rw", "-o", "p.h5"), 5)
        self.assertNotIn("p.h5", self.files())


    def test_waiting_for_a_pipe_that_nobody_writes(self):
        os.mkfifo(self.path("pipe.pdb"))
        self.run_program("build", "set", "-o", "p.h5", "-q")
        for words in (["extract", "pipe.pdb", "-o", "c.h5", *FAST], ["score", "p.h5", "pipe.pdb"]):
            for threads in ("1", "2"):
                self.assertLess(self.stop(*words, "-j", threads), 5)
        self.assertNotIn("c.h5", self.files())


class Threads(Outputs):
    def test_too_little_memory_for_threads_is_said(self):
        with open(PROGRAM, "rb") as file:
            if b"__asan_init" in file.read():
                self.skipTest("AddressSanitizer needs all the address space")
        said = set()
        for mib in range(60, 700, 20):
            limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (mib << 20, mib << 20))
            run = self.start("extract", "set", "-o", "c.h5", "-j", "64", *FAST, preexec_fn=limit)
            _, err = run.communicate(timeout=120)
            self.assertNotIn("unexpected", err, mib)
            self.assertIn(run.returncode, (0, 1, 127), f"{mib} MiB: {err}")  # 127: ld.so
            self.assertLessEqual(len(err.splitlines()), 1, f"{mib} MiB: {err}")
            said.update(err.splitlines())
        self.assertTrue(any("cannot start 64 threads" in line for line in said), said)


if __name__ == "__main__":
    unittest.main()
