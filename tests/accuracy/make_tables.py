#!/usr/bin/env python3
"""Makes the tables of docs/accuracy.md: make_tables.py POTENTIAL DATA [--only NAME]

POTENTIAL is the program, DATA the folder with train/ and decoys/ (POTENTIAL_TEST_DATA).
Every figure of the tables comes from `potential evaluate`; what is written by hand
stands outside of their markers.
"""
import argparse
import csv
import hashlib
import io
import pathlib
import subprocess
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PAGE = SOURCE / "docs" / "accuracy.md"
TARGETS = ["1ctf", "T0951", "T0865", "1a8rA", "1bbhA", "T0980s1", "1pzlA"]
SIZES = [50, 100, 200, 400, 706]

# Each reference state as its paper has it, as far as one counts file allows; then by
# separation classes.
STATES = [
    ("RAPDF, 18 bins", "rapdf --bins rapdf --pool"),
    ("RAPDF, six classes", "rapdf --smoothing shrink"),
    ("KBP, six classes", "kbp --smoothing shrink"),
    ("DFIRE", "dfire --pool"),
    ("DOPE", "dope --pool"),
    ("RW", "rw --pool"),
    ("SRS, one class", "srs --pool --smoothing shrink"),
    ("SRS, six classes", "srs --smoothing shrink"),
]


class Tables:
    def __init__(self, program, data, work):
        self.program, self.data, self.work = program.resolve(), data.resolve(), work

    def run(self, *words):
        done = subprocess.run([str(self.program), *map(str, words)], stdout=subprocess.PIPE,
                              text=True, check=True)
        return done.stdout

    def evaluate(self, potential):
        """Rows of `evaluate` by target, the mean among them."""
        text = self.run("evaluate", potential, "--targets", self.data / "decoys", "--normalize",
                        "residue", "--format", "tsv", "-q")
        return {row["target"]: row for row in csv.DictReader(io.StringIO(text), delimiter="\t")}

    def states(self):
        counts = self.work / "counts.h5"
        self.run("extract", self.data / "train", "-o", counts, "-q", "--bins", "half",
                 "--separations", "1,2,3-4,5-8,9-20,21+")
        results = []
        for name, options in STATES:
            potential = self.work / "potential.h5"
            self.run("train", counts, "-o", potential, "--reference", *options.split())
            results.append((name, self.evaluate(potential)))
        for name in ["rapdf-ca", "rapdf-cb", "rapdf-centroid", "default"]:
            results.append((f"`{name}` (shipped)",
                            self.evaluate(SOURCE / "data" / "potentials" / f"{name}.h5")))
        return {"spearman": spearman_table(results), "native": native_table(results)}

    def learning_curve(self):
        """`default` from the first chains in an order that their names' digests give."""
        chains = sorted((self.data / "train").iterdir(),
                        key=lambda path: hashlib.sha256(path.name.encode()).digest())
        rows = []
        for size in SIZES:
            chosen = self.work / "chains.txt"
            chosen.write_text("".join(f"{path}\n" for path in chains[:size]))
            subprocess.run(["sh", str(SOURCE / "data" / "potentials" / "make.sh"),
                            str(self.program), f"@{chosen}", str(self.work), "default"], check=True)
            mean = self.evaluate(self.work / "default.h5")
            rows.append([size] + [number(mean[target]["spearman"]) for target in TARGETS + ["mean"]]
                        + [number(mean["mean"]["top1_loss"], 3)])
        return {"learning": table(["chains"] + TARGETS + ["mean", "loss"], rows)}


def number(text, digits=2):
    return f"{float(text):.{digits}f}".replace("-0.00", "0.00") if text else ""


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines)


def spearman_table(results):
    def cell(row):
        return (f"{number(row['spearman'])} ({number(row['spearman_low'])}"
                f"…{number(row['spearman_high'])})")

    rows = [[name] + [cell(found[target]) for target in TARGETS]
            + [number(found["mean"]["spearman"], 3), number(found["mean"]["top1_loss"], 3)]
            for name, found in results]
    last = results[-1][1]
    for key, name in [("contacts", "*most contacts*"), ("residues", "*most residues*"),
                      ("radius_of_gyration", "*least Rg*")]:
        rows.append([name] + [number(last[target][f"spearman_by_{key}"]) for target in TARGETS]
                    + [number(last["mean"][f"spearman_by_{key}"], 3),
                       number(last["mean"][f"top1_loss_by_{key}"], 3)])
    return table(["score"] + TARGETS + ["mean", "loss"], rows)


def native_table(results):
    rows = [[name] + [f"{found[target]['native_rank']} ({number(found[target]['native_z'], 1)}) "
                      f"{number(found[target]['top1_loss'])}" for target in TARGETS]
            for name, found in results]
    return table(["score"] + TARGETS, rows)


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
    parser.add_argument("--only", choices=["states", "learning_curve"])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tables = Tables(arguments.program, arguments.data, pathlib.Path(folder))
        for part in [arguments.only] if arguments.only else ["states", "learning_curve"]:
            write(getattr(tables, part)())


if __name__ == "__main__":
    main()
