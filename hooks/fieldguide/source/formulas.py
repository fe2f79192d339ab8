"""TeX -> MathML at build time: no script, no request, readable by screen readers.

Each formula carries its TeX along, for readers whose program draws no MathML, and for copying.

Inline formulas are `$...$`; a displayed one stands in a `/// formula` block, which gives it an id,
says whether it is a claim or a definition, and lists what its symbols mean.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from math_core import LatexError, LatexToMathML
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block as MarkdownBlock

from fieldguide.source.blocks import Block, specification
from fieldguide.source.diagnostics import Fault

if TYPE_CHECKING:
    from fieldguide.source.pages import Page

STYLESHEET = "assets/math/math.css"  # of the font that a page with formulas needs
STATUS = {"claim": "claim, checked numerically", "definition": "definition"}
DISPLAY = re.compile(
    r"\$\$(?<![^\n]\$\$)[ \t]*\n(?P<tex>.*?)^\$\$[ \t]*$", re.MULTILINE | re.DOTALL
)
# The same rule as arithmatex's "smart dollar": no space just inside.
INLINE = re.compile(r"\$(?<![\\$]\$)(?![\s$])(?P<tex>(?:\\.|[^$\\\n]|\n(?!\s*\n))+?)(?<![\s\\])\$")
TEX = re.compile(
    f"{DISPLAY.pattern}|{INLINE.pattern.replace('tex', 'inline')}", re.MULTILINE | re.DOTALL
)
ANSI = re.compile(r"\x1b\[[0-9;]*m")
OTHER_STYLE = re.compile(r' style="[^"]*"')  # a hair's breadth of space
STYLE = re.compile(r' style="text-align: (left|right|center)[^"]*"')
ANNOTATION = re.compile(r"<annotation\b.*?</annotation>", re.DOTALL)
# Letter -> its mathematical italic, read off Unicode's own table of font variants.
ITALIC = {
    chr(int(unicodedata.decomposition(chr(code)).split()[1], 16)): chr(code)
    for code in (*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C))
    if unicodedata.decomposition(chr(code))
} | {"h": "\N{PLANCK CONSTANT}"}

SYMBOL = re.compile(r"^- (?P<text>.+(?:\n(?![ \t]*\n|- |///)[^\n]+)*)", re.MULTILINE)
FRACTION = re.compile(r'<mfrac(?P<size> displaystyle="(?:true|false)")?|(?P<end></mfrac>)')

_converter = LatexToMathML(annotation=True)  # the TeX, behind what is drawn


class FormulaError(ValueError):
    """A formula that cannot be converted; the message says why."""


@lru_cache(maxsize=4096)  # each formula is tried before the build, and used in it
def to_mathml(tex: str, *, display: bool) -> str:
    """Return `tex` as MathML; FormulaError says what the converter dislikes.

    The validator refuses `scriptlevel` on tables and a policy may refuse inline styles, so both
    are taken out: alignment becomes a class.
    """
    try:
        mathml = _converter.convert_with_local_state(tex.strip(), displaystyle=display)
    except LatexError as error:
        lines = [ANSI.sub("", line) for line in str(error).splitlines() if line.strip()]
        raise FormulaError(lines[0].removeprefix("Error: ") if lines else "not TeX") from None
    mathml = mathml.replace(' scriptlevel="0"', "")
    mathml = _sized_around(mathml)
    mathml = OTHER_STYLE.sub("", STYLE.sub(r' class="math-\1"', mathml))
    return mathml.replace("<math", f'<math alttext="{html.escape(" ".join(tex.split()))}"', 1)


def _sized_around(mathml: str) -> str:
    """Return MathML with the size of a fraction on an element around it, where HTML allows it."""
    sizes: list[str] = []  # of the fractions that are open

    def moved(found: re.Match[str]) -> str:
        if found["end"]:
            return "</mfrac></mstyle>" if sizes.pop() else "</mfrac>"
        sizes.append(found["size"] or "")
        return f"<mstyle{sizes[-1]}><mfrac" if sizes[-1] else "<mfrac"

    return FRACTION.sub(moved, mathml)


class _MathProcessor(Treeprocessor):
    """Replace each formula that arithmatex found by its MathML."""

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            if "arithmatex" not in element.get("class", ""):
                continue
            text = html.unescape("".join(element.itertext())).strip()
            display = text.startswith("\\[")
            mathml = to_mathml(text[2:-2], display=display)
            for child in list(element):
                element.remove(child)
            element.text = self.md.htmlStash.store(mathml)
            if display:
                element.attrib = {"class": "math-scroll", "tabindex": "0", "role": "group"}
                element.set("aria-label", "Formula")
            else:
                element.attrib = {"class": "math"}


class FormulaBlock(MarkdownBlock):
    """`/// formula | Title` with the options `id` and `kind`."""

    NAME = "formula"
    ARGUMENT = None
    OPTIONS: ClassVar = specification(NAME)

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        figure = ElementTree.SubElement(parent, "figure")
        figure.set("class", f"formula formula-{self.options['kind']}")
        figure.set("id", self.options["id"])
        caption = ElementTree.SubElement(figure, "figcaption")
        caption.text = self.argument or ""
        kind = ElementTree.SubElement(caption, "span", {"class": "formula-kind"})
        if self.options["kind"] == "claim" and self.config["tests"]:
            family = self.options["id"].split("-")[1]
            kind = ElementTree.SubElement(
                kind, "a", {"href": f"{self.config['tests']}/{family}.py"}
            )
        kind.text = STATUS[self.options["kind"]]
        return figure

    def on_end(self, block: ElementTree.Element) -> None:
        """Put the list of symbols into a part of its own, under a name."""
        for symbols in block.findall("ul"):
            position = list(block).index(symbols)
            block.remove(symbols)
            reading = ElementTree.Element("div", {"class": "formula-reading"})
            label = ElementTree.SubElement(reading, "p", {"class": "formula-label"})
            label.text = "Reading this formula"
            reading.append(symbols)
            block.insert(position, reading)


class FormulasExtension(BlocksExtension):
    """Registers the formula block and the conversion to MathML."""

    def __init__(self, **settings: str) -> None:
        self.config = {"tests": ["", "where the tests of claims can be read"]}
        super().__init__(**settings)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:
        block_mgr.register(FormulaBlock, self.getConfigs())
        md.treeprocessors.register(_MathProcessor(md), "mathml", 1)


def extension(tests: str = "") -> Extension:
    """Return the Markdown extension; `tests` is the address of the folder with tests of claims."""
    return FormulasExtension(tests=tests)


@dataclass(frozen=True)
class Formula:
    """A displayed formula, and the lines of Markdown that say what its symbols mean."""

    id: str
    kind: str
    title: str
    tex: str
    symbols: list[str]
    line: int
    end: int


def parse(block: Block) -> Formula:
    """Return the formula that a block holds; its TeX is empty if there is none."""
    shown = DISPLAY.search(block.text)
    return Formula(
        block.options["id"],
        block.options["kind"],
        block.title,
        shown["tex"] if shown else "",
        [symbol["text"] for symbol in SYMBOL.finditer(block.text)],
        block.line,
        block.end,
    )


def check(page: Page, values: dict[str, str]) -> list[Fault]:
    """Return a fault for each formula of a page that cannot be read or converted."""
    faults = []
    inside = [range(formula.line, formula.end) for formula in page.formulas]
    for formula in page.formulas:
        if not formula.tex:
            message = f"formula '{formula.id}' has no TeX between two lines of $$"
            faults.append(page.fault(formula.line, message))
    for line, match in page.matches(TEX):
        astray = match["tex"] is not None and not any(line in lines for lines in inside)
        if astray and not page.block_faults:  # in a block that is not closed, it may be in place
            message = "a displayed formula stands outside a '/// formula' block"
            faults.append(page.fault(line, message))
        tex = match["tex"] or match["inline"] or ""
        tex = re.sub(r"\[=([\w.]+)\]", lambda value: values.get(value[1], "0"), tex)
        try:
            to_mathml(tex, display=bool(match["tex"]))
        except FormulaError as error:
            shown = " ".join(tex.split())
            faults.append(page.fault(line, f"the formula '{shown}' does not convert: {error}"))
    return faults


def characters(page_html: str) -> set[str]:
    """Return the characters that a font needs for the formulas of a page's HTML.

    A browser sets a single letter in italics by itself, and draws a root for `msqrt`, so those
    glyphs are needed although they do not stand in the text.
    """
    found: set[str] = set()
    for mathml in re.findall(r"<math.*?</math>", page_html, re.DOTALL):
        mathml = ANNOTATION.sub("", mathml)
        found |= set(html.unescape(re.sub(r"<[^>]*>", "", mathml)))
        found |= {ITALIC.get(letter, letter) for letter in re.findall(r"<mi>(.)</mi>", mathml)}
        if "<msqrt" in mathml or "<mroot" in mathml:
            found.add("\N{SQUARE ROOT}")
    return {character for character in found if not character.isspace()}
