"""The pieces of the lab's code that pages show: the file is there, and so is its section."""

from __future__ import annotations

import re
from pathlib import Path

from fieldguide.source import local_path, yaml_document
from fieldguide.source.diagnostics import Fault, suggest
from fieldguide.source.pages import Page

BASE = "docs/lab"
# `--8<-- "file.py:section"` on a line of its own; a semicolon before it shows it as it stands.
LINE = re.compile(r"""^[ \t]*-+8<-+[ \t]+(?P<mark>["'])(?P<name>.*?)(?P=mark)[ \t]*$""")
BLOCK = re.compile(r"^[ \t]*-+8<-+[ \t]*$")
SECTION = re.compile(r"-+8<-+[ \t]+\[[ \t]*start[ \t]*:[ \t]*([\w-]+)[ \t]*\]")
NUMBERS = re.compile(r"-?\d*(?::-?\d*)?(?:,-?\d*(?::-?\d*)?)*")


def check(page: Page, root: Path) -> list[Fault]:
    """Return a fault for each piece of a page that is not there, or lies elsewhere."""
    faults = []
    if "8<-" not in page.body:
        return []
    for number, line in enumerate(page.body.split("\n"), page.body_line):
        if BLOCK.match(line):
            message = 'write --8<-- "file.py:section" on a line of its own, without a block'
            faults.append(page.fault(number, message))
        elif (found := LINE.match(line)) and (message := _complaint(found["name"], root)):
            faults.append(page.fault(number, message))
    return faults


def _complaint(name: str, root: Path) -> str:
    path, mark, section = name.strip().partition(":")
    if wrong := local_path.fault(name if "//" in name else path):
        return wrong
    text, unreadable = yaml_document.read_text(root, f"{BASE}/{path}")
    if text is None:
        known = [file.name for file in sorted((root / BASE).glob("*.py"))]
        return f"{BASE}/{path}: {unreadable[0].message}; {suggest(path, known)}"
    sections = SECTION.findall(text)
    if mark and not NUMBERS.fullmatch(section) and section not in sections:
        return f"{BASE}/{path} has no section '{section}'; {suggest(section, sections)}"
    return ""
