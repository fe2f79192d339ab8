"""The lock: every address that has ever been published. It only grows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from fieldguide.addresses import redirects
from fieldguide.source import disk, json_text
from fieldguide.source.diagnostics import Fault, shown

PATH = "docs/data/sections.lock.json"
ABOUT = (
    "Every address that has been published. `python -m fieldguide lock` adds to it; nothing is "
    "ever taken out: what moves gets a line in redirects.yml."
)
COMMAND = "python -m fieldguide lock"


def read(root: Path) -> tuple[dict[str, int], list[Fault]]:
    """Return the line of each locked place, and the faults of the lock; no lock locks nothing."""
    if not disk.stands(root / PATH):
        return {}, []
    try:
        text = disk.read(root / PATH).decode()
    except (OSError, UnicodeDecodeError) as error:
        return {}, [Fault(PATH, 1, "", f"cannot be read: {error}")]
    value, faults = json_text.parse(text, PATH)
    if faults:
        remedy = f"take the last good version and run {COMMAND}"
        return {}, [replace(fault, message=f"{fault.message}; {remedy}") for fault in faults]
    try:
        places = value["places"]
    except (KeyError, TypeError, IndexError):
        return {}, [Fault(PATH, 1, "", 'it must be {"about": ..., "places": ["page.md#id", ...]}')]
    return _lines(text, places)


def _lines(text: str, places: object) -> tuple[dict[str, int], list[Fault]]:
    """Return the line of each place; `text` is the JSON in which the places stand."""
    if not isinstance(places, list):
        return {}, [Fault(PATH, 1, "places", "must be a list of texts such as page.md#id")]
    numbers: dict[str, int] = {}
    for number, written in enumerate(text.split("\n"), 1):
        numbers.setdefault(written.strip().strip(',"'), number)
    found: dict[str, int] = {}
    faults = []
    for place in places:
        line = numbers.get(place, 1) if isinstance(place, str) else 1
        if not isinstance(place, str) or redirects.place_fault(place):
            message = f"{shown(place)} is not a place; page.md#id is"
            faults.append(Fault(PATH, line, "places", message))
        elif place in found:
            faults.append(Fault(PATH, line, "places", f"'{place}' stands twice; keep one"))
        else:
            found[place] = line
    return found, faults


def render(places: Iterable[str]) -> str:
    """Return the text of a lock: one place a line, sorted, so that a change is easy to review."""
    return json.dumps({"about": ABOUT, "places": sorted(set(places))}, indent=1) + "\n"


def gone(locked: Mapping[str, int], live: Mapping[str, str], moves: redirects.Moves) -> list[Fault]:
    """Return a fault, with its remedy, for each locked place where nothing stands any more."""
    lost = [place for place in locked if place not in live and place not in moves.entries]
    if not lost:
        return []
    pages_of: dict[str, str] = {place.partition("#")[2]: place for place in live}
    new: dict[str, list[str]] = {}
    for place in live:
        if place not in locked:
            new.setdefault(place.partition("#")[0], []).append(place)
    faults = []
    for place in lost:
        page, _, key = place.partition("#")
        if key in pages_of:
            reason = f"the id '{key}' has been published on docs/{page} and stands elsewhere now;"
            successor = pages_of[key]
        else:
            reason = f"the id '{key}' has been published and is gone from docs/{page}; "
            reason += "put it back, or"
            near = get_close_matches(place, new.get(page, []), n=1, cutoff=0.0)
            successor = near[0] if near else "page.md#id-that-took-its-place"
        remedy = f'add to {redirects.PATH}: "{place}": "{successor}"'
        faults.append(Fault(PATH, locked[place], "", f"{reason} {remedy}"))
    return faults


def update(root: Path, live: Iterable[str], moves: redirects.Moves) -> list[str]:
    """Write every live or redirected place into the lock, and return those that are new there.

    Nothing is dropped: what the lock has stays. The faults of the lock must have been seen to.
    """
    locked, _ = read(root)
    added = sorted({*live, *moves.entries} - locked.keys())
    if added or not disk.stands(root / PATH):
        disk.put(root / PATH, render({*locked, *added}).encode())
    return added
