"""Leave-out scoring, merge --subtract, train --jackknife, shuffle_z, worst pairs."""

import csv
import io
import unittest

from program import SEQUENCE, ProgramTest, pdb, pdb_text, random_atoms


def rows_of(tsv):
    return list(csv.DictReader(io.StringIO(tsv), delimiter="\t"))


class LeaveOut(ProgramTest):
    def structures(self, count):
        return [self.write(f"set/s{i}.pdb", pdb(i, "AB" if i % 2 else "A")) for i in range(count)]

    def score(self, *words):
        text = self.run_program("score", *words, "--format", "tsv", "-q").stdout
        return {row["model"]: row for row in rows_of(text)}

    def train(self, counts, output, *options):
        self.run_program("train", counts, "-o", output, *options)

    def test_equal_to_a_potential_trained_without_the_model(self):
        inputs = self.structures(5)
        other = self.write("other.pdb", pdb(77))
        layout = ["--separations", "1,2+,inter", "--bins", "half", "--types", "residue-cb"]
        self.run_program("extract", *inputs, "-o", "all.h5", *layout)
        self.run_program("extract", *inputs[:2], *inputs[3:], "-o", "rest.h5", *layout)
        recipes = [[], ["--reference", "srs", "--pool", "--smoothing", "shrink:5"],
                   ["--reference", "dfire", "--alpha", "1.57", "--normalize", "residue"],
                   ["--decimals", "2", "--bins", "0,3,5,8,12,20", "--normalize", "contact"],
                   ["--reference", "rw", "--kuhn-length", "20", "--cutoff", "12"]]
        for recipe in recipes:
            with self.subTest(recipe=recipe):
                self.train("all.h5", "all-p.h5", *recipe)
                self.train("rest.h5", "rest-p.h5", *recipe)
                left = self.score("all-p.h5", inputs[2], other, "--leave-out", "all.h5")
                self.assertEqual(left[inputs[2]]["score"],
                                 self.score("rest-p.h5", inputs[2])[inputs[2]]["score"])
                self.assertNotEqual(left[inputs[2]]["score"],
                                    self.score("all-p.h5", inputs[2])[inputs[2]]["score"])
                self.assertEqual(left[other]["score"],
                                 self.score("all-p.h5", other)[other]["score"])
                self.assertIn("left out", left[inputs[2]]["warnings"])
                self.assertNotIn("left out", left[other]["warnings"])

    def test_a_combined_potential(self):
        inputs = self.structures(4)
        for counts, of in (("all.h5", inputs), ("rest.h5", inputs[1:])):
            self.run_program("extract", *of, "-o", counts, "--types", "residue-ca")
            self.train(counts, "a.h5")
            self.train(counts, "b.h5", "--reference", "dfire")
            self.run_program("combine", "a.h5", "b.h5", "--weights", "2,0.3", "-o", "sum-" + counts)
        left = self.score("sum-all.h5", inputs[0], "--leave-out", "all.h5")
        self.assertEqual(left[inputs[0]]["score"],
                         self.score("sum-rest.h5", inputs[0])[inputs[0]]["score"])

    def test_known_by_its_content_in_any_file(self):
        inputs = self.structures(4)
        self.run_program("build", *inputs, "-o", "p.h5", "--counts", "c.h5", "--bins", "seed")
        copy = self.write("elsewhere/x.pdb.gz", self.read(inputs[1]))
        rows = self.score("p.h5", copy, inputs[1], "--leave-out", "c.h5")
        self.assertEqual(rows[copy]["score"], rows[inputs[1]]["score"])

    def test_counts_that_are_not_those_of_the_potential(self):
        inputs = self.structures(4)
        self.run_program("build", *inputs, "-o", "p.h5", "--counts", "c.h5", "--bins", "seed")
        self.run_program("extract", *inputs[1:], "-o", "fewer.h5", "--bins", "seed")
        self.run_program("extract", *inputs, "-o", "ca.h5", "--bins", "seed", "--types",
                         "residue-ca")
        self.run_program("export", "c.h5", "-o", "c.tsv")
        self.run_program("import", "c.tsv", "-o", "map.h5")
        for counts in ("fewer.h5", "ca.h5", "map.h5", "p.h5", "none.h5"):
            done = self.run_program("score", "p.h5", inputs[0], "--leave-out", counts, status=1)
            self.assert_one_line(done, counts)


class Subtract(ProgramTest):
    def test_subtract_is_the_run_without_them(self):
        inputs = [self.write(f"set/s{i}.pdb", pdb(i)) for i in range(5)]
        self.run_program("extract", *inputs, "-o", "all.h5")
        self.run_program("extract", inputs[3], inputs[1], "-o", "some.h5")
        self.run_program("extract", inputs[0], inputs[2], inputs[4], "-o", "rest.h5")
        self.run_program("merge", "all.h5", "--subtract", "some.h5", "-o", "left.h5")
        self.assertEqual(self.read("left.h5"), self.read("rest.h5"))
        done = self.run_program("merge", "rest.h5", "--subtract", "some.h5", "-o", "x.h5", status=1)
        self.assert_one_line(done, "some.h5", inputs[1])
        self.assert_one_line(self.run_program("merge", "all.h5", "--subtract", "some.h5", "-o",
                                              "some.h5", status=2), "some.h5")
        self.assertNotIn("x.h5", self.files())

    def test_expect(self):
        inputs = [self.write(f"s{i}.pdb", pdb(i)) for i in range(2)]
        for i in range(2):
            self.run_program("extract", inputs[i], "-o", f"c{i}.h5")
        self.run_program("merge", "c0.h5", "c1.h5", "-o", "m.h5", "--expect", "2")
        for number in ("1", "3"):
            done = self.run_program("merge", "c0.h5", "c1.h5", "-o", "n.h5", "--expect", number,
                                    status=1)
            self.assert_one_line(done, "2 files", number)
        self.assertNotIn("n.h5", self.files())


