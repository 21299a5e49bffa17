"""Names of files that could be taken for something else: `#`, control characters,
a name twice in an archive."""

import io
import json
import os
import re
import tarfile
import unittest

import h5py

from program import ProgramTest, pdb

FAST = ["--types", "residue-cb", "--bins", "seed", "-q"]
# ESC and BEL, C1 in UTF-8 and as a byte of its own, and a line end.
NASTY = "a\x1b[31m\x07\u009b31m\u0085\udc9bb\n.pdb"
SHOWN = r"a\x1b[31m\x07\xc2\x9b31m\xc2\x85\x9bb\x0a.pdb"
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]|\udc9b")


def models(*seeds):
    text = ""
    for k, seed in enumerate(seeds, 1):
        text += f"MODEL     {k:4d}\n" + pdb(seed)[:-len("END\n")] + "ENDMDL\n"
    return text + "END\n"


class Numbers(ProgramTest):
    """`x.pdb#2` is the second model of x.pdb; a file may be called that, too."""

    def ids(self, name="c.h5"):
        with h5py.File(self.path(name)) as file:
            return [id.decode() for id in file["structures/id"]]

    def extract(self, *words):
        self.run_program("extract", *words, "-o", "c.h5", "--models", "all", *FAST)
        return self.ids()

    def test_a_file_and_a_model_of_one_name_are_told_apart(self):
        self.write("c.pdb", models(1, 2))
        self.write("c.pdb#2", pdb(3))
        self.assertEqual(self.extract("c.pdb", "./c.pdb#2"), ["./c.pdb%232", "c.pdb#1", "c.pdb#2"])

    def test_append_reads_the_model_that_a_file_is_named_like(self):
        self.write("c.pdb", models(1, 2))
        self.write("c.pdb#2", pdb(3))
        self.assertEqual(self.extract("c.pdb#2"), ["c.pdb%232"])
        self.assertEqual(self.extract("c.pdb", "--append"), ["c.pdb#1", "c.pdb#2", "c.pdb%232"])
        both = self.read("c.h5")
        self.extract("c.pdb#2", "c.pdb", "--append")
        self.assertEqual(self.read("c.h5"), both)
        self.extract("c.pdb", "c.pdb#2")
        self.assertEqual(self.read("c.h5"), both)

    def test_a_file_that_cannot_be_used_is_tried_again(self):
        self.write("good.pdb", pdb(1))
        self.write("x.pdb#2", "")
        self.extract("good.pdb", "x.pdb#2")
        self.write("x.pdb#2", pdb(2))
        self.assertEqual(self.extract("x.pdb#2", "--append"), ["good.pdb", "x.pdb%232"])
        with h5py.File(self.path("c.h5")) as file:
            self.assertEqual(len(file["skipped/id"]), 0)

    def test_lists_and_labels_name_a_file_as_it_is_called(self):
        for i in range(6):
            self.write(f"set/s{i}.pdb#{i}", pdb(i, "AB"))
        names = [f"set/s{i}.pdb#{i}" for i in range(6)]
        self.write("out", "set/s2.pdb#2\ns3.pdb#3\n")
        ids = self.extract(*names, "--exclude", "out")
        self.assertEqual(ids, [f"set/s{i}.pdb%23{i}" for i in (0, 1, 4, 5)])
        self.run_program("build", *names, "-o", "p.h5", "-q")
        self.write("labels.tsv", "model\trmsd\n" +
                   "".join(f"s{i}.pdb#{i}\t{i + 1}\n" for i in range(6)))
        done = self.run_program("evaluate", "p.h5", *names, "--labels", "labels.tsv", "--label",
                                "rmsd", "--per-model", "m.tsv")
        self.assertEqual(self.read("m.tsv").decode().count("%23"), 6, done.stderr)
        self.assertNotIn("label", done.stderr)

    def test_structures_are_written_with_their_scores(self):
        for i in range(4):
            self.write(f"set/s{i}.pdb", pdb(i, "AB"))
        self.run_program("build", "set", "-o", "p.h5", "-q")
        for name in ("a.pdb#0", "a.pdb#3", "a.pdb#4000000000", "d#1/a.pdb"):
            self.write(name, pdb(9))
        done = self.run_program("score", "p.h5", "a.pdb#0", "a.pdb#3", "a.pdb#4000000000",
                                "d#1/a.pdb", "--write-structures", "out", "--format", "json")
        self.assertEqual(sorted(row["model"] for row in json.loads(done.stdout)),
                         ["a.pdb%230", "a.pdb%233", "a.pdb%234000000000", "d%231/a.pdb"])
        texts = {self.read("out/" + name) for name in
                 ("a.pdb#0", "a.pdb#3", "a.pdb#4000000000", "d#1/a.pdb")}
        self.assertEqual(len(texts), 1)
        self.assertTrue(any(float(line[60:66]) != 0 for line in texts.pop().decode().splitlines()
                            if line.startswith("ATOM")))


