"""Reads a counts file, a potential with a calibration and one without as a user
of h5py would, and fails when anything is not as docs/file-format.md says."""
import hashlib
import json
import sys

import h5py
import numpy as np


def check_envelope(path, kind):
    data = open(path, "rb").read()
    lines = data[:512].decode("ascii").splitlines()
    assert lines[0] == f"{kind} 1", lines[0]
    assert lines[1] == "sha256 " + hashlib.sha256(data[512:]).hexdigest()
    assert lines[2] == f"size {len(data)}"


def check_storage(name, dataset):
    if not isinstance(dataset, h5py.Dataset) or dataset.size == 0:
        return
    assert dataset.chunks is not None, name
    assert dataset.shuffle and dataset.fletcher32 and dataset.compression == "gzip", name
    assert 1 <= dataset.compression_opts <= 4, name
    assert dataset.id.get_type().get_class() != h5py.h5t.STRING or (
        not dataset.id.get_type().is_variable_str()
        and dataset.id.get_type().get_cset() == h5py.h5t.CSET_UTF8
    ), name


def check_axes(table, file):
    labels = [table.dims[axis].keys() for axis in range(3)]
    assert labels == [["separation"], ["pair"], ["bin"]], labels
    # One pair is in one piece.
    assert table.chunks[0] == table.shape[0] and table.chunks[2] == table.shape[2]
    assert np.prod(table.chunks) * 8 <= 1 << 17
    for axis, path in enumerate(["separations/label", "pairs/label", "bins/label"]):
        assert table.dims[axis][0] == file[path], path
        assert len(file[path]) == table.shape[axis], path


def check_common(file, kind):
    assert file.attrs["format"] == kind.encode() or file.attrs["format"] == kind
    assert file.attrs["format-version"] == 1
    assert isinstance(json.loads(file.attrs["options"]), dict)
    assert file.userblock_size == 512
    file.visititems(check_storage)
    names = [name.decode() for name in file["types/name"]]
    definition = [line.decode() for line in file["types/definition"]]
    assert definition[0] == "scheme " + np.bytes_(file["types"].attrs["scheme"]).decode()
    assert [line.split()[0] for line in definition[2:]] == names
    edges = file["bins/edge"]
    assert edges.dtype == "<f8" and edges.attrs["units"] in (b"angstrom", "angstrom")
    assert [f"{a:g}-{b:g}A".encode() for a, b in zip(edges, edges[1:])] == list(file["bins/label"])
    first, second = file["pairs/first"][:], file["pairs/second"][:]
    assert first.dtype == "<u2" and second.dtype == "<u2"
    expected = [f"{names[i]}-{names[j]}".encode() for i, j in zip(first, second)]
    assert expected == list(file["pairs/label"])


def check_counts(path):
    check_envelope(path, "potential-counts")
    with h5py.File(path) as file:
        check_common(file, "potential-counts")
        counts = file["counts"]
        assert counts.dtype == "<u8"
        check_axes(counts, file)
        structures = file["structures"]
        size = len(structures["id"])
        for name in ["sha256", "sites", "residues", "radius_of_gyration", "chains"]:
            assert structures[name].shape == (size,)
            assert structures[name].dims[0].keys() == ["structure"]
        assert structures["radius_of_gyration"].attrs["units"] in (b"angstrom", "angstrom")
        assert structures["chain_length"].shape == (structures["chains"][:].sum(),)
        assert (structures["composition"][:].sum(1) == structures["sites"][:]).all()
        assert [d.keys() for d in structures["composition"].dims] == [["structure"], ["type"]]
        histogram = structures["pair_histogram"]
        assert [d.keys() for d in histogram.dims] == [["structure"], ["separation"], ["bin"]]
        if size:
            assert (histogram[:].sum(0) == counts[:].sum(1)).all()
        assert len(file["skipped/id"]) == len(file["skipped/reason"]) == 2


QUALITY = {
    "quality-model-intercept": 1.313, "quality-model-slope": 0.1275, "quality-model-sd": 0.79,
    "quality-residue-intercept": 1.130, "quality-residue-local-slope": 0.0513,
    "quality-residue-model-slope": 0.0638, "quality-residue-radius": 20.0,
    "quality-residue-sd": 1.04,
}


def check_potential(path, quality):
    check_envelope(path, "potential-table")
    with h5py.File(path) as file:
        check_common(file, "potential-table")
        assert file.attrs["structures"] == 706
        stored = {name: file.attrs[name] for name in file.attrs if name.startswith("quality")}
        assert stored == quality, stored
        assert all(value.dtype == "<f8" and value.shape == () for value in stored.values())
        for name in ["score", "standard_error"]:
            assert file[name].dtype == "<f8"
            assert file[name].attrs["units"] in (b"natural-log units", "natural-log units")
            check_axes(file[name], file)
        check_axes(file["counts"], file)


if __name__ == "__main__":
    check_counts(sys.argv[1])
    check_potential(sys.argv[2], QUALITY)
    check_potential(sys.argv[3], {})
