#!/usr/bin/env python3
"""Makes the table of docs/rna.md: rna.py POTENTIAL DATA

POTENTIAL is the program, DATA the folder with rna/train/ and rna/decoys/ (POTENTIAL_TEST_DATA).
Every native of the decoys is a training structure, so each target is scored by potentials that
are trained anew without it.
"""
import csv
import io
import pathlib
import statistics
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PAGE = SOURCE / "docs" / "rna.md"
MAKE = SOURCE / "data" / "potentials" / "make.sh"
SIMPLE = [
    ("RAPDF of 85 heavy atoms, 18 bins to 20 Å", "--types rna-heavy-atom"),
    ("DFIRE of 85 heavy atoms, 15 Å", "--types rna-heavy-atom --bins half --reference dfire"),
    ("RW of `rna-3`, `5+/inter`, 24 Å", "--types rna-3 --separations 5+/inter --bins 0:24:0.3 "
                                       "--reference rw --cutoff 24"),
]


def run(*words):
    return subprocess.run([*map(str, words)], stdout=subprocess.PIPE, text=True, check=True).stdout


def potentials(program, structures, work):
    """Title and file of each, trained on the structures of a list."""
    for title, options in SIMPLE:
        run(program, "build", f"@{structures}", "-o", work / "simple.h5", "-q", "--normalize", "residue",
            *options.split())
        yield title, work / "simple.h5"
    run("sh", MAKE, program, f"@{structures}", work, "rna")
    yield "`rna`", work / "rna.h5"


def evaluate(program, data, target, work):
    """Spearman(score, RMSD) and the rank of the native, by potential."""
    structures = work / "structures"
    names = [path for path in sorted((data / "rna/train").iterdir())
             if path.name.split(".")[0] != target.name]
    structures.write_text("".join(f"{path}\n" for path in names))
    folder = work / "targets" / target.name
    folder.parent.mkdir(exist_ok=True)
    folder.symlink_to(target)
    found = {}
    for title, potential in potentials(program, structures, work):
        text = run(program, "evaluate", potential, "--targets", folder.parent, "--label", "rmsd",
                   "--bootstrap", 0, "--format", "tsv", "-q")
        row = next(csv.DictReader(io.StringIO(text), delimiter="\t"))
        found[title] = float(row["spearman"]), float(row["native_rank"])
    folder.unlink()
    return found


def main(program, data):
    targets = sorted((data / "rna/decoys").iterdir())
    with tempfile.TemporaryDirectory() as work:
        found = {target.name: evaluate(program, data, target, pathlib.Path(work))
                 for target in targets}
    lines = ["| score | mean Spearman(score, RMSD) | native first | worst target |", "| --- | --- | --- | --- |"]
    for title in next(iter(found.values())):
        spearman = {name: of[title][0] for name, of in found.items()}
        first = sum(of[title][1] == 1 for of in found.values())
        worst = min(spearman, key=spearman.get)
        lines.append(f"| {title} | {statistics.mean(spearman.values()):.3f} | {first} of {len(found)} | "
                     f"{worst} {spearman[worst]:.2f} |")
    table = "\n".join(lines)
    print(table)
    page = PAGE.read_text()
    before, rest = page.split("<!-- rna -->\n")
    after = rest.split("\n<!-- /rna -->")[1]
    PAGE.write_text(f"{before}<!-- rna -->\n{table}\n<!-- /rna -->{after}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
