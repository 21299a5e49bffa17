"""Runs that are killed, stopped, cut into shards or meet a full disk."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
import unittest

import h5py

from program import PROGRAM, ProgramTest, pdb

FAST = ["--types", "residue-cb", "--bins", "seed", "-q"]


class Runs(ProgramTest):
    def structures(self, count, folder="set"):
        return [self.write(f"{folder}/s{i:03d}.pdb", pdb(i, "AB")) for i in range(count)]

    def start(self, *words, **options):
        return subprocess.Popen([PROGRAM, *map(str, words)], cwd=self.folder, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def temporary_files(self):
        return [name for name in self.files() if name.endswith(".tmp")]


class Append(Runs):
    def test_a_run_in_parts_is_the_single_run(self):
        inputs = self.structures(9)
        bad = [self.write("bad.pdb", ""), self.write("double.pdb", pdb(2, "AB"))]
        self.run_program("extract", *inputs, *bad, "-o", "all.h5", *FAST)
        for part in (inputs[:3], bad, inputs[3:], inputs + bad):
            self.run_program("extract", *part, "-o", "c.h5", "--append", *FAST)
        self.assertEqual(self.read("c.h5"), self.read("all.h5"))

    def test_nothing_new_is_fine_and_changes_nothing(self):
        self.structures(2)
        self.run_program("extract", "set", "-o", "c.h5", *FAST)
        before = self.read("c.h5")
        self.run_program("extract", "set", "-o", "c.h5", "--append", *FAST)
        self.assertEqual(self.read("c.h5"), before)
        self.write("bad.pdb", "")
        self.run_program("extract", "bad.pdb", "-o", "c.h5", "--append", *FAST)
        self.assertNotEqual(self.read("c.h5"), before)

    def test_other_options_are_refused_in_one_line(self):
        self.structures(2)
        self.run_program("extract", "set", "-o", "c.h5", *FAST)
        before = self.read("c.h5")
        for options, part in ((["--bins", "rapdf"], "bins"), (["--types", "residue-ca"], "types"),
                              (["--models", "all"], "models"), (["--min-plddt", "50"], "plddt"),
                              (["--separations", "2+"], "separations"), (["--shard", "1/2"], "shard")):
            words = [word for word in FAST if options[0] not in FAST or
                     word not in FAST[FAST.index(options[0]):FAST.index(options[0]) + 2]]
            done = self.run_program("extract", "set", "-o", "c.h5", "--append", *words, *options,
                                    status=2)
            self.assert_one_line(done, "c.h5", part)
        self.write("c2.h5", before[:-1])
        done = self.run_program("extract", "set", "-o", "c2.h5", "--append", *FAST, status=1)
        self.assert_one_line(done, "c2.h5", "truncated")
        self.assertEqual(self.read("c.h5"), before)

    def test_build_goes_on_from_the_counts_it_keeps(self):
        inputs = self.structures(4)
        self.run_program("build", *inputs, "-o", "all.h5", "--counts", "all-counts.h5", *FAST)
        self.run_program("extract", *inputs[:2], "-o", "c.h5", *FAST)
        self.run_program("build", *inputs, "-o", "p.h5", "--counts", "c.h5", "--append", *FAST)
        self.assertEqual(self.read("p.h5"), self.read("all.h5"))
        self.assertEqual(self.read("c.h5"), self.read("all-counts.h5"))
        done = self.run_program("build", *inputs, "-o", "p.h5", "--append", *FAST, status=2)
        self.assert_one_line(done, "--counts")


class Shards(Runs):
    def test_merged_shards_are_the_single_run(self):
        inputs = self.structures(5)
        inputs.append(self.write("set/bad.pdb", ""))
        self.run_program("extract", "set", "-o", "all.h5", *FAST)
        for of in (2, 3, 8):
            names = []
            for k in range(1, of + 1):
                names.append(f"part{k}.h5")
                self.run_program("extract", "set", "-o", names[-1], "--shard", f"{k}/{of}", *FAST)
            self.run_program("merge", *names, "-o", "m.h5")
            self.assertEqual(self.read("m.h5"), self.read("all.h5"))
        with h5py.File(self.path("part8.h5")) as file:
            self.assertEqual(len(file["structures/id"]), 0)

    def test_input_i_goes_to_shard_i_mod_n_plus_1(self):
        inputs = self.structures(5)
        self.run_program("extract", *inputs, "-o", "c.h5", "--shard", "2/3", *FAST)
        with h5py.File(self.path("c.h5")) as file:
            self.assertEqual([name.decode() for name in file["structures/id"]],
                             [inputs[1], inputs[4]])


class Killed(Runs):
    def kill_and_go_on(self, words, kills, longest, seed):
        """Starts the run `kills` times and kills it at a random moment."""
        rng = random.Random(seed)
        unfinished = 0
        for _ in range(kills):
            run = self.start(*words)
            try:
                run.communicate(timeout=rng.uniform(0, longest))
            except subprocess.TimeoutExpired:
                run.kill()
                run.communicate()
                unfinished += 1
        return unfinished

    def test_kills_lose_and_double_nothing(self):
        self.structures(150)
        self.write("set/bad.pdb", "")
        self.write("set/double.pdb", pdb(7, "AB"))
        begin = time.monotonic()
        self.run_program("extract", "set", "-o", "clean.h5", *FAST)
        longest = time.monotonic() - begin
        words = ["extract", "set", "-o", "c.h5", "--append", "--checkpoint", "0.001", *FAST]
        self.assertGreater(self.kill_and_go_on(words, 12, longest, 1), 0)
        self.run_program(*words)
        self.assertEqual(self.read("c.h5"), self.read("clean.h5"))

    def test_fifty_kills_on_real_chains(self):
        train = self.real("train")
        begin = time.monotonic()
        self.run_program("extract", train, "-o", "clean.h5", "-q")
        longest = time.monotonic() - begin
        words = ["extract", train, "-o", "c.h5", "--append", "--checkpoint", "0.002", "-q"]
        unfinished = self.kill_and_go_on(words, 50, longest / 4, 2)
        self.run_program(*words)
        self.assertEqual(self.read("c.h5"), self.read("clean.h5"))
        self.assertGreaterEqual(unfinished, 10)


class Stopped(Runs):
    def stop(self, number, words, delay):
        run = self.start(*words)
        time.sleep(delay)
        run.send_signal(number)
        out, err = run.communicate(timeout=60)
        return run.returncode, err

    def test_the_old_file_stays_and_nothing_is_left_over(self):
        self.structures(200)
        self.run_program("extract", "set/s000.pdb", "-o", "c.h5", *FAST)
        before = self.read("c.h5")
        words = ["extract", "set", "-o", "c.h5", "--bins", "half", "-q"]
        begin = time.monotonic()
        self.run_program(*words[:3], "clean.h5", *words[4:])
        longest = time.monotonic() - begin
        rng = random.Random(3)
        stopped = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) * 4:
            status, err = self.stop(number, words, rng.uniform(0, longest))
            self.assertEqual(self.temporary_files(), [])
            if status == 128 + number:
                stopped += 1
                self.assertEqual(len(err.splitlines()), 1, err)
                self.assertIn("nothing was written", err)
                self.assertIn(signal.Signals(number).name, err)
                self.assertEqual(self.read("c.h5"), before)
            else:  # before the handler stood, or after the work was done
                self.assertIn(status, (0, -number))
                if status == 0:
                    self.run_program("extract", "set/s000.pdb", "-o", "c.h5", *FAST)
        self.assertGreater(stopped, 0)

    def test_with_a_checkpoint_the_work_is_kept(self):
        self.structures(300)
        words = ["extract", "set", "-o", "c.h5", "--checkpoint", "9", "--append", *FAST, "-j", "1"]
        begin = time.monotonic()
        self.run_program("extract", "set", "-o", "clean.h5", *FAST, "-j", "1")
        longest = time.monotonic() - begin
        status, delay = None, longest / 2
        for _ in range(12):  # until it is met at work, however fast the machine is just now
            status, err = self.stop(signal.SIGTERM, words, delay)
            if status == 143 and "--append" in err:
                break
            delay *= 0.7 if status == 0 else 1.4
            if status == 0:
                os.unlink(self.path("c.h5"))
        self.assertEqual(status, 143)
        self.assertIn("--append", err)
        self.run_program(*words)
        self.assertEqual(self.read("c.h5"), self.read("clean.h5"))

    def test_while_it_waits_for_a_list(self):
        run = self.start("extract", "-", "-o", "c.h5", stdin=subprocess.PIPE)
        time.sleep(1)
        run.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        out, err = run.communicate("", timeout=60)
        self.assertIn(run.returncode, (143, -signal.SIGTERM))  # the latter on a slow machine
        self.assertEqual(self.files(), [])


class FullDisk(Runs):
    def limited(self, *words, size):
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        run = self.start(*words, preexec_fn=limit)
        out, err = run.communicate(timeout=120)
        return run.returncode, out, err

    def test_a_result_that_does_not_fit_leaves_the_old_one(self):
        self.structures(3)
        self.run_program("extract", "set", "-o", "c.h5", *FAST)
        self.run_program("train", "c.h5", "-o", "p.h5")
        before = {name: self.read(name) for name in ("c.h5", "p.h5")}
        self.write("t.tsv", "old")
        for words in (["extract", "set", "-o", "c.h5"], ["extract", "set", "-o", "c.h5", *FAST],
                      ["train", "c.h5", "-o", "p.h5"], ["export", "c.h5", "-o", "t.tsv"],
                      ["extract", "set", "-o", "c.h5", "--append", "--checkpoint", "0.001", *FAST]):
            for size in (0, 1000, 4096):
                with self.subTest(words=words, size=size):
                    status, out, err = self.limited(*words, size=size)
                    self.assertEqual(status, 1, err)
                    self.assertEqual(len(err.splitlines()), 1, err)
                    self.assertIn("File too large", err)
                    self.assertEqual(self.temporary_files(), [])
        self.assertEqual(self.read("t.tsv"), b"old")
        for name, bytes in before.items():
            self.assertEqual(self.read(name), bytes)

    def test_a_full_file_system(self):
        folder = self.path("small")
        os.mkdir(folder)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder],
                                 capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("no right to mount a file system")
        self.addCleanup(subprocess.run, ["umount", folder])
        self.structures(3)
        done = self.run_program("extract", "set", "-o", "small/c.h5", "-q", status=1)
        self.assert_one_line(done, "small/c.h5", "No space left")
        self.assertEqual(os.listdir(folder), [])

    def test_standard_output(self):
        self.structures(2)
        self.run_program("extract", "set", "-o", "c.h5", *FAST)
        for words in (["--help"], ["query", "c.h5"], ["export", "c.h5"]):
            with open("/dev/full", "w") as full:
                done = subprocess.run([PROGRAM, *words], cwd=self.folder, stdout=full,
                                      stderr=subprocess.PIPE, text=True)
            self.assertEqual(done.returncode, 1)
            self.assertEqual(done.stderr.splitlines(), [
                "potential: error: standard output: cannot write: No space left on device"])
            done = subprocess.run([PROGRAM, *words], cwd=self.folder, stderr=subprocess.PIPE,
                                  text=True, preexec_fn=lambda: os.close(1))
            self.assertEqual(done.returncode, 1)
            self.assertIn("standard output", done.stderr)

    def test_a_closed_pipe_ends_it_quietly(self):
        self.structures(2)
        self.run_program("extract", "set", "-o", "c.h5", *FAST)
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run([PROGRAM, "export", "c.h5"], cwd=self.folder, stdout=write,
                              stderr=subprocess.PIPE, restore_signals=True)
        os.close(write)
        self.assertEqual(done.returncode, -signal.SIGPIPE)
        self.assertEqual(done.stderr, b"")


class Memory(Runs):
    def peak(self, folder):
        """KiB. A process of its own asks, since a child counts its parent's peak."""
        ask = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
               "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
        done = subprocess.run([sys.executable, "-S", "-c", ask, PROGRAM, "extract", folder, "-o",
                               "c.h5", "-j", "2", *FAST], cwd=self.folder, check=True,
                              capture_output=True, text=True)
        return int(done.stdout)

    def test_it_does_not_grow_but_for_the_margins(self):
        if b"__asan_init" in open(PROGRAM, "rb").read():
            self.skipTest("AddressSanitizer holds back memory that was freed")
        self.structures(200, "few")
        os.mkdir(self.path("many"))
        text = pdb(1, "AB")
        for i in range(3000):  # the same, moved along by 1 mÅ each
            x = f"{float(text[30:38]) + i / 1000:8.3f}"
            self.write(f"many/s{i:04d}.pdb", text[:30] + x + text[38:])
        few, many = self.peak("few"), self.peak("many")
        self.assertLess(many - few, 2800 * 2, "KiB for 2800 structures more")
        self.assertLess(many, 100 << 10)


