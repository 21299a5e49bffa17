#!/usr/bin/env python3
"""Writes the bash and zsh completions: completion.py PROGRAM FOLDER.

What can be completed comes from --help: commands, options, and the words that
the text of an option offers.
"""

import os
import re
import sys

from help_text import Program

HERE = os.path.dirname(os.path.abspath(__file__))


class Values:
    """What options and words of a command line stand for, as lists of words
    among which @file, @folder and @shipped are kinds."""

    def __init__(self, program):
        self.shared = {}  # by what stands for the value: SCHEME, BINS
        for command in program.commands:
            for option in command.options:
                if option.choices():
                    self.shared.setdefault(option.value, option.choices())

    def of_option(self, option):
        words = option.choices() or (self.shared.get(option.value, [])
                                     if option.value in ("SCHEME", "BINS", "F") else [])
        if option.value == "DIR":
            return ["@folder"]
        names_file = option.value in ("FILE", "TSV", "COUNTS", "SCHEME") or (
            option.value == "LIST" and "file" in option.text)
        return words + (["@file"] if names_file else [])

    @staticmethod
    def of_words(command):
        """(of the first word, of those that follow)"""
        words = command.usage.removeprefix(command.full_name).split()
        first = words[0].strip("[]")
        shipped = ["@shipped", "@file"]
        if "shipped potential" not in " ".join(command.about.split()):
            return ["@file"], ["@file"]
        return (shipped, ["@file"]) if first in ("POTENTIAL", "FILE") else (shipped, shipped)


def fill(template, parts):
    with open(os.path.join(HERE, template), encoding="utf-8") as file:
        return re.sub(r"@([A-Z]+)@", lambda match: parts[match.group(1)], file.read())


def bash(program, values):
    options, offered, words = [], [], []
    for command in [program.main, *program.commands]:
        names = [word for option in command.options
                 for word in [f"--{option.name}", f"-{option.letter}"] if word != "-"]
        options.append(f"    {command.name or chr(39) * 2}) echo {' '.join(names)} ;;")
        for option in command.options:
            if option.value:
                forms = [f'"{command.name} --{option.name}"']
                forms += [f'"{command.name} -{option.letter}"'] if option.letter else []
                offered.append(f"    {' | '.join(forms)}) echo {' '.join(values.of_option(option))} ;;")
    for command in program.commands:
        first, rest = values.of_words(command)
        words.append(f'    "{command.name} 1") echo {" ".join(first)} ;;')
        words.append(f'    "{command.name} "*) echo {" ".join(rest)} ;;')
    return fill("potential.bash.in", {"OPTIONS": "\n".join(options), "VALUES": "\n".join(offered),
                                      "WORDS": "\n".join(words),
                                      "COMMANDS": " ".join(c.name for c in program.commands)})


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def zsh_text(text):
    return re.sub(r"([][:\\])", r"\\\1", text)


def zsh_action(words):
    kinds = {"@file": "_files", "@folder": "_files -/"}
    plain = " ".join(word for word in words if not word.startswith("@"))
    if "@shipped" in words:
        return "_potential_potentials"
    if not words:
        return " "
    if not plain:
        return kinds[words[0]]
    if "@file" not in words:
        return f"({plain})"
    return f"{{_alternative \"words:name:({plain})\" \"files:file:_files\"}}"


def zsh_option(option, values):
    text = f"[{zsh_text(option.text)}]"
    if not option.value:
        forms = f"{{-{option.letter},--{option.name}}}" if option.letter else f"--{option.name}"
        both = f"(-{option.letter} --{option.name})" if option.letter else ""
        return f"{quoted(both)}{forms}{quoted(text)}"
    what = f"{text}:{zsh_text(option.value)}:{zsh_action(values.of_option(option))}"
    forms = f"{{-{option.letter}+,--{option.name}=}}" if option.letter else f"--{option.name}="
    both = f"(-{option.letter} --{option.name})" if option.letter else ""
    return f"{quoted(both)}{forms}{quoted(what)}"


def zsh(program, values):
    commands = "\n".join(f"    {quoted(c.name + ':' + zsh_text(c.summary))}" for c in program.commands)
    cases = []
    for command in program.commands:
        first, rest = values.of_words(command)
        specs = [zsh_option(option, values) for option in command.options]
        specs += [quoted("1:first:" + zsh_action(first)), quoted("*:input:" + zsh_action(rest))]
        cases.append(f"    {command.name})\n      _arguments -s \\\n        "
                     + " \\\n        ".join(specs) + " ;;")
    main = " ".join(zsh_option(option, values) for option in program.main.options)
    return fill("potential.zsh.in", {"COMMANDS": commands, "CASES": "\n".join(cases), "MAIN": main})


def main(path, folder):
    program = Program(path)
    values = Values(program)
    os.makedirs(folder, exist_ok=True)
    for name, make in (("potential", bash), ("_potential", zsh)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(make(program, values))


if __name__ == "__main__":
    main(*sys.argv[1:])
