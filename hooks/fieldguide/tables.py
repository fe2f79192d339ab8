"""The tables and cards by name: a page asks with `<!-- guide:name argument | caption -->`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fieldguide import (
    contents,
    guide_tables,
    lab_figures,
    lab_plot,
    lab_tables,
    paths,
    picker,
    prerequisites,
    recipes,
    reference,
)
from fieldguide.faults import suggest
from fieldguide.site import Context, Site


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
    "comparison": Table(guide_tables.comparison),
    "advantages": Table(guide_tables.advantages),
    "limitations": Table(guide_tables.limitations),
    "applications": Table(guide_tables.applications),
    "card": Table(guide_tables.card, family_ids),
    "systems": Table(guide_tables.systems, family_ids),
    "families": Table(guide_tables.families),
    "timeline": Table(guide_tables.timeline),
    "timeline-drawing": Table(guide_tables.timeline_drawing, captioned=True),
    "path": Table(paths.table, lambda site: site.paths),
    "prerequisites": Table(prerequisites.table, captioned=True),
    "glossary": Table(reference.glossary),
    "sources": Table(reference.bibliography),
    "cited": Table(reference.cited),
    "dates": Table(guide_tables.checked_dates),
    "formulas": Table(guide_tables.formula_counts),
    "contents": Table(contents.table, contents.names),
    "address": Table(recipes.published),
    "picker": Table(picker.place),
    "cartridges": Table(picker.cartridges),
    "kits": Table(picker.kits),
    "lab": Table(lab_figures.place, lambda site: lab_figures.WIDGETS),
    "ten-digits": Table(lab_figures.ten_digits, captioned=True),
    "measured": Table(lab_tables.measured),
    "measured-costs": Table(lab_tables.costs),
    "measured-gallery": Table(lab_tables.gallery),
    "measured-passes": Table(lab_plot.passes, captioned=True),
    "measured-experiment": Table(lab_tables.experiment, lambda site: lab_tables.EXPERIMENTS),
    "diagram": Table(guide_tables.diagram, lambda site: site.drawings, captioned=True),
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
