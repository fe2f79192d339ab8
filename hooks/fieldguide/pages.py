"""Read the Markdown pages: front matter, headings, and the lines that are not code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from fieldguide import yamlfile
from fieldguide.faults import Fault, suggest

FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{([^{}]*)\})?\s*#*\s*$")
ID = re.compile(r"#([^\s}]+)")
# A fenced block, or a code span within a paragraph: what stands there is shown, never replaced.
CODE = (
    r"(?P<code>^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)?[ \t]*(?P=fence)[ \t]*$"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`))"
)
EXCLUDED = ("overrides/", "lab/", "assets/")


@dataclass(frozen=True)
class Heading:
    """A heading with its explicit id ('' if it has none) and its line."""

    level: int
    title: str
    id: str
    line: int


@dataclass
class Page:
    """A page of the site; `path` is relative to docs/, `meta` is its checked front matter."""

    path: str
    text: str
    meta: dict[str, Any] = field(default_factory=dict)
    front: yamlfile.YamlFile = field(default_factory=lambda: yamlfile.YamlFile(""))
    body_line: int = 1
    headings: list[Heading] = field(default_factory=list)

    @property
    def source(self) -> str:
        """Return the path as faults show it."""
        return f"docs/{self.path}"

    @property
    def body(self) -> str:
        """Return the Markdown below the front matter."""
        return "\n".join(self.text.split("\n")[self.body_line - 1 :])

    def prose(self) -> Iterator[tuple[int, str]]:
        """Yield number and text of each line that is neither front matter nor fenced code."""
        return prose_lines(self.body, self.body_line)

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
    return _outside_code(change).sub(lambda match: match[0] if match["code"] else by(match), text)


def matches(page: Page, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield line and match of each match of `pattern` in the body, code excepted."""
    body = page.body
    for match in _outside_code(pattern).finditer(body):
        if not match["code"]:
            yield page.body_line + body.count("\n", 0, match.start()), match


@cache
def _outside_code(pattern: re.Pattern[str]) -> re.Pattern[str]:
    flags = pattern.flags | re.MULTILINE | re.DOTALL
    return re.compile(f"{CODE}|(?:{pattern.pattern})", flags)


def page_paths(root: Path) -> list[str]:
    """Return the path of every page, relative to docs/, in a stable order."""
    docs = root / "docs"
    paths = (path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    return sorted(path for path in paths if not path.startswith(EXCLUDED))


def read(root: Path, path: str) -> tuple[Page | None, list[Fault]]:
    """Return a page, or None and why it cannot be read; front matter is not yet checked."""
    text, faults = yamlfile.read_text(root, f"docs/{path}")
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
            page.front = yamlfile.parse(front[1], page.source, first_line=2)
        page.meta = page.front.value if isinstance(page.front.value, dict) else {}
        page.body_line = front[0].count("\n") + 1
    page.headings = [
        Heading(len(mark[1]), mark[2], (ID.search(mark[3] or "") or ["", ""])[1], number)
        for number, line in page.prose()
        if (mark := HEADING.match(line))
    ]
    return page
