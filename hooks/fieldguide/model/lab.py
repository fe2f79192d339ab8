"""The records of docs/data/lab.yml: the live models of the guide, a family's in one entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class State:
    """A state of a live model: what is to be seen, and the settings that show it."""

    see: str
    set: dict[str, str]


@dataclass(frozen=True)
class Row:
    """A row in the tables of measurements; in the plot it has a curve, or a point."""

    model: str
    label: str = ""
    curve: dict[str, Any] = field(default_factory=dict)
    point: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Digits:
    """A live model of digits: what it is called, what made it, and what its page loads."""

    family: str
    title: str
    caption: str
    code: str
    weights: list[str]
    scripts: list[str]
    rows: list[Row]
    real: int = 0
    later: str = ""
    states: list[State] = field(default_factory=list)

    def files(self, names: Iterable[str] | None = None) -> list[str]:
        """Return where its weights stand in the lab, or those of `names`, without the suffix."""
        return [f"pictures/weights/{name}" for name in (self.weights if names is None else names)]


@dataclass(frozen=True)
class Language:
    """A language widget: what it is called, what made it, and what its page loads."""

    kind: str
    title: str
    about: str
    code: str
    weights: list[str]
    scripts: list[str]
    family: str = ""
    start: str = "Start the language model"
    samples: str = ""
    at_home: bool = False
    row: dict[str, Any] = field(default_factory=dict)
    states: list[State] = field(default_factory=list)


@dataclass(frozen=True)
class Points:
    """What a family learns live on points of the plane."""

    family: str
    key: str
    line: str
    needs: list[str] = field(default_factory=list)
    states: list[State] = field(default_factory=list)


Model = Digits | Language | Points


@dataclass(frozen=True)
class Lab:
    """All live models: of digits by family, of language by kind, of points by the arena's name."""

    digits: dict[str, Digits] = field(default_factory=dict)
    language: dict[str, Language] = field(default_factory=dict)
    points: dict[str, Points] = field(default_factory=dict)
    races: list[State] = field(default_factory=list)

    def rows(self) -> dict[str, tuple[str, Row]]:
        """Return family and row of each measured model of digits."""
        return {row.model: (each.family, row) for each in self.digits.values() for row in each.rows}

    def text_rows(self) -> dict[str, Language]:
        """Return the language widget that belongs to each measured language model."""
        return {each.row["model"]: each for each in self.language.values() if each.row}
