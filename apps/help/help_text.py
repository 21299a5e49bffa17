"""What the program says that it takes: `potential help --json`.

Man pages and completions are made from it when the project is built, so that
they cannot tell of options that are not there, nor miss any.
"""

import json
import subprocess
from types import SimpleNamespace


def _option(letter, name, value, kind, words, help, default):
    text = " ".join(help.split()) + (f" [{default}]" if default else "")
    return SimpleNamespace(letter=letter, name=name, value=value, kind=kind, words=words, text=text)


class Program:
    """Its version, its own help, and that of every command. An option has its letter
    (perhaps empty), name, value (empty: a flag), kind, words and text."""

    def __init__(self, path):
        all = json.loads(subprocess.run([path, "help", "--json"], capture_output=True,
                                        encoding="utf-8", check=True).stdout)
        self.version = all["version"]
        self.exit_status = all["exit_status"]
        self.main = SimpleNamespace(
            name="", full_name="potential", summary=all["summary"], about=all["about"],
            usage="potential COMMAND [...]",
            options=[_option("h", "help", "", "flag", [], "print this text", ""),
                     _option("V", "version", "", "flag", [], "print the version", "")])
        self.commands = []
        for parts in all["commands"]:
            parts["options"] = [_option(*option.values()) for option in parts["options"]]
            self.commands.append(SimpleNamespace(full_name=f"potential {parts['name']}", **parts))
