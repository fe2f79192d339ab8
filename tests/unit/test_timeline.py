"""The drawing of the timeline: what it shows, and that it fits."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from fieldguide.drawings import svg as drawings_svg
from fieldguide.drawings import timeline
from fieldguide.model.records import Event

SVG = "{http://www.w3.org/2000/svg}"


def event(year: int, title: str = "A model", kind: str = "model", date: str = "") -> Event:
    return Event(f"timeline-{year}", year, title, "Text.", kind, ["key2014word"], date)


EVENTS = [
    event(2014, "Generative adversarial networks", "idea", "2014-06"),
    event(1948, "Text from the statistics of text", "idea"),
    event(2014, "A title that is far too long to stand in one line of a phone", "model", "2014-10"),
    event(2024, "A law & its <scope>", "law"),
    event(2024, "A finding", "evidence", "2024-02"),
]


@pytest.fixture
def svg() -> ElementTree.Element:
    return ElementTree.fromstring(timeline.drawing(EVENTS))


def words(svg: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def test_order_is_by_year_then_month_and_unknown_months_come_first() -> None:
    assert timeline.ordered(EVENTS)[0].title.startswith("Text from")
    assert [(one.year, one.date) for one in timeline.ordered(EVENTS)][1:] == [
        (2014, "2014-06"),
        (2014, "2014-10"),
        (2024, ""),
        (2024, "2024-02"),
    ]


def test_an_era_without_events_is_left_out() -> None:
    assert [name for name, _ in timeline.eras(EVENTS)] == [
        "Counting, and first networks",
        "The principles appear",
        "Wide use, evidence, law",
    ]


def test_each_event_is_in_one_era() -> None:
    inside = [one for _, part in timeline.eras(EVENTS) for one in part]
    assert inside == timeline.ordered(EVENTS)
    assert timeline.eras([event(1), event(2999)])[0][1] == [event(1)]


def test_an_era_says_how_many_years_it_spans(svg: ElementTree.Element) -> None:
    assert "1948: 1 entry in one year" in words(svg)
    assert "2014: 2 entries in one year" in words(svg)
    both = timeline.drawing([event(2011), event(2016)])
    assert "2011 to 2016: 2 entries in 6 years" in both


def test_every_kind_has_a_mark_of_its_own_shape() -> None:
    outlines = [re.sub(r'class="[^"]*"', "", mark) for _, mark in timeline.KINDS.values()]
    assert len(set(outlines)) == len(outlines) == 4


def test_a_mark_for_each_event_and_each_kind_of_the_legend(svg: ElementTree.Element) -> None:
    assert len(list(svg.iter(f"{SVG}g"))) == len(EVENTS) + len(timeline.KINDS)


def test_the_scale_is_true(svg: ElementTree.Element) -> None:
    dots = [float(dot.get("cx") or 0) for dot in svg.iter(f"{SVG}circle") if dot.get("r") == "1.9"]
    assert len(dots) == len(EVENTS)
    at_1948, at_2014, _, at_2024, _ = dots
    assert (at_2014 - at_1948) / (at_2024 - at_1948) == pytest.approx(66 / 76, abs=0.001)


def test_a_year_is_written_once(svg: ElementTree.Element) -> None:
    assert words(svg).count("2014") == 1


def test_text_is_escaped_and_stays_inside(svg: ElementTree.Element) -> None:
    assert "A law & its <scope>" in words(svg)
    height = float((svg.get("viewBox") or "").split()[3])
    for element in svg.iter(f"{SVG}text"):
        room = drawings_svg.WIDTH - float(element.get("x") or 0)
        if "d-mid" not in (element.get("class") or ""):
            assert len(element.text or "") * 6 <= room, element.text
        assert 0 < float(element.get("y") or 0) < height


def test_title_and_description_name_the_drawing(svg: ElementTree.Element) -> None:
    ids = {element.get("id") for element in svg.iter() if element.get("id")}
    assert set((svg.get("aria-labelledby") or "").split()) <= ids
    description = svg.findtext(f"{SVG}desc") or ""
    assert "5 entries from 1948 to 2024: 2 ideas, 1 models, 1 evidence, 1 law" in description


def test_no_color_and_no_style_stand_in_it() -> None:
    made = timeline.drawing(EVENTS)
    assert not re.search(r"style=|fill=|stroke=|font|#[0-9a-f]{3,6}\b|<script|href=\"(?!#)", made)
    assert "\n\n" not in made


def test_one_event_alone_can_be_drawn() -> None:
    ElementTree.fromstring(timeline.drawing([event(2014)]))


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("one two", 1000, ["one two"]),
        ("one two three", 8 * drawings_svg.LETTER, ["one two", "three"]),
        ("unbreakable", 1, ["unbreakable"]),
        ("", 100, []),
    ],
)
def test_lines(text: str, width: float, expected: list[str]) -> None:
    assert drawings_svg.lines(text, width) == expected


@pytest.mark.parametrize(("value", "text"), [(4.0, "4"), (4.25, "4.2"), (100, "100"), (0.04, "0")])
def test_number(value: float, text: str) -> None:
    assert drawings_svg.number(value) == text
