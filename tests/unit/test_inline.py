"""The one reader of Markdown within a line: the same pieces, as plain text and as HTML."""

from __future__ import annotations

import re

import pytest
from fieldguide.source import inline
from markdown import markdown


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("**Bold** and *soft* `code`", "Bold and soft code"),
        ("[a link](b.md#c) of [two](term:x)", "a link of two"),
        ("[a *soft* [inner] link](b.md)", "a soft [inner] link"),
        ("A claim [@key2020; @other2021].", "A claim."),
        (r"1 \* 2 \< 3 &amp; $x_1$", "1 * 2 < 3 & x_1"),
        ("snake_case and _soft_", "snake_case and soft"),
        ("Text { .class }", "Text"),
        (r"$\|a_i\| * b_i$ and *soft*", r"\|a_i\| * b_i and soft"),  # TeX stays as it is
        ("`a *b* [c](d)` is code", "a *b* [c](d) is code"),
        ("5 * 3 * 2, $5 and $6", "5 * 3 * 2, $5 and $6"),
        ("**a *b* c**<br>d", "a b cd"),
    ],
)
def test_plain_text(written: str, plain: str) -> None:
    assert inline.plain(written) == plain


@pytest.mark.parametrize(
    "written",
    [
        "**Bold** and *soft* `code`",
        "snake_case and _soft_ and **a *b* c**",
        "[a *soft* link](b.md) and `a *b* [c](d)`",
        r"1 \* 2 \[no\](link) 5 * 3",
    ],
)
def test_as_python_markdown_reads_it(written: str) -> None:
    """Emphasis, code, links and escapes by another implementation."""

    def piece(match: re.Match[str]) -> str:
        if match["escaped"]:
            return match["escaped"][1]
        if match["code"]:
            return f"<code>{match['inside']}</code>"
        words = inline.read(match["words"], piece, emphasis=r"<{}>\1</{}>")
        return f'<a href="{match["to"]}">{words}</a>'

    shown = inline.read(written, piece, emphasis=r"<{}>\1</{}>")
    theirs = markdown(written, extensions=["pymdownx.betterem"])
    assert f"<p>{shown}</p>" == theirs
