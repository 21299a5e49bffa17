"""report: one page, in a real browser."""

import csv
import glob
import io
import os
import re
import time
import unittest

import browser
from program import ProgramTest, pdb

NASTY = "<img src=x onerror=boom()>&\"'</script><script>boom()</script>"
SCHEME = "scheme nasty\nsites ca\n" + "".join(
    f"{name} {residue}\n" for name, residue in
    (("<b>A</b>", "ALA"), ("a&amp;'\"", "GLY"), ("</script>", "LEU"), ("LYS", "LYS"), ("VAL", "VAL")))

READY = "document.getElementById('page').getAttribute('aria-busy') === null"
# Elements that reach over the page's side, and charts' words over their chart's.
CUT = """
const bad = [], width = document.documentElement.clientWidth;
const check = (e, r, left, right) => {
  if (r.width && (r.left < left - 1 || r.right > right + 1))
    bad.push([e.tagName, e.id || e.textContent.slice(0, 30), r.left, r.right]);
};
for (const e of document.querySelectorAll('header *, main *:not(svg *)'))
  check(e, e.getBoundingClientRect(), 0, width);
for (const chart of document.querySelectorAll('.chart')) {
  const r = chart.getBoundingClientRect();
  for (const e of chart.querySelectorAll('svg text')) check(e, e.getBoundingClientRect(), r.left, r.right);
}
for (const e of document.querySelectorAll('button, select, th, h1, h2, h3, p'))
  if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth) bad.push(['cut', e.textContent.slice(0, 30)]);
return bad"""
# Pairs of neighbours that lie on each other.
OVERLAPS = """
const bad = [];
const boxes = [...document.querySelectorAll('h1, h2, h3, p, .bar > *, .chart, .scroll, .chips, #made')]
  .map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => r.width && r.height);
boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
  if (a.contains(b) || b.contains(a)) return;
  if (Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1 &&
      Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 1)
    bad.push([a.textContent.slice(0, 30) || a.id, b.textContent.slice(0, 30) || b.id]);
}));
return bad"""


