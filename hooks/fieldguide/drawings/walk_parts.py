"""What the drawings of recorded walks are made of: digits, tokens, bars, and linked stages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from fieldguide.drawings.svg import LETTER, number, svg, text
from fieldguide.drawings.widget_figures import runs
from fieldguide.model.lab_results import Digit
from fieldguide.model.walks import percent, shown

Bar = tuple[str, float]


def digit(name: str, found: Digit, x: float, y: float, size: float) -> str:
    """Return a digit as rows of ink, softened by the filter of `soft` like all of the lab."""
    paths: dict[int, list[str]] = {}
    for column, row, length, level in runs(found):
        paths.setdefault(level, []).append(f"M{column} {row}h{length}v1h-{length}z")
    inks = "".join(
        f'<path fill-opacity="{level / 16:.3g}" d="{"".join(parts)}"/>'
        for level, parts in sorted(paths.items())
    )
    scale = number(size / 8) if size % 8 == 0 else f"{size / 8:.3f}"
    place = f"translate({number(x)} {number(y)}) scale({scale})"
    return (
        f'<rect class="d-paper" x="{number(x)}" y="{number(y)}" width="{number(size)}" '
        f'height="{number(size)}"/>'
        f'<g class="d-ink" filter="url(#{name}-f)" transform="{place}">{inks}</g>'
    )


def soft(name: str) -> str:
    """Return the filter that softens the digits of a drawing."""
    return f'<filter id="{name}-f"><feGaussianBlur stdDeviation="0.42"/></filter>'


def strip(name: str, title: str, rows: Sequence[tuple[str, Sequence[Digit]]]) -> str:
    """Return rows of digits, each with a label above it."""
    count = max((len(row) for _, row in rows), default=1)
    cell = min(84.0, (360 - 24 + 5) / count)
    left = 12 + (360 - 24 + 5 - cell * count) / 2
    parts, y = [soft(name)], 8.0
    for label, row in rows:
        if label:
            parts.append(text(12, y + 12, label))
            y += 20
        parts += [digit(name, found, left + i * cell, y, cell - 5) for i, found in enumerate(row)]
        y += cell + 6
    return svg(name, y, title, title, parts)


def width(token: str) -> float:
    """Return the width of a token's frame."""
    return max(26.0, len(shown(token)) * (LETTER + 1.2) + 14)


def tokens(
    found: Sequence[tuple[str, str]], x: float, y: float, right: float, style: str = "d-data"
) -> tuple[list[str], float]:
    """Return tokens in frames, each with a note below, in lines; and where the last line ends."""
    parts, left, high = [], x, 24
    for token, note in found:
        wide = max(width(token), len(note) * LETTER + 4)
        if left + wide > right and left > x:
            left, y = x, y + high + 22
        middle = left + wide / 2
        parts.append(
            f'<rect class="{style}" x="{number(left)}" y="{number(y)}" width="{number(wide)}" '
            f'height="{high}" rx="4"/>'
        )
        parts.append(text(middle, y + 16, shown(token), "d-text d-mid"))
        if note:
            parts.append(text(middle, y + high + 14, note, "d-small d-mid"))
        left += wide + 5
    return parts, y + high + (18 if any(note for _, note in found) else 4)


def bars(
    found: Sequence[Bar], x: float, y: float, right: float, marked: str = "", room: float = 74
) -> tuple[list[str], float]:
    """Return a bar for each share, with its name and number; and where the last one ends."""
    parts, most = [], max((share for _, share in found), default=1) or 1
    for label, share in found:
        full = right - x - room - 48
        style = "d-bar-2" if label == marked else "d-bar"
        parts.append(text(x + room - 6, y + 12, shown(label), "d-small d-end"))
        parts.append(
            f'<rect class="{style}" x="{number(x + room)}" y="{number(y + 2)}" '
            f'width="{max(1.0, full * share / most):.1f}" height="12"/>'
        )
        end = x + room + max(1.0, full * share / most) + 5
        parts.append(text(end, y + 12, percent(share)))
        y += 18
    return parts, y


def stage(target: str, title: str, y: float, high: float, inside: Iterable[str]) -> list[str]:
    """Return a part of a large figure that leads to its section."""
    return [
        f'<a href="#{target}" class="d-stage">',
        f'<rect class="d-box" x="6" y="{number(y)}" width="348" height="{number(high)}" rx="8"/>',
        f'<text class="d-text d-strong" x="18" y="{number(y + 19)}">{escape(title)}</text>',
        f'<text class="d-small d-end d-more" x="342" y="{number(y + 19)}">read</text>',
        *inside,
        "</a>",
    ]


def arrow(name: str, y: float, down: float = 14) -> str:
    """Return an arrow from one stage to the next."""
    return f'<path class="d-line" d="M180 {number(y)}v{number(down)}" marker-end="url(#{name}-a)"/>'


def head(name: str) -> str:
    """Return the head of the arrows of a figure."""
    return (
        f'<defs><marker id="{name}-a" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
        f'markerHeight="7" orient="auto"><path class="d-head" d="M0 0 10 5 0 10z"/></marker></defs>'
    )


def followed(name: str, high: float, title: str, about: str, parts: Iterable[str]) -> str:
    """Return a large figure whose stages are links, so that readers of all kinds reach them."""
    return svg(name, high, title, about, parts).replace('role="img"', 'role="group"', 1)
