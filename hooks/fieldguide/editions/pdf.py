"""A PDF of the whole guide, printed by Chromium: tagged, with outline, links and page numbers.

It is printed twice: the first time tells on which page each heading stands, the second time the
contents say so.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from base64 import b64encode
from dataclasses import replace
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from fieldguide.editions import style, xhtml
from fieldguide.editions.chapters import Book, Chapter, ids, linked
from fieldguide.files import svg_to_png
from fieldguide.html import finished

SHEETS = "svg.lab-sheet, svg.lab-fine"
FRAME = re.compile(r"<(/?)figure\b")  # it would be a figure without a text of its own
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
LONGEST = 300  # seconds of one printing
CATALOG = re.compile(rb"/Type /Catalog\b[^>]*?/Dests (\d+) 0 R")
SHEET = re.compile(rb"^(\d+) 0 obj\n<</Type /Page\b(?!s)", re.MULTILINE)
PLACE = re.compile(rb"/([\w.-]+) \[(\d+) 0 R /XYZ")
DATE = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}")
PAGE = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title>
<style>
{style}
{paper}
</style></head>
<body>
<header class="title"><h1>{title}</h1><p>Version {edition}</p>{where}
<p>Text: CC BY 4.0. Code: MIT.</p></header>
<nav class="contents"><h1 id="book-contents">Contents</h1><ol>
{contents}</ol></nav>
{chapters}
</body>
</html>
"""


class PdfError(Exception):
    """There is no PDF, for a reason that can be told in a line."""


def browser() -> str:
    """Return the browser that prints."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise PdfError("printing needs Chromium: install it (Debian: apt-get install chromium)")


def make(book: Book, site: Path, root: Path) -> bytes:
    """Return the whole guide as PDF."""
    looks = style.style(root, (site / style.MATH_FONT).resolve().as_uri())
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        pages = numbers(printed(document(book, looks, {}, root), place))
        return undated(printed(document(book, looks, pages, root), place), book.edition)


def document(book: Book, looks: str, pages: dict[str, int], root: Path) -> str:
    """Return the guide as one page of HTML, `pages` saying where each heading is on paper."""
    met: set[str] = set()
    where = f'<p><a href="{book.site_url}">{book.site_url}</a></p>' if book.site_url else ""
    return PAGE.format(
        title=escape(book.name),
        edition=book.edition,
        where=where,
        style=looks,
        paper=style.PAPER,
        contents="".join(_row(each, pages) for each in book.chapters),
        chapters="\n".join(_chapter(each, book, met, root) for each in book.chapters),
    )


def _row(chapter: Chapter, pages: dict[str, int]) -> str:
    def line(key: str, title: str) -> str:
        page = f"<span>{pages[key]}</span>" if key in pages else "<span>000</span>"
        return f'<a href="#{key}"><span>{escape(title)}</span><span class="dots"></span>{page}</a>'

    rows = "".join(f"<li>{line(each.id, each.title)}</li>\n" for each in chapter.sections)
    return f"<li>{line(chapter.id, chapter.title)}<ol>\n{rows}</ol></li>\n"


def _chapter(chapter: Chapter, book: Book, met: set[str], root: Path) -> str:
    """Return a chapter; an id that another page has too stays with the first."""
    chapter = replace(chapter, text=LexborHTMLParser(chapter.text.html or ""))
    for drawing in chapter.text.css("svg[role=group]"):
        drawing.attrs["role"] = "img"  # on paper nothing within it can be chosen
    for sheet in chapter.text.css(SHEETS):
        sheet.replace_with(_pictured(chapter.text, sheet, root))
    again = met.intersection(ids(chapter.text))
    met.update(ids(chapter.text))
    text = linked(chapter, book, lambda other, anchor: f"#{anchor or other.id}")
    for key in again:
        text = text.replace(f' id="{escape(key)}"', "")
    text = text.replace("<details", "<details open=''")
    text = FRAME.sub(r"<\1div", text)
    return f'<section class="chapter">\n{text}\n</section>'


def _pictured(text: LexborHTMLParser, sheet: LexborNode, root: Path) -> LexborNode:
    """Return a picture in the place of a sheet of digits: Chromium gives its text to the PDF.

    To a drawing that a filter blurs it gives none.
    """
    title = sheet.css_first("title")
    words = " ".join((title.text(deep=True) if title else "").split())
    alone = svg_to_png.svg(xhtml.written(sheet), root)
    content = b64encode(svg_to_png.png(alone, root / ".cache/drawings")).decode()
    given = {"class": "lab-sheet", "alt": words, "src": f"data:image/png;base64,{content}"}
    return finished.node(text, "img", given)


def printed(html: str, place: Path) -> bytes:
    """Return a page of HTML as PDF."""
    (place / "book.html").write_text(html, encoding="utf-8")
    out = place / "book.pdf"
    out.unlink(missing_ok=True)
    command = [
        browser(),
        "--headless",
        *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        "--disable-gpu",
        "--no-pdf-header-footer",
        "--export-tagged-pdf",
        "--generate-pdf-document-outline",
        f"--user-data-dir={place / 'profile'}",
        f"--print-to-pdf={out}",
        (place / "book.html").as_uri(),
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        raise PdfError(f"{command[0]} printed for more than {LONGEST} s") from None
    if not out.is_file():
        last = done.stderr.strip().splitlines()[-1:] or ["it says nothing"]
        raise PdfError(f"{command[0]} printed nothing: {last[0]}")
    return out.read_bytes()


def numbers(pdf: bytes) -> dict[str, int]:
    """Return the page, counted from 1, of each named place of a PDF that Chromium has made.

    Chromium numbers the objects of pages in the order of the pages.
    """
    names = CATALOG.search(pdf)
    places = re.search(rb"\n%s 0 obj\n(.*?)endobj" % names[1], pdf, re.DOTALL) if names else None
    if not places:
        raise PdfError("the PDF names no place; has Chromium changed its form?")
    order = sorted(int(found[1]) for found in SHEET.finditer(pdf))
    page = {number: at for at, number in enumerate(order, 1)}
    return {found[1].decode(): page[int(found[2])] for found in PLACE.finditer(places[1])}


def undated(pdf: bytes, edition: str) -> bytes:
    """Return a PDF with the day of the edition for that of printing, so that it is reproducible."""
    day = edition.replace("-", "").encode() + b"000000"
    return DATE.sub(lambda found: b"/" + found[1] + b" (D:" + day, pdf)
