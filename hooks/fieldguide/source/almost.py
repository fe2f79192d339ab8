"""Short forms written almost right, which Markdown would show to readers as they stand.

Not a list of slips: what is left of a page when code and all that is written right are taken away
may hold none of the signs with which short forms are written.
"""

from __future__ import annotations

import re

from fieldguide.source.diagnostics import Fault
from fieldguide.source.formulas import DISPLAY, INLINE
from fieldguide.source.json_schema import HIDDEN, hidden_fault
from fieldguide.source.pages import Page
from fieldguide.source.prose import blank, code_spans
from fieldguide.source.shortcodes import CITATION, MARKER, TERM, VALUE

RIGHT = (DISPLAY, INLINE, CITATION, TERM, VALUE)
SIGNS = (  # with the parts of which a text must hold one, if the pattern is to find anything
    (
        ("<!", "--", "guide"),
        re.compile(r"<!(?!--[ \t]*guide:)|(?<!-)--+\s+>|<-+\s*guide|[\[({]\s*guide\s*:"),
        "a comment that is no marker; write <!-- guide:name --> alone on a line, or take it out",
    ),
    (
        ("@",),
        re.compile(r"(?<![\w\\/.:@])@[A-Za-z][\w-]*"),
        "a citation is written [@key] or [@key; @other]; the mere sign is written &#64;",
    ),
    (
        ("erm",),
        re.compile(r"[(<\[{]\s*[Tt]erms?\s*[:;]|\bterms?:[a-z]|\bterms?\s+:[a-z]"),
        "a link to a term is written [the words](term:its-id)",
    ),
    (
        ("=",),
        re.compile(r"[({\[]\s*=\s*[a-z]+\s*\.|[({]\s*=\s*[a-z]\w*\s*[)}]|\[\s+="),
        "a computed number is written [=family.name], without spaces",
    ),
    (
        ("\\",),
        re.compile(r"\\\((?=[^\n]*\\\))|^[ \t]*\\\[[ \t]*$|^[ \t]*\\begin\{", re.MULTILINE),
        "a formula is written $...$, or in a block '/// formula'",
    ),
    (
        ("$",),
        re.compile(r"(?<!\\)\$"),
        "a $ that neither begins nor ends a formula; close the formula, or write \\$ for the sign",
    ),
)
MERGE = re.compile(r"^(?:<{7}|>{7}|\|{7}|={7})(?: .*)?$")
TAG_ID = re.compile(
    r"<[a-zA-Z][^<>]*?\sid\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)
LIST_ID = re.compile(r"\{:?(?:[^{}\n]*\s)?#([\w:.-]+)[^{}\n]*\}")


def prose_alone(page: Page) -> str:
    """Return the body of a page with code, and all that is written right, as blanks.

    The captions of drawings stay, since readers see them.
    """
    text = page.body
    for begin, end in code_spans(text):
        text = text[:begin] + blank(text[begin:end]) + text[end:]
    text = MARKER.sub(lambda marker: _but(marker, "argument"), text)
    for form in RIGHT:
        text = form.sub(lambda match: blank(match[0]), text)
    return text


def _but(match: re.Match[str], group: str) -> str:
    """Return a match as blanks, but for a group."""
    begin, end = match.start(group) - match.start(), match.end(group) - match.start()
    return blank(match[0][:begin]) + match[group] + blank(match[0][end:])


def check(page: Page) -> list[Fault]:
    """Return a fault for each sign of a short form that is part of none, and of a merge."""
    left = prose_alone(page)
    faults = []
    for parts, pattern, message in SIGNS:
        if not any(part in left for part in parts):
            continue
        told: set[int] = set()  # the lines of which this has been said
        for match in pattern.finditer(left):
            line = page.body_line + left.count("\n", 0, match.start())
            found = " ".join(page.body[match.start() :].partition("\n")[0].split())[:30]
            if line not in told:
                faults.append(page.fault(line, f"'{found}': {message}"))
            told.add(line)
    hides = HIDDEN.search(page.text.replace("\t", " "))
    for number, text in enumerate(page.text.split("\n"), 1):
        if hides and (hidden := HIDDEN.search(text.replace("\t", " "))):
            faults.append(page.fault(number, hidden_fault(hidden[0])))
        if text[:1] in ("<", ">", "|", "=") and MERGE.match(text):
            faults.append(page.fault(number, "a mark of an unfinished merge; choose one side"))
    return faults


def html_ids(page: Page) -> list[tuple[int, str]]:
    """Return line and id of each element that gets one by raw HTML, or in a list of attributes."""
    text = page.body
    for begin, end in code_spans(text):
        text = text[:begin] + blank(text[begin:end]) + text[end:]
    heads = {heading.line for heading in page.headings}
    found = []
    for pattern in (TAG_ID, LIST_ID):
        for match in pattern.finditer(text):
            line = page.body_line + text.count("\n", 0, match.start())
            if pattern is TAG_ID or line not in heads:
                found.append((line, next(filter(None, match.groups()), "")))
    return sorted(found)
