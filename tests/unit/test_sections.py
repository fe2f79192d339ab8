"""Anchors, plain titles, summaries, the lock and the redirects, each by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fieldguide.addresses import anchors, lock, redirects
from fieldguide.model import outline
from fieldguide.source import pages

PAGE = """---
title: Page
---

# Page { #page }

## What $p(x)$ *is* { #page-what }

Text with `{ #not-an-id }` and a table of *kinds*[@key2020]. It goes on. [=gan.value].

```
## Not a heading { #page-code }
```

### Deeper [mode collapse](term:mode-collapse) { #page-deeper }

/// formula | The value, $V$
    id: eq-page-value
    kind: claim

$$
x
$$
///

<!-- guide:diagram loop | A loop of two. It goes on. -->

/// question | Why?
    id: q-page-why
    section: page-what
///

## Last { #page-last }
"""


def test_every_kind_of_anchor_is_found_in_the_order_of_the_text() -> None:
    found = anchors.anchors([pages.parse("a/page.md", PAGE)], None)
    assert [(one.id, one.kind, one.title, one.level) for one in found] == [
        ("page", "heading", "Page", 1),
        ("page-what", "heading", "What p(x) is", 2),
        ("page-deeper", "heading", "Deeper mode collapse", 3),
        ("eq-page-value", "formula", "The value, V", 0),
        ("fig-loop", "figure", "A loop of two", 0),
        ("q-page-why", "question", "Why?", 0),
        ("page-last", "heading", "Last", 2),
    ]
    assert found[1].place == "a/page.md#page-what"
    assert found[1].source == "docs/a/page.md:7"


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("##Idea { #page-idea }", "a space is missing"),
        ("    ## Idea", "at the start of its line"),
        ("> ## Idea { #page-idea }", "at the start of its line"),
        ("- ## Idea", "at the start of its line"),
        ("<h2>Idea</h2>", "in Markdown, not in HTML"),
        ("Idea\n====", "makes the text above it a heading"),
        ("Idea\n---", "makes the text above it a heading"),
    ],
)
def test_headings_that_would_get_an_id_from_their_words(line: str, remedy: str) -> None:
    page = pages.parse("page.md", f"# Page {{ #page }}\n\n{line}\n")
    faults = anchors.heading_faults(page)
    assert len(faults) == 1 and remedy in faults[0].message, faults


def test_what_only_looks_like_such_a_heading() -> None:
    text = (
        "# Page { #page }\n\nText\n\n---\n\n| a |\n| --- |\n| # 1 |\n\n```\nIdea\n====\n##x\n```\n"
    )
    assert anchors.heading_faults(pages.parse("page.md", text)) == []


def test_a_summary_is_whole_sentences() -> None:
    long = "The first sentence is here. " + "Words and words and words. " * 12
    text = f"\n!!! note\n    Not this.\n\n<!-- guide:card gan -->\n\n{long}\n\nNot this."
    found = outline.summary(text)
    assert found.startswith("The first sentence is here. Words") and found.endswith(".")
    assert len(found) <= outline.LONGEST
    assert outline.summary("A claim [@key2020]. More.") == "A claim. More."
    assert outline.summary("| a |\n| --- |\n\n<!-- guide:x -->\n") == ""


def test_the_outline_knows_what_stands_above_and_below() -> None:
    parts = outline.outlined(pages.parse("page.md", PAGE))
    assert [part.above for part in parts] == [[], ["Page"], ["Page", "What p(x) is"], ["Page"]]
    assert "Deeper" in parts[1].whole and "Deeper" not in parts[1].own
    assert "Last" not in parts[1].whole and "Last" in parts[0].whole


def test_the_navigation_orders_the_pages(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(
        "site_url: !ENV [X, '']\nnav:\n  - Home: index.md\n  - Part:\n      - b.md\n"
        "      - Named: a.md\n      - gone.md\n"
    )
    found = outline.groups(tmp_path, ["a.md", "b.md", "c.md", "index.md"])
    assert [(group.name, group.pages) for group in found] == [
        ("Home", ["index.md"]),
        ("Part", ["b.md", "a.md"]),
        ("", ["c.md"]),
    ]


@pytest.mark.parametrize("nav", ["5", "text", "{a: b.md}", "[5, [b.md]]", "~"])
def test_a_navigation_of_another_form_names_no_page(tmp_path: Path, nav: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"nav: {nav}\n")
    assert outline.groups(tmp_path, ["a.md"]) == [outline.Group("", ["a.md"])]


def moves(root: Path, text: str) -> tuple[redirects.Moves, list[str]]:
    """Write redirects and read them."""
    (root / "docs/data").mkdir(parents=True, exist_ok=True)
    (root / redirects.PATH).write_text(text, encoding="utf-8")
    found, faults = redirects.read(root, date(2026, 11, 22))
    return found, [str(fault) for fault in faults]


def test_chains_are_followed_to_their_end(tmp_path: Path) -> None:
    found, faults = moves(
        tmp_path, 'redirects:\n  "a.md#a": "b.md#b"\n  "b.md#b": "c.md#c"\n  "d.md#a": "b.md#b"\n'
    )
    assert faults == [] and redirects.check(found, {"c.md#c": "C"}) == []
    assert found.end("a.md#a") == found.end("d.md#a") == "c.md#c"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('"a.md": "b.md#b"', "'a.md' is not a place; write"),
        ('"a.md#A": "b.md#b"', "'a.md#A' is not a place"),
        ('"a.md#a": "b.md"', "'b.md' is not a place"),
        ('"a.md#a": {note: Why}', "needs 'removed: YYYY-MM-DD'"),
        ('"a.md#a": {note: Why, removed: yesterday}', "'yesterday' is not a date"),
        ('"a.md#a": {note: Why, removed: 2027-W01-1}', "'2027-W01-1' is not a date"),
        ('"a.md#a": {note: Why, removed: 2026-11-23}', "2026-11-23 is in the future; the latest"),
        ('"a.md#a": {note: Why, removd: "2027-01-01"}', "unknown field 'removd'; did you mean"),
        ('"a.md#a": [b]', "must be a place such as page.md#id"),
        ('"a.md#a": "b.md#b"\n  "a.md#a": "c.md#c"', "the key stands twice"),
    ],
)
def test_the_form_of_a_redirect(tmp_path: Path, entry: str, message: str) -> None:
    _, faults = moves(tmp_path, f"redirects:\n  {entry}\n")
    assert len(faults) == 1 and message in faults[0], faults
    assert faults[0].startswith(f"{redirects.PATH}:"), faults


def test_no_redirects_are_fine(tmp_path: Path) -> None:
    assert moves(tmp_path, "# nothing yet\nredirects:\n")[1] == []
    (tmp_path / redirects.PATH).unlink()
    assert redirects.read(tmp_path)[1] == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{"places": [\n"a.md#a",\n<<<<<<< HEAD\n]}', 3, "not JSON"),
        ("[]", 1, "it must be"),
        ('{"places": {}}', 1, "must be a list"),
        ('{"places": [\n"a.md#a",\n"a.md"\n]}', 3, "'a.md' is not a place"),
        ('{"places": [\n"a.md#a",\n"a.md#a"\n]}', 2, "stands twice"),
    ],
)
def test_a_lock_that_is_broken(tmp_path: Path, text: str, line: int, message: str) -> None:
    (tmp_path / "docs/data").mkdir(parents=True)
    (tmp_path / lock.PATH).write_text(text)
    _, faults = lock.read(tmp_path)
    assert [fault.line for fault in faults] == [line] and message in faults[0].message


def test_the_lock_only_grows(tmp_path: Path) -> None:
    (tmp_path / "docs/data").mkdir(parents=True)
    none = redirects.Moves(redirects.YamlFile(""))
    assert lock.update(tmp_path, ["b.md#b", "a.md#a"], none) == ["a.md#a", "b.md#b"]
    assert lock.update(tmp_path, ["c.md#c"], none) == ["c.md#c"]
    assert list(lock.read(tmp_path)[0]) == ["a.md#a", "b.md#b", "c.md#c"]
    before = (tmp_path / lock.PATH).read_bytes()
    assert lock.update(tmp_path, ["c.md#c"], none) == []
    assert (tmp_path / lock.PATH).read_bytes() == before
