#!/usr/bin/env python3
"""Writes the man pages of the program and its commands: man_pages.py PROGRAM FOLDER.

One page a command, packed as distributions want them, from what --help says.
The same help gives the same bytes.
"""

import gzip
import os
import re
import sys

from help_text import Program


def roff(text):
    """Text that roff prints as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


def paragraphs(text):
    out = []
    for paragraph in text.split("\n\n"):
        if any(line.startswith("  ") for line in paragraph.splitlines()):
            out.append(".PP\n.nf\n" + roff(paragraph) + "\n.fi")
        else:
            out.append(".PP\n" + roff(paragraph))
    return "\n".join(out)


def option_entry(option):
    name = f"\\fB\\-\\-{roff(option.name)}\\fR"
    if option.letter:
        name = f"\\fB\\-{option.letter}\\fR, {name}"
    if option.value:
        name += f" \\fI{roff(option.value)}\\fR"
    return f".TP\n{name}\n{roff(option.text)}"


def usage(command):
    words = command.usage.removeprefix(command.full_name).strip()
    return f"\\fB{roff(command.full_name)}\\fR {roff(words)}"


def page(program, command):
    name = command.full_name.replace(" ", "-")
    others = [f"potential-{other.name}" for other in program.commands if other is not command]
    parts = [f'.TH {name.upper().replace("-", chr(92) + "-")} 1 "" "potential {program.version}" "User Commands"',
             ".SH NAME", f"{roff(name)} \\- {roff(command.summary)}",
             ".SH SYNOPSIS", usage(command),
             ".SH DESCRIPTION", paragraphs(command.about).removeprefix(".PP\n")]
    if not command.name:
        parts.append(".SH COMMANDS")
        parts += [f".TP\n\\fB{other.name}\\fR\n{roff(other.summary)}" for other in program.commands]
    parts += [".SH OPTIONS", *map(option_entry, command.options),
              ".SH EXIT STATUS", roff(program.exit_status),
              ".SH SEE ALSO", roff(", ").join(f"\\fB{roff(other)}\\fR(1)" for other in
                                              (["potential"] if command.name else []) + others)]
    return "\n".join(parts) + "\n"


def main(path, folder):
    program = Program(path)
    os.makedirs(folder, exist_ok=True)
    for command in [program.main, *program.commands]:
        name = command.full_name.replace(" ", "-") + ".1.gz"
        with open(os.path.join(folder, name), "wb") as file:
            file.write(gzip.compress(page(program, command).encode(), 9, mtime=0))


if __name__ == "__main__":
    main(*sys.argv[1:])
