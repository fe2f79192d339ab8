"""Read the Markdown pages: front matter, headings, and the lines that are not code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from fieldguide.source import yaml_document
from fieldguide.source.diagnostics import Fault, suggest

FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{([^{}]*)\})?\s*#*\s*$")
ID = re.compile(r"#([^\s}]+)")
# What stands in a fenced block, or in a code span within a paragraph, is shown, never replaced.
FENCED = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)?[ \t]*(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
SPAN = re.compile(r"(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
MARK = re.compile(r"`+|~{3,}")
EXCLUDED = ("overrides/", "lab/", "assets/")


@dataclass(frozen=True)
class Heading:
    """A heading with its explicit id ('' if it has none) and its line."""

    level: int
    title: str
    id: str
    line: int


@dataclass(eq=False)
class Page:
    """A page of the site; `path` is relative to docs/, `meta` is its checked front matter."""

    path: str
    text: str
    meta: dict[str, Any] = field(default_factory=dict)
    front: yaml_document.YamlFile = field(default_factory=lambda: yaml_document.YamlFile(""))
    body_line: int = 1
    headings: list[Heading] = field(default_factory=list)

    @property
    def source(self) -> str:
        """Return the path as faults show it."""
        return f"docs/{self.path}"

    @cached_property
    def body(self) -> str:
        """Return the Markdown below the front matter."""
        return "\n".join(self.text.split("\n")[self.body_line - 1 :])

    @cached_property
    def prose(self) -> list[tuple[int, str]]:
        """Return number and text of each line that is neither front matter nor fenced code."""
        return list(prose_lines(self.body, self.body_line))

    def fault(self, line: int, message: str) -> Fault:
        """Return a fault on a line of this page."""
        return Fault(self.source, line, "", message)


def prose_lines(text: str, first_line: int = 1) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line of Markdown outside fenced code."""
    fence = ""
    for number, line in enumerate(text.split("\n"), first_line):
        mark = FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            continue
        if mark:
            fence = mark[1]
            continue
        yield number, line


def map_prose(text: str, change: re.Pattern[str], by: Callable[[re.Match[str]], str]) -> str:
    """Return `text` with each match of `change` replaced by `by(match)`, code excepted."""
    done, at = [], 0
    for match in _outside_code(change, text):
        done += [text[at : match.start()], by(match)]
        at = match.end()
    return "".join([*done, text[at:]]) if done else text


def matches(page: Page, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield line and match of each match of `pattern` in the body, code excepted."""
    for match in _outside_code(pattern, page.body):
        yield page.body_line + page.body.count("\n", 0, match.start()), match


def _outside_code(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that do not begin in code; a match may hold code."""
    spans = code_spans(text)
    at = passed = 0
    while match := pattern.search(text, at):
        while passed < len(spans) and (spans[passed][1] <= match.start() or spans[passed][0] < at):
            passed += 1
        if passed < len(spans) and spans[passed][0] <= match.start():
            at = spans[passed][1]
        else:
            yield match
            at = match.end()
            if any(
                begin < at < end for begin, end in spans[passed:]
            ):  # it ends within what was code
                spans, passed = code_spans(text, at), 0


@lru_cache(maxsize=16)  # several patterns are looked for in one text
def code_spans(text: str, at: int = 0) -> list[tuple[int, int]]:
    """Return begin and end of each piece of code in Markdown from a place on, in their order."""
    spans: list[tuple[int, int]] = []
    if "`" not in text and "~~~" not in text:
        return spans
    while at and text.startswith("`", at) and text[at - 1] == "`":
        at += 1
    while mark := MARK.search(text, at):
        line = text.rfind("\n", 0, mark.start()) + 1
        found = FENCED.match(text, line) if not text[line : mark.start()].strip(" \t") else None
        found = found or SPAN.match(text, mark.start())
        if found:
            spans.append(found.span())
        at = found.end() if found else mark.end()
    return spans


def page_paths(root: Path) -> list[str]:
    """Return the path of every page, relative to docs/, in a stable order."""
    docs = root / "docs"
    paths = (path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    return sorted(path for path in paths if not path.startswith(EXCLUDED))


def read(root: Path, path: str) -> tuple[Page | None, list[Fault]]:
    """Return a page, or None and why it cannot be read; front matter is not yet checked."""
    text, faults = yaml_document.read_text(root, f"docs/{path}")
    return (None, faults) if text is None else (parse(path, text), faults)


def read_all(root: Path) -> tuple[dict[str, Page | None], list[Fault]]:
    """Return each page by its path, None where it cannot be read, and why it cannot."""
    found: dict[str, Page | None] = {}
    faults = []
    for path in page_paths(root):
        found[path], unreadable = read(root, path)
        faults += unreadable
    return found, faults


def target_fault(target: str, known: Mapping[str, Page | None]) -> str:
    """Return what is wrong with `page.md` or `page.md#id`, or an empty text.

    `known` are the pages as `read_all` returns them. What stands on one that cannot be read is not
    known, so nothing is wrong with that.
    """
    path, mark, key = target.partition("#")
    if path not in known:
        return f"unknown page '{path}'; {suggest(path, known)}"
    page = known[path]
    ids = [heading.id for heading in page.headings if heading.id] if page else []
    if not mark or not page or key in ids:
        return ""
    return f"unknown section '{key}' of {path}; {suggest(key, ids)}"


def parse(path: str, text: str) -> Page:
    """Return the page that `text` describes."""
    page = Page(path, text)
    front = FRONT.match(text)
    if front:
        if front[1].strip():
            page.front = yaml_document.parse(front[1], page.source, first_line=2)
        page.meta = page.front.value if isinstance(page.front.value, dict) else {}
        page.body_line = front[0].count("\n") + 1
    page.headings = [
        Heading(len(mark[1]), mark[2], (ID.search(mark[3] or "") or ["", ""])[1], number)
        for number, line in page.prose
        if (mark := HEADING.match(line))
    ]
    return page
