"""Names of shipped potentials, and combine."""

import os
import shutil
import unittest

from program import PROGRAM, ProgramTest, pdb


class Names(ProgramTest):
    def setUp(self):
        super().setUp()
        for i in range(4):
            self.write(f"set/s{i}.pdb", pdb(i))
        os.mkdir(self.path("data"))
        self.run_program("build", "set", "-o", "data/mine-1.h5", "--types", "residue-ca")
        self.environment = {"POTENTIAL_DATA": self.path("data")}

    def test_a_bare_word_is_a_shipped_potential(self):
        for words in (["score", "mine-1", "set"], ["query", "mine-1"], ["export", "mine-1"],
                      ["evaluate", "mine-1", "--native", "set/s0.pdb", "set"],
                      ["combine", "mine-1", "./data/mine-1.h5", "-o", "sum.h5"]):
            done = self.run_program(*words, env=self.environment)
            by_path = [word.replace("mine-1", "data/mine-1.h5") if word == "mine-1" else word
                       for word in words]
            self.assertEqual(done.stdout, self.run_program(*by_path).stdout)

    def test_an_unknown_name_tells_those_that_are_there(self):
        done = self.run_program("score", "mine", "set", env=self.environment, status=2)
        self.assert_one_line(done, "'mine'", "mine-1")
        shutil.copy(self.path("data/mine-1.h5"), self.path("mine"))
        done = self.run_program("score", "mine", "set", env=self.environment, status=2)
        self.assert_one_line(done, "./mine")
        self.run_program("score", "./mine", "set")

    @unittest.skipUnless(os.path.exists("/proc/self/exe"), "without /proc no program knows where it is")
    def test_beside_the_executable(self):
        os.makedirs(self.path("root/bin"))
        os.makedirs(self.path("root/share/potential"))
        program = os.path.realpath(PROGRAM)
        shutil.copy(program, self.path("root/bin/potential"))
        shutil.copy(self.path("data/mine-1.h5"), self.path("root/share/potential/there.h5"))
        import subprocess
        environment = {**os.environ, "LD_LIBRARY_PATH": os.path.join(os.path.dirname(program),
                                                                     "libpotential")}
        done = subprocess.run([self.path("root/bin/potential"), "score", "there", "set"],
                              cwd=self.folder, env=environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)


class Combine(ProgramTest):
    def scores(self, name):
        import h5py
        with h5py.File(self.path(name)) as file:
            return file["score"][:], file["standard_error"][:], "counts" in file

    def test_a_weighted_sum(self):
        for i in range(4):
            self.write(f"set/s{i}.pdb", pdb(i))
        self.run_program("extract", "set", "-o", "c.h5", "--types", "residue-ca", "--separations",
                         "1,2+")
        self.run_program("train", "c.h5", "-o", "a.h5")
        self.run_program("train", "c.h5", "-o", "b.h5", "--reference", "dfire", "--pool")
        self.run_program("combine", "a.h5", "b.h5", "-o", "c.h5.out", "--weights", "2,-0.5",
                         "--flat")
        (a, error_a, _), (b, error_b, _) = self.scores("a.h5"), self.scores("b.h5")
        c, error_c, counts = self.scores("c.h5.out")
        self.assertLess(abs(c - (2 * a - 0.5 * b)).max(), 1e-12)
        self.assertLess(abs(error_c - (4 * error_a ** 2 + error_b ** 2 / 4) ** 0.5).max(), 1e-12)
        self.assertFalse(counts)
        self.assertIn("2,-0.5", self.run_program("query", "c.h5.out").stdout)
        self.run_program("score", "c.h5.out", "set")
        for weights in ("2", "1,2,3", "1,x", "1,", "", "1,nan", "1,,2"):
            done = self.run_program("combine", "a.h5", "b.h5", "-o", "d.h5", "--weights", weights,
                                    status=2)
            self.assert_one_line(done, "weight")
        self.assertNotIn("d.h5", self.files())


if __name__ == "__main__":
    unittest.main()
