"""Reads a potential of two terms as a user of h5py would, and fails when anything is not as
docs/file-format.md says."""
import hashlib
import json
import sys

import h5py

path = sys.argv[1]
data = open(path, "rb").read()
lines = data[:512].decode("ascii").splitlines()
assert lines[0] == "potential-table 2", lines[0]
assert lines[1] == "sha256 " + hashlib.sha256(data[512:]).hexdigest()

with h5py.File(path) as file:
    assert file.attrs["format-version"] == 2
    recipe = json.loads(file.attrs["options"])
    assert recipe["weights"] == "0.75,2-9/sqrt(N+3)", recipe
    assert "score" not in file
    assert file["types"].attrs["scheme"] == b"heavy-atom"
    assert file["terms"].attrs["binary-digits"] == -1
    names = file["terms"].attrs["names"].decode().split(",")
    assert names == ["near", "far"] and set(file["terms"]) == set(names)
    assert [i.decode() for i in file["training/id"]] == ["set/a.pdb", "set/b.pdb#2"]
    assert file["training/sha256"][0] == b"07" * 32
    assert file["training/types"][0] == b"residue-cb"
    near, far = (file["terms"][name] for name in names)
    assert near.attrs["weight"] == 0.75 and "weight-per-root" not in near.attrs
    assert (far.attrs["weight"], far.attrs["weight-per-root"], far.attrs["weight-offset"]) == (2, -9, 3)
    assert json.loads(near.attrs["options"])["reference"] == "rapdf"
    assert near["score"].shape == (2, 210, 3) and far["score"].shape == (2, 210, 2)
    assert "counts" in near and "counts" not in far
    for term in (near, far):
        assert term.attrs["structures"] == 706
        for table in ("score", "standard_error"):
            labels = [term[table].dims[axis].keys() for axis in range(3)]
            assert labels == [["separation"], ["pair"], ["bin"]], labels
            for axis, labels in enumerate(["separations/label", "pairs/label", "bins/label"]):
                assert term[table].dims[axis][0] == term[labels]
