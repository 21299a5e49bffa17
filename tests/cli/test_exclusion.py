"""What extract leaves out: by name, by sequence, by pLDDT."""

import unittest

from program import SEQUENCE, ProgramTest, pdb, pdb_text, random_atoms

OTHER = "TRP CYS HIS TYR PRO TRP ASN PHE MET GLN ILE ARG LYS THR VAL ASP GLU LEU SER ALA".split()
LETTERS = "MAGSLKEWFGCAVTDHIPQNRY"


class Exclusion(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("set/1abc.pdb", pdb(1))
        self.write("set/2abc.pdb", pdb(2))
        self.write("set/3abc.pdb", pdb_text(random_atoms(3, sequence=OTHER)))

    def extract(self, *words, status=0):
        return self.run_program("extract", "set", "-o", "c.h5", "--types", "residue-cb", *words,
                                status=status)

    def used(self, done):
        """The inputs that nothing was said of as being skipped."""
        return [name for name in ("1abc", "2abc", "3abc")
                if f"set/{name}.pdb: skipped" not in done.stderr]

    def test_names_in_capitals_and_with_other_extensions(self):
        done = self.extract("--exclude", self.write("list", "1ABC\n2Abc.cif\n9abc\n"))
        self.assertEqual(self.used(done), ["3abc"])
        self.assertIn("exclusion list: 2 of its 3 names leave out 2 structures; the first that is of "
                      "no input is '9abc'", done.stderr)

    def test_a_list_that_matches_nothing_leaves_no_output(self):
        self.write("list", "8abc\n9abc\n")
        done = self.extract("--exclude", "list", status=1)
        self.assert_one_line(done, "exclusion list", "none of its 2 names", "'8abc'")
        self.assertNotIn("c.h5", self.files())
        self.extract("--exclude", "list", "--shard", "1/2")

    def test_a_structure_in_place_of_the_list(self):
        self.assert_one_line(self.extract("--exclude", "set/1abc.pdb", status=1),
                             "set/1abc.pdb", "structure file, not a list")
        self.write("x.fasta", ">a\nMKV\n")
        self.assert_one_line(self.extract("--exclude", "x.fasta", status=1),
                             "x.fasta", "--exclude-similar")

    def test_similar_sequences_are_left_out_and_named(self):
        mutated = "".join("G" if i % 3 == 2 else c for i, c in enumerate(LETTERS))  # 16 of 22
        fasta = self.write("x.fasta", f">query one\n{mutated}\n")
        self.write("targets/native.pdb", pdb(7))
        for given in (fasta, "targets", "targets/native.pdb"):
            with self.subTest(given):
                done = self.extract("--exclude-similar", given)
                self.assertEqual(self.used(done), ["3abc"])
                name = "query" if given == fasta else "targets/native.pdb:A"
                self.assertIn(f"set/1abc.pdb: skipped: similar to {name} (chain A: ", done.stderr)
        done = self.extract("--exclude-similar", fasta, "--identity", "90")
        self.assertEqual(self.used(done), ["1abc", "2abc", "3abc"])

    def test_only_who_aligns_needs_the_library_that_does(self):
        for name in ("libparasail.so.8", "libparasail.so"):
            self.write(f"broken/{name}", "no library")
        broken = {"LD_LIBRARY_PATH": self.path("broken")}
        self.run_program("extract", "set", "-o", "c.h5", "--types", "residue-cb", env=broken)
        done = self.run_program("extract", "set", "-o", "d.h5", "--types", "residue-cb",
                                "--exclude-similar", self.write("x.fasta", f">query\n{LETTERS}\n"),
                                env=broken, status=1)
        self.assert_one_line(done, "cannot align sequences", "libparasail.so.8")
        self.assertNotIn("d.h5", self.files())

    def test_going_on_wants_the_same_sequences(self):
        fasta = self.write("x.fasta", f">query\n{LETTERS}\n")
        self.extract("--exclude-similar", fasta)
        before = self.read("c.h5")
        self.write("same.fasta", f">query renamed\n{LETTERS[:10]}\n{LETTERS[10:].lower()}\n")
        self.extract("--exclude-similar", "same.fasta", "--append")
        self.assertEqual(self.read("c.h5"), before)
        for words in ([], ["--exclude-similar", fasta, "--identity", "50"],
                      ["--exclude-similar", self.write("y.fasta", f">query\n{LETTERS}K\n")]):
            done = self.extract(*words, "--append", status=2)
            self.assert_one_line(done, "c.h5", "exclude-similar")

    def test_what_is_no_set_of_sequences_is_refused(self):
        for words, status, part in ((["--exclude-similar", "missing.fasta"], 1, "missing.fasta"),
                                    (["--exclude-similar", "x", "--identity", "0"], 2, "identity"),
                                    (["--exclude-similar", "x", "--identity", "101"], 2, "identity"),
                                    (["--identity", "30"], 2, "--exclude-similar"),
                                    (["--exclude-similar", "dna"], 1, "nucleic acid")):
            self.write("x", f">query\n{LETTERS}\n")
            self.write("dna", ">gene\n" + 10 * "ACGT" + "\n")
            with self.subTest(words):
                self.assert_one_line(self.extract(*words, status=status), part)


class Plddt(ProgramTest):
    """All atoms have a B-factor of 20."""

    def sites(self, text, *words):
        self.write("x.pdb", text)
        done = self.run_program("extract", "x.pdb", "-o", "c.h5", "--types", "residue-ca",
                                "--min-plddt", "30", *words)
        self.assertIn("c.h5", self.files())
        return done.stderr

    def test_only_predictions_lose_residues(self):
        self.assertIn("x.pdb: no residue left out by pLDDT", self.sites(pdb(1)))
        low = pdb_text(random_atoms(1, "B")).replace(" 20.00", " 40.00", 3 * len(SEQUENCE))
        for text, words in (("TITLE     ALPHAFOLD MONOMER V2.0 PREDICTION FOR X\n" + low, []),
                            (low, ["--bfactor-is-plddt"])):
            said = self.sites(text, *words)
            self.assertIn("below pLDDT 30", said)
            self.assertNotIn("no residue left out", said)

    def test_the_choice_is_kept_with_the_counts(self):
        low = pdb(1).replace(" 20.00", " 40.00")
        self.sites(low, "--bfactor-is-plddt")
        done = self.run_program("extract", "x.pdb", "-o", "c.h5", "--types", "residue-ca",
                                "--min-plddt", "30", "--append", status=2)
        self.assert_one_line(done, "c.h5", "bfactor-is-plddt")


if __name__ == "__main__":
    unittest.main()
