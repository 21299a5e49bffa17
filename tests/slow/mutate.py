#!/usr/bin/env python3
"""Checks that the tests notice small edits of the sources (mutations.toml).

Each edit is made in a copy of the tree, its test target is built again, and one of its
tests must fail. Fails on an edit that no test notices, that does not compile, or whose
text is no longer found once: mend the list, or write the test that is missing.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import tomllib

SOURCE = pathlib.Path(__file__).resolve().parents[2]
LIST = pathlib.Path(__file__).resolve().parent / "mutations.toml"


class Broken(Exception):
    """The list, or the copy, cannot be used."""


def source_files(root, place):
    """The C++ files that place, a file or a folder of the tree, stands for."""
    path = root / place
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if re.search(r"\.[ch]pp$", file.name))


def find_text(root, mutation):
    """@returns the one file that holds the text once. @throws Broken"""
    found = [(file, file.read_text(encoding="utf-8").count(mutation["text"]))
             for file in source_files(root, mutation["in"])]
    found = [(file, count) for file, count in found if count]
    if len(found) != 1 or found[0][1] != 1:
        raise Broken(f"the text stands {sum(count for _, count in found)} times in {mutation['in']}, "
                     "not once")
    return found[0][0]


def copy_tree(work):
    """A fresh copy of the tree; files that did not change keep their times, so that a
    second run builds little."""
    listed = subprocess.run(["git", "-C", SOURCE, "ls-files", "-z"], capture_output=True, text=True,
                            check=True).stdout.split("\0")
    wanted = {name for name in listed if name and (SOURCE / name).is_file()}
    for name in sorted(wanted):
        target = work / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.is_file() or target.read_bytes() != (SOURCE / name).read_bytes():
            shutil.copy(SOURCE / name, target)
    for old in work.rglob("*"):
        name = old.relative_to(work).as_posix()
        if old.is_file() and not name.startswith("build/") and name not in wanted:
            old.unlink()


def run(command, **options):
    return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, **options)


def configure(work, cmake_options):
    done = run(["cmake", "-S", work, "-B", work / "build", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None",
                "-DCMAKE_CXX_FLAGS=-O1", "-DPOTENTIAL_BUILD_TESTS=ON", "-DPOTENTIAL_BUILD_PYTHON=OFF",
                *cmake_options])
    if done.returncode:
        raise Broken(f"cmake failed in the copy:\n{done.stdout[-2000:]}")


def build(work, target, jobs):
    return run(["cmake", "--build", work / "build", "--target", target, "-j", jobs])


def run_tests(work, tests, jobs):
    """@returns the names of the tests that failed. @throws Broken when there are none."""
    done = run(["ctest", "--test-dir", work / "build", "-R", tests, "-LE", "slow", "-j", jobs,
                "--stop-on-failure", "--timeout", "120"])
    if "No tests were found" in done.stdout:
        raise Broken(f"no test matches {tests}")
    failed = re.findall(r"^\s*\d+ - (\S+) \((?!Not Run|Skipped|Disabled)", done.stdout, re.MULTILINE)
    if bool(done.returncode) != bool(failed):
        raise Broken(f"ctest ended with {done.returncode}:\n{done.stdout[-2000:]}")
    return failed


def try_mutation(work, mutation, jobs):
    """@returns the tests that noticed it. The copy is as before afterwards."""
    path = find_text(work, mutation)
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(text.replace(mutation["text"], mutation["with"]), encoding="utf-8")
        built = build(work, mutation["target"], jobs)
        if built.returncode:
            raise Broken(f"does not compile:\n{built.stdout[-2000:]}")
        return run_tests(work, mutation["tests"], jobs)
    finally:
        path.write_text(text, encoding="utf-8")


def require_green(work, mutations, jobs):
    """Without an edit all these tests pass: a failure would prove nothing."""
    for target, tests in sorted({(one["target"], one["tests"]) for one in mutations}):
        built = build(work, target, jobs)
        if built.returncode:
            raise Broken(f"{target} cannot be built without an edit:\n{built.stdout[-2000:]}")
        failed = run_tests(work, tests, jobs)
        if failed:
            raise Broken(f"{tests}: fails without an edit: {', '.join(failed)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=pathlib.Path, default=SOURCE / "build" / "mutations",
                        help="folder of the copy and its build [build/mutations]")
    parser.add_argument("--only", default="", help="only edits whose name or target matches this expression")
    parser.add_argument("-j", "--jobs", default=str(os.cpu_count()))
    parser.add_argument("--check", action="store_true", help="only see that each text is found once")
    parser.add_argument("cmake", nargs="*", help="after --: options of cmake")
    options = parser.parse_args()
    with LIST.open("rb") as file:
        mutations = tomllib.load(file)["mutation"]
    mutations = [one for one in mutations if re.search(options.only, f"{one['name']} {one['target']}")]
    problems = 0
    try:
        if not mutations:
            raise Broken(f"no edit matches {options.only}")
        if not options.check:
            work = options.work.resolve()
            copy_tree(work)
            configure(work, options.cmake)
            require_green(work, mutations, options.jobs)
    except Broken as problem:
        sys.exit(f"mutate.py: {problem}")
    for mutation in mutations:
        started = time.monotonic()
        try:
            if options.check:
                find_text(SOURCE, mutation)
                continue
            noticed = try_mutation(work, mutation, options.jobs)
            verdict = f"noticed by {noticed[0]}" if noticed else "NOT NOTICED"
        except Broken as problem:
            noticed, verdict = [], f"ERROR: {problem}"
        problems += not noticed
        print(f"{mutation['target']}: {mutation['name']}: {verdict} "
              f"({time.monotonic() - started:.0f} s)", flush=True)
    print(f"{len(mutations)} edits, {problems} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
