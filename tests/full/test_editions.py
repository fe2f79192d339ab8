"""A release with books, read back by programs of others: EPUBCheck, and PDFium."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from fieldguide.addresses import course_files
from fieldguide.editions import chapters, pdf
from fieldguide.files import archive
from selectolax.lexbor import LexborHTMLParser
from support import books, site_build
from support.sections import PUBLIC

pytestmark = [pytest.mark.full, pytest.mark.browser]


@pytest.fixture(scope="module")
def released(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a release with books."""
    out = tmp_path_factory.mktemp("editions") / "out"
    command = [sys.executable, "-m", "fieldguide", "--root", root, "release", "--editions"]
    done = subprocess.run(
        [*command, "--out", out],
        env=site_build.environment(SITE_URL=PUBLIC),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return out / "site"


def pages(released: Path) -> dict[str, str]:
    """Return the titles of the pages that a book holds, by the ids of these titles."""
    rows = json.loads((released / "sections.json").read_text("utf-8"))["sections"]
    return {
        row["id"]: row["title"]
        for row in rows
        if row["level"] == 1 and not row["page"].startswith("courses/")
    }


def test_no_book_has_a_fault(released: Path) -> None:
    found = sorted((released / course_files.EDITIONS).glob("*.epub"))
    assert {file.stem for file in found} == {*pages(released), Path(course_files.EPUB).stem}
    decks = (released / course_files.EDITIONS).glob("*.pptx")
    assert {file.stem for file in decks} == {*pages(released)}
    assert books.complaints(found) == []


def test_the_whole_guide_is_in_the_book(released: Path) -> None:
    rows = json.loads((released / "sections.json").read_text("utf-8"))["sections"]
    wanted = [row for row in rows if not row["page"].startswith("courses/")]
    with zipfile.ZipFile(released / course_files.EPUB) as packed:
        files = {name: packed.read(name).decode() for name in packed.namelist() if "html" in name}
    drawn = 0
    for row in wanted:
        name = row["page"].removesuffix(".md").replace("/", "-")
        assert f' id="{row["id"]}"' in files[f"book/{name}.xhtml"], row["id"]
    for page in {row["page"].removesuffix(".md") for row in wanted}:
        html = (released / f"{page}.html").read_text("utf-8")
        shown = LexborHTMLParser(html).css_first("article.md-content__inner")
        text = files[f"book/{page.replace('/', '-')}.xhtml"]
        assert shown is not None
        formulas = shown.css("math")
        assert text.count("<math ") == len(formulas)
        drawings = shown.css("svg[role=img]")
        assert text.count('role="img"') == len(drawings)
        drawn += len(drawings)
    assert drawn > 60


def test_the_pdf_is_tagged_and_its_contents_are_true(released: Path) -> None:
    content = (released / course_files.PDF).read_bytes()
    assert b"/MarkInfo <</Type /MarkInfo\n/Marked true>>" in content and b"/Lang (en)" in content
    figures = [part.split(b"endobj")[0] for part in content.split(b"/S /Figure")[1:]]
    drawn = sum(
        len(each.text.css("svg[role=img], svg[role=group]"))
        for each in chapters.read(released).chapters
    )
    assert len(figures) == drawn > 70
    assert [part[:80] for part in figures if not re.search(rb"/Alt [(<]", part)] == []
    document = pypdfium2.PdfDocument(content)
    outline = {
        item.get_title(): item.get_dest().get_index() + 1
        for item in document.get_toc(max_depth=1)
        if item.get_dest()
    }
    numbers = pdf.numbers(content)
    listed = "\n".join(
        document[at].get_textpage().get_text_bounded() for at in range(1, numbers["home"] - 1)
    )
    for key, title in pages(released).items():
        assert outline[title] == numbers[key], title
        rows = re.findall(rf"{re.escape(title)}\s+(\d+)", listed)  # sections may be called so too
        assert str(numbers[key]) in rows, title
    assert f"({PUBLIC}".encode() in content  # a link that leads to the web
    assert b"D:2026112" in content and content.count(b"/Subtype /Link") > 3000


def test_books_are_linked_and_stay_out_of_the_archive(released: Path) -> None:
    page = (released / "courses/index.html").read_text("utf-8")
    links = {str(a.attrs.get("href")) for a in LexborHTMLParser(page).css("a[href*='editions/']")}
    assert links == {
        f"../{file.relative_to(released).as_posix()}"
        for file in (released / course_files.EDITIONS).iterdir()
        if file.suffix not in (".br", ".gz")
    }
    with zipfile.ZipFile(released / archive.NAME) as packed:
        assert not [name for name in packed.namelist() if "editions/" in name]
        page = packed.read(f"{archive.FOLDER}/courses/index.html").decode()
    assert f'href="{PUBLIC}{course_files.EPUB}"' in page and 'href="../editions/' not in page
