"""What is written in a page almost right, or as raw HTML, or as a link that leads nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from fieldguide.model import page_links
from fieldguide.source import almost, pages, raw_html


def page(text: str, path: str = "models/gans.md") -> pages.Page:
    return pages.parse(path, f"---\ntitle: T\n---\n\n# T {{ #t }}\n\n{text}\n")


@pytest.mark.parametrize(
    "text",
    [
        "Costs $x^2$ and [@key; @other], [a](term:b), [=gan.x], `$ @x [= y`, 5 \\$, a@b.org.",
        "```\n$ (@key)\n```",
        "<!-- guide:card gan -->",
    ],
)
def test_what_is_right_or_code_is_no_fault(text: str) -> None:
    assert almost.check(page(text)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A claim (@key).", "a citation is written"),
        ("See [x] (term:gan).", "a link to a term is written"),
        ("Half is [= gan.x].", "a computed number is written"),
        ("A price of $5.", "neither begins nor ends a formula"),
        ("<!-- a note -->", "a comment that is no marker"),
        ("\\(a + b\\)", "a formula is written"),
        ("<<<<<<< HEAD", "unfinished merge"),
    ],
)
def test_what_is_almost_right_is_one_fault_on_its_line(text: str, message: str) -> None:
    (fault,) = almost.check(page(f"Before.\n\n{text}"))
    assert fault.line == 9 and message in fault.message


def test_ids_of_raw_html_are_found_with_their_lines() -> None:
    found = almost.html_ids(page('<p id="a">x</p>\n\nText\n{: #b .c }\n\n`<p id="no">`'))
    assert found == [(7, "a"), (10, "b")]


@pytest.mark.parametrize(
    "text", ["<kbd>x</kbd>", "<https://example.org>", "[x](../a.md)", "`<script>`", "2 < 3"]
)
def test_html_and_links_that_are_allowed(text: str) -> None:
    assert raw_html.check(page(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        *("<script>x()</script>", "<p onclick='x()'>", "[x](javascript:x())", "<img src='data:x'>"),
        *("[x](java&#115;cript:x())", "[x]: javascript:x()", "<vbscript:x>", "text {: onclick=x }"),
    ],
)
def test_html_and_links_that_are_not(text: str) -> None:
    faults = raw_html.check(page(f"\n{text}"))
    assert faults and {fault.line for fault in faults} == {8}


IDS = {"index.md": {"home"}, "models/gans.md": {"gan", "gan-idea"}}


@pytest.mark.parametrize(
    "to",
    [
        *("#gan-idea", "gans.md", "../index.md#home", "gans.html#gan", "gans.md?watch=1#gan"),
        *("https://example.org/x", "mailto:a@b.org", "../kit/made-later.zip", "../s/gan.html"),
    ],
)
def test_links_that_lead_somewhere(to: str, tmp_path: Path) -> None:
    assert page_links.check(page(f"[x]({to})"), IDS, tmp_path) == []


@pytest.mark.parametrize(
    ("to", "message"),
    [
        ("gan.md", "did you mean 'models/gans.md'?"),
        ("#gan-idee", "did you mean 'gan-idea'?"),
        ("../index.md#gan", "leads to no section"),
        ("/index.html", "begins at the root"),
        ("ftp://example.org", "unknown kind"),
        ("../../README", "no page and no file"),
        ("../assets/none.svg", "docs/assets/none.svg is missing"),
        ("other.html", "leads to no page"),
    ],
)
def test_links_that_lead_nowhere(to: str, message: str, tmp_path: Path) -> None:
    (fault,) = page_links.check(page(f"Text\n[x\ny]({to})"), IDS, tmp_path)
    assert fault.line == 9 and message in fault.message
