"""TeX -> MathML at build time: no script, no request, readable by screen readers.

Each formula carries its TeX along, for readers whose program draws no MathML, and for copying.

Inline formulas are `$...$`; a displayed one stands in a `/// formula` block, which gives it an id,
says whether it is a claim or a definition, and lists what its symbols mean.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import Any, ClassVar
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from math_core import LatexError, LatexToMathML
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block, type_string, type_string_in

from fieldguide.source.diagnostics import Fault
from fieldguide.source.pages import Page, matches

KINDS = ("claim", "definition")
STATUS = {"claim": "claim, checked numerically", "definition": "definition"}
# Each pattern begins with what Python can skip to: a line's start is looked for behind that.
FORMULA = re.compile(
    r"///(?<![^\n]///)[ \t]*formula(?:[ \t]*\|[ \t]*(?P<title>[^\n]*))?\n"
    r"(?P<options>(?:[ ]{4,}[^\n]*\n)*)(?P<content>.*?)^///[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
DISPLAY = re.compile(
    r"\$\$(?<![^\n]\$\$)[ \t]*\n(?P<tex>.*?)^\$\$[ \t]*$", re.MULTILINE | re.DOTALL
)
ANY_DISPLAY = re.compile(f"{FORMULA.pattern}|{DISPLAY.pattern}", re.MULTILINE | re.DOTALL)
# The same rule as arithmatex's "smart dollar": no space just inside.
INLINE = re.compile(r"\$(?<![\\$]\$)(?![\s$])(?P<tex>(?:\\.|[^$\\\n]|\n(?!\s*\n))+?)(?<![\s\\])\$")
TEX = re.compile(
    f"{DISPLAY.pattern}|{INLINE.pattern.replace('tex', 'inline')}", re.MULTILINE | re.DOTALL
)
ID = re.compile(r"^eq-[a-z0-9]+(-[a-z0-9]+)+$")
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


class FormulaBlock(Block):
    """`/// formula | Title` with the options `id` and `kind`."""

    NAME = "formula"
    ARGUMENT = None
    OPTIONS: ClassVar = {"id": ["", type_string], "kind": ["claim", type_string_in(KINDS)]}

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        figure = ElementTree.SubElement(parent, "figure")
        figure.set("class", f"formula formula-{self.options['kind']}")
        figure.set("id", self.options["id"])
        caption = ElementTree.SubElement(figure, "figcaption")
        caption.text = self.argument or ""
        kind = ElementTree.SubElement(caption, "span", {"class": "formula-kind"})
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

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:
        block_mgr.register(FormulaBlock, self.getConfigs())
        md.treeprocessors.register(_MathProcessor(md), "mathml", 1)


def extension() -> Extension:
    """Return the Markdown extension."""
    return FormulasExtension()


def formulas(page: Page) -> list[tuple[int, str, str, str]]:
    """Return line, id, kind and TeX of each displayed formula of a page."""
    found: list[tuple[int, str, str, str]] = []
    for line, match in matches(page, FORMULA):
        options = dict(re.findall(r"^\s+(\w+):[ \t]*(\S+)", match["options"], re.MULTILINE))
        tex = DISPLAY.search(match["content"])
        found.append(
            (line, options.get("id", ""), options.get("kind", ""), tex["tex"] if tex else "")
        )
    return found


def check(page: Page, values: dict[str, str]) -> list[Fault]:
    """Return a fault for each formula of a page that cannot be read or converted."""
    faults = []
    displayed = formulas(page)
    for line, key, kind, tex in displayed:
        if not ID.match(key):
            message = f"a formula needs an id such as eq-gan-value, but has '{key}'"
            faults.append(page.fault(line, message))
        if kind not in KINDS:
            faults.append(page.fault(line, f"kind is '{kind}'; allowed: {', '.join(KINDS)}"))
        if not tex:
            faults.append(page.fault(line, f"formula '{key}' has no TeX between two lines of $$"))
    for line, match in matches(page, ANY_DISPLAY):
        if match["tex"] is not None:  # a block's own formula is part of the match of the block
            message = "a displayed formula stands outside a '/// formula' block"
            faults.append(page.fault(line, message))
    for line, match in matches(page, TEX):
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
