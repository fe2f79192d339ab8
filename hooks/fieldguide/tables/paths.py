"""The reading paths: sections in an order, with the minutes that they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

from fieldguide.model import citations, outline, reading_time
from fieldguide.model.records import ReadingPath
from fieldguide.model.site import Context, Site
from fieldguide.source import disk, json_schema, yaml_document
from fieldguide.source.diagnostics import Fault
from fieldguide.source.pages import Page, target_fault
from fieldguide.source.yaml_document import Key, YamlFile

FILE = "docs/data/paths.yml"
SCHEMA = "docs/data/paths.schema.json"


@dataclass(frozen=True)
class Step:
    """A section on a path: `target` is `page.md#id`, `title` names page and section."""

    target: str
    title: str
    minutes: int

    @property
    def page(self) -> str:
        """Return the page that the section stands on."""
        return self.target.partition("#")[0]


def load(root: Path, read: Mapping[str, Page | None]) -> tuple[dict[str, ReadingPath], list[Fault]]:
    """Return the reading paths by id, and every fault; a site may have none."""
    if not disk.stands(root / FILE):
        return {}, []
    document = yaml_document.read(root, FILE)
    faults = list(document.faults)
    if not faults:
        faults += json_schema.validate(document, root / SCHEMA)
        faults += json_schema.plain_text(document)
    if not faults:
        faults += _cross_check(document, read)
    if faults:
        return {}, faults
    return {row["id"]: ReadingPath(**row) for row in document.value["paths"]}, []


def _cross_check(document: YamlFile, read: Mapping[str, Page | None]) -> list[Fault]:
    """Check that ids are unique, and that each section exists and stands on a path once."""
    faults = []
    seen: dict[str, tuple[Key, ...]] = {}
    for index, row in enumerate(document.value["paths"]):
        where: tuple[Key, ...] = ("paths", index, "id")
        first = seen.setdefault(row["id"], where)
        if first != where:
            line = document.line(first)
            message = f"the id '{row['id']}' stands already on line {line}; ids are unique"
            faults.append(document.fault(where, message))
        visited: dict[str, tuple[Key, ...]] = {}
        for place, target in enumerate(row["sections"]):
            where = ("paths", index, "sections", place)
            message = target_fault(target, read)
            first = visited.setdefault(target, where)
            if first != where:
                line = document.line(first)
                message = f"'{target}' stands already on line {line}; a path visits it once"
            if message:
                faults.append(document.fault(where, message))
    return faults


def steps(path: ReadingPath, site: Site) -> list[Step]:
    """Return the sections of a path with their titles and minutes."""
    found = []
    names = {target.partition("#")[0] for target in path.sections}
    parts = {name: outline.outlined(site.pages[name]) for name in names}
    for target in path.sections:
        name, _, key = target.partition("#")
        page = site.pages[name]
        part = next(part for part in parts[name] if part.heading.id == key)
        title = str(page.meta["title"])
        if part.heading.level > 1:
            title += f"{'' if title.endswith('?') else ':'} {part.heading.title}"
        found.append(Step(target, title, reading_time.minutes(site.pages[name], part)))
    return found


def total(found: list[Step]) -> int:
    """Return the minutes of some steps together: the sum of what stands beside them."""
    return sum(step.minutes for step in found)


def days(found: list[Step], count: int) -> list[list[Step]]:
    """Return the steps in `count` days of like length; a page is never split between two days."""
    pages = [list(group) for _, group in groupby(found, key=lambda step: step.page)]
    sizes = [total(page) for page in pages]
    count = min(count, len(pages))
    mean = sum(sizes) / max(1, count)
    best: list[tuple[float, list[int]]] = [(0.0, [])]  # for the first n pages: cost, and the ends
    best += [(float("inf"), []) for _ in pages]
    for _ in range(count):
        after: list[tuple[float, list[int]]] = [(float("inf"), [])] * (len(pages) + 1)
        for end in range(1, len(pages) + 1):
            for start in range(end):
                cost, ends = best[start]
                cost += (sum(sizes[start:end]) - mean) ** 2
                if cost < after[end][0]:
                    after[end] = (cost, [*ends, end])
        best = after
    ends = best[len(pages)][1]
    return [
        [step for page in pages[start:end] for step in page]
        for start, end in zip([0, *ends], ends, strict=False)
    ]


def table(context: Context, argument: str) -> str:
    """A reading path: its sections with their minutes; `paths.js` keeps the progress."""
    path = context.site.paths[argument]
    found = steps(path, context.site)
    parts = days(found, path.days) if path.days else [found]
    blocks = []
    number = 1
    for day, part in enumerate(parts, 1):
        if path.days:
            blocks.append(f"**Day {day}**, {total(part)} minutes")
        items = "\n".join(_item(step, context) for step in part)
        blocks.append(f'<ol start="{number}" markdown="1">\n{items}\n</ol>')
        number += len(part)
    size = f"{len(found)} sections, {total(found)} minutes together."
    return (
        f'<div class="path" data-path="{path.id}" data-title="{escape(path.title)}" '
        f'markdown="block">\n\n{citations.escape(path.for_whom)} **{size}**\n\n'
        + "\n\n".join(blocks)
        + "\n\n</div>"
    )


def _item(step: Step, context: Context) -> str:
    key = step.target.partition("#")[2]
    return (
        f'<li data-section="{key}" data-minutes="{step.minutes}" markdown="span">'
        f"[{step.title}]({context.link(step.target)}), {step.minutes} min</li>"
    )
