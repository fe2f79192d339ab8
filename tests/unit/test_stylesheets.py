"""Style sheets: nothing that a browser drops as a whole, nothing dark on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs/assets/stylesheets"
SHEETS = sorted(FOLDER.glob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINES = {"none", "underline", "overline", "line-through", "inherit"}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_text_decoration_is_written_in_parts(sheet: Path) -> None:
    """WebKit takes the short form for the line alone: with more, it draws no line at all."""
    text = COMMENT.sub("", sheet.read_text(encoding="utf-8"))
    values = re.findall(r"(?<![\w-])text-decoration:([^;}]*)", text)
    assert [value for value in values if not set(value.split()) <= LINES] == []


def test_the_dark_scheme_is_for_screens() -> None:
    for sheet in SHEETS:
        text = COMMENT.sub("", sheet.read_text(encoding="utf-8"))
        blocks = re.findall(r"@media screen \{(?:[^{}]|\{[^{}]*\})*\}", text)
        for block in blocks:
            text = text.replace(block, "")
        assert '"slate"' not in text and "scheme: dark" not in text, sheet.name
