"""docs/trajectories.md: every block is run; a block whose library is not there is skipped."""

import os
import re
import unittest

import numpy as np

from module import SOURCE, ModuleTest, pdb_text, potential, random_atoms

BLOCKS = re.findall(r"```python\n(.*?)```", open(os.path.join(SOURCE, "docs", "trajectories.md"),
                                                 encoding="utf-8").read(), re.S)
NATIVE = os.path.join(os.environ.get("POTENTIAL_TEST_DATA", ""), "decoys", "1ctf", "native.pdb")


class Trajectories(ModuleTest):
    def setUp(self):
        super().setUp()
        if os.path.exists(NATIVE):
            lines = [line for line in open(NATIVE) if line.startswith("ATOM")]
            self.write("model.pdb", "".join(lines) + "END\n")
        else:
            self.write("model.pdb", pdb_text(random_atoms(3, "A")))
        self.names = {}
        exec(BLOCKS[0], self.names)
        scorer = self.names["scorer"]
        noise = np.random.default_rng(2).normal(0, 0.1, (12, len(scorer), 3)).cumsum(axis=0)
        self.frames = np.round(scorer.coordinates + noise, 2)

    def block(self, word):
        found = [block for block in BLOCKS if word in block]
        self.assertEqual(len(found), 1)
        try:
            exec(found[0], self.names)
        except ModuleNotFoundError as error:
            self.skipTest(str(error))
        return self.names

    def write_trajectory(self, name):
        try:
            import MDAnalysis
        except ModuleNotFoundError as error:
            self.skipTest(str(error))
        universe = MDAnalysis.Universe("model.pdb")
        with MDAnalysis.Writer(name, len(universe.atoms)) as writer:
            for frame in self.frames:
                universe.atoms.positions = frame
                writer.write(universe.atoms)

    def expected(self):
        """XTC keeps hundredths of an Å, and so do our frames."""
        return self.names["scorer"](self.frames)

    def test_mdanalysis(self):
        self.write_trajectory("traj.xtc")
        columns = self.block("import MDAnalysis")["columns"]
        np.testing.assert_allclose(columns["score"], self.expected(), rtol=1e-9)
        self.assertEqual(len(self.read("scores.tsv").splitlines()), 13)

    def test_mdtraj(self):
        self.write_trajectory("traj.xtc")
        self.assertEqual(self.block("import mdtraj")["totals"].tolist(), self.expected().tolist())

    def test_prody(self):
        try:
            import prody
        except ModuleNotFoundError as error:
            self.skipTest(str(error))
        ensemble = prody.Ensemble()
        ensemble.setCoords(self.frames[0])
        ensemble.addCoordset(self.frames)
        prody.writeDCD("traj.dcd", ensemble)
        by_residue = self.block("import prody")["by_residue"]
        np.testing.assert_allclose(by_residue.sum(axis=1), self.expected(), rtol=1e-9)

    def test_moves_and_mutations(self):
        names = self.block("scorer.change(")
        self.assertNotEqual(names["scorer"].change(names["scorer"].coordinates, names["trial"]), 0)
        names = self.block("potential.mutate(")
        self.assertEqual(names["scan"].changes[names["best"]], np.nanmin(names["scan"].changes))

    def test_a_minimiser_relaxes_a_perturbed_structure(self):
        self.block("energy, gradient = scorer.energy_and_gradient(scorer.coordinates)")
        names = self.block("from scipy.optimize import minimize")
        scorer, relaxed = names["scorer"], names["relaxed"]
        self.assertLess(relaxed.fun, names["total"](names["start"].ravel())[0])
        self.assertLess(scorer.energy(relaxed.x.reshape(-1, 3)), scorer.energy(names["start"]))


if __name__ == "__main__":
    unittest.main()
