"""report: one page, in a real browser."""

import csv
import glob
import io
import os
import re
import time
import unittest
import xml.etree.ElementTree as xml

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

    def open(self, width, height, dark=False):
        if browser.missing():
            self.skipTest(browser.missing() + ": not installed")
        chromium = browser.Browser(self.folder, width, height)
        self.addCleanup(chromium.close)
        chromium.devtools("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
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

    def legend(self, chromium, chart):
        return chromium.run("return [...document.querySelectorAll(`#${arguments[0]} .legend text`)]"
                            ".map(e => e.textContent)", chart)

    def choose(self, chromium, select, label):
        chromium.run("const s = document.getElementById(arguments[0]);"
                     "s.value = [...s.options].find(o => o.textContent === arguments[1]).value;"
                     "s.dispatchEvent(new Event('change'))", select, label)

    def test_the_page_needs_no_network(self):
        self.make()
        self.report("p.h5")
        page = self.read("r.html").decode()
        self.assertLess(len(page), 2 << 20)
        self.assertNotRegex(page, r"<(script|link|img|iframe)[^>]*(src|href)=")
        self.assertIn("default-src 'none'", page)

    def test_nothing_from_files_is_taken_for_a_tag(self):
        self.make()
        self.write("nasty.scheme", SCHEME)
        self.write("models/" + NASTY.replace("/", "_") + ".pdb", pdb(3))
        self.run_program("build", "set", "--types", "nasty.scheme", "-o", "p.h5", "-q")
        self.report("p.h5", "models")
        self.assertEqual(len(re.findall("</script>", self.read("r.html").decode())), 4)
        chromium = self.open(1000, 800)
        self.assertEqual(chromium.run("return document.querySelectorAll('main img, main b').length"), 0)
        self.assertIn("<b>A</b>", chromium.run("return document.getElementById('map').textContent"))
        self.check_layout(chromium)

    def test_desktop(self):
        self.make("--separations", "1-3,4+")
        self.report("p.h5", "models", "--labels", "labels.tsv")
        chromium = self.open(1440, 900)
        self.assertLess(chromium.busy_seconds(), 3)
        self.check_layout(chromium)
        self.choose(chromium, "class", "1-3")
        self.check_search_and_curve(chromium)
        self.check_click_on_map(chromium)
        self.check_ranking(chromium)
        for picture in ("map", "curve", "profile", "scatter"):
            text = self.download(chromium, picture + "-svg", picture + ".svg")
            self.assertTrue(text.startswith("<svg"), text[:50])
            self.assertTrue(list(xml.fromstring(text)))
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
        self.assertEqual(self.legend(chromium, "curve")[0], "ALA:CB-CYS:CA")
        shown = self.table(chromium, "curve", "curve.tsv")
        asked = self.run_program("query", "p.h5", "ALA:CB-CYS:CA", "--separation", "1-3",
                                 "--format", "tsv").stdout
        for row, expected in zip(shown, csv.DictReader(io.StringIO(asked), delimiter="\t")):
            self.assertEqual(row["pair"], expected["pair"])
            self.assertEqual(row["count"], expected["count"])
            self.assertAlmostEqual(float(row["score"]), float(expected["score"]), delta=0.002)
            self.assertAlmostEqual(float(row["standard_error"]), float(expected["standard_error"]),
                                   delta=0.002)
        self.assertEqual(len(shown), 18)

    def check_click_on_map(self, chromium):
        chromium.click_at("#map image", 0.999, 0.001)
        types = self.run_program("query", "p.h5", "--format", "json").stdout
        self.assertIn("heavy-atom", types)
        self.assertEqual(self.legend(chromium, "curve")[0], "ALA:N-VAL:CG2")
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
        self.assertEqual(len(self.legend(chromium, "profile")), 3)
        chromium.click("#ranking tbody tr:not(.chosen).choice")
        self.assertEqual(len(self.legend(chromium, "profile")), 4)
        profile = self.table(chromium, "profile", "profile.tsv")
        self.assertEqual(len(profile), 4 * 44)
        self.run_program("score", "p.h5", "models", "--per-residue", "residues.tsv", "-q")
        rows = list(csv.DictReader(io.StringIO(self.read("residues.tsv").decode()), delimiter="\t"))
        scores = {(r["model"], f"{r['chain']} {r['residue']} {r['name']}"): float(r["score"]) for r in rows}
        for row in profile:
            expected = scores[row["model"], row["residue"]]
            self.assertAlmostEqual(float(row["score"]), expected, delta=0.02 + 2e-4 * abs(expected))
        self.assertEqual(chromium.run("return document.getElementById('label').value"), "rmsd")
        scatter = self.table(chromium, "scatter", "scatter.tsv")
        self.assertEqual({row["model"]: row["rmsd"] for row in scatter if row["rmsd"]},
                         {f"models/m{i}.pdb": f"{i * 1.5:g}" for i in range(4)})

    def test_chains(self):
        """Between chains there is a score or, without a class for them, the plain word that there is none."""
        self.make("--separations", "1+,inter")
        self.run_program("build", "set", "-o", "alone.h5", "-q")
        for potential, word in (("p.h5", None), ("alone.h5", "not scored")):
            self.report(potential, "models")
            chromium = self.open(1000, 800)
            cells = chromium.run("return [...document.querySelectorAll('#chains td')].map(e => e.firstChild.textContent)")
            self.assertEqual(len(cells), 4)
            contacts = chromium.run("return [...document.querySelectorAll('#chains small')].map(e => e.textContent)")
            self.assertEqual(len(contacts), 4)
            self.assertTrue(all(re.fullmatch(r"[\d,]+ contacts", text) for text in contacts), contacts)
            self.assertEqual(cells[1], cells[2])
            rows = self.table(chromium, "chains", "chains.tsv")
            self.assertEqual(len(rows), 4 * 3)
            total = sum(float(row["score"] or 0) for row in rows[:3])
            asked = self.run_program("score", potential, "models", "--format", "tsv", "-q").stdout
            best = next(csv.DictReader(io.StringIO(asked), delimiter="\t"))
            self.assertAlmostEqual(total, float(best["score"]), delta=0.01)
            note = chromium.run("return document.getElementById('chain-notes').textContent")
            if word:
                self.assertEqual(cells[1], word)
                self.assertIn("inter", note)
            else:
                self.assertEqual(note, "")
                self.assertEqual([row["model"] for row in rows[::3]], chromium.run(
                    "return [...document.querySelectorAll('#ranking tr.choice td')].filter(e => e.title).map(e => e.title)"))
            self.check_layout(chromium)
            os.remove(self.path("chains.tsv"))

    def test_it_opens_on_what_is_best_known(self):
        """Not on a class that hardly anybody saw, with bars that hide the curves."""
        self.report("default-1")
        chromium = self.open(1440, 900)
        self.assertEqual(chromium.run("return document.getElementById('class').selectedOptions[0].textContent"), "21+")
        curve = self.table(chromium, "curve", "curve.tsv")
        chosen = chromium.run("return document.getElementById('bin').selectedOptions[0].textContent")
        row = next(row for row in curve if row["bin"] == chosen)
        self.assertGreater(abs(float(row["score"])), 20 * float(row["standard_error"]))
        axis = chromium.run("return [...document.querySelectorAll('#curve .axis.left .tick')].map(e => e.textContent)")
        self.assertLess(max(float(text.replace("−", "-")) for text in axis), 100)

    def test_what_hardly_anybody_saw_is_not_drawn_as_known(self):
        """A sum of potentials has no counts: standard errors tell."""
        self.report("default-1")
        chromium = self.open(1000, 800)
        self.assertEqual(chromium.run("return document.getElementById('unseen').textContent"), "hardly seen, or no score")
        for pair, highest in (("LEU:CG-LEU:CG", 10), ("ALA:SC-LEU:SC", 100)):
            chromium.run("document.getElementById('search').value = ''")
            chromium.type("#search", pair + "\ue007")
            self.assertEqual(self.legend(chromium, "curve"), [pair, "hardly seen"])
            axis = chromium.run("return [...document.querySelectorAll('#curve .axis.left .tick')].map(e => e.textContent)")
            self.assertLess(max(float(text.replace("−", "-")) for text in axis), highest)
        self.check_layout(chromium)

    def test_the_axis_of_contacts_has_a_few_round_numbers(self):
        self.report("rapdf")
        chromium = self.open(1000, 800)
        for pair in ("CYS:SG-CYS:SG", "LEU:CD1-LEU:CD2", "TRP:CH2-TRP:CH2"):
            chromium.run("document.getElementById('search').value = ''")
            chromium.type("#search", pair + "\ue007")
            self.assertEqual(self.legend(chromium, "curve")[0], pair)
            texts = chromium.run(
                "return [...[...document.querySelectorAll('#curve .axis.left')].pop().querySelectorAll('.tick text')]"
                ".map(e => e.textContent).filter(text => text)")
            contacts = [float(text.replace("k", "e3").replace("M", "e6")) for text in texts]
            self.assertTrue(2 <= len(contacts) <= 6, texts)
            self.assertEqual(contacts, sorted(set(contacts)), texts)
            for number in contacts:
                self.assertEqual(number, float(f"{number:.0e}"), texts)
            grey = chromium.run("return document.getElementById('bin').selectedIndex")
            self.assertGreater(grey, 0)  # hardly any pair is seen below 3 Å

    def use_everything(self, chromium):
        """Each control once; after each the page has no error, and at the end no word is cut."""
        table = lambda: self.table(chromium, "map", "pairs.tsv")
        labels = chromium.run("return [...document.getElementById('class').options].map(o => o.textContent)")
        self.assertEqual(labels, ["1-2", "3-4", "5-20", "21+", "inter"])
        for label in labels:
            self.choose(chromium, "class", label)
            self.check_layout(chromium)
        for label in ("5-20", "21+"):
            self.choose(chromium, "class", label)
            os.path.exists(self.path("pairs.tsv")) and os.remove(self.path("pairs.tsv"))
            rows = table()
            self.assertEqual({row["separation"] for row in rows}, {label})
            self.assertEqual(len(rows), 187 * 188 // 2)
            self.assertGreater(len({row["score"] for row in rows}), 300)
        chromium.run("const s = document.getElementById('slider'); s.value = 7; s.dispatchEvent(new Event('input'))")
        self.choose(chromium, "bin", "5-5.5 Å")
        chromium.type("#search", "lys:nz-asp:od1\ue007")
        self.assertIn("ASP:OD1-LYS:NZ", self.legend(chromium, "curve"))
        chromium.click("#keep")
        chromium.click_at("#map image", 0.5, 0.5)
        self.assertEqual(len([n for n in self.legend(chromium, "curve") if ":" in n]), 2)
        chromium.run("document.getElementById('search').value = ''")
        chromium.type("#search", "CYS")
        chromium.click("#found button")
        chromium.click("#partners th:nth-child(2) button")
        chromium.click("#partners tbody tr")
        self.check_layout(chromium)
        if chromium.run("return innerWidth") > 700:
            chromium.drag("#map image", (0.1, 0.1), (0.25, 0.2))
            names = chromium.run("return [...document.querySelectorAll('#map .type')].map(e => e.textContent)")
            self.assertTrue(any(name.startswith("ASN:") for name in names), names)
            self.check_layout(chromium)
            chromium.click("#zoom-out")
        names = chromium.run("return [...document.querySelectorAll('#map .type')].map(e => e.textContent)")
        self.assertIn(names.count("TRP") + names.count("W"), (2,), names)
        chromium.click("#difference")
        if chromium.run("return !document.getElementById('by-quality').parentElement.hidden"):
            chromium.click("#by-quality")
            self.check_layout(chromium)
            self.assertIn("Quality", chromium.run("return document.getElementById('profile').textContent"))
            chromium.click("#by-quality")
        chromium.click("#ranking th:nth-child(2) button")
        chromium.click("#ranking tbody tr.choice:not(.chosen)")
        self.assertEqual(len(self.legend(chromium, "profile")), 4)
        for label in chromium.run("return [...document.getElementById('label').options].map(o => o.textContent)"):
            self.choose(chromium, "label", label)
        theme = chromium.run("return getComputedStyle(document.body).backgroundColor")
        chromium.click("#theme")
        self.assertNotEqual(theme, chromium.run("return getComputedStyle(document.body).backgroundColor"))
        chromium.click("#theme")
        for button in chromium.run("return [...document.querySelectorAll('[data-save]')]"
                                   ".filter(e => e.offsetParent).map(e => e.dataset.save)"):
            chromium.run("document.querySelector(arguments[0]).click()", f'[data-save="{button}"]')
        self.check_layout(chromium)

    def test_many_real_models(self):
        """150 models with the default potential: everything works, on a desk and in a hand, light and dark."""
        for target in ("1ctf", "T0951"):
            folder = self.real(f"decoys/{target}")
            models = sorted(os.listdir(folder + "/models"))[:150]
            self.write("list.txt", "".join(f"{folder}/models/{name}\n" for name in models))
            self.report("default", "@list.txt", "--labels", folder + "/labels.tsv")
            self.assertLess(os.path.getsize(self.path("r.html")), 5_000_000)
            for width in (1440, 390):
                for dark in (False, True):
                    with self.subTest(target=target, width=width, dark=dark):
                        chromium = self.open(width, 900, dark)
                        self.check_layout(chromium)
                        theme = "dark" if dark else "light"
                        self.keep_screenshot(chromium, f"{target}-{width}-{theme}.png")
                        self.use_everything(chromium)
                        self.keep_screenshot(chromium, f"{target}-{width}-{theme}-used.png")
                        chromium.close()

    def test_phone(self):
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
        self.make()
        self.assert_one_line(self.run_program("report", "p.h5", status=2), "-o")
        self.assert_one_line(self.run_program("report", "p.h5", "-o", "p.h5", status=2), "p.h5")
        self.assert_one_line(self.report("p.h5", "--labels", "labels.tsv", status=2), "no models")
        self.write("other.tsv", "model\trmsd\nsomething\t1\n")
        self.assert_one_line(self.report("p.h5", "models", "--labels", "other.tsv", status=1), "other.tsv")
        self.assertEqual(glob.glob(self.path("*.html")), [])


if __name__ == "__main__":
    unittest.main()
