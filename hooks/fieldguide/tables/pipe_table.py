"""Markdown's tables of bars and cells."""

from __future__ import annotations

from collections.abc import Iterable


def cell(text: str) -> str:
    """Return text that is safe inside a table."""
    return " ".join(text.split()).replace("\\|", "|").replace("|", "\\|")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table; the cells are Markdown already."""
    names = list(head)
    lines = [names, ["---"] * len(names), *map(list, rows)]
    return "\n".join("| " + " | ".join(map(cell, line)) + " |" for line in lines)
