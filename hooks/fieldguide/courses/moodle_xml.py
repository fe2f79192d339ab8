"""Moodle XML: the questions as a question bank, with explanations per option and in general.

Format: https://docs.moodle.org/405/en/Moodle_XML_format. Imported by the question bank's own door,
it keeps what the importer of cartridges drops: a category for each chapter, tags, and permanent
ids. An explanation of each option is shown when that option was taken. Problems are essays, which
the importer of cartridges knows as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from fieldguide.courses.inline_markdown import BASE
from fieldguide.courses.problem_sets import ProblemText
from fieldguide.courses.quiz import QuizQuestion

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
TAIL = "</quiz>\n"


def bank(
    questions: Iterable[QuizQuestion], name: str, base: str, problems: Iterable[ProblemText] = ()
) -> str:
    """Return questions and problems as a bank; each chapter is a category below one of `name`."""
    found: dict[tuple[str, str], list[str]] = {}
    for asked in questions:
        found.setdefault((asked.chapter, asked.chapter_id), []).append(question(asked))
    for posed in problems:
        found.setdefault((posed.chapter, posed.chapter_id), []).append(essay(posed))
    parts = [HEAD]
    for (chapter, key), each in found.items():
        parts += [category(name, chapter, key), *each]
    return "".join([*parts, TAIL]).replace(BASE, base)


def category(name: str, chapter: str, key: str) -> str:
    """Return the category of a chapter, whose permanent id is `key`."""
    path = "/".join(["$course$", "top", *(part.replace("/", "//") for part in (name, chapter))])
    return (
        f'<question type="category"><category><text>{escape(path)}</text></category>'
        f'<info format="html"><text></text></info><idnumber>{escape(key)}</idnumber></question>\n'
    )


def question(asked: QuizQuestion) -> str:
    """Return one question; addresses of the site begin with `inline_markdown.BASE`."""
    right = sum(option.right for option in asked.options)
    wrong = len(asked.options) - right
    share = {True: _percent(100 / right), False: _percent(-100 / wrong) if wrong else "0"}
    if not asked.multiple:
        share[False] = "0"
    answers = "".join(
        f'<answer fraction="{share[option.right]}" format="html">'
        f"{_text(f'<p>{option.html}</p>')}"
        f'<feedback format="html">{_text(f"<p>{option.why}</p>")}</feedback></answer>\n'
        for option in asked.options
    )
    return (
        f'<question type="multichoice"><name>{_text(asked.name)}</name>'
        f'<questiontext format="html">{_text(asked.text)}</questiontext>'
        f'<generalfeedback format="html">{_text(asked.explanation)}</generalfeedback>'
        f"<defaultgrade>1</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden>"
        f"<idnumber>{escape(asked.id)}</idnumber>"
        f"<single>{'false' if asked.multiple else 'true'}</single>"
        f"<shuffleanswers>true</shuffleanswers><answernumbering>abc</answernumbering>"
        f"<showstandardinstruction>{int(asked.multiple)}</showstandardinstruction>\n{answers}"
        f"<tags><tag>{_text('generative AI')}</tag><tag>{_text(asked.chapter)}</tag>"
        f"<tag>{_text(asked.section)}</tag></tags></question>\n"
    )


def essay(posed: ProblemText) -> str:
    """Return a problem as an essay, which a person grades; the solution is shown afterwards."""
    return (
        f'<question type="essay"><name>{_text(posed.name)}</name>'
        f'<questiontext format="html">{_text(posed.statement)}</questiontext>'
        f'<generalfeedback format="html">{_text(posed.solution)}</generalfeedback>'
        f"<defaultgrade>1</defaultgrade><penalty>0</penalty><hidden>0</hidden>"
        f"<idnumber>{escape(posed.id)}</idnumber>"
        f"<responseformat>editor</responseformat><responserequired>1</responserequired>"
        f"<responsefieldlines>15</responsefieldlines><attachments>0</attachments>"
        f"<attachmentsrequired>0</attachmentsrequired>"
        f'<graderinfo format="html">{_text(posed.solution)}</graderinfo>'
        f'<responsetemplate format="html">{_text("")}</responsetemplate>\n'
        f"<tags><tag>{_text('generative AI')}</tag><tag>{_text(posed.chapter)}</tag>"
        f"<tag>{_text(posed.level)}</tag></tags></question>\n"
    )


def _percent(share: float) -> str:
    """Return a share in the form that Moodle compares with its own list: at most five decimals."""
    return f"{share:.5f}".rstrip("0").rstrip(".")


def _text(text: str) -> str:
    return f"<text>{escape(text, quote=False)}</text>"
