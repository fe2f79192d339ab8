"""Words of a page as runs of one look each; a formula within a line becomes a line of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

SPACE = re.compile(r"\s+")
# A sentence ends at a mark before a new one; not in "et al. 2016", "e.g. this" or "J. Smith".
END = re.compile(
    r"(?<!\bal)(?<!e\.g)(?<!i\.e)(?<!\bvs)(?<!\b[A-Z])[.?!][\"\u201d)\u2019]*(?=\s+[\"\u201c(A-Z0-9])"
)
SHORT = 25  # letters
SKIPPED = ("svg", "script", "style", "annotation")
LOOKS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "code": "code"}
RELATIONS = "=≈≤≥<>→←↦∈≠⟶∝≡≪≫+±|\u223c\u2212\u2223"
APPLY = "\u2061"
# What stands above a letter, and the mark that joins with it.
ACCENTS = {"^": "\u0302", "\u02c6": "\u0302", "¯": "\u0304", "‾": "\u0304", "~": "\u0303"}
ACCENTS |= {"\u02dc": "\u0303", "→": "\u20d7", "˙": "\u0307", "―": "\u0304", "_": "\u0304"}
GROUPS = ("math", "mrow", "mstyle", "mpadded", "mtd", "semantics")


class UnheldError(ValueError):
    """Something that a slide cannot hold; the message says what."""


@dataclass(frozen=True)
class Run:
    """Text of one look; `level` is 1 for raised, -1 for lowered."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    level: int = 0
    link: str = ""


def of(node: LexborNode) -> list[Run]:
    """Return the words of an element, each space between them once."""
    found: list[Run] = []
    for run in _within(node, Run("")):
        text = SPACE.sub(" ", run.text)
        if not found or found[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            found.append(replace(run, text=text))
    while found and not found[-1].text.strip():
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return found


def plain(runs: Iterable[Run]) -> str:
    """Return runs as text."""
    return "".join(run.text for run in runs)


def first_sentence(runs: list[Run]) -> list[Run]:
    """Return the runs of the first sentence; a bold or very short one takes the next with it."""
    text = plain(runs)
    ends = [end.end() for end in END.finditer(text)] + [len(text)]
    led = len(runs) > 1 and runs[0].bold and len(runs[0].text.rstrip()) >= ends[0]
    left = ends[min(1, len(ends) - 1)] if led or ends[0] < SHORT else ends[0]
    found = []
    for run in runs:
        if left > 0:
            found.append(replace(run, text=run.text[:left]))
        left -= len(run.text)
    return found


def _within(node: LexborNode, look: Run) -> Iterator[Run]:
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            yield replace(look, text=child.text_content or "")
        elif tag == "math":
            yield from (replace(run, bold=look.bold, link=look.link) for run in formula(child))
        elif tag == "br":
            yield replace(look, text=" ")
        elif tag == "a" and str(child.attrs.get("href")).startswith(("http:", "https:")):
            yield from _within(child, replace(look, link=str(child.attrs["href"])))
        elif tag not in SKIPPED and not tag.startswith(("-", "!", "_")):
            known = LOOKS.get(tag)
            inside = replace(
                look,
                bold=look.bold or known == "bold",
                italic=look.italic or known == "italic",
                code=look.code or known == "code",
            )
            yield from _within(child, inside)


def formula(node: LexborNode) -> list[Run]:
    """Return a formula as a line of text; UnheldError if it has a part that no line can hold."""
    tag = node.tag or ""
    parts = list(node.iter())
    if tag == "semantics":
        return formula(parts[0])
    if tag in GROUPS:
        return [run for part in parts if part.tag != "annotation" for run in formula(part)]
    if tag in ("mi", "mn", "mo", "mtext", "mspace"):
        return _token(node)
    if tag in ("msub", "msup", "msubsup", "munder", "munderover", "mover"):
        return _scripts(tag, parts)
    if tag == "mfrac":
        return [*_grouped(parts[0]), Run("/"), *_grouped(parts[1])]
    if tag in ("msqrt", "mroot"):
        inside = [run for part in parts for run in formula(part)]
        return [Run("√("), *inside, Run(")")]
    if tag == "mtable":
        rows = [[run for cell in row.iter() for run in formula(cell)] for row in parts]
        return [run for at, row in enumerate(rows) for run in ([Run("; ")] if at else []) + row]
    raise UnheldError(f"a formula with <{tag}>, which a line of text cannot hold")


def _token(node: LexborNode) -> list[Run]:
    text = (node.text(deep=True) or "").strip()
    if node.tag == "mspace":
        wide = re.match(r"[\d.]+", str(node.attrs.get("width") or ""))
        return [Run("  " if wide and float(wide[0]) >= 1 else " ")] if wide else []
    if node.tag == "mi":
        return [Run(text, italic=len(text) == 1)]
    if text == APPLY:
        return [Run(" ")] if node.attrs.get("lspace") not in (None, "0") else []
    if node.tag == "mo" and text in RELATIONS and node.attrs.get("form") != "prefix":
        return [Run(f" {text} ")]
    return [Run(f"{text} " if text == "," else text)]


def _scripts(tag: str, parts: list[LexborNode]) -> list[Run]:
    base = formula(parts[0])
    mark = (parts[1].text(deep=True) or "").strip()
    if tag == "mover" and mark in ACCENTS and base:
        return [*base[:-1], replace(base[-1], text=base[-1].text + ACCENTS[mark])]
    levels = (1,) if tag in ("msup", "mover") else (-1, 1)
    found = list(base)
    for part, level in zip(parts[1:], levels, strict=False):
        found += [replace(run, level=level, text=run.text.strip()) for run in formula(part)]
    return found


def _grouped(node: LexborNode) -> list[Run]:
    runs = formula(node)
    if len([run for run in runs if not run.level and run.text.strip()]) <= 1:
        return runs
    return [Run("("), *runs, Run(")")]