class NoAccess(Runs):
    def test_a_folder_that_cannot_be_written(self):
        self.structures(1)
        folder = self.path("fixed")
        os.mkdir(folder)
        if os.getuid() == 0:  # whom permissions do not hold
            if subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", folder],
                              capture_output=True).returncode != 0:
                self.skipTest("no right to mount a file system")
            self.addCleanup(subprocess.run, ["umount", folder])
        else:
            os.chmod(folder, 0o500)
        done = self.run_program("extract", "set", "-o", "fixed/c.h5", *FAST, status=1)
        self.assert_one_line(done, "fixed/c.h5", "cannot write here")

    def test_a_lock_by_another_program(self):
        self.structures(1)
        self.run_program("extract", "set", "-o", "c.h5", *FAST)
        self.run_program("extract", "set", "-o", "other.h5", *FAST)
        holder = subprocess.Popen(
            [sys.executable, "-c", "import h5py, sys; f = h5py.File('c.h5', 'r+'); "
             "print('held', flush=True); sys.stdin.read()"],
            cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            self.assertEqual(holder.stdout.readline(), "held\n")
            for words in (["query", "c.h5"], ["train", "c.h5", "-o", "p.h5"],
                          ["extract", "set", "-o", "c.h5", "--append", *FAST],
                          # What is there is not replaced either.
                          ["extract", "set", "-o", "c.h5", *FAST],
                          ["train", "other.h5", "-o", "c.h5"], ["merge", "other.h5", "-o", "c.h5"],
                          ["export", "other.h5", "-o", "c.h5"]):
                before = self.read("c.h5")
                done = self.run_program(*words, status=1)
                self.assert_one_line(done, "c.h5", "locked", "HDF5_USE_FILE_LOCKING")
                self.assertEqual(self.read("c.h5"), before)
                self.assertEqual(self.temporary_files(), [])
        finally:
            holder.communicate("")


if __name__ == "__main__":
    unittest.main()
