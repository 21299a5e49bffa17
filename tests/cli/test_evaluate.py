"""evaluate: one target, many targets, labels, scores of other programs."""

import csv
import io
import json
import os
import random
import unittest

from program import ProgramTest, pdb_text, random_atoms
from test_main_job import spearman

LONG = ("ALA GLY SER LEU LYS GLU TRP PHE GLY CYS ALA VAL THR ASP HIS ILE PRO GLN ASN ARG TYR MET "
        "LEU LEU ALA GLU LYS VAL").split()


def rows_of(tsv):
    return list(csv.DictReader(io.StringIO(tsv), delimiter="\t"))


def moved(atoms, width, seed):
    """Each atom moved by a random step; the wider, the worse the model."""
    rng = random.Random(seed)
    return [atom[:4] + tuple(round(c + rng.gauss(0, width), 3) for c in atom[4:]) for atom in atoms]


class Evaluate(ProgramTest):
    def make_target(self, name, seed, models=12, native_from=1):
        native = random_atoms(seed, "A", LONG)
        self.write(f"{name}/native.pdb", pdb_text([a for a in native if a[3] >= native_from]))
        for i in range(models):
            self.write(f"{name}/models/m{i:02d}.pdb",
                       pdb_text(moved(native, 0.25 * (i + 1), 100 * seed + i)))
        return native

    def setUp(self):
        super().setUp()
        for i in range(6):
            self.write(f"set/s{i}.pdb", pdb_text(random_atoms(50 + i, "A", LONG)))
        self.run_program("build", "set", "-o", "p.h5", "--bins", "half")

    def evaluate(self, *words):
        return rows_of(self.run_program("evaluate", *words, "--format", "tsv").stdout)

    def test_a_target_compared_with_its_native(self):
        self.make_target("t", 1)
        row, = self.evaluate("p.h5", "--native", "t/native.pdb", "t/models", "--per-model", "m.tsv",
                             "--label", "rmsd")
        models = rows_of(self.read("m.tsv").decode())
        self.assertEqual(len(models), 12)
        pairs = [(float(m["score"]), float(m["rmsd"])) for m in models]
        self.assertAlmostEqual(float(row["spearman"]), spearman(pairs), places=12)
        for figure in ("gdt_ts", "gdt_ha", "tm_score", "lddt"):
            values = [float(m[figure]) for m in models]
            self.assertTrue(all(0 <= value <= 1 for value in values))
            self.assertGreater(values[0], values[-1])
        scores = rows_of(self.run_program("score", "p.h5", "t/models", "t/native.pdb", "--format",
                                          "tsv").stdout)
        self.assertEqual({m["model"]: m["score"] for m in models},
                         {s["model"]: s["score"] for s in scores if s["model"] != "t/native.pdb"})
        rank = [s["model"] for s in scores].index("t/native.pdb") + 1
        self.assertEqual(int(row["native_rank"]), rank)
        self.assertEqual(row["native_z"], row["native_z_whole"])

    def test_the_native_among_the_models_is_left_out(self):
        self.make_target("t", 1)
        with open(self.path("t/native.pdb")) as file:
            self.write("t/models/again.pdb", "REMARK\n" + file.read())
        row, = self.evaluate("p.h5", "--native", "t/native.pdb", "t/models")
        self.assertEqual(row["models"], "12")

    def test_common_residues(self):
        native = self.make_target("t", 1, native_from=6)
        row, = self.evaluate("p.h5", "--native", "t/native.pdb", "t/models")
        self.assertNotEqual(row["native_z"], row["native_z_whole"])
        for i in range(12):  # the same models, cut by hand
            self.write(f"cut/m{i:02d}.pdb",
                       pdb_text([a for a in moved(native, 0.25 * (i + 1), 100 + i) if a[3] >= 6]))
        cut, = self.evaluate("p.h5", "--native", "t/native.pdb", "cut")
        self.assertEqual(cut["native_rank_whole"], row["native_rank"])
        self.assertAlmostEqual(float(cut["native_z_whole"]), float(row["native_z"]), places=9)

    def test_numbering_that_is_off_changes_nothing_and_is_told(self):
        native = self.make_target("t", 1, models=8)
        right, = self.evaluate("p.h5", "--native", "t/native.pdb", "t/models", "--per-model",
                               "right.tsv")
        self.write("off.pdb", pdb_text([a[:3] + (a[3] + 1,) + a[4:] for a in native]))
        done = self.run_program("evaluate", "p.h5", "--native", "off.pdb", "t/models",
                                "--per-model", "off.tsv", "--format", "tsv")
        self.assertEqual(done.stderr.count("numbered otherwise"), 1)
        self.assertIn("8 models", done.stderr)
        off, = rows_of(done.stdout)
        self.assertEqual({**off, "target": ""}, {**right, "target": ""})
        self.assertEqual(off["matched_residues"], str(len(LONG)))
        self.assertEqual([(m["gdt_ts"], m["matched"]) for m in rows_of(self.read("off.tsv").decode())],
                         [(m["gdt_ts"], m["matched"]) for m in rows_of(self.read("right.tsv").decode())])

    def test_the_native_of_another_protein_is_refused(self):
        self.make_target("t", 1, models=3)
        self.write("other.pdb", pdb_text(random_atoms(9, "A", LONG[::-1])))
        done = self.run_program("evaluate", "p.h5", "--native", "other.pdb", "t/models", "-q",
                                status=1)
        self.assert_one_line(done, "other.pdb", "another protein")
        # Labels hold all the same.
        self.write("l.tsv", "model\tgdt_ts\nm00\t1\nm01\t0.5\nm02\t0.3\n")
        row, = self.evaluate("p.h5", "--native", "other.pdb", "t/models", "--labels", "l.tsv")
        self.assertNotEqual(row["spearman"], "")
        self.assertLess(float(row["matched_residues"]), len(LONG) / 2)

    def test_of_one_model_there_is_no_enrichment(self):
        self.make_target("t", 1, models=1)
        row, = self.evaluate("p.h5", "--native", "t/native.pdb", "t/models")
        for figure in ("enrichment", "log_pb1", "log_pb10", "top1_loss", "spearman"):
            self.assertEqual(row[figure], "", figure)

    def test_two_states_of_a_protein(self):
        self.make_target("t", 1, models=4)
        other = random_atoms(2, "A", LONG)  # another fold of the same sequence
        self.write("t/native2.pdb", pdb_text(other))
        for i in range(4):
            self.write(f"t/models/o{i}.pdb", pdb_text(moved(other, 0.3 * (i + 1), 300 + i)))
        for words in (["--targets", "."], ["--native", "t/native.pdb,t/native2.pdb", "t/models"]):
            self.evaluate("p.h5", *words, "--per-model", "both.tsv")
            both = rows_of(self.read("both.tsv").decode())
            single = []
            for native in ("native", "native2"):
                self.evaluate("p.h5", "--native", f"t/{native}.pdb", "t/models", "--per-model",
                              "m.tsv")
                single.append([float(m["label"]) for m in rows_of(self.read("m.tsv").decode())])
            self.assertEqual([float(m["label"]) for m in both], list(map(max, *single)))
            self.assertTrue(any(a > b for a, b in zip(*single)))
            self.assertTrue(any(a < b for a, b in zip(*single)))
        os.rename(self.path("t/native2.pdb"), self.path("t/native.ent"))
        done = self.run_program("evaluate", "p.h5", "--targets", ".", "--strict", "-q", status=1)
        self.assert_one_line(done, "native.ent", "native.pdb")

    def test_targets_by_kind(self):
        names = {"near": ["one", "two"], "far": ["three"]}
        seed = 0
        for kind, targets in names.items():
            for name in targets:
                seed += 1
                self.make_target(f"all/{kind}/{name}", seed, models=8)
        rows = self.evaluate("p.h5", "--targets", "all")
        self.assertEqual([(row["kind"], row["target"]) for row in rows],
                         [("far", "three"), ("near", "one"), ("near", "two"), ("far", "mean"),
                          ("near", "mean"), ("", "mean of kinds")])
        near, = (row for row in self.evaluate("p.h5", "--targets", "all/near")
                 if row["target"] == "mean")
        for figure in ("spearman", "native_z", "top1_loss", "enrichment"):
            self.assertEqual(rows[4][figure], near[figure])
            self.assertAlmostEqual(float(rows[5][figure]),
                                   (float(rows[3][figure]) + float(rows[4][figure])) / 2)
        for row in rows[3:]:
            self.assertLessEqual(float(row["spearman_low"]), float(row["spearman"]))
            self.assertLessEqual(float(row["spearman"]), float(row["spearman_high"]))
        self.assertEqual(rows[5]["models"], "24")

    def test_labels_instead_of_a_native(self):
        self.make_target("t", 1)
        lines = ["model\tquality\tcomment_rmsd"]
        lines += [f"m{i:02d}\t{i * i % 7}\t{i}" for i in range(11)]
        self.write("labels.tsv", "\n".join(lines) + "\n")
        done = self.run_program("evaluate", "p.h5", "--labels", "labels.tsv", "--label", "quality",
                                "t/models", "--format", "json")
        row, = json.loads(done.stdout)
        self.assertIn("1 of 12", done.stderr)
        self.assertEqual((row["models"], row["without_label"]), (12, 1))
        self.assertIsNone(row["native_rank"])
        self.assertIsNone(row["roc_auc"])
        scores = rows_of(self.run_program("score", "p.h5", "t/models", "--format", "tsv").stdout)
        number = {s["model"]: int(s["model"][-6:-4]) for s in scores}
        pairs = [(float(s["score"]), number[s["model"]] ** 2 % 7) for s in scores
                 if number[s["model"]] < 11]
        self.assertAlmostEqual(row["spearman"], spearman(pairs), places=12)
        self.assert_one_line(self.run_program("evaluate", "p.h5", "--labels", "labels.tsv",
                                              "t/models", status=1), "gdt_ts", "quality")

    def test_many_targets_and_their_mean(self):
        for k, name in enumerate(("one", "two", "three")):
            self.make_target("targets/" + name, k + 1, models=8 + k)
        self.write("targets/two/labels.tsv",
                   "model\tgdt_ts\n" + "".join(f"m{i:02d}.pdb\t{1 - i / 10}\n" for i in range(9)))
        os.mkdir(self.path("targets/other"))
        self.write("targets/broken/models/m.pdb", "nonsense")
        self.write("targets/broken/native.pdb", "nonsense")
        done = self.run_program("evaluate", "p.h5", "--targets", "targets", "--format", "tsv")
        rows = rows_of(done.stdout)
        self.assertEqual([row["target"] for row in rows], ["one", "three", "two", "mean"])
        self.assertIn("other", done.stderr)
        self.assertIn("broken", done.stderr)
        for figure in ("spearman", "native_rank", "native_z", "top1_loss", "spearman_by_contacts"):
            values = [float(row[figure]) for row in rows[:3]]
            self.assertAlmostEqual(float(rows[3][figure]), sum(values) / 3, places=9)
        self.assertEqual(rows[3]["models"], "27")
        for name, row in zip(("one", "three"), rows):
            alone, = self.evaluate("p.h5", "--native", f"targets/{name}/native.pdb",
                                   f"targets/{name}/models")
            self.assertEqual({**alone, "target": ""}, {**row, "target": ""})
        table = self.run_program("evaluate", "p.h5", "--targets", "targets", "-q").stdout
        for word in ("mean", "by_contacts", "ranks first in"):
            self.assertIn(word, table)
        self.assert_one_line(self.run_program("evaluate", "p.h5", "--targets", "targets",
                                              "--strict", "-q", status=1), "broken")

    def test_no_file_of_a_target_is_replaced(self):
        self.make_target("targets/one", 1, models=3)
        self.write("targets/one/labels.tsv", "model\tgdt_ts\nm00.pdb\t1\nm01.pdb\t0.5\n")
        for name in ("native.pdb", "labels.tsv", "models/m00.pdb"):
            before = self.read("targets/one/" + name)
            for option in ("-o", "--per-model"):
                done = self.run_program("evaluate", "p.h5", "--targets", "targets", option,
                                        "targets/one/" + name, "-q", status=2)
                self.assert_one_line(done, name, "is an input")
                self.assertEqual(self.read("targets/one/" + name), before)

    def test_scores_of_another_program(self):
        self.make_target("targets/one", 1)
        self.make_target("targets/two", 2)
        own = self.evaluate("p.h5", "--targets", "targets", "--per-model", "m.tsv")
        models = rows_of(self.read("m.tsv").decode())
        lines = ["target\tmodel\tenergy\tgood\tcontacts"]
        for m in models:
            lines.append("\t".join([m["target"], os.path.basename(m["model"]), m["score"],
                                    str(-float(m["score"])), m["contacts"]]))
        self.write("scores.tsv", "\n".join(lines) + "\n")
        self.write("labels.tsv", "target\tmodel\tgdt_ts\n" + "".join(
            "\t".join([m["target"], m["model"], m["label"]]) + "\n" for m in models))
        for column in (["energy"], ["good", "--higher-is-better"]):
            rows = self.evaluate("--scores", "scores.tsv", "--labels", "labels.tsv",
                                 "--score", *column)
            for row, expected in zip(rows, own):
                for figure in ("target", "models", "spearman", "spearman_low", "kendall",
                               "enrichment", "log_pb1", "top1_loss", "spearman_by_contacts"):
                    self.assertEqual(row[figure], expected[figure], figure)

    def test_the_native_as_a_row_of_scores(self):
        self.write("s.tsv", "model\tscore\nnative.pdb\t-3\na\t-4\nb\t-1\nc\t0\n")
        self.write("l.tsv", "model\tgdt_ts\na\t1\nb\t0.5\nc\t0\n")
        row, = self.evaluate("--scores", "s.tsv", "--labels", "l.tsv", "--native", "native.pdb")
        self.assertEqual(row["native_rank"], "2")
        self.assertAlmostEqual(float(row["spearman"]), -1)
        self.assertEqual(row["top1_loss"], "0")
        done = self.run_program("evaluate", "--scores", "s.tsv", "--labels", "l.tsv", "--native",
                                "n.pdb", status=1)
        self.assert_one_line(done, "s.tsv", "n.pdb")

    def test_what_is_left_open_is_asked_for(self):
        self.make_target("t", 1, models=3)
        self.write("l.tsv", "model\tgdt_ts\nx\t1\n")
        cases = [(["p.h5", "t/models"], 2, "--native"), ([], 2, "potential"),
                 (["p.h5", "--targets", "t", "t/models"], 2, "--targets"),
                 (["--scores", "l.tsv"], 2, "--labels"),
                 (["p.h5", "--scores", "l.tsv", "--labels", "l.tsv"], 2, "--scores"),
                 (["p.h5", "--targets", "t", "--native", "t/native.pdb"], 2, "--native"),
                 (["p.h5", "--native", "t/native.pdb", "t/models", "--label", "colour"], 2, "colour"),
                 (["p.h5", "--native", "t/native.pdb", "t/models", "--good", "x"], 2, "--good"),
                 (["p.h5", "--native", "t/none.pdb", "t/models"], 1, "none.pdb"),
                 (["p.h5", "--labels", "l.tsv", "t/models"], 1, "l.tsv"),
                 (["p.h5", "--targets", "set"], 1, "native.pdb"),
                 (["p.h5", "--targets", "nowhere"], 1, "nowhere")]
        for words, status, part in cases:
            with self.subTest(words=words):
                self.assert_one_line(self.run_program("evaluate", *words, status=status), part)

    def test_real_targets(self):
        train, decoys = self.real("train"), self.real("decoys")
        self.run_program("build", train, "-o", "rapdf.h5", "-q")
        rows = {row["target"]: row for row in self.evaluate("rapdf.h5", "--targets", decoys)}
        expected = {"1ctf": -.80, "T0951": -.73, "T0865": -.08, "1a8rA": -.83, "1bbhA": .01,
                    "T0980s1": -.46, "1pzlA": -.05, "mean": -.42}
        for target, value in expected.items():
            self.assertAlmostEqual(float(rows[target]["spearman"]), value, delta=0.04)
        self.assertEqual(rows["1ctf"]["native_rank"], "1")
        with open(os.path.join(decoys, "T0951", "labels.tsv")) as file:
            labels = {row["model"]: row for row in csv.DictReader(file, delimiter="\t")}
        self.run_program("evaluate", "rapdf.h5", "--native", decoys + "/T0951/native.pdb",
                         decoys + "/T0951/models", "--per-model", "m.tsv")
        for row in rows_of(self.read("m.tsv").decode()):
            label = labels[os.path.basename(row["model"])]
            self.assertAlmostEqual(float(row["rmsd"]), float(label["rmsd_ca"]), delta=0.01)
            self.assertAlmostEqual(float(row["gdt_ts"]), float(label["gdt_ts"]), delta=0.005)
            self.assertAlmostEqual(float(row["lddt"]), float(label["lddt_ca"]), delta=0.005)


if __name__ == "__main__":
    unittest.main()
