"""The gradient of the smooth energy is that of differences; forces and torques sum to 0."""

import glob
import os
import unittest

import numpy as np

from module import PROTEIN_SCHEMES, ModuleTest, pdb, potential

CLASSES = "1,2,3-4,5-8,9-20,21+,inter"
# Bins whose pieces of curves have more widths than are told apart by arithmetic.
IRREGULAR = {"residue-cb": "0,4,5,8,9,10,12,15", "heavy-atom-158": "0,2,2.5,4,5,7,8,8.5,12"}
REAL = sorted(glob.glob(os.path.join(os.environ.get("POTENTIAL_TEST_DATA", "/nowhere"), "train", "*.gz")))


def slope_by_differences(scorer, xyz, k, step=1e-4):
    energies = []
    for sign in (1, -1):
        moved = xyz.copy()
        moved.flat[k] += sign * step
        energies.append(scorer.energy(moved))
    return (energies[0] - energies[1]) / (2 * step)


class Forces(ModuleTest):
    def setUp(self):
        super().setUp()
        self.structures = [path for path in REAL[::35] if os.path.getsize(path) < 60_000][:20]
        if not self.structures:
            for i in range(4):
                self.write(f"s{i}.pdb", pdb(i, "AB"))
            self.structures = [f"s{i}.pdb" for i in range(4)]

    def tables(self):
        for scheme in PROTEIN_SCHEMES:
            for classes in (CLASSES, "1+"):
                counts = potential.extract(self.structures, types=scheme, separations=classes,
                                           bins="rapdf" if classes != "1+" else IRREGULAR.get(scheme, "half"),
                                           warn=lambda line: None)
                yield potential.train(counts, pseudocount=1)

    def test_gradient_forces_and_torques(self):
        random = np.random.default_rng(1)
        for table in self.tables():
            for path in self.structures:
                scorer = potential.Scorer(table, path)
                xyz = scorer.coordinates + random.normal(0, 0.05, scorer.coordinates.shape)
                energy, gradient = scorer.energy_and_gradient(xyz)
                self.assertEqual(energy, scorer.energy(xyz))
                largest = np.abs(gradient).max()
                self.assertGreater(largest, 0)
                moved = np.flatnonzero(gradient.ravel())
                for k in random.choice(moved, 4):
                    self.assertAlmostEqual(slope_by_differences(scorer, xyz, k), gradient.flat[k],
                                           delta=1e-6 * largest, msg=f"{table.scheme} {path} {k}")
                centred = xyz - xyz.mean(axis=0)
                for balance in (gradient.sum(axis=0), np.cross(centred, gradient).sum(axis=0)):
                    self.assertLess(np.abs(balance).max(), 1e-9 * largest)

    def test_two_sites_follow_the_documented_curve(self):
        counts = potential.extract(self.structures[:2], types="residue-ca", bins="0,4,6,8,10",
                                   warn=lambda line: None)
        table = potential.train(counts, pseudocount=1)
        model = potential.Model.from_sites([[0, 0, 0], [0, 0, 5.0]], ["ALA", "LEU"], scheme=table)
        scorer = potential.Scorer(table, model)
        def at(r):
            return scorer.energy([[0.0, 0, 0], [0, 0, r]])
        scores = table.query("ALA-LEU", "1+")[0].scores
        for centre, score in zip((2, 5, 7, 9), scores):
            self.assertAlmostEqual(at(centre), score, places=6)
        for r in (10, 10.0005, 12):
            self.assertEqual(at(r), 0)
        self.assertLess(abs(at(9.999)), 1e-6)
        slope = (at(2.0001) - at(1.9999)) / 0.0002
        self.assertAlmostEqual(at(1.0), at(2) - slope + 50 / 8, places=4)
        for knot in (2, 5, 7, 9, 9.5):  # slope and curvature are continuous
            for order in (1, 2):
                below, above = (np.polyfit(x := knot + side * np.linspace(1e-3, 4e-3, 4), [at(v) for v in x], 3)
                                for side in (-1, 1))
                a, b = (np.polyval(np.polyder(p, order), knot) for p in (below, above))
                self.assertAlmostEqual(a, b, delta=1e-3 * max(1, abs(a)))

    def test_units_frames_and_threads(self):
        table = potential.open("rapdf")
        scorer = potential.Scorer(table, self.structures[0])
        frames = scorer.coordinates + np.random.default_rng(1).normal(0, 0.1, (40, len(scorer), 3))
        energies, gradients = scorer.energy_and_gradient(frames, threads=2)
        one = scorer.energy_and_gradient(frames, threads=1)
        self.assertEqual((energies.tobytes(), gradients.tobytes()), tuple(a.tobytes() for a in one))
        energy, gradient = scorer.energy_and_gradient(frames[7])
        self.assertEqual((energy, gradient.tobytes()), (energies[7], gradients[7].tobytes()))
        energy, gradient = scorer.energy_and_gradient(frames[7] / 10, unit="nm")
        self.assertAlmostEqual(energy, energies[7], places=6)
        np.testing.assert_allclose(gradient, 10 * gradients[7], rtol=1e-6, atol=1e-6)
        frames[3, 5, 2] = np.nan
        with self.assertRaises(potential.UsageError) as raised:
            scorer.energy_and_gradient(frames, threads=2)
        self.assertIn("frame 3", str(raised.exception))


if __name__ == "__main__":
    unittest.main()
