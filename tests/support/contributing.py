"""The recipes of the page for contributors, carried out as they stand there."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = "docs/about/contributing.md"
HEADING = re.compile(r"#{1,3} .*\{ #(?P<id>[\w-]+) \}")
FENCE = re.compile(r"(?P<mark>`{3,})(?P<kind>\w*)(?: title=\"(?P<title>.*)\")?")


def steps(root: Path, key: str) -> list[tuple[str, str]]:
    """Return what a section of the page tells to write: where, and the text, in their order."""
    found: list[tuple[str, str]] = []
    section = mark = title = ""
    code: list[str] = []
    for line in (root / PAGE).read_text(encoding="utf-8").split("\n"):
        if mark:
            if line == mark:
                found += [(title, "\n".join(code) + "\n")] if title and section == key else []
                mark, code = "", []
            else:
                code.append(line)
        elif fence := FENCE.fullmatch(line):
            mark, title = fence["mark"], fence["title"] or ""
        elif heading := HEADING.fullmatch(line):
            section = heading["id"]
    assert found, f"{PAGE} has no recipe '{key}'"
    return found


def carry_out(root: Path, where: str, text: str) -> None:
    """Write what a recipe tells: a new file, a part at the end of one, or below a line of it."""
    path, _, place = where.partition(", ")
    file = root / path
    if not place:
        assert not file.exists(), f"{path} is there already"
        file.write_text(text, encoding="utf-8")
        return
    lines = file.read_text(encoding="utf-8").split("\n")
    if place != "at the end":
        line = place.removeprefix("below: ")
        (number,) = (n for n, other in enumerate(lines) if other.strip() == line)
        lines[number + 1 : number + 1] = text.rstrip("\n").split("\n")
        file.write_text("\n".join(lines), encoding="utf-8")
    else:
        file.write_text("\n".join(lines).rstrip("\n") + "\n" + text, encoding="utf-8")