class Jackknife(ProgramTest):
    def test_scores_of_the_sum_and_errors_of_the_groups(self):
        import h5py
        import numpy
        for i in range(6):
            self.write(f"set/s{i}.pdb", pdb(i))
        shards = []
        for k in range(3):
            shards.append(f"c{k}.h5")
            self.run_program("extract", f"set/s{2 * k}.pdb", f"set/s{2 * k + 1}.pdb", "-o",
                             shards[-1], "--types", "residue-ca", "--bins", "seed")
        self.run_program("extract", "set", "-o", "all.h5", "--types", "residue-ca", "--bins", "seed")
        self.run_program("train", "all.h5", "-o", "p.h5")
        self.run_program("train", *shards, "--jackknife", "-o", "j.h5")
        def read(name, what):
            with h5py.File(self.path(name)) as file:
                return file[what][:]
        self.assertTrue((read("j.h5", "score") == read("p.h5", "score")).all())
        without = []
        for shard in shards:
            self.run_program("merge", "all.h5", "--subtract", shard, "-o", "rest.h5")
            self.run_program("train", "rest.h5", "-o", "r.h5")
            without.append(read("r.h5", "score"))
        expected = numpy.sqrt(2 / 3 * ((without - numpy.mean(without, 0)) ** 2).sum(0))
        seen = read("j.h5", "counts") > 0
        self.assertLess(abs(read("j.h5", "standard_error") - expected)[seen].max(), 1e-9)
        self.assert_one_line(self.run_program("train", *shards, "-o", "x.h5", status=2),
                             "--jackknife", "merge")
        self.assert_one_line(self.run_program("train", "all.h5", "--jackknife", "-o", "x.h5",
                                              status=2), "two or more")


class ScoreColumns(ProgramTest):
    def setUp(self):
        super().setUp()
        for i in range(6):
            self.write(f"set/s{i}.pdb", pdb_text(random_atoms(i, "A", 2 * SEQUENCE)))
        self.run_program("build", "set", "-o", "p.h5")

    def test_standard_error_is_0_for_the_best_and_not_for_others(self):
        rows = rows_of(self.run_program("score", "p.h5", "set", "--format", "tsv").stdout)
        self.assertEqual(rows[0]["standard_error"], "0")
        for row in rows[1:]:
            self.assertGreater(float(row["standard_error"]), 0)

    def test_shuffle_z(self):
        rows = rows_of(self.run_program("score", "p.h5", "set", "--format", "tsv",
                                        "--shuffle-z").stdout)
        self.assertEqual(list(rows[0]), ["model", "score", "contacts", "residues",
                                         "standard_error", "shuffle_z", "warnings"])
        for row in rows:  # the training set itself: better than its shuffles
            self.assertLess(float(row["shuffle_z"]), -2)
            self.assertEqual(row["warnings"], "the potential was trained on it")
        poly = [atom[:1] + ("ALA",) + atom[2:] for atom in random_atoms(9, "A", 2 * SEQUENCE)]
        self.write("poly.pdb", pdb_text(poly))
        self.write("small.pdb", pdb(3))
        rows = {row["model"]: row for row in rows_of(self.run_program(
            "score", "p.h5", "poly.pdb", "small.pdb", "--format", "tsv", "--shuffle-z").stdout)}
        self.assertIn("unlike", rows["poly.pdb"]["warnings"])
        self.assertIn("too small", rows["small.pdb"]["warnings"])
        # A combined potential has no counts, and knows all the same.
        self.run_program("combine", "p.h5", "p.h5", "-o", "sum.h5")
        done = self.run_program("score", "sum.h5", "poly.pdb", "set/s1.pdb", "--format", "tsv", "--shuffle-z")
        rows = {row["model"]: row for row in rows_of(done.stdout)}
        self.assertIn("unlike", rows["poly.pdb"]["warnings"])
        self.assertEqual(rows["set/s1.pdb"]["warnings"], "the potential was trained on it")

    def test_top_pairs(self):
        done = self.run_program("score", "p.h5", "set/s1.pdb", "--top-pairs", "4")
        ranking, pairs = done.stdout.split("\n\n")
        self.assertEqual(len(pairs.splitlines()), 5)
        self.run_program("score", "p.h5", "set", "--top-pairs", "100000", "--top-pairs-file",
                         "pairs.tsv", "--format", "json", "-o", "s.json")
        rows = rows_of(self.read("pairs.tsv").decode())
        self.assertEqual(list(rows[0]), ["model", "chain_1", "residue_1", "name_1", "chain_2",
                                         "residue_2", "name_2", "score", "contacts"])
        scores = rows_of(self.run_program("score", "p.h5", "set", "--format", "tsv").stdout)
        for score in scores:
            own = [float(row["score"]) for row in rows if row["model"] == score["model"]]
            self.assertAlmostEqual(sum(own), float(score["score"]), places=6)
            self.assertEqual(own, sorted(own, reverse=True))
        for words in (["--top-pairs", "0"], ["--top-pairs", "3", "--format", "tsv"],
                      ["--top-pairs-file", "x.tsv"]):
            self.assert_one_line(self.run_program("score", "p.h5", "set", *words, status=2),
                                 "--top-pairs")


if __name__ == "__main__":
    unittest.main()