class Report(ProgramTest):
    def make(self, *train):
        for i in range(4):
            self.write(f"set/s{i}.pdb", pdb(i, "AB"))
            self.write(f"models/m{i}.pdb", pdb(i + 10, "AB"))
        self.write("models/broken.pdb", "nonsense\n")
        self.write("labels.tsv", "model\trmsd\tnote\n" +
                   "".join(f"m{i}\t{i * 1.5}\tgood\n" for i in range(4)))
        self.run_program("build", "set", "-o", "p.h5", "-q", *train)

    def report(self, *words, status=0):
        return self.run_program("report", *words, "-o", "r.html", "-q", status=status)

    def need_charts(self):
        self.write("p.h5", b"")
        done = self.run_program("report", "p.h5", "-o", "r.html", status=1)
        if "plotly.js" in done.stderr:
            self.skipTest("the program was built without plotly.js")

    def open(self, width, height):
        if browser.missing():
            self.skipTest(browser.missing() + ": not installed")
        chromium = browser.Browser(self.folder, width, height)
        self.addCleanup(chromium.close)
        chromium.open(self.path("r.html"))
        chromium.wait(READY)
        return chromium

    def download(self, chromium, button, name):
        chromium.run("document.querySelector(arguments[0]).click()", f'[data-save="{button}"]')
        for _ in range(200):
            if os.path.exists(self.path(name)) and self.read(name):
                return self.read(name).decode()
            time.sleep(0.05)
        self.fail(name + " was not downloaded")

    def table(self, chromium, button, name):
        return list(csv.DictReader(io.StringIO(self.download(chromium, button, name)), delimiter="\t"))

    def check_layout(self, chromium):
        self.assertEqual(chromium.run(CUT), [])
        self.assertEqual(chromium.run(OVERLAPS), [])
        self.assertEqual([m for m in chromium.messages() if m["level"] != "DEBUG"], [])

    def test_the_page_needs_no_network_and_carries_its_licence(self):
        self.need_charts()
        self.make()
        self.report("p.h5")
        page = self.read("r.html").decode()
        self.assertLess(len(page), 8 << 20)
        self.assertNotRegex(page, r"<(script|link|img|iframe)[^>]*(src|href)=")
        self.assertIn("default-src 'none'", page)
        self.assertIn("Permission is hereby granted", page)

    def test_nothing_from_files_is_taken_for_a_tag(self):
        self.need_charts()
        self.make()
        self.write("nasty.scheme", SCHEME)
        self.write("models/" + NASTY.replace("/", "_") + ".pdb", pdb(3))
        self.run_program("build", "set", "--types", "nasty.scheme", "-o", "p.h5", "-q")
        self.report("p.h5", "models")
        self.assertEqual(len(re.findall("</script>", self.read("r.html").decode())), 3)
        chromium = self.open(1000, 800)
        self.assertEqual(chromium.run("return document.querySelectorAll('main img, main b').length"), 0)
        self.assertIn("<b>A</b>", chromium.run("return document.getElementById('map').textContent"))
        self.check_layout(chromium)

    def test_desktop(self):
        self.need_charts()
        self.make("--separations", "1-3,4+,inter")
        self.report("p.h5", "models", "--labels", "labels.tsv")
        chromium = self.open(1440, 900)
        self.assertLess(chromium.busy_seconds(), 3)
        self.check_layout(chromium)
        self.check_search_and_curve(chromium)
        self.check_click_on_map(chromium)
        self.check_ranking(chromium)
        for picture in ("map", "curve", "profile", "scatter"):
            text = self.download(chromium, picture + "-svg", picture + ".svg")
            self.assertTrue(text.startswith("<svg"), text[:50])
            self.assertIn("</svg>", text)
        self.check_layout(chromium)
        self.keep_screenshot(chromium, "desktop.png")

    def check_search_and_curve(self, chromium):
        chromium.type("#search", "cys:ca")
        self.assertEqual(chromium.run("return [...document.querySelectorAll('#found button')].map(e => e.textContent)"),
                         ["CYS:CA"])
        chromium.click("#found button")
        self.assertFalse(chromium.run("return document.getElementById('partners-part').hidden"))
        chromium.run("document.getElementById('search').value = ''")
        chromium.type("#search", "CYS:CA-ala:cb\ue007")
        chromium.wait("document.getElementById('curve').data[0].name === 'ALA:CB-CYS:CA'")
        shown = self.table(chromium, "curve", "curve.tsv")
        asked = self.run_program("query", "p.h5", "ALA:CB-CYS:CA", "--separation", "1-3",
                                 "--format", "tsv").stdout
        for row, expected in zip(shown, csv.DictReader(io.StringIO(asked), delimiter="\t")):
            self.assertEqual(row["pair"], expected["pair"])
            self.assertEqual(row["count"], expected["count"])
            self.assertAlmostEqual(float(row["score"]), float(expected["score"]), delta=0.001)
            self.assertAlmostEqual(float(row["standard_error"]), float(expected["standard_error"]),
                                   delta=0.001)
        self.assertEqual(len(shown), 18)

    def check_click_on_map(self, chromium):
        chromium.click_at("#map .nsewdrag", 0.999, 0.001)
        types = self.run_program("query", "p.h5", "--format", "json").stdout
        self.assertIn("heavy-atom", types)
        chromium.wait("document.getElementById('curve').data[0].name === 'ALA:N-VAL:CG2'")
        chromium.run("const s = document.getElementById('slider'); s.value = 3;"
                     "s.dispatchEvent(new Event('input'))")
        pairs = self.table(chromium, "map", "pairs.tsv")
        self.assertEqual({row["bin"] for row in pairs}, {"5-6 Å"})
        self.assertEqual(len(pairs), 167 * 168 // 2)

    def check_ranking(self, chromium):
        names = "return [...document.querySelectorAll('#ranking tbody tr')].map(r => r.cells[0].title.split('/')[1])"
        ranked = chromium.run(names)
        asked = self.run_program("score", "p.h5", "models", "--format", "tsv", "-q").stdout
        expected = [row["model"].split("/")[1]
                    for row in csv.DictReader(io.StringIO(asked), delimiter="\t")]
        self.assertEqual(ranked, expected)
        self.assertEqual(ranked[-1], "broken.pdb")
        chromium.click("#ranking th button")
        self.assertEqual(chromium.run(names), sorted(ranked))
        chromium.click("#ranking th button")
        self.assertEqual(chromium.run(names), sorted(ranked, reverse=True))
        chosen = "return document.getElementById('profile').data.length"
        self.assertEqual(chromium.run(chosen), 3)
        chromium.click("#ranking tbody tr:not(.chosen).choice")
        self.assertEqual(chromium.run(chosen), 4)
        self.assertEqual(len(self.table(chromium, "profile", "profile.tsv")), 4 * 44)
        self.assertEqual(chromium.run("return document.getElementById('label').value"), "rmsd")
        scatter = self.table(chromium, "scatter", "scatter.tsv")
        self.assertEqual({row["model"]: row["rmsd"] for row in scatter if row["rmsd"]},
                         {f"models/m{i}.pdb": f"{i * 1.5:g}" for i in range(4)})

    def test_phone(self):
        self.need_charts()
        self.make()
        self.report("p.h5", "models", "--labels", "labels.tsv")
        chromium = self.open(390, 844)
        self.check_layout(chromium)
        chromium.type("#search", "CYS")
        chromium.click("#found button")
        self.check_layout(chromium)
        self.keep_screenshot(chromium, "phone.png")

    def keep_screenshot(self, chromium, name):
        """For a person to look at, in the folder that POTENTIAL_SCREENSHOTS names."""
        folder = os.environ.get("POTENTIAL_SCREENSHOTS")
        if folder:
            chromium.screenshot(os.path.join(folder, name))

    def test_wrong_words(self):
        self.need_charts()
        self.make()
        self.assert_one_line(self.run_program("report", "p.h5", status=2), "-o")
        self.assert_one_line(self.run_program("report", "p.h5", "-o", "p.h5", status=2), "p.h5")
        self.assert_one_line(self.report("p.h5", "--labels", "labels.tsv", status=2), "no models")
        self.write("other.tsv", "model\trmsd\nsomething\t1\n")
        self.assert_one_line(self.report("p.h5", "models", "--labels", "other.tsv", status=1), "other.tsv")
        self.assertEqual(glob.glob(self.path("*.html")), [])


if __name__ == "__main__":
    unittest.main()
