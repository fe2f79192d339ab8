"""How a book looks: little, since readers set type and colors themselves."""

from __future__ import annotations

from pathlib import Path

from fieldguide.files import svg_to_png

MATH_FONT = "assets/math/stix-two-math.woff2"
STYLE = """\
@font-face { font-family: "Guide Math"; src: url("{font}"); }
body { font-family: Georgia, "Noto Serif", serif; line-height: 1.5; }
math { font-family: "Guide Math", "STIX Two Math", math; }
h1, h2, h3 { line-height: 1.25; break-after: avoid; text-align: left; }
figure { margin: 1em 0; break-inside: avoid; }
figcaption, .page-facts, .live, .checked, .formula-kind { font-size: 0.85em; }
.formula-kind { margin-left: 0.6em; font-style: italic; }
svg { display: block; max-width: 100%; height: auto; }
svg.diagram, svg.lab-sheet { width: 100%; max-width: 30em; }
table { border-collapse: collapse; font-size: 0.8em; width: 100%; margin: 1em 0; }
th, td { border: 1px solid #999; padding: 0.25em 0.4em; text-align: left; vertical-align: top; }
tr { break-inside: avoid; }
pre { font-size: 0.75em; white-space: pre-wrap; overflow-wrap: anywhere; }
code { overflow-wrap: anywhere; }
.card, .question, .formula { border-left: 3px solid #999; padding-left: 0.8em; margin: 1em 0; }
dt { font-weight: bold; }
summary { font-weight: bold; }
li > details > summary { font-weight: normal; }
.math-scroll { margin: 0.6em 0; }
ul.options { list-style: none; padding-left: 0.5em; }
ul.plates { padding-left: 1em; }
{drawings}
"""
PAPER = """\
@page { size: A4; margin: 18mm 18mm 20mm; }
@page { @bottom-center { content: counter(page); font-size: 9pt; } }
@page :first { @bottom-center { content: none; } }
html { font-size: 10.5pt; }
body { margin: 0; }
.title h1 { text-align: center; }
.title { break-after: page; padding-top: 30%; text-align: center; }
.contents ol { list-style: none; padding-left: 0; }
.contents ol ol { padding-left: 1.4em; font-size: 0.9em; }
.contents li { break-inside: avoid; }
.contents a { display: flex; }
.contents .dots { flex: 1; border-bottom: 1px dotted #888; margin: 0 0.4em 0.3em; }
.drawing, .formula, .lab-static { margin: 1em 0; break-inside: avoid; }
.chapter { break-before: page; }
a { color: inherit; text-decoration-color: #888; }
svg.diagram, .lab-sheet { max-width: 11cm; }
"""


def style(root: Path, font: str) -> str:
    """Return the style of a book; `font` is the address of the math font."""
    return STYLE.replace("{font}", font).replace("{drawings}", svg_to_png.rules(root))
