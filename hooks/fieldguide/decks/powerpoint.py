"""Slides as python-pptx writes them; it is imported here alone, so that all else works without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from fieldguide.decks import measure, pages
from fieldguide.decks.kinds import Code, Picture, Table, Text
from fieldguide.decks.pages import CAPTION, CELL, INDENT, LEFT, ROOM, Box, Slide
from fieldguide.decks.runs import Run

TITLES = (30.0, 26.0, 22.0, 18.0)
TITLE_TALL = 60.0
INK, GREEN, GRAY, SUNK = "1B2A2B", "0B5A4F", "55646A", "F0EFE3"
LOWERED = {-1: "-25000", 1: "30000"}
FOOT = 9.0


class Deck:
    """A presentation that grows slide by slide."""

    def __init__(self, title: str, name: str, edition: str) -> None:
        self._deck = Presentation()
        self._foot = f"{name}, version {edition}, CC BY 4.0"
        wide = Pt(pages.WIDTH) / self._deck.slide_width
        self._deck.slide_width, self._deck.slide_height = Pt(pages.WIDTH), Pt(pages.HEIGHT)
        for holder in (self._deck.slide_master, *self._deck.slide_layouts):
            for shape in holder.shapes:  # the template is 4 to 3
                shape.left, shape.width = int(shape.left * wide), int(shape.width * wide)
        theme: Any = self._deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        theme._blob = theme.blob.replace(b'typeface="Calibri"', b'typeface="Arial"')
        known, day = self._deck.core_properties, datetime.fromisoformat(edition)
        known.title, known.author, known.last_modified_by = title, name, name
        known.created = known.modified = day
        known.comments, known.language, known.revision = "CC BY 4.0", "en", 1

    def saved(self) -> bytes:
        """Return the deck as a file."""
        out = BytesIO()
        self._deck.save(out)
        return out.getvalue()

    def add(
        self,
        title: list[Run],
        more: str,
        slide: Slide,
        notes: str,
        png: Callable[[Picture], bytes],
        *,
        first: bool,
    ) -> None:
        """Add a slide; the first one is that of the title."""
        made: Any = self._deck.slides.add_slide(self._deck.slide_layouts[5])
        words = [*title, *([Run(more)] if more else [])]
        self._title(made, words, first=first)
        group: list[Box] = []
        for box in slide.boxes:
            if isinstance(box.item, Text):
                group.append(box)
                continue
            self._texts(made, group)
            group = []
            if isinstance(box.item, Picture):
                self._picture(made, box, box.item, png(box.item))
            elif isinstance(box.item, Table):
                self._table(made, box, box.item)
            else:
                self._code(made, box, box.item)
        self._texts(made, group)
        self._words(made, LEFT, 514, ROOM, 16, "Source").text = self._foot
        foot: Any = made.shapes[-1].text_frame.paragraphs[0].runs[0]
        foot.font.size, foot.font.color.rgb = Pt(FOOT), _color(GRAY)
        made.notes_slide.notes_text_frame.text = notes

    def _title(self, made: Any, words: list[Run], *, first: bool) -> None:
        holder = made.shapes.title
        holder.left, holder.top = Pt(LEFT), Pt(22)
        holder.width, holder.height = Pt(ROOM), Pt(TITLE_TALL)
        bold = [Run(run.text, bold=True) for run in words]
        size = next(
            (each for each in TITLES if measure.height(bold, each, ROOM) <= TITLE_TALL), TITLES[-1]
        )
        frame = holder.text_frame
        _bare(frame)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        paragraph = frame.paragraphs[0]
        paragraph.alignment = 1
        _write(paragraph, words, size, GREEN if first else INK, bold=True)

    def _texts(self, made: Any, group: list[Box]) -> None:
        if not group:
            return
        last = group[-1]
        frame = self._words(
            made, LEFT, group[0].top, ROOM, last.top + last.height - group[0].top + 2, "Text"
        )
        for at, box in enumerate(group):
            paragraph = frame.paragraphs[0] if not at else frame.add_paragraph()
            item: Any = box.item
            paragraph.space_after = Pt(pages.AFTER)
            paragraph.space_before = Pt(0)
            about = paragraph._p.get_or_add_pPr()
            if item.bullet:
                about.set("marL", str(Pt(INDENT)))
                about.set("indent", str(-Pt(INDENT)))
                about.append(about.makeelement(qn("a:buChar"), {"char": "•"}))
            _write(paragraph, item.runs, item.size, INK)

    def _picture(self, made: Any, box: Box, item: Picture, content: bytes) -> None:
        caption = measure.height(item.caption, CAPTION, ROOM) + pages.AFTER if item.caption else 0.0
        left = LEFT if item.formula else LEFT + (ROOM - box.width) / 2
        shape = made.shapes.add_picture(
            BytesIO(content), Pt(left), Pt(box.top), Pt(box.width), Pt(box.height - caption)
        )
        about = shape._element.nvPicPr.cNvPr
        about.set("descr", item.alt)
        about.set("name", "Formula" if item.formula else "Figure")
        if item.caption:
            top = box.top + box.height - caption + 2
            frame = self._words(made, LEFT, top, ROOM, caption, "Caption")
            _write(frame.paragraphs[0], item.caption, CAPTION, GRAY)

    def _table(self, made: Any, box: Box, item: Table) -> None:
        rows = [*item.head, *item.rows]
        shape = made.shapes.add_table(
            len(rows), len(box.columns), Pt(LEFT), Pt(box.top), Pt(ROOM), Pt(box.height)
        )
        table = shape.table
        table.first_row, table.horz_banding = bool(item.head), False
        for column, width in zip(table.columns, box.columns, strict=True):
            column.width = Pt(width)
        for at, (row, height) in enumerate(zip(rows, box.rows, strict=True)):
            table.rows[at].height = Pt(height)
            for cell, words in zip(table.rows[at].cells, row, strict=True):
                cell.margin_left = cell.margin_right = Pt(CELL[0])
                cell.margin_top = cell.margin_bottom = Pt(CELL[1])
                is_head = at < len(item.head)
                cell.fill.solid()
                cell.fill.fore_color.rgb = _color(SUNK if is_head else "FFFFFF")
                paragraph = cell.text_frame.paragraphs[0]
                _write(paragraph, words, box.size, INK, bold=is_head)
                end = paragraph._p.makeelement(qn("a:endParaRPr"), {"sz": str(int(box.size * 100))})
                paragraph._p.append(end)  # an empty cell is as tall as its row, no taller

    def _code(self, made: Any, box: Box, item: Code) -> None:
        shape = made.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, Pt(LEFT), Pt(box.top), Pt(ROOM), Pt(box.height)
        )
        shape.name = f"Code of {item.name}" if item.name else "Code"
        shape.fill.solid()
        shape.fill.fore_color.rgb = _color(SUNK)
        shape.line.fill.background()
        shape.shadow.inherit = False
        frame = shape.text_frame
        _bare(frame)
        frame.margin_left = frame.margin_top = Pt(6)
        frame.word_wrap = False
        frame.vertical_anchor = MSO_ANCHOR.TOP
        for at, line in enumerate(item.lines):
            paragraph = frame.paragraphs[0] if not at else frame.add_paragraph()
            paragraph.alignment = 1
            _write(paragraph, [Run(line or " ", code=True)], box.size, INK)

    def _words(
        self, made: Any, left: float, top: float, width: float, height: float, name: str
    ) -> Any:
        shape = made.shapes.add_textbox(Pt(left), Pt(top), Pt(width), Pt(height))
        shape.name = name
        _bare(shape.text_frame)
        return shape.text_frame


def _bare(frame: Any) -> None:
    """Let a frame hold its words and nothing else: no margin, no size of its own."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE


def _color(name: str) -> Any:
    made: Any = RGBColor  # its maker has no types
    return made.from_string(name)


def _write(
    paragraph: Any, words: list[Run], size: float, color: str, *, bold: bool = False
) -> None:
    for run in words:
        made = paragraph.add_run()
        made.text = run.text
        font = made.font
        font.size, font.bold, font.italic = Pt(size), bold or run.bold, run.italic
        font.color.rgb = _color(color)
        if run.code:
            font.name = "Courier New"
        if run.level:
            made._r.get_or_add_rPr().set("baseline", LOWERED[run.level])
        if run.link:
            made.hyperlink.address = run.link
