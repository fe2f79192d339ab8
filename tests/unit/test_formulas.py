"""Formulas: MathML that is well-formed, and the same rule for a formula as Markdown has."""

from __future__ import annotations

import html
import re
from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest
from fieldguide import examples
from fieldguide.source import blocks, formulas, pages

NAMED = re.compile(r"&(?!amp|lt|gt|quot)[A-Za-z]+;")  # HTML knows more names than XML
EXTENSIONS = ["pymdownx.arithmatex", formulas.extension(), "tables"]
CONFIGURATION = {"pymdownx.arithmatex": {"generic": True}}


def render(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS, extension_configs=CONFIGURATION)


def test_every_formula_of_the_site_is_well_formed(root: Path) -> None:
    count = 0
    values = examples.all_values()
    for path in pages.page_paths(root):
        page, _ = pages.read(root, path)
        assert page
        for shown in page.formulas:
            tex = re.sub(r"\[=([\w.]+)\]", lambda value: values[value[1]], shown.tex)
            mathml = formulas.to_mathml(tex, display=True)
            tree = ElementTree.fromstring(NAMED.sub(lambda name: html.unescape(name[0]), mathml))
            assert tree.tag.endswith("math") and 'style="text-align' not in mathml, shown.id
            assert shown.kind in blocks.FORMULA_KINDS
            count += 1
    assert count > 0


def test_a_fraction_and_a_power() -> None:
    tree = ElementTree.fromstring(formulas.to_mathml(r"\frac{a}{b^2}", display=False))
    names = [element.tag.rpartition("}")[2] for element in tree.iter()]
    drawn = ["mfrac", "mi", "msup", "mi", "mn"]
    assert names == ["math", "semantics", *drawn, "annotation"]
    assert "".join(tree.itertext()) == r"ab2\frac{a}{b^2}"


@pytest.mark.parametrize("tex", [r"\frac12", r'a < b > "c" \text{\&}', " x\n + y "])
def test_a_formula_carries_its_tex(tex: str) -> None:
    mathml = NAMED.sub(lambda one: html.unescape(one[0]), formulas.to_mathml(tex, display=True))
    tree = ElementTree.fromstring(mathml)
    assert tree.get("alttext") == " ".join(tex.split())
    assert (tree[0][-1].tag, tree[0][-1].text) == ("annotation", tex.strip())
    assert tree[0][-1].get("encoding") == "application/x-tex"


def test_a_font_needs_nothing_of_the_tex() -> None:
    found = formulas.characters(formulas.to_mathml(r"\frac12", display=False))
    assert found == {"1", "2"}


@pytest.mark.parametrize("tex", [r"\frac{", r"\nosuchcommand", r"a & b", r"\left( x"])
def test_what_cannot_be_converted_says_why(tex: str) -> None:
    with pytest.raises(formulas.FormulaError, match=r"\w+ \w+"):
        formulas.to_mathml(tex, display=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$x$", ["x"]),
        ("costs $5 or $6", []),
        ("$5 and $x$", ["x"]),
        (r"\$x\$", []),
        ("$ x $", []),
        ("$x$5", ["x"]),
        ("$p(x) < 1$, $q$", ["p(x) < 1", "q"]),
        ("$a\nb$", ["a\nb"]),
        ("$a\n\nb$", []),
        ("`$x$`", []),
    ],
)
def test_inline_formulas_are_those_that_markdown_finds(text: str, found: list[str]) -> None:
    page = pages.parse("a.md", text)
    assert [match["tex"] for _, match in page.matches(formulas.INLINE)] == found
    assert render(text).count("<math") == len(found)


def test_a_block_becomes_a_figure_with_its_id() -> None:
    text = "/// formula | Name\n    id: eq-a-b\n    kind: claim\n\n$$\nx < y\n$$\n\n- $x$: a\n///\n"
    tree = ElementTree.fromstring(f"<body>{render(text)}</body>")
    figure = tree.find("figure")
    assert figure is not None and figure.get("id") == "eq-a-b"
    assert "Name" in "".join(figure.find("figcaption").itertext())  # type: ignore[union-attr]
    assert render(text).count("<math") == 2
    (read,) = pages.parse("a.md", text).formulas
    assert (read.id, read.kind, read.title, read.tex) == ("eq-a-b", "claim", "Name", "x < y\n")
    assert (read.line, read.end, read.symbols) == (1, 10, ["$x$: a"])


def test_the_characters_of_a_page() -> None:
    assert formulas.characters("a<math><mi>x</mi> <mo>&lt;</mo></math>b") >= {"x", "<"}
