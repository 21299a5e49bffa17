"""Coordinates in arrays score as the files that hold them."""

import _thread
import resource
import threading
import time
import unittest

import numpy as np

from module import PROTEIN_SCHEMES, ModuleTest, cif_text, pdb_text, potential, random_atoms
from test_scoring import columns


def moved(atoms, xyz):
    """The same atoms elsewhere."""
    return [(n, r, c, number, *point) for (n, r, c, number, *_), point in zip(atoms, xyz.tolist())]


class ScorerOfFrames(ModuleTest):
    def setUp(self):
        super().setUp()
        self.write_set(4)
        self.run_program("build", "set", "--separations", "1+,inter", "-o", "p.h5", "-q")
        self.table = potential.open("p.h5")
        self.atoms = random_atoms(10, "AB")
        self.write("m.pdb", pdb_text(self.atoms))
        self.scorer = potential.Scorer("p.h5", "m.pdb")
        noise = np.random.default_rng(1).normal(0, 0.3, (5, len(self.atoms), 3))
        self.frames = np.round(self.scorer.coordinates + noise, 3)

    def rows_of_files(self, frames, table=None, **options):
        rows = []
        for frame in frames:
            self.write("frame.pdb", pdb_text(moved(self.atoms, frame)))
            rows += potential.score(table or self.table, "frame.pdb", normalize="total", **options)
        return rows

    def test_frames_score_as_their_files_to_the_last_digit(self):
        for scheme in PROTEIN_SCHEMES:
            counts = potential.extract("set", types=scheme, separations="1+,inter", warn=lambda line: None)
            table = potential.train(counts)
            scorer = potential.Scorer(table, "m.pdb")
            rows = self.rows_of_files(self.frames, table, per_residue=True)
            self.assertEqual(scorer(self.frames).tolist(), [row.score for row in rows], scheme)
            self.assertEqual(scorer.contacts(self.frames).tolist(), [row.contacts for row in rows])
            self.assertEqual(scorer.per_residue(self.frames).tolist(),
                             [[r.score for r in row.per_residue] for row in rows])
            self.assertEqual(list(map(repr, scorer.residues)),
                             [repr(r).replace("ResidueScore", "ResidueName") for r in rows[0].per_residue])
            self.assertEqual(scorer(self.frames[2]), rows[2].score)

    def test_a_missing_cb_is_built_in_each_frame(self):
        self.atoms = [atom for atom in self.atoms if atom[0] != "CB"]
        self.write("m.pdb", pdb_text(self.atoms))
        frames = self.frames[:, :len(self.atoms)]
        for scheme in ("residue-cb", "heavy-atom"):
            table = potential.train(potential.extract("set", types=scheme, warn=lambda line: None))
            scorer = potential.Scorer(table, "m.pdb")
            frames = np.round(scorer.coordinates + 0.1 * np.sin(np.arange(3 * len(scorer))).reshape(-1, 3), 3)
            self.assertEqual(scorer(frames), self.rows_of_files([frames], table)[0].score)

    def test_all_atoms_of_the_file_are_in_its_order(self):
        odd = [("O", "HOH", "H", 1, 50.0, 50.0, 50.0), *self.atoms[:5], ("HA", "ALA", "A", 1, 0.5, 0.5, 0.5),
               *self.atoms[5:]]
        for name, text in (("odd.pdb", pdb_text(odd)), ("odd.cif", cif_text(odd))):
            self.write(name, text)
            scorer = potential.Scorer(self.table, name)
            self.assertEqual(len(scorer), len(odd))
            np.testing.assert_allclose(scorer.coordinates, np.array([a[4:] for a in odd]), atol=0.00051)
            row = potential.score(self.table, name, normalize="total")[0]
            self.assertEqual(scorer(scorer.coordinates), row.score)

    def test_arrays_and_models_are_topologies_too(self):
        coordinates, names, residues, numbers, chains = columns(self.atoms)
        scorer = potential.Scorer.from_atoms(self.table, coordinates, names, residues, numbers, chains)
        self.assertEqual(scorer(self.frames).tolist(), self.scorer(self.frames).tolist())
        model = potential.read_models("m.pdb")[0]
        sites = potential.Scorer(self.table, model)
        self.assertEqual(len(sites), len(model))
        np.testing.assert_array_equal(sites.coordinates, model.coordinates)
        self.assertEqual(sites(model.coordinates), self.scorer(self.scorer.coordinates))

    def test_pairs_of_chains_add_up(self):
        self.assertEqual(self.scorer.chain_pairs, [("A", "A"), ("A", "B"), ("B", "B")])
        pairs = self.scorer.per_chain_pair(self.frames)
        self.assertEqual(pairs.shape, (5, 3))
        np.testing.assert_allclose(pairs.sum(axis=1), self.scorer(self.frames), rtol=1e-12)
        alone = [atom for atom in self.atoms if atom[2] == "A"]
        self.write("a.pdb", pdb_text(alone))
        row = potential.score(self.table, "a.pdb", normalize="total")[0]
        own = self.scorer.per_chain_pair(self.scorer.coordinates)[0]
        self.assertAlmostEqual(own, row.score, places=9)

    def test_a_change_is_the_difference_of_two_scores(self):
        random = np.random.default_rng(3)
        before = self.frames[0]
        for scheme in PROTEIN_SCHEMES:
            counts = potential.extract("set", types=scheme, separations="1,2-4,5+,inter", warn=lambda line: None)
            scorer = potential.Scorer(potential.train(counts), "m.pdb")
            after = np.repeat(before[None], 6, axis=0)
            for frame, (first, last) in zip(after[1:], ((30, 31), (60, 66), (5, 25), (40, 170), (0, len(before)))):
                frame[first:last] += np.round(random.normal(0, 2, (last - first, 3)), 3)
            changes = scorer.change(before, after)
            self.assertEqual(changes[0], 0)
            np.testing.assert_allclose(changes, scorer(after) - scorer(before), rtol=0, atol=1e-9 * abs(scorer(before)))
            self.assertGreater(np.abs(changes[2:]).min(), 0.01)
            self.assertEqual(scorer.change(before, after, threads=2).tobytes(),
                             scorer.change(before, after, threads=1).tobytes())
            self.assertEqual(scorer.change(before, after[2]), changes[2])
            self.assertAlmostEqual(scorer.change(before / 10, after[2] / 10, unit="nm"), changes[2], places=9)

    def test_a_change_names_what_is_wrong(self):
        bad = self.frames[0].copy()
        bad[7, 1] = np.nan
        for before, after, words in ((bad, self.frames[0], "coordinates before.*row 7.*not finite"),
                                     (self.frames[0], bad, "frame 0.*row 7.*not finite"),
                                     (self.frames, self.frames[0], "before.*shape"),
                                     (self.frames[0][1:], self.frames[0], "before.*atoms"),
                                     (self.frames[0], self.frames[0][1:], "atoms in a frame")):
            with self.assertRaisesRegex(potential.UsageError, words):
                self.scorer.change(before, after)

    def test_kinds_of_arrays_and_units(self):
        expected = self.scorer(self.frames).tolist()
        wide = np.zeros((5, len(self.atoms), 6))
        wide[:, :, ::2] = self.frames
        for array in (self.frames.astype(np.float32), wide[:, :, ::2], self.frames.tolist(),
                      np.asfortranarray(self.frames)):
            self.assertEqual(self.scorer(array).tolist(), expected)
        for kind in (np.float32, np.float64):
            self.assertEqual(self.scorer((self.frames / 10).astype(kind), unit="nm").tolist(), expected)
        self.assertEqual(self.scorer(self.frames[:0]).tolist(), [])
        self.assertIsInstance(self.scorer(self.frames[0]), float)

    def test_what_is_wrong_names_frame_and_atom(self):
        def error(xyz, **options):
            with self.assertRaises(potential.UsageError) as raised:
                self.scorer(xyz, **options)
            return str(raised.exception)
        bad = self.frames.copy()
        bad[3, 7, 1] = np.nan
        bad[4, 2, 0] = 3e6
        name, residue, chain, number = self.atoms[7][:4]
        for threads in (1, 2):
            message = error(bad, threads=threads)
            for word in ("frame 3", f"atom {name} of {residue} {number} of chain {chain}", "row 7", "not finite"):
                self.assertIn(word, message)
        self.assertIn("frame 0", error(bad[4]))
        self.assertIn("2,000,000", error(bad[4]))
        many = np.repeat(self.frames, 20, axis=0)
        many[[40, 70], 0, 0] = np.inf
        self.assertIn("frame 40", error(many, threads=2))
        self.assertIn(f"{len(self.atoms) - 1} atoms in a frame, the topology has {len(self.atoms)}",
                      error(self.frames[:, 1:]))
        for wrong in (self.frames[0, :, :2], self.frames[0, 0], "x", None):
            self.assertIn("shape", error(wrong))
        self.assertIn("unit", error(self.frames, unit="pm"))
        ca = potential.train(potential.extract("set", types="residue-ca"))
        with self.assertRaises(potential.UsageError):
            potential.Scorer(ca, potential.read_models("m.pdb")[0])

    def test_memory_is_flat_and_threads_give_the_same_bytes(self):
        frames = np.repeat(self.frames[:1].astype(np.float32), 10000, axis=0)
        frames += np.linspace(0, 3, 10000, dtype=np.float32)[:, None, None] * np.sin(
            np.arange(frames[0].size, dtype=np.float32)).reshape(frames[0].shape)
        self.scorer(frames[:200], threads=2)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        two = self.scorer(frames, threads=2)
        self.assertLess(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, 4096)
        one = self.scorer(frames, threads=1)
        self.assertEqual(one.tobytes(), two.tobytes())
        self.assertGreater(len(set(one.tolist())), 5000)

    def test_ctrl_c_and_other_threads(self):
        frames = np.repeat(self.frames, 100_000, axis=0)
        ticks = []
        def tick_and_interrupt():
            for _ in range(5):
                time.sleep(0.01)
                ticks.append(time.monotonic())
            _thread.interrupt_main()
        helper = threading.Thread(target=tick_and_interrupt)
        helper.start()
        started = time.monotonic()
        with self.assertRaises(KeyboardInterrupt):
            self.scorer(frames, threads=1)
            time.sleep(1)
        self.assertLess(time.monotonic() - started, 2)
        helper.join()
        self.assertEqual(len(ticks), 5)


