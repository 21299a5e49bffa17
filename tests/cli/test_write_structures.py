"""score --write-structures: scores in the B-factor column, everything else untouched."""

import csv
import gzip
import io
import os
import re
import shutil
import tarfile
import unittest

from program import ProgramTest, cif_text, pdb, pdb_text, random_atoms

try:
    import gemmi
except ImportError:
    gemmi = None
try:
    from Bio.PDB import MMCIFParser, PDBParser
except ImportError:
    PDBParser = None

HEADER = ("HEADER    HYDROLASE                               01-JAN-90   1ABC              1ABC   3\n"
          "REMARK   2 RESOLUTION. 2.00 ANGSTROMS.\n")
LIGAND = ("HETATM 9001 ZN    ZN A 901      10.000  10.000  10.000  1.00 99.99          ZN\n"
          "HETATM 9002  O   HOH A 902      12.000  10.000  10.000  1.00 88.88           O\n"
          "CONECT 9001 9002\n")


def decorated(seed):
    """A PDB file with headers, an alternative, ANISOU, a ligand and water."""
    lines = pdb(seed, "AB").splitlines(keepends=True)
    atom = lines[10]
    anisou = "ANISOU" + atom[6:28] + "    100    200    300     10     20     30\n"
    alternative = atom[:16] + "B" + atom[17:54] + "  0.40 20.00\n"
    return (HEADER + "".join(lines[:10]) + atom[:16] + "A" + atom[17:] + anisou + alternative +
            "".join(lines[11:-1]) + LIGAND + "END\n")


