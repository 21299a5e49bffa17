"""score --stream and --top: one pass, shards, killed runs that go on."""

import io
import json
import os
import random
import signal
import subprocess
import sys
import tarfile
import time
import unittest

from program import PROGRAM, ProgramTest, pdb


def models(texts):
    return "".join(f"MODEL     {k:4d}\n{text[:-len('END' + chr(10))]}ENDMDL\n" for k, text in enumerate(texts, 1))


class Stream(ProgramTest):
    def setUp(self):
        super().setUp()
        for k in range(24):
            self.write(f"set/m{k:02d}.pdb", pdb(k, "AB"))
        self.write("set/bad.pdb", "ATOM  no structure\n")
        self.write("set/many.pdb", models(pdb(k, "A") for k in range(30, 36)))
        self.write("set/odd, \"name\"#2.pdb", pdb(7, "A"))
        with tarfile.open(self.path("more.tar"), "w") as archive:
            for k in range(50, 60):
                text = pdb(k, "A").encode()
                member = tarfile.TarInfo(f"x/t{k}.pdb")
                member.size = len(text)
                archive.addfile(member, io.BytesIO(text))
        self.inputs = ["set", "more.tar"]

    def stream(self, *words, status=0):
        return self.run_program("score", "rapdf-ca", *self.inputs, "--stream", "-q", *words, status=status)

    def rows(self, text):
        lines = text.splitlines()
        self.assertEqual(lines[0].split("\t")[:5],
                         ["model", "score", "contacts", "residues", "standard_error"])
        return [line.split("\t") for line in lines[1:]]

    def test_rows_are_those_of_the_ranking_in_the_order_of_the_inputs(self):
        plain = self.run_program("score", "rapdf-ca", *self.inputs, "-q", "--format", "tsv").stdout
        rows = self.rows(self.stream().stdout)
        self.assertEqual(len(rows), 24 + 1 + 6 + 1 + 10)
        without = [row[:4] + [""] + row[5:] for row in self.rows(plain)]
        self.assertEqual(sorted(rows), sorted(without))
        self.assertEqual({row[4] for row in rows}, {""})
        names = [row[0] for row in rows]
        self.assertEqual(names[:3], ["set/bad.pdb", "set/m00.pdb", "set/m01.pdb"])
        self.assertEqual(names[25:31], [f"set/many.pdb#{k}" for k in range(1, 7)])
        self.assertEqual(names[-1], "more.tar:x/t59.pdb")
        self.assertEqual(rows[0][1], "")
        self.assertNotEqual(rows[0][-1], "")

    def test_formats(self):
        rows = self.rows(self.stream().stdout)
        objects = [json.loads(line) for line in self.stream("--format", "json").stdout.splitlines()]
        self.assertEqual([o["model"] for o in objects], [row[0] for row in rows])
        self.assertEqual([o["score"] for o in objects], [float(r[1]) if r[1] else None for r in rows])
        self.assertTrue(all(o["standard_error"] is None for o in objects))
        csv = self.stream("--format", "csv").stdout.splitlines()
        self.assertEqual(len(csv), len(rows) + 1)

    def test_a_file_is_what_standard_output_would_be(self):
        for threads in ("1", "2"):
            self.stream("-o", "rows.tsv", "-j", threads)
            self.assertEqual(self.read("rows.tsv").decode(), self.stream().stdout)

    def test_shards_are_one_run(self):
        header, *whole = self.stream("--models", "first").stdout.splitlines()
        joined = [None] * len(whole)
        for k in range(1, 4):
            top, *rows = self.stream("--models", "first", "--shard", f"{k}/3").stdout.splitlines()
            self.assertEqual(top, header)
            joined[k - 1 :: 3] = rows
        self.assertEqual(joined, whole)
        self.assertEqual(self.stream("--shard", "90/99").stdout, header + "\n")

    def test_merge_joins_shards_to_the_bytes_of_one_run(self):
        for ending in ("tsv", "csv", "json"):
            self.stream("-o", f"whole.{ending}", "--format", ending)
            for number in (1, 2, 5, 40) if ending == "tsv" else (3,):
                shards = [f"{k}.{ending}" for k in range(1, number + 1)]
                for k, name in enumerate(shards, 1):
                    self.stream("-o", name, "--shard", f"{k}/{number}", "--format", ending)
                self.run_program("merge", *shards, "-o", "joined." + ending)
                self.assertEqual(self.read("joined." + ending), self.read("whole." + ending))

    def test_merge_refuses_shards_that_are_not_complete(self):
        for k in (1, 2, 3):
            self.stream("-o", f"{k}.tsv", "--shard", f"{k}/3")
        whole = self.read("2.tsv")
        lines = whole.splitlines(keepends=True)
        for content, said in ((whole[:-3], "is torn"), (b"".join(lines[:-2]), "ends before"),
                              (b"", "no header"), (b"x" + whole, "first line")):
            self.write("2.tsv", content)
            done = self.run_program("merge", "1.tsv", "2.tsv", "3.tsv", "-o", "all.tsv", status=1)
            self.assertIn(said, done.stderr)
            self.assertIn("2.tsv", done.stderr)
        self.assertNotIn("all.tsv", self.files())
        self.run_program("merge", "1.tsv", "c.h5", "-o", "all.tsv", status=2)

    def test_merge_joins_models_of_chosen_chains(self):
        for k in range(4):
            self.write(f"c/m{k}.pdb", models(pdb(10 * k + i, "AB") for i in range(3)))
        self.inputs = ["@" + self.write("list", "".join(f"c/m{k}.pdb\tA,B\n" for k in range(4)))]
        for ending in ("tsv", "csv", "json"):
            self.stream("-o", "whole." + ending, "--format", ending)
            for k in (1, 2):
                self.stream("-o", f"{k}.{ending}", "--shard", f"{k}/2", "--format", ending)
            self.run_program("merge", f"1.{ending}", f"2.{ending}", "-o", "joined." + ending)
            self.assertIn(b"c/m1.pdb[A,B]#2", self.read("joined." + ending))
            self.assertEqual(self.read("joined." + ending), self.read("whole." + ending))

    def test_merge_refuses_a_shard_given_twice(self):
        self.stream("-o", "1.tsv")
        done = self.run_program("merge", "1.tsv", "./1.tsv", "-o", "all.tsv", status=2)
        self.assert_one_line(done, "./1.tsv: is given twice")

    def test_a_file_of_something_else_is_left_alone(self):
        for ending in ("tsv", "csv", "json"):
            self.write("notes", "what nobody wants to lose")
            done = self.stream("-o", "notes", "--append", "--format", ending, status=2)
            self.assert_one_line(done, "notes: its first line is not that of these rows")
            self.assertEqual(self.read("notes"), b"what nobody wants to lose")

    def test_torn_at_any_byte_it_goes_on_to_the_same_bytes(self):
        for output in ("rows.tsv", "rows.csv", "rows.json"):
            words = ["-o", output, "--append", "--format", output[5:]]
            self.stream(*words)
            whole = self.read(output)
            random.seed(output)
            for size in [0, 5, len(whole), *random.sample(range(len(whole)), 25)]:
                with open(self.path(output), "wb") as file:
                    file.write(whole[:size])
                self.stream(*words)
                self.assertEqual(self.read(output), whole, size)

    def test_killed_it_goes_on_to_the_same_bytes(self):
        self.inputs = [f"@{self.write('list', 'set' + chr(10) + ('more.tar' + chr(10)) * 30)}"]
        self.stream("-o", "whole.tsv")
        words = [PROGRAM, "score", "rapdf-ca", *self.inputs, "--stream", "-q", "-o", "rows.tsv",
                 "--append", "--checkpoint", "0.001"]
        random.seed(1)
        killed = 0
        for _ in range(12):
            run = subprocess.Popen(words, cwd=self.folder)
            time.sleep(random.uniform(0.01, 0.2))
            run.send_signal(signal.SIGKILL)
            killed += run.wait() == -signal.SIGKILL
        self.assertGreater(killed, 0)
        self.stream("-o", "rows.tsv", "--append")
        self.assertEqual(self.read("rows.tsv"), self.read("whole.tsv"))

    def test_other_inputs_are_not_mixed_in(self):
        self.stream("-o", "rows.tsv", "--append")
        before = self.read("rows.tsv")
        self.inputs = ["more.tar", "set"]
        done = self.stream("-o", "rows.tsv", "--append", status=2)
        self.assertIn("its rows do not belong to these inputs", done.stderr)
        self.inputs = ["set"]
        self.assertIn("no input is left for 'more.tar:x/t50.pdb",
                      self.stream("-o", "rows.tsv", "--append", status=2).stderr)
        done = self.stream("-o", "rows.tsv", "--append", "--shuffle-z", status=2)
        self.assertIn("first line", done.stderr)
        self.assertEqual(self.read("rows.tsv"), before)

    def test_rows_of_another_potential_are_not_mixed_in(self):
        self.inputs = ["set"]
        self.stream("-o", "rows.tsv", "--append")
        for rows in (self.read("rows.tsv"), self.read("rows.tsv").splitlines(True)[:9]):
            before = rows if isinstance(rows, bytes) else b"".join(rows)
            self.write("rows.tsv", before)
            done = self.run_program("score", "rapdf-cb", "set", "more.tar", "--stream", "-q", "-o",
                                    "rows.tsv", "--append", status=2)
            self.assert_one_line(done, "rows.tsv: the row '", "was another before")
            self.assertEqual(self.read("rows.tsv"), before)
        self.stream("-o", "rows.tsv", "--append")

    def test_top(self):
        plain = self.run_program("score", "rapdf-ca", *self.inputs, "-q", "--format", "tsv").stdout
        for number in (1, 7, 1000):
            top = self.run_program("score", "rapdf-ca", *self.inputs, "-q", "--format", "tsv",
                                   "--top", str(number)).stdout
            best = [row[:4] for row in self.rows(plain) if row[1]][:number]
            self.assertEqual([row[:4] for row in self.rows(top)], best)

    def test_min_plddt(self):
        text = "TITLE     ALPHAFOLD MONOMER V2.0 PREDICTION\n" + pdb(3, "A")
        self.write("p.pdb", text)
        self.inputs = ["p.pdb"]
        done = self.stream("--min-plddt", "99", status=1)
        self.assertIn("none of the models could be scored", done.stderr)

    def test_hdf5_holds_the_rows_of_the_tsv(self):
        for words in ([], ["--shuffle-z", "--models", "first"]):
            self.stream("-o", "rows.h5", *words)
            exported = self.run_program("export", "rows.h5").stdout
            self.assertEqual(exported, self.stream(*words).stdout)
        self.assertNotIn("rows.h5.rows", self.files())
        summary = self.run_program("query", "rows.h5").stdout
        rows = str(exported.count("\n") - 1)
        for part in ("scores of models", "option normalize", "option shuffle-z", rows):
            self.assertIn(part, summary)
        self.run_program("export", "rows.h5", "-o", "rows.tsv")
        self.assertEqual(self.read("rows.tsv").decode(), exported)
        plain = self.run_program("score", "rapdf-ca", *self.inputs, "-q", "--format", "tsv").stdout
        self.run_program("score", "rapdf-ca", *self.inputs, "-q", "-o", "ranking.h5")
        self.assertEqual(self.run_program("export", "ranking.h5").stdout, plain)
        top = self.run_program("score", "rapdf-ca", *self.inputs, "-q", "--top", "3", "-o", "top.h5")
        self.assertEqual(self.run_program("export", "top.h5").stdout.count("\n"), 4)
        self.assert_one_line(self.run_program("merge", "top.h5", "-o", "x.h5", status=1),
                             "top.h5: is a ranking")
        self.assert_one_line(self.run_program("score", "rows.h5", "set", status=1),
                             "rows.h5: holds scores of models where a potential is expected")
        self.assert_one_line(self.run_program("query", "rows.h5", "ALA-ALA", status=2), "rows.h5")
        self.assert_one_line(self.stream("-o", "x.h5", "--format", "csv", status=2), "format")

    def test_hdf5_shards_are_joined_to_the_bytes_of_one_run(self):
        self.stream("-o", "whole.h5")
        for number in (1, 3, 40):
            shards = [f"{k}.h5" for k in range(1, number + 1)]
            for k, name in enumerate(shards, 1):
                self.stream("-o", name, "--shard", f"{k}/{number}")
            self.run_program("merge", *reversed(shards), "-o", "joined.h5")
            self.assertEqual(self.read("joined.h5"), self.read("whole.h5"))
        for words, said in ((["1.h5", "2.h5"], "missing are parts 3-40"), (["1.h5"] * 2, "part 1/40"),
                            (["1.h5", "whole.h5"], "whole.h5: is no part of a run")):
            done = self.run_program("merge", *words, "-o", "x.h5", status=1)
            self.assert_one_line(done, said)
        self.stream("-o", "2.h5", "--shard", "2/40", "--normalize", "contact")
        done = self.run_program("merge", *shards, "-o", "x.h5", status=1)
        self.assert_one_line(done, "2.h5: was made with --normalize contact")
        self.assertEqual([name for name in self.files() if name.startswith("x.h5")], [])

    def test_hdf5_goes_on_to_the_same_bytes(self):
        self.inputs = [f"@{self.write('list', 'set' + chr(10) + ('more.tar' + chr(10)) * 30)}"]
        self.stream("-o", "whole.h5")
        words = [PROGRAM, "score", "rapdf-ca", *self.inputs, "--stream", "-q", "-o", "rows.h5",
                 "--append", "--checkpoint", "0.001"]
        random.seed(2)
        killed = 0
        for _ in range(8):
            run = subprocess.Popen(words, cwd=self.folder)
            time.sleep(random.uniform(0.01, 0.2))
            run.send_signal(signal.SIGKILL)
            killed += run.wait() == -signal.SIGKILL
        self.assertGreater(killed, 0)
        for words in (["--append"], ["--append"], ["--checkpoint", "1"]):  # the second of the table itself
            self.stream("-o", "rows.h5", *words)
            self.assertEqual(self.read("rows.h5"), self.read("whole.h5"))
            self.assertNotIn("rows.h5.rows", self.files())
        done = self.stream("-o", "rows.h5", "--append", "--models", "first", status=2)
        self.assert_one_line(done, "rows.h5: option --models: the rows so far were made with all")
        self.assertEqual(self.read("rows.h5"), self.read("whole.h5"))

    def test_what_does_not_go_together(self):
        for words in (["--stream", "--top", "3"], ["--append", "-o", "x"], ["--checkpoint", "1"],
                      ["--shard", "1/2"], ["--stream", "--per-residue", "r.tsv"],
                      ["--stream", "--append"], ["--top", "2", "--append"]):
            self.run_program("score", "rapdf-ca", "set", *words, status=2)


