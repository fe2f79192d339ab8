"""Reading paths and prerequisites: the checks, the minutes, the days, the map."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fieldguide import check
from fieldguide.model import outline
from fieldguide.model.records import Guide, ReadingPath
from fieldguide.model.site import Context, Site
from fieldguide.source import pages
from fieldguide.source.pages import Page
from fieldguide.tables import paths, prerequisites

ROOT = Path(__file__).resolve().parents[2]

FRONT = """\
---
title: {title}
level: {level}
prerequisites: [{needs}]
---
"""
GANS = """
# GANs { #gan }

Two words.

## The idea { #gan-idea }

One two three.

### A detail { #gan-detail }

Four five.

## The end { #gan-end }

Six.
"""


def page(path: str, body: str = "", *, needs: str = "", level: str = "core") -> Page:
    key = path.split("/")[-1].removesuffix(".md")
    front = FRONT.format(title=key.upper(), needs=needs, level=level)
    return pages.parse(path, front + (body or f"\n# {key} {{ #{key} }}\n"))


def site(*read: Page, **ways: ReadingPath) -> Site:
    guide = Guide([], [], [], [], [], {}, {})
    return Site(Path(), guide, {one.path: one for one in read}, {}, {}, ways)


HOUR = ReadingPath("hour", "One hour", "For you.", ["models/gans.md#gan-idea", "b.md#b"])


def load(tmp_path: Path, text: str) -> list[str]:
    """Return the faults of a paths.yml on a site with two pages."""
    (tmp_path / "docs/data").mkdir(parents=True)
    shutil.copy(ROOT / paths.SCHEMA, tmp_path / paths.SCHEMA)
    (tmp_path / paths.FILE).write_text(text, encoding="utf-8")
    read = {"models/gans.md": page("models/gans.md", GANS), "b.md": page("b.md")}
    found, faults = paths.load(tmp_path, read)
    assert bool(found) != bool(faults)
    return list(map(str, faults))


VALID = """\
paths:
  - id: hour
    title: One hour
    for_whom: For a reader who has an hour and wants the ideas.
    sections:
      - models/gans.md#gan-idea
      - b.md#b
