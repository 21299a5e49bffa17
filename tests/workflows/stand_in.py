"""Stands in for Foldcomp: writes the structures that a list names as a tar archive,
one after another, into the path it is given."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli"))
from program import PROGRAM, SOURCE  # noqa: E402

STAND_IN = """import sys, tarfile
ids, folder, output = sys.argv[1:4]
with tarfile.open(output, "w|") as archive:
    for name in open(ids).read().split():
        archive.add(f"{folder}/{name}", name)
sys.exit(int((sys.argv + [0])[4]))
"""


def write_stand_in(test):
    test.write("unpack.py", STAND_IN)


def stream_single(test, command="python3 unpack.py ids/all in {tar}", output="single.h5"):
    """One run over all that ids/all names, as a stream."""
    return subprocess.run(
        ["sh", os.path.join(SOURCE, "data", "workflows", "stream.sh"), command, PROGRAM, "extract",
         "tar:-", "-o", output, "-q"], cwd=test.folder, capture_output=True, text=True, timeout=60)
