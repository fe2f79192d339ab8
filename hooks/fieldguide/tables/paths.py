"""The reading paths: sections in an order, with the minutes that they take."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

from fieldguide.addresses import redirects
from fieldguide.addresses.permalinks import address
from fieldguide.addresses.redirects import Moves
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
        faults += _cross_check(document, read, redirects.read(root)[0])
    if faults:
        return {}, faults
    return {row["id"]: ReadingPath(**row) for row in document.value["paths"]}, []


def _cross_check(document: YamlFile, read: Mapping[str, Page | None], moves: Moves) -> list[Fault]:
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
            if message and target in moves.entries:
                message = f"the section '{target}' is retired: {_instead(moves, target)}"
            first = visited.setdefault(target, where)
            if first != where:
                line = document.line(first)
                message = f"'{target}' stands already on line {line}; a path visits it once"
            if message:
                faults.append(document.fault(where, message))
    return faults


def _instead(moves: Moves, target: str) -> str:
    """Return what a path may name in the place of a retired section."""
    last = moves.entries.get(moves.end(target))
    goal = last.see if last else moves.end(target)
    if goal:
        return f"name '{moves.end(goal)}' in its place"
    return f"it was removed on {last.removed if last else ''}; take it off the path"


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


def script(site: Site) -> str:
    """Return the sections of all paths as a script, which `path-bar.js` loads also from a disk."""
    ways = {
        path.id: {
            "title": path.title,
            "list": address(*_shown(path, site)),
            "stops": [_stop(step) for step in steps(path, site)],
        }
        for path in site.paths.values()
    }
    text = json.dumps(ways, ensure_ascii=False, separators=(",", ":"))
    return f"window.fieldguidePaths = {text};\n"


def _stop(step: Step) -> dict[str, str | int]:
    page, _, key = step.target.partition("#")
    place = {"page": address(page), "id": key}
    return {**place, "title": step.title, "minutes": step.minutes}


def _shown(path: ReadingPath, site: Site) -> tuple[str, str]:
    """Return the page and the section that show the list of a path; or the first page, if none."""
    for name, page in site.pages.items():
        for line, marker in page.markers:
            if marker["name"] == "path" and (marker["argument"] or "").strip() == path.id:
                above = [part for part in outline.outlined(page) if line in part.lines]
                return name, above[-1].heading.id if above else ""
    return path.sections[0].partition("#")[0], ""


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
        items = "\n".join(_item(step, path, context) for step in part)
        blocks.append(f'<ol start="{number}" markdown="1">\n{items}\n</ol>')
        number += len(part)
    size = f"{len(found)} sections, {total(found)} minutes together."
    return (
        f'<div class="path" data-path="{path.id}" data-title="{escape(path.title)}" '
        f'markdown="block">\n\n{citations.escape(path.for_whom)} **{size}**\n\n'
        + "\n\n".join(blocks)
        + "\n\n</div>"
    )


def _item(step: Step, path: ReadingPath, context: Context) -> str:
    page, _, key = step.target.partition("#")
    return (
        f'<li data-section="{key}" data-minutes="{step.minutes}" markdown="span">'
        f"[{step.title}]({context.link(page)}?path={path.id}#{key}), {step.minutes} min</li>"
    )
