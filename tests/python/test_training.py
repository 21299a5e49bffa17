"""Extraction, merging and training give the bytes that the program gives."""

import unittest
from pathlib import Path

import numpy as np

from module import ModuleTest, pdb, pdb_text, potential, random_atoms

STATES = potential.reference_states()


class Extraction(ModuleTest):
    def setUp(self):
        super().setUp()
        self.write_set()

    def same_file(self, counts, *words):
        self.run_program("extract", *words, "-o", "program.h5", "-q")
        counts.save("module.h5")
        self.assertEqual(self.read("module.h5"), self.read("program.h5"), words)

    def test_counts_are_those_of_the_program(self):
        for threads in (1, 2, 0):
            self.same_file(potential.extract("set", threads=threads), "set")
        self.same_file(potential.extract(["set/s1.pdb", "set/s0.pdb"], types="residue-cb", bins="half",
                                         separations=["1", "2+", "inter"]),
                       "set/s0.pdb", "set/s1.pdb", "--types", "residue-cb", "--bins", "half",
                       "--separations", "1,2+,inter")
        self.same_file(potential.extract("set", bins=[0, 3.5, 5, 8.125], separations="4+",
                                         shard=(1, 2), exclude=["s0"]),
                       "set", "--bins", "0,3.5,5,8.125", "--separations", "4+", "--shard", "1/2",
                       "--exclude", self.write("not.txt", "s0\n"))

    def test_what_is_left_out_may_be_given_as_paths(self):
        with_one_out = potential.extract("set", exclude=["S0"], warn=lambda line: None)
        self.write("not.txt", "s0.cif\n")
        for exclude in ("not.txt", Path("not.txt"), [Path("set/s0.pdb")], ["set/s0.pdb"]):
            lines = []
            counts = potential.extract("set", exclude=exclude, warn=lines.append)
            np.testing.assert_array_equal(counts.counts, with_one_out.counts)
            self.assertIn("exclusion list: 1 of its 1 name leaves out 1 structure", lines)
        with self.assertRaises(potential.Error):
            potential.extract("set", exclude=["s9"])

    def test_similar_structures_are_left_out(self):
        self.write("x.fasta", ">query\nMAGSLKEWFGCAVTDHIPQNRY\n")
        self.write("set/other.pdb", pdb_text(random_atoms(5, sequence=["TRP", "CYS"] * 10)))
        for similar in ("x.fasta", Path("x.fasta"), ["set/s0.pdb", Path("set/s1.pdb")]):
            lines = []
            counts = potential.extract("set", exclude_similar=similar, identity=90,
                                       warn=lines.append)
            self.assertEqual([s.id for s in counts.structures], ["set/other.pdb"])
            self.assertEqual(len([line for line in lines if "similar to" in line]), 4)
        self.same_file(potential.extract("set", exclude_similar="x.fasta", warn=lines.append),
                       "set", "--exclude-similar", "x.fasta")
        with self.assertRaises(potential.UsageError):
            potential.extract("set", exclude_similar="x.fasta", identity=0)

    def test_b_factors_are_plddt_where_one_says_so(self):
        self.write("x.pdb", pdb(1).replace(" 20.00", " 60.00", 20))
        lines = []
        whole, = potential.read_models("x.pdb", min_plddt=50, warn=lines.append)
        self.assertIn("does not say that it is a prediction", whole.notes[0])
        part, = potential.read_models("x.pdb", min_plddt=50, bfactor_is_plddt=True)
        self.assertLess(len(part), len(whole))
        counts = potential.extract("x.pdb", min_plddt=50, bfactor_is_plddt=True, warn=lines.append)
        self.assertEqual(counts.structures[0].sites, len(part))

    def test_it_goes_on_from_earlier_counts(self):
        some = potential.extract(["set/s0.pdb", "set/s1.pdb"])
        self.same_file(potential.extract("set", earlier=some), "set")
        self.assertEqual(len(some.structures), 2)  # as it was

    def test_merging_and_subtracting(self):
        parts = [potential.extract("set", shard=(k, 3)) for k in (1, 2, 3)]
        whole = potential.extract("set")
        merged = potential.merge(parts)
        np.testing.assert_array_equal(merged.counts, whole.counts)
        np.testing.assert_array_equal(potential.subtract(merged, parts[0]).counts,
                                      potential.merge(parts[1:]).counts)
        with self.assertRaises(potential.UsageError):
            potential.merge([whole, parts[0]])
        doubled = potential.merge([whole, whole], allow_duplicates=True)
        np.testing.assert_array_equal(doubled.counts, 2 * whole.counts)


