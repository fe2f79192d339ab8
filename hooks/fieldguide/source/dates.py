"""Dates as data and pages write them: YYYY-MM-DD, or YYYY-MM where the day is not known."""

from __future__ import annotations

import re
from datetime import date

FORM = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


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
