"""Qualities from 0 to 1: what combine stores, and what score, evaluate and report make of it."""

import csv
import io
import math
import unittest

from program import SEQUENCE, ProgramTest, pdb_text, random_atoms

MODEL = (1.313, 0.1275, 0.79)
RESIDUE = (1.130, 0.0513, 0.0638, 20, 1.04)


def rows_of(tsv):
    return list(csv.DictReader(io.StringIO(tsv), delimiter="\t"))


def text_of(numbers):
    return ",".join(map(str, numbers))


def logistic(x):
    return 1 / (1 + math.exp(x))


class Quality(ProgramTest):
    def setUp(self):
        super().setUp()
        self.atoms = {}
        for i in range(4):
            self.write(f"set/s{i}.pdb", pdb_text(random_atoms(i, "AB")))
            self.atoms[f"m/{i}.pdb"] = random_atoms(10 + i, "AB", 2 * SEQUENCE)
            self.write(f"m/{i}.pdb", pdb_text(self.atoms[f"m/{i}.pdb"]))
        self.run_program("build", "set", "-o", "plain.h5", "--counts", "c.h5", "-q")
        self.run_program("combine", "plain.h5", "-o", "p.h5", "--calibration", text_of(MODEL),
                         "--residue-calibration", text_of(RESIDUE))

    def table(self, *words):
        return rows_of(self.run_program(*words, "--format", "tsv", "-q").stdout)

    def test_models_have_a_quality_and_its_interval(self):
        for by in ("total", "residue", "contact"):
            rows = self.table("score", "p.h5", "m", "--normalize", by)
            self.assertEqual(list(rows[0]), ["model", "score", "contacts", "residues", "standard_error",
                                             "quality", "quality_low", "quality_high", "warnings"])
            for row in rows:
                total = float(row["score"]) * {"total": 1, "residue": int(row["residues"]),
                                               "contact": int(row["contacts"])}[by]
                x = MODEL[0] + MODEL[1] * total / int(row["residues"])
                for name, shift in (("quality", 0), ("quality_low", 1.2816), ("quality_high", -1.2816)):
                    self.assertAlmostEqual(float(row[name]), logistic(x + shift * MODEL[2]), places=10)

    def test_residues_have_that_of_what_is_around_them(self):
        self.run_program("score", "p.h5", "m", "--per-residue", "r.tsv", "-q")
        rows = rows_of(self.read("r.tsv").decode())
        self.assertEqual(list(rows[0]), ["model", "chain", "residue", "name", "score", "contacts", "quality"])
        for model, atoms in self.atoms.items():
            own = [row for row in rows if row["model"] == model]
            scores = [float(row["score"]) for row in own]
            places = [atom[4:7] for atom in atoms if atom[0] == "CA"]
            self.assertEqual(len(own), len(places))
            for row, here in zip(own, places):
                weights = [max(0, 1 - math.dist(here, there) / RESIDUE[3]) for there in places]
                local = sum(w * s for w, s in zip(weights, scores)) / sum(weights)
                x = RESIDUE[0] + RESIDUE[1] * local + RESIDUE[2] * sum(scores) / len(scores)
                self.assertAlmostEqual(float(row["quality"]), logistic(x), places=10)

    def test_a_potential_without_calibration_has_no_such_column(self):
        self.assertNotIn("quality", self.table("score", "plain.h5", "m")[0])
        self.run_program("score", "plain.h5", "m", "--per-residue", "r.tsv", "-q")
        self.assertNotIn("quality", self.read("r.tsv").decode())
        # That of a part is not that of a sum.
        self.run_program("combine", "p.h5", "p.h5", "-o", "sum.h5")
        self.assertNotIn("quality", self.table("score", "sum.h5", "m")[0])
        # Models may have one where residues have none.
        self.run_program("combine", "plain.h5", "-o", "models.h5", "--calibration", text_of(MODEL))
        rows = self.table("score", "models.h5", "m", "--per-residue", "r.tsv")
        self.assertIn("quality", rows[0])
        self.assertNotIn("quality", self.read("r.tsv").decode())

    def test_bfactors_can_be_qualities(self):
        done = self.run_program("score", "p.h5", "m", "--write-structures", "out", "--bfactor", "quality",
                                "--per-residue", "r.tsv")
        self.assertIn("colour from 0 (bad) to 1", done.stderr)
        expected = {(row["chain"], int(row["residue"])): float(row["quality"])
                    for row in rows_of(self.read("r.tsv").decode()) if row["model"] == "m/1.pdb"}
        lines = [line for line in self.read("out/1.pdb").decode().splitlines() if line.startswith("ATOM")]
        self.assertGreater(len(lines), 100)
        for line in lines:
            self.assertAlmostEqual(float(line[60:66]), expected[line[21], int(line[22:26])], delta=0.0051)
        self.assert_one_line(self.run_program("score", "plain.h5", "m", "--write-structures", "out2",
                                              "--bfactor", "quality", status=2), "calibration of residues")
        self.assert_one_line(self.run_program("score", "p.h5", "m", "--bfactor", "quality", status=2),
                             "needs --write-structures")

    def test_leaving_out_keeps_the_calibration(self):
        rows = self.table("score", "p.h5", "set", "--leave-out", "c.h5")
        for row in rows:
            x = MODEL[0] + MODEL[1] * float(row["score"]) / int(row["residues"])
            self.assertAlmostEqual(float(row["quality"]), logistic(x), places=10)
        self.assertNotEqual([row["score"] for row in rows],
                            [row["score"] for row in self.table("score", "p.h5", "set")])

    def test_evaluate_lists_it(self):
        for potential in ("p.h5", "plain.h5"):
            self.run_program("evaluate", potential, "--native", "m/0.pdb", "m", "--per-model", "e.tsv", "-q")
            rows = rows_of(self.read("e.tsv").decode())
            if potential == "plain.h5":
                self.assertNotIn("quality", rows[0])
                continue
            expected = {row["model"]: row["quality"] for row in self.table("score", potential, "m")}
            self.assertEqual(len(rows), 3)
            for row in rows:
                self.assertEqual(row["quality"], expected[row["model"]])

    def test_the_file_holds_the_constants(self):
        try:
            import h5py
        except ImportError:
            self.skipTest("python3-h5py is not installed")
        with h5py.File(self.path("p.h5")) as file:
            stored = {name: float(value) for name, value in file.attrs.items() if name.startswith("quality-")}
        names = ("quality-model-intercept", "quality-model-slope", "quality-model-sd",
                 "quality-residue-intercept", "quality-residue-local-slope",
                 "quality-residue-model-slope", "quality-residue-radius", "quality-residue-sd")
        self.assertEqual(stored, dict(zip(names, MODEL + RESIDUE)))

    def test_wrong_constants_are_refused(self):
        for words, said in ((("--calibration", "1,2"), "1.3,0.13,0.8"),
                            (("--calibration", "1,x,3"), "1.3,0.13,0.8"),
                            (("--calibration", "1,-0.1,1"), "model slope"),
                            (("--residue-calibration", text_of(RESIDUE)), "needs --calibration"),
                            (("--calibration", text_of(MODEL), "--residue-calibration", "1,2,3"), "1.1,0.05"),
                            (("--calibration", text_of(MODEL), "--residue-calibration", "1,1,1,0,1"), "radius")):
            self.assert_one_line(self.run_program("combine", "plain.h5", "-o", "x.h5", *words, status=2), said)
            self.assertNotIn("x.h5", self.files())


if __name__ == "__main__":
    unittest.main()
