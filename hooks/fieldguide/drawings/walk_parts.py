"""What the drawings of recorded walks are made of: digits, tokens, bars, and linked stages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from fieldguide.drawings import sprite
from fieldguide.drawings.svg import LETTER, number, svg, text
from fieldguide.model.lab_results import Digit
from fieldguide.model.walks import percent, shown

Bar = tuple[str, float]
PIXEL = 360 / 518  # units of a pixel of a wide screen, on which each one of a digit takes some


def digits(
    name: str, found: Sequence[Digit], x: float, y: float, zoom: int, step: float = 0
) -> str:
    """Return a row of digits on paper, one every `step`; `sprite.color` stands before them."""
    size = number(zoom * PIXEL * sprite.SIDE)
    papers = "".join(
        f'<rect class="d-paper" x="{number(x + i * step)}" y="{number(y)}" '
        f'width="{size}" height="{size}"/>'
        for i in range(len(found))
    )
    return papers + "".join(
        f'<image class="d-ink" x="{number(x + i * step)}" y="{number(y)}" width="{size}" '
        f'height="{size}" {sprite.shown(name, sprite.png([one], 1))}/>'
        for i, one in enumerate(found)
    )


def strip(name: str, title: str, rows: Sequence[tuple[str, Sequence[Digit]]]) -> str:
    """Return rows of digits, each with a label above it."""
    count = max((len(row) for _, row in rows), default=1)
    cell = min(84.0, (360 - 24 + 5) / count)
    zoom = int((cell - 3) / PIXEL / sprite.SIDE)
    size = zoom * PIXEL * sprite.SIDE
    left = (360 - cell * (count - 1) - size) / 2
    parts, y = [sprite.color(name)], 8.0
    for label, row in rows:
        if label:
            parts.append(text(12, y + 12, label))
            y += 20
        parts.append(digits(name, row, left, y, zoom, cell))
        y += size + 10
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
