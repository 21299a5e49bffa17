"""RNA: schemes, evaluation, leave-out; made-up structures."""

import csv
import io
import os
import random
import unittest

from program import SOURCE, ProgramTest, pdb, pdb_text, random_atoms

BASES = "GACUAGGCUUACGCAUGACCUAGCUAGGACUCGA"
BEADS = ["--types", "rna-3", "--separations", "2-4,5+/inter", "--bins", "0:24:0.6"]


def rna(seed, width=0.0):
    """Atoms of a helix that winds at random; each moved by a random step of `width`."""
    rng, noise, atoms = random.Random(seed), random.Random(100 * seed + int(width * 10)), []
    x = y = z = 0.0
    for number, base in enumerate(BASES, 1):
        x, y, z = x + rng.uniform(-4, 4), y + rng.uniform(-4, 4), z + 2.8
        names = ["P", "C4'", "C3'", "O3'", "C2'", "O2'", "C1'", "N9" if base in "AG" else "N1"]
        for k, name in enumerate(names):
            place = (x + 0.9 * k, y + (k % 3), z + 0.4 * k)
            atoms.append((name, base, "A", number,
                          *(round(c + noise.gauss(0, width), 3) for c in place)))
    return atoms


def rows_of(tsv):
    return list(csv.DictReader(io.StringIO(tsv), delimiter="\t"))


