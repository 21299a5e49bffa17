#!/usr/bin/env python3
"""Writes the bash and zsh completions: completion.py PROGRAM FOLDER.

What can be completed comes from the program itself: commands, options, their
kinds, and the words that an option offers.
"""

import os
import re
import sys

from help_text import Program

HERE = os.path.dirname(os.path.abspath(__file__))


def of_option(option):
    """What an option takes: words, among which @file, @folder and @shipped are kinds."""
    return option.words + [f"@{option.kind}"] * (option.kind in ("file", "folder"))


def of_word(kind):
    return {"potential": ["@shipped", "@file"], "file": ["@file"], "text": []}[kind]


def fill(template, parts):
    with open(os.path.join(HERE, template), encoding="utf-8") as file:
        return re.sub(r"@([A-Z]+)@", lambda match: parts[match.group(1)], file.read())


def bash(program):
    options, offered, words = [], [], []
    for command in [program.main, *program.commands]:
        names = [word for option in command.options
                 for word in [f"--{option.name}", f"-{option.letter}"] if word != "-"]
        options.append(f"    {command.name or chr(39) * 2}) echo {' '.join(names)} ;;")
        for option in command.options:
            if option.value:
                forms = [f'"{command.name} --{option.name}"']
                forms += [f'"{command.name} -{option.letter}"'] if option.letter else []
                offered.append(f"    {' | '.join(forms)}) echo {' '.join(of_option(option))} ;;")
    for command in program.commands:
        first, rest = of_word(command.first), of_word(command.rest)
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


def zsh_option(option):
    text = f"[{zsh_text(option.text)}]"
    if not option.value:
        forms = f"{{-{option.letter},--{option.name}}}" if option.letter else f"--{option.name}"
        both = f"(-{option.letter} --{option.name})" if option.letter else ""
        return f"{quoted(both)}{forms}{quoted(text)}"
    what = f"{text}:{zsh_text(option.value)}:{zsh_action(of_option(option))}"
    forms = f"{{-{option.letter}+,--{option.name}=}}" if option.letter else f"--{option.name}="
    both = f"(-{option.letter} --{option.name})" if option.letter else ""
    return f"{quoted(both)}{forms}{quoted(what)}"


def zsh(program):
    commands = "\n".join(f"    {quoted(c.name + ':' + zsh_text(c.summary))}" for c in program.commands)
    cases = []
    for command in program.commands:
        first, rest = of_word(command.first), of_word(command.rest)
        specs = [zsh_option(option) for option in command.options]
        specs += [quoted("1:first:" + zsh_action(first)), quoted("*:input:" + zsh_action(rest))]
        cases.append(f"    {command.name})\n      _arguments -s \\\n        "
                     + " \\\n        ".join(specs) + " ;;")
    main = " ".join(zsh_option(option) for option in program.main.options)
    return fill("potential.zsh.in", {"COMMANDS": commands, "CASES": "\n".join(cases), "MAIN": main})


def main(path, folder):
    program = Program(path)
    os.makedirs(folder, exist_ok=True)
    for name, make in (("potential", bash), ("_potential", zsh)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(make(program))


if __name__ == "__main__":
    main(*sys.argv[1:])
