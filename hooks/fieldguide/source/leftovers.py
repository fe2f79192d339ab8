"""Signs of Markdown that are part of nothing, which readers would see as they stand.

No list of slips: what is written right is taken out of a page, and what is left may hold no
bracket, brace, star, tick or backslash, no line that begins as no text does, and no name of a
source or of a number. A sign that is meant is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html.entities import html5

from fieldguide.source.diagnostics import Fault
from fieldguide.source.pages import Page

TAKEN = "\ue000"  # in the place of each character that is part of something
ESCAPED = re.compile(r"\\[\\`*_{}\[\]()>#+.!|$-]")  # what Markdown and its formulas read
TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*|[A-Za-z][\w+.-]*:[^\s<>]*)>")
NAMED = re.compile(r"^[ ]{0,3}\[(?P<name>[^\]\n^][^\]\n]*)\]:[ \t]*\S.*$", re.MULTILINE)
LINK = re.compile(
    r"!?\[(?P<text>[^\[\]]*)\]\([ \t]*(?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)"
    r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)"
)
REFERENCE = re.compile(r"!?\[(?P<text>[^\[\]]+)\](?:[ ]?\[(?P<name>[^\[\]]*)\])?")
ATTRIBUTE = r"""(?:[#.][\w:.-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+))"""
ATTRIBUTES = re.compile(rf"\{{:?[ ]*{ATTRIBUTE}(?:[ ]+{ATTRIBUTE})*[ ]*\}}")
# Emphasis ends with its paragraph; a sign within a word, or with blanks around it, is a mere sign.
EMPHASIS = (
    ("*", re.compile(r"(?<!\*)(\*{1,3})(?![\s*])(?:[^*\n]|\n(?!\s*\n))+?(?<!\s)\1(?!\*)")),
    (
        "_",
        re.compile(
            r"(?<![\w_])(_{1,3})(?![\s_])(?:[^_\n]|(?<=\w)_(?=\w)|\n(?!\s*\n))+?(?<!\s)\1(?!\w)"
        ),
    ),
)
BULLET = re.compile(r"^[ \t]*[*+](?=[ \t])", re.MULTILINE)
BOX = re.compile(r"- \[[x ]\] ")
ADMONITION = re.compile(
    r"^[ ]*!!![ ]?[\w-]+(?:[ ]+[\w-]+)*(?:[ ]+\"[^\"\n]*\")?[ ]*(?=\n(?:[ ]*\n)*[ ]{4})",
    re.MULTILINE,
)
LESS, MORE = "(?:<|&lt;|&#0*60;|&#x0*3c;)", "(?:>|&gt;|&#0*62;|&#x0*3e;)"
# With the parts of which a text must hold one, if the pattern is to find anything in it at all.
SIGNS = tuple(
    (re.compile(pattern, re.MULTILINE), parts.split(), message)
    for parts, pattern, message in (
        (
            "! -- guide:",
            rf"{LESS}[ \t]*!|--+[ \t]*{MORE}|!--|(?<![\w-])guide:[a-z]",
            "part of no marker; write <!-- guide:name --> alone on a line",
        ),
        (
            "[^",
            r"\[\^",
            "no extension of this site reads footnotes; cite with [@key], or write it out",
        ),
        (
            "[ ]",
            r"[\[\]]",
            "a bracket that is part of no link, citation [@key] or number [=family.name]; "
            "the mere sign is written \\[",
        ),
        (
            "{ }",
            r"[{}]",
            "a brace that is part of no list of attributes; the mere sign is written \\{",
        ),
        ("`", r"`", "a tick that begins or ends no code; the mere sign is written \\`"),
        (
            "* _",
            r"\*(?=\S)|(?<=\S)\*|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)",
            "a sign that begins or ends no emphasis; the mere sign is written \\* or \\_",
        ),
        (
            "!!",
            r"^[ \t]*!{2,}",
            "a box is written '!!! note \"Title\"', and its text is indented below",
        ),
        (
            "?? === ::: +++ \u2022 \u2023 \u25e6 \u25aa \u00b7 \u25cf \u25cb",
            r"^[ \t]*(?:\?{2,}|={3,}|:{3,}|\+{3,}|[\u2022\u2023\u25e6\u25aa\u00b7\u25cf\u25cb])",
            "no extension of this site reads such a line",
        ),
        (
            "== ++ ~ ^ %% :",
            r"==[^\s=][^=\n]*==|\+\+\w\S*\w\+\+|~~|\^\^|%%|~[^~\s]+~|\^[^^\s]+\^"
            r"|(?<![\w:]):[a-z][\w+-]*:(?![\w:])",
            "no extension of this site reads such a mark; write plain Markdown",
        ),
        (
            "\\",
            r"\\",
            "a backslash that escapes nothing; TeX stands between $ and $, "
            "and the mere sign is written \\\\",
        ),
        ("<", r"</?[A-Za-z]", "a tag that is not closed; the mere sign is written &lt;"),
        (
            "< --",
            r"-\d*<+-|8<+-|--+8",
            'a piece of code is shown by --8<-- "file.py:section", alone on a line',
        ),
        ("<?", r"<\?", "an instruction, which pages do not have; take it out"),
        ("", "[\uff01-\uff5e]", "a character of full width; write the plain one"),
    )
)
SNIPPET = re.compile(r"""^[ \t]*-+8<-+[ \t]+(["']).*?\1[ \t]*$""", re.MULTILINE)
FORMS = (  # what Markdown reads as a whole, and a part of each
    ("\\", ESCAPED),
    ("8<", SNIPPET),
    ("<", TAG),
    ("]:", NAMED),
    ("!!!", ADMONITION),
    ("", BULLET),
)
BLANKS = re.compile(" +")
ENTITY = re.compile(r"&(?P<name>[A-Za-z][A-Za-z0-9]*;?)")
NAME = re.compile(r"(?<![\w.])(?:src-)?(?P<name>[A-Za-z][\w-]*(?:\d{4}[\w-]*|\.[a-z]\w*))")
ROW = re.compile(r"[ \t]*\|")
RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


def check(page: Page, left: str, known: Collection[str]) -> list[Fault]:
    """Return a fault for each line with a sign that is part of nothing.

    `left` is the body with code, formulas and short forms as blanks; `known` are the names of
    sources and numbers.
    """
    pairs = zip(left.split("\n"), page.body.split("\n"), strict=True)
    left = "\n".join(one if one == other else _marked(one, other) for one, other in pairs)
    found = [*signs(_bare(page, left), known), *_rows(left), *_followed(left, page.body)]
    faults: dict[int, Fault] = {}
    for place, message in sorted(found, key=lambda one: one[0]):
        line = page.body_line + page.body.count("\n", 0, place)
        words = " ".join(page.body[place:].partition("\n")[0].split())[:30]
        faults.setdefault(line, page.fault(line, f"'{words}': {message}"))
    return list(faults.values())


def _bare(page: Page, left: str) -> str:
    """Return what is left when all that Markdown reads is taken out, at the same places."""
    lines = left.split("\n")
    for question in (block for block in page.blocks if block.name == "question"):
        for at in range(question.line - page.body_line, question.end - page.body_line):
            if box := BOX.match(lines[at]):
                lines[at] = _taken(box[0]) + lines[at][box.end() :]
    text = "\n".join(lines)
    names = {match["name"].lower() for match in NAMED.finditer(text)}
    for part, form in FORMS:
        if part in text:
            text = form.sub(lambda match: _taken(match[0]), text)
    text = ATTRIBUTES.sub(lambda match: _attributes(match, page.body), text)
    for _ in range(2):  # a picture may stand in a link
        text = LINK.sub(_text_alone, text)
    text = REFERENCE.sub(
        lambda match: _text_alone(match) if _named(match) in names else match[0], text
    )
    for part, form in EMPHASIS * 2:  # each may stand in the other
        if part not in text:
            continue
        text = form.sub(lambda match: match[0].replace(match[1], " " * len(match[1])), text)
    return text


def _marked(left: str, line: str) -> str:
    """Return what is left of a line, with a mark in the place of what is not."""

    def marked(blanks: re.Match[str]) -> str:
        was = line[blanks.start() : blanks.end()]
        return re.sub("[^ ]", TAKEN, was) if was.strip(" ") else was

    return BLANKS.sub(marked, left)


def _taken(text: str) -> str:
    return re.sub(r"\S", TAKEN, text)


def _named(match: re.Match[str]) -> str:
    return " ".join((match["name"] or match["text"]).lower().split())


def _text_alone(match: re.Match[str]) -> str:
    """Return a link as taken, but for its text."""
    begin, end = match.start("text") - match.start(), match.end("text") - match.start()
    return _taken(match[0][:begin]) + match["text"] + _taken(match[0][end:])


def _attributes(match: re.Match[str], body: str) -> str:
    """Return a list of attributes as taken if it stands where Markdown reads one.

    That is behind an element, at the end of a heading, a cell or a term, and alone on a line.
    """
    line, after = body.rfind("\n", 0, match.start()) + 1, body[match.end() :]
    before = body[line : match.start()].strip()
    ends = after.partition("\n")[0].strip(" \t#|") == ""
    ends = ends and (before[:1] in ("", "#", "|") or after.partition("\n")[2].startswith(":"))
    return _taken(match[0]) if ends or body[match.start() - 1] in ")]*_`>" else match[0]


def signs(bare: str, known: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield the place of each sign, name and entity that is part of nothing, and a message."""
    for sign, parts, message in SIGNS:
        if not parts or any(part in bare for part in parts):
            yield from ((match.start(), message) for match in sign.finditer(bare))
    for match in NAME.finditer(bare):
        if match["name"].lower() in known:
            message = "the name of a source or number alone; write [@key] or [=family.name]"
            yield match.start(), message
    for match in ENTITY.finditer(bare):
        name = match["name"]
        if name.endswith(";") and name not in html5:
            yield match.start(), "no character of HTML has this name; a mere & is written &amp;"
        elif not name.endswith(";") and name in html5:
            yield match.start(), "the name of a character ends with ;"


def _followed(left: str, body: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each citation or number that is followed by an address."""
    for match in re.finditer(rf"{TAKEN}\(", left):
        if body[match.start()] == "]":
            yield match.start(), "a citation or a number leads nowhere else; take the address out"


def _rows(left: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each row of a table that Markdown would not read as one."""
    lines = left.split("\n")
    at, head, cells = 0, -2, 0
    for number, line in enumerate(lines):
        if ROW.match(line):
            count = len(re.findall(r"(?<!\\)\|", line.strip().strip("|")))
            if head < 0:
                head, cells = number, count
                below = lines[number + 1] if number + 1 < len(lines) else ""
                above = lines[number - 1] if number else ""
                if above.strip():
                    yield at, "a table has an empty line above it"
                if not (ROW.match(below) and RULE.fullmatch(below)):
                    yield at, "a table has a line of |---|---| below its first row"
            elif count != cells:
                yield at, f"the row has {count + 1} cells, the first has {cells + 1}"
        else:
            head = -2
        at += len(line) + 1
