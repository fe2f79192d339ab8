"""A teacher's kit for each family: drawings, formulas as TeX, questions, states of the lab."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from fieldguide.addresses import course_files
from fieldguide.addresses.permalinks import SHORT_FOLDER, Links
from fieldguide.courses import problem_sets, widget_states
from fieldguide.courses.formula_sheet import formula_sheet
from fieldguide.courses.inline_markdown import Writer
from fieldguide.files import deterministic_zip, svg_to_png
from fieldguide.model import outline
from fieldguide.model.records import Family
from fieldguide.model.site import Site
from fieldguide.source import formulas, inline
from fieldguide.source.pages import Page
from fieldguide.source.questions import Question

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 11pt/1.5 Georgia, serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }}
li {{ margin: 0.3em 0; }}
section {{ break-inside: avoid; margin: 1.5em 0; }}
.answers {{ break-before: page; }}
ol.options {{ list-style: upper-alpha; }}
footer {{ border-top: 1px solid; margin-top: 2em; font-size: 0.85em; }}
</style>
</head>
<body>
<h1>{title}</h1>
{body}
<footer><p>{source}</p></footer>
</body>
</html>
"""
README = """\
{title}: a kit for teachers

drawings/        the drawings of the chapter, as SVG and as PNG ({pixels} pixels wide)
formulas.tex     the displayed formulas with what their symbols mean; run LaTeX on it, or copy
questions.html   the questions, and behind them the answers, to be printed
lesson.html      a plan for a lesson of 90 minutes
problems.html    the problems, to be printed; solutions.html has the solutions behind them
*.ipynb          a notebook that trains a small model (for Jupyter; what it needs it installs)
{lab}license.txt      what you may do, and the line that names the source

Slides: open the chapter and choose "Present this page" below its title. Slides to edit, for
PowerPoint, lie beside the books of a release; a copy of the sources makes them offline:
python -m fieldguide kit --only {key} --out FOLDER

{source}
"""
LESSONS = "courses/lessons.md"
LICENSE = """\
Text and drawings: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/
You may use them in a course, paid or not, change them, and translate them. Say where they come
from, and what you changed. This line is enough:

{source}
"""


