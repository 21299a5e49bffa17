#!/usr/bin/env python3
"""Qualities against what is seen: quality.py POTENTIAL DATA

Makes docs/reliability-models.svg and -residues.svg (with gnuplot) and the tables between the
markers `quality` of docs/accuracy.md. POTENTIAL and DATA as for make_tables.py. Qualities come
from `potential score default`; the CA-lDDT of residues is computed here, with NumPy. Of each
target at most 60 models are taken, every k-th by name.
"""
import csv
import gzip
import io
import pathlib
import statistics
import subprocess
import sys
import tempfile

import numpy

import make_tables

MODELS = 60
BINS = numpy.linspace(0, 1, 11)


def ca_atoms(path):
    """Number -> position of each CA, of the first model."""
    found = {}
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt") as file:
        for line in file:
            if line.startswith("ENDMDL"):
                break
            if line[12:16] == " CA " and line.startswith(("ATOM", "HETATM")):
                found.setdefault(line[22:27].strip(),
                                 [float(line[k:k + 8]) for k in (30, 38, 46)])
    return found


def residue_lddt(model, native):
    """Number -> CA-lDDT of the residues of a native that a model has."""
    numbers = list(native)
    wanted = numpy.array([native[n] for n in numbers])
    found = numpy.array([model.get(n, [numpy.nan] * 3) for n in numbers])
    distance = lambda xyz: numpy.sqrt(((xyz[:, None] - xyz[None]) ** 2).sum(2))
    near = distance(wanted)
    change = numpy.abs(distance(found) - near)
    counts = (near < 15) & ~numpy.eye(len(numbers), dtype=bool)
    kept = sum((change <= limit) & counts for limit in (0.5, 1, 2, 4)).sum(1)
    pairs = 4 * counts.sum(1)
    return {n: kept[i] / pairs[i] for i, n in enumerate(numbers) if n in model and pairs[i]}


def ranks(values):
    _, inverse, counts = numpy.unique(values, return_inverse=True, return_counts=True)
    return (numpy.cumsum(counts) - (counts - 1) / 2)[inverse]


class Target:
    """The models of a target: (quality, low, high, GDT-TS), and (quality, lDDT) of residues."""

    def __init__(self, program, folder):
        labels = {row["model"]: row for row in read_tsv((folder / "labels.tsv").read_text())}
        models = sorted(path for path in (folder / "models").iterdir() if path.name in labels)
        models = models[::-(-len(models) // MODELS)]
        with tempfile.TemporaryDirectory() as work:
            residues = pathlib.Path(work) / "residues.tsv"
            text = make_tables.run(program, "score", "default", *models, "-q", "--format", "tsv",
                                   "--per-residue", residues)
            by_residue = read_tsv(residues.read_text())
        self.models = [[float(row[name]) for name in ("quality", "quality_low", "quality_high")] +
                       [float(labels[pathlib.Path(row["model"]).name]["gdt_ts"])]
                       for row in read_tsv(text) if row["quality"]]
        natives = {path.name: ca_atoms(path) for path in folder.glob("native*")}
        lddt = {}
        for path in models:
            native = labels[path.name].get("native") or next(iter(natives))
            lddt[str(path)] = residue_lddt(ca_atoms(path), natives[native])
        self.residues = [(float(row["quality"]), lddt[row["model"]][row["residue"]])
                         for row in by_residue if row["residue"] in lddt[row["model"]]]


def read_tsv(text):
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def bins_of(points):
    """For each bin of quality: points, mean quality, mean of what is seen, its quarters."""
    rows = []
    for low, high in zip(BINS, BINS[1:]):
        inside = [p for p in points if low <= p[0] < high or p[0] == high == 1]
        if len(inside) >= 10:
            rows.append((f"{low:.1f}–{high:.1f}", inside))
    return rows


def table(points, seen, interval):
    head = ["quality", "models" if interval else "residues", "mean quality", f"mean {seen}",
            *(["in the interval"] if interval else [])]
    rows = [[name, len(inside), make_tables.number(statistics.mean(p[0] for p in inside)),
             make_tables.number(statistics.mean(p[-1] for p in inside)),
             *([f"{statistics.mean(p[1] <= p[3] <= p[2] for p in inside):.0%}"] if interval else [])]
            for name, inside in bins_of(points)]
    return make_tables.table(head, rows)


def draw(points, seen, path):
    """Mean and quarters of what is seen in each bin, beside the diagonal."""
    data = "".join(f"{statistics.mean(p[0] for p in inside):.4f} "
                   + " ".join(f"{numpy.quantile([p[-1] for p in inside], q):.4f}" for q in (.25, .5, .75))
                   + f" {statistics.mean(p[-1] for p in inside):.4f}\n" for _, inside in bins_of(points))
    script = f"""set terminal svg size 420,400 font 'sans,12'
set output '{path}'
set xlabel 'quality'
set ylabel '{seen}'
set xrange [0:1]
set yrange [0:1]
set key left top
$data << END
{data}END
plot x with lines lc rgb '#999999' title 'as predicted', \\
 $data using 1:5:2:4 with yerrorbars pt 7 lc rgb '#1f6fb4' title 'mean seen, quarters'
"""
    subprocess.run(["gnuplot"], input=script, text=True, check=True)


def main():
    program, data = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as work:
        folders = sorted(make_tables.lay_out(data, pathlib.Path(work)).glob("*/*"))
        targets = [Target(program, folder) for folder in folders]
    models = [point for target in targets for point in target.models]
    residues = [point for target in targets for point in target.residues]
    by_model = numpy.array(models)
    spearman = numpy.corrcoef(ranks(by_model[:, 0]), ranks(by_model[:, 3]))[0, 1]
    covered = statistics.mean(low <= seen <= high for _, low, high, seen in models)
    pearsons = [numpy.corrcoef(numpy.array(target.residues).T)[0, 1] for target in targets]
    draw(models, "GDT-TS", make_tables.PAGE.parent / "reliability-models.svg")
    draw(residues, "CA-lDDT", make_tables.PAGE.parent / "reliability-residues.svg")
    text = (f"Spearman(quality, GDT-TS) over the {len(models)} models of all targets is "
            f"{spearman:.2f}; {covered:.0%} of them lie in their 80 % interval. The mean over targets "
            f"of Pearson(quality, CA-lDDT) over the residues of a target is "
            f"{statistics.mean(pearsons):.2f} ({min(pearsons):.2f} to {max(pearsons):.2f}).\n\n"
            + table(models, "GDT-TS", True) + "\n" + table(residues, "CA-lDDT", False))
    make_tables.write({"quality": text})


if __name__ == "__main__":
    main()
