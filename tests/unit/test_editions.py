"""Books: what of a page goes into them, and where their links lead."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from fieldguide.editions import chapters, epub, pdf, style
from support import books

PAGE = """<!doctype html><title>T</title><article class="md-content__inner">
<h1 id="{id}">The {id} &amp; more<a class="headerlink" href="#{id}">#</a></h1>
<p>Read <a href="{other}.html#{other}-idea">on</a>, <a href="../kit/x.zip">the kit</a>,
<a href="https://a.example/?a=1&amp;b=2">out</a>.&nbsp;1 &lt; 2<br>End<!-- no --></p>
<h2 id="{id}-idea">Idea</h2>
<math alttext="x &lt; y"><mi>x</mi><mo>&lt;</mo><mi>y</mi></math>
<figure class="drawing"><svg class="diagram" viewBox="0 0 9 9" role="img" aria-labelledby="t">
<title id="t">A box</title><rect class="d-box" width="2" height="2"></rect></svg></figure>
<guide-lab data-family="gan" data-models="gan"><button>Go</button><p>Digits.</p></guide-lab>
<guide-watch><p class="watch-still">Needs JavaScript.</p></guide-watch>
<guide-question id="q-{id}"><p>Why?</p><ul><li><details data-right="yes"><summary>So</summary>
<p>Yes.</p></details></li></ul></guide-question>
<script>go()</script><p hidden>secret</p>
</article>"""


@pytest.fixture(params=["https://guide.example/", ""])
def site(request: pytest.FixtureRequest, tmp_path: Path, root: Path) -> Path:
    """A site of two pages, with and without an address."""
    rows = []
    for key, other in (("one", "two"), ("two", "one")):
        (tmp_path / "models").mkdir(exist_ok=True)
        (tmp_path / f"models/{key}.html").write_text(PAGE.format(id=key, other=other), "utf-8")
        rows += [
            {"id": key, "title": f"The {key} & more", "level": 1, "page": f"models/{key}.md"},
            {"id": f"{key}-idea", "title": "Idea", "level": 2, "page": f"models/{key}.md"},
        ]
    feed = {"name": "Guide", "version": "2026-11-27", "site": request.param, "sections": rows}
    (tmp_path / "sections.json").write_text(json.dumps(feed), "utf-8")
    font = tmp_path / style.MATH_FONT
    font.parent.mkdir(parents=True)
    font.write_bytes(b"")
    return tmp_path


def text(book: chapters.Book) -> str:
    """Return the first chapter as XHTML."""
    return chapters.linked(book.chapters[0], book, lambda each, at: f"{each.file}#{at}")


def test_what_is_for_a_browser_alone_stays_behind(site: Path) -> None:
    book = chapters.read(site)
    made = text(book)
    for gone in ("headerlink", "<button", "<script", "secret", "data-", "guide-", "<!--", "Needs"):
        assert gone not in made
    for kept in ("Digits.", "1 &lt; 2<br/>", '<title id="t">A box</title>', 'id="q-one"'):
        assert kept in made
    assert 'viewBox="0 0 9 9"' in made and "<summary>So</summary>" in made
    assert made.count("A live model stands here") == 2


def test_links_lead_into_the_book_or_to_the_site_or_nowhere(site: Path) -> None:
    book = chapters.read(site)
    made = text(book)
    assert '<a href="models-two.xhtml#two-idea">on</a>' in made
    assert '<a href="https://a.example/?a=1&amp;b=2">out</a>' in made
    if book.site_url:
        assert '<a href="https://guide.example/kit/x.zip">the kit</a>' in made
    else:
        assert ">the kit<" not in made and "the kit" in made


def test_a_book_is_valid_and_depends_on_the_site_alone(site: Path, root: Path) -> None:
    book = chapters.read(site)
    made = epub.make(book, book.name, "guide", site, root)
    assert made == epub.make(book, book.name, "guide", site, root)
    with zipfile.ZipFile(BytesIO(made)) as packed:
        assert packed.infolist()[0].filename == "mimetype"
        assert packed.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert 'href="models-two.xhtml#two-idea"' in packed.read("book/contents.xhtml").decode()
    if book.site_url:  # Java takes seconds to start
        (site / "book.epub").write_bytes(made)
        found = books.complaints([site / "book.epub"])
        assert [each for each in found if "math.woff2" not in each] == []  # an empty font


def test_on_paper_an_id_stands_once_and_every_option_is_open(site: Path) -> None:
    made = pdf.document(chapters.read(site), "", {"one": 7}, site)
    assert made.count(' id="t"') == 1 and made.count(' id="one"') == 1
    assert made.count("<details open=''>") == 2
    assert '<a href="#two-idea">on</a>' in made and "<span>7</span>" in made


def test_pages_are_told_from_a_printed_file() -> None:
    printed = (
        b"%PDF-1.4\n5 0 obj\n<</Type /Page\n>>\nendobj\n9 0 obj\n<</Type /Page\n>>\nendobj\n"
        b"7 0 obj\n<</Type /Pages\n>>\nendobj\n"
        b"8 0 obj\n<</one [5 0 R /XYZ 0 1 0]\n/two-idea [9 0 R /XYZ 0 1 0]>>\nendobj\n"
        b"3 0 obj\n<</Type /Catalog\n/Pages 7 0 R\n/Dests 8 0 R>>\nendobj\n"
    )
    assert pdf.numbers(printed) == {"one": 1, "two-idea": 2}
    with pytest.raises(pdf.PdfError, match="names no place"):
        pdf.numbers(b"%PDF-1.4")


def test_a_pdf_bears_the_day_of_its_edition() -> None:
    given = b"/CreationDate (D:20261127205205+00'00')\n/ModDate (D:20261127205205+00'00')"
    assert pdf.undated(given, "2026-11-22").count(b"(D:20261122000000+00'00')") == 2


def test_without_a_browser_one_line_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pdf.PdfError, match="apt-get install chromium"):
        pdf.browser()