class WriteStructures(ProgramTest):
    def setUp(self):
        super().setUp()
        for i in range(5):
            self.write(f"set/s{i}.pdb", pdb(i, "AB"))
        self.run_program("build", "set", "-o", "p.h5", "-q")

    def score(self, *words, status=0):
        return self.run_program("score", "p.h5", *words, "--write-structures", "out",
                                "--per-residue", "residues.tsv", status=status)

    def residue_scores(self):
        """(model, chain, residue number, name) -> score"""
        rows = csv.DictReader(io.StringIO(self.read("residues.tsv").decode()), delimiter="\t")
        return {(row["model"], row["chain"], row["residue"], row["name"]): float(row["score"])
                for row in rows}

    def test_it_says_from_which_score_to_which_to_colour(self):
        """Percentiles of what was written: no residue without a colour of its own, few at the ends."""
        for i in range(4):
            self.write(f"m/{i}.pdb", pdb(20 + i, "AB"))
        done = self.score("m")
        found = re.search(r"^potential: info: out: colour from (\S+) to (\S+);", done.stderr, re.M)
        self.assertTrue(found, done.stderr)
        low, high = map(float, found.groups())
        values = list(self.residue_scores().values())
        for outside in ([v for v in values if v < low - 0.5], [v for v in values if v > high + 0.5]):
            self.assertLessEqual(len(outside), 0.03 * len(values))
        self.assertGreater(high - low, 0.5 * (max(values) - min(values)))
        self.assertEqual(self.score("m", "-q").stderr, "")

    def test_pdb_keeps_all_but_columns_61_to_66(self):
        for name, text in (("m/a.pdb", decorated(11)), ("m/b.ent", decorated(12).replace("\n", "\r\n")),
                           ("m/c.pdb.gz", decorated(13))):
            self.write(name, text)
        self.score("m")
        scores = self.residue_scores()
        self.assertEqual(sorted(os.listdir(self.path("out"))), ["a.pdb", "b.ent", "c.pdb.gz"])
        for name in ("a.pdb", "b.ent", "c.pdb.gz"):
            opener = gzip.open if name.endswith(".gz") else open
            with opener(self.path("m/" + name), "rb") as file:
                before = file.read().decode().splitlines(keepends=True)
            with opener(self.path("out/" + name), "rb") as file:
                after = file.read().decode().splitlines(keepends=True)
            self.assertEqual(len(before), len(after))
            for old, new in zip(before, after):
                if not old.startswith(("ATOM", "HETATM")):
                    self.assertEqual(old, new)
                    continue
                self.assertEqual(old[:60] + old[66:], new[:60] + new[66:])
                key = ("m/" + name, old[21].strip(), old[22:27].strip(), old[17:20].strip())
                self.assertRegex(new[60:66], r"^ *-?\d+(\.\d+)?$")
                self.assertAlmostEqual(float(new[60:66]), scores.get(key, 0.0), delta=0.0501)
                if old.startswith("HETATM"):
                    self.assertEqual(new[60:66], "  0.00")

    def test_every_score_arrives(self):
        self.write("a.pdb", decorated(11))
        self.score("a.pdb")
        written = {(line[21].strip(), line[22:26].strip()): float(line[60:66])
                   for line in self.read("out/a.pdb").decode().splitlines()
                   if line.startswith("ATOM")}
        scores = self.residue_scores()
        self.assertEqual(len(scores), 44)
        for (_, chain, residue, _), score in scores.items():
            self.assertAlmostEqual(written[chain, residue], score, delta=0.0501)
        self.assertGreater(len(set(written.values())), 20)

    def test_short_lines_are_filled(self):
        text = "".join(line[:54] + "\n" if line.startswith("ATOM") else line
                       for line in pdb(3).splitlines(keepends=True))
        self.write("short.pdb", text)
        self.score("short.pdb")
        for line in self.read("out/short.pdb").decode().splitlines():
            if line.startswith("ATOM"):
                self.assertEqual(len(line), 66)
                self.assertEqual(line[54:60], " " * 6)
                float(line[60:66])

    def test_mmcif_changes_nothing_else(self):
        text = cif_text(random_atoms(7, "AB"))
        text += ("# a comment\nloop_\n_x.B_iso_or_equiv\n_x.note\n20.00 'a b'\n30.00\n;text\n;\n")
        self.write("m.cif", text)
        self.score("m.cif")
        after = self.read("out/m.cif").decode()
        before_lines, after_lines = text.splitlines(), after.splitlines()
        self.assertEqual(len(before_lines), len(after_lines))
        scores = self.residue_scores()
        changed = 0
        for old, new in zip(before_lines, after_lines):
            if not old.startswith("ATOM "):
                self.assertEqual(old, new)
                continue
            old, new = old.split(" "), new.split(" ")
            self.assertEqual(old[:14] + old[15:], new[:14] + new[15:])
            self.assertAlmostEqual(float(new[14]), scores["m.cif", new[16], new[15], new[5]],
                                   delta=0.0051)
            changed += old[14] != new[14]
        self.assertGreater(changed, 100)

    def test_each_model_of_a_file_has_its_own_scores(self):
        parts = [pdb_text(random_atoms(seed, "A"))[:-4] for seed in (1, 2)]
        self.write("two.pdb", "".join(f"MODEL     {k:4d}\n{part}ENDMDL\n"
                                      for k, part in enumerate(parts, 1)) + "END\n")
        self.score("two.pdb")
        scores = self.residue_scores()
        model = 0
        for line in self.read("out/two.pdb").decode().splitlines():
            model += line.startswith("MODEL")
            if line.startswith("ATOM"):
                key = (f"two.pdb#{model}", "A", line[22:26].strip(), line[17:20])
                self.assertAlmostEqual(float(line[60:66]), scores[key], delta=0.0501)
        self.assertEqual(model, 2)

    def test_two_chains_of_one_name_and_number(self):
        atoms = random_atoms(5, "AB")
        text = pdb_text(atoms)
        self.write("blank.pdb", re.sub(r"(?m)^(ATOM.{17})[AB]", r"\1 ", text))
        self.write("named.pdb", text)
        self.score("blank.pdb", "named.pdb")
        column = lambda name: [line[60:66] for line in self.read(name).decode().splitlines()
                               if line.startswith("ATOM")]
        self.assertEqual(column("out/blank.pdb"), column("out/named.pdb"))

    def test_archives_lists_and_names_that_lead_elsewhere(self):
        with tarfile.open(self.path("x.tar"), "w") as archive:
            for name in ("m/a.pdb", "../../evil.pdb", "/abs.pdb"):
                data = pdb(4).encode()
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        self.write("a.pdb", pdb(5))
        self.write("list", "x.tar\n./a.pdb\n")
        self.score("@list")
        found = sorted(os.path.relpath(os.path.join(folder, name), self.path("out"))
                       for folder, _, names in os.walk(self.path("out")) for name in names)
        self.assertEqual(len(found), 4, found)
        self.assertIn("x.tar/m/a.pdb", found)
        self.assertIn("a.pdb", found)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "..", "evil.pdb")))
        self.assertFalse(any(".." in name for name in found))

    def test_inputs_are_never_replaced(self):
        self.write("m/a.pdb", pdb(5))
        before = self.read("m/a.pdb")
        done = self.run_program("score", "p.h5", "m", "--write-structures", "m", status=2)
        self.assert_one_line(done, "m", "--write-structures", "another folder")
        self.assertEqual(self.read("m/a.pdb"), before)
        # Inside of an input, and around one.
        self.write("m/deep/a.pdb", pdb(6))
        for words in (["m", "--write-structures", "m/deep"],
                      ["m/deep/a.pdb", "--write-structures", "m"]):
            self.assert_one_line(self.run_program("score", "p.h5", *words, status=2), "overlaps")
        self.assertEqual(self.read("m/a.pdb"), before)

    def test_other_files_of_the_run_are_never_replaced(self):
        self.write("m/a.pdb", pdb(5))
        self.write("m/b.pdb", pdb(6))
        os.mkdir(self.path("w"))
        shutil.copy(self.path("p.h5"), self.path("w/a.pdb"))
        self.write("w/b.pdb", "an older table")
        before = {name: self.read(name) for name in ("w/a.pdb", "w/b.pdb")}
        for words in (["w/a.pdb", "m/a.pdb"],
                      ["p.h5", "m/b.pdb", "-o", "w/b.pdb"],
                      ["p.h5", "m/b.pdb", "--per-residue", "./w/b.pdb"],
                      ["p.h5", "m/b.pdb", "-o", "new.tsv", "--per-residue", "w/../w/b.pdb"]):
            with self.subTest(words=words):
                done = self.run_program("score", *words, "--write-structures", "w", "-q", status=2)
                self.assert_one_line(done, "w/", "another folder")
                for name, data in before.items():
                    self.assertEqual(self.read(name), data)

    def test_two_models_of_one_name_are_refused(self):
        with tarfile.open(self.path("x.tar"), "w") as archive:
            for name, seed in (("a.pdb", 1), ("./a.pdb", 2)):
                data = pdb(seed).encode()
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        self.assert_one_line(self.score("x.tar", status=2), "out/a.pdb", "x.tar:a.pdb")

    def test_a_cif_without_the_column_is_told(self):
        text = cif_text(random_atoms(7)).replace("_atom_site.B_iso_or_equiv\n", "")
        self.write("m.cif", text.replace(" 1.00 20.00 ", " 1.00 "))
        self.assert_one_line(self.score("m.cif", status=1), "m.cif", "B_iso_or_equiv")

    @unittest.skipIf(gemmi is None, "python3-gemmi is not installed")
    def test_gemmi_reads_the_scores(self):
        self.write("m/a.pdb", decorated(11))
        self.write("m/b.cif", cif_text(random_atoms(8, "AB")))
        self.score("m")
        scores = self.residue_scores()
        for name in ("a.pdb", "b.cif"):
            # The header's identifiers in columns 73-80 stop Gemmi's default.
            read = (gemmi.read_structure if name.endswith(".cif") else
                    lambda path: gemmi.read_pdb(path, max_line_length=72))
            old, new = read(self.path("m/" + name)), read(self.path("out/" + name))
            atoms = lambda s: [(c.name, str(r.seqid), r.name, a.name, a.altloc, a.pos.tolist(), a.occ)
                               for c in s[0] for r in c for a in r]
            self.assertEqual(atoms(old), atoms(new))
            for chain in new[0]:
                for residue in chain:
                    score = scores.get(("m/" + name, chain.name, str(residue.seqid), residue.name), 0)
                    for atom in residue:
                        self.assertAlmostEqual(atom.b_iso, score, delta=0.0501)

    @unittest.skipIf(PDBParser is None, "python3-biopython is not installed")
    def test_biopython_reads_the_scores(self):
        self.write("m/a.pdb", decorated(11))
        self.write("m/b.cif", cif_text(random_atoms(8, "AB")))
        self.score("m")
        scores = self.residue_scores()
        for name, parser in (("a.pdb", PDBParser(QUIET=True)), ("b.cif", MMCIFParser(QUIET=True))):
            seen = 0
            for atom in parser.get_structure("x", self.path("out/" + name)).get_atoms():
                residue = atom.get_parent()
                key = ("m/" + name, residue.get_parent().id, str(residue.id[1]), residue.resname)
                self.assertAlmostEqual(atom.bfactor, scores.get(key, 0.0), delta=0.0501)
                seen += key in scores
            self.assertGreater(seen, 100)


if __name__ == "__main__":
    unittest.main()
