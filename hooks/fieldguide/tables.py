"""Records -> Markdown. A page asks with `<!-- guide:name argument -->`; one registry answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fieldguide import (
    age,
    contents,
    formulas,
    lab_figures,
    lab_tables,
    paths,
    picker,
    prerequisites,
    recipes,
    reference,
    sources,
)
from fieldguide import timeline as history
from fieldguide.data import Family, Statement
from fieldguide.drawing import figure, slot
from fieldguide.faults import suggest
from fieldguide.site import Context, Site

KIND = {
    "principle": "training principle",
    "architecture": "architecture",
    "combination": "combination",
    "direction": "research direction",
}
LIKELIHOOD = {"exact": "exact", "bound": "bound", "none": "none", "depends": "depends"}
PASSES = {
    "one": "one pass",
    "few": "a few passes",
    "many": "many passes",
    "sequential": "one pass per element",
    "depends": "depends",
}
EVIDENCE = {"strong": "strong", "mixed": "mixed", "early": "early", "open": "open question"}
MODALITY = {"3d": "3D", "time-series": "time series"}


CITED = re.compile(r"(\[@[^\]]*\])")


@dataclass(frozen=True)
class Table:
    """A registered table or card: how to render it, and which arguments it allows."""

    render: Callable[[Context, str], str]
    allowed: Callable[[Site], Iterable[str]] | None = None


def cell(text: str) -> str:
    """Return text that is safe inside a pipe table."""
    return " ".join(text.split()).replace("\\|", "|").replace("|", "\\|")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown pipe table; the cells are Markdown already."""
    names = list(head)
    lines = [names, ["---"] * len(names), *map(list, rows)]
    return "\n".join("| " + " | ".join(map(cell, line)) + " |" for line in lines)


def plain(text: str) -> str:
    """Return a data file's text with nothing left that Markdown would read, but for citations."""
    parts = CITED.split(text)
    return "".join(
        part if number % 2 else sources.escape(part) for number, part in enumerate(parts)
    )


def cite(keys: Iterable[str]) -> str:
    """Return a citation of several sources, to be expanded with those of the page."""
    return "[" + "; ".join(f"@{key}" for key in keys) + "]"


def family_link(family: Family, context: Context) -> str:
    """Return a link to a family's page by its short name."""
    return f"[{plain(family.short)}]({context.link(family.page)})"


def comparison(context: Context, _: str) -> str:
    """All families side by side; the script `comparison.js` adds sorting and filters."""
    rows = [
        (
            family_link(family, context),
            KIND[family.kind],
            plain(family.strengths_and_uses),
            LIKELIHOOD[family.likelihood],
            f"{plain(family.passes_note)} {{ data-passes='{PASSES[family.passes]}' }}",
            plain(family.latent),
            ", ".join(MODALITY.get(name, name) for name in family.modalities),
        )
        for family in context.guide.families
    ]
    head = ("Family", "Kind", "Main strengths and uses", "Likelihood", "Network passes per sample")
    body = table((*head, "Latent space", "Media"), rows)
    return _wrapped("comparison", "Comparison of the ten model families", body)


def _wrapped(tag: str, name: str, body: str) -> str:
    """Return a table inside a custom element, which stays inert without JavaScript."""
    return f'<div class="{tag}" data-label="{name}" markdown="block">\n\n{body}\n\n</div>'


def statements(rows: list[Statement], context: Context) -> str:
    """A table of claims, each with what is known precisely and how good the evidence is."""
    lines = [
        (
            f"**{plain(row.title)}**{{ #{row.id} }}",
            f"{plain(row.statement)} {context.more(row.see)}",
            f'<span class="evidence evidence-{row.evidence}">{EVIDENCE[row.evidence]}</span>',
        )
        for row in rows
    ]
    return table(("Claim", "What is known", "Evidence"), lines)


def advantages(context: Context, _: str) -> str:
    """The ten advantages."""
    return statements(context.guide.advantages, context)


def limitations(context: Context, _: str) -> str:
    """The ten limitations."""
    return statements(context.guide.limitations, context)


def applications(context: Context, _: str) -> str:
    """The fields of use."""
    rows = [
        (
            f"[{plain(row.name)}]({context.link(f'{row.page}#{row.section}')})",
            plain(row.uses),
            plain(row.evidence_text),
            plain(row.caution),
        )
        for row in context.guide.industries
    ]
    return table(("Field", "Used for", "What has been shown", "Caution"), rows)


def likelihood(family: Family) -> str:
    """Return what the family can say of an example's probability, with its condition."""
    note = f", {plain(family.likelihood_note)}" if family.likelihood_note else ""
    return LIKELIHOOD[family.likelihood] + note


def card(context: Context, key: str) -> str:
    """A family's facts at a glance."""
    family = context.guide.family(key)
    related = ", ".join(family_link(context.guide.family(name), context) for name in family.related)
    introduced = f"{family.introduced['year']} {cite([family.introduced['source']])}"
    facts = [
        ("Kind", KIND[family.kind]),
        ("Introduced", introduced),
        ("Likelihood", likelihood(family)),
        ("Passes per sample", plain(family.passes_note)),
        ("Latent space", plain(family.latent)),
        ("Media", ", ".join(MODALITY.get(name, name) for name in family.modalities)),
        ("Strong at", "; ".join(map(plain, family.strengths))),
        ("Weak at", "; ".join(map(plain, family.weaknesses))),
        ("Compare with", related),
    ]
    lines = "\n".join(f"{name}\n:   {text}\n" for name, text in facts)
    checked = f"*Checked {family.checked}*{{ .checked }}"
    return f'<div class="card" markdown="block">\n\n{lines}\n\n{checked}\n\n</div>'


