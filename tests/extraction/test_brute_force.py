"""Counts of the program against a brute force over every pair, in each cell.

Needs the real data (POTENTIAL_TEST_DATA), NumPy, h5py and Gemmi's Python module; skipped without.
One file in six of the large folders, and none above 5 MB; all with POTENTIAL_BRUTE_FORCE=all.
"""

import glob
import os
import subprocess
import sys
import tempfile
import unittest

DATA = os.environ.get("POTENTIAL_TEST_DATA", "")
try:
    import gemmi  # noqa: F401
    import h5py
    import numpy as np

    import brute_force_structures as structures
    MISSING = "" if DATA else "POTENTIAL_TEST_DATA does not name a folder"
except ImportError as error:
    MISSING = str(error)

CLASSES = ("1", "2", "3-4", "5-8", "9-20", "21+", "inter")
FIRST_STEPS = (1, 2, 3, 5, 9, 21)
EDGES = [0] + list(range(3, 21))
BINS = len(EDGES) - 1
ROWS_AT_ONCE = 256
MODIFIED = ("1EVV", "1FIR", "2OEU", "4RGE")  # tRNA with PSU, H2U, YG; DC or DU in RNA
ALL = os.environ.get("POTENTIAL_BRUTE_FORCE") == "all"
STEP = 1 if ALL else 6


def count(sites, types):
    """Pairs of sites by class, pair of types and bin: a flat array."""
    table = np.asarray(sites, dtype=np.int64).reshape(-1, 7)
    table = table[np.argsort(table[:, 4], kind="stable")]  # by x, to leave out far pairs
    kind, residue, chain, position, x, y, z = table.T
    squares = np.asarray([(1000 * edge) ** 2 for edge in EDGES], dtype=np.int64)
    pairs = types * (types + 1) // 2
    total = np.zeros(len(CLASSES) * pairs * BINS, dtype=np.int64)
    reach = 1000 * EDGES[-1]
    for begin in range(0, len(table), ROWS_AT_ONCE):
        end = min(begin + ROWS_AT_ONCE, len(table))
        far = np.searchsorted(x, x[end - 1] + reach, side="right")
        i, j = np.triu_indices(end - begin, 1, far - begin)
        i, j = i + begin, j + begin
        distance = (x[i] - x[j]) ** 2
        distance += (y[i] - y[j]) ** 2
        distance += (z[i] - z[j]) ** 2
        near = (distance < squares[-1]) & (residue[i] != residue[j])
        i, j, distance = i[near], j[near], distance[near]
        steps = np.abs(position[i] - position[j])
        of_class = np.searchsorted(FIRST_STEPS, steps, side="right") - 1
        of_class[chain[i] != chain[j]] = CLASSES.index("inter")
        low, high = np.minimum(kind[i], kind[j]), np.maximum(kind[i], kind[j])
        pair = low * types - low * (low - 1) // 2 + high - low
        in_bin = np.searchsorted(squares, distance, side="right") - 1
        total += np.bincount((of_class * pairs + pair) * BINS + in_bin, minlength=len(total))
    return total


@unittest.skipIf(MISSING, MISSING)
class BruteForce(unittest.TestCase):
    def compare(self, inputs, whole, scheme="heavy-atom"):
        """@param whole  every file must be taken and compared"""
        source = os.environ["POTENTIAL_SOURCE_DIR"]
        names = structures.Names(source) if scheme == "heavy-atom" else \
            structures.NucleicNames(source, scheme)
        sites, left_out = {}, []
        for path in inputs:
            try:
                sites[path] = structures.read_sites(path, names)
            except structures.NotCompared as reason:
                left_out.append(f"{path}: {reason}")
            except structures.NotTaken:
                sites[path] = None
        taken, skipped, histograms, counts = self.extract(sites, scheme)
        if whole:
            self.assertEqual(left_out + skipped, [])
        types = len(names.types)
        expected = np.zeros(counts.size, dtype=np.int64)
        for name, histogram in zip(taken, histograms):
            self.assertIsNotNone(sites[name.split("#")[0]], name)
            own = count(sites[name.split("#")[0]], types)
            by_class = own.reshape(len(CLASSES), -1, BINS).sum(axis=1)
            self.assertEqual(by_class.tolist(), histogram.tolist(), name)
            expected += own
        different = np.flatnonzero(expected != counts.ravel())
        self.assertEqual(different.size, 0, different[:5])
        print(f"{len(taken)} structures, {expected.sum()} pairs, all cells equal; "
              f"{len(skipped)} skipped by the program; not compared: {left_out}", file=sys.stderr)

    def test_mmcif_by_gemmi(self):
        """A chain that goes on behind a TER is the same structure in both formats."""
        for name in ("1eaf", "1tbge"):
            pdb = os.path.join(DATA, "train", f"{name}.pdb.gz")
            structure = gemmi.read_pdb(pdb, max_line_length=72)
            structure.setup_entities()
            with tempfile.TemporaryDirectory() as folder:
                cif = os.path.join(folder, f"{name}.cif")
                structure.make_mmcif_document().write_file(cif)
                taken, skipped, _, _ = self.extract([pdb, cif])
                self.assertEqual(sorted(taken + skipped), sorted([pdb, cif]))
                self.assertEqual(len(taken), 1)

    def extract(self, inputs, scheme="heavy-atom"):
        """Names taken and skipped, histograms and counts of the program."""
        with tempfile.TemporaryDirectory() as folder:
            output = os.path.join(folder, "counts.h5")
            subprocess.run([os.environ["POTENTIAL_PROGRAM"], "extract", "-q", "-",
                            "--types", scheme, "--separations", ",".join(CLASSES), "-o", output],
                           input="\n".join(inputs), text=True, check=True)
            with h5py.File(output) as file:
                names = [[name.decode() for name in file[of][:]]
                         for of in ("/structures/id", "/skipped/id")]
                return (*names, file["/structures/pair_histogram"][:], file["/counts"][:])

    def files(self, *patterns):
        paths = {path for pattern in patterns for path in glob.glob(os.path.join(DATA, pattern))}
        return sorted(path for path in paths if ALL or os.path.getsize(path) < 5_000_000)

    def test_training_chains(self):
        odd = self.files("train/1eaf*", "train/1tbge*", "train/2lbd*", "train/1rss*", "train/1klo*")
        self.compare(sorted({*self.files("train/*.pdb.gz")[::STEP], *odd}), True)

    def test_rna(self):
        """Some 20 files, those with modified nucleotides among them."""
        files = self.files("rna/train/*.pdb.gz")
        chosen = sorted({*files[::11], *self.files(*[f"rna/train/{name}*" for name in MODIFIED])})
        for scheme in ("rna-3", "rna-4", "rna-heavy-atom"):
            self.compare(chosen, True, scheme)

    def test_natives(self):
        self.compare(self.files("decoys/*/native.pdb"), True)

    def test_complexes(self):
        self.compare(self.files("complexes/*.pdb.gz")[::STEP], True)

    def test_files_of_other_programs(self):
        endings = ("pdb", "ent", "cif", "pdb.gz", "cif.gz")
        self.compare(self.files(*[f"parsers/{folder}/*.{ending}" for ending in endings
                                  for folder in ("*", "*/*")]), False)


if __name__ == "__main__":
    unittest.main()
