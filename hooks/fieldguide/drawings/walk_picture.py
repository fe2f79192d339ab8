"""The drawings of one recorded picture: the large figure, and what stands at its stages."""

from __future__ import annotations

from fieldguide.drawings import sprite
from fieldguide.drawings.svg import number, svg, text
from fieldguide.drawings.walk_parts import arrow, bars, digits, followed, head, stage, strip
from fieldguide.model.lab_results import Rows
from fieldguide.model.walks import percent

NAMES = (
    "picture",
    "encoder",
    "seeds",
    "denoising",
    "guidance",
    "latent",
    "filling",
    "video",
)


def drawings(picture: Rows) -> dict[str, str]:
    """Return the drawings by name."""
    caption = picture["caption"]
    rows = {
        "seeds": (f"Five pictures of \u201c{caption}\u201d", [("", picture["draws"])]),
        "denoising": (
            "The picture after some steps, and the guess behind it",
            [("the picture", picture["states"]), ("the guess behind it", picture["seen"])],
        ),
        "guidance": (
            "Eight threes with more and more guidance",
            [(f"guidance {number(w)}", row) for w, row in picture["guided"]],
        ),
        "latent": (
            "A three, and what is left of it after two numbers",
            [("", [picture["states"][-1], *picture["decoded"]])],
        ),
        "filling": (
            "A lower half, and three ways to fill in the upper one",
            [("", [*picture["kept"], *picture["filled"]])],
        ),
        "video": (
            "Eight pictures in a row, with fresh and with shared noise",
            [("fresh noise", picture["flicker"]), ("shared noise", picture["video"])],
        ),
    }
    found = {
        f"made-walk-{key}": strip(f"walk-{key}", title, parts)
        for key, (title, parts) in rows.items()
    }
    return found | {"made-walk-encoder": encoder(picture), "made-walk-picture": whole(picture)}


def encoder(picture: Rows) -> str:
    """Return which of the ten words lie nearest to some captions."""
    parts, y, told = [], 8.0, []
    for caption, near in picture["near"]:
        parts.append(text(12, y + 12, f"\u201c{caption}\u201d", "d-text d-strong"))
        drawn, y = bars([(word, share) for word, share in near], 12, y + 18, 348, near[0][0])
        parts += drawn
        y += 8
        told.append(f"{caption}: {near[0][0]} {percent(near[0][1])}")
    title = "Captions and the words that lie nearest to them"
    return svg("walk-encoder", y, title, f"{'; '.join(told)}.", parts)


def point(numbers: list[float], y: float) -> list[str]:
    """Return the numbers of a point as bars up and down."""
    most = max(map(abs, numbers)) or 1
    parts = [f'<path class="d-axis" d="M18 {number(y)}H342"/>']
    for i, value in enumerate(numbers):
        high = max(1.0, 20 * abs(value) / most)
        top = y - high if value > 0 else y
        parts.append(
            f'<rect class="d-bar" x="{number(20 + i * 13.4)}" y="{number(top)}" width="9" '
            f'height="{number(high)}"/>'
        )
    return parts


def whole(picture: Rows) -> str:
    """Return the large figure, from the caption to the picture."""
    name = "walk-picture"
    asked = text(18, 42, f"\u201c{picture['caption']}\u201d")
    parts = [
        head(name),
        sprite.color(name),
        *stage("picture-caption", "The caption", 6, 50, [asked]),
        arrow(name, 57),
    ]
    title = f"Words become {len(picture['point'])} numbers"
    parts += stage("picture-encoder", title, 72, 78, point(picture["point"], 124))
    start = [
        digits(name, picture["states"][:1], 18, 194, 3),
        text(86, 218, "a random number for each pixel,"),
        text(86, 234, "fixed by a seed"),
    ]
    parts += [arrow(name, 151), *stage("picture-noise", "Noise", 166, 92, start)]
    steps = [picture["states"][k] for k in (0, 2, 4, 6, 7)]
    inside = [digits(name, steps, 14, 304, 3, 68)]
    inside += [
        f'<path class="d-line" d="M{number(73.5 + 68 * i)} 333h8" marker-end="url(#{name}-a)"/>'
        for i in range(4)
    ]
    inside.append(text(18, 378, f"guess, take a step, again: {picture['steps'][-1]} times"))
    parts += [arrow(name, 259), *stage("picture-denoising", "Denoising", 274, 112, inside)]
    held = [
        text(18, 436, "each guess twice, with and without the"),
        text(18, 452, "caption: the difference counts more"),
    ]
    parts += [arrow(name, 387), *stage("picture-guidance", "Guidance", 402, 60, held)]
    codes = [
        text(18, 514, "large systems do all this on a short"),
        text(18, 530, "code; a decoder makes the pixels"),
        digits(name, picture["decoded"], 296, 502, 2),
    ]
    parts += [arrow(name, 463), *stage("picture-latent", "Decoder", 478, 78, codes)]
    last = [
        digits(name, picture["states"][-1:], 18, 600, 5),
        text(128, 640, "never seen in training:"),
        text(128, 656, "it knew both words, not the pair"),
    ]
    parts += [arrow(name, 557), *stage("picture-editing", "The picture", 572, 136, last)]
    about = (
        "Seven stages from top to bottom, each a link to its section: the caption, words become "
        "numbers, noise, denoising in 24 steps, guidance, the decoder, the picture of a bold three."
    )
    return followed(name, 716, "From a caption to a picture", about, parts)
