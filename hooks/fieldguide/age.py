"""How old the guide's statements are: what to look at again, and how many were checked when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from fieldguide import data, schema, yamlfile
from fieldguide.dates import first_day
from fieldguide.faults import Fault
from fieldguide.site import Site

DATED = ("checked", "expires")


def dates(site: Site) -> Iterator[tuple[str, Fault]]:
    """Yield each date of data and pages: its field, and where it stands (the date as message)."""
    for kind in data.KINDS:
        document = yamlfile.read(site.root, f"{data.FOLDER}/{kind}.yml")
        for where, text in schema.texts(document.value, ()):
            if where[-1] in DATED:
                yield str(where[-1]), document.fault(where, text)
    for page in site.pages.values():
        for field in DATED:
            if field in page.meta:
                yield field, page.front.fault((field,), str(page.meta[field]))


def stale(site: Site, day: date) -> list[Fault]:
    """Return what was checked more than 12 months before `day`, or expired by then."""
    found = []
    for field, fault in dates(site):
        message = ""
        if field == "checked" and _a_year_after(first_day(fault.message)) < day:
            message = f"checked {fault.message}, more than 12 months before {day}; check it again"
        elif field == "expires" and first_day(fault.message) < day:
            message = f"expired on {fault.message}; check it again and give a new date"
        if message:
            found.append(replace(fault, message=message))
    return sorted(found)


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # a leap day; the years after it have none
        return day.replace(year=day.year + 1, day=28)


def counts(site: Site) -> dict[str, Counter[str]]:
    """Return for each date how many pages, rows of the tables and sources were checked on it."""
    found: dict[str, Counter[str]] = {}
    for field, fault in dates(site):
        if field != "checked":
            continue
        name = Path(fault.path).name
        kind = {"sources.yml": "sources", "guide.yml": "rows of the tables"}.get(name, "pages")
        found.setdefault(fault.message, Counter())[kind] += 1
    return dict(sorted(found.items(), reverse=True))
