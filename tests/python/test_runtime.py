"""How the module behaves in a program: errors, warnings, progress, threads, Ctrl-C."""

import os
import signal
import subprocess
import sys
import threading
import time
import unittest
import warnings

import numpy as np

from module import ModuleTest, pdb, potential


class Errors(ModuleTest):
    def test_they_are_of_the_kinds_python_knows(self):
        self.assertTrue(issubclass(potential.Error, RuntimeError))
        self.assertTrue(issubclass(potential.UsageError, (potential.Error, ValueError)))
        self.assertTrue(issubclass(potential.UsageError, ValueError))
        self.assertTrue(issubclass(potential.FileError, potential.Error))
        self.assertTrue(issubclass(potential.FileError, OSError))
        self.assertTrue(issubclass(potential.FormatError, potential.FileError))
        self.assertTrue(issubclass(potential.Cancelled, potential.Error))

    def test_they_say_what_the_program_says(self):
        self.write("x.h5", b"no table of ours")
        self.write("empty.pdb", "")
        cases = ((["query", "x.h5"], lambda: potential.Potential.open("x.h5"), 1),
                 (["query", "no.h5"], lambda: potential.Potential.open("no.h5"), 1),
                 (["query", "nosuch"], lambda: potential.open("nosuch"), 2),
                 (["extract", "set", "-o", "c.h5", "-q"],
                  lambda: potential.extract("set", warn=lambda line: None), 1),
                 (["extract", "empty.pdb", "--types", "none", "-o", "c.h5"],
                  lambda: potential.extract("empty.pdb", types="none"), 2),
                 (["extract", "empty.pdb", "--strict", "-o", "c.h5"],
                  lambda: potential.extract("empty.pdb", strict=True), 1),
                 (["extract", "empty.pdb", "--bins", "3,x", "-o", "c.h5"],
                  lambda: potential.extract("empty.pdb", bins="3,x"), 2),
                 (["extract", "empty.pdb", "--separations", "3-", "-o", "c.h5"],
                  lambda: potential.extract("empty.pdb", separations="3-"), 2),
                 (["score", "rapdf-ca", "empty.pdb", "-q"],
                  lambda: potential.score(potential.open("rapdf-ca"), "empty.pdb",
                                          warn=lambda line: None), 1))
        for words, call, status in cases:
            done = self.run_program(*words, status=status)
            with self.assertRaises(potential.UsageError if status == 2 else potential.Error) as raised:
                call()
            self.assertEqual(f"potential: error: {raised.exception}\n", done.stderr, words)
        with self.assertRaises(potential.FormatError) as raised:
            potential.Counts.open("empty.pdb")
        self.assertEqual(raised.exception.file, "empty.pdb")
        self.assertEqual(raised.exception.path, "empty.pdb")
        self.assertEqual(raised.exception.place, "line 1")
        self.assertIn("the file is empty", raised.exception.problem)
        with self.assertRaises(potential.FileError) as raised:
            potential.open("rapdf-ca").save("no/such/folder/x.h5")
        self.assertEqual(raised.exception.file, "no/such/folder/x.h5")

    def test_an_error_names_the_argument(self):
        self.write("a.pdb", pdb(1))
        table = "Potential, the path of one or a shipped name"
        for call, said in (
                (lambda: potential.score(3, "a.pdb"), f"potential: give a {table}, not int"),
                (lambda: potential.evaluate(None, "a.pdb"), f"potential: give a {table}, not NoneType"),
                (lambda: potential.evaluate_targets([], "a"), f"potential: give a {table}, not list"),
                (lambda: potential.train(potential.open("rapdf-ca")),
                 "counts: give Counts or the path of a counts file, not Potential"),
                (lambda: potential.merge([1]),
                 "parts: give Counts or the path of a counts file, not int"),
                (lambda: potential.query(1, "ALA-*"),
                 "table: give Counts, a Potential, the path of one or a shipped name"),
                (lambda: potential.score("rapdf", 3), "inputs: give a path or a list of paths, not int"),
                (lambda: potential.score("rapdf", ["a.pdb", 3]),
                 "inputs: give a path or a list of paths, not list of int, str"),
                (lambda: potential.score("rapdf", "a.pdb", threads="2"),
                 "threads: give an int, not str"),
                (lambda: potential.score("rapdf", "a.pdb", models=None),
                 "models: give a str, not NoneType"),
                (lambda: potential.score("rapdf", "a.pdb", thread=2),
                 "score() got an unexpected keyword argument 'thread'"),
                (lambda: potential.score("rapdf"), "score() needs the argument 'inputs'"),
                (lambda: potential.score("rapdf", "a.pdb", "total"),
                 "score() takes 2 arguments without a name (potential, inputs), 3 were given"),
                (lambda: potential.extract("a.pdb", bins=3),
                 "bins: give a str or a list of floats, not int"),
                (lambda: potential.train("c.h5", cutoff="far"),
                 "cutoff: give a float or None, not str"),
                (lambda: potential.open(3), "path: give a path, not int")):
            with self.assertRaises(TypeError) as raised:
                call()
            self.assertEqual(str(raised.exception), said)

    def test_a_warning_shows_the_line_of_the_caller(self):
        self.write("set/a.pdb", pdb(1))
        self.write("set/empty.pdb", "")
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            potential.extract("set")
        self.assertEqual([os.path.basename(one.filename) for one in caught], ["test_runtime.py"])

    def test_a_file_does_where_a_table_is_wanted(self):
        import pathlib
        self.write_set()
        self.run_program("build", "set", "-o", "p.h5", "--counts", "c.h5", "-q")
        table, counts = potential.open("p.h5"), potential.open("c.h5")
        scores = lambda rows: [(row.model, row.score) for row in rows]
        for given in ("p.h5", pathlib.Path("p.h5")):
            self.assertEqual(scores(potential.score(given, "set")), scores(potential.score(table, "set")))
            self.assertEqual(potential.query(given, "ALA:CB-LEU:CB")[0].scores.tolist(),
                             table.query("ALA:CB-LEU:CB")[0].scores.tolist())
        models = potential.read_models("set")
        self.assertEqual(scores(potential.score_models("rapdf", models)),
                         scores(potential.score_models(potential.open("rapdf"), models)))
        native = self.write("native.pdb", pdb(0, "AB"))
        self.assertEqual(potential.evaluate("p.h5", "set", native=native, bootstrap=0).figures,
                         potential.evaluate(table, "set", native=native, bootstrap=0).figures)
        np.testing.assert_array_equal(potential.train("c.h5").scores, potential.train(counts).scores)
        np.testing.assert_array_equal(potential.merge(["c.h5", "c.h5"], allow_duplicates=True).counts,
                                      2 * counts.counts)
        np.testing.assert_array_equal(potential.combine(["p.h5", table]).scores, 2 * table.scores)
        with self.assertRaises(potential.UsageError) as raised:
            potential.score("nosuch", "set")
        self.assertIn("there is no shipped potential 'nosuch'", str(raised.exception))

    def test_wrong_types_are_type_errors(self):
        table = potential.open("rapdf-ca")
        for call in (lambda: potential.open(3), lambda: potential.extract("x", pool=True),
                     lambda: potential.train(table), lambda: potential.extract([3]),
                     lambda: potential.Potential(), lambda: potential.Counts(),
                     lambda: potential.Model.from_sites("abc", [1])):
            with self.assertRaises((TypeError, ValueError)):
                call()
        # None must not be followed as a pointer.
        for call in (lambda: potential.train(None), lambda: potential.merge([None]),
                     lambda: potential.combine([table, None]), lambda: potential.subtract(None, None),
                     lambda: potential.train_jackknife([None, None]),
                     lambda: potential.score(None, "x"), lambda: potential.score_models(table, [None]),
                     lambda: potential.evaluate(None, "x", labels={}),
                     lambda: potential.extract("x", types=None), lambda: potential.open(None),
                     lambda: potential.read_models("x", types=None)):
            with self.assertRaises(TypeError):
                call()
        with self.assertRaises(AttributeError):
            table.structures = 3

    def test_names_that_are_not_utf8_come_through(self):
        name = b"gr\xf6\xdfe.pdb"
        os.rename(os.fsencode(self.path(self.write("x.pdb", pdb(1)))), os.path.join(
            os.fsencode(self.folder), name))
        with self.assertRaises(potential.FileError) as raised:
            potential.Potential.open(os.fsdecode(name))
        self.assertEqual(os.fsencode(raised.exception.file), name)


