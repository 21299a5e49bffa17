"""Spoils files: spoil.py COUNTS POTENTIAL FOLDER writes one copy for each way named
below to the folder. Their digests are then wrong; the test puts them right."""
import shutil
import sys

import h5py
import numpy as np

counts, potential, folder = sys.argv[1:]


def replace(file, name, data, **options):
    del file[name]
    file.create_dataset(name, data=data, **options)


def change(file, name, index, value):
    file[name][index] = value


def external(file):
    shape = file["counts"].shape
    del file["counts"]
    file.create_dataset("counts", shape, "<u8", external=[("/etc/passwd", 0, 1 << 20)])


def virtual(file):
    shape = file["counts"].shape
    del file["counts"]
    layout = h5py.VirtualLayout(shape, "<u8")
    layout[...] = h5py.VirtualSource("/nowhere.h5", "counts", shape)
    file.create_virtual_dataset("counts", layout)


def link(file, target):
    del file["counts"]
    file["counts"] = target


def below(file):
    """A composition that sums to less than the sites."""
    composition = file["structures/composition"][0]
    change(file, "structures/composition", (0, int(composition.argmax())), composition.max() - 1)


def absurd(file, name, shape, dtype):
    del file[name]
    file.create_dataset(name, shape, dtype, chunks=True, compression="gzip")


def absurd_residues(file):
    """A chain that no file could hold, and the structure's residues to match."""
    change(file, "structures/chain_length", 0, 2**31 - 1)
    lengths = file["structures/chain_length"][:file["structures/chains"][0]]
    change(file, "structures/residues", 0, int(lengths.astype("u8").sum()))


def no_residues(file):
    change(file, "structures/residues", 0, 0)
    for chain in range(file["structures/chains"][0]):
        change(file, "structures/chain_length", chain, 0)


def attribute(group, name, value):
    del group.attrs[name]
    if value is not None:
        group.attrs[name] = value


