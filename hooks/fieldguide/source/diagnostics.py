"""Faults: what is wrong, where, and what is allowed. Every check returns a list of these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in a source file.

    `path` is relative to the repository, `line` counts from 1, `where` is the dotted path inside
    a data file (empty for pages), `message` says what is wrong and what is allowed.
    """

    path: str
    line: int
    where: str
    message: str

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{self.path}:{self.line}: {place}{self.message}"


def suggest(wrong: str, allowed: Iterable[str], *, limit: int = 12) -> str:
    """Return the tail of a message: a near miss if there is one, else the allowed names."""
    names = sorted(allowed)
    near = get_close_matches(wrong, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    if not names:
        return "none is allowed here"
    if len(names) > limit:
        return f"{len(names)} are known, such as {', '.join(names[:3])}"
    return f"allowed: {', '.join(names)}"


def shown(value: object, most: int = 80) -> str:
    """Return a value as a message shows it: shortened, and never itself a failure."""
    try:
        text = repr(value)
    except ValueError:  # a number with more digits than Python writes
        text = "a number of thousands of digits"
    return text if len(text) <= most else f"{text[: most - 4]} ..."
