"""Evaluation gives the figures of the program."""

import random
import shutil
import unittest

from module import ModuleTest, pdb_text, potential, random_atoms


def moved(atoms, by, seed):
    rng = random.Random(seed)
    return [(n, r, c, i, *(round(v + rng.gauss(0, by), 3) for v in xyz)) for n, r, c, i, *xyz in atoms]


class Evaluation(ModuleTest):
    def setUp(self):
        super().setUp()
        self.write_set(5)
        self.run_program("build", "set", "-o", "p.h5", "-q")
        self.labels = {}
        for target in ("t1", "t2"):
            native = random_atoms(20 + int(target[1]), "A")
            self.write(f"targets/{target}/native.pdb", pdb_text(native))
            for k in range(8):
                name = f"m{k}.pdb"
                self.write(f"targets/{target}/models/{name}", pdb_text(moved(native, 0.3 * (k + 1), k)))
                self.labels[name] = float(k * k)
        text = "model\trmsd\n" + "".join(f"{m}\t{v}\n" for m, v in self.labels.items())
        self.write("labels.tsv", text)
        self.table = potential.open("p.h5")

    def assert_same(self, mine, row):
        for name, value in mine.figures.items():
            self.assertEqual(value, row[name], name)
        self.assertEqual(mine.models, row["models"])
        if mine.native is not None:
            self.assertEqual(mine.native.rank, row["native_rank_whole"])
            self.assertEqual(mine.native.z, row["native_z_whole"])

    def test_against_a_native(self):
        mine = potential.evaluate(self.table, "targets/t1/models", native="targets/t1/native.pdb")
        row = self.table_of("evaluate", "p.h5", "targets/t1/models", "--native",
                            "targets/t1/native.pdb")[0]
        self.assert_same(mine, row)
        self.assertEqual(mine.rankings[0].name, "score")
        self.assertEqual(mine.label, "gdt_ts")
        low, high = mine.rankings[0].intervals["spearman"]
        self.assertLessEqual(low, mine.figures["spearman"])
        self.assertLessEqual(mine.figures["spearman"], high)
        self.assertEqual(len(mine.per_model), 8)
        self.assertEqual(mine.per_model[0].label, mine.similarities[0].gdt_ts)
        self.run_program("evaluate", "p.h5", "targets/t1/models", "--native", "targets/t1/native.pdb",
                         "--per-model", "m.tsv", "-q")
        theirs = [line.split("\t") for line in self.read("m.tsv").decode().splitlines()[1:]]
        self.assertEqual([(m.model, m.score, s.rmsd) for m, s in zip(mine.per_model, mine.similarities)],
                         [(line[1], float(line[2]), float(line[6])) for line in theirs])

    def test_nucleic_acids_by_the_atoms_asked_for(self):
        rng = random.Random(3)
        native = [(atom, base, "A", i + 1, *(round(6 * i + rng.uniform(-3, 3), 3) for _ in range(3)))
                  for i, base in enumerate("GCAUGCAUGC")
                  for atom in ("P", "C4'", "C3'", "C1'", "N9" if base in "GA" else "N1")]
        self.write("rna.pdb", pdb_text(native))
        for k in range(4):
            self.write(f"rna/m{k}.pdb", pdb_text(moved(native, 0.3 * (k + 1), k)))
        rmsds = set()
        for words in ({}, {"rmsd_atoms": "P"}, {"rmsd_atoms": "heavy"}):
            mine = potential.evaluate("rna", "rna", native="rna.pdb", label="rmsd", bootstrap=0, **words)
            self.run_program("evaluate", "rna", "rna", "--native", "rna.pdb", "--label", "rmsd",
                             "--per-model", "m.tsv", "-q", "--bootstrap", "0",
                             *(["--rmsd-atoms", words["rmsd_atoms"]] if words else []))
            theirs = [line.split("\t") for line in self.read("m.tsv").decode().splitlines()[1:]]
            self.assertEqual([model.label for model in mine.per_model], [float(r[6]) for r in theirs])
            rmsds.add(mine.per_model[0].label)
        self.assertEqual(len(rmsds), 3)
        with self.assertRaisesRegex(potential.UsageError, "C5'"):
            potential.evaluate("rna", "rna", native="rna.pdb", rmsd_atoms="C5'")

    def test_against_labels_from_a_file_or_a_dict(self):
        row = self.table_of("evaluate", "p.h5", "targets/t1/models", "--labels", "labels.tsv",
                            "--label", "rmsd")[0]
        for labels in ("labels.tsv", self.labels):
            mine = potential.evaluate(self.table, "targets/t1/models", labels=labels, label="rmsd")
            self.assert_same(mine, row)
            self.assertIsNone(mine.native)

    def test_many_targets(self):
        mine = potential.evaluate_targets(self.table, "targets", label="rmsd", threads=2)
        rows = self.table_of("evaluate", "p.h5", "--targets", "targets", "--label", "rmsd")
        self.assertEqual([e.target for e in mine], ["t1", "t2"])
        for evaluation, row in zip(mine, rows):
            self.assert_same(evaluation, row)

    def test_targets_by_kind(self):
        for kind, target in (("near", "t1"), ("far", "t2")):
            shutil.copytree(self.path("targets/" + target), self.path(f"all/{kind}/{target}"))
        mine = potential.evaluate_targets(self.table, "all")
        rows = self.table_of("evaluate", "p.h5", "--targets", "all")
        self.assertEqual([e.kind for e in mine], ["far", "near"])
        means = potential.summarize_kinds(mine)
        self.assertEqual([mean.kind for mean in means], ["far", "near", ""])
        for mean, row in zip(means, rows[2:]):
            for name, value in mean.figures.items():
                self.assertEqual(value, row[name], name)
            self.assertEqual(mean.intervals["spearman"], (row["spearman_low"], row["spearman_high"]))
        self.assertEqual(potential.summarize(mine).figures["pearson"], means[-1].figures["pearson"])
        self.assertEqual([(e.native_residues, e.matched_residues) for e in mine],
                         [(row["native_residues"], row["matched_residues"]) for row in rows[:2]])
        two = potential.evaluate(self.table, "targets/t1/models",
                                 native=["targets/t2/native.pdb", "targets/t1/native.pdb"])
        self.assertEqual([m.label for m in two.per_model], [m.label for m in mine[1].per_model])

    def test_scores_of_any_program(self):
        scores = {name: -value for name, value in self.labels.items()}
        self.write("scores.tsv", "model\tscore\n" + "".join(f"{m}\t{v}\n" for m, v in scores.items()))
        row = self.table_of("evaluate", "--scores", "scores.tsv", "--labels", "labels.tsv", "--label",
                            "rmsd", "--higher-is-better")[0]
        for given in (scores, "scores.tsv"):
            mine = potential.evaluate_scores(given, self.labels, label="rmsd", higher_is_better=True)[0]
            self.assert_same(mine, row)
        self.assertEqual(mine.figures["spearman"], 1)

    def test_what_cannot_be_evaluated_is_told(self):
        with self.assertRaises(potential.UsageError):
            potential.evaluate(self.table, "targets/t1/models")
        with self.assertRaises(potential.UsageError):
            potential.evaluate(self.table, "targets/t1/models", native="targets/t1/native.pdb", label="x")
        with self.assertRaises(potential.FileError) as raised:
            potential.evaluate_targets(self.table, "set", warn=lambda line: None)
        self.assertIn("native.pdb", str(raised.exception))
        with self.assertRaises(potential.FormatError):
            potential.evaluate(self.table, "targets/t1/models", labels={"other.pdb": 1.0}, label="rmsd")


if __name__ == "__main__":
    unittest.main()