"""


def test_a_valid_file_has_no_faults(tmp_path: Path) -> None:
    assert load(tmp_path, VALID) == []


def test_a_site_needs_no_paths(tmp_path: Path) -> None:
    assert paths.load(tmp_path, {}) == ({}, [])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "gan-idea",
            "gan-ida",
            "docs/data/paths.yml:6: paths.0.sections.0: unknown section 'gan-ida' of "
            "models/gans.md; did you mean 'gan-idea'?",
        ),
        (
            "models/gans.md",
            "models/gan.md",
            "docs/data/paths.yml:6: paths.0.sections.0: unknown page 'models/gan.md'; "
            "did you mean 'models/gans.md'?",
        ),
        (
            "b.md#b",
            "models/gans.md#gan-idea",
            "docs/data/paths.yml:7: paths.0.sections.1: 'models/gans.md#gan-idea' stands already "
            "on line 6; a path visits it once",
        ),
        (
            "b.md#b",
            "b.md",
            "docs/data/paths.yml:7: paths.0.sections.1: 'b.md' does not have the right form; "
            "allowed: A page and a section of it, such as models/gans.md#gan-idea. The section "
            "includes its subsections; the id of a page's title stands for the whole page.",
        ),
        (
            "    title:",
            "    titel:",
            "docs/data/paths.yml:3: paths.0.titel: unknown field 'titel'; did you mean 'title'?",
        ),
        (
            "      - b.md#b\n",
            "",
            "docs/data/paths.yml:5: paths.0.sections: the list has 1 entry; at least 2 are needed",
        ),
        (
            "    sections:",
            "    days: 1\n    sections:",
            "docs/data/paths.yml:5: paths.0.days: 1 is out of range; allowed: at least 2",
        ),
    ],
)
def test_faults(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert fault in load(tmp_path, VALID.replace(old, new))


def test_two_paths_of_one_name(tmp_path: Path) -> None:
    assert load(tmp_path, VALID + VALID.partition("\n")[2]) == [
        "docs/data/paths.yml:8: paths.1.id: the id 'hour' stands already on line 2; ids are unique"
    ]


def test_an_empty_file(tmp_path: Path) -> None:
    assert load(tmp_path, "~\n") == [
        "docs/data/paths.yml:1: must be a mapping of fields, but it is empty"
    ]


@pytest.mark.parametrize(
    ("key", "inside", "outside"),
    [
        ("gan", ["Two words", "Four five", "Six."], []),
        ("gan-idea", ["One two three", "Four five"], ["Two words", "Six."]),
        ("gan-detail", ["Four five"], ["One two", "Six."]),
        ("gan-end", ["Six."], ["Four five"]),
    ],
)
def test_a_section_includes_its_subsections(
    key: str, inside: list[str], outside: list[str]
) -> None:
    parts = outline.outlined(page("models/gans.md", GANS))
    text = next(part.whole for part in parts if part.heading.id == key)
    assert all(words in text for words in inside)
    assert not any(words in text for words in outside)


def test_steps_name_page_and_section() -> None:
    asked = page("q.md", "\n# Is it? { #q }\n\n## What { #q-what }\n")
    asked.meta["title"] = "Is it?"
    way = ReadingPath("a", "A", "You.", ["models/gans.md#gan-idea", "b.md#b", "q.md#q-what"])
    found = paths.steps(way, site(page("models/gans.md", GANS), page("b.md"), asked))
    assert [step.title for step in found] == ["GANS: The idea", "B", "Is it? What"]
    assert [step.minutes for step in found] == [1, 1, 1]
    assert paths.total(found) == 3


def step(where: str, minutes: int) -> paths.Step:
    return paths.Step(f"{where}.md#x", where, minutes)


@pytest.mark.parametrize(
    ("sizes", "count", "expected"),
    [
        ("a5 b5 c5 d5", 2, [10, 10]),
        ("a9 b1 c1 d1", 2, [9, 3]),
        ("a4 a4 a4 b1", 2, [12, 1]),  # a page stays together
        ("a1 b1", 7, [1, 1]),  # no more days than pages
        ("a3 b3 c3 d2 e1", 3, [3, 6, 3]),
    ],
)
def test_days(sizes: str, count: int, expected: list[int]) -> None:
    found = [step(size[0], int(size[1:])) for size in sizes.split()]
    parts = paths.days(found, count)
    assert [one for part in parts for one in part] == found
    assert sorted(map(paths.total, parts)) == sorted(expected)


def test_a_path_is_a_list_with_minutes_and_a_total() -> None:
    read = site(page("models/gans.md", GANS), page("b.md"), hour=HOUR)
    text = paths.table(Context(read, "learn/paths.md"), "hour")
    assert "For you. **2 sections, 2 minutes together.**" in text
    assert (
        '<li data-section="gan-idea" data-minutes="1" markdown="span">'
        "[GANS: The idea](../models/gans.md?path=hour#gan-idea), 1 min</li>"
    ) in text
    assert "Day" not in text


def test_days_go_on_counting() -> None:
    week = ReadingPath("week", "A week", "You.", HOUR.sections, 2)
    read = site(page("models/gans.md", GANS), page("b.md"), week=week)
    text = paths.table(Context(read, "learn/paths.md"), "week")
    assert re.findall(r'Day (\d)\*\*, (\d) minutes|<ol start="(\d)"', text) == [
        ("1", "1", ""),
        ("", "", "1"),
        ("2", "1", ""),
        ("", "", "2"),
    ]


def test_reduced_leaves_out_what_comes_anyway() -> None:
    asked = {"a": [], "b": ["a"], "c": ["a", "b"], "d": ["a"], "e": ["c", "d"]}
    needed = prerequisites.reduced(asked)
    assert needed == {"a": [], "b": ["a"], "c": ["b"], "d": ["a"], "e": ["c", "d"]}
    assert prerequisites.depths(needed) == {"a": 0, "b": 1, "c": 2, "d": 1, "e": 3}


MAP = (
    page("a.md"),
    page("b.md", needs="a.md"),
    page("c.md", needs="a.md, b.md"),
    page("d.md", needs="c.md, z.md"),
    page("e.md", needs="a.md", level="intro"),
    page("lonely.md"),
    page("z.md"),
)


def test_rows_are_a_tree_with_what_is_needed_besides() -> None:
    found = prerequisites.rows(site(*MAP))
    assert [(row.path, row.depth, row.parent, row.others) for row in found] == [
        ("a.md", 0, "", ()),
        ("e.md", 1, "a.md", ()),
        ("b.md", 1, "a.md", ()),
        ("c.md", 2, "b.md", ()),
        ("d.md", 3, "c.md", ("z.md",)),
        ("z.md", 0, "", ()),
    ]


def test_the_map_says_all_in_words_too() -> None:
    svg = ElementTree.fromstring(prerequisites.drawing(site(*MAP)))
    description = svg.findtext("{http://www.w3.org/2000/svg}desc")
    assert description == "E after A; B after A; C after B; D after C and Z."
    text = prerequisites.table(Context(site(*MAP), "learn/paths.md"), "| Caption.")
    assert "- [D](../d.md), after [C](../c.md) and [Z](../z.md)" in text
    assert "Caption." in text and "lonely" not in text


def test_no_pages_no_map() -> None:
    ElementTree.fromstring(prerequisites.drawing(site(page("lonely.md"))))


@pytest.fixture(scope="module")
def real() -> Site:
    found, faults = check.check(ROOT)
    assert found, "\n".join(map(str, faults))
    return found


def test_the_hour_takes_an_hour(real: Site) -> None:
    assert 50 <= paths.total(paths.steps(real.paths["hour"], real)) <= 65


def test_a_day_of_the_week_can_be_kept_up(real: Site) -> None:
    week = real.paths["week"]
    parts = paths.days(paths.steps(week, real), week.days)
    assert len(parts) == 7
    assert all(15 <= paths.total(part) <= 60 for part in parts)


def test_the_mathematics_holds_each_objective_and_each_sampling_rule(real: Site) -> None:
    way = real.paths["mathematics"].sections
    for family in real.guide.families:
        for part in ("objective", "sampling"):
            whole = f"{family.page}#{family.id}-{part}"
            parts = [f"{family.page}#emerging-flow-matching"] if family.id == "emerging" else []
            assert whole in way or (parts and parts[0] in way), whole


def test_no_path_visits_a_page_before_those_it_needs(real: Site) -> None:
    needed = prerequisites.reduced(
        {path: page.meta["prerequisites"] for path, page in real.pages.items()}
    )
    for way in real.paths.values():
        order = list(dict.fromkeys(target.partition("#")[0] for target in way.sections))
        for place, path in enumerate(order):
            later = [other for other in needed[path] if other in order[place:]]
            assert not later, f"{way.id}: {path} comes before {later}"


def test_a_retired_section_is_a_fault_that_names_its_successor(tmp_path: Path) -> None:
    (tmp_path / "docs/data").mkdir(parents=True)
    (tmp_path / "docs/data/redirects.yml").write_text(
        "redirects:\n"
        '  "models/gans.md#gan-old": "models/gans.md#gan-idea"\n'
        '  "models/gans.md#gan-dropped": {removed: "2026-11-01", note: It was wrong.}\n',
        encoding="utf-8",
    )
    shutil.copy(ROOT / paths.SCHEMA, tmp_path / paths.SCHEMA)
    named = VALID.replace("gan-idea", "gan-old").replace("b.md#b", "models/gans.md#gan-dropped")
    (tmp_path / paths.FILE).write_text(named, encoding="utf-8")
    _, faults = paths.load(tmp_path, {"models/gans.md": page("models/gans.md", GANS)})
    assert list(map(str, faults)) == [
        "docs/data/paths.yml:6: paths.0.sections.0: the section 'models/gans.md#gan-old' is "
        "retired: name 'models/gans.md#gan-idea' in its place",
        "docs/data/paths.yml:7: paths.0.sections.1: the section 'models/gans.md#gan-dropped' is "
        "retired: it was removed on 2026-11-01; take it off the path",
    ]


def test_the_script_of_the_paths_holds_every_stop() -> None:
    body = "\n# B { #b }\n\n## A list { #b-list }\n\n<!-- guide:path hour -->\n"
    made = paths.script(site(page("models/gans.md", GANS), page("b.md", body), hour=HOUR))
    found = json.loads(made.removeprefix("window.fieldguidePaths = ").rstrip().removesuffix(";"))
    assert found["hour"]["list"] == "b.html#b-list"
    assert [(stop["page"], stop["id"]) for stop in found["hour"]["stops"]] == [
        ("models/gans.html", "gan-idea"),
        ("b.html", "b"),
    ]
