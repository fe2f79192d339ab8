"""Items put on slides from top to bottom; what does not fit goes on the next slide."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fieldguide.decks import measure
from fieldguide.decks.kinds import Code, Item, Picture, Table, Text
from fieldguide.decks.runs import Run, UnheldError

WIDTH, HEIGHT = 960.0, 540.0  # of a slide, in points
LEFT, TOP, BOTTOM = 36.0, 92.0, 506.0
ROOM, TALL = WIDTH - 2 * LEFT, BOTTOM - TOP
INDENT, AFTER = 20.0, 7.0
CAPTION = 15.0
HAIR = 0.01  # what arithmetic may add to what just fits
CELL = (5.0, 3.0)  # the margins of a cell, to the side and above
TABLE_SIZES = (15.0, 13.0, 11.5, 10.0, 9.0)
CODE_SIZES = (14.0, 12.0, 10.5, 9.0)
FORMULA_SMALLEST, PICTURE_SMALLEST = 0.4, 0.5
Size = Callable[[Picture], tuple[float, float]]  # the width and height of a picture, in points


@dataclass
class Box:
    """An item, or a part of one, and where it stands on its slide."""

    item: Item
    top: float
    height: float
    width: float = ROOM
    size: float = 0.0
    columns: tuple[float, ...] = ()
    rows: tuple[float, ...] = ()


@dataclass
class Slide:
    """What stands on a slide, and what is told with it."""

    boxes: list[Box] = field(default_factory=list)
    used: float = 0.0

    def put(self, box: Box) -> None:
        """Add a box below the last one."""
        box.top = TOP + self.used
        self.boxes.append(box)
        self.used += box.height + AFTER

    @property
    def left(self) -> float:
        """How many points are left."""
        return TALL - self.used


def paged(items: list[Item], size: Size) -> list[Slide]:
    """Return items on as few slides as hold them; UnheldError if one does not fit on any."""
    slides = [Slide()]
    for at, item in enumerate(items):
        for box in _boxes(item, slides, size):
            if box.height > TALL + HAIR:
                raise UnheldError(f"{_named(item)} does not fit on a slide")
            needed = max(box.height, _group(items[at:]) if _heads(item) else 0.0)
            if needed > slides[-1].left and slides[-1].boxes:
                slides.append(_next(slides[-1]))
            slides[-1].put(box)
    return [slide for slide in slides if slide.boxes]


def _group(items: list[Item]) -> float:
    """Return the height of a heading with the paragraphs below it, if one slide holds them."""
    tall = 0.0
    for at, item in enumerate(items):
        if not isinstance(item, Text) or (at and _heads(item)):
            break
        tall += _text(item) + AFTER
    return tall - AFTER if tall - AFTER <= TALL else 0.0


def _text(item: Text) -> float:
    return measure.height(item.runs, item.size, ROOM - (INDENT if item.bullet else 0))


def _next(slide: Slide) -> Slide:
    """Return a new slide, which takes over a heading that would stand last on the one before."""
    found = Slide()
    kept = []
    while len(slide.boxes) > 1 and _heads(slide.boxes[-1].item):
        kept.append(slide.boxes.pop())
    for box in reversed(kept):
        found.put(box)
    return found


def _heads(item: Item) -> bool:
    return isinstance(item, Text) and not item.bullet and item.size > CAPTION + 2


def _named(item: Item) -> str:
    if isinstance(item, Text):
        return f"the paragraph “{''.join(run.text for run in item.runs)[:60]}…”"
    if isinstance(item, Picture):
        return f"the {'formula' if item.formula else 'figure'} “{item.alt[:60]}”"
    return "a row of a table" if isinstance(item, Table) else "a line of code"


def _boxes(item: Item, slides: list[Slide], size: Size) -> Iterator[Box]:
    if isinstance(item, Text):
        yield Box(item, 0, _text(item), size=item.size)
    elif isinstance(item, Picture):
        yield _picture(item, slides[-1], size)
    elif isinstance(item, Table):
        yield from _table(item, slides)
    else:
        yield from _code(item, slides)


def _picture(item: Picture, slide: Slide, size: Size) -> Box:
    width, height = size(item)
    caption = measure.height(item.caption, CAPTION, ROOM) + AFTER if item.caption else 0.0
    largest = min(ROOM / width, (TALL - caption) / height, 1.0 if item.formula else 9.0)
    if item.formula and largest < FORMULA_SMALLEST:
        raise UnheldError(f"the formula “{item.alt[:60]}” does not fit on a slide")
    here = (slide.left - caption) / height
    scale = here if largest > here >= largest * PICTURE_SMALLEST and not item.formula else largest
    return Box(item, 0, height * scale + caption, width * scale)


def _code(item: Code, slides: list[Slide]) -> Iterator[Box]:
    longest = max(map(len, item.lines), default=1) + 1
    fitting = [each for each in CODE_SIZES if longest * each * measure.MONO <= ROOM - 12]
    size = fitting[0] if fitting else CODE_SIZES[-1]
    wide = int((ROOM - 12) / (size * measure.MONO))
    lines = [line[at : at + wide] for line in item.lines for at in range(0, len(line) or 1, wide)]
    step = size * measure.LINE
    while lines:
        room = slides[-1].left if slides[-1].left > 6 * step else TALL
        count = max(1, int((room - 12) / step))
        count = len(lines) if len(lines) <= count else _gap(lines, count)
        part = Code(lines[:count], item.name, item.notes)
        lines = lines[count:]
        yield Box(part, 0, len(part.lines) * step + 12, size=size)


def _gap(lines: list[str], count: int) -> int:
    """Return where to divide lines of code: at an empty line, if one is near."""
    empty = [at for at in range(count // 2, count) if not lines[at].strip()]
    return empty[-1] + 1 if empty else count


def _table(item: Table, slides: list[Slide]) -> Iterator[Box]:
    every = [*item.head, *item.rows]
    count = max(map(len, every), default=0)
    if not count:
        raise UnheldError("a table without cells")
    for row in every:
        row.extend([[] for _ in range(count - len(row))])
    head: tuple[float, ...] = ()
    for size in TABLE_SIZES:
        columns, fits = _columns(every, size)
        head = tuple(_row(row, columns, size) for row in item.head)
        rows = [_row(row, columns, size) for row in item.rows]
        if fits and sum(head) + max(rows, default=0) <= TALL * 0.7:
            break
    first = 0
    while first < len(rows) or not rows:
        room = slides[-1].left
        if room < sum(head) + sum(rows[first : first + 2]):
            room = TALL
        last, used = first, sum(head)
        while last < len(rows) and (last == first or used + rows[last] <= room):
            used += rows[last]
            last += 1
        part = Table(item.head, item.rows[first:last], item.notes)
        yield Box(
            part, 0, used, ROOM, size, columns=tuple(columns), rows=(*head, *rows[first:last])
        )
        if not rows:
            return
        first = last


def _columns(rows: list[list[list[Run]]], size: float) -> tuple[list[float], bool]:
    """Return the width of each column, and whether each holds its longest word."""
    least, wished = [], []
    for cells in zip(*rows, strict=True):
        least.append(max(measure.longest_word(cell, size) for cell in cells) + 2 * CELL[0] + 2)
        lengths = [sum(measure.width(run, run.text, size) for run in cell) for cell in cells]
        wished.append(max(least[-1], math.sqrt(max(lengths) * (sum(lengths) + 1) / len(lengths))))
    total = sum(least)
    if total > ROOM:
        return [ROOM * each / total for each in least], False
    more = [wish - need + 1 for wish, need in zip(wished, least, strict=True)]
    spare = ROOM - total
    return [need + spare * part / sum(more) for need, part in zip(least, more, strict=True)], True


def _row(row: list[list[Run]], columns: list[float], size: float) -> float:
    return (
        max(
            measure.height(cell, size, width - 2 * CELL[0])
            for cell, width in zip(row, columns, strict=True)
        )
        + 2 * CELL[1]
        + 1
    )
