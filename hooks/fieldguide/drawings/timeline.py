"""The drawing of the timeline, made from the events of the data file."""

from __future__ import annotations

from collections import Counter

from fieldguide.drawings.svg import WIDTH, lines, number, svg, text
from fieldguide.model.records import Event

NAME = "made-timeline"
# Each kind: its plural and its mark around the origin, told apart by shape as well as by color.
KINDS = {
    "idea": ("ideas", '<circle class="d-noise" cx="0" cy="0" r="4.6"/>'),
    "model": ("models", '<path class="d-model" d="M-4.3 -4.3h8.6v8.6h-8.6z"/>'),
    "evidence": ("evidence", '<path class="d-data" d="M0 -5.4 5.4 4.2 -5.4 4.2z"/>'),
    "law": ("law", '<path class="d-sample" d="M0 -5.8 5.8 0 0 5.8 -5.8 0z"/>'),
}
# Where an era begins, and what it is called. The last one goes on.
ERAS = (
    (0, "Counting, and first networks"),
    (2011, "The principles appear"),
    (2017, "Attention and scale"),
    (2021, "Prompts and pictures"),
    (2023, "Wide use, evidence, law"),
)
LANE = {kind: 56 + 17 * place for place, kind in enumerate(KINDS)}
TEXT_X = 124
ROW = 15  # the height of a line of text
GAP = 6  # between two events
SCALE_LEFT = 14
SCALE_STEP = 20  # years between two labels of the scale


def ordered(events: list[Event]) -> list[Event]:
    """Return the events by time; within a year by month, those without a month first."""
    return sorted(events, key=lambda event: (event.year, event.date))


def eras(events: list[Event]) -> list[tuple[str, list[Event]]]:
    """Return the events in their eras, each with its name; an era without events is left out."""
    ends = [start for start, _ in ERAS[1:]] + [10_000]
    found = []
    for (start, name), end in zip(ERAS, ends, strict=True):
        inside = [event for event in ordered(events) if start <= event.year < end]
        if inside:
            found.append((name, inside))
    return found


def drawing(events: list[Event]) -> str:
    """Return the timeline as SVG: the years to scale, then every event, by era and kind."""
    parts, y = _scale(events)
    parts += _legend(y)
    y += 26
    for name, inside in eras(events):
        rows, end = _era(name, inside, y)
        parts += rows
        y = end + 16
    counts = Counter(event.kind for event in events)
    told = ", ".join(f"{counts[kind]} {KINDS[kind][0]}" for kind in KINDS if counts[kind])
    first, last = ordered(events)[0].year, ordered(events)[-1].year
    description = (
        f"{len(events)} entries from {first} to {last}: {told}. Above, one dot an entry on a scale "
        "of years. Below, the entries in a list by era, with one column for each kind: "
        + "; ".join(f"{name}, {_span(inside)}" for name, inside in eras(events))
        + ". The table after the drawing holds the same entries."
    )
    return svg(NAME, y - 4, "The timeline, by era and kind", description, parts)


def _scale(events: list[Event]) -> tuple[list[str], float]:
    """Return one dot an event over an axis whose years are to scale, and where to go on."""
    years = Counter(event.year for event in events)
    first, last = min(years), max(years)
    base = 36 + 7 * max(years.values())
    wide = (WIDTH - 2 * SCALE_LEFT) / max(1, last - first)

    def x(year: int) -> float:
        return SCALE_LEFT + wide * (year - first)

    parts = [text(SCALE_LEFT, 20, "To scale: one dot an entry", "d-small d-strong")]
    parts.append(f'<path class="d-axis" d="M{SCALE_LEFT} {base}H{number(WIDTH - SCALE_LEFT)}"/>')
    for year, times in sorted(years.items()):
        for place in range(times):
            y = base - 5 - 7 * place
            parts.append(f'<circle class="d-dot" cx="{number(x(year))}" cy="{y}" r="1.9"/>')
    parts.append(text(SCALE_LEFT, base + 17, str(first)))
    for year in range(-(-first // SCALE_STEP) * SCALE_STEP, last + 1, SCALE_STEP):
        parts.append(f'<path class="d-axis" d="M{number(x(year))} {base}v4"/>')
        if x(year) > SCALE_LEFT + 46:  # beyond the label of the first year
            parts.append(text(x(year), base + 17, str(year), "d-small d-mid"))
    return parts, base + 48.0


def _legend(y: float) -> list[str]:
    """Return the four marks with their names, in one row."""
    parts = []
    x = 20.0
    for kind, (_, mark) in KINDS.items():
        parts.append(_at(mark, x, y - 4))
        parts.append(text(x + 11, y, kind))
        x += 40 + len(kind) * 7
    return parts


def _era(name: str, events: list[Event], y: float) -> tuple[list[str], float]:
    """Return an era's heading and events, and where the next one may begin."""
    parts = [
        f'<path class="d-axis" d="M14 {number(y)}H{WIDTH - 14}"/>',
        text(14, y + 18, name, "d-text d-strong"),
        text(14, y + 34, _span(events)),
    ]
    top = y + 44
    y = top
    shown = 0
    for event in events:
        if event.year != shown:
            parts.append(text(14, y + 12, str(event.year), "d-small d-strong"))
            shown = event.year
        parts.append(_at(KINDS[event.kind][1], LANE[event.kind], y + 8))
        parts.append(f'<a href="#{event.id}">')
        for line in lines(event.title, WIDTH - TEXT_X - 6):
            parts.append(text(TEXT_X, y + 12, line))
            y += ROW
        parts.append("</a>")
        y += GAP
    lanes = "".join(f"M{x} {number(top)}V{number(y - GAP)}" for x in LANE.values())
    return [f'<path class="d-axis" d="{lanes}"/>', *parts], y


def _span(events: list[Event]) -> str:
    """Return how long an era is and how much is in it: the axis of the list is not to scale."""
    first, last = events[0].year, events[-1].year
    years = last - first + 1
    entries = f"{len(events)} entr{'y' if len(events) == 1 else 'ies'}"
    if years == 1:
        return f"{first}: {entries} in one year"
    return f"{first} to {last}: {entries} in {years} years"


def _at(mark: str, x: float, y: float) -> str:
    return f'<g transform="translate({number(x)} {number(y)})">{mark}</g>'
