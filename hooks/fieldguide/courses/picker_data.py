"""What the picker knows: the sections, and the questions as items of a quiz.

The data are classic scripts that the page loads when they are needed, so they work from a disk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from fieldguide.addresses.permalinks import Links, Retired, address
from fieldguide.courses import cartridge, moodle_xml, qti
from fieldguide.courses.inline_markdown import BASE
from fieldguide.courses.quiz import QuizQuestion
from fieldguide.model import outline
from fieldguide.model.reading_time import LEVEL
from fieldguide.model.site import Site
from fieldguide.source import inline
from fieldguide.source.pages import Page

FOLDER = "assets/kit"
SECTIONS = f"{FOLDER}/sections.js"
QUESTIONS = f"{FOLDER}/questions.js"

Rows = list[dict[str, Any]]


def scripts(
    site: Site, links: Links, rows: Rows, asked: Mapping[str, list[QuizQuestion]]
) -> dict[str, str]:
    """Return the data of the picker by path: the sections, and the questions as items."""
    every = [question for found in asked.values() for question in found]
    data = {
        "name": links.name,
        "version": links.edition,
        "site": cartridge.ascii_address(links.site_url) if links.site_url else "",
        "base": BASE,
        "levels": LEVEL,
        "pages": _pages(site, rows),
        "sections": _sections(site, rows, every),
        "retired": _retired(links.retired, {row["id"] for row in rows}),
        "paths": [
            [path.title, [target.partition("#")[2] for target in path.sections]]
            for path in site.paths.values()
        ],
        "about": [cartridge.ABOUT_KEY, cartridge.ABOUT],
        "check": cartridge.CHECK,
        "templates": cartridge.TEMPLATES,
    }
    items = {
        "qti": [qti.item(question) for question in every],
        "moodle": [moodle_xml.question(question) for question in every],
        "categories": {
            page: moodle_xml.category(links.name, asked[page][0].chapter, asked[page][0].chapter_id)
            for page in asked
            if asked[page]
        },
        "pages": [question.page for question in every],
        "ids": [question.id for question in every],
        "within": [_holding(site.pages[question.page], question) for question in every],
    }
    return {
        SECTIONS: f"window.fieldguideKit = {_json(data)};\n",
        QUESTIONS: f"window.fieldguideQuestions = {_json(items)};\n",
    }


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _pages(site: Site, rows: Rows) -> list[list[Any]]:
    """Return path, title, part, level and needed pages (by their places) of each page."""
    order = list(dict.fromkeys(row["page"] for row in rows))
    place = {path: index for index, path in enumerate(order)}
    parts = {
        path: group.name
        for group in outline.groups(site.root, list(site.pages))
        for path in group.pages
    }
    return [
        [
            address(path),
            inline.plain(str(site.pages[path].meta["title"])),
            parts[path],
            site.pages[path].meta["level"],
            [place[other] for other in site.pages[path].meta["prerequisites"]],
        ]
        for path in order
    ]


def _sections(site: Site, rows: Rows, every: list[QuizQuestion]) -> list[list[Any]]:
    """Return id, title, level, page, minutes, summary and questions of each section."""
    order = {path: index for index, path in enumerate(dict.fromkeys(row["page"] for row in rows))}
    number = {question.id: index for index, question in enumerate(every)}
    asked: dict[str, list[QuizQuestion]] = {}
    for question in every:
        asked.setdefault(question.page, []).append(question)
    answered = {
        key: [number[name] for name in names]
        for path in order
        for key, names in questions_of(site.pages[path], asked.get(path, [])).items()
    }
    return [
        [
            row["id"],
            row["title"],
            row["level"],
            order[row["page"]],
            row["minutes"],
            row["summary"],
            answered[row["id"]],
        ]
        for row in rows
    ]


def questions_of(page: Page, asked: Iterable[QuizQuestion]) -> dict[str, list[str]]:
    """Return for each section of a page the questions that it answers, or that stand in it."""
    found: dict[str, list[str]] = {}
    for part in outline.outlined(page):
        within = {heading.id for heading in page.headings if heading.line in part.lines}
        found[part.heading.id] = [
            question.id
            for question in asked
            if question.section in within or question.line in part.lines
        ]
    return found


def _holding(page: Page, question: QuizQuestion) -> list[str]:
    """Return the ids of the sections in which a question stands, with those that hold them."""
    return [
        part.heading.id
        for part in outline.outlined(page)
        if question.line in part.lines or part.heading.level == 1
    ]


def _retired(retired: Iterable[Retired], known: set[str]) -> dict[str, list[str]]:
    """Return for each former id of a section its successor, or the date and note of its end."""
    found = {}
    for old in retired:
        if old.id in known:
            continue
        successor = old.successor.id if old.successor else ""
        found[old.id] = (
            [successor] if successor in known and not old.note else ["", old.removed, old.note]
        )
    return found
