#!/usr/bin/env python3
"""Puts the help of every command into its page: make-pages.py PROGRAM.

A page keeps what is written around the block between ```text and ```.
"""
import os
import re
import subprocess
import sys

program = sys.argv[1]
folder = os.path.dirname(os.path.abspath(__file__))
listing = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
for command, summary in re.findall(r"^  ([a-z]+) +(.+)$", listing, re.M):
    page = os.path.join(folder, command + ".md")
    help = subprocess.run([program, command, "--help"], capture_output=True, text=True,
                          check=True).stdout
    block = "```text\n" + help + "```"
    text = f"# potential {command}\n\n{summary[0].upper()}{summary[1:]}.\n\n{block}\n"
    if os.path.exists(page):
        with open(page) as file:
            text = re.sub(r"```text\n.*?```", lambda _: block, file.read(), count=1, flags=re.S)
    with open(page, "w") as file:
        file.write(text)
