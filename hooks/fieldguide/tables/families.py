"""Records -> Markdown: the tables, cards and drawings of the guide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from fieldguide.drawings import timeline as history
from fieldguide.drawings.svg import figure, slot
from fieldguide.model import citations, freshness
from fieldguide.model.records import Family, Statement
from fieldguide.model.site import Context
from fieldguide.tables.pipe_table import boxed, table

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


def plain(text: str) -> str:
    """Return a data file's text with nothing left that Markdown would read, but for citations."""
    parts = CITED.split(text)
    return "".join(
        part if number % 2 else citations.escape(part) for number, part in enumerate(parts)
    )


def cite(keys: Iterable[str]) -> str:
    """Return a citation of several sources, to be expanded with those of the page."""
    return "[" + "; ".join(f"@{key}" for key in keys) + "]"


def family_link(family: Family, context: Context) -> str:
    """Return a link to a family's page by its short name."""
    return f"[{plain(family.short)}]({context.link(family.page)})"


def media(family: Family) -> str:
    """Return the media of a family."""
    return ", ".join(MODALITY.get(name, name) for name in family.modalities)


def held(shown: str, name: str, value: str = "") -> str:
    """Return a cell that holds its value beside its text, which a browser may translate."""
    return f"{shown} {{ data-{name}='{value or shown}' }}"


def comparison(context: Context, _: str) -> str:
    """All families side by side; the script `comparison.js` adds sorting and filters."""
    rows = [
        (
            family_link(family, context),
            held(KIND[family.kind], "kind"),
            plain(family.strengths_and_uses),
            held(LIKELIHOOD[family.likelihood], "likelihood"),
            held(plain(family.passes_note), "passes", PASSES[family.passes]),
            plain(family.latent),
            held(media(family), "media"),
        )
        for family in context.guide.families
    ]
    head = ("Family", "Kind", "Main strengths and uses", "Likelihood", "Network passes per sample")
    body = table((*head, "Latent space", "Media"), rows)
    return boxed(body, "Comparison of the families", "comparison")


def statements(rows: list[Statement], context: Context, label: str) -> str:
    """A table of claims, each with what is known precisely and how good the evidence is."""
    lines = [
        (
            f"**{plain(row.title)}**{{ #{row.id} }}",
            f"{plain(row.statement)} {context.more(row.see)}",
            f'<span class="evidence evidence-{row.evidence}">{EVIDENCE[row.evidence]}</span>',
        )
        for row in rows
    ]
    return boxed(table(("Claim", "What is known", "Evidence"), lines), label)


def advantages(context: Context, _: str) -> str:
    """The ten advantages."""
    return statements(context.guide.advantages, context, "Advantages")


def limitations(context: Context, _: str) -> str:
    """The ten limitations."""
    return statements(context.guide.limitations, context, "Limitations")


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
    head = ("Field", "Used for", "What has been shown", "Caution")
    return boxed(table(head, rows), "Fields of use")


def likelihood(family: Family) -> str:
    """Return what the family can say of an example's probability, with its condition."""
    note = f", {plain(family.likelihood_note)}" if family.likelihood_note else ""
    return LIKELIHOOD[family.likelihood] + note


def card(context: Context, key: str) -> str:
    """A family's facts: the three that help most, and folded behind them the rest."""
    family = context.guide.family(key)
    related = ", ".join(family_link(context.guide.family(name), context) for name in family.related)
    introduced = f"{family.introduced['year']} {cite([family.introduced['source']])}"
    first = [
        ("Strong at", "; ".join(map(plain, family.strengths))),
        ("Weak at", "; ".join(map(plain, family.weaknesses))),
        ("Passes per sample", plain(family.passes_note)),
    ]
    rest = [
        ("Kind", KIND[family.kind]),
        ("Introduced", introduced),
        ("Likelihood", likelihood(family)),
        ("Latent space", plain(family.latent)),
        ("Media", media(family)),
        ("Compare with", related),
        ("Sources", cite(family.sources)),
    ]
    checked = f"*Checked {family.checked}*{{ .checked }}"
    return (
        f'<section class="card" markdown="block">\n\n{_facts(first)}\n\n'
        f'<details markdown="block">\n<summary>More facts</summary>\n\n'
        f"{_facts(rest)}\n\n{checked}\n\n</details>\n\n</section>"
    )


def _facts(rows: list[tuple[str, str]]) -> str:
    """Return a list of facts, each under its name."""
    return "\n".join(f"{name}\n:   {text}\n" for name, text in rows)


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
    for event in history.ordered(context.guide.timeline):
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
    """How much was checked on which day."""
    counted = freshness.counts(context.site)
    kinds = sorted({kind for counter in counted.values() for kind in counter})
    rows = [(day, *(str(counter[kind]) for kind in kinds)) for day, counter in counted.items()]
    return table(("Checked on", *(kind.capitalize() for kind in kinds)), rows)


def formula_counts(context: Context, _: str) -> str:
    """How many displayed formulas are claims, and how many are definitions."""
    kinds = Counter(
        formula.kind for page in context.site.pages.values() for formula in page.formulas
    )
    rows = [("claims, each with a numerical test", str(kinds["claim"]))]
    rows.append(("definitions, which need none", str(kinds["definition"])))
    return table(("Displayed formulas", "Number"), rows)