class ManyModels(ProgramTest):
    def peak(self, *words):
        """KiB of memory at most, and the output; asked by a small process, whose own peak a
        child does not count."""
        ask = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
               "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)")
        done = subprocess.run([sys.executable, "-S", "-c", ask, PROGRAM, *words], cwd=self.folder,
                              capture_output=True, text=True, check=True)
        return int(done.stderr.splitlines()[-1]), done.stdout

    def test_a_large_pdb_file_is_read_in_flat_memory(self):
        some = [pdb(k, "AB") for k in range(10)]
        for name, number in (("5MB", 320), ("20MB", 1280)):
            self.write(f"{name}.pdb", models(some * (number // 10)))
        words = ("rapdf-ca", "--stream", "-q", "-j", "1")
        small, _ = self.peak("score", words[0], "5MB.pdb", *words[1:])
        large, rows = self.peak("score", words[0], "20MB.pdb", *words[1:])
        self.assertLess(large - small, 4096)
        rows = [line.split("\t") for line in rows.splitlines()[1:]]
        self.assertEqual([row[0] for row in rows], [f"20MB.pdb#{k}" for k in range(1, 1281)])
        self.write("one.pdb", some[3])
        expected = self.run_program("score", words[0], "one.pdb", *words[1:]).stdout.splitlines()[1].split("\t")
        self.assertEqual({tuple(row[1:]) for row in rows[3::10]}, {tuple(expected[1:])})


if __name__ == "__main__":
    unittest.main()
