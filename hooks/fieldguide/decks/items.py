"""What stands on slides: key sentences, pictures, formulas, tables and code, each with its notes.

The key sentence of a paragraph or of an entry of a list is its first sentence; the rest is told in
the notes of the speaker, whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from selectolax.lexbor import LexborNode

from fieldguide.decks import runs
from fieldguide.decks.kinds import BULLET, HEAD, KEY, SMALL, Code, Item, Picture, Table, Text
from fieldguide.decks.runs import Run, UnheldError

BLOCKS = (
    "p",
    "ul",
    "ol",
    "dl",
    "table",
    "figure",
    "div",
    "section",
    "details",
    "pre",
    "blockquote",
)
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
WORK = re.compile(r"[^.]{2,60}(?:al\.)? (?:\d{4}[a-z]?|n\.d)\. ")  # "Goodfellow et al. 2014. "


def of(node: LexborNode) -> Iterator[Item]:
    """Yield what an element of a chapter puts on slides; UnheldError if that cannot be."""
    tag = node.tag or ""
    if tag == "-text":
        if words := " ".join((node.text_content or "").split()):
            yield Text([Run(words)], notes=words)
    if tag.startswith(("-", "!", "_")):
        return
    kinds = (node.attrs.get("class") or "").split()
    if "page-facts" in kinds:
        return
    if tag in HEADINGS:
        yield Text(runs.of(node), HEAD, bullet=False)
    elif tag == "svg":
        yield from _drawing(node)
    elif tag == "table":
        yield _table(node)
    elif kind := next((name for name in KINDS if name in kinds), None):
        yield from KINDS[kind](node)
    elif tag in PLAIN:
        yield from PLAIN[tag](node)
    elif holds_blocks(node):
        for child in node.iter(include_text=True):
            yield from of(child)
    elif words_of := runs.of(node):
        yield _key(words_of)


def holds_blocks(node: LexborNode) -> bool:
    """Return whether an element holds more than words."""
    return bool(node.css_first(", ".join((*BLOCKS, *HEADINGS, "svg"))))


def told(node: LexborNode) -> str:
    """Return all the words of an element, each block of them on lines of its own."""
    if node.tag == "svg":
        return described(node)
    if node.tag in ("p", "li", "summary", "figcaption", "dt", "dd") and not any(
        child.tag in BLOCKS for child in node.iter()
    ):
        return runs.plain(runs.of(node))
    if math := node.css_first("math") if "math-scroll" in (node.attrs.get("class") or "") else None:
        return str(math.attrs.get("alttext"))
    if node.tag == "pre":
        return node.text(deep=True) or ""
    parts = []
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            parts.append(" ".join((child.text_content or "").split()))
        elif not tag.startswith(("-", "!", "_")):
            parts.append(told(child))
    return "\n".join(part for part in parts if part)


def described(svg: LexborNode) -> str:
    """Return the text that stands for a drawing; UnheldError if there is none."""
    title, more = svg.css_first("title"), svg.css_first("desc")
    found = svg.attrs.get("aria-label") or (title.text(deep=True) if title else "")
    found = " ".join(filter(None, (found, more.text(deep=True) if more else "")))
    if not found.strip():
        raise UnheldError("a figure has no text that stands for it; give its SVG a <title>")
    return " ".join(found.split())


def _key(words: list[Run], size: float = KEY) -> Text:
    return Text(runs.first_sentence(words), size, notes=runs.plain(words))


def _paragraph(node: LexborNode) -> Iterator[Item]:
    for svg in node.css("svg"):
        yield from _drawing(svg)
    if words := runs.of(node):
        yield _key(words)


def _drawing(svg: LexborNode) -> Iterator[Item]:
    if svg.attrs.get("aria-hidden") != "true":
        alt = described(svg)
        yield Picture(svg, alt, notes=f"Figure: {alt}")


def _figure(node: LexborNode) -> Iterator[Item]:
    caption = node.css_first("figcaption")
    words = runs.of(caption) if caption else []
    drawn = node.css("svg")
    for at, svg in enumerate(drawn):
        for item in _drawing(svg):
            if isinstance(item, Picture) and at == len(drawn) - 1:
                item.caption = words
                item.notes += f"\n{runs.plain(words)}" if words else ""
            yield item
    for child in node.iter():
        if child.tag in BLOCKS:
            yield from (item for item in of(child) if not drawn or not isinstance(item, Picture))
    if words and not drawn:
        yield _key(words)


def _formula(node: LexborNode) -> Iterator[Item]:
    caption, math = node.css_first("figcaption"), node.css_first(".math-scroll math")
    if not math:
        raise UnheldError("a formula block has no formula")
    title = caption.css_first(".formula-kind") if caption else None
    kind = title.text(deep=True) if title else ""
    if title:
        title.decompose()
    name = [Run(run.text, bold=True) for run in (runs.of(caption) if caption else [])]
    tex = str(math.attrs.get("alttext") or "").strip()
    if not tex:
        raise UnheldError("a formula has no TeX that stands for it")
    yield Text([*name, Run(f" ({kind})")], bullet=False)
    reading = node.css_first(".formula-reading")
    notes = f"Formula: {tex}" + (f"\n{told(reading)}" if reading else "")
    yield Picture(math, tex, formula=True, notes=notes)
    for entry in reading.css("li") if reading else []:
        yield Text(runs.of(entry), 16.0)


def _list(node: LexborNode) -> Iterator[Item]:
    for entry in node.iter():
        if any(child.tag in BLOCKS for child in entry.iter()):
            for child in entry.iter(include_text=True):
                yield from of(child)
        elif words := runs.of(entry):
            yield Text(words, SMALL) if _source(words) else _key(words, BULLET)


def _source(words: list[Run]) -> bool:
    """Return whether an entry of a list names a work, which it does in several short sentences."""
    return bool(WORK.match(runs.plain(words)))


def _terms(node: LexborNode) -> Iterator[Item]:
    head: list[Run] = []
    for child in node.iter():
        words = runs.of(child)
        if child.tag == "dt":
            head = [Run(f"{runs.plain(words)}: ", bold=True)]
        else:
            text = [*head, *runs.first_sentence(words)]
            yield Text(text, BULLET, notes=f"{runs.plain(head)}{runs.plain(words)}")


def _table(node: LexborNode) -> Table:
    head, rows = [], []
    for row in node.css("tr"):
        cells = [cell for cell in row.iter() if cell.tag in ("th", "td")]
        if any((cell.attrs.get("rowspan") or "1") != "1" for cell in cells):
            raise UnheldError("a table with cells over several rows")
        words = []
        for cell in cells:
            words += [runs.of(cell), *[[] for _ in range(int(cell.attrs.get("colspan") or 1) - 1)]]
        if row.parent and row.parent.tag == "thead":
            head.append([[replace(run, bold=True) for run in cell] for cell in words])
        else:
            rows.append(words)
    return Table(head, rows)


def _code(node: LexborNode) -> Iterator[Item]:
    name, code = node.css_first(".filename"), node.css_first("code") or node
    lines = (code.text(deep=True) or "").rstrip().split("\n")
    yield Code(lines, name.text(deep=True) if name else "", "Code, as it stands on the slide.")


def _question(node: LexborNode) -> Iterator[Item]:
    asked = node.css_first(".question-text")
    options = node.css("ul.options > li")
    if not asked or not options:
        raise UnheldError("a question without its text or its options")
    answers = []
    shown = [Text(runs.of(asked), HEAD, bullet=False)]
    for option in options:
        summary, why = option.css_first("summary"), option.css_first(".why")
        words = runs.of(summary) if summary else []
        shown.append(Text(words, BULLET))
        answers.append(f"{runs.plain(words)}: {' '.join(told(why).split()) if why else ''}")
    shown[0].notes = "Answers\n" + "\n".join(answers)
    yield from shown


def _problem(node: LexborNode) -> Iterator[Item]:
    title, kind = node.css_first(".problem-head strong"), node.css_first(".problem-kind")
    solution = node.css_first("details.solution")
    words = [Run(title.text(deep=True) if title else "", bold=True)]
    words.append(Run(f" ({kind.text(deep=True)})" if kind else ""))
    notes = told(solution) if solution else ""
    yield Text(words, HEAD, bullet=False, notes=notes)
    for child in node.iter():
        if child.tag != "details" and "problem-head" not in (child.attrs.get("class") or ""):
            for item in of(child):
                if isinstance(item, Text):
                    item.runs = runs.of(child) if child.tag == "p" else item.runs
                yield item


def _derivation(node: LexborNode) -> Iterator[Item]:
    title, aim = node.css_first("summary"), node.css_first("p")
    words = [Run("Derivation: ", bold=True), *(runs.of(title) if title else [])]
    yield Text(words, bullet=False, notes=told(node))
    if aim:
        yield Text(runs.of(aim), BULLET)


def _summary(node: LexborNode) -> Iterator[Item]:
    yield Text([replace(run, bold=True) for run in runs.of(node)], bullet=False)


def _live(node: LexborNode) -> Iterator[Item]:
    yield Text(runs.of(node), 16.0, bullet=False)


KINDS: dict[str, Callable[[LexborNode], Iterator[Item]]] = {
    "formula": _formula,
    "highlight": _code,
    "question": _question,
    "problem": _problem,
    "derivation": _derivation,
    "live": _live,
}
PLAIN: dict[str, Callable[[LexborNode], Iterator[Item]]] = {
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "dl": _terms,
    "figure": _figure,
    "summary": _summary,
    "pre": _code,
}
