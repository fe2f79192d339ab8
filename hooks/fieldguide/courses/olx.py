"""OLX: a course for Open edX, made without a converter.

Format: https://docs.openedx.org/en/latest/educators/olx/. Each chapter of the guide is a chapter
with one sequence of its sections, each a unit that shows the live section, and one of its
questions, each a problem with a hint for every option and the whole explanation as its solution.
What is to be written by hand is text with its solution folded: an answer that a person grades needs
settings of the school's own.
All names (`url_name`) come from permanent ids, so that a later import replaces what it should.
"""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from html import escape

from fieldguide.addresses.permalinks import SHORT_FOLDER
from fieldguide.courses.inline_markdown import BASE
from fieldguide.courses.problem_sets import ProblemText
from fieldguide.courses.quiz import QuizQuestion

FOLDER = "course"
RUN = "guide"
CHECKS, WRITTEN = "Check yourself", "Problems"
GRADING = {
    "GRADER": [
        {"type": CHECKS, "short_label": "Check", "min_count": 1, "drop_count": 0, "weight": 1.0}
    ],
    "GRADE_CUTOFFS": {"Pass": 0.5},
}
IMAGE = "field-guide.svg"
NO_END = "2100-01-01T00:00:00Z"  # the format asks for an end
FRAME = """\
<p><a href="{url}" target="_blank" rel="noopener">{title}</a></p>
<iframe title="{title}" src="{url}?embed" width="100%" height="700" style="border: 0" \
loading="lazy"></iframe>
"""

ESSAY = """\
{statement}
<details><summary>Solution</summary>
{solution}
</details>
"""
# Id, title, sections by id and title, questions, problems.
Chapter = tuple[str, str, list[tuple[str, str]], list[QuizQuestion], list[ProblemText]]


def archive(entries: Mapping[str, str], edition: str) -> bytes:
    """Return files as a `.tar.gz`; its bytes depend on them and `edition` (an ISO date) alone."""
    day = date.fromisoformat(edition)
    stamp = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    out = io.BytesIO()
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=stamp, compresslevel=6) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        for name, text in sorted(entries.items()):
            content = text.encode()
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(content), stamp, 0o644
            tar.addfile(info, io.BytesIO(content))
    return out.getvalue()


def course(
    name: str,
    edition: str,
    base: str,
    image: str,
    chapters: Iterable[Chapter],
) -> dict[str, str]:
    """Return the files of a course by name.

    Each chapter is its id, its title, its sections by id and title, its questions and its problems;
    `base` is
    the address of the site, at which the sections are shown; `image` is an SVG for the course.
    """
    files: dict[str, str] = {}
    shown = []
    for key, title, sections, questions, problems in chapters:
        shown.append(f'<chapter url_name="chapter-{key}"/>')
        files |= _chapter(key, title, sections, questions, base, problems)
    about = f"{name}, version {edition}, CC BY 4.0, {base}"
    files["course.xml"] = f'<course url_name="{RUN}" org="FieldGuide" course="GenAI"/>\n'
    files[f"course/{RUN}.xml"] = (
        f'<course display_name="{escape(name)}" language="en" start="{edition}T00:00:00Z" '
        f'end="{NO_END}" course_image="{IMAGE}">{"".join(shown)}</course>\n'
    )
    files[f"policies/{RUN}/policy.json"] = "{}\n"
    files[f"policies/{RUN}/grading_policy.json"] = json.dumps(GRADING) + "\n"
    files["about/overview.html"] = f"<p>{escape(about)}</p>\n"
    files[f"static/{IMAGE}"] = image
    return {f"{FOLDER}/{path}": text for path, text in files.items()}


def _chapter(
    key: str,
    title: str,
    sections: list[tuple[str, str]],
    questions: list[QuizQuestion],
    base: str,
    problems: list[ProblemText],
) -> dict[str, str]:
    """Return the files of a chapter: to read, to check oneself, and to work on."""
    files: dict[str, str] = {}
    sequences = [f'<sequential url_name="read-{key}"/>']
    files |= _sequence(f"read-{key}", title, [(f"unit-{part}", words) for part, words in sections])
    for part, words in sections:
        files |= _unit(f"unit-{part}", words, f'<html url_name="{part}"/>')
        files[f"html/{part}.xml"] = f'<html display_name="{escape(words)}" filename="{part}"/>\n'
        url = f"{base}{SHORT_FOLDER}/{part}.html"
        files[f"html/{part}.html"] = FRAME.format(url=escape(url), title=escape(words))
    if questions:
        check = f"{CHECKS}: {title}"
        sequences.append(f'<sequential url_name="check-{key}"/>')
        files |= _sequence(f"check-{key}", check, [(f"quiz-{key}", check)])
        inner = "".join(f'<problem url_name="{asked.id}"/>' for asked in questions)
        files |= _unit(f"quiz-{key}", check, inner)
        for asked in questions:
            files[f"problem/{asked.id}.xml"] = problem(asked).replace(BASE, base)
    if problems:
        name = f"{WRITTEN}: {title}"
        sequences.append(f'<sequential url_name="work-{key}"/>')
        units = [(f"unit-{posed.id}", posed.name) for posed in problems]
        files |= _sequence(f"work-{key}", name, units)
        for posed in problems:
            files |= _unit(f"unit-{posed.id}", posed.name, f'<html url_name="{posed.id}"/>')
            about = f'display_name="{escape(posed.name)}" filename="{posed.id}"'
            files[f"html/{posed.id}.xml"] = f"<html {about}/>\n"
            text = ESSAY.format(statement=posed.statement, solution=posed.solution)
            files[f"html/{posed.id}.html"] = text.replace(BASE, base)
    files[f"chapter/chapter-{key}.xml"] = (
        f'<chapter display_name="{escape(title)}">{"".join(sequences)}</chapter>\n'
    )
    return files


def _sequence(key: str, title: str, units: list[tuple[str, str]]) -> dict[str, str]:
    inner = "".join(f'<vertical url_name="{unit}"/>' for unit, _ in units)
    text = f'<sequential display_name="{escape(title)}">{inner}</sequential>\n'
    return {f"sequential/{key}.xml": text}


def _unit(key: str, title: str, inner: str) -> dict[str, str]:
    text = f'<vertical display_name="{escape(title)}">{inner}</vertical>\n'
    return {f"vertical/{key}.xml": text}


def problem(asked: QuizQuestion) -> str:
    """Return a question as a problem; addresses of the site begin with `inline_markdown.BASE`."""
    group, response = (
        ("checkboxgroup", "choiceresponse")
        if asked.multiple
        else ('choicegroup type="MultipleChoice"', "multiplechoiceresponse")
    )
    taken = ' selected="true"' if asked.multiple else ""
    choices = "".join(
        f'<choice correct="{str(option.right).lower()}">{option.html}'
        f"<choicehint{taken}>{option.why}</choicehint></choice>"
        for option in asked.options
    )
    text = asked.text.removeprefix("<p>").removesuffix("</p>")
    return (
        f'<problem display_name="{escape(asked.name)}" showanswer="attempted" weight="1">\n'
        f"<{response}><label>{text}</label><{group}>{choices}</{group.split()[0]}>\n"
        f'<solution><div class="detailed-solution"><p>Explanation</p>{asked.explanation}</div>'
        f"</solution></{response}></problem>\n"
    )
