"""The live models: what each is made of, and the static picture inside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from fieldguide.drawings import sprite
from fieldguide.drawings.svg import slot
from fieldguide.model import lab_files
from fieldguide.model.lab_results import Digit, samples
from fieldguide.model.site import Context

COLUMNS = 10  # digits in a row of a picture
PITCH = 9  # units from one digit to the next, 8 of them its pixels


@dataclass(frozen=True)
class Widget:
    """A live model: its name, its weights, the scripts that it shares, and what its picture is."""

    title: str
    models: str
    scripts: str
    caption: str
    real: int = 0  # how many rows of ten real digits it needs, to compare with or to draw from
    side: int = 8  # pixels of its digits each way; of 28 are those of docs/lab/pictures/
    later: str = ""  # a model whose weights are loaded once the reader asks for what it does

    def weights(self, models: str | None = None) -> list[str]:
        """Return where its weights stand in the lab, or those of `models`, without the suffix."""
        folder = "weights" if self.side == 8 else "pictures/weights"
        return [f"{folder}/{model}" for model in (models or self.models).split()]


WIDGETS = {
    "transformer": Widget(
        "A transformer that writes digits",
        "transformer",
        "causal film field sequence",
        "written by a transformer in pieces of 2 by 2 pixels, each with a look at all before it",
        real=True,
        side=28,
    ),
    "autoregressive": Widget(
        "An autoregressive model that writes digits",
        "autoregressive",
        "film field sequence",
        "written pixel by pixel by a network that sees a window of earlier pixels",
        real=True,
        side=28,
    ),
    "rnn": Widget(
        "A recurrent network that writes digits",
        "rnn",
        "sequence",
        "written row by row by a recurrent network with a memory of fixed size",
    ),
    "vae": Widget(
        "A VAE and its map of digits",
        "vae",
        "sheet field atlas",
        "decoded by a VAE from points of its map: clean, and a little blurred",
        real=1,
        side=28,
        later="codes",
    ),
    "gan": Widget(
        "A GAN that makes digits",
        "gan",
        "sheet verdicts",
        "made by a GAN's generator, each in a single pass",
        real=2,
        side=28,
        later="critics",
    ),
    "diffusion": Widget(
        "A diffusion model that clears noise",
        "diffusion",
        "denoiser diffuser guidance",
        "made by a diffusion model, cleared from noise step by step",
        real=True,
        side=28,
    ),
    "flow": Widget(
        "A normalizing flow that rates drawings",
        "flow",
        "pad",
        "made by a normalizing flow: noise, sent backward through an invertible network",
        real=True,
    ),
    "hybrid": Widget(
        "A hybrid that writes strip by strip",
        "hybrid",
        "",
        "made by a hybrid: four strips one after another, each refined from noise",
    ),
    "multimodal": Widget(
        "A model of words and digits",
        "multimodal",
        "denoiser judge sheet field ring",
        "made by a multimodal model from written words such as \u201cseven\u201d",
        real=1,
        side=28,
        later="judge",
    ),
    "emerging": Widget(
        "Few-step generation",
        "emerging student",
        "denoiser guidance",
        "made by a flow-matching model that follows a velocity from noise to digit",
        side=28,
    ),
}


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


def live(root: Path, key: str) -> str:
    """Return a family's live model as HTML; what stands inside is all there is without a script."""
    widget = WIDGETS[key]
    found = samples(root, widget.side)
    digits = found.get(key, [])[: 2 * COLUMNS]
    caption = f"{len(digits)} digits {widget.caption}."
    start = ""
    if widget.real and "real" in found:
        shown = found["real"][: COLUMNS * widget.real]
        start = f' data-digits="{" ".join(shown)}"'
    if widget.later:
        start += f' data-later="{widget.weights(widget.later)[0]}"'
    return (
        f'<guide-lab class="lab" data-family="{key}" data-models="{" ".join(widget.weights())}" '
        f'data-title="{escape(widget.title)}"{start}>'
        f'<figure class="lab-static">{picture(f"lab-{key}", caption, digits)}'
        f"<figcaption>{escape(caption)} With JavaScript, the model itself runs here.</figcaption>"
        f"</figure></guide-lab>"
    )


def drawings(root: Path) -> dict[str, str]:
    """Return each live model and each sheet of samples under its name as a drawing."""
    sheets = {
        f"made-hundred-{file.stem}": sprite.held(
            f"hundred-{file.stem}", f"A hundred samples: {file.stem}", file.read_bytes()
        )
        for file in lab_files.sheets(root)
    }
    return sheets | {f"made-lab-{key}": live(root, key) for key in WIDGETS}


def one_of_each(root: Path) -> list[Digit]:
    """Return the digits from zero on, each drawn by another family's model."""
    places = enumerate(WIDGETS)
    drawn = [digit for place, key in places for digit in of(root, key)[place : place + 1]]
    finest = max(map(len, drawn), default=0)
    return [digit for digit in drawn if len(digit) == finest]


def of(root: Path, key: str) -> list[Digit]:
    """Return what a family's model has drawn."""
    return samples(root, WIDGETS[key].side).get(key, []) if key in WIDGETS else []


def place(_: Context, key: str) -> str:
    """A family's live model, with a static picture for where it cannot run."""
    return slot(f"made-lab-{key}")
