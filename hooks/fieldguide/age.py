"""How old the guide's statements are: what to look at again, and how many were checked when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from fieldguide import data, pages, schema, yamlfile
from fieldguide.faults import Fault

MONTHS = 12
DATED = ("checked", "expires")


def dates(root: Path) -> Iterator[tuple[str, Fault]]:
    """Yield each date of data and pages: its field, and where it stands (the date as message)."""
    for kind in data.KINDS:
        document = yamlfile.read(root, f"{data.FOLDER}/{kind}.yml")
        for where, text in schema.texts(document.value, ()):
            if where[-1] in DATED:
                yield str(where[-1]), document.fault(where, text)
    for path in pages.page_paths(root):
        page, _ = pages.read(root, path)
        for field in DATED:
            if page and field in page.meta:
                yield field, page.front.fault((field,), str(page.meta[field]))


def stale(root: Path, day: date) -> list[Fault]:
    """Return what was checked more than 12 months before `day`, or expired by then."""
    oldest = date(day.year - MONTHS // 12, day.month, min(day.day, 28))
    found = []
    for field, fault in dates(root):
        when = date.fromisoformat(fault.message)
        if field == "checked" and when < oldest:
            message = f"checked {when}, more than {MONTHS} months before {day}; check it again"
        elif field == "expires" and when < day:
            message = f"expired on {when}; check it again and give a new date"
        else:
            continue
        found.append(Fault(fault.path, fault.line, fault.where, message))
    return sorted(found)


def counts(root: Path) -> dict[str, Counter[str]]:
    """Return for each date how many pages, rows, sources and terms were checked on it."""
    found: dict[str, Counter[str]] = {}
    for field, fault in dates(root):
        if field != "checked":
            continue
        name = Path(fault.path).name
        kind = {"sources.yml": "sources", "guide.yml": "rows of the tables"}.get(name, "pages")
        found.setdefault(fault.message, Counter())[kind] += 1
    return dict(sorted(found.items(), reverse=True))
