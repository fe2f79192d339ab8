"""The live models of digits: what stands in the page, and the static picture inside it."""

from __future__ import annotations

from html import escape
from pathlib import Path

from fieldguide.drawings import sprite
from fieldguide.drawings.svg import slot
from fieldguide.model import lab_files
from fieldguide.model.lab import Digits, Lab
from fieldguide.model.lab_results import Digit, samples
from fieldguide.model.site import Context

COLUMNS = 10  # digits in a row of a picture


def live(root: Path, model: Digits) -> str:
    """Return a live model as HTML; what stands inside is all there is without a script."""
    found = samples(root)
    digits = found.get(model.family, [])[: 2 * COLUMNS]
    caption = f"{len(digits)} digits {model.caption}."
    drawn = sprite.picture(f"lab-{model.family}", caption, digits, COLUMNS)
    start = ""
    if model.real and "real" in found:
        shown = found["real"][: COLUMNS * model.real]
        start = f' data-digits="{" ".join(shown)}"'
    if model.later:
        start += f' data-later="{model.files([model.later])[0]}"'
    return (
        f'<guide-lab class="lab" data-family="{model.family}" '
        f'data-models="{" ".join(model.files())}" data-title="{escape(model.title)}"{start}>'
        f'<figure class="lab-static">{drawn}'
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
    return [digit for place, key in places for digit in of(root, lab, key)[place : place + 1]]


def of(root: Path, lab: Lab, key: str) -> list[Digit]:
    """Return what a family's model has drawn."""
    return samples(root).get(key, []) if key in lab.digits else []


def place(_: Context, key: str) -> str:
    """A family's live model, with a static picture for where it cannot run."""
    return slot(f"made-lab-{key}")
