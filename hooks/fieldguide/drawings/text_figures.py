"""The language widgets: what stands in each of them where it cannot run, or does not run yet."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from fieldguide.drawings.svg import number, slot, svg, text
from fieldguide.model import text_results
from fieldguide.model.lab import Lab, Language
from fieldguide.model.site import Context

WEIGHTS = "docs/lab/text/weights"
MEASURED = "models/text-measured.md"
SAMPLES = 6  # lines that stand in a widget that does not run


def live(root: Path, widget: Language) -> str:
    """Return a widget as HTML; what stands inside is all there is until it runs."""
    files = [root / WEIGHTS / f"{name}.js" for name in widget.weights]
    size = sum(file.stat().st_size for file in files if file.is_file())
    measured = text_results.models(root)
    inside = _samples(measured.get(widget.samples, {}).get("samples"))
    if widget.kind == "recurrent":
        inside = _plot(measured) + inside  # a caption of samples stands last
    return (
        f'<guide-text class="lab text text-{widget.kind}" data-kind="{widget.kind}" '
        f'data-weights="{" ".join(widget.weights)}" data-title="{escape(widget.title)}">'
        f'<figure class="text-static"><p class="text-head">{escape(widget.title)}</p>'
        f"<p>{escape(widget.about)}</p>"
        f'<p class="text-begin"><button type="button" class="lab-button text-start">'
        f"{escape(widget.start)}</button> "
        f'<progress max="{max(size, 1)}" value="0" hidden aria-label="Loading"></progress></p>'
        f"{inside}</figure></guide-text>"
    )


def _samples(samples: object) -> str:
    """Return the first samples of a model as a list; each as it came, none chosen."""
    if not isinstance(samples, list) or not samples:
        return ""
    items = "".join(
        f"<li><b>{escape(row['word'])}:</b> {escape(row['text'])}</li>" for row in samples[:SAMPLES]
    )
    return (
        f'<ul class="text-samples">{items}</ul><figcaption>Written by the model for words that it '
        "had not met; the first ones in random order, none chosen.</figcaption>"
    )


LEFT, RIGHT, TOP, BOTTOM = 34, 348, 14, 158
LETTER = 9.0  # units of a letter of a label, rather too many: styles enlarge them
CURVES = (("gru", "recurrent", "d-curve-2", -8), ("transformer", "transformer", "d-curve", 16))


def _plot(measured: dict[str, dict[str, object]]) -> str:
    """Return surprise by place in the definition, of both networks, as a drawing."""
    places = {key: measured.get(key, {}).get("places") for key, *_ in CURVES}
    rows = {key: row for key, row in places.items() if isinstance(row, list) and row}
    if len(rows) < len(CURVES):
        return ""
    caption = (
        "Surprise by place in the definition, in bits a token, on unseen definitions: what more "
        "context buys each of the two."
    )
    most = max(max(row) for row in rows.values())
    high = 2 * (int(most / 2) + 1)
    count = min(len(row) for row in rows.values())

    def x(place: float) -> float:
        return LEFT + (RIGHT - LEFT) * place / (count - 1)

    def y(bits: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * bits / high

    parts = [
        f'<path class="d-axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>',
        *(text(4, y(bits) + 4, str(bits)) for bits in range(0, high + 1, 2)),
        *(text(x(at) - 4, BOTTOM + 16, str(at + 1)) for at in range(0, count, 5)),
    ]
    for key, name, style, above in CURVES:
        row: Sequence[float] = rows[key][:count]
        line = " ".join(f"{number(x(i))},{number(y(bits))}" for i, bits in enumerate(row))
        parts.append(f'<polyline class="{style}" fill="none" points="{line}"/>')
        at = int(count * 0.6)  # the label keeps clear of the curve along its whole width
        beside = row[at : at + 2 + int(LETTER * len(name) * count / (RIGHT - LEFT))]
        parts.append(text(x(at), y((max if above < 0 else min)(beside)) + above, name))
    drawing = svg("text-places", BOTTOM + 24, "Surprise by place in the definition", caption, parts)
    return (
        f'<figure><div class="text-plot" data-caption="{escape(caption)}">{drawing}</div>'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def drawings(root: Path, lab: Lab) -> dict[str, str]:
    """Return each language widget under its name as a drawing."""
    return {f"made-text-{kind}": live(root, widget) for kind, widget in lab.language.items()}


def place(context: Context, key: str) -> str:
    """A language widget, and below it what it learned from, where it is measured, and its code."""
    widget = context.guide.lab.language[key]
    return f"{slot(f'made-text-{key}')}\n\n{origin(context, widget)}\n{{ .text-origin }}"


def origin(context: Context, widget: Language) -> str:
    """Return the line below a widget, as Markdown."""
    code = f"[{widget.code.rpartition('/')[2]}]({context.link(f'lab/{widget.code}')})"
    measured = f"[measured beside three other models]({context.link(MEASURED)})"
    if not widget.weights:
        return f"A larger table, of pieces of words, is {measured}. Its code: {code}."
    return (
        "It learned from the definitions of "
        f"[WordNet 3.1]({context.link(f'{MEASURED}#text-measured-method')}), copyright 2011 by "
        f"Princeton University, and is {measured}. Its code: {code}."
    )
