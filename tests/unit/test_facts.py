"""Words and minutes, held against the text that a browser would show."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest
from fieldguide.model import reading_time
from fieldguide.source import pages


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Two words.", 2),
        ("# A title { #with-id }", 2),
        ("[two words](page.md#id) here", 3),
        ("Shown [@key; @other] by $x^2 + y$ alone.", 3),
        ("```\ncode is not read\n```\nbut this", 2),
        ("<!-- guide:card gan -->", 0),
        ("<!-- one two\n\nthree four --> five", 1),
        ("it's a well-known fact", 4),
    ],
)
def test_words(text: str, count: int) -> None:
    assert reading_time.words(text) == count


def test_minutes_count_formulas_questions_and_drawings() -> None:
    def minutes(text: str) -> int:
        return reading_time.minutes(pages.parse("a.md", text))

    assert minutes("") == 1
    assert minutes("word " * 1000) == 5
    assert minutes("word " * 990 + "\n/// formula\n///\n" * 4) == 8


def test_the_count_is_close_to_what_is_shown(root: Path) -> None:
    page, _ = pages.read(root, "limits/realism.md")
    assert page
    body = page.body.partition("## Problems")[0]
    text = re.sub(r"<!--.*?-->|\[@[^\]]*\]|\$[^$]*\$", " ", body)
    shown = re.sub(r"<[^>]*>", " ", markdown.markdown(text, extensions=["attr_list"]))
    count = len(re.findall(r"[A-Za-z][\w'-]*", re.sub(r"\{[^}]*\}|&\w+;", " ", shown)))
    assert reading_time.words(body) == pytest.approx(count, rel=0.05)


def test_what_is_folded_takes_no_minutes() -> None:
    problem = "/// problem | Title\n    id: p-page-x\n\n" + "word " * 400 + "\n///\n"
    assert reading_time.words("Two words.\n\n" + problem + "\nThree more words.") == 5
