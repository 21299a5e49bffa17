"""Reads every #include of the library and the program and holds them against the house
rules of the project (CONTRIBUTING.md): which room may know which, where third-party
headers may stand, what is public. Prints what breaks them, one line each.

usage: include_graph.py FOLDER    the source tree
"""

import pathlib
import re
import sys
from collections import defaultdict

# Who may know whom. This table is the only place that says so.
BASE = "support core"
READING = f"{BASE} structure pairs pipeline"
ROOMS = {
    "support": "",
    "core": "support",  # errors and digests
    "pipeline": "support",
    "structure": BASE,
    "pairs": BASE,
    "training": BASE,
    "storage": BASE,
    "extraction": READING,
    "scoring": READING,
    "evaluation": f"{READING} scoring",
    "report": f"{BASE} scoring evaluation",  # results
    "workflow": f"{READING} training storage extraction scoring evaluation report",
}
ROOMS = {room: set(known.split()) for room, known in ROOMS.items()}

# Third-party headers: (how their names begin, the places where they may be included).
# A place is a room, apps or apps/python.
THIRD_PARTY = [
    ("gemmi/", {"structure"}),
    ("archive", {"structure"}),
    ("zlib.h", {"structure"}),
    ("libdeflate.h", {"structure", "storage", "report"}),
    ("hdf5", {"storage"}),
    ("tbb/", {"pipeline"}),
    ("openssl/", {"support"}),
    ("nlohmann/", {"report", "storage", "apps"}),
    ("parasail", {"structure"}),
    ("immintrin.h", {"pairs", "training"}),
    ("Eigen/", {*ROOMS, "apps", "apps/python"}),
    ("fmt/", {*ROOMS, "apps", "apps/python"}),
    ("boost/program_options", {"apps"}),
    ("spdlog/", {"apps"}),
    ("pybind11/", {"apps/python"}),
]
# What a public header may ask of its users: Eigen, and C++ itself.
PUBLIC_THIRD_PARTY = ("Eigen/",)
SYSTEM = re.compile(r"(sys/\w+|dirent|dlfcn|fcntl|pthread|sched|spawn|unistd)\.h")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
PUBLIC = "libpotential/include/potential/"
PRIVATE = "libpotential/src/"
# Written by CMake beside the build.
GENERATED = {"potential_version.hpp"}


def source_files(root):
    """Paths of the C++ files below libpotential/ and apps/, relative to root."""
    found = []
    for top in ("libpotential", "apps"):
        for path in (root / top).rglob("*"):
            if re.search(r"\.[ch]pp(\.in)?$", path.name):
                found.append(path.relative_to(root).as_posix())
    return sorted(found)


def place_of(path):
    """The room of a file of the library; apps or apps/python for the rest."""
    for top in (PUBLIC, PRIVATE):
        if path.startswith(top):
            return path[len(top):].split("/")[0]
    return "apps/python" if path.startswith("apps/python/") else "apps"


def resolve(path, bracket, name, files):
    """The file of the project that an include names, or None."""
    if bracket == "<":
        candidates = [f"{PUBLIC}{name[len('potential/'):]}"] if name.startswith("potential/") else []
    else:
        folder = path.rsplit("/", 1)[0]
        beside = []
        for part in f"{folder}/{name}".split("/"):
            beside = beside[:-1] if part == ".." else beside + [part]
        candidates = ["/".join(beside), PRIVATE + name]
    return next((c for c in candidates if c in files), None)


def circle(graph):
    """The names along one circle of graph (name -> names), or None."""
    done, trail = set(), []

    def walk(name):
        if name in trail:
            return trail[trail.index(name):] + [name]
        if name in done:
            return None
        trail.append(name)
        for other in sorted(graph.get(name, ())):
            found = walk(other)
            if found:
                return found
        trail.pop()
        done.add(name)
        return None

    for name in sorted(graph):
        found = walk(name)
        if found:
            return found
    return None


def third_party_problem(path, name):
    place = place_of(path)
    if not re.search(r"[./]", name):
        return None  # a header of C++ has neither
    public = path.startswith(PUBLIC)
    if SYSTEM.fullmatch(name):
        return f"{path}: a public header includes <{name}> of the system" if public else None
    rooms = next((rooms for start, rooms in THIRD_PARTY if name.startswith(start)), None)
    if rooms is None:
        return f"{path}: <{name}> is in no line of THIRD_PARTY: say where it may be included"
    if place not in rooms:
        return f"{path}: <{name}> may only be included in {', '.join(sorted(rooms))}"
    if public and not name.startswith(PUBLIC_THIRD_PARTY):
        return f"{path}: a public header asks its users for <{name}>"
    return None


def own_problem(path, name, target):
    """What is wrong with path including target, a file of the project."""
    place, other = place_of(path), place_of(target)
    if path.startswith("apps/"):
        if target.startswith(PRIVATE):
            return f"{path}: includes the private header {name}; apps/ has only <potential/...>"
        if place == "apps/python" and other == "apps":
            return f"{path}: includes {target}; the module takes no file of the program"
        return None
    if target.startswith("apps/"):
        return f"{path}: includes {target}; the library does not know apps/"
    if path.startswith(PUBLIC) and target.startswith(PRIVATE):
        return f"{path}: a public header includes the private {name}"
    if other != place and other not in ROOMS.get(place, ()):
        return f"{path}: {place} may not know {other} (includes {name})"
    return None


def check(root):
    """@returns the problems of the tree at root, one line each."""
    root = pathlib.Path(root)
    paths = source_files(root)
    files, problems = set(paths), []
    file_graph, room_graph = defaultdict(set), defaultdict(set)
    for path in paths:
        if not path.startswith("apps/") and place_of(path) not in ROOMS:
            problems.append(f"{path}: {place_of(path)} is no room of the table ROOMS")
        for bracket, name in INCLUDE.findall((root / path).read_text(encoding="utf-8")):
            target = resolve(path, bracket, name, files)
            if target:
                file_graph[path].add(target)
                if place_of(path) != place_of(target):
                    room_graph[place_of(path)].add(place_of(target))
                problem = own_problem(path, name, target)
            elif bracket == "<" and not name.startswith("potential/"):
                problem = third_party_problem(path, name)
            else:
                problem = None if name in GENERATED else f"{path}: no file for the include {name}"
            if problem:
                problems.append(problem)
    for what, graph in (("rooms", room_graph), ("files", file_graph)):
        found = circle(graph)
        if found:
            problems.append(f"circle of {what}: {' -> '.join(found)}")
    if not paths:
        problems.append(f"{root}: no C++ files of libpotential/ and apps/")
    return problems


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = check(sys.argv[1])
    print("\n".join(found) if found else "the include graph keeps the house rules")
    sys.exit(1 if found else 0)
