"""The short forms of pages."""

from __future__ import annotations

import pytest
from fieldguide.source import shortcodes


def test_citations_come_in_order_and_once() -> None:
    text = "A [@b2020; @a2019], B [@a2019, p. 3], C (@no), D [x@y], E [@c-d_e]."
    assert shortcodes.cited(text) == ["b2020", "a2019", "c-d_e"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<!-- guide:card gan -->", ("card", "gan")),
        ("<!--guide:diagram loop | A loop.-->  ", ("diagram", "loop | A loop.")),
        ("text\n<!-- guide:glossary -->\ntext", ("glossary", "")),
        ("in a line <!-- guide:card gan -->", None),
        ("<!-- guide:card gan --> and more", None),
        ("<!-- guide:card\ngan -->", None),
    ],
)
def test_a_marker_stands_alone_on_a_line(text: str, found: tuple[str, str] | None) -> None:
    match = shortcodes.MARKER.search(text)
    assert (match and (match["name"], match["argument"])) == found


def test_terms_and_numbers() -> None:
    term = shortcodes.TERM.search("a [mode *collapse*](term:mode-collapse).")
    assert term and (term["text"], term["term"]) == ("mode *collapse*", "mode-collapse")
    assert shortcodes.TERM.search("[[a](term:b)") and not shortcodes.TERM.search("[](term:b)")
    value = shortcodes.VALUE.search("half of [=gan.value_at_half]")
    assert value and value["value"] == "gan.value_at_half"
    assert not shortcodes.VALUE.search("[= gan.x]")
