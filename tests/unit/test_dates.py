"""The form of dates, and how far they may reach."""

from __future__ import annotations

from datetime import date

import pytest
from fieldguide.source import dates

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-11-22", ""),
        ("2014-06", ""),
        ("2026-11-23", "2026-11-23 is in the future; the latest date allowed is 2026-11-22"),
        ("2026-12", "2026-12 is in the future"),
        ("2026-02-30", "'2026-02-30' is not a date; write YYYY-MM-DD"),
        ("2026", "'2026' is not a date"),
        ("2026-W05-1", "'2026-W05-1' is not a date"),
        ("20261122", "'20261122' is not a date"),
        ("soon", "'soon' is not a date; write YYYY-MM-DD"),
        ("", "'' is not a date; write YYYY-MM-DD"),
    ],
)
def test_fault(text: str, message: str) -> None:
    assert dates.fault(text, TODAY).startswith(message)
    assert bool(dates.fault(text, TODAY)) == bool(message)


def test_a_date_without_a_limit_may_lie_in_the_future() -> None:
    assert dates.fault("2031-01") == ""
    assert dates.fault("someday") != ""


def test_a_month_begins_on_its_first_day() -> None:
    assert dates.first_day("2026-11") == date(2026, 11, 1)
    assert dates.first_day("2026-11-22") == TODAY
