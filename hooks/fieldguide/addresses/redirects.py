"""docs/data/redirects.yml: where published ids lead that no longer stand where they stood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from fieldguide.source import dates, disk, local_path, yaml_document
from fieldguide.source.diagnostics import Fault, suggest
from fieldguide.source.yaml_document import YamlFile

PATH = "docs/data/redirects.yml"
PLACE = re.compile(r"^[A-Za-z0-9_./-]+\.md#[a-z][a-z0-9-]*$")
FORM = '"old-page.md#old-id": "page.md#id"'
NOTE_FIELDS = {"removed", "note", "see"}


@dataclass(frozen=True)
class Move:
    """Where a place leads: to another, or to a dated note that says why it is gone."""

    place: str
    target: str = ""
    removed: str = ""
    note: str = ""
    see: str = ""

    @property
    def page(self) -> str:
        """Return the page on which the id stood."""
        return self.place.partition("#")[0]

    @property
    def id(self) -> str:
        """Return the id that stood there."""
        return self.place.partition("#")[2]


@dataclass
class Moves:
    """The redirects as they are written, and the document that knows their lines."""

    document: YamlFile
    entries: dict[str, Move] = field(default_factory=dict)
    _ends: dict[str, str] = field(default_factory=dict)

    def fault(self, place: str, message: str) -> Fault:
        """Return a fault at an entry."""
        line = self.document.line(("redirects", place))
        return Fault(PATH, line, f"redirects.{place}", message)

    def trail(self, place: str, most: int = 7) -> str:
        """Return in words the first places that a redirect leads through; a cycle repeats one."""
        trail = [place]
        while (move := self.entries.get(trail[-1])) and move.target and len(trail) <= most:
            trail.append(move.target)
            if trail.index(move.target) < len(trail) - 1:
                return " -> ".join(trail)
        return " -> ".join([*trail[:4], "..."])

    def end(self, place: str) -> str:
        """Return the last place that a redirect leads to, with all chains followed.

        Each place is walked once: all places on a way have its end.
        """
        way: list[str] = []
        seen: set[str] = set()
        at = place
        while at not in self._ends and at not in seen:
            way.append(at)
            seen.add(at)
            move = self.entries.get(at)
            if not move or not move.target:
                break
            at = move.target
        last = self._ends.get(at, at)
        for passed in way:
            self._ends[passed] = last
        return last

    def in_circle(self, place: str) -> bool:
        """Return whether a redirect leads into a circle."""
        end = self.entries.get(self.end(place))
        return bool(end and end.target)


def read(root: Path, today: date | None = None) -> tuple[Moves, list[Fault]]:
    """Return the redirects and the faults of their form; no file means no redirects.

    `today` is the latest date on which something may have been removed.
    """
    if not disk.stands(root / PATH):
        return Moves(YamlFile(PATH)), []
    document = yaml_document.read(root, PATH)
    moves = Moves(document)
    if document.faults:
        return moves, document.faults
    value = document.value
    if not isinstance(value, dict) or set(value) != {"redirects"}:
        return moves, [document.fault((), f"it must have the one key 'redirects', with {FORM}")]
    entries = value["redirects"] or {}
    if not isinstance(entries, dict):
        return moves, [document.fault(("redirects",), f"must be a mapping: {FORM}")]
    faults = []
    for place, given in entries.items():
        message = _form(place, given, today)
        if message:
            faults.append(moves.fault(str(place), message))
        elif isinstance(given, str):
            moves.entries[place] = Move(place, target=given)
        else:
            moves.entries[place] = Move(place, **given)
    return moves, faults


def _form(place: object, given: object, today: date | None) -> str:
    """Return what is wrong with the form of an entry, or an empty text."""
    if not isinstance(place, str):
        return f"'{place}' is not a place; write {FORM}"
    if wrong := place_fault(place):
        return wrong
    if isinstance(given, str):
        return place_fault(given)
    if not isinstance(given, dict):
        return f"must be a place such as page.md#id, or removed, note and see; write {FORM}"
    unknown = [name for name in given if name not in NOTE_FIELDS]
    if unknown:
        return f"unknown field '{unknown[0]}'; {suggest(str(unknown[0]), NOTE_FIELDS)}"
    if not all(isinstance(text, str) and text.strip() for text in given.values()):
        return "removed, note and see are texts"
    if "removed" not in given or "note" not in given:
        return "what was deleted needs 'removed: YYYY-MM-DD' and a 'note' that says why"
    if "see" in given and (wrong := place_fault(given["see"])):
        return wrong
    return dates.fault(given["removed"], today)


def place_fault(place: str) -> str:
    """Return what is wrong with the form of `page.md#id`, or an empty text."""
    if wrong := local_path.fault(place.partition("#")[0]):
        return wrong
    return "" if PLACE.fullmatch(place) else f"'{place}' is not a place; write {FORM}"


def check(moves: Moves, live: Mapping[str, str]) -> list[Fault]:
    """Return a fault for each redirect that is useless, leads nowhere, or turns in a circle."""
    faults = []
    ends: dict[str, tuple[str, str]] = {}
    pages_of = {place.partition("#")[2]: place for place in live}
    near = cache(lambda place: suggest(place, live))  # slow, and a long chain has one end
    for place, move in moves.entries.items():
        end = moves.end(place)
        message = ""
        if place in live:
            message = "the id stands on that page, so this redirect is never used; take it out"
        elif moves.in_circle(place):
            trail = moves.trail(place)
            message = f"the redirects turn in a circle: {trail}; lead one elsewhere"
        elif not _stands(end, moves, live):
            message = f"leads to '{end}', where nothing stands; {near(end)}"
        elif move.see and not _stands(moves.end(move.see), moves, live):
            message = f"'see' leads to '{move.see}', where nothing stands; {near(move.see)}"
        elif move.id in pages_of and end != pages_of[move.id]:
            message = (
                f"the id '{move.id}' stands at {pages_of[move.id]} and must lead there: an id "
                "keeps its meaning"
            )
        elif ends.setdefault(move.id, (place, end))[1] != end:
            other, there = ends[move.id]
            message = f"leads to {end}, but {other} to {there}; an id leads to one place"
        if message:
            faults.append(moves.fault(place, message))
    return faults


def _stands(place: str, moves: Moves, live: Mapping[str, str]) -> bool:
    """Return whether a reader finds something at a place: what it names, or a dated note."""
    return place in live or (place in moves.entries and bool(moves.entries[place].note))
