#!/usr/bin/env python3
"""Makes the tables of docs/accuracy.md: make_tables.py POTENTIAL DATA [PROMOD3.tsv]

POTENTIAL is the program, DATA the folder with train/, decoys/, decoys-alphafold/ and
decoys-template/ (POTENTIAL_TEST_DATA), PROMOD3.tsv what promod3_scores.py printed for the
kinds that it compares (without it that table stays as it is). Every figure comes from
`potential evaluate`; what is written by hand stands outside of the tables' markers.
"""
import csv
import io
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PAGE = SOURCE / "docs" / "accuracy.md"
# Kinds of models: folders of DATA and those of their targets, None = all.
KINDS = {
    "CASP": ("decoys", ["T0951", "T0865", "T0980s1"]),
    "relaxed": ("decoys", ["1a8rA", "1pzlA"]),
    "classic": ("decoys", ["1ctf", "1bbhA"]),
    "AlphaFold2": ("decoys-alphafold", None),
    "template": ("decoys-template", None),
}
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
SHIPPED = ["rapdf-ca", "rapdf-cb", "rapdf-centroid", "default-1", "default"]


def lay_out(data, work):
    """KIND/TARGET folders, as `evaluate --targets` takes them."""
    for kind, (folder, names) in KINDS.items():
        (work / "kinds" / kind).mkdir(parents=True)
        for path in sorted((data / folder).iterdir()):
            if path.is_dir() and (names is None or path.name in names):
                (work / "kinds" / kind / path.name).symlink_to(path)
    return work / "kinds"


class Evaluation:
    """What `evaluate` says of one score: rows of targets, of kinds, and the mean of kinds."""

    def __init__(self, title, text):
        self.title = title
        rows = list(csv.DictReader(io.StringIO(text), delimiter="\t"))
        self.targets = {row["target"]: row for row in rows if not row["target"].startswith("mean")}
        self.kinds = {row["kind"]: row for row in rows if row["target"] == "mean" and row.get("kind")}
        self.all = next((row for row in rows if row["target"] == "mean of kinds"), None)


def run(program, *words):
    return subprocess.run([str(program), *map(str, words)], stdout=subprocess.PIPE, text=True,
                          check=True).stdout


def evaluate(program, title, potential, kinds, *words):
    return Evaluation(title, run(program, "evaluate", potential, "--targets", kinds, "--normalize",
                                 "residue", "--format", "tsv", "-q", *words))


def evaluations(program, data, kinds, work):
    for title, options in SIMPLE:
        path = work / "potential.h5"
        run(program, "build", data / "train", "-o", path, "-q", *options.split())
        yield evaluate(program, title, path, kinds)
    for name in SHIPPED:
        yield evaluate(program, f"`{name}` (shipped)", SOURCE / "data/potentials" / f"{name}.h5", kinds,
                       "--per-model", work / "labels.tsv")


def number(value, digits=2):
    return f"{float(value):.{digits}f}".replace("-0.00", "0.00")


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines)


def kinds_table(results):
    rows = [[one.title, *(number(one.kinds[kind]["spearman"]) for kind in KINDS),
             number(one.all["spearman"], 3),
             f"{number(one.all['spearman_low'])}…{number(one.all['spearman_high'])}",
             number(one.all["top1_loss"], 3)] for one in results]
    return table(["score", *KINDS, "mean of kinds", "95 %", "loss"], rows)


def targets_table(results):
    order = sorted(results[0].targets.values(), key=lambda row: list(KINDS).index(row["kind"]))
    rows = [[row["target"], row["kind"],
             *(number(one.targets[row["target"]][figure]) for figure in ("spearman", "top1_loss")
               for one in results)] for row in order]
    titles = [one.title.split(" ")[0] for one in results]
    return table(["target", "kind", *titles, *(f"loss of {title}" for title in titles)], rows)


def mean_of_kinds(values):
    return statistics.mean(statistics.mean(kind) for kind in values)


def paired(one, other, kinds):
    """The difference of means of kinds, and its 95 % interval over targets."""
    differences = [[float(one.targets[name]["spearman"]) - float(other.targets[name]["spearman"])
                    for name in names] for names in kinds.values()]
    generator = random.Random(1)
    drawn = sorted(mean_of_kinds([generator.choices(kind, k=len(kind)) for kind in differences])
                   for _ in range(10_000))
    return mean_of_kinds(differences), drawn[250], drawn[9750]


def promod3_table(program, scores, labels, results):
    """ProMod3 beside the potentials, over the kinds that it scored."""
    rows = csv.DictReader(scores.open(), delimiter="\t")
    kinds = {}
    for row in rows:
        kinds.setdefault(row["kind"], set()).add(row["target"])
    kinds = {kind: sorted(kinds[kind]) for kind in KINDS if kind in kinds}
    promod3 = Evaluation("ProMod3 3.2.1, all-atom interaction", run(
        program, "evaluate", "--scores", scores, "--labels", labels, "--label", "label", "--format",
        "tsv", "-q", "--bootstrap", "0"))
    lines = []
    for one in [promod3, *results]:
        means = [[float(one.targets[name]["spearman"]) for name in names] for names in kinds.values()]
        against = "" if one is results[-1] else "{:.3f} ({:.3f}…{:.3f})".format(
            *paired(results[-1], one, kinds))
        lines.append([one.title, *(number(statistics.mean(kind)) for kind in means),
                      number(mean_of_kinds(means), 3), against])
    return table(["score", *kinds, "mean of kinds", "`default` less it"], lines)


def write(tables):
    text = PAGE.read_text()
    for name, content in tables.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        head, rest = text.split(begin)
        text = head + begin + content + end + rest.split(end, 1)[1]
    PAGE.write_text(text)


def main():
    program, data = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        results = list(evaluations(program, data, lay_out(data, work), work))
        tables = {"kinds": kinds_table(results), "targets": targets_table(results[-2:])}
        if len(sys.argv) > 3:
            tables["promod3"] = promod3_table(program, pathlib.Path(sys.argv[3]), work / "labels.tsv",
                                              results)
    write(tables)


if __name__ == "__main__":
    main()
