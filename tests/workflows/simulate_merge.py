"""Merges synthetic shards and says how long it took and how much memory.

    simulate_merge.py BUILD FOLDER SHARDS STRUCTURES SCHEME [options of merge]

BUILD is the build folder; the shards are written into FOLDER, which must not
exist and is left as it is. The figures of docs/scaling-out.md come from this.
"""

import os
import subprocess
import sys
import time


def measure(words):
    """@returns seconds by the clock, of the processor, and the peak of memory in MiB."""
    begin = time.monotonic()
    process = subprocess.Popen(words)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(words[:3])} failed")
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main(build, folder, shards, structures, scheme, *options):
    os.mkdir(folder)
    seconds, _, _ = measure([f"{build}/tests/synthetic_shards", folder, shards, structures, scheme])
    paths = [f"{folder}/{k}.h5" for k in range(1, int(shards) + 1)]
    size = sum(os.path.getsize(path) for path in paths) / 2**20
    print(f"{scheme}: {shards} shards of {structures} structures: {size:.0f} MiB, made in {seconds:.0f} s")
    with open(f"{folder}/list", "w") as names:
        names.writelines(path + "\n" for path in paths)
    merged = f"{folder}/merged.h5"
    wall, processor, memory = measure([f"{build}/potential", "merge", f"@{folder}/list", "-o",
                                       merged, "--expect", shards, *options])
    total = int(shards) * int(structures)
    print(f"merge {' '.join(options)}: {wall:.1f} s ({processor:.1f} s of processor), "
          f"{memory:.0f} MiB of memory, {os.path.getsize(merged) / 2**20:.0f} MiB written, "
          f"{wall / int(shards) * 1000:.1f} ms a shard, {wall / total * 1e6:.0f} us a structure")


if __name__ == "__main__":
    main(*sys.argv[1:])
