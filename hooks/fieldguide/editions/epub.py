"""EPUB 3: the whole guide, and each chapter by itself, with MathML, drawings and permanent ids."""

from __future__ import annotations

import uuid
from html import escape
from pathlib import Path

from fieldguide.editions import style
from fieldguide.editions.chapters import Book, Chapter, linked
from fieldguide.files.deterministic_zip import packed

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" \
media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
PACKAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{uuid}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>en</dc:language>
<dc:creator>{name}</dc:creator>
<dc:date>{edition}</dc:date>
<dc:rights>CC BY 4.0, {license}. Source: {name}, version {edition}.</dc:rights>
{source}<meta property="dcterms:modified">{edition}T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityFeature">MathML</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Formulas are MathML, drawings carry a description.\
</meta>
</metadata>
<manifest>
<item id="contents" href="contents.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
<item id="font" href="math.woff2" media-type="font/woff2"/>
{items}</manifest>
<spine><itemref idref="contents"/>
{order}</spine>
</package>
"""
PAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" \
xml:lang="en">
<head><meta charset="utf-8"/><title>{title}</title>
<link rel="stylesheet" href="style.css"/></head>
<body>
{body}
</body>
</html>
"""


def make(book: Book, title: str, key: str, site: Path, root: Path) -> bytes:
    """Return a book as EPUB; `key` tells it from the other books of the guide."""
    files = {
        "book/contents.xhtml": PAGE.format(title=escape(title), body=_contents(book, title)),
        "book/style.css": style.style(root, "math.woff2"),
    }
    items, order = [], []
    for number, chapter in enumerate(book.chapters, 1):
        text = linked(chapter, book, _place)
        files[f"book/{chapter.file}"] = PAGE.format(title=escape(chapter.title), body=text)
        holds = [name for name in ("mathml", "svg") if f"<{name.removesuffix('ml')}" in text]
        given = f' properties="{" ".join(holds)}"' if holds else ""
        items.append(
            f'<item id="c{number}" href="{chapter.file}" media-type="application/xhtml+xml"'
            f"{given}/>\n"
        )
        order.append(f'<itemref idref="c{number}"/>\n')
    source = f"<dc:source>{escape(book.site_url)}</dc:source>\n" if book.site_url else ""
    files["book/package.opf"] = PACKAGE.format(
        uuid=uuid.uuid5(uuid.NAMESPACE_URL, f"{book.site_url or book.name}#{key}"),
        title=escape(title),
        name=escape(book.name),
        edition=book.edition,
        license=LICENSE,
        source=source,
        items="".join(items),
        order="".join(order),
    )
    content = {path: text.encode() for path, text in sorted(files.items())}
    content["book/math.woff2"] = (site / style.MATH_FONT).read_bytes()
    first = {"mimetype": b"application/epub+zip", "META-INF/container.xml": CONTAINER.encode()}
    return packed(first | content, book.edition, stored=("mimetype",))


def _place(chapter: Chapter, anchor: str) -> str:
    return chapter.file + (f"#{anchor}" if anchor else "")


def _contents(book: Book, title: str) -> str:
    """Return the first page: what it is, and where each chapter and section stands."""
    rows = "".join(
        f'<li><a href="{each.file}">{escape(each.title)}</a>{_sections(each)}</li>\n'
        for each in book.chapters
    )
    where = f', <a href="{book.site_url}">{book.site_url}</a>' if book.site_url else ""
    return (
        f"<h1>{escape(title)}</h1>\n"
        f"<p>{escape(book.name)}, version {book.edition}{where}. Text: CC BY 4.0.</p>\n"
        f'<nav epub:type="toc" id="toc"><h2>Contents</h2><ol>\n{rows}</ol></nav>'
    )


def _sections(chapter: Chapter) -> str:
    rows = "".join(
        f'<li><a href="{chapter.file}#{each.id}">{escape(each.title)}</a></li>\n'
        for each in chapter.sections
    )
    return f"<ol>\n{rows}</ol>" if rows else ""