def systems(context: Context, key: str) -> str:
    """A family's dated systems."""
    family = context.guide.family(key)
    rows = [
        (str(system.year), plain(system.name), plain(system.note), cite([system.source]))
        for system in sorted(family.systems, key=lambda system: system.year)
    ]
    return table(("Year", "System", "Remark", "Source"), rows)


def families(context: Context, _: str) -> str:
    """The ten families as a grid of plates, each with its drawing, name and definition."""
    plates = [
        f'<li markdown="block">\n\n{slot(f"glyph-{family.id}")}\n\n'
        f"**[{plain(family.name)}]({context.link(family.page)})**\n\n"
        f'<span class="kind">{KIND[family.kind]}</span>\n\n'
        f"{plain(family.definition)}\n\n</li>"
        for family in context.guide.families
    ]
    return '<ul class="plates" markdown="block">\n\n' + "\n\n".join(plates) + "\n\n</ul>"


def timeline(context: Context, _: str) -> str:
    """The dated history as a table."""
    rows = []
    for event in sorted(context.guide.timeline, key=lambda event: (event.year, event.date)):
        when = event.date or str(event.year)
        family = family_link(context.guide.family(event.family), context) if event.family else ""
        what = f"**{plain(event.title)}.** {plain(event.text)} {cite(event.sources)}"
        rows.append((f"{when} {{ #{event.id} }}", event.kind, what, family))
    return table(("When", "Kind", "What", "Family"), rows)


def diagram(context: Context, argument: str) -> str:
    """A drawing from docs/assets/diagrams, inline, so that it follows the color scheme."""
    name, _, caption = (part.strip() for part in argument.partition("|"))
    return figure(name, caption)


def timeline_drawing(_: Context, argument: str) -> str:
    """The timeline as a drawing."""
    return figure("timeline", argument.partition("|")[2].strip(), history.NAME)


def checked_dates(context: Context, _: str) -> str:
    """How much was checked on which day, and how many formulas are claims."""
    counted = age.counts(context.site.root)
    kinds = sorted({kind for counter in counted.values() for kind in counter})
    rows = [(day, *(str(counter[kind]) for kind in kinds)) for day, counter in counted.items()]
    return table(("Checked on", *(kind.capitalize() for kind in kinds)), rows)


def formula_counts(context: Context, _: str) -> str:
    """How many displayed formulas are claims, and how many are definitions."""
    kinds = Counter(
        kind for page in context.site.pages.values() for _, _, kind, _ in formulas.formulas(page)
    )
    rows = [("claims, each with a numerical test", str(kinds["claim"]))]
    rows.append(("definitions, which need none", str(kinds["definition"])))
    return table(("Displayed formulas", "Number"), rows)


def family_ids(site: Site) -> list[str]:
    """Return the ids of the families."""
    return [family.id for family in site.guide.families]


REGISTRY: dict[str, Table] = {
    "comparison": Table(comparison),
    "advantages": Table(advantages),
    "limitations": Table(limitations),
    "applications": Table(applications),
    "card": Table(card, family_ids),
    "systems": Table(systems, family_ids),
    "families": Table(families),
    "timeline": Table(timeline),
    "timeline-drawing": Table(timeline_drawing),
    "path": Table(paths.table, lambda site: site.paths),
    "prerequisites": Table(prerequisites.table),
    "glossary": Table(reference.glossary),
    "sources": Table(reference.bibliography),
    "cited": Table(reference.cited),
    "dates": Table(checked_dates),
    "formulas": Table(formula_counts),
    "contents": Table(contents.table, contents.names),
    "address": Table(recipes.published),
    "picker": Table(picker.place),
    "cartridges": Table(picker.cartridges),
    "kits": Table(picker.kits),
    "lab": Table(lab_figures.place, lambda site: lab_figures.WIDGETS),
    "ten-digits": Table(lab_figures.ten_digits),
    "measured": Table(lab_tables.measured),
    "measured-costs": Table(lab_tables.costs),
    "measured-gallery": Table(lab_tables.gallery),
    "measured-passes": Table(lab_tables.passes),
    "measured-experiment": Table(lab_tables.experiment, lambda site: lab_tables.EXPERIMENTS),
    "diagram": Table(diagram, lambda site: site.drawings),
}
BIBLIOGRAPHIES = ("sources", "cited")  # they list citations, they do not cite


def complaint(name: str, argument: str, site: Site | None) -> str:
    """Return what is wrong with a marker, or an empty text; without a site, as far as can be."""
    if name not in REGISTRY:
        return f"unknown table '{name}'; {suggest(name, REGISTRY)}"
    if site is None:
        return ""
    argument = argument.partition("|")[0].strip()
    allowed = REGISTRY[name].allowed
    if allowed is None:
        return f"'{name}' takes no argument, but '{argument}' is given" if argument else ""
    names = list(allowed(site))
    if argument in names:
        return ""
    if not argument:
        return f"'{name}' needs a name after it; {suggest(argument, names)}"
    return f"unknown {name} '{argument}'; {suggest(argument, names)}"
