"""What a course team takes away, made of the checked site before any page is rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldguide.addresses import course_files
from fieldguide.addresses.permalinks import Links
from fieldguide.courses import (
    cartridge,
    citations,
    json_ld,
    moodle_xml,
    olx,
    picker_data,
    question_lists,
    quiz,
    section_feed,
    teaching_kit,
)
from fieldguide.courses.picker_data import Rows
from fieldguide.courses.quiz import QuizQuestion
from fieldguide.courses.scorm import Unit
from fieldguide.model.site import Site
from fieldguide.source.pages import Page

ICON = "assets/favicon.svg"


@dataclass(frozen=True)
class Kit:
    """The files by path, what the <head> of each page says, the sections, and warnings."""

    rows: Rows
    files: dict[str, bytes]
    heads: dict[str, str]
    units: list[tuple[str, str, list[Unit]]]  # of each chapter: key, title, and what it consists of
    warnings: list[str]


def make(
    site: Site, links: Links, cache: Path, notebooks: Mapping[str, bytes] | None = None
) -> Kit:
    """Return the kit of a site; drawings that were made before are kept under `cache`.

    `notebooks` go into the kits of their families, by whose ids they are called.
    """
    rows = section_feed.rows(site, links.site_url)
    asked: dict[str, list[QuizQuestion]] = {}
    warnings: list[str] = []
    for path in dict.fromkeys(row["page"] for row in rows):
        asked[path], reasons = quiz.read(site, site.pages[path])
        warnings += reasons
    chapters = cartridge.chapters(site, rows, asked)
    cited = citations.cited(links, rows)
    texts = {
        citations.BIBTEX: citations.bibtex(links, cited),
        citations.CSL: citations.csl_json(links, cited),
        **picker_data.scripts(site, links, rows, asked),
    }
    files = {
        **{path: text.encode() for path, text in texts.items()},
        **cartridge.files(chapters, links),
        **_quizzes(chapters, links, site.root / "docs" / ICON),
        **teaching_kit.files(site, links, cache, notebooks or {}),
        course_files.PROBLEMS: teaching_kit.sheets(site, links),
    }
    units = [
        (part.id, part.title, _units(site.pages[path], part, asked[path]))
        for path, part in zip(filter(course_files.is_chapter, asked), chapters, strict=True)
    ]
    return Kit(rows, files, json_ld.heads(site, links, rows), units, warnings)


def _units(page: Page, chapter: cartridge.Module, asked: list[QuizQuestion]) -> list[Unit]:
    """Return a chapter as units: its beginning, and each section with the questions in it."""
    parts = [heading for heading in page.headings if heading.level <= 2]
    held: dict[str, list[str]] = {heading.id: [] for heading in parts}
    for question in asked:
        above = [heading.id for heading in parts if heading.line < question.line]
        held[above[-1]].append(question.id)
    titles = dict(chapter.sections)
    address = page.path.removesuffix(".md") + ".html"
    return [
        Unit(heading.id, address, titles[heading.id], held[heading.id], lead=heading.level == 1)
        for heading in parts
    ]


def _quizzes(chapters: list[cartridge.Module], links: Links, icon: Path) -> dict[str, bytes]:
    """Return what platforms read besides cartridges; all but the lists needs an address."""
    every = [question for module in chapters for question in module.questions]
    base = cartridge.ascii_address(links.site_url) if links.site_url else ""
    texts = {
        course_files.GIFT: question_lists.gift(every, links.name, base),
        course_files.CSV: question_lists.table(every, base),
    }
    if base:
        posed = [problem for module in chapters for problem in module.problems]
        texts[course_files.MOODLE] = moodle_xml.bank(every, links.name, base, posed)
        for module in chapters:
            if module.questions:
                text = moodle_xml.bank(module.questions, links.name, base, module.problems)
                texts[course_files.moodle(module.id)] = text
    found = {path: text.encode() for path, text in texts.items()}
    if base:
        units = [
            (part.id, part.title, part.sections, part.questions, part.problems) for part in chapters
        ]
        files = olx.course(links.name, links.edition, base, icon.read_text("utf-8"), units)
        found[course_files.EDX] = olx.archive(files, links.edition)
    return found
