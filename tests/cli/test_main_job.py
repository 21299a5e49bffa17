"""extract, train, build, score, query, export, import, merge: end to end."""

import csv
import io
import json
import os
import tarfile
import unittest

from program import ProgramTest, cif_text, pdb, pdb_text, random_atoms


def rows_of(tsv):
    return list(csv.DictReader(io.StringIO(tsv), delimiter="\t"))


class MainJob(ProgramTest):
    def structures(self, count, folder="set"):
        return [self.write(f"{folder}/s{i:02d}.pdb", pdb(i, "AB")) for i in range(count)]

    def test_build_is_extract_and_train(self):
        self.structures(5)
        self.run_program("extract", "set", "-o", "counts.h5")
        self.run_program("train", "counts.h5", "-o", "a.h5")
        self.run_program("build", "set", "-o", "b.h5", "--counts", "kept.h5")
        self.assertEqual(self.read("a.h5"), self.read("b.h5"))
        self.assertEqual(self.read("counts.h5"), self.read("kept.h5"))

    def test_threads_order_and_repetition_give_the_same_bytes(self):
        inputs = self.structures(12)
        self.write("bad.pdb", "nonsense")
        options = ["--separations", "1,2+,inter", "--bins", "half", "-q"]
        self.run_program("extract", *inputs, "bad.pdb", "-o", "a.h5", "-j", "1", *options)
        self.run_program("extract", "bad.pdb", *reversed(inputs), "-o", "b.h5", "-j", "2", *options)
        self.run_program("extract", *inputs, "bad.pdb", "-o", "a2.h5", "-j", "3", *options)
        self.assertEqual(self.read("a.h5"), self.read("b.h5"))
        self.assertEqual(self.read("a.h5"), self.read("a2.h5"))

    def test_merge_of_any_split_is_the_single_run(self):
        inputs = self.structures(7)
        self.run_program("extract", *inputs, "-o", "all.h5")
        for cut in (1, 3, 6):
            self.run_program("extract", *inputs[:cut], "-o", "a.h5")
            self.run_program("extract", *inputs[cut:], "-o", "b.h5")
            self.run_program("merge", "b.h5", "a.h5", "-o", "m.h5")
            self.assertEqual(self.read("m.h5"), self.read("all.h5"))

    def test_merge_refuses_what_does_not_fit(self):
        inputs = self.structures(3)
        self.run_program("extract", *inputs[:2], "-o", "a.h5")
        self.run_program("extract", *inputs[1:], "-o", "b.h5")
        self.run_program("extract", inputs[2], "-o", "c.h5", "--bins", "half")
        self.assert_one_line(self.run_program("merge", "a.h5", "b.h5", "-o", "m.h5", status=1),
                             inputs[1])
        self.run_program("merge", "a.h5", "b.h5", "-o", "m.h5", "--allow-duplicates")
        done = self.run_program("merge", "a.h5", "c.h5", "-o", "n.h5", status=1)
        self.assert_one_line(done, "c.h5", "bins")
        self.assertNotIn("n.h5", self.files())

    def test_one_structure_in_every_form_gives_the_same_counts(self):
        atoms = random_atoms(3, "AB")
        forms = {"x.pdb": pdb_text(atoms), "x.pdb.gz": pdb_text(atoms), "x.ent": pdb_text(atoms),
                 "x.cif": cif_text(atoms), "x.cif.gz": cif_text(atoms), "x.mmcif": cif_text(atoms),
                 "nameless": pdb_text(atoms), "nameless2": cif_text(atoms)}
        exports = {}
        for name, text in forms.items():
            self.write(name, text)
            self.run_program("extract", name, "-o", "c.h5", "--separations", "1,2+,inter")
            exports[name] = self.run_program("export", "c.h5").stdout
        for mode, archive in (("w", "x.tar"), ("w:gz", "x.tar.gz"), ("w:gz", "x.tgz")):
            with tarfile.open(self.path(archive), mode) as tar:
                tar.add(self.path("x.pdb.gz"), "in/x.pdb.gz")
            self.run_program("extract", archive, "-o", "c.h5", "--separations", "1,2+,inter")
            exports[archive] = self.run_program("export", "c.h5").stdout
            self.assertIn(archive + ":in/x.pdb.gz", self.run_program("query", "c.h5").stdout
                          + str(self.ids("c.h5")))
        self.assertEqual(len(set(exports.values())), 1)

    def ids(self, name):
        import h5py
        with h5py.File(self.path(name)) as file:
            return [value.decode() for value in file["structures/id"]]

    def test_lists_with_chains(self):
        self.write("ab.pdb", pdb(4, "AB"))
        self.write("a.pdb", pdb_text([atom for atom in random_atoms(4, "AB") if atom[2] == "A"]))
        self.run_program("extract", "a.pdb", "-o", "one.h5")
        self.write("list", "ab.pdb\tA\n")
        self.run_program("extract", "@list", "-o", "listed.h5")
        self.run_program("extract", "-", "-o", "piped.h5", input="ab.pdb\tA\n")
        expected = self.run_program("export", "one.h5").stdout
        for name in ("listed.h5", "piped.h5"):
            self.assertEqual(self.run_program("export", name).stdout, expected)
        self.assertEqual(self.ids("listed.h5"), ["ab.pdb[A]"])
        self.run_program("extract", "-", "-o", "two.h5", input="ab.pdb\tA\nab.pdb\tB\n")
        self.assertEqual(self.ids("two.h5"), ["ab.pdb[A]", "ab.pdb[B]"])
        # What chains were taken of is not the whole file, and the other way round.
        self.run_program("extract", "-", "-o", "two.h5", "--append", input="ab.pdb\tA\nab.pdb\n")
        self.assertEqual(self.ids("two.h5"), ["ab.pdb", "ab.pdb[A]", "ab.pdb[B]"])
        done = self.run_program("extract", "-", "-o", "x.h5", input="ab.pdb\tC\n", status=1)
        self.assertIn("C", done.stderr)

    def test_models_of_one_file(self):
        models = [pdb(i).replace("END\n", "") for i in range(3)]
        text = "".join(f"MODEL     {i + 1:4d}\n{m}ENDMDL\n" for i, m in enumerate(models)) + "END\n"
        self.write("nmr.pdb", text)
        self.run_program("extract", "nmr.pdb", "-o", "first.h5")
        self.run_program("extract", "nmr.pdb", "-o", "all.h5", "--models", "all")
        self.assertEqual(self.ids("first.h5"), ["nmr.pdb#1"])
        self.assertEqual(self.ids("all.h5"), ["nmr.pdb#1", "nmr.pdb#2", "nmr.pdb#3"])

    def test_score_ranks_and_writes_every_format(self):
        self.structures(6)
        self.run_program("build", "set", "-o", "p.h5", "--bins", "seed")
        self.write("models/empty.pdb", "")
        self.write("models/m1.pdb", pdb(50))
        self.write("models/m2.pdb", pdb(51))
        done = self.run_program("score", "p.h5", "models", "--format", "tsv", "--per-residue", "r.tsv")
        rows = rows_of(done.stdout)
        self.assertEqual(list(rows[0]), ["model", "score", "contacts", "residues",
                                         "standard_error", "warnings"])
        self.assertEqual(rows[-1]["model"], "models/empty.pdb")
        self.assertEqual(rows[-1]["score"], "")
        self.assertNotEqual(rows[-1]["warnings"], "")
        self.assertLess(float(rows[0]["score"]), float(rows[1]["score"]))
        as_json = json.loads(self.run_program("score", "p.h5", "models", "--format", "json").stdout)
        self.assertEqual(as_json[0]["score"], float(rows[0]["score"]))
        self.assertIsNone(as_json[-1]["score"])
        as_csv = list(csv.DictReader(io.StringIO(
            self.run_program("score", "p.h5", "models", "--format", "csv").stdout)))
        self.assertEqual(as_csv, rows)
        residues = rows_of(self.read("r.tsv").decode())
        self.assertEqual(list(residues[0]), ["model", "chain", "residue", "name", "score", "contacts"])
        for row in rows[:2]:
            parts = [float(r["score"]) for r in residues if r["model"] == row["model"]]
            self.assertAlmostEqual(sum(parts), float(row["score"]), places=6)
        self.assertIn("models/m1.pdb", self.run_program("score", "p.h5", "models").stdout)

    def test_nothing_usable_is_a_failure_and_writes_nothing(self):
        self.write("e.pdb", "")
        self.run_program("extract", "e.pdb", "-o", "c.h5", status=1)
        self.assertEqual(self.files(), ["e.pdb"])

    def test_strict_ends_at_the_first_that_cannot_be_used(self):
        self.write("a.pdb", pdb(1))
        self.write("e.pdb", "")
        self.run_program("extract", "a.pdb", "e.pdb", "-o", "c.h5")
        done = self.run_program("extract", "a.pdb", "e.pdb", "-o", "d.h5", "--strict", status=1)
        self.assert_one_line(done, "e.pdb")
        self.assertNotIn("d.h5", self.files())

    def test_a_skipped_input_is_told_unless_quiet(self):
        self.write("a.pdb", pdb(1))
        self.write("e.pdb", "")
        self.assertIn("e.pdb", self.run_program("extract", "a.pdb", "e.pdb", "-o", "c.h5").stderr)
        self.assertEqual(self.run_program("extract", "a.pdb", "e.pdb", "-o", "c.h5", "-q").stderr, "")

    def test_export_and_import_lose_nothing_of_the_matrix(self):
        self.structures(3)
        self.run_program("extract", "set", "-o", "c.h5", "--separations", "1,2+,inter")
        self.run_program("export", "c.h5", "-o", "c.tsv")
        self.run_program("import", "c.tsv", "-o", "d.h5")
        self.assertEqual(self.run_program("export", "d.h5").stdout, self.read("c.tsv").decode())
        self.run_program("train", "c.h5", "-o", "p.h5")
        self.run_program("train", "d.h5", "-o", "q.h5")
        self.assertEqual(self.run_program("export", "p.h5").stdout,
                         self.run_program("export", "q.h5").stdout)
        self.assert_one_line(self.run_program("train", "d.h5", "-o", "x.h5", "--reference", "kbp",
                                              status=1), "kbp")

    def test_a_scheme_of_ones_own(self):
        self.structures(2)
        self.write("two.scheme", "scheme two\nsites ca\nsmall ALA,GLY,SER\nlarge TRP,PHE,TYR\n")
        self.run_program("extract", "set", "-o", "c.h5", "--types", "two.scheme")
        header, *lines = self.run_program("export", "c.h5").stdout.splitlines()
        self.assertEqual([line.split("\t")[0] for line in lines],
                         ["small:small", "small:large", "large:large"])

    def test_real_decoys(self):
        train, decoys = self.real("train"), self.real("decoys/1ctf")
        self.run_program("build", train, "-o", "rapdf.h5", "--counts", "c.h5")
        self.assertEqual(len(self.ids("c.h5")), 706)
        import h5py
        with h5py.File(self.path("c.h5")) as file:
            self.assertEqual(len(file["skipped/id"]), 0)
        done = self.run_program("score", "rapdf.h5", decoys + "/native.pdb", decoys + "/models",
                                "--format", "tsv")
        rows = rows_of(done.stdout)
        self.assertEqual(len(rows), 630)
        self.assertEqual(rows[0]["model"], decoys + "/native.pdb")
        with open(decoys + "/labels.tsv") as file:
            gdt = {r["model"]: float(r["gdt_ts"]) for r in csv.DictReader(file, delimiter="\t")}
        pairs = [(float(r["score"]), gdt[os.path.basename(r["model"])]) for r in rows[1:]]
        self.assertLessEqual(spearman(pairs), -0.75)


def spearman(pairs):
    def ranks(values):
        order = sorted(range(len(values)), key=values.__getitem__)
        result, i = [0.0] * len(values), 0
        while i < len(order):
            j = i
            while j + 1 < len(order) and values[order[j + 1]] == values[order[i]]:
                j += 1
            for k in range(i, j + 1):
                result[order[k]] = (i + j) / 2
            i = j + 1
        return result
    a, b = (ranks(list(column)) for column in zip(*pairs))
    mean = (len(a) - 1) / 2
    top = sum((x - mean) * (y - mean) for x, y in zip(a, b))
    return top / (sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b)) ** 0.5


if __name__ == "__main__":
    unittest.main()