class Training(ModuleTest):
    def setUp(self):
        super().setUp()
        self.write_set(6)
        self.run_program("extract", "set", "--separations", "1-3,4+", "-o", "c.h5", "-q")
        self.counts = potential.open("c.h5")

    def same_file(self, table, *words):
        self.run_program(*words, "-o", "program.h5", "-q")
        table.save("module.h5")
        self.assertEqual(self.read("module.h5"), self.read("program.h5"), words)

    def test_few_structures_are_said(self):
        with self.assertWarnsRegex(potential.InputWarning, "trained from 6 structures only"):
            potential.train(self.counts)

    def test_every_reference_state_gives_the_bytes_of_the_program(self):
        for state in STATES:
            self.same_file(potential.train(self.counts, reference=state),
                           "train", "c.h5", "--reference", state)

    def test_so_does_every_option(self):
        self.same_file(
            potential.train(self.counts, reference="dfire", pseudocount=0.5, smoothing="shrink:7",
                            pool=True, bins=[0, 3, 5, 9, 15, 20], cutoff=14,
                            alpha=1.57, normalize="residue", decimals=3),
            "train", "c.h5", "--reference", "dfire", "--pseudocount", "0.5", "--smoothing", "shrink:7",
            "--pool", "--bins", "0,3,5,9,15,20", "--cutoff", "14", "--alpha", "1.57", "--normalize",
            "residue", "--decimals", "3")
        self.same_file(potential.train(self.counts, reference="rw", kuhn_length=20),
                       "train", "c.h5", "--reference", "rw", "--kuhn-length", "20")

    def test_the_jackknife_and_combinations(self):
        groups = []
        for k in (1, 2, 3):
            self.run_program("extract", "set", "--shard", f"{k}/3", "-o", f"g{k}.h5", "-q")
            groups.append(potential.open(f"g{k}.h5"))
        self.same_file(potential.train_jackknife(groups),
                       "train", "--jackknife", "g1.h5", "g2.h5", "g3.h5")
        self.run_program("train", "c.h5", "-o", "a.h5")
        self.run_program("train", "c.h5", "--reference", "srs", "-o", "b.h5")
        parts = [potential.open("a.h5"), potential.open("b.h5")]
        self.same_file(potential.combine(parts, [2, 0.5]),
                       "combine", "a.h5", "b.h5", "--weights", "2,0.5", "--flat")
        weights = [2, "0.5-3/sqrt(N+1)"]
        terms = potential.combine(parts, weights, names=["a", "b"])
        self.same_file(terms, "combine", "a.h5", "b.h5", "--weights", "2,0.5-3/sqrt(N+1)")
        self.assertEqual(terms.terms, {"a": 2.0, "b": "0.5-3/sqrt(N+1)"})
        self.assertTrue((terms.term("b").scores == parts[1].scores).all())
        self.assertEqual(terms.training, parts[0].training)
        self.assertEqual(len(terms.training), terms.structures)
        with self.assertRaises(potential.UsageError):
            terms.term("c")
        self.same_file(potential.combine([potential.open("a.h5")], calibration=[1.3, 0.13, 0.8],
                                         residue_calibration=(1.1, 0.05, 0.06, 20, 1)),
                       "combine", "a.h5", "--calibration", "1.3,0.13,0.8",
                       "--residue-calibration", "1.1,0.05,0.06,20,1")
        with self.assertRaises(potential.UsageError):
            potential.combine([potential.open("a.h5")], calibration=[1.3, -0.13, 0.8])
        self.assertIsNone(potential.open("module.h5").counts)

    def test_a_bad_option_is_a_value_error_with_the_words_of_the_program(self):
        for option, value in (("reference", "best"), ("smoothing", "shrink:x"), ("normalize", "by"),
                              ("bins", "3,2")):
            with self.assertRaises(ValueError) as raised:
                potential.train(self.counts, **{option: value})
            self.assertIsInstance(raised.exception, potential.UsageError)
            done = self.run_program("train", "c.h5", f"--{option}", value, "-o", "x.h5", status=2)
            if "is none of" in done.stderr:  # a choice, which the program checks itself
                self.assertIn(f"option --{option}: '{value}'", done.stderr)
                self.assertIn(f"'{value}'", str(raised.exception))
                continue
            self.assertEqual(done.stderr, f"potential: error: {raised.exception}\n")
        for options in ({"pseudocount": -1}, {"alpha": 99}, {"decimals": -2}, {"kuhn_length": 38},
                        {"cutoff": float("nan")}, {"reference": "rw", "kuhn_length": 0}):
            with self.assertRaises(potential.UsageError):
                potential.train(self.counts, **options)

    def test_parameters_of_reference_states_are_keywords(self):
        table = potential.train(self.counts, reference="rw", kuhn_length=20)
        self.assertEqual(table.options["kuhn-length"], "20")
        standard = potential.train(self.counts, reference="rw", kuhn_length=None)
        np.testing.assert_array_equal(standard.scores, potential.train(self.counts, reference="rw").scores)
        for name in ("beta", "kuhn_lenght", "bin"):
            with self.assertRaisesRegex(TypeError, rf"train\(\) got an unexpected keyword argument '{name}'"):
                potential.train(self.counts, **{name: 1})
        with self.assertRaises(TypeError):
            potential.train(self.counts, reference="rw", kuhn_length="long")
        for name in ("alpha", "kuhn_length (Å)"):
            self.assertIn(f"\n{name}: of ", potential.train.__doc__)

    def test_the_reference_states_are_those_of_the_program(self):
        help = self.run_program("train", "--help").stdout
        self.assertIn("reference state: " + ", ".join(STATES[:-1]) + " or " + STATES[-1] + " [", help)
        self.assertLessEqual({"rapdf", "kbp", "dfire", "dope", "srs", "rw"}, set(STATES))


if __name__ == "__main__":
    unittest.main()
