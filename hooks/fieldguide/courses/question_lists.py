"""All questions for programs of any kind: GIFT for quiz tools, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from itertools import groupby

from fieldguide.courses.inline_markdown import BASE
from fieldguide.courses.quiz import QuizQuestion

MOST = 6  # options of a question
# What GIFT gives a meaning; https://docs.moodle.org/405/en/GIFT_format
SPECIAL = re.compile(r"([\\~=#{}:])")


def gift(questions: Iterable[QuizQuestion], name: str, base: str) -> str:
    """Return questions as GIFT, with a category for each chapter."""
    lines = []
    for chapter, asked in groupby(questions, lambda each: each.chapter):
        path = "/".join(part.replace("/", "//") for part in (name, chapter))
        lines.append(f"$CATEGORY: $course$/top/{path}\n")
        lines += [_gift(question) for question in asked]
    return "\n".join(lines).replace(_escaped(BASE), _escaped(base))


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _gift(asked: QuizQuestion) -> str:
    right = sum(option.right for option in asked.options)
    wrong = len(asked.options) - right
    lines = [f"// [id:{asked.id}]", f"::{_escaped(asked.name)}::[html]{_escaped(asked.text)}{{"]
    for option in asked.options:
        mark = "=" if option.right else "~"
        if asked.multiple:
            mark = f"~%{100 / right if option.right else -100 / wrong:.5f}%"
        lines.append(f"\t{mark}{_escaped(option.html)}#{_escaped(option.why)}")
    return "\n".join([*lines, f"\t####{_escaped(asked.explanation)}", "}\n"])


def table(questions: Iterable[QuizQuestion], base: str) -> str:
    """Return questions as CSV: one row each, options side by side, for spreadsheets (with BOM)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    options = [f"{what} {place}" for place in range(1, MOST + 1) for what in ("option", "why")]
    writer.writerow(["id", "chapter", "question", "right", "several", *options, "section"])
    for asked in questions:
        cells = [part for option in asked.options for part in (option.plain, _plain(option.why))]
        right = [str(place) for place, option in enumerate(asked.options, 1) if option.right]
        row = [asked.id, asked.chapter, asked.plain, " ".join(right), str(asked.multiple).lower()]
        padding = [""] * (2 * MOST - len(cells))
        link = f"{base}s/{asked.section}.html"
        writer.writerow([_safe(cell) for cell in (*row, *cells, *padding, link)])
    return "\ufeff" + out.getvalue()


def _plain(html: str) -> str:
    """Return HTML of our own inline writer as text."""
    text = re.sub(r"<[^>]*>", "", html)
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'")):
        text = text.replace(entity, letter)
    return text.replace("&amp;", "&")


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