def files(
    site: Site, links: Links, cache: Path, notebooks: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Return the kit of each family by its path in the site."""
    found = {}
    for family in site.guide.families:
        page = site.pages.get(family.page)
        if page:
            parts = contents(family, page, site, links, cache)
            name = f"{family.id}.ipynb"
            if notebooks and name in notebooks:
                parts[name] = notebooks[name]
            found[course_files.teaching_kit(page.headings[0].id)] = deterministic_zip.packed(
                parts, links.edition
            )
    return found


def source(links: Links, page: Page) -> str:
    """Return the line that names the source."""
    title = inline.plain(str(page.meta["title"]))
    short = f", {links.site_url}{SHORT_FOLDER}/{page.headings[0].id}.html" if links.site_url else ""
    return f"{links.name}: {title}, version {links.edition}{short}, CC BY 4.0."


def contents(family: Family, page: Page, site: Site, links: Links, cache: Path) -> dict[str, bytes]:
    """Return the files of a kit by name."""
    title = inline.plain(str(page.meta["title"]))
    line = source(links, page)
    states = widget_states.page(site.guide.lab, family.id, page, links)
    lab = "lab.html         links to states of the live model worth showing\n" if states else ""
    texts = {
        "README.txt": README.format(
            title=title, lab=lab, source=line, pixels=svg_to_png.PIXELS, key=page.headings[0].id
        ),
        "license.txt": LICENSE.format(source=line),
        "formulas.tex": formula_sheet(page, site, links, line),
        "questions.html": question_sheet(title, page.questions, site, links, line),
    }
    if page.problems:
        texts |= problem_sheets(page, site, links, line)
    if plan := lesson(family, site, links):
        texts["lesson.html"] = PAGE.format(
            title=f"Lesson plan: {title}", body=plan, source=escape(line)
        )
    if states:
        body = f"<p>{escape(widget_states.ABOUT)}</p>\n{states}"
        texts["lab.html"] = PAGE.format(title=f"Live: {title}", body=body, source=escape(line))
    parts = {name: text.encode() for name, text in sorted(texts.items())}
    for name in drawn(page):
        alone = svg_to_png.svg(site.drawings[name], site.root)
        parts[f"drawings/{name}.svg"] = alone.encode()
        parts[f"drawings/{name}.png"] = svg_to_png.png(alone, cache / "drawings")
    return parts


def problem_sheets(page: Page, site: Site, links: Links, line: str) -> dict[str, str]:
    """Return the problems of a page to print, without and with their solutions, by file name."""
    title = escape(inline.plain(str(page.meta["title"])))
    found = {}
    for name, solved in (("problems", False), ("solutions", True)):
        body = problem_sets.sheet(site, page, links, solved=solved)
        body = body if links.site_url else without_links(body)
        found[f"{name}.html"] = PAGE.format(
            title=f"{'Problems and solutions' if solved else 'Problems'}: {title}",
            body=body,
            source=escape(line),
        )
    return found


def lesson(family: Family, site: Site, links: Links) -> str:
    """Return the plan of a lesson on a family as HTML, or nothing where none is written."""
    page = site.pages.get(LESSONS)
    parts = outline.outlined(page) if page else []
    plan = next((part for part in parts if part.heading.id == f"lessons-{family.id}"), None)
    if not plan:
        return ""
    body = problem_sets.html(plan.whole, Writer(site, LESSONS, links.site_url))
    return body if links.site_url else without_links(body)


def without_links(body: str) -> str:
    """Return HTML without links that would lead nowhere from a sheet."""
    return re.sub(r'<a href="(?!https?:)[^"]*">(.*?)</a>', r"\1", body)


def sheets(site: Site, links: Links) -> bytes:
    """Return the sheets of every page with problems, as a zip."""
    found: dict[str, bytes] = {}
    for page in site.pages.values():
        if page.problems:
            made = problem_sheets(page, site, links, source(links, page))
            folder = page.headings[0].id
            found |= {f"{folder}/{name}": text.encode() for name, text in made.items()}
    return deterministic_zip.packed(dict(sorted(found.items())), links.edition)


def drawn(page: Page) -> list[str]:
    """Return the names of the drawings on a page."""
    return [
        match["argument"].partition("|")[0].strip()
        for _, match in page.markers
        if match["name"] == "diagram"
    ]


def question_sheet(title: str, asked: list[Question], site: Site, links: Links, line: str) -> str:
    """Return the questions, then the answers, as a page to print."""
    sheet = []
    answers = []
    for number, question in enumerate(asked, 1):
        writer = Writer(
            site,
            question.page,
            links.site_url,
            lambda tex: formulas.to_mathml(tex, display=False),
        )
        options = "".join(f"<li>{writer.html(answer.text)}</li>" for answer in question.answers)
        text = f"{number}. {writer.html(question.text)}"
        sheet.append(
            f'<section>\n<p><strong>{text}</strong></p>\n<ol class="options">{options}</ol>\n'
            "</section>"
        )
        why = "".join(
            f"<li>{'<strong>Right.</strong> ' if answer.right else ''}"
            f"{writer.html(answer.text)}: {writer.html(answer.why)}</li>"
            for answer in question.answers
        )
        answers.append(
            f'<section>\n<p><strong>{text}</strong></p>\n<ol class="options">{why}</ol>\n</section>'
        )
    body = "\n".join([*sheet, '<div class="answers">\n<h2>Answers</h2>', *answers, "</div>"])
    if not links.site_url:
        body = without_links(body)
    return PAGE.format(title=f"Questions: {escape(title)}", body=body, source=escape(line))