class Mutations(ModuleTest):
    def test_the_scan_is_that_of_the_program(self):
        self.write_set(4)
        self.run_program("build", "set", "--types", "residue-centroid", "-o", "p.h5", "-q")
        rows = self.table_of("mutate", "p.h5", "set/s0.pdb")
        scan = potential.mutate("p.h5", "set/s0.pdb")
        self.assertEqual(scan.changes.shape, (len(scan.residues), 20))
        self.assertEqual([None if np.isnan(c) else c for c in scan.changes.ravel()], [row["change"] for row in rows])
        self.assertEqual([(r.chain, str(r.number), r.name, name) for r in scan.residues for name in scan.names],
                         [(row["chain"], row["residue"], row["name"], row["mutant"]) for row in rows])
        self.assertEqual(scan.score, potential.score("p.h5", "set/s0.pdb", normalize="total")[0].score)
        alanine = potential.mutate(potential.open("p.h5"), "set/s0.pdb", names=["ALA"])
        np.testing.assert_array_equal(alanine.changes[:, 0], scan.changes[:, scan.names.index("ALA")])
        for names, path, words in ((["XYZ"], "set/s0.pdb", "no residue XYZ"), (None, "no.pdb", "no.pdb")):
            with self.assertRaisesRegex(potential.Error, words):
                potential.mutate("p.h5", path, names=names)


if __name__ == "__main__":
    unittest.main()