class Observers(ModuleTest):
    def test_unusable_inputs_are_warnings(self):
        self.write_set(2)
        self.write("set/broken.pdb", "HEADER\n")
        with self.assertWarns(potential.InputWarning) as caught:
            counts = potential.extract("set")
        self.assertIn("set/broken.pdb: skipped: ", str(caught.warning))
        self.assertEqual([name for name, reason in counts.skipped], ["set/broken.pdb"])
        lines = []
        potential.extract("set", warn=lines.append)
        self.assertEqual(len(lines), 1)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with self.assertRaises(potential.InputWarning):
                potential.extract("set")
        lines.clear()
        self.assertEqual(len(potential.read_models("set", warn=lines.append)), 2)
        self.assertEqual(len(lines), 1)
        with self.assertRaises(potential.FileError):
            potential.read_models("set", strict=True)

    def test_progress_is_told_in_the_thread_that_called(self):
        self.write_set(12)
        told = []
        potential.extract("set", progress=lambda *numbers: told.append((numbers, threading.get_ident())))
        self.assertEqual(told[-1], ((12, 12, 0), threading.get_ident()))

    def test_what_a_callback_raises_ends_the_run(self):
        self.write_set(3)
        class Enough(Exception):
            pass
        def progress(done, total, skipped):
            raise Enough
        for _ in range(3):
            with self.assertRaises(Enough):
                potential.extract("set", progress=progress)


