"""Edges that a change of one mark would move: each test fails for the nearest wrong rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fieldguide.addresses import anchors, permalinks
from fieldguide.addresses.anchors import Anchor
from fieldguide.courses import section_feed
from fieldguide.files import svg_to_png
from fieldguide.model import outline
from fieldguide.model.records import Guide
from fieldguide.model.site import Site
from fieldguide.search import misspellings, other_words
from fieldguide.source import pages, prose
from fieldguide.source.diagnostics import Fault

FRONT = (
    '---\ntitle: T\ndescription: All of it.\nlevel: core\nchecked: "2026-11-01"\n'
    "objectives: [a, b]\nprerequisites: []\n---\n\n"
)


@pytest.mark.parametrize(
    "code",
    ["```\n\nx\n```", "````\n```\nx\n````", "```\n``` py\nx\n```", "~~~\n```\nx\n~~~"],
)
def test_a_fence_is_closed_by_its_own_kind_and_length_alone(code: str) -> None:
    read = [line for _, line in prose.prose_lines(f"before\n{code}\nafter")]
    assert [line for line in read if line.strip()] == ["before", "after"]


@pytest.mark.parametrize(
    ("length", "whole"), [(outline.LONGEST, True), (outline.LONGEST + 1, False)]
)
def test_a_sentence_that_just_fits_is_the_summary(length: int, whole: bool) -> None:
    first = f"{'word ' * 60}"[: length - 4] + "end."
    assert len(first) == length
    assert (outline.summary(f"{first} Another one follows.\n") == first) is whole


def test_the_lines_of_a_part_end_where_the_next_one_begins() -> None:
    read = pages.parse("a.md", f"{FRONT}# A {{ #a }}\n\n## B {{ #b }}\n\nx\n\n## C {{ #c }}\n\ny")
    whole, first, second = outline.outlined(read)
    assert first.lines[-1] == second.heading.line - 1
    assert second.lines[-1] == whole.lines[-1] == len(read.text.split("\n"))


def links(**more: Any) -> permalinks.Links:
    return permalinks.Links({}, [], [], "2026-11-01", "G", "", **more)


@pytest.mark.parametrize(
    ("kind", "level", "page", "title"),
    [
        ("heading", 2, "a.md", "Page: X"),
        ("heading", 1, "a.md", "X"),
        ("index", 2, "a.md", "X"),
        ("figure", 0, "a.md", "Page: X"),
        ("heading", 2, "other.md", "X"),
    ],
)
def test_a_full_title_names_the_page_unless_it_is_the_page(
    kind: str, level: int, page: str, title: str
) -> None:
    found = links(pages={"a.md": "Page"})
    assert found.full_title(Anchor("x", page, "X", kind, 1, level)) == title


@pytest.mark.parametrize(("count", "last"), [(5, "a4"), (6, "1 more"), (9, "4 more")])
def test_more_than_five_new_addresses_are_cut(count: int, last: str) -> None:
    found = links()
    found.unlocked = [Fault("docs/a.md", 3, "", f"a{number}") for number in range(count)]
    told = found.warnings()
    assert told[0] == "docs/a.md:3: a0" and last in told[-1] and len(told) == min(count, 6)


def test_only_the_letters_of_an_index_are_headings_of_a_table() -> None:
    source = {"id": "a2020", "title": "T", "author": [{"family": "A"}], "type": "book"}
    source |= {"issued": {"date-parts": [[2020]]}}  # type: ignore[dict-item]
    guide = Guide([], [], [], [], [], {}, {"a2020": source})
    read = pages.parse("learn/sources.md", f"{FRONT}# S {{ #s }}\n\n<!-- guide:sources -->\n")
    found = {each.id: (each.kind, each.level) for each in anchors.anchors([read], guide)}
    assert found["src-a2020"] == ("source", 0)
    assert {level for kind, level in found.values() if kind == "index"} == {2}


def test_a_part_without_text_does_not_borrow_from_the_next_one() -> None:
    text = f"{FRONT}# A {{ #a }}\n\n## B {{ #b }}\n\n## C {{ #c }}\n\nOf C.\n\n"
    text += "### D { #d }\n\nOf D.\n"
    read = pages.parse("a.md", text)
    guide = Guide([], [], [], [], [], {}, {})
    found = section_feed.page_rows(Site(Path(), guide, {"a.md": read}, {}, {}), read, "", "")
    assert {row["id"]: row["summary"] for row in found} == {
        "a": "All of it.",
        "b": "All of it.",
        "c": "Of C.",
        "d": "Of D.",
    }


def test_a_drawing_alone_has_a_size_only_if_it_says_one(tmp_path: Path) -> None:
    styles = tmp_path / svg_to_png.STYLES
    styles.mkdir(parents=True)
    (styles / "theme.css").write_text(
        ':root { --g-sheet: #fff; --g-a: red; }\n[data-md-color-scheme="slate"] { --g-a: x; }\n'
        ":root { --g-font: serif; }\n"
    )
    (styles / "parts.css").write_text(".diagram :is(.d, .e) { fill: var(--g-a); }\n")
    assert ".d,.e{fill: red;}" in svg_to_png.svg("<svg></svg>", tmp_path)
    assert "<svg>" in svg_to_png.svg("<svg></svg>", tmp_path)
    sized = svg_to_png.svg('<svg viewBox="0 0 30 20"></svg>', tmp_path)
    assert '<svg width="30" height="20" viewBox' in sized
    (styles / "parts.css").write_text(".other {}\n")
    with pytest.raises(ValueError, match=r"no rules for \.diagram"):
        svg_to_png.svg("<svg></svg>", tmp_path)


@pytest.mark.parametrize(
    ("places", "best"),
    [
        ({"a.html": ("bias", ""), "b.html#x": ("bias", "")}, "a.html"),
        ({"a.html": ("", "bias"), "b.html#x": ("bias", "")}, "b.html#x"),
        ({"a.html": ("", "bias"), "b.html#x": ("", "bias")}, "a.html"),
        ({"b.html#x": ("", "bias")}, "b.html#x"),
    ],
)
def test_a_misspelling_stands_at_the_best_place_alone(
    places: dict[str, tuple[str, str]], best: str
) -> None:
    entries = [
        {"location": where, "title": title, "text": "", "also": also}
        for where, (title, also) in places.items()
    ]
    done = other_words.with_misspellings(entries, ["bias"])
    assert [each["location"] for each in done if "misspelled" in each] == [best]


def test_a_letter_is_doubled_where_it_is_single() -> None:
    assert "caalm" not in misspellings.slips("calm"), "a vowel is not doubled"
    assert "callm" in misspellings.slips("calm")
    assert not [slip for slip in misspellings.slips("ball") if "lll" in slip]
