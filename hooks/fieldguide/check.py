"""Every fault of the data and the pages at once, before anything is built."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from fieldguide import examples, expand
from fieldguide.addresses import anchors, redirects
from fieldguide.drawings import (
    fit_plot,
    home_figures,
    lab_plot,
    text_figures,
    text_plot,
    timeline,
    walk_answer,
    walk_picture,
    widget_figures,
)
from fieldguide.model import (
    front_matter,
    lab_files,
    lab_results,
    page_links,
    site,
    skeleton,
    text_results,
    walks,
)
from fieldguide.model import guide as model_guide
from fieldguide.model.lab_files import AGAIN
from fieldguide.model.records import Guide
from fieldguide.model.site import Site
from fieldguide.search import other_words as search_words
from fieldguide.source import (
    almost,
    build_settings,
    derivations,
    drawing_file,
    formulas,
    leftovers,
    pages,
    plain_texts,
    problems,
    questions,
    raw_html,
    settings,
    snippets,
    yaml_document,
)
from fieldguide.source.diagnostics import Fault
from fieldguide.source.pages import Page
from fieldguide.tables import paths, prerequisites
from fieldguide.tables.lab import REFERENCES

VIEW_BOX = re.compile(
    r"^\s*<svg\b[^>]*\sviewBox=[\"']-?[\d.]+ -?[\d.]+ (?=[\d.]*[1-9])[\d.]+ (?=[\d.]*[1-9])[\d.]+"
)


def check(
    root: Path, today: date | None = None, site_url: str = ""
) -> tuple[Site | None, list[Fault]]:
    """Return the checked site, or None and every fault of docs/, sorted by file and line.

    `today` bounds the `checked` dates; by default it is the latest date anywhere on Earth, so
    that a build never fails for the time zone it runs in. `site_url` is where the site will stand,
    if that is known.
    """
    today = today or datetime.now(timezone(timedelta(hours=14))).date()
    known, faults = pages.read_all(root)
    read = {path: page for path, page in known.items() if page}
    guide, wrong = model_guide.load(root, known, today)
    drawn, broken = drawings(root)
    ways, astray = paths.load(root, known)
    other_words, unusable = search_words.load(root, known)
    common, unclear = skeleton.load(root, known)
    faults += wrong + broken + astray + unusable + unclear + settings.check(root)
    unrecorded = walks.check(root)
    faults += lab_results.check(root) + text_results.check(root) + unrecorded
    values = examples.all_values() | ({} if unrecorded else walks.values(root))
    for page in read.values():
        faults += front_matter.check(page, list(known), today)
        faults += page.block_faults
        faults += formulas.check(page, values)
        faults += questions.check(page) + problems.check(page) + derivations.check(page)
        faults += snippets.check(page, root) + raw_html.check(page)
    faults += build_settings.check(root) + build_settings.navigation(root, list(known))
    faults += lab_files.check(root)
    faults += places(root, list(read.values()), guide) + named(root, guide)
    faults += anchors.check(root, list(read.values()), guide, today)
    faults += prerequisite_cycles(read) + skeleton.check(root, common, read, guide, ways)
    found = None
    if guide:
        found = Site(root, guide, read, values, drawn, ways, other_words, site_url=site_url)
    said = {(one.path, one.line) for one in faults}
    shown_as_written = plain_texts.check(root, read.values(), names(found))
    faults += [one for one in shown_as_written if (one.path, one.line) not in said]
    for page in read.values():
        faults += short_forms(page, found, {one.line for one in faults if one.path == page.source})
    if not faults and found:
        found, faults = rendered(found)
    if faults or not found:
        return None, sorted(set(faults))
    return site.with_citations(found, expand.citing(found)), []


def short_forms(page: Page, found: Site | None, told: set[int]) -> list[Fault]:
    """Return what is wrong with the short forms of a page, and the signs that are part of nothing.

    Of the signs on a line of which something is `told` nothing more is said.
    """
    faults = expand.check(page, found)
    told_here = {fault.line for fault in faults}
    faults += [fault for fault in almost.check(page) if fault.line not in told_here]
    told |= {fault.line for fault in faults}
    signs = leftovers.check(page, almost.prose_alone(page), names(found))
    return faults + [fault for fault in signs if fault.line not in told]


def names(found: Site | None) -> set[str]:
    """Return the names of the sources and of the computed numbers."""
    return {*found.guide.sources, *found.values} if found else set()


def rendered(found: Site) -> tuple[Site, list[Fault]]:
    """Return a site with the drawings that are made from data, and what cannot be drawn or shown.

    The forms of the data are right by now; but who knows which of their numbers have no logarithm.
    """
    try:
        found = replace(found, drawings=found.drawings | made(found))
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        message = f"no drawing can be made of it ({error!r}); {AGAIN}"
        return found, [Fault(lab_results.RESULTS, 1, "", message)]
    return found, expand.unrendered(found)


def places(root: Path, read: list[Page], guide: Guide | None) -> list[Fault]:
    """Return a fault for each link to nowhere, and for each id of raw HTML that stands elsewhere.

    What tables hold is known when the data are.
    """
    if guide is None:
        return []
    faults = []
    ids: dict[str, set[str]] = {page.path: set() for page in read}
    owners: dict[str, str] = {}
    for anchor in anchors.anchors(read, guide):
        ids[anchor.page].add(anchor.id)
        owners.setdefault(anchor.id, anchor.source)
    for page in read:
        own: dict[str, str] = {}
        for line, key in almost.html_ids(page):
            if other := owners.get(key) or own.get(key):
                faults.append(page.fault(line, f"the id '{key}' stands already at {other}"))
            elif key.startswith("__"):
                faults.append(page.fault(line, f"the id '{key}' is one of the theme's; rename it"))
            own.setdefault(key, f"{page.source}:{line}")
        ids[page.path] |= own.keys()
    for move in redirects.read(root)[0].entries.values():
        ids.setdefault(move.page, set()).add(move.id)
    for page in read:
        faults += page_links.check(page, ids, root / "docs")
    return faults


def named(root: Path, guide: Guide | None) -> list[Fault]:
    """Return a fault for each entry of the lab's results that is called as no model is."""
    if guide is None:
        return []
    models = {*(family.id for family in guide.families), *guide.lab.rows()}
    parts = ("experiments.classifies",)  # the schema knows the families
    faults = []
    for path in (lab_results.RESULTS, lab_results.SMALL):
        faults += lab_files.names(path, lab_results.results(root, path), parts, models)
    known = models | REFERENCES.keys()
    faults += lab_files.names(lab_results.SAMPLES, lab_results.samples(root), ("",), known)
    return faults


