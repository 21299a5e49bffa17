"""Tables as NumPy arrays: equal to the files, not copied, read-only, alive as long as needed."""

import gc
import os
import re
import resource
import shutil
import unittest
import weakref

import h5py
import numpy as np

from module import SOURCE, ModuleTest, potential


class Tables(ModuleTest):
    def setUp(self):
        super().setUp()
        self.write_set()
        self.run_program("build", "set", "--separations", "1-3,4+,inter", "-o", "p.h5", "--counts",
                         "c.h5", "-q")

    def test_arrays_are_those_of_the_files(self):
        counts, table = potential.open("c.h5"), potential.open("p.h5")
        self.assertIsInstance(counts, potential.Counts)
        self.assertIsInstance(table, potential.Potential)
        with h5py.File("c.h5") as file:
            np.testing.assert_array_equal(counts.counts, file["counts"][:])
            self.assertEqual(counts.types, [name.decode() for name in file["types/name"][:]])
            self.assertEqual(counts.pairs, [name.decode() for name in file["pairs/label"][:]])
            np.testing.assert_array_equal(counts.first, file["pairs/first"][:])
            np.testing.assert_array_equal(counts.second, file["pairs/second"][:])
            np.testing.assert_array_equal(counts.bin_edges, file["bins/edge"][:])
            self.assertEqual(counts.separations, ["1-3", "4+", "inter"])
            self.assertEqual([s.id for s in counts.structures],
                             [name.decode() for name in file["structures/id"][:]])
            np.testing.assert_array_equal([s.composition for s in counts.structures],
                                          file["structures/composition"][:])
            self.assertEqual([s.radius_of_gyration for s in counts.structures],
                             list(file["structures/radius_of_gyration"][:]))
        with h5py.File("p.h5") as file:
            np.testing.assert_array_equal(table.scores, file["score"][:])
            np.testing.assert_array_equal(table.standard_errors, file["standard_error"][:])
            np.testing.assert_array_equal(table.counts, file["counts"][:])
        self.assertEqual(table.structures, 4)
        self.assertEqual(table.options["reference"], "rapdf")
        self.assertEqual(table.scores.dtype, np.float64)
        self.assertEqual(counts.counts.dtype, np.uint64)

    def test_arrays_are_not_copied_and_cannot_be_written_to(self):
        counts, table = potential.open("c.h5"), potential.open("p.h5")
        curve = table.query("ALA:CB-LEU:CB", "4+")[0]
        for array, owner, again in ((counts.counts, counts, counts.counts),
                                    (counts.first, counts, counts.first),
                                    (table.scores, table, table.scores),
                                    (table.standard_errors, table, table.standard_errors),
                                    (table.counts, table, table.counts),
                                    (curve.scores, table, table.scores)):
            self.assertTrue(np.shares_memory(array, again))
            self.assertFalse(array.flags.owndata)
            self.assertIs(array.base, owner)
            self.assertFalse(array.flags.writeable)
            with self.assertRaises(ValueError):
                array[...] = 0
            with self.assertRaises(ValueError):
                array.setflags(write=True)

    def test_an_array_keeps_its_table_alive(self):
        arrays, expected = [], []
        for _ in range(20):
            table = potential.open("p.h5")
            arrays += [table.scores, table.query("ALA:CB-LEU:CB", "1-3")[0].standard_errors]
            expected += [np.array(array) for array in arrays[-2:]]
            alive = weakref.ref(table.scores)
            del table
        counts = potential.open("c.h5")
        structure = counts.structures[1]
        composition, sites = structure.composition, structure.sites
        del counts, structure
        gc.collect()
        filler = [np.full(1 << 20, 7.0) for _ in range(20)]  # takes what would have been given back
        for array, values in zip(arrays, expected):
            np.testing.assert_array_equal(array, values)
        self.assertEqual(composition.sum(), sites)
        self.assertIsNone(alive())
        self.assertEqual(len(filler), 20)

    def test_the_memory_goes_with_the_last_array(self):
        def resident():
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        potential.open("p.h5").scores.sum()
        before, size = resident(), potential.open("p.h5").scores.nbytes
        for _ in range(30):
            potential.open("p.h5").scores.sum()
        self.assertLess(resident() - before, 10 * size)

    def test_a_query_says_what_the_program_says(self):
        table = potential.open("p.h5")
        rows = self.table_of("query", "p.h5", "ALA:*-LEU:CB")
        mine = [(curve.pair, curve.separation, label, score, error, count)
                for curve in table.query("ALA:*-LEU:CB")
                for label, score, error, count in zip(table.bins, curve.scores,
                                                      curve.standard_errors, curve.counts)]
        theirs = [(row["pair"], row["separation"], row["bin"], row["score"], row["standard_error"],
                   row["count"]) for row in rows]
        self.assertEqual(sorted(mine), sorted(theirs))
        curve = table.query("LEU:CB-ALA:CB", separation="inter")[0]
        self.assertEqual(curve.pair, "ALA:CB-LEU:CB")
        np.testing.assert_array_equal(curve.distances, (curve.bin_edges[1:] + curve.bin_edges[:-1]) / 2)
        self.assertEqual(len(curve.distances), 18)
        self.assertEqual(table.bin_of(5.2), 3)
        counted = potential.open("c.h5").query("ALA:CB-LEU:CB", "inter")[0]
        self.assertIsNone(counted.scores)
        np.testing.assert_array_equal(counted.counts, curve.counts)

    def test_saving_gives_the_same_bytes(self):
        potential.open("c.h5").save("c2.h5")
        potential.open("p.h5").save("p2.h5")
        self.assertEqual(self.read("c.h5"), self.read("c2.h5"))
        self.assertEqual(self.read("p.h5"), self.read("p2.h5"))

    def test_contact_maps_are_read_and_written(self):
        self.run_program("export", "c.h5", "-o", "c.tsv")
        self.assertEqual(potential.open("c.h5").to_tsv(), self.read("c.tsv").decode())
        self.run_program("export", "p.h5", "-o", "p.tsv")
        self.assertEqual(potential.open("p.h5").to_tsv(), self.read("p.tsv").decode())
        counts = potential.Counts.open("c.tsv")
        np.testing.assert_array_equal(counts.counts, potential.open("c.h5").counts)
        self.assertEqual(counts.structures, [])

    def test_tables_of_scores_become_potentials(self):
        table = potential.open("p.h5")
        self.write("p.tsv", table.to_tsv())
        for back in [potential.import_table("p.tsv"), potential.open("p.tsv")]:
            self.assertIsInstance(back, potential.Potential)
            np.testing.assert_array_equal(back.scores, table.scores)
            self.assertTrue(np.isnan(back.standard_errors).all())
            self.assertIsNone(back.counts)
            self.assertIn("imported", repr(back))
        self.write("own.tsv", "pair\ta\tb\nALA:CYS\t1\t2\n")
        own = potential.import_table("own.tsv", scores=True, types="residue-ca", bins=[0, 4, 8])
        self.assertEqual((own.scheme, own.bins), ("residue-ca", ["0-4A", "4-8A"]))
        np.testing.assert_array_equal(own.scores, [[[1, 2]]])
        self.write("own.tsv", "pair\t0-4A\nALA:CYS\t1\n")
        self.assertIsInstance(potential.import_table("own.tsv"), potential.Counts)

    def test_the_published_rapdf_of_the_docs(self):
        shutil.copy(self.real("published/ram.par"), "ram.par")
        with open(os.path.join(SOURCE, "docs", "file-format.md")) as page:
            exec(re.search(r"<!-- ram.par -->\n```python\n(.*?)```", page.read(), re.S)[1], {})
        with open("ram.par") as file:
            rows = [[float(cell) for cell in line.split()[1:]] for line in file]
        blocks = np.array(rows).reshape(18, 168, 168)
        table = potential.Potential.open("ram.h5")
        self.assertEqual(table.scheme, "heavy-atom")
        # Counted by hand: ALA N is 1, ALA CB 5, CYS (the next letter) SG 11, TYR OH 167.
        for pair, i, j in [("ALA:N-ALA:N", 1, 1), ("CYS:SG-ALA:CB", 5, 11),
                           ("TYR:OH-TYR:OH", 167, 167)]:
            np.testing.assert_array_equal(table.query(pair)[0].scores, blocks[:, i, j])
        folder = self.real("decoys/1ctf")
        rows = potential.score(table, [f"{folder}/native.pdb", f"{folder}/models"])
        self.assertTrue(all(row.score is not None for row in rows), rows[-1].warnings)
        self.assertEqual(os.path.basename(rows[0].model), "native.pdb")

    def test_shipped_potentials_have_names(self):
        table = potential.Potential.open("rapdf-ca")
        self.assertEqual(table.scheme, "residue-ca")
        with self.assertRaises(potential.UsageError) as raised:
            potential.open("nosuch")
        self.assertIn("rapdf-centroid", str(raised.exception))
        self.assertIn("residue-cb", potential.schemes())


if __name__ == "__main__":
    unittest.main()
