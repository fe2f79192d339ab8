"""The records of the real data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fieldguide.model import guide as model_guide
from fieldguide.source import pages

TODAY = date(2026, 11, 27)


def test_the_real_data_are_whole(root: Path) -> None:
    guide, faults = model_guide.load(root, pages.read_all(root)[0], TODAY)
    assert guide is not None, "\n".join(map(str, faults))
    assert len(guide.families) >= 10
    assert len(guide.advantages) >= 10 and len(guide.limitations) >= 10
    assert len(guide.terms) >= 90
    assert guide.family("gan").short == "GAN"
    with pytest.raises(KeyError):
        guide.family("nobody")


def test_every_date_is_no_later_than_the_edition(root: Path) -> None:
    """What the site says of itself agrees with what its parts say."""
    edition = [
        line.split('"')[1]
        for line in (root / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
        if line.strip().startswith("edition:")
    ]
    guide, _ = model_guide.load(root, pages.read_all(root)[0], date.fromisoformat(edition[0]))
    assert guide is not None
