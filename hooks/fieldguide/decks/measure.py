"""How much room words take: measured in DejaVu Sans, which is wider than the font of the slides.

What fits by this measure fits in Arial, Helvetica and Liberation Sans; a program that has none of
them and takes DejaVu Sans shows it as measured.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache, lru_cache

from fontTools.ttLib import TTFont

from fieldguide.decks.runs import Run
from fieldguide.files.font import package_folder

LINE = 1.2  # the height of a line by the size of its letters
BOLD = 1.12  # how much wider bold letters are
SMALL = 0.7  # raised and lowered letters
MONO = 0.602  # the width of a letter of code by its size
WORD = re.compile(r"\S+\s*|\s+")


@cache
def _widths() -> tuple[dict[int, float], float]:
    with TTFont(package_folder("ziafont") / "fonts" / "DejaVuSans.ttf", lazy=True) as font:
        unit = float(font["head"].unitsPerEm)
        widths = {code: font["hmtx"][name][0] / unit for code, name in font.getBestCmap().items()}
    return widths, 1.0


@lru_cache(maxsize=20000)
def _word(text: str) -> float:
    widths, other = _widths()
    return sum(widths.get(ord(letter), other) for letter in text)


def width(run: Run, text: str, size: float) -> float:
    """Return the width of some text in the look of a run, in points."""
    if run.code:
        return len(text) * MONO * size
    return _word(text) * size * (BOLD if run.bold else 1) * (SMALL if run.level else 1)


def lines(runs: Iterable[Run], size: float, room: float) -> int:
    """Return the number of lines that runs take in a width of `room` points."""
    count, used = 1, 0.0
    for run in runs:
        for word in WORD.findall(run.text):
            needed = width(run, word.rstrip(), size)
            if used and used + needed > room:
                count, used = count + 1, 0.0
            if needed > room:  # a word that no line holds is broken
                count += math.ceil(needed / room) - 1
                needed %= room
            used += needed + width(run, " ", size) * (len(word) - len(word.rstrip()))
    return count


def height(runs: Iterable[Run], size: float, room: float) -> float:
    """Return the height of runs in a width of `room` points."""
    return lines(runs, size, room) * size * LINE


def longest_word(runs: Iterable[Run], size: float) -> float:
    """Return the width of the longest word."""
    return max((width(run, word, size) for run in runs for word in run.text.split()), default=0.0)