def drawings(root: Path) -> tuple[dict[str, str], list[Fault]]:
    """Return the SVG text of each drawing by its name, and what is wrong with them."""
    found: dict[str, str] = {}
    faults = []
    for file in sorted((root / "docs/assets/diagrams").glob("*.svg")):
        path = file.relative_to(root).as_posix()
        text, unreadable = yaml_document.read_text(root, path)
        faults += unreadable
        found[file.stem] = text or ""
        if text is not None:
            wrong = drawing_file.check(path, text)
            faults += wrong
            if not wrong and not VIEW_BOX.search(text):
                faults.append(Fault(path, 1, "", "a drawing needs a viewBox='0 0 width height'"))
    return found, faults


def made(found: Site) -> dict[str, str]:
    """Return the drawings that are made from data; their names begin with `made-`."""
    lab = found.guide.lab
    return {
        timeline.NAME: timeline.drawing(found.guide.timeline),
        prerequisites.NAME: prerequisites.drawing(found),
        **widget_figures.drawings(found.root, lab),
        **text_figures.drawings(found.root, lab),
        **home_figures.drawings(found.root, lab),
        **fit_plot.drawings(found.root),
        **walked(found.root),
        lab_plot.NAME: lab_plot.plot(found.root, lab),
        text_plot.NAME: text_plot.plot(found.root, lab),
    }


def walked(root: Path) -> dict[str, str]:
    """Return the drawings of the recorded answer and picture, if there are any."""
    record = walks.record(root)
    if not record:
        return {}
    return walk_answer.drawings(record["answer"]) | walk_picture.drawings(record["picture"])


def prerequisite_cycles(read: dict[str, Page]) -> list[Fault]:
    """Return a fault for each page that requires itself through others."""
    faults = []
    for path, page in read.items():
        trail = _trail(path, path, read, [])
        if trail:
            message = f"they form a cycle: {' -> '.join([path, *trail])}; cut one"
            faults.append(page.front.fault(("prerequisites",), message))
    return faults


def _trail(start: str, at: str, read: dict[str, Page], seen: list[str]) -> list[str]:
    """Return the way from `at` back to `start`, or nothing."""
    needed = read[at].meta.get("prerequisites") if at in read else None
    paths = needed if isinstance(needed, list) else []
    for path in (path for path in paths if isinstance(path, str)):
        if path == start:
            return [start]
        if path not in seen:
            seen.append(path)
            rest = _trail(start, path, read, seen)
            if rest:
                return [path, *rest]
    return []
