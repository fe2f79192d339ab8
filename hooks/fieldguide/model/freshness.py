"""How old the guide's statements are: what to look at again, and how many were checked when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fieldguide.model import guide
from fieldguide.model.site import Site
from fieldguide.source import json_schema, yaml_document
from fieldguide.source.dates import first_day
from fieldguide.source.diagnostics import Fault
from fieldguide.source.yaml_document import Key, YamlFile

DATED = ("checked", "expires")


@dataclass(frozen=True)
class Dated:
    """A date of data or of a page, as it is written, and the file and the field where it stands."""

    text: str
    document: YamlFile
    where: tuple[Key, ...]


def dates(site: Site) -> Iterator[Dated]:
    """Yield each date of data and pages on which something was checked, or after which it ends."""
    for kind in guide.KINDS:
        document = yaml_document.read(site.root, f"{guide.FOLDER}/{kind}.yml")
        for where, text in json_schema.texts(document.value, ()):
            if where[-1] in DATED:
                yield Dated(text, document, where)
    for page in site.pages.values():
        for field in DATED:
            if field in page.meta:
                yield Dated(str(page.meta[field]), page.front, (field,))


def stale(site: Site, day: date) -> list[Fault]:
    """Return what was checked more than 12 months before `day`, or expired by then."""
    found = []
    for one in dates(site):
        message = ""
        if one.where[-1] == "checked" and _a_year_after(first_day(one.text)) < day:
            message = f"checked {one.text}, more than 12 months before {day}; check it again"
        elif one.where[-1] == "expires" and first_day(one.text) < day:
            message = f"expired on {one.text}; check it again and give a new date"
        if message:
            found.append(one.document.fault(one.where, message))
    return sorted(found)


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # a leap day; the years after it have none
        return day.replace(year=day.year + 1, day=28)


def counts(site: Site) -> dict[str, Counter[str]]:
    """Return for each date how many pages, rows of the tables and sources were checked on it."""
    found: dict[str, Counter[str]] = {}
    for one in dates(site):
        if one.where[-1] == "checked":
            name = Path(one.document.path).name
            kind = {"sources.yml": "sources", "guide.yml": "rows of the tables"}.get(name, "pages")
            found.setdefault(one.text, Counter())[kind] += 1
    return dict(sorted(found.items(), reverse=True))
