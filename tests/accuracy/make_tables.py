#!/usr/bin/env python3
"""Makes the tables of docs/accuracy.md: make_tables.py POTENTIAL DATA

POTENTIAL is the program, DATA the folder with train/, decoys/, decoys-alphafold/ and
decoys-template/ (POTENTIAL_TEST_DATA). Every figure of the tables comes from `potential
evaluate`; what is written by hand stands outside of their markers.
"""
import argparse
import csv
import io
import pathlib
import statistics
import subprocess
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PAGE = SOURCE / "docs" / "accuracy.md"
# Kinds of models; each counts the same, however many targets it has.
KINDS = {
    "CASP": ["T0951", "T0865", "T0980s1"],
    "relaxed": ["1a8rA", "1pzlA"],
    "classic": ["1ctf", "1bbhA"],
    "AlphaFold2": None,  # every target of its folder
    "template": None,
}
FOLDERS = {"AlphaFold2": "decoys-alphafold", "template": "decoys-template"}
HALF = "0,2.5,3,3.5,4,4.5,5,5.5,6,6.5,7,7.5,8"
# The simplest thing each time: one reference state on heavy atoms, as its paper has it.
SIMPLE = [
    ("RAPDF, 18 bins to 20 Å", "--bins rapdf --reference rapdf"),
    ("DFIRE, 15 Å", "--bins 0,2,2.5,3,3.5,4,4.5,5,5.5,6,6.5,7,7.5,8,9,10,11,12,13,14,15"
                    " --reference dfire"),
    ("RW, 15 Å", "--bins half --reference rw"),
    ("DOPE, 15 Å", "--bins half --reference dope"),
    ("SRS, 3+, 8 Å", f"--bins {HALF} --separations 3+ --reference srs --smoothing shrink"),
]


class Tables:
    def __init__(self, program, data, work):
        self.program, self.data, self.work = program.resolve(), data.resolve(), work

    def run(self, *words):
        done = subprocess.run([str(self.program), *map(str, words)], stdout=subprocess.PIPE,
                              text=True, check=True)
        return done.stdout

    def evaluate(self, potential):
        """Rows of `evaluate` by target: of all kinds."""
        rows = {}
        for folder in ["decoys", *FOLDERS.values()]:
            text = self.run("evaluate", potential, "--targets", self.data / folder, "--normalize",
                            "residue", "--bootstrap", "0", "--format", "tsv", "-q")
            for row in csv.DictReader(io.StringIO(text), delimiter="\t"):
                if row["target"] != "mean":
                    rows[row["target"]] = row
        return rows

    def potentials(self):
        for name, options in SIMPLE:
            path = self.work / "potential.h5"
            self.run("build", self.data / "train", "-o", path, "-q", *options.split())
            yield name, path
        for name in ["rapdf-ca", "rapdf-cb", "rapdf-centroid", "default-1", "default"]:
            yield f"`{name}` (shipped)", SOURCE / "data" / "potentials" / f"{name}.h5"

    def make(self):
        results = [(name, self.evaluate(path)) for name, path in self.potentials()]
        return {"kinds": kinds_table(results, self.targets()),
                "targets": targets_table(results[-2:], self.targets())}

    def targets(self):
        """The targets of each kind."""
        return {kind: names or sorted(path.name for path in (self.data / FOLDERS[kind]).iterdir()
                                      if path.is_dir())
                for kind, names in KINDS.items()}


def number(value, digits=2):
    return f"{float(value):.{digits}f}".replace("-0.00", "0.00")


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines)


def mean(found, names, column):
    return statistics.mean(float(found[name][column]) for name in names)


def kinds_table(results, targets):
    rows = []
    for name, found in results:
        spearman = [mean(found, names, "spearman") for names in targets.values()]
        loss = [mean(found, names, "top1_loss") for names in targets.values()]
        rows.append([name, *map(number, spearman), number(statistics.mean(spearman), 3),
                     number(statistics.mean(loss), 3)])
    return table(["score", *targets, "mean of kinds", "loss"], rows)


def targets_table(results, targets):
    rows = [[name, kind, *(number(found[name]["spearman"]) for _, found in results),
             *(number(found[name]["top1_loss"]) for _, found in results)]
            for kind, names in targets.items() for name in names]
    titles = [title.split(" ")[0] for title, _ in results]
    return table(["target", "kind", *titles, *(f"loss of {title}" for title in titles)], rows)


def write(tables):
    text = PAGE.read_text()
    for name, content in tables.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        head, rest = text.split(begin)
        text = head + begin + content + end + rest.split(end, 1)[1]
    PAGE.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("data", type=pathlib.Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write(Tables(arguments.program, arguments.data, pathlib.Path(folder)).make())


if __name__ == "__main__":
    main()
