#!/usr/bin/env python3
"""How well a potential ranks docking poses and models: docking.py POTENTIAL-PROGRAM DATA [NAME]

DATA has docking/ (rigid-body poses of 40 targets, with DockQ) and docking-models/ (models of
docking programs, with fnat); NAME is a potential, by default `interface`. Poses are scored by
`potential score --poses`, models by `--between` their partners. Pose 0, the superposition on the
bound complex, is left out.
"""
import argparse
import csv
import io
import pathlib
import statistics
import subprocess

ACCEPTABLE = 0.23  # DockQ
GOOD = 0.3  # fnat


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def score(program, *words):
    done = subprocess.run([program, "score", *map(str, words), "-q", "--format", "tsv"],
                          capture_output=True, text=True, check=True)
    return rows_of(done.stdout)  # the best first


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    result = [0.0] * len(values)
    begin = 0
    while begin < len(order):
        end = begin
        while end < len(order) and values[order[end]] == values[order[begin]]:
            end += 1
        for k in order[begin:end]:
            result[k] = (begin + end - 1) / 2
        begin = end
    return result


def correlation(a, b):
    mean_a, mean_b = statistics.fmean(a), statistics.fmean(b)
    over = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b))
    return over / (sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)) ** 0.5


def of_poses(program, potential, folder):
    """Success at 1 and at 10, and Spearman of score and DockQ."""
    known = {row["pose"]: float(row["dockq"]) for row in rows_of((folder / "poses.tsv").read_text())}
    ranking = score(program, potential, "--receptor", folder / "receptor.pdb.gz", "--ligand",
                    folder / "ligand.pdb.gz", "--poses", folder / "poses.tsv")
    ranking = [row for row in ranking if row["model"] != "0"]
    quality = [known[row["model"]] for row in ranking]
    scores = [float(row["score"]) for row in ranking]
    return [quality[0] >= ACCEPTABLE, max(quality[:10]) >= ACCEPTABLE,
            correlation(ranks(scores), ranks(quality))]


def of_models(program, potential, folder):
    """Whether the model with the best score is good."""
    partners = dict(line.split() for line in (folder / "partners.txt").read_text().splitlines())
    groups = ":".join(",".join(partners[name]) for name in ("receptor", "ligand"))
    known = {row["model"]: float(row["fnat"]) for row in rows_of((folder / "labels.tsv").read_text())}
    best = score(program, potential, folder / "models", "--between", groups)[0]
    return known[pathlib.Path(best["model"]).name] >= GOOD


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("potential", nargs="?", default="interface")
    options = parser.parse_args()
    targets = [path.parent for path in sorted(options.data.glob("docking-models/*/partners.txt"))]
    good = [of_models(options.program, options.potential, folder) for folder in targets]
    print(f"docking-models: {len(good)} targets, best-scored is good {statistics.fmean(good):.3f}")
    targets = [path.parent for path in sorted(options.data.glob("docking/*/poses.tsv"))]
    figures = [of_poses(options.program, options.potential, folder) for folder in targets]
    at_1, at_10, spearman = (statistics.fmean(column) for column in zip(*figures))
    print(f"docking: {len(figures)} targets, success at 1 {at_1:.3f}, at 10 {at_10:.3f}, "
          f"Spearman {spearman:.3f}")


if __name__ == "__main__":
    main()
