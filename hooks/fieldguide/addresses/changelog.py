"""What has happened to the permanent addresses between two releases, as a changelog entry."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from fieldguide.addresses import lock, redirects

HEAD = """\
# Changes of the addresses

Each release names the sections that are new, that stand elsewhere, and that are gone. Old links go
on working: what has moved leads to its new place, what is gone to a note that says why.
"""
# What the first letters of an id say about it; each other id is that of a section or a table row.
KINDS = {
    **{"term-": "terms", "src-": "sources", "q-": "questions", "eq-": "formulas"},
    **{"p-": "problems", "d-": "derivations"},
    **{"fig-": "drawings", "glossary-": "index letters", "sources-": "index letters"},
}


@dataclass(frozen=True)
class Addresses:
    """What a release has published: its places, `page.md#id`, and its redirects as written."""

    places: frozenset[str] = frozenset()
    moves: Mapping[str, str | dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Changes:
    """The changes between two releases."""

    added: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    retired: dict[str, dict[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.moved or self.retired)


def read(docs: Path) -> Addresses:
    """Return the addresses that a built site, or the sources of one, holds below `data/`."""
    locked, moved = (docs / Path(path).relative_to("docs") for path in (lock.PATH, redirects.PATH))
    places: list[str] = []
    moves: dict[str, str | dict[str, str]] = {}
    if locked.is_file():
        places = json.loads(locked.read_text(encoding="utf-8"))["places"]
    if moved.is_file():
        moves = yaml.safe_load(moved.read_text(encoding="utf-8"))["redirects"] or {}
    return Addresses(frozenset(places), moves)


def between(old: Addresses, new: Addresses) -> Changes:
    """Return what is new, what stands elsewhere, and what is gone.

    A place that took over from another is no addition; a place that was never published before
    cannot have moved.
    """
    known = {place: goal for place, goal in new.moves.items() if place in old.places}
    fresh = {place: goal for place, goal in known.items() if old.moves.get(place) != goal}
    moved = {place: goal for place, goal in fresh.items() if isinstance(goal, str)}
    retired = {place: goal for place, goal in fresh.items() if not isinstance(goal, str)}
    taken = {*moved.values(), *new.moves}
    added = sorted(place for place in new.places - old.places if place not in taken)
    return Changes(added, dict(sorted(moved.items())), dict(sorted(retired.items())))


def entry(version: str, changes: Changes, *, first: bool) -> str:
    """Return the entry of a release, as Markdown."""
    lines = [f"## {version}", ""]
    if first:
        lines += ["The first release: every address is new.", ""]
    if not changes:
        lines += ["No address is new, moved or gone.", ""]
    if changes.added:
        lines += [f"### Added ({len(changes.added)})", "", *_by_page(changes.added), ""]
    if changes.moved:
        lines += [f"### Moved ({len(changes.moved)})", ""]
        lines += [f"- `{place}` stands at `{goal}`" for place, goal in changes.moved.items()]
        lines += [""]
    if changes.retired:
        lines += [f"### Retired ({len(changes.retired)})", ""]
        for place, note in changes.retired.items():
            see = f" See `{note['see']}`." if "see" in note else ""
            lines.append(f"- `{place}`, {note['removed']}: {note['note']}{see}")
        lines += [""]
    return "\n".join(lines)


def _by_page(places: Iterable[str]) -> list[str]:
    """Return a line for each page: its sections by id, all else counted by kind."""
    pages: dict[str, list[str]] = {}
    for place in places:
        page, _, key = place.partition("#")
        pages.setdefault(page, []).append(key)
    lines = []
    for page, keys in pages.items():
        kinds = {key: _kind(key) for key in keys}
        shown = [f"`{key}`" for key, kind in kinds.items() if not kind]
        counted = Counter(kind for kind in kinds.values() if kind)
        for kind, number in sorted(counted.items()):
            shown.append(f"{number} {kind if number > 1 else kind.removesuffix('s')}")
        lines.append(f"- {page}: {', '.join(shown)}")
    return lines


def _kind(key: str) -> str:
    return next((kind for start, kind in KINDS.items() if key.startswith(start)), "")


def with_entry(changelog: str, version: str, changes: Changes) -> str:
    """Return a changelog with one entry more, the newest first; `changelog` may be empty.

    A second release of one day is numbered.
    """
    before = changelog.partition("\n## ")
    old = f"## {before[2]}" if before[1] else ""
    times = sum(line.split()[1] == version for line in old.split("\n") if line.startswith("## "))
    name = f"{version} ({times + 1})" if times else version
    text = entry(name, changes, first=not old)
    return f"{HEAD}\n{text}\n{old}".rstrip("\n") + "\n"
