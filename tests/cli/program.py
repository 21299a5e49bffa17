"""Runs the program as a user would, each test in an empty folder of its own."""

import gzip
import hashlib
import os
import random
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["POTENTIAL_PROGRAM"]
SOURCE = os.environ["POTENTIAL_SOURCE_DIR"]
REAL_DATA = os.environ.get("POTENTIAL_TEST_DATA", "")

SEQUENCE = ("MET ALA GLY SER LEU LYS GLU TRP PHE GLY CYS ALA VAL THR ASP HIS ILE PRO "
            "GLN ASN ARG TYR").split()


class ProgramTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="potential_cli_")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def run_program(self, *words, status=0, input=None, env=None):
        """Runs `potential WORDS...`; @returns the finished process with text output."""
        environment = {**os.environ, **(env or {})}
        done = subprocess.run([PROGRAM, *map(str, words)], cwd=self.folder, input=input,
                              capture_output=True, text=True, timeout=300, env=environment)
        self.assertEqual(done.returncode, status,
                         f"potential {' '.join(map(str, words))}\n{done.stdout}\n{done.stderr}")
        return done

    def assert_one_line(self, done, *parts):
        """One error line on stderr that says all of parts; nothing on stdout."""
        lines = [line for line in done.stderr.splitlines() if "potential: error: " in line]
        self.assertEqual(len(lines), 1, done.stderr)
        self.assertEqual(done.stdout, "")
        for part in parts:
            self.assertIn(part, lines[0])

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        os.makedirs(os.path.dirname(self.path(name)) or ".", exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        opener = gzip.open if name.endswith(".gz") else open
        with opener(self.path(name), "wb") as file:
            file.write(data)
        return name

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def claim_a_long_chain(self, name):
        """Counts whose training with rw takes minutes: a chain of 60 million residues."""
        import h5py
        with h5py.File(self.path(name), "r+", libver=("v110", "v110")) as file:
            file["structures/chain_length"][0] = 60_000_000
            chains = file["structures/chains"][0]
            file["structures/residues"][0] = file["structures/chain_length"][:chains].sum()
        self.sign(name)

    def sign(self, name):
        """Puts the digest in the first block of a changed HDF5 file right again."""
        data = self.read(name)
        kind, _, _, *rest = data[:512].decode().rstrip("\n").split("\n")
        lines = [kind, "sha256 " + hashlib.sha256(data[512:]).hexdigest(), f"size {len(data)}", *rest]
        with open(self.path(name), "wb") as file:
            file.write("\n".join(lines).ljust(512, "\n").encode() + data[512:])

    def files(self):
        return sorted(os.listdir(self.folder))

    def real(self, name):
        if not REAL_DATA:
            self.skipTest("POTENTIAL_TEST_DATA does not name a folder of data")
        return os.path.join(REAL_DATA, name)


def random_atoms(seed, chains="A", sequence=SEQUENCE):
    """Atoms (name, residue, chain, number, x, y, z): a made-up bonded chain each."""
    rng = random.Random(seed)
    atoms = []
    for chain in chains:
        x, y, z = (rng.uniform(-10, 10) for _ in range(3))
        for number, residue in enumerate(sequence, 1):
            noise = lambda: rng.uniform(-0.05, 0.05)
            atoms.append(("N", residue, chain, number, x, y, z))
            atoms.append(("CA", residue, chain, number, x + 1.46, y + noise(), z))
            atoms.append(("C", residue, chain, number, x + 2.0, y + 1.4, z))
            atoms.append(("O", residue, chain, number, x + 1.3, y + 2.4, z + noise()))
            if residue != "GLY":
                atoms.append(("CB", residue, chain, number, x + 2.0, y - 0.8, z + 1.2))
            x, y, z = x + 3.0, y + 1.4 + rng.choice((-0.7, 0.7)), z + rng.uniform(-0.3, 0.3)
            if rng.random() < 0.3:  # turns, so that the chain meets itself
                x -= 12
    return [(n, r, c, i, round(x, 3), round(y, 3), round(z, 3)) for n, r, c, i, x, y, z in atoms]


def pdb_text(atoms):
    lines = []
    for serial, (name, residue, chain, number, x, y, z) in enumerate(atoms, 1):
        if lines and chain != atoms[serial - 2][2]:
            lines.append("TER")
        lines.append(f"ATOM  {serial:5d}  {name:<3s} {residue:>3s} {chain}{number:4d}    "
                     f"{x:8.3f}{y:8.3f}{z:8.3f}  1.00 20.00")
    return "\n".join(lines) + "\nTER\nEND\n"


def cif_text(atoms):
    tags = ("group_PDB id type_symbol label_atom_id label_alt_id label_comp_id label_asym_id "
            "label_entity_id label_seq_id pdbx_PDB_ins_code Cartn_x Cartn_y Cartn_z occupancy "
            "B_iso_or_equiv auth_seq_id auth_asym_id pdbx_PDB_model_num").split()
    lines = ["data_x", "loop_"] + ["_atom_site." + tag for tag in tags]
    for serial, (name, residue, chain, number, x, y, z) in enumerate(atoms, 1):
        entity = "ABCDEFGH".index(chain) + 1
        lines.append(f"ATOM {serial} {name[0]} {name} . {residue} {chain}x {entity} {number} ? "
                     f"{x:.3f} {y:.3f} {z:.3f} 1.00 20.00 {number} {chain} 1")
    return "\n".join(lines) + "\n"


def pdb(seed, chains="A"):
    return pdb_text(random_atoms(seed, chains))
