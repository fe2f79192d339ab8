"""Dates as data and pages write them: YYYY-MM-DD, or YYYY-MM where the day is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime

from fieldguide.source.fixing import Fix

FORM = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
FIELD = re.compile(
    r"(?P<field> *(?:- )?(?:checked|date|expires): +)"
    r"(?P<mark>[\"']?)(?P<date>[^\"'#]+?)(?P=mark)(?P<rest> *(?:#.*)?)"
)


def first_day(text: str) -> date:
    """Return a date, of a month its first day; ValueError if the text is none."""
    if not FORM.fullmatch(text):
        raise ValueError(f"{text!r} is not a date")
    return date.fromisoformat(text if text.count("-") == 2 else f"{text}-01")


def fault(text: str, latest: date | None = None) -> str:
    """Return what is wrong with a date, which may not lie after `latest`, or an empty text."""
    try:
        day = first_day(text)
    except ValueError:
        return f"'{text}' is not a date; write YYYY-MM-DD, or YYYY-MM where the day is not known"
    if latest and day > latest:
        return f"{text} is in the future; the latest date allowed is {latest}"
    return ""


def fixed(text: str) -> str:
    """Return a date in our form, if it can be only one day or month; else the text as it is."""
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d %B %Y", "%B %d, %Y"):
        with suppress(ValueError):
            return datetime.strptime(text, form).date().isoformat()
    for form in ("%Y-%m", "%Y/%m", "%B %Y"):
        with suppress(ValueError):
            return datetime.strptime(text, form).strftime("%Y-%m")
    return text


def fixes(path: str, text: str) -> Iterator[Fix]:
    """Give what makes the dates of a data file, or of the front matter of a page, right."""
    page = path.endswith(".md")
    for number, line in enumerate(text.split("\n"), 1):
        if page and number > 1 and line.startswith("---"):
            return
        if found := FIELD.fullmatch(line):
            day = fixed(found["date"])
            if day != found["date"] and not fault(day):
                written = day if page else f'"{day}"'
                yield Fix(path, number, line, f"{found['field']}{written}{found['rest']}")
