"""How old statements are: what `check --age` lists, and what it does with bad dates."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from fieldguide.__main__ import main
from fieldguide.check import check
from fieldguide.model import freshness
from support import tiny

INDEX = "docs/index.md"
CHECKED = "checked: 2026-11-01"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return tiny.make(tmp_path)


def front(root: Path, new: str) -> None:
    """Write other dates into the front matter of the first page."""
    tiny.replace(root / INDEX, CHECKED, new)


def listed(root: Path, day: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return what `check --age` prints of the first page."""
    code = main(["--root", str(root), "check", "--age", day])
    lines = capsys.readouterr().out.splitlines()
    assert code == bool(lines)
    return [line.partition(": ")[2] for line in lines if line.startswith(INDEX)]


@pytest.mark.parametrize(
    ("checked", "last_good", "first_stale"),
    [
        ("2024-02-28", "2025-02-28", "2025-03-01"),
        ("2024-02-29", "2025-02-28", "2025-03-01"),
        ("2025-10-30", "2026-10-30", "2026-10-31"),
        ("2025-10", "2026-10-01", "2026-10-02"),
    ],
)
def test_twelve_months_to_the_day(
    small: Path, capsys: pytest.CaptureFixture[str], checked: str, last_good: str, first_stale: str
) -> None:
    front(small, f"checked: {checked}")
    assert listed(small, last_good, capsys) == []
    assert listed(small, first_stale, capsys) == [
        f"checked: checked {checked}, more than 12 months before {first_stale}; check it again"
    ]


@pytest.mark.parametrize(
    ("expires", "last_good", "first_stale"),
    [("2027-03-31", "2027-03-31", "2027-04-01"), ("2027-03", "2027-03-01", "2027-03-02")],
)
def test_what_expires(
    small: Path, capsys: pytest.CaptureFixture[str], expires: str, last_good: str, first_stale: str
) -> None:
    front(small, f"{CHECKED}\nexpires: {expires}")
    assert listed(small, last_good, capsys) == []
    assert listed(small, first_stale, capsys) == [
        f"expires: expired on {expires}; check it again and give a new date"
    ]


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("docs/data/glossary.yml", "a bare text\n", "1: must be a mapping of fields"),
        ("docs/data/glossary.yml", "terms: [\n", "2: not YAML"),
    ],
)
def test_faults_come_before_ages(
    small: Path, capsys: pytest.CaptureFixture[str], path: str, text: str, fault: str
) -> None:
    (small / path).write_text(text, encoding="utf-8")
    assert main(["--root", str(small), "check", "--age", "2026-11-22"]) == 1
    assert f"{path}:{fault}" in capsys.readouterr().out


def test_counts(small: Path) -> None:
    front(small, "checked: 2025-01-01")
    site, _ = check(small)
    assert site and freshness.counts(site) == {
        "2026-11-01": Counter({"rows of the tables": 5, "pages": 3, "sources": 2}),
        "2025-01-01": Counter({"pages": 1}),
    }
