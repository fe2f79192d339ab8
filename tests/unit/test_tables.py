"""Tables and texts: what comes out of Python-Markdown is what went in."""

from __future__ import annotations

import html
import random
import re
import string
from xml.etree import ElementTree

import markdown
import pytest
from fieldguide.model import citations
from fieldguide.tables import families, pipe_table

EXTENSIONS = ["tables", "attr_list", "def_list", "md_in_html", "pymdownx.arithmatex"]
WORDS = [
    "a",
    "GAN",
    "2014",
    "x|y",
    "*b*",
    "_c_",
    "`d`",
    "[e](f)",
    "<g>",
    "\\",
    "\\|",
    "|",
    "#",
    "$h$",
]
WORDS += [
    "{ #i }",
    "{:.j}",
    "&amp;",
    "&",
    "<!-- k -->",
    "~",
    "**",
    "__",
    "![l]",
    "]",
    "[",
    "1.",
    "-",
]


def cells(text: str) -> list[list[str]]:
    """Return the texts in the rows of a table that Markdown made."""
    rendered = markdown.markdown(text, extensions=EXTENSIONS)
    tree = ElementTree.fromstring(f"<body>{rendered}</body>")
    return [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]


def test_any_text_survives_a_table() -> None:
    chance = random.Random(7)
    for _ in range(400):
        texts = [" ".join(chance.choices(WORDS, k=chance.randint(1, 5))) for _ in range(3)]
        # An attribute list is Markdown's own syntax; data files keep it out by their schema.
        texts = [re.sub(r"\{[^}]*\}", "", text).strip() or "-" for text in texts]
        found = cells(pipe_table.table(["A", "B", "C"], [[families.plain(text) for text in texts]]))
        assert found[0] == ["A", "B", "C"]
        assert [" ".join(text.split()) for text in found[1]] == [
            " ".join(html.unescape(text).split()) if "&amp;" in text else " ".join(text.split())
            for text in texts
        ]


def test_any_text_survives_in_running_text() -> None:
    chance = random.Random(11)
    for _ in range(400):
        text = "x " + "".join(chance.choices(string.ascii_letters + "\\`*_[]<>$| ", k=12)) + " y"
        rendered = markdown.markdown(citations.escape(text), extensions=EXTENSIONS)
        tree = ElementTree.fromstring(rendered)
        assert " ".join("".join(tree.itertext()).split()) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("plain", "plain"),
        ("a|b", "a\\|b"),
        ("a\\|b", "a\\|b"),
        ("  two\n lines ", "two lines"),
    ],
)
def test_cell(text: str, result: str) -> None:
    assert pipe_table.cell(text) == result


def test_citations_pass_through_plain_text() -> None:
    assert families.plain("a_b [@key; @other].") == "a\\_b [@key; @other]."
