"""Slides to edit, made of the built site and read back by python-pptx."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fieldguide import __main__ as command
from fieldguide import check
from fieldguide.decks import deck, items, kinds, pages, runs, shelf
from fieldguide.decks.runs import Run, UnheldError
from fieldguide.editions import chapters
from fieldguide.model.site import Site
from selectolax.lexbor import LexborHTMLParser, LexborNode

pptx = pytest.importorskip("pptx", reason="slides: pip install '.[slides]'")
KEYS = ("gan", "features")


@pytest.fixture(scope="module")
def checked(root: Path) -> Site:
    found, faults = check.check(root)
    assert found, faults
    return found


@pytest.fixture(scope="module")
def made(site: Path, checked: Site) -> dict[str, bytes]:
    return shelf.files(site, checked, KEYS)


def node(html: str) -> LexborNode:
    found = LexborHTMLParser(f"<body>{html}</body>").css_first("body > *")
    assert found
    return found


def opened(content: bytes) -> list[Any]:
    return list(pptx.Presentation(BytesIO(content)).slides)


def notes(slides: list[Any]) -> str:
    return "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides)


@pytest.mark.parametrize("key", KEYS)
def test_a_deck_holds_what_its_page_holds(made: dict[str, bytes], site: Path, key: str) -> None:
    slides = opened(made[f"{key}.pptx"])
    chapter = next(each for each in chapters.read(site).chapters if each.id == key)
    titles = [slide.shapes.title.text_frame.text.rpartition(" (")[0] or "" for slide in slides]
    whole = [slide.shapes.title.text_frame.text for slide in slides]
    assert whole[0].startswith(chapter.title)
    for section in chapter.sections:
        assert section.title in whole or section.title in titles
    shapes = [shape for slide in slides for shape in slide.shapes]
    drawn = chapter.text.css("svg:not([aria-hidden=true])")
    formulas = chapter.text.css("figure.formula math[display=block]")
    names = [shape.name for shape in shapes if shape.shape_type == 13]
    assert names.count("Figure") == len(drawn) and names.count("Formula") == len(formulas)
    alts = [shape._element.nvPicPr.cNvPr.get("descr") for shape in shapes if shape.shape_type == 13]
    assert all(len(alt) > 1 for alt in alts)
    tables = [shape.table for shape in shapes if shape.has_table]
    rows = sum(len(table.rows) - 1 for table in tables)
    assert rows == len(chapter.text.css("tbody tr"))
    told = " ".join(notes(slides).split())
    for paragraph in chapter.text.css("body > p:not(.page-facts, .live)"):
        words = runs.plain(runs.of(paragraph))
        assert " ".join(words.split()) in told, words
    assert "Sources of this section: " in told and "CC BY 4.0" in told


@pytest.mark.parametrize("key", KEYS)
def test_nothing_leaves_a_slide_or_lies_on_another(made: dict[str, bytes], key: str) -> None:
    wide, tall = pages.WIDTH * 12700, pages.HEIGHT * 12700
    for slide in opened(made[f"{key}.pptx"]):
        shapes = sorted(slide.shapes, key=lambda shape: shape.top)
        for shape in shapes:
            assert shape.left >= 0 and shape.left + shape.width <= wide + 1
            assert shape.top >= 0 and shape.top + shape.height <= tall
        for above, below in pairwise(shapes):
            assert above.top + above.height <= below.top + 3 * 12700, (above.name, below.name)


def test_the_bytes_depend_on_the_edition_alone(
    made: dict[str, bytes], site: Path, checked: Site
) -> None:
    assert shelf.files(site, checked, ["features"])["features.pptx"] == made["features.pptx"]


def test_the_key_sentence_is_the_first(made: dict[str, bytes]) -> None:
    def first(html: str) -> str:
        return runs.plain(runs.first_sentence(runs.of(node(html))))

    assert first("<p>One (Kim et al. 2016) is. Two is.</p>") == "One (Kim et al. 2016) is."
    assert first("<p>See e.g. This one, at 3.5 bits. Then</p>") == "See e.g. This one, at 3.5 bits."
    assert first("<p><strong>Mode collapse.</strong> It happens. Often.</p>") == (
        "Mode collapse. It happens."
    )


def test_a_formula_within_a_line_is_text() -> None:
    found = runs.of(
        node(
            "<p>a <math><semantics><mrow><msub><mi>x</mi><mi>t</mi></msub><mo>=</mo><mfrac><mn>1"
            "</mn><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></mfrac></mrow><annotation>x"
            "</annotation></semantics></math></p>"
        )
    )
    assert runs.plain(found) == "a xt = 1/(n + 1)"
    assert Run("t", italic=True, level=-1) in found
    with pytest.raises(UnheldError, match="<mlongdiv>"):
        runs.of(node("<p><math><mlongdiv></mlongdiv></math></p>"))


def test_a_long_table_is_divided_under_its_head() -> None:
    rows = "".join(f"<tr><td>{at}</td><td>{'word ' * 20}</td></tr>" for at in range(60))
    html = f"<table><thead><tr><th>No</th><th>Text</th></tr></thead><tbody>{rows}</tbody></table>"
    found = pages.paged(list(items.of(node(html))), lambda _: (1, 1))
    parts = [box.item for slide in found for box in slide.boxes]
    assert len(parts) > 2 and all(isinstance(part, kinds.Table) for part in parts)
    assert all(runs.plain(part.head[0][0]) == "No" for part in parts)  # type: ignore[union-attr]
    shown = [runs.plain(row[0]) for part in parts for row in part.rows]  # type: ignore[union-attr]
    assert shown == [str(at) for at in range(60)]


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<figure><svg role="img"></svg></figure>', "a figure has no text that stands for it"),
        (f"<p>{'word ' * 2000}</p>", "the paragraph “word word"),
        ("<p><math><mlongdiv></mlongdiv></math></p>", "a formula with <mlongdiv>"),
        (
            "<table><tbody><tr><td rowspan=2>a</td></tr><tr></tr></tbody></table>",
            "a table with cells over several rows",
        ),
    ],
)
def test_what_no_slide_holds_is_named(site: Path, checked: Site, html: str, said: str) -> None:
    book = chapters.read(site)
    chapter = next(each for each in book.chapters if each.id == "features")
    place = chapter.text.css_first("#features-new, h2")
    assert place
    place.insert_after(node(html))
    page = checked.pages["basics/key-features.md"]
    line = next(each.line for each in page.headings if each.id == place.attrs["id"])
    with pytest.raises(deck.DeckError) as caught:
        deck.make(chapter, book, page, checked.root, checked.root / ".cache")
    assert str(caught.value).startswith(f"docs/basics/key-features.md:{line}: {said}")


def test_without_the_package_one_line_names_the_extra(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shelf, "find_spec", lambda _: None)
    asked = ["--root", str(root), "kit", "--out", str(tmp_path), "--only", "gan"]
    assert command.main(asked) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["gan.ipynb"]
    assert "slides need python-pptx: python -m pip install '.[slides]'" in capsys.readouterr().err
