"""plot: curves and heat maps, drawn by gnuplot."""

import os
import re
import shutil
import unittest
import xml.etree.ElementTree as xml

from program import ProgramTest, pdb

HAS_GNUPLOT = shutil.which("gnuplot") is not None


class Plot(ProgramTest):
    def setUp(self):
        super().setUp()
        for i in range(4):
            self.write(f"set/s{i}.pdb", pdb(i, "AB"))
        self.run_program("build", "set", "--separations", "1-3,4+", "-o", "p.h5",
                         "--counts", "c.h5", "-q")

    def texts(self, name):
        root = xml.fromstring(self.read(name))
        return ["".join(e.itertext()).strip() for e in root.iter("{http://www.w3.org/2000/svg}text")]

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not installed")
    def test_curves_have_axes_with_units_and_a_name_each(self):
        self.run_program("plot", "p.h5", "ALA:CB-LEU:CB", "CYS:N-*:OXT", "-o", "x.svg", status=2)
        self.run_program("plot", "p.h5", "ALA:CB-LEU:CB", "ALA:CB-GLU:CB", "--separation", "4+",
                         "-o", "x.svg")
        texts = self.texts("x.svg")
        for text in ("Distance (Å)", "Score (natural-log units)", "ALA:CB-LEU:CB", "ALA:CB-GLU:CB",
                     "separation 4+, p.h5"):
            self.assertIn(text, texts)

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not installed")
    def test_each_class_has_a_panel_and_potentials_lie_over_each_other(self):
        self.run_program("train", "c.h5", "--smoothing", "shrink", "-o", "smooth.h5")
        self.run_program("plot", "p.h5", "smooth.h5", "ALA:CB-LEU:CB", "-o", "x.svg")
        texts = self.texts("x.svg")
        self.assertIn("ALA:CB-LEU:CB", texts)  # shared: the title
        for text in ("p.h5", "smooth.h5", "separation 1-3", "separation 4+"):
            self.assertEqual(texts.count(text), 1, text)
        self.assertEqual(texts.count("Distance (Å)"), 2)
        self.run_program("plot", "p.h5", "ALA:CB-LEU:CB", "--separation", "4+", "-o", "x.svg")
        self.assertEqual(self.texts("x.svg").count("Distance (Å)"), 1)
        self.run_program("plot", "c.h5", "ALA:CB-LEU:CB", "-o", "x.svg")
        self.assertIn("Contacts (count)", self.texts("x.svg"))
        done = self.run_program("plot", "p.h5", "c.h5", "ALA:CB-LEU:CB", "-o", "x.svg", status=2)
        self.assert_one_line(done, "c.h5", "axis")

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not installed")
    def test_a_sum_of_potentials_says_what_hardly_anybody_saw(self):
        """It has no counts, but errors of ±1000 are not to take the axis."""
        self.run_program("plot", "default", "ALA:SC-LEU:SC", "-o", "x.svg")
        texts = self.texts("x.svg")
        self.assertEqual(len([text for text in texts if text.startswith("separation ")]), 5)
        self.assertIn("hardly seen: little more than a bound", texts)
        numbers = [float(text.replace("−", "-")) for text in texts if re.fullmatch(r"[-−]?\d+(\.\d+)?", text)]
        self.assertLess(max(map(abs, numbers)), 800)

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not installed")
    def test_a_heat_map_of_many_types_names_each_residue_once(self):
        """Centroids come after all atoms in their scheme; on the map they stand by their residue."""
        self.run_program("plot", "default", "--heatmap", "--bin", "4-4.5A", "--separation", "21+", "-o", "x.svg")
        texts = self.texts("x.svg")
        for residue in ("ALA", "GLY", "TRP", "VAL"):
            self.assertEqual(texts.count(residue), 2, residue)

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not installed")
    def test_the_ending_says_the_format(self):
        for name, magic in (("x.svg", b"<?xml"), ("x.png", b"\x89PNG\r\n"), ("x.pdf", b"%PDF-")):
            for words in (["ALA:CB-LEU:CB"], ["--heatmap", "--bin", "4", "--separation", "4+"]):
                self.run_program("plot", "p.h5", *words, "-o", name)
                self.assertTrue(self.read(name).startswith(magic), self.read(name)[:20])
        self.assertEqual(len(self.files()), 6)

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not installed")
    def test_a_heat_map_names_types_or_residues(self):
        self.run_program("plot", "p.h5", "--heatmap", "--bin", "5-6A", "--separation", "4+", "-o", "x.svg")
        texts = self.texts("x.svg")
        self.assertIn("5-6 Å, separation 4+, p.h5", texts)
        self.assertEqual(texts.count("ALA"), 2)
        self.run_program("build", "set", "--types", "residue-ca", "-o", "ca.h5", "-q")
        self.run_program("plot", "ca.h5", "--heatmap", "--bin", "4", "-o", "y.svg")
        self.assertEqual(self.texts("y.svg").count("TRP"), 2)
        # As many blue steps as red ones: 0 is in the middle of the colours.
        limits = [float(text.replace("−", "-")) for text in texts
                  if re.fullmatch(r"[-−]?\d+(\.\d+)?", text)]
        self.assertAlmostEqual(min(limits), -max(limits), places=6)

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not installed")
    def test_a_title_is_only_a_title(self):
        title = "it's `touch boom`; $(touch boom) @x\" {/Bold x} %g \\n <b>&amp;"
        self.run_program("plot", "p.h5", "ALA:CB-LEU:CB", "--title", title, "-o", "it's `x`.svg")
        self.assertIn(title, self.texts("it's `x`.svg"))
        self.assertNotIn("boom", self.files())

    def test_wrong_words(self):
        cases = [(["ALA:CB-LEU:CB", "-o", "x.jpg"], "x.jpg"), (["-o", "x.svg"], "PAIR"),
                 (["ALA:CB-*", "-o", "x.svg"], "24"), (["ALA:CB-LEU:CB", "-o", "p.h5"], "p.h5"),
                 (["ALA:CB-LEU:CB", "--separation", "7", "-o", "x.svg"], "1-3,4+"),
                 (["--heatmap", "-o", "x.svg"], "--bin"), (["ALA:CB-LEU:CB", "--bin", "2", "-o", "x.svg"], "--bin"),
                 (["--heatmap", "--bin", "19", "--separation", "4+", "-o", "x.svg"], "19"),
                 (["--heatmap", "--bin", "4", "-o", "x.svg"], "--separation"),
                 (["ALA:CB-LEU:CB", "--heatmap", "--bin", "4", "-o", "x.svg"], "ALA:CB-LEU:CB"),
                 (["no-such.h5", "-o", "x.svg"], "no-such.h5")]
        for words, part in cases:
            with self.subTest(words=words):
                self.assert_one_line(self.run_program("plot", "p.h5", *words, status=2), part)
        self.assertEqual(self.files(), ["c.h5", "p.h5", "set"])

    def test_without_gnuplot_there_is_a_clear_line_and_no_file(self):
        empty = os.path.join(self.folder, "set")
        done = self.run_program("plot", "p.h5", "ALA:CB-LEU:CB", "-o", "x.svg", status=1, env={"PATH": empty})
        self.assert_one_line(done, "gnuplot-nox")
        self.write("bin/gnuplot", "#!/bin/sh\necho half a picture\necho no luck >&2\nexit 3\n")
        os.chmod(self.path("bin/gnuplot"), 0o755)
        self.write("x.svg", "old")
        done = self.run_program("plot", "p.h5", "ALA:CB-LEU:CB", "-o", "x.svg", status=1,
                                env={"PATH": self.path("bin") + ":" + os.environ["PATH"]})
        self.assert_one_line(done, "gnuplot", "no luck")
        self.assertEqual(self.read("x.svg"), b"old")


if __name__ == "__main__":
    unittest.main()
