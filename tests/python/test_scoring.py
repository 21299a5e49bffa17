"""Scores of files and of models in memory are those of the program."""

import unittest

import numpy as np

from module import PROTEIN_SCHEMES, ModuleTest, cif_text, pdb_text, potential, random_atoms


def columns(atoms):
    """Coordinates, atom names, residue names, numbers, chains."""
    names, residues, chains, numbers, x, y, z = zip(*atoms)
    return np.array([x, y, z]).T, list(names), list(residues), list(numbers), list(chains)


class Scoring(ModuleTest):
    def setUp(self):
        super().setUp()
        self.write_set(6)
        self.run_program("build", "set", "--separations", "1+,inter", "-o", "p.h5", "--counts", "c.h5",
                         "-q")
        for i in range(10, 14):
            self.write(f"models/m{i}.pdb", pdb_text(random_atoms(i, "AB")))
        self.write("models/broken.pdb", "HEADER\n")
        self.table = potential.open("p.h5")

    def assert_same(self, mine, theirs):
        self.assertEqual([(row.model, row.score, row.contacts if row.score is not None else None,
                           row.residues if row.score is not None else None, row.standard_error)
                          for row in mine if row.score is not None],
                         [(row["model"], row["score"], row["contacts"], row["residues"],
                           row["standard_error"]) for row in theirs if row["score"] is not None])
        self.assertEqual([row.model for row in mine], [row["model"] for row in theirs])

    def score_quietly(self, *words, **options):
        return potential.score(self.table, *words, warn=lambda line: None, **options)

    def test_files_are_scored_as_by_the_program(self):
        for by in ("total", "residue", "contact"):
            theirs = self.table_of("score", "p.h5", "models", "--normalize", by)
            self.assert_same(self.score_quietly("models", normalize=by), theirs)
        mine = self.score_quietly("models", shuffle_z=True, threads=1)
        theirs = self.table_of("score", "p.h5", "models", "--shuffle-z")
        self.assertEqual([row.shuffle_z for row in mine], [row["shuffle_z"] for row in theirs])
        self.assertEqual(["; ".join(row.warnings) for row in mine], [row["warnings"] for row in theirs])
        self.assertIsNone(mine[-1].score)
        self.assertEqual(mine[-1].model, "models/broken.pdb")

    def test_qualities_are_those_of_the_program(self):
        self.assertIsNone(self.score_quietly("models", per_residue=True)[0].quality)
        self.run_program("combine", "p.h5", "-o", "q.h5", "--calibration", "1.3,0.13,0.8",
                         "--residue-calibration", "1.1,0.05,0.06,20,1")
        rows = potential.score(potential.open("q.h5"), "models", per_residue=True, warn=lambda line: None)
        theirs = self.table_of("score", "q.h5", "models", "--per-residue", "r.tsv")
        for name in ("quality", "quality_low", "quality_high"):
            self.assertEqual([getattr(row, name) for row in rows], [row[name] for row in theirs])
        self.assertIsNone(rows[-1].quality)
        lines = [line.split("\t") for line in self.read("r.tsv").decode().splitlines()[1:]]
        residues = [residue for row in rows for residue in row.per_residue]
        self.assertEqual([residue.quality for residue in residues], [float(line[6]) for line in lines])
        for residue in residues:
            self.assertTrue(0 < residue.quality_low < residue.quality < residue.quality_high < 1)

    def test_residues_and_pairs(self):
        rows = self.score_quietly("models", per_residue=True, top_pairs=3)
        self.run_program("score", "p.h5", "models", "--per-residue", "r.tsv", "--top-pairs", "3",
                         "--top-pairs-file", "t.tsv", "-q")
        theirs = [line.split("\t") for line in self.read("r.tsv").decode().splitlines()[1:]]
        mine = [(row.model, r.chain, str(r.number), r.name, r.score, r.contacts)
                for row in rows for r in row.per_residue]
        self.assertEqual(mine, [(*line[:4], float(line[4]), int(line[5])) for line in theirs])
        self.assertEqual([pair.score for row in rows for pair in row.top_pairs],
                         [float(line.split("\t")[7])
                          for line in self.read("t.tsv").decode().splitlines()[1:]])

    def test_models_can_be_left_out_of_the_training_set(self):
        mine = self.score_quietly("set", leave_out="c.h5")
        self.assert_same(mine, self.table_of("score", "p.h5", "set", "--leave-out", "c.h5"))
        self.assertNotEqual(mine[0].score, self.score_quietly("set")[0].score)

    def test_models_in_memory_score_as_their_files_do(self):
        models = []
        for i in range(10, 14):
            atoms = random_atoms(i, "AB")
            coordinates, names, residues, numbers, chains = columns(atoms)
            model = potential.Model.from_atoms(coordinates, names, residues, numbers, chains,
                                               id=f"models/m{i}.pdb")
            read = potential.read_models(f"models/m{i}.pdb")[0]
            self.assertEqual(model.sha256, read.sha256)
            self.write("x.cif", cif_text(atoms))
            self.assertEqual(model.sha256, potential.read_models("x.cif")[0].sha256)
            np.testing.assert_array_equal(model.coordinates, read.coordinates)
            self.assertEqual([str(r) for r in map(repr, model.residues)],
                             [str(r) for r in map(repr, read.residues)])
            models.append(model)
        mine = potential.score_models(self.table, models, per_residue=True, shuffle_z=True, top_pairs=2)
        files = self.score_quietly([model.id for model in models], per_residue=True, shuffle_z=True,
                                   top_pairs=2)
        for a, b in zip(mine, files):
            self.assertEqual((a.model, a.score, a.contacts, a.residues, a.standard_error, a.shuffle_z,
                              a.warnings), (b.model, b.score, b.contacts, b.residues, b.standard_error,
                                            b.shuffle_z, b.warnings))
            self.assertEqual([r.score for r in a.per_residue], [r.score for r in b.per_residue])
            self.assertEqual([p.score for p in a.top_pairs], [p.score for p in b.top_pairs])

    def test_chains_of_models_in_memory_touch_by_their_heavy_atoms(self):
        atoms = random_atoms(3, "AB")
        self.write("x.pdb", pdb_text(atoms))
        coordinates, names, residues, numbers, chains = columns(atoms)
        for types in ("rapdf-ca", "rapdf-centroid"):
            scheme = "residue-" + types.split("-")[1]
            made = potential.Model.from_atoms(coordinates, names, residues, numbers, chains, scheme=scheme)
            read = potential.read_models("x.pdb", types=scheme)[0]
            file = potential.score(types, "x.pdb", warn=lambda line: None)[0]
            for row in potential.score_models(types, [made, read]):
                self.assertEqual(row.warnings, file.warnings)
                self.assertEqual(row.unscored_interfaces, file.unscored_interfaces)

    def test_sites_with_types_score_as_the_model_they_are_of(self):
        read = potential.read_models("models/m10.pdb")[0]
        residues = [read.residues[i] for i in read.residue_indices]
        for types in (read.types, [self.table.types[t] for t in read.types]):
            model = potential.Model.from_sites(read.coordinates, types, [r.number for r in residues],
                                               [r.chain for r in residues])
            a = potential.score_models(self.table, [model])[0]
            b = potential.score_models(self.table, [read])[0]
            self.assertEqual((a.score, a.contacts, a.residues), (b.score, b.contacts, b.residues))
        # In any order of the sites of a residue, and by hand:
        model = potential.Model.from_sites([[0, 0, 0], [0, 0, 5.5], [0, 3.2, 0]],
                                           ["ALA:CB", "LEU:CB", "GLY:CA"])
        row = potential.score_models(self.table, [model], normalize="total")[0]
        expected = sum(self.table.query(pair, "1+")[0].scores[self.table.bin_of(distance)]
                       for pair, distance in (("ALA:CB-LEU:CB", 5.5), ("ALA:CB-GLY:CA", 3.2),
                                              ("GLY:CA-LEU:CB", np.hypot(5.5, 3.2))))
        self.assertAlmostEqual(row.score, expected, places=12)
        self.assertEqual((row.contacts, row.residues), (3, 3))

    def test_float32_and_views_are_taken(self):
        read = potential.read_models("models/m10.pdb")[0]
        wide = np.zeros((len(read), 6))
        wide[:, ::2] = read.coordinates
        for coordinates in (read.coordinates.astype(np.float32), wide[:, ::2],
                            read.coordinates.tolist(), np.asfortranarray(read.coordinates)):
            model = potential.Model.from_sites(coordinates, read.types)
            np.testing.assert_array_equal(model.coordinates, read.coordinates)

    def test_missing_atoms_and_odd_names_follow_the_rules_of_files(self):
        atoms = [a for a in random_atoms(10) if a[0] != "CB"]
        atoms = [(n, "MSE" if r == "MET" else r, *rest) for n, r, *rest in atoms]
        coordinates, names, residues, numbers, chains = columns(atoms)
        self.write("x.pdb", pdb_text(atoms))
        for scheme in PROTEIN_SCHEMES:
            model = potential.Model.from_atoms(coordinates, names, residues, numbers, chains,
                                               scheme=scheme)
            self.assertEqual(model.sha256, potential.read_models("x.pdb", types=scheme)[0].sha256)

    def test_alternative_conformations(self):
        atoms = (["N", "CA", "CA", "C"], ["ALA"] * 4, [1] * 4)
        coordinates = [[0, 0, 0], [1.2, 0.8, 0], [1.2, 0.8, 1], [2.5, 0, 0]]
        def z_of_ca(occupancies):
            model = potential.Model.from_atoms(coordinates, *atoms, altlocs=["", "A", "B", ""],
                                               occupancies=occupancies, scheme="residue-ca")
            return model.coordinates[0, 2]
        self.assertEqual([z_of_ca(o) for o in (None, [1, 0.4, 0.6, 1], [1, 0.6, 0.4, 1])], [0, 1, 0])
        for codes in ({"altlocs": ["AB", "", "", ""]}, {"altlocs": ["A"]}, {"occupancies": [1]}):
            with self.assertRaises(potential.UsageError) as raised:
                potential.Model.from_atoms(coordinates, *atoms, **codes)
            self.assertIn(list(codes)[0], str(raised.exception))

    def test_what_cannot_be_a_model_is_refused(self):
        make, good = potential.Model.from_sites, [[0, 0, 0.0], [4, 0, 0]]
        for arguments, word in ((([[0, 0]], [1]), "shape"), (([], []), "coordinates"),
                                ((good, [1]), "types"), ((good, ["ALA:CB", "XXX"]), "XXX"),
                                ((good, [1, 167]), "167"), ((good, [1, -1]), "-1"),
                                (([[0, 0, float("nan")], [0, 0, 1]], [1, 2]), "row 0"),
                                (([[0, 0, 0], [0, 0, 1e9]], [1, 2]), "row 1"),
                                ((good, [1, 2], [1]), "residues"), ((good, [1, 2], [1, 2], ["A"]), "chains")):
            with self.assertRaises(potential.UsageError) as raised:
                make(*arguments)
            self.assertIn(word, str(raised.exception))
        with self.assertRaises(potential.FormatError):
            potential.Model.from_atoms([[0, 0, float("inf")]], ["CA"], ["ALA"], [1])
        with self.assertRaises(potential.FormatError):
            potential.Model.from_atoms([[0, 0, 0]], ["O"], ["HOH"], [1])
        other = make(good, [0, 1], scheme="residue-ca")
        with self.assertRaises(potential.UsageError) as raised:
            potential.score_models(self.table, [other])
        self.assertIn("residue-ca", str(raised.exception))
        with self.assertRaises(potential.Error):
            potential.score_models(self.table, [])


if __name__ == "__main__":
    unittest.main()
