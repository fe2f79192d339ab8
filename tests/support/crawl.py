"""A crawler of the built site: it reads HTML as a browser gets it, and knows nothing of MkDocs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ADDRESSES = ("href", "src", "srcset", "poster", "data", "action", "formaction", "xlink:href")
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers")
SHOWN_AS_IT_IS = ("code", "pre", "script", "style")
CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)|@import\s+['\"]([^'\"]+)['\"]")
# What a reader must never see: markup of ours, or of Markdown, that nothing has read.
LEFTOVERS = re.compile(
    r"<!--\s*guide:|guide:[a-z]+ *-->|\[@|\[=|\]\(|term:[a-z]|\{\s*[#.:][\w-]|^///|\$\$|\\\[|\\\("
    r"|\[ \] |\[x\] |^#{1,6} |\bTODO\b",
    re.MULTILINE,
)


@dataclass
class Document(HTMLParser):
    """What a page holds that another page, or a reader, may rely on."""

    path: str
    ids: list[str] = field(default_factory=list)
    addresses: list[tuple[str, str, str]] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    refresh: bool = False
    title: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in (*SHOWN_AS_IT_IS, "title"):
            self._open.append(tag)
        values = dict(attrs)
        if tag == "meta" and (values.get("http-equiv") or "").lower() == "refresh":
            self.refresh = True
            _, _, target = (values.get("content") or "").partition("=")
            self.addresses.append((tag, "content", target.strip(" '\"")))

    def _attribute(self, tag: str, name: str, value: str) -> None:
        self.attributes.append(f'{name}="{value}"')
        if name == "id":
            self.ids.append(value)
        elif name == "lang" and tag == "html":
            self.language = value
        elif name == "srcset":
            for part in value.split(","):
                self.addresses.append((tag, name, part.split()[0]))
        elif name in ADDRESSES:
            self.addresses.append((tag, name, value))
        elif name in REFERENCES:
            self.references += [(name, target) for target in value.split()]

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == self._open[-1]:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._open:
            self.words.append(data)
        elif self._open[-1] == "title":
            self.title += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def read(folder: Path) -> dict[str, Document]:
    """Return every HTML page below `folder` by its path."""
    documents = {}
    for file in sorted(folder.rglob("*.html")):
        path = file.relative_to(folder).as_posix()
        documents[path] = Document(path)
        documents[path].feed(file.read_text(encoding="utf-8"))
        documents[path].close()
    return documents


def pages(folder: Path) -> list[Path]:
    """Return the pages that a reader stays on; short links, which lead on at once, are left out."""
    found = sorted(folder.rglob("*.html"))
    return [file for file in found if 'http-equiv="refresh"' not in file.read_text("utf-8")[:2000]]


def target(path: str, address: str) -> tuple[str, str] | None:
    """Return file and fragment that an address leads to from a page; None if it leaves the site."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    fragment = unquote(parts.fragment)
    if not parts.path:
        return path, fragment
    steps = [] if parts.path.startswith("/") else path.split("/")[:-1]
    for step in unquote(parts.path).split("/"):
        if step == "..":
            if not steps:
                return "(above the site)", fragment
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    ending = "/" if parts.path.endswith("/") else ""
    return "/".join(steps) + ending, fragment


def broken(folder: Path, documents: dict[str, Document]) -> list[str]:
    """Return each address and each reference in the pages and styles that leads nowhere."""
    files = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    ids = {path: set(document.ids) for path, document in documents.items()}
    problems = []
    for path, document in documents.items():
        for tag, name, address in document.addresses:
            where = f'{path}: <{tag} {name}="{address}">'
            if address.startswith("/") and path != "404.html":
                problems.append(f"{where} begins at the root, which a copy on disk has not")
            found = target(path, address)
            if found is None:
                if urlsplit(address).scheme not in ("http", "https", "mailto", "data"):
                    problems.append(f"{where} has an unknown scheme")
                continue
            file, fragment = found
            if file not in files:
                problems.append(f"{where} leads to no file")
            elif fragment and file in ids and fragment not in ids[file]:
                problems.append(f"{where} leads to no id")
        for name, reference in document.references:
            if reference not in ids[path]:
                problems.append(f'{path}: {name}="{reference}" names no id of the page')
    for file in sorted(path for path in files if path.endswith(".css")):
        text = (folder / file).read_text(encoding="utf-8")
        for match in CSS_ADDRESS.finditer(text):
            found = target(file, match[1] or match[2])
            if found and not (match[1] or "").startswith("#") and found[0] not in files:
                problems.append(f"{file}: {match[0]} leads to no file")
    return problems


def faults(documents: dict[str, Document]) -> list[str]:
    """Return what is wrong inside single pages: repeated ids, headings, markup left over."""
    problems = []
    titles: dict[str, str] = {}
    for path, document in documents.items():
        twice = sorted({name for name in document.ids if document.ids.count(name) > 1})
        problems += [f"{path}: the id '{name}' stands twice" for name in twice]
        if document.language != "en":
            problems.append(f"{path}: the language is '{document.language}'")
        if not document.title.strip():
            problems.append(f"{path}: the title is empty")
        if not document.refresh:
            if document.headings.count(1) != 1:
                problems.append(f"{path}: {document.headings.count(1)} headings of level 1")
            other = titles.setdefault(document.title, path)
            if other != path:
                problems.append(f"{path}: the title '{document.title}' is that of {other}")
        problems += leftovers(document)
    return problems


def leftovers(document: Document) -> list[str]:
    """Return each piece of markup in a page that should have been replaced."""
    problems = []
    for text in (*document.words, *(f"<!--{comment}-->" for comment in document.comments)):
        for match in LEFTOVERS.finditer(text):
            shown = " ".join(text[max(0, match.start() - 20) : match.end() + 30].split())
            problems.append(f"{document.path}: '{shown}' is left over")
    for _, _, address in document.addresses:
        if urlsplit(address).path.endswith(".md") or address.startswith("term:"):
            problems.append(f"{document.path}: the link '{address}' was not read")
    for attribute in document.attributes:
        if attribute.startswith('data-drawing="') or "arithmatex" in attribute:
            problems.append(f"{document.path}: {attribute} was not replaced")
    return problems
