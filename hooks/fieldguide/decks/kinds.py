"""The four kinds of things on a slide, before they have a place on one."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from fieldguide.decks.runs import Run

KEY, BULLET, HEAD, SMALL = 22.0, 20.0, 24.0, 15.0


@dataclass
class Text:
    """A paragraph on a slide."""

    runs: list[Run]
    size: float = KEY
    bullet: bool = True
    notes: str = ""


@dataclass
class Picture:
    """A picture of a node, which `draw` makes later; `formula` is its TeX, if it is one."""

    node: LexborNode
    alt: str
    formula: bool = False
    caption: list[Run] = field(default_factory=list)
    notes: str = ""


@dataclass
class Table:
    """A table with the rows of its head and those below it; a cell is a list of runs."""

    head: list[list[list[Run]]]
    rows: list[list[list[Run]]]
    notes: str = ""


@dataclass
class Code:
    """Lines of code from a file."""

    lines: list[str]
    name: str = ""
    notes: str = ""


Item = Text | Picture | Table | Code