class TwiceInAnArchive(ProgramTest):
    def archive(self, *seeds):
        with tarfile.open(self.path("x.tar"), "w") as tar:
            for seed in seeds:
                data = pdb(seed, "AB").encode()
                info = tarfile.TarInfo("m.pdb")
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))

    def test_written_structures_do_not_go_over_each_other(self):
        for i in range(4):
            self.write(f"set/s{i}.pdb", pdb(i, "AB"))
        self.run_program("build", "set", "-o", "p.h5", "-q")
        self.archive(1, 2)
        done = self.run_program("score", "p.h5", "x.tar", "--write-structures", "out", status=2)
        self.assert_one_line(done, "x.tar:m.pdb", "twice")
        self.archive(1, 1)  # the same content is the same file
        self.run_program("score", "p.h5", "x.tar", "x.tar", "--write-structures", "out")


class ControlCharacters(ProgramTest):
    def setUp(self):
        super().setUp()
        for i in range(4):
            self.write(f"set/s{i}.pdb", pdb(i, "AB"))
        self.run_program("build", "set", "-o", "p.h5", "-q")

    def put(self, name, text):
        with open(os.fsencode(self.path("")) + os.fsencode(name), "w") as file:
            file.write(text)

    def run_bytes(self, *words, status=0):
        """Output that need not be UTF-8 comes with lone surrogates for bytes."""
        import subprocess
        from program import PROGRAM
        done = subprocess.run([PROGRAM, *words], cwd=self.folder, capture_output=True, timeout=60)
        self.assertEqual(done.returncode, status, done.stderr)
        return [os.fsdecode(text) for text in (done.stdout, done.stderr)]

    def test_tables_and_messages_show_them_escaped(self):
        self.put(NASTY, pdb(1))
        self.put("empty" + NASTY, "")
        for form in ("table", "tsv", "csv"):
            out, err = self.run_bytes("score", "p.h5", NASTY, "empty" + NASTY, "--format", form)
            self.assertNotRegex(out.replace("\t", ""), CONTROL)
            self.assertNotRegex(err, CONTROL)
            self.assertIn(SHOWN, out)
            self.assertIn(f"empty{SHOWN}: skipped:", err)
            self.assertEqual(len(out.splitlines()), 3, out)
        out, err = self.run_bytes("extract", "no" + NASTY, "-o", "c.h5", status=1)
        self.assertIn("no" + SHOWN, err)
        self.assertNotRegex(err, CONTROL)

    def test_json_has_none_either(self):
        name = NASTY.replace("\udc9b", "")
        self.put(name, pdb(1))
        out, _ = self.run_bytes("score", "p.h5", name, "--format", "json")
        self.assertNotRegex(out, CONTROL)
        self.assertEqual(json.loads(out)[0]["model"], name)

    def test_members_of_archives(self):
        data = pdb(2).encode()
        with tarfile.open(self.path("x.tar"), "w") as tar:
            info = tarfile.TarInfo("\x1b]0;title\x07.pdb")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        out, _ = self.run_bytes("score", "p.h5", "x.tar")
        self.assertIn(r"x.tar:\x1b]0;title\x07.pdb", out)
        self.assertNotRegex(out, CONTROL)


if __name__ == "__main__":
    unittest.main()