bytes_of = lambda texts: np.array(texts, dtype="S")
spoilers = {
    "counts-missing": lambda f: f.__delitem__("counts"),
    "counts-shape": lambda f: replace(f, "counts", f["counts"][:, :-1]),
    "counts-rank": lambda f: replace(f, "counts", f["counts"][0]),
    "counts-float": lambda f: replace(f, "counts", f["counts"][:].astype("f8")),
    "counts-signed": lambda f: replace(f, "counts", f["counts"][:].astype("i8")),
    "counts-big-endian": lambda f: replace(f, "counts", f["counts"][:].astype(">u8")),
    "counts-group": lambda f: (f.__delitem__("counts"), f.create_group("counts")),
    "counts-off": lambda f: change(f, "counts", (0, 0, 0), f["counts"][0, 0, 0] + 1),
    "counts-filter": lambda f: replace(f, "counts", f["counts"][:], chunks=True, compression="lzf"),
    "counts-chunk": lambda f: absurd(f, "counts", (1 << 30, 1, 1), "<u8"),
    "counts-absurd": lambda f: absurd(f, "counts", (64, 2001000, 1000), "<u8"),
    "counts-external": external,
    "counts-virtual": virtual,
    "counts-soft": lambda f: link(f, h5py.SoftLink("/structures/pair_histogram")),
    "counts-elsewhere": lambda f: link(f, h5py.ExternalLink("/nowhere.h5", "counts")),
    "histogram-wraps": lambda f: change(f, "structures/pair_histogram", (0, 0, 0), 2**64 - 1),
    "composition-off": lambda f: change(f, "structures/composition", (0, 0), 9999),
    "composition-below": below,
    "structures-shorter": lambda f: replace(f, "structures/sites", f["structures/sites"][:-1]),
    "structures-unsorted": lambda f: change(f, "structures/id", 0, b"zzz"),
    "structures-absurd": lambda f: absurd(f, "structures/id", (1 << 40,), "S64"),
    "sha256-text": lambda f: change(f, "structures/sha256", 0, b"x" * 64),
    "radius-nan": lambda f: change(f, "structures/radius_of_gyration", 0, np.nan),
    "composition-below": lambda f: (
        change(f, "structures/sites", 0, f["structures/composition"][0].sum() + 1)),
    "chain-length": lambda f: change(f, "structures/chain_length", 0, 2**31 - 1),
    "residues-off": lambda f: change(f, "structures/residues", 0, f["structures/residues"][0] + 1),
    "residues-absurd": absurd_residues,
    "residues-none": no_residues,
    "chains-off": lambda f: change(f, "structures/chains", 0, 4_000_000_000),
    "skipped-shorter": lambda f: replace(f, "skipped/reason", bytes_of(["x"])),
    "edge-order": lambda f: change(f, "bins/edge", 1, 19.0),
    "edge-fraction": lambda f: change(f, "bins/edge", 1, 3.00001),
    "edge-nan": lambda f: change(f, "bins/edge", 1, np.nan),
    "bin-label": lambda f: change(f, "bins/label", 0, b"0-9A"),
    "separation-label": lambda f: change(f, "separations/label", 0, b"far"),
    "pair-label": lambda f: change(f, "pairs/label", 5, b"ALA-ZZZ"),
    "pair-type": lambda f: change(f, "pairs/first", 5, 999),
    "pair-short": lambda f: replace(f, "pairs/first", f["pairs/first"][:-1]),
    "type-name": lambda f: change(f, "types/name", 0, b"GLX"),
    "type-variable": lambda f: replace(
        f, "types/residue", ["A"] * 20, dtype=h5py.string_dtype()),
    "definition": lambda f: change(f, "types/definition", 1, b"sites nowhere"),
    "scheme-name": lambda f: attribute(f["types"], "scheme", np.bytes_("other")),
    "format-missing": lambda f: attribute(f, "format", None),
    "format-other": lambda f: attribute(f, "format", np.bytes_("cooler")),
    "version": lambda f: attribute(f, "format-version", np.int32(3)),
    "version-text": lambda f: attribute(f, "format-version", np.bytes_("1")),
    "options-text": lambda f: attribute(f, "options", np.bytes_("{")),
    "options-list": lambda f: attribute(f, "options", np.bytes_("[1]")),
    "options-number": lambda f: attribute(f, "options", np.bytes_('{"a":1}')),
    "options-variable": lambda f: attribute(f, "options", "{}"),
    "score-nan": lambda f: change(f, "score", (0, 3, 2), np.nan),
    "score-minus-inf": lambda f: change(f, "score", (0, 3, 2), -np.inf),
    "score-float32": lambda f: replace(f, "score", f["score"][:].astype("f4")),
    "error-negative": lambda f: change(f, "standard_error", (0, 3, 2), -1.0),
    "error-missing": lambda f: f.__delitem__("standard_error"),
    "structures-missing": lambda f: attribute(f, "structures", None),
    "quality-missing": lambda f: attribute(f, "quality-model-slope", None),
    "quality-of-residues-alone": lambda f: attribute(f, "quality-model-intercept", None),
    "quality-rises": lambda f: attribute(f, "quality-model-slope", -0.1),
    "quality-nan": lambda f: attribute(f, "quality-residue-radius", np.nan),
    "quality-float32": lambda f: attribute(f, "quality-residue-sd", np.float32(1)),
}
of_potential = ["score-nan", "score-minus-inf", "score-float32", "error-negative",
                "error-missing", "structures-missing", "quality-missing",
                "quality-of-residues-alone", "quality-rises", "quality-nan", "quality-float32"]
for name, spoil in spoilers.items():
    target = f"{folder}/{name}.h5"
    shutil.copyfile(potential if name in of_potential else counts, target)
    with h5py.File(target, "r+", libver=("v110", "v110")) as file:
        spoil(file)
