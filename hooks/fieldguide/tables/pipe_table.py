"""Markdown's tables of bars and cells."""

from __future__ import annotations

import re
from collections.abc import Iterable

SPACE = re.compile(r"[ \t\r\n]+")  # but not what keeps words together


def cell(text: str) -> str:
    """Return text that is safe inside a table."""
    return SPACE.sub(" ", text).strip(" ").replace("\\|", "|").replace("|", "\\|")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table; the cells are Markdown already."""
    names = list(head)
    lines = [names, ["---"] * len(names), *map(list, rows)]
    return "\n".join("| " + " | ".join(map(cell, line)) + " |" for line in lines)


def number(text: str, *, best: bool = False) -> str:
    """Return a cell or a head of a column of numbers, which stand to the right."""
    text = text.replace(" ± ", "\u202f±\u202f")  # a value and its spread stand on one line
    return f"**{text}** {{ .num }}" if best else f"{text} {{ .num }}"


def boxed(body: str, label: str, kind: str = "") -> str:
    """Return a table in a box that scripts improve: sorted, copied, as cards on a phone."""
    classes = f"{kind} table-box".strip()
    return f'<div class="{classes}" data-label="{label}" markdown="block">\n\n{body}\n\n</div>'
