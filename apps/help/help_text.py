"""What the program says of itself in --help, taken apart.

Man pages and completions are made from it when the project is built, so that
they cannot tell of options that are not there, nor miss any.
"""

import dataclasses
import re
import subprocess

OPTION = re.compile(r"^  (?:-(\w), |    )--([\w-]+)(?: (\S+))?(?:\s{2,}(\S.*))?$")
COMMAND = re.compile(r"^  ([a-z]+) {2,}(\S.*)$")
WORD = re.compile(r"^[a-z][a-z0-9_-]*$")


@dataclasses.dataclass
class Option:
    letter: str  # empty: no short form
    name: str
    value: str   # empty: a flag
    text: str

    def choices(self):
        """The words its text offers: `rapdf, kbp, dfire, dope, srs or rw`."""
        text = re.sub(r"\([^)]*\)|\[[^]]*\]", "", self.text)
        clause = text.split(": ", 1)[-1].split(";")[0]
        words = [word.strip() for word in re.split(r", or |, | or ", clause)]
        words = [word for word in words if WORD.match(word)]
        return words if self.value and len(words) > 1 else []


@dataclasses.dataclass
class Command:
    name: str      # empty: the program itself
    summary: str
    usage: str     # without the word `Usage:`
    about: str     # paragraphs
    options: list
    end: str       # paragraphs behind the options

    @property
    def full_name(self):
        return f"potential {self.name}".strip()

    def option(self, name):
        return next(option for option in self.options if option.name == name)


def _read_options(lines):
    options = []
    for line in lines:
        match = OPTION.match(line)
        if match:
            letter, name, value, text = (part or "" for part in match.groups())
            options.append(Option(letter, name, value, text))
        else:
            options[-1].text = (options[-1].text + " " + line.strip()).strip()
    return options


def _read_command(name, summary, text):
    usage, rest = text.split("\n", 1)
    about, rest = rest.split("\nOptions:\n", 1)
    options, _, end = rest.partition("\n\n")
    return Command(name, summary, usage.removeprefix("Usage: "), about.strip("\n"),
                   _read_options(options.splitlines()), end.strip("\n"))


class Program:
    """Its version, its own help, and that of every command."""

    def __init__(self, path):
        def ask(*words):
            return subprocess.run([path, *words], capture_output=True, encoding="utf-8",
                                  check=True).stdout

        self.version = ask("--version").split()[1]
        main = _read_command("", "statistical potentials of proteins", ask("--help"))
        main.about, _, listing = main.about.partition("\n\nCommands:\n")
        self.main = main
        self.commands = [_read_command(name, summary, ask(name, "--help"))
                         for name, summary in map(lambda line: COMMAND.match(line).groups(),
                                                  listing.splitlines())]
