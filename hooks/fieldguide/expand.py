"""A page's own short forms -> plain Markdown: markers, citations, terms, computed numbers.

MkDocs sees the result, so every link made here is checked like one that was written by hand.
"""

from __future__ import annotations

import re

from fieldguide.model import citations, outline
from fieldguide.model.site import GLOSSARY_PAGE, SOURCES_PAGE, Context, Place, Site
from fieldguide.source.diagnostics import Fault, suggest
from fieldguide.source.pages import Page
from fieldguide.source.prose import map_prose
from fieldguide.source.shortcodes import CITATION, KEY, MARKER, TERM, VALUE, cited
from fieldguide.tables import registry

SHORT_FORM = "|".join(form.pattern for form in (MARKER, CITATION, TERM, VALUE))
LEFTOVER = re.compile(rf"{SHORT_FORM}|<!--[ \t]*guide:|\]\(term:|\[@|\[=", re.MULTILINE)
DRAWING = re.compile(r'<div data-drawing="([\w-]+)"></div>')  # filled with its SVG in the end
UNFINISHED = {
    "<!--guide:": "a marker such as <!-- guide:comparison --> stands alone on one line",
    "](term:": "a link to a term is written [the words](term:its-id)",
    "[@": "a citation is not closed; write [@key] or [@key; @other]",
    "[=": "a computed number is written [=family.name], without spaces",
}


def expand(body: str, page: str, site: Site) -> str:
    """Return the Markdown of `page` with all short forms replaced; `body` must have passed check.

    Markers come first, since a table may hold citations; numbers last, since a caption may hold
    them.
    """
    context = Context(site, page)

    def citation(match: re.Match[str]) -> str:
        links = (
            f"[{citations.escape(citations.label(site.guide.sources[key]))}]"
            f"({context.link(SOURCES_PAGE)}#src-{key}){{ .cite }}"
            for key in KEY.findall(match["keys"])
        )
        return f"({'; '.join(links)})"

    def term(match: re.Match[str]) -> str:
        entry = site.guide.terms[match["term"]]
        meaning = citations.escape(entry.definition.replace('"', "'"))
        target = context.link(f"{GLOSSARY_PAGE}#term-{entry.id}")
        return f'[{match["text"]}]({target} "{meaning}"){{ .term }}'

    body = markers(body, context)
    body = map_prose(body, TERM, term)
    body = map_prose(body, CITATION, citation)
    return map_prose(body, VALUE, lambda match: site.values[match["value"]])


def markers(body: str, context: Context, *, skip: tuple[str, ...] = ()) -> str:
    """Return Markdown with its markers replaced by tables, but for those named in `skip`."""

    def render(match: re.Match[str]) -> str:
        name, argument = match["name"], match["argument"]
        if name in skip:
            return ""
        if name in registry.BIBLIOGRAPHIES:  # they change when it is known who cites
            return registry.REGISTRY[name].render(context, argument)
        asked = (context.page, name, argument)
        if asked not in rendered:
            rendered[asked] = registry.REGISTRY[name].render(context, argument)
        return rendered[asked]

    rendered = context.site.rendered
    return map_prose(body, MARKER, render) if "guide:" in body else body


def check(page: Page, site: Site | None) -> list[Fault]:
    """Return a fault for each unknown or unfinished short form of a page.

    Without a site, since the data could not be read, what refers to data is left out.
    """
    faults = []
    for line, match in page.matches(LEFTOVER):
        for message in _complaints(match, site):
            faults.append(page.fault(line, message))
        for inside in LEFTOVER.finditer(match["argument"] or ""):  # the caption of a drawing
            faults += [page.fault(line, message) for message in _complaints(inside, site)]
    return faults


def unrendered(site: Site) -> list[Fault]:
    """Return a fault for each table of a page that cannot be made of the data as they are."""
    faults = []
    for path, page in site.pages.items():
        for line, marker in page.markers:
            try:
                shown = markers(marker[0], Context(site, path), skip=registry.BIBLIOGRAPHIES)
                for name in set(DRAWING.findall(shown)) - site.drawings.keys():
                    message = f"the table '{marker['name']}' shows the drawing '{name}', which "
                    faults.append(
                        page.fault(line, f"{message}cannot be made: its data are missing")
                    )
            except (ArithmeticError, LookupError, TypeError, ValueError) as error:
                message = f"the table '{marker['name']}' cannot be made of the data: {error!r}"
                faults.append(page.fault(line, message))
    return faults


def _complaints(match: re.Match[str], site: Site | None) -> list[str]:
    if unfinished := UNFINISHED.get(match[0].replace(" ", "").replace("\t", "")):
        return [unfinished]
    if match["name"]:
        return list(filter(None, [registry.complaint(match["name"], match["argument"], site)]))
    if site is None:
        return []
    if match["term"] is not None and match["term"] not in site.guide.terms:
        return [f"unknown term '{match['term']}'; {suggest(match['term'], site.guide.terms)}"]
    if match["value"] and match["value"] not in site.values:
        return [f"unknown number '{match['value']}'; {suggest(match['value'], site.values)}"]
    complaints = []
    for key in map(str.strip, (match["keys"] or "").split(";")):
        if key and not KEY.fullmatch(key):
            complaints.append(f"'{key}' is not a citation; write [@key] or [@key; @other]")
        elif key and key[1:] not in site.guide.sources:
            complaints.append(f"unknown source '{key[1:]}'; {suggest(key[1:], site.guide.sources)}")
    return complaints


def citing(site: Site) -> dict[str, list[Place]]:
    """Return for each source the sections that cite it, in the order of the pages."""
    places: dict[str, list[Place]] = {}
    for path, page in site.pages.items():
        for part in outline.outlined(page):
            shown = markers(part.own, Context(site, path), skip=registry.BIBLIOGRAPHIES)
            for key in cited(shown):
                place = Place(path, part.heading.id, part.heading.title)
                places.setdefault(key, []).append(place)
    return places
