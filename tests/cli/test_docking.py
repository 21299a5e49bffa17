"""evaluate with labels of docked poses, against a computation of its own with NumPy."""

import csv
import gzip
import io
import os
import unittest

import numpy

from program import ProgramTest, pdb_text, random_atoms

BACKBONE = ("N", "CA", "C", "O")
TARGETS = ("1ATN", "1M10")  # of the second the ligand is the larger partner


def rotation(quaternion):
    x, y, z, w = numpy.array(quaternion) / numpy.linalg.norm(quaternion)
    return numpy.array([[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
                        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]])


def moved(atoms, turn, shift, chain):
    xyz = numpy.round(numpy.array([a[4:] for a in atoms]) @ turn.T + shift, 3)
    return [(a[0], a[1], chain, a[3], *p) for a, p in zip(atoms, xyz)]


class Partner:
    """The atoms of a partner: keys (chain, number, name) and coordinates."""

    def __init__(self, atoms):
        self.keys = [(a[2], a[3], a[0]) for a in atoms]
        self.xyz = numpy.array([a[4:] for a in atoms], dtype=float)
        self.place = {key: i for i, key in enumerate(self.keys)}


def close_residues(first, second, distance):
    found = set()
    for i, row in enumerate(((first.xyz[:, None] - second.xyz[None]) ** 2).sum(2) <= distance ** 2):
        for k in numpy.flatnonzero(row):
            found.add((first.keys[i][:2], second.keys[k][:2]))
    return found


def fit(points, onto):
    """The rotation and shift of least squares."""
    a, b = points.mean(0), onto.mean(0)
    u, _, v = numpy.linalg.svd((points - a).T @ (onto - b))
    turn = v.T @ numpy.diag([1, 1, numpy.sign(numpy.linalg.det(v.T @ u.T))]) @ u.T
    return turn, b - turn @ a


def rmsd(points, onto, by):
    return numpy.sqrt(((points @ by[0].T + by[1] - onto) ** 2).sum(1).mean())


def dockq(native, pose):
    """fnat, irmsd, lrmsd, dockq of two (receptor, ligand)."""
    contacts = close_residues(*native, 5)
    fnat = len(contacts & close_residues(*pose, 5)) / len(contacts)
    near = close_residues(*native, 10)
    interface = {residue for pair in near for residue in pair}
    pairs = [[(n.xyz[i], p.xyz[p.place[key]], key[:2] in interface)
              for i, key in enumerate(n.keys) if key[2] in BACKBONE and key in p.place]
             for n, p in zip(native, pose)]
    receptor, ligand = ([numpy.array([pair[k] for pair in one]) for k in (0, 1)] for one in pairs)
    both = [numpy.array([pair[k] for one in pairs for pair in one if pair[2]]) for k in (0, 1)]
    irmsd = rmsd(both[1], both[0], fit(both[1], both[0]))
    lrmsd = rmsd(ligand[1], ligand[0], fit(receptor[1], receptor[0]))
    return fnat, irmsd, lrmsd, (fnat + 1 / (1 + (irmsd / 1.5) ** 2) + 1 / (1 + (lrmsd / 8.5) ** 2)) / 3


def read_atoms(path):
    with gzip.open(path, "rt") as file:
        return [(line[12:16].strip(), line[17:20], line[21], int(line[22:26]),
                 float(line[30:38]), float(line[38:46]), float(line[46:54]))
                for line in file if line.startswith("ATOM") and line[12:14].strip()[0] != "H"]


def models_text(poses):
    return "".join(f"MODEL     {k}\n" + pdb_text(atoms).replace("END\n", "ENDMDL\n")
                   for k, atoms in enumerate(poses, 1))


