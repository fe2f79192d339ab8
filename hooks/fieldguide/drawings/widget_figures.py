"""The live models of digits: what stands in the page, and the static picture inside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from fieldguide.drawings import sprite
from fieldguide.drawings.svg import slot
from fieldguide.model import lab_files
from fieldguide.model.lab import Digits, Lab
from fieldguide.model.lab_results import Digit, samples
from fieldguide.model.site import Context

COLUMNS = 10  # digits in a row of a picture
PITCH = 9  # units from one digit to the next, 8 of them its pixels


def picture(name: str, title: str, digits: Sequence[Digit], columns: int = COLUMNS) -> str:
    """Return digits as one SVG in rows: a path for each level of ink, softened by a filter."""
    if digits and len(digits[0]) == sprite.SIDE**2:
        return sprite.picture(name, title, digits, columns)
    paths: dict[int, list[str]] = {}
    for place, digit in enumerate(digits):
        left, top = PITCH * (place % columns), PITCH * (place // columns)
        for x, y, length, level in runs(digit):
            paths.setdefault(level, []).append(f"M{left + x} {top + y}h{length}v1h-{length}z")
    rows = -(-len(digits) // columns)
    box = f"-1 -1 {PITCH * columns + 1} {PITCH * rows + 1}"
    inks = "".join(
        f'<path fill-opacity="{level / 16:.3g}" d="{"".join(found)}"/>'
        for level, found in sorted(paths.items())
    )
    return (
        f'<svg class="lab-sheet" viewBox="{box}" role="img" aria-labelledby="{name}-t" '
        f'xmlns="http://www.w3.org/2000/svg"><title id="{name}-t">{escape(title)}</title>'
        f'<filter id="{name}-f"><feGaussianBlur stdDeviation="0.42"/></filter>'
        f'<g filter="url(#{name}-f)">{inks}</g></svg>'
    )


def runs(digit: Digit) -> Iterable[tuple[int, int, int, int]]:
    """Yield column, row, length and level of each run of equal ink in a row of a digit."""
    for y in range(8):
        row = [ord(letter) - ord("a") for letter in digit[8 * y : 8 * y + 8]]
        start = 0
        for x in range(1, 9):
            if x == 8 or row[x] != row[start]:
                if row[start]:
                    yield start, y, x - start, row[start]
                start = x


def live(root: Path, model: Digits) -> str:
    """Return a live model as HTML; what stands inside is all there is without a script."""
    found = samples(root, model.side)
    digits = found.get(model.family, [])[: 2 * COLUMNS]
    caption = f"{len(digits)} digits {model.caption}."
    start = ""
    if model.real and "real" in found:
        shown = found["real"][: COLUMNS * model.real]
        start = f' data-digits="{" ".join(shown)}"'
    if model.later:
        start += f' data-later="{model.files([model.later])[0]}"'
    return (
        f'<guide-lab class="lab" data-family="{model.family}" '
        f'data-models="{" ".join(model.files())}" data-title="{escape(model.title)}"{start}>'
        f'<figure class="lab-static">{picture(f"lab-{model.family}", caption, digits)}'
        f"<figcaption>{escape(caption)} With JavaScript, the model itself runs here.</figcaption>"
        f"</figure></guide-lab>"
    )


def drawings(root: Path, lab: Lab) -> dict[str, str]:
    """Return each live model and each sheet of samples under its name as a drawing."""
    sheets = {
        f"made-hundred-{file.stem}": sprite.held(
            f"hundred-{file.stem}", f"A hundred samples: {file.stem}", file.read_bytes()
        )
        for file in lab_files.sheets(root)
    }
    return sheets | {f"made-lab-{key}": live(root, model) for key, model in lab.digits.items()}


def one_of_each(root: Path, lab: Lab) -> list[Digit]:
    """Return the digits from zero on, each drawn by another family's model."""
    places = enumerate(lab.digits)
    drawn = [digit for place, key in places for digit in of(root, lab, key)[place : place + 1]]
    finest = max(map(len, drawn), default=0)
    return [digit for digit in drawn if len(digit) == finest]


def of(root: Path, lab: Lab, key: str) -> list[Digit]:
    """Return what a family's model has drawn."""
    model = lab.digits.get(key)
    return samples(root, model.side).get(key, []) if model else []


def place(_: Context, key: str) -> str:
    """A family's live model, with a static picture for where it cannot run."""
    return slot(f"made-lab-{key}")
