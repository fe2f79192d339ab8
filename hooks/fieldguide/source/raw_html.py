"""HTML, links and attributes that are written in a page, held against the list of what is allowed.

A build looks at the rendered page once more, for what this has not understood.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from fieldguide.source import allow_list, web_address
from fieldguide.source.diagnostics import Fault
from fieldguide.source.formulas import TEX
from fieldguide.source.pages import Page
from fieldguide.source.prose import blank, code_spans

MARKER = re.compile(r"<!--([ \t]*guide:[^\n]*?)-->")
OWN_LINK = re.compile(r"\]\(term:")
LINK = re.compile(
    r"\]\(\s*<?(?P<inline>[^\s)>]+)|^[ ]{0,3}\[[^\]\n]+\]:\s*<?(?P<named>[^\s>]+)", re.M
)
AUTOMATIC = re.compile(r"<(?P<address>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
LISTED = re.compile(r"\{:?(?P<list>[^{}\n]*)\}")
DANGEROUS = re.compile(r"(?<![\w-])(on\w+|style|srcdoc|href|src|action|formaction)\s*=", re.I)
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class _Reader(HTMLParser):
    """Collects what is not allowed, with the line where it stands."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        line = self.getpos()[0]
        messages = [allow_list.element_fault(tag)]
        messages += [allow_list.attribute_fault(tag, name, value) for name, value in attrs]
        self.found += [(line, message) for message in messages if message]


def check(page: Page) -> list[Fault]:
    """Return a fault for each element, attribute and address of a page that is not allowed."""
    if not any(mark in page.body for mark in ("<", "](", "]:", "=")):
        return []
    text = _without_code(page.body)
    found = []
    for match in LINK.finditer(text):
        message = _link_fault(match["inline"] or match["named"])
        found.append((text.count("\n", 0, match.start()) + 1, message))
    for match in AUTOMATIC.finditer(text):
        found.append((text.count("\n", 0, match.start()) + 1, _link_fault(match["address"])))
    for match in LISTED.finditer(text):
        for name in DANGEROUS.findall(match["list"]):
            message = f"the attribute '{name}' is not allowed in a list of attributes"
            found.append((text.count("\n", 0, match.start()) + 1, message))
    reader = _Reader()
    reader.feed(AUTOMATIC.sub(_blank, text))
    reader.close()
    return [
        page.fault(page.body_line + line - 1, message)
        for line, message in dict.fromkeys(found + reader.found)
        if message
    ]


def _link_fault(address: str) -> str:
    """Return what is wrong with an address as Markdown reads it: with escapes and entities."""
    return web_address.link_fault(html.unescape(ESCAPE.sub(r"\1", address)))


def _without_code(text: str) -> str:
    """Return a page's Markdown with code and formulas blanked, and with captions as text."""
    parts, at = [], 0
    for start, end in code_spans(text):
        parts += [text[at:start], blank(text[start:end])]
        at = max(at, end)
    text = "".join([*parts, text[at:]])
    text = TEX.sub(_blank, text)
    text = MARKER.sub(lambda match: f"    {match[1]}   ", text)
    return OWN_LINK.sub("](     ", text)


def _blank(match: re.Match[str]) -> str:
    return blank(match[0])
