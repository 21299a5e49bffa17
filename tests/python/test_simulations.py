"""export --format lammps and openmm: energies and forces of those programs are ours."""

import os
import re
import shutil
import subprocess
import unittest

import numpy as np

from module import ModuleTest, pdb, potential

NATIVE = os.path.join(os.environ.get("POTENTIAL_TEST_DATA", ""), "decoys", "1ctf", "native.pdb")
KT = 0.0019872067 * 300


class Simulations(ModuleTest):
    def setUp(self):
        super().setUp()
        self.write_set(4)
        self.write("two.pdb", pdb(9, "AB"))

    def build(self, types, classes, bins="half"):
        self.run_program("build", "set", "--types", types, "--separations", classes, "--bins", bins,
                         "--pseudocount", "1", "-o", "p.h5", "-q")

    def lammps(self, *words):
        """Energy and forces [sites, 3] in natural-log units and Å."""
        self.run_program("export", "p.h5", "--format", "lammps", "-o", "x.in", *words)
        self.write("run.in", "include x.in\nwrite_dump all custom f.txt id fx fy fz modify sort id "
                             "format float %.15g\nprint \"energy = $(pe:%.15g)\"\n")
        done = subprocess.run(["lmp", "-in", "run.in", "-log", "none"], cwd=self.folder,
                              capture_output=True, text=True, timeout=300,
                              env={**os.environ, "OMP_NUM_THREADS": "1"})
        self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr[-2000:])
        energy = float(re.search(r"^energy = (\S+)", done.stdout, re.M).group(1))
        return energy / KT, np.loadtxt("f.txt", skiprows=9)[:, 1:] / KT

    @unittest.skipUnless(shutil.which("lmp"), "LAMMPS (lmp) is not installed")
    def test_lammps(self):
        real = NATIVE if os.path.exists(NATIVE) else "two.pdb"
        for types, classes, bins, structure in (("residue-cb", "3+/inter", "rapdf", "two.pdb"),
                                                ("residue-ca", "1+", "rapdf", real),
                                                ("residue-centroid", "5+", "0,4,6,8,10", real),
                                                ("residue-cb", "inter", "rapdf", "two.pdb")):
            self.build(types, classes, bins)
            model, = potential.read_models(structure, types=types)
            scorer = potential.Scorer("p.h5", model)
            energy, gradient = scorer.energy_and_gradient(scorer.coordinates)
            theirs, forces = self.lammps("--structure", structure)
            message = f"{types} {classes} {structure}"
            self.assertNotEqual(energy, 0)
            self.assertLess(abs(theirs - energy), 1e-4 * abs(energy), message)
            self.assertLess(np.abs(forces + gradient).max(), 1e-4 * np.abs(gradient).max(), message)

    def test_what_the_program_writes(self):
        self.build("residue-cb", "1-2,3+,inter")
        export = lambda *words, **options: self.run_program("export", "p.h5", *words, **options)
        error = export("--format", "lammps", "--structure", "two.pdb", "-o", "x.in", status=2).stderr
        self.assertIn("separation", error)
        export("--format", "lammps", "--structure", "two.pdb", "-o", "x.in", "--separation", "3+")
        self.assertLessEqual({"x.in", "x.data", "x.table"}, set(self.files()))
        for words, text in ((("--format", "lammps", "--structure", "two.pdb"), "NAME.in"),
                            (("--format", "openmm"), "structure"), (("--structure", "two.pdb"), "structure"),
                            (("--format", "openmm", "--structure", "two.pdb", "--separation", "2-5"), "2-5")):
            self.assertIn(text, export(*words, status=2).stderr)
        system = export("--format", "openmm", "--structure", "two.pdb").stdout
        self.assertEqual(system, potential.openmm_system("p.h5", potential.read_models(
            "two.pdb", types="residue-cb")[0]))
        self.assertNotEqual(system, export("--format", "openmm", "--structure", "two.pdb",
                                           "--temperature", "310").stdout)


if __name__ == "__main__":
    unittest.main()
