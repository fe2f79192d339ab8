"""Questions for other platforms: their text, and what cannot be taken along."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from fieldguide import check
from fieldguide.courses import qti, quiz
from fieldguide.courses.inline_markdown import BASE, Writer
from fieldguide.files import deterministic_zip
from fieldguide.model.site import Site
from fieldguide.source import pages
from support import cartridges, tiny

QUESTION = """\
# Page {{ #page }}

/// question | {text}
    id: q-page-it
    section: page
{option}
- [ ] First

    {why}

- [x] Second

    It is.

- [ ] Third

    No.
///
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The tiny site, checked."""
    found, faults = check.check(tiny.make(tmp_path_factory.mktemp("qti")))
    assert found, faults
    return found


def page(text: str = "What?", why: str = "No.", option: str = "") -> pages.Page:
    """Return a page with one question."""
    return pages.parse("models/gans.md", QUESTION.format(text=text, why=why, option=option))


def arrived(found: list[quiz.QuizQuestion]) -> cartridges.Asked:
    """Return the one question as an importer reads it."""
    made = qti.assessment("quiz", "Quiz", found)
    return cartridges.asked(
        deterministic_zip.packed({"quizzes/quiz.xml": made.encode()}, "2026-11-22")
    )[0]


@pytest.mark.parametrize(
    ("markdown", "html", "plain"),
    [
        ("a < b & *c*", "a &lt; b &amp; <em>c</em>", "a < b & c"),
        ("**x** and `y*z*`", "<strong>x</strong> and <code>y*z*</code>", "x and y*z*"),
        ("$p(x_{<i})$ is *not* $1$", r"\(p(x_{\lt i})\) is <em>not</em> \(1\)", None),
        ("*the $x$ rule*", r"<em>the \(x\) rule</em>", r"the \(x\) rule"),
        ("half is [=gan.value_at_half]", None, None),
        (
            "[mode collapse](term:mode-collapse)",
            f'<a href="{BASE}s/term-mode-collapse.html">mode collapse</a>',
            "mode collapse",
        ),
        ("[home](../index.md)", f'<a href="{BASE}s/home.html">home</a>', "home"),
        ("[it](#gan-idea)", f'<a href="{BASE}s/gan-idea.html">it</a>', "it"),
        (
            "[out](https://a.example/?a=1&b=2)",
            '<a href="https://a.example/?a=1&amp;b=2">out</a>',
            "out",
        ),
        (r"5 \* 4 \_ 3", "5 * 4 _ 3", "5 * 4 _ 3"),
        ("snake_case_name", "snake_case_name", "snake_case_name"),
    ],
)
def test_a_line_for_others(site: Site, markdown: str, html: str | None, plain: str | None) -> None:
    writer = Writer(site, "models/gans.md")
    if html is not None:
        assert writer.html(markdown) == html
    if plain is not None:
        assert writer.plain(markdown) == plain
    assert "[=" not in writer.plain(markdown)


def test_a_citation_names_its_source(site: Site) -> None:
    text = Writer(site, "models/gans.md").html("It works [@goodfellow2014gan].")
    assert text.startswith("It works (<a href=") and "Goodfellow et al. 2014</a>)." in text


def test_a_question_with_one_right_option(site: Site) -> None:
    found, warnings = quiz.read(site, page("Is $a<b$ & *so* on?", "Since `x < y`."))
    assert warnings == []
    other = arrived(found)
    assert other.text == r"<p>Is \(a\lt b\) &amp; <em>so</em> on?</p>"
    assert other.right == {"2"} and list(other.options.values()) == ["First", "Second", "Third"]
    assert "<code>x &lt; y</code>" in other.feedback
    ElementTree.fromstring(f"<d>{other.feedback}</d>")


def test_a_question_with_several(site: Site) -> None:
    text = page(option="    multiple: true\n").text.replace("[ ] Third", "[x] Third")
    found, _ = quiz.read(site, pages.parse("models/gans.md", text))
    assert arrived(found).right == {"2", "3"}
    assert "<not><varequal" in qti.item(found[0]) and 'rcardinality="Multiple"' in qti.item(
        found[0]
    )


def test_two_options_are_no_multiple_choice_of_the_profile(site: Site) -> None:
    found, _ = quiz.read(site, site.pages["models/gans.md"])
    assert arrived(found).right == {"2"}
    assert "cc.multiple_response.v0p1" in qti.item(found[0])


@pytest.mark.parametrize(
    ("why", "name"),
    [
        ("See:\n\n    ```python\n    x = 1\n    ```", "a block of code"),
        ("Look: ![it](a.png)", "a picture"),
        ("Look:\n\n    | a | b |\n    | - | - |", "a table"),
        ("Two:\n\n    - one\n    - two", "a list"),
        ("Two:\n\n    1. one", "a list"),
        ("So <br> it is", "HTML"),
        ("Look:\n\n    <!-- guide:diagram loop | It. -->", "a marker"),
    ],
)
def test_what_cannot_be_exported_is_named(site: Site, why: str, name: str) -> None:
    found, warnings = quiz.read(site, page(why=why))
    assert found == []
    (warning,) = warnings
    line = int(warning.split(":")[1])
    lines = page(why=why).text.split("\n")
    assert warning.startswith(f"docs/models/gans.md:{line}: the question 'q-page-it'")
    assert name in warning and lines[line - 1].strip() in why


def test_code_and_formulas_may_look_like_html(site: Site) -> None:
    assert quiz.read(site, page(why="In `<b>` and $a<b>c$ nothing is HTML."))[1] == []


def test_every_question_of_the_site_can_be_exported(root: Path) -> None:
    found, faults = check.check(root)
    assert found, faults
    for each in found.pages.values():
        items, warnings = quiz.read(found, each)
        assert warnings == []
        assert len(items) == len(each.questions)