class Rna(ProgramTest):
    def test_models_are_compared_by_their_own_atoms(self):
        self.write("t/native.pdb.gz", pdb_text(rna(1)))
        for k in range(1, 7):
            self.write(f"t/models/m{k}.pdb", pdb_text(rna(1, 0.5 * k)))
            self.write(f"set/s{k}.pdb", pdb_text(rna(10 + k)))
        self.run_program("build", "set", "-o", "p.h5", "--types", "rna-3", "--reference", "rw")
        found = {}
        for atoms in (None, "P", "C3'", "heavy"):
            option = [] if atoms is None else ["--rmsd-atoms", atoms]
            done = self.run_program("evaluate", "p.h5", "--native", "t/native.pdb.gz", "t/models",
                                    "--per-model", "m.tsv", "--label", "rmsd", *option)
            self.assertIn(f"over {atoms or chr(67) + '1' + chr(39)} atoms", done.stderr)
            found[atoms] = rows_of(self.read("m.tsv").decode())
        for rows in found.values():
            values = [float(row["rmsd"]) for row in rows]
            self.assertLess(2 * values[0], values[-1])
            for figure in ("tm_score", "lddt"):
                self.assertGreater(float(rows[0][figure]), float(rows[-1][figure]))
        self.assertEqual(len({rows[-1]["rmsd"] for rows in found.values()}), 4)
        self.assertEqual(len({rows[-1]["tm_score"] for rows in found.values()}), 1)
        # As a folder of targets, whose native is packed.
        self.write("targets/one/native.pdb.gz", pdb_text(rna(1)))
        for k in range(1, 7):
            self.write(f"targets/one/models/m{k}.pdb", pdb_text(rna(1, 0.5 * k)))
        row, = rows_of(self.run_program("evaluate", "p.h5", "--targets", "targets", "--label", "lddt",
                                        "--format", "tsv", "-q").stdout)
        self.assertEqual((row["models"], row["matched_residues"]), ("6", str(len(BASES))))

    def test_a_protein_has_no_such_atoms(self):
        for k in range(3):
            self.write(f"set/s{k}.pdb", pdb(k))
        self.run_program("build", "set", "-o", "p.h5")
        done = self.run_program("evaluate", "p.h5", "--native", "set/s0.pdb", "set", "--rmsd-atoms",
                                "P", status=2)
        self.assert_one_line(done, "rmsd-atoms", "nucleic acids")

    def test_leaving_out_equals_training_without(self):
        """A sum of terms as the shipped potential is one."""
        inputs = [self.write(f"set/s{k}.pdb", pdb_text(rna(k))) for k in range(6)]
        for name, files in (("all", inputs), ("rest", inputs[1:])):
            self.run_program("extract", *files, "-o", f"{name}.h5", *BEADS, "-q")
            for term, of, options in (("long", "5+/inter", ["--reference", "rw", "--cutoff", 24]),
                                      ("short", "2-4", ["--cutoff", 9, "--smoothing", "shrink:50"])):
                self.run_program("train", f"{name}.h5", "-o", "t.h5", *options)
                self.run_program("combine", "t.h5", "--flat", "--separations", of, "-o",
                                 f"{term}.h5")
            self.run_program("combine", "long.h5", "short.h5", "--weights", "1-2/sqrt(N+16),3", "-o",
                             f"sum-{name}.h5")
        score = lambda *words: rows_of(self.run_program("score", *words, inputs[0], "-q", "--format",
                                                        "tsv").stdout)[0]["score"]
        left = score("sum-all.h5", "--leave-out", "all.h5")
        self.assertEqual(left, score("sum-rest.h5"))
        self.assertNotEqual(left, score("sum-all.h5"))

    def test_the_shipped_potential(self):
        file = os.path.join(SOURCE, "data", "potentials", "rna.h5")
        self.assertLess(os.path.getsize(file), 10_000_000)
        summary = self.run_program("query", "rna").stdout
        for term in ("long", "backbone", "two", "three", "four"):
            self.assertIn(f"term {term}", summary)
        self.assertIn("191", summary)
        for k in range(3):
            self.write(f"m/m{k}.pdb", pdb_text(rna(k)))
        done = self.run_program("score", "rna", "m", "--per-residue", "r.tsv", "--write-structures",
                                "out", "--format", "tsv")
        rows, residues = rows_of(done.stdout), rows_of(self.read("r.tsv").decode())
        self.assertEqual(sorted(row["model"] for row in rows), [f"m/m{k}.pdb" for k in range(3)])
        self.assertEqual(len(residues), 3 * len(BASES))
        for row in rows:  # per nucleotide
            own = sum(float(r["score"]) for r in residues if r["model"] == row["model"])
            self.assertAlmostEqual(float(row["score"]), own / len(BASES), places=6)
        first = next(line for line in self.read("out/m0.pdb").decode().split("\n") if line)
        self.assertAlmostEqual(float(first[60:66]), float(next(
            r["score"] for r in residues if r["model"] == "m/m0.pdb")), delta=0.051)
        self.run_program("report", "rna", "m", "-o", "report.html")

    def test_an_interface_by_a_potential_of_ones_own(self):
        """The recipe of docs/rna.md for proteins with RNA."""
        for k in range(3):
            protein = [(*atom[:2], "B", *atom[3:]) for atom in random_atoms(k)]
            self.write(f"complexes/c{k}.pdb", pdb_text(rna(k) + protein))
        self.run_program("build", "complexes", "-o", "all.h5", "--types", "protein-rna",
                         "--separations", "1+,inter", "--bins", "half", "--reference", "dfire")
        self.run_program("combine", "all.h5", "--separations", "inter", "--flat", "-o", "i.h5")
        rows = rows_of(self.run_program("score", "i.h5", "complexes", "--between", "A:B", "--format",
                                        "tsv").stdout)
        self.assertTrue(all(int(row["contacts"]) > 100 for row in rows))
        for potential, skipped in (("default", "34 nucleotides"), ("rna", "22 amino acids")):
            done = self.run_program("score", potential, "complexes/c0.pdb")
            self.assertIn(f"{skipped} skipped", done.stderr)

    def test_the_wrong_kind_of_potential_names_the_right_one(self):
        self.write("rna.pdb", pdb_text(rna(1)))
        self.write("protein.pdb", pdb(1))
        done = self.run_program("score", "default", "rna.pdb", status=1)
        self.assertIn("'rna'", done.stderr)
        self.run_program("build", "rna.pdb", "-o", "p.h5", "--types", "rna-3", "-q")
        done = self.run_program("score", "p.h5", "protein.pdb", status=1)
        self.assertIn("'default'", done.stderr)


if __name__ == "__main__":
    unittest.main()