class Threads(ModuleTest):
    def test_other_threads_run_meanwhile(self):
        self.write_set(60, "ABCDEFGH")
        self.run_program("build", "set", "-o", "p.h5", "-q")
        table = potential.open("p.h5")
        ticks, stop = [], threading.Event()
        def tick():
            while not stop.wait(0.002):
                ticks.append(time.monotonic())
        thread = threading.Thread(target=tick)
        thread.start()
        try:
            for work in (lambda: potential.extract("set", separations="1,2,3+", threads=1),
                         lambda: potential.score(table, ["set"] * 4, threads=1)):
                begin, calls = time.monotonic(), 0
                while calls < 3 or time.monotonic() - begin < 1:
                    work()
                    calls += 1
                end = time.monotonic()
                within = sum(begin < t < end for t in ticks)
                # A lock held all the time would have let one through between two calls.
                self.assertGreater(within, 3 * calls, end - begin)
        finally:
            stop.set()
            thread.join()

    def test_several_threads_may_call_at_once(self):
        self.write_set(6)
        self.run_program("build", "set", "-o", "p.h5", "-q")
        table = potential.open("p.h5")
        expected = [(row.model, row.score) for row in potential.score(table, "set")]
        found, threads = [], []
        def work():
            for _ in range(3):
                found.append([(r.model, r.score) for r in potential.score(table, "set", threads=2)])
                potential.train(potential.extract("set"), reference="srs")
                potential.open("p.h5").scores.sum()
        for _ in range(4):
            threads.append(threading.Thread(target=work))
            threads[-1].start()
        for thread in threads:
            thread.join()
        self.assertEqual(found, [expected] * 12)

    def test_control_c_ends_a_run(self):
        # An archive that never ends: the run can only be stopped.
        script = """
import os, potential, sys, tarfile, threading, io
text = open(sys.argv[1], "rb").read()
os.mkfifo("endless.tar")
def feed():
    try:
        with tarfile.open("endless.tar", "w|") as tar:
            for i in range(10 ** 9):
                info = tarfile.TarInfo(f"m{i}.pdb")
                changed = text + b"REMARK %d\\n" % i
                info.size = len(changed)
                tar.addfile(info, io.BytesIO(changed))
    except OSError:
        pass  # the reader has gone: what the test is about
threading.Thread(target=feed, daemon=True).start()
told = []
def progress(done, total, skipped):
    if not told: print("running", flush=True)
    told.append(done)
try:
    potential.extract("endless.tar", progress=progress, warn=lambda line: None)
except KeyboardInterrupt:
    print("interrupted", flush=True)
    os._exit(0)
"""
        self.write("x.pdb", pdb(3))
        child = subprocess.Popen([sys.executable, "-B", "-c", script, "x.pdb"], cwd=self.folder,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(child.stdout.close)
        self.addCleanup(child.kill)
        self.assertEqual(child.stdout.readline(), "running\n")
        sent = time.monotonic()
        child.send_signal(signal.SIGINT)
        self.assertEqual(child.stdout.readline(), "interrupted\n")
        self.assertEqual(child.wait(timeout=60), 0)
        self.assertLess(time.monotonic() - sent, 20)

    def test_control_c_ends_a_training(self):
        self.write_set(3)
        self.run_program("extract", "set", "-o", "long.h5", "-q", "--types", "residue-cb")
        self.claim_a_long_chain("long.h5")
        script = """
import potential
counts = potential.open("long.h5")
print("running", flush=True)
try:
    potential.train(counts, reference="rw")
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""
        child = subprocess.Popen([sys.executable, "-B", "-c", script], cwd=self.folder,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(child.stdout.close)
        self.addCleanup(child.kill)
        self.assertEqual(child.stdout.readline(), "running\n")
        time.sleep(0.5)
        sent = time.monotonic()
        child.send_signal(signal.SIGINT)
        self.assertEqual(child.stdout.readline(), "interrupted\n")
        self.assertLess(time.monotonic() - sent, 20)
        child.wait(timeout=60)


if __name__ == "__main__":
    unittest.main()
