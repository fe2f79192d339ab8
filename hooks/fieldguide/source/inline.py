"""The one reader of Markdown within a line: titles, captions, cells, questions, and their answers.

What a piece becomes is for others to say: HTML for a learning platform, or plain text for a title.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from fieldguide.source import formulas
from fieldguide.source.shortcodes import CITATION, TERM

LINK = re.compile(
    r"!?\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\((?P<to>[^()\s]*)[^()]*(?:\([^()]*\)[^()]*)*\)(?:\{[^{}]*\})?"
)
ESCAPED = r"(?P<escaped>\\[\\`*_{}\[\]()#+.!|<>$-])"
CODE = r"(?P<code>(?P<ticks>`+)(?P<inside>.+?)(?P=ticks))"
ATTRIBUTES = r"(?P<attributes>\{[:\s]*[#.][^{}]*\})"
TOKEN = re.compile(
    rf"{ESCAPED}|{CODE}|(?P<math>{formulas.INLINE.pattern})|{CITATION.pattern}|{TERM.pattern}"
    rf"|{LINK.pattern}|{ATTRIBUTES}|(?P<tag><[^<>]*>)"
)
EMPHASIS = (
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), "strong"),
    (re.compile(r"\*(?=\S)(.+?)(?<=\S)\*"), "em"),
    (re.compile(r"(?<![A-Za-z0-9])_(?=\S)(.+?)(?<=\S)_(?![A-Za-z0-9])"), "em"),
)
STASH = re.compile("\x02(\\d+)\x03")
MARKED = re.compile(r"[\[{<*_`$\\]")  # what has none of these holds no markup
LEFT_OUT = re.compile(r"\s*\[@[^\]]*\]")


def read(
    text: str,
    piece: Callable[[re.Match[str]], str],
    words: Callable[[str], str] = str,
    emphasis: str = r"\1",
) -> str:
    """Return a line with each match of TOKEN replaced by `piece`, and the rest by `words`.

    `emphasis` is what emphasized words become; `{}` in it stands for the name of the element.
    """
    stash: list[str] = []

    def keep(match: re.Match[str]) -> str:
        stash.append(piece(match))
        return f"\x02{len(stash) - 1}\x03"

    text = words(TOKEN.sub(keep, " ".join(text.split())))
    for pattern, tag in EMPHASIS:
        text = pattern.sub(emphasis.format(tag, tag), text)
    while STASH.search(text):
        text = STASH.sub(lambda match: stash[int(match[1])], text)
    return text


def plain(text: str) -> str:
    """Return a line as plain text, without citations; of a formula, its TeX is left."""
    if MARKED.search(text):
        text = read(LEFT_OUT.sub("", text), _plain)
    return html.unescape(" ".join(text.split()))


def _plain(match: re.Match[str]) -> str:
    """Return what a reader sees of a piece."""
    if match["escaped"]:
        return match["escaped"][1]
    if match["attributes"] or match["tag"]:
        return ""
    seen = match["text"] if match["term"] is not None else match["words"]
    if seen is not None:
        return plain(seen)
    return next(filter(None, (match["inside"], match["tex"])), "")
