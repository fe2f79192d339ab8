"""The tables and cards by name: a page asks with `<!-- guide:name argument | caption -->`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fieldguide.drawings import home_figures, lab_plot, text_figures, text_plot, widget_figures
from fieldguide.model.site import Context, Site
from fieldguide.source.diagnostics import suggest
from fieldguide.tables import (
    arena,
    contents,
    course_address,
    course_downloads,
    families,
    lab,
    paths,
    prerequisites,
    reference,
    text_lab,
    walks,
)


@dataclass(frozen=True)
class Table:
    """A registered table or card: how to render it, and which arguments it allows.

    Without `allowed` it takes no argument; only if `captioned`, a caption after a bar.
    """

    render: Callable[[Context, str], str]
    allowed: Callable[[Site], Iterable[str]] | None = None
    captioned: bool = False


def family_ids(site: Site) -> list[str]:
    """Return the ids of the families."""
    return [family.id for family in site.guide.families]


REGISTRY: dict[str, Table] = {
    "comparison": Table(families.comparison),
    "advantages": Table(families.advantages),
    "limitations": Table(families.limitations),
    "applications": Table(families.applications),
    "card": Table(families.card, family_ids),
    "systems": Table(families.systems, family_ids),
    "families": Table(families.families),
    "family-samples": Table(home_figures.families),
    "timeline": Table(families.timeline),
    "timeline-drawing": Table(families.timeline_drawing, captioned=True),
    "path": Table(paths.table, lambda site: site.paths),
    "prerequisites": Table(prerequisites.table, captioned=True),
    "glossary": Table(reference.glossary),
    "sources": Table(reference.bibliography),
    "cited": Table(reference.cited),
    "dates": Table(families.checked_dates),
    "formulas": Table(families.formula_counts),
    "contents": Table(contents.table, contents.names),
    "address": Table(course_address.published),
    "picker": Table(course_downloads.place),
    "cartridges": Table(course_downloads.cartridges),
    "kits": Table(course_downloads.kits),
    "editions": Table(course_downloads.editions),
    "arena": Table(arena.place),
    "watch": Table(arena.watch, lambda site: site.guide.lab.points),
    "fit": Table(walks.fit, captioned=True),
    "walk": Table(walks.place, walks.names, captioned=True),
    "lab": Table(widget_figures.place, lambda site: site.guide.lab.digits),
    "text": Table(text_figures.place, lambda site: site.guide.lab.language),
    "ten-digits": Table(home_figures.ten_digits, captioned=True),
    "measured": Table(lab.measured),
    "measured-small": Table(lab.small),
    "measured-costs": Table(lab.costs),
    "measured-gallery": Table(lab.gallery),
    "measured-passes": Table(lab_plot.passes, captioned=True),
    "measured-experiment": Table(lab.experiment, lambda site: lab.EXPERIMENTS),
    "text-measured": Table(text_lab.measured),
    "text-measured-seeds": Table(text_lab.seeds),
    "text-measured-costs": Table(text_lab.costs),
    "text-measured-samples": Table(text_lab.samples, lambda site: site.guide.lab.text_rows()),
    "text-measured-places": Table(text_plot.places, captioned=True),
    "text-measured-rounding": Table(text_lab.rounding),
    "diagram": Table(families.diagram, lambda site: site.drawings, captioned=True),
}
BIBLIOGRAPHIES = ("sources", "cited")  # they list citations, they do not cite


def complaint(name: str, argument: str, site: Site | None) -> str:
    """Return what is wrong with a marker, or an empty text; without a site, as far as can be."""
    if name not in REGISTRY:
        return f"unknown table '{name}'; {suggest(name, REGISTRY)}"
    argument, _, caption = (part.strip() for part in argument.partition("|"))
    if caption and not REGISTRY[name].captioned:
        return f"'{name}' takes no caption, but '{caption}' is given"
    if site is None:
        return ""
    allowed = REGISTRY[name].allowed
    if allowed is None:
        return f"'{name}' takes no argument, but '{argument}' is given" if argument else ""
    names = list(allowed(site))
    if argument in names:
        return ""
    if not argument:
        return f"'{name}' needs a name after it; {suggest(argument, names)}"
    return f"unknown {name} '{argument}'; {suggest(argument, names)}"