class Docking(ProgramTest):
    def setUp(self):
        super().setUp()
        for seed in range(3):
            self.write(f"set/{seed}.pdb", pdb_text(random_atoms(seed, "AB")))
        self.run_program("build", "set", "-o", "p.h5", "--types", "residue-ca", "--separations", "inter",
                         "-q")

    def labels(self, *words):
        self.run_program("evaluate", "p.h5", *words, "--label", "dockq", "--per-model", "m.tsv",
                         "--bootstrap", "0", "-q")
        with open(self.path("m.tsv")) as file:
            return {row["model"].split("#")[-1]: row for row in csv.DictReader(file, delimiter="\t")}

    def assert_figures(self, row, expected, tolerances=(0.001,) * 4):
        for name, value, tolerance in zip(("fnat", "irmsd", "lrmsd", "dockq"), expected, tolerances):
            self.assertAlmostEqual(float(row[name]), value, delta=tolerance, msg=row["model"])

    def test_of_made_up_partners(self):
        receptor, ligand = random_atoms(1, "AB"), random_atoms(2, "C", "VAL LEU ALA SER LYS".split() * 4)
        self.write("bound.pdb", pdb_text(receptor + ligand))
        turns = [rotation((0.02 * k, -0.03 * k, 0.01 * k, 1)) for k in range(6)]
        poses = [receptor + moved(ligand, turn, numpy.array([0.3, -0.2, 0.6]) * k, "C")
                 for k, turn in enumerate(turns)]
        self.write("poses.pdb", models_text(poses))
        found = self.labels("--native", "bound.pdb", "--between", "A,B:C", "poses.pdb")
        split = lambda atoms: [Partner([a for a in atoms if a[2] in part]) for part in ("AB", "C")]
        for k, pose in enumerate(poses[1:], 2):  # the first is the native itself
            self.assert_figures(found[str(k)], dockq(split(receptor + ligand), split(pose)))
        self.assertNotIn("1", found)

    def test_partners_are_named(self):
        self.write("bound.pdb", pdb_text(random_atoms(1, "AB")))
        done = self.run_program("evaluate", "p.h5", "--native", "bound.pdb", "bound.pdb", "--label",
                                "dockq", status=2)
        self.assert_one_line(done, "dockq", "partners")
        done = self.run_program("evaluate", "p.h5", "--native", "bound.pdb", "bound.pdb", "--label",
                                "dockq", "--between", "A:C", status=1)
        self.assert_one_line(done, "bound.pdb", "chain")

    def test_real_poses(self):
        folder = self.real("docking")
        for target in TARGETS:
            home = os.path.join(folder, target)
            bound = read_atoms(home + "/bound.pdb.gz")
            native = [Partner([a for a in bound if a[2] == chain]) for chain in "AB"]
            receptor = [(a[0], a[1], "A", *a[3:]) for a in read_atoms(home + "/receptor.pdb.gz")]
            ligand = read_atoms(home + "/ligand.pdb.gz")
            with open(home + "/poses.tsv") as file:
                # Pose 17 of 1M10 has a contact that is 5 Å to the last digit.
                rows = list(csv.DictReader(file, delimiter="\t"))[2::4]
            poses = [moved(ligand, rotation([float(row["q" + c]) for c in "xyzw"]),
                           [float(row["t" + c]) for c in "xyz"], "B") for row in rows]
            self.write(f"t/{target}/models/poses.pdb", models_text([receptor + pose for pose in poses]))
            with open(home + "/bound.pdb.gz", "rb") as file, \
                    open(self.path(f"t/{target}/native.pdb.gz"), "wb") as copy:
                copy.write(file.read())
            self.write(f"t/{target}/partners.txt", "receptor A\nligand B\n")
            found = self.labels("--native", f"t/{target}/native.pdb.gz", "--between", "A:B",
                                f"t/{target}/models")
            self.assertEqual(len(found), len(rows))
            for k, row in enumerate(rows):
                given = [float(row[name]) for name in ("fnat", "irmsd", "lrmsd", "dockq")]
                self.assert_figures(found[str(k + 1)], given, (0.01, 0.05, 0.05, 0.01))
                if k % 10 == 0:
                    mine = dockq(native, [Partner(receptor), Partner(poses[k])])
                    self.assert_figures(found[str(k + 1)], mine)
        done = self.run_program("evaluate", "p.h5", "--targets", "t", "--label", "dockq", "--format",
                                "tsv", "--bootstrap", "0", "-q")
        *targets, mean = csv.DictReader(io.StringIO(done.stdout), delimiter="\t")
        self.assertEqual([row["target"] for row in targets], list(TARGETS))
        for n in (1, 5, 10, 100):
            values = [float(row[f"success_{n}"]) for row in targets]
            self.assertLessEqual(set(values), {0.0, 1.0})
            self.assertAlmostEqual(float(mean[f"success_{n}"]), sum(values) / 2)


if __name__ == "__main__":
    unittest.main()
