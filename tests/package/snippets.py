"""The C++ examples of a page as one program, and files for it to read.

snippets.py PAGE.md PROGRAM.cpp    the ```cpp blocks, in order, become the body of main()
snippets.py --files FOLDER MODEL.pdb    set/, models/ and native.pdb, as the pages call them
"""

import os
import random
import re
import sys


def program_of(page):
    with open(page, encoding="utf-8") as file:
        blocks = re.findall(r"^```cpp\n(.*?)^```$", file.read(), re.S | re.M)
    if not blocks:
        sys.exit(f"{page}: there is no ```cpp block")
    includes, body = [], []
    for line in "".join(blocks).splitlines():
        (includes if line.startswith("#include ") else body).append(line)
    return "\n".join([*dict.fromkeys(includes), "", "int main() {", *body, "}", ""])


def moved(pdb, error, seed):
    """The text of a PDB file with every atom moved by up to so many Å."""
    numbers = random.Random(seed)
    lines = []
    for line in pdb.splitlines(keepends=True):
        if line.startswith(("ATOM", "HETATM")):
            place = [float(line[at:at + 8]) + numbers.uniform(-error, error) for at in (30, 38, 46)]
            line = line[:30] + "".join(f"{value:8.3f}" for value in place) + line[54:]
        lines.append(line)
    return "".join(lines)


def write_files(folder, model):
    with open(model, encoding="utf-8") as file:
        native = file.read()
    texts = {"native.pdb": native}
    for k in range(4):
        texts[f"set/{k}.pdb"] = moved(native, 0.1, k)
        texts[f"models/moved-{k + 1}.pdb"] = moved(native, k + 1, 10 + k)
    for name, text in texts.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


if sys.argv[1] == "--files":
    write_files(*sys.argv[2:])
else:
    program = program_of(sys.argv[1])
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write(program)
