"""A drawing by itself: as SVG that needs no style sheet of the site, and as PNG.

The colors are those of the light scheme, read from the site's own style sheets.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import resvg_py

from fieldguide.files import cache as files_cache
from fieldguide.files.font import package_folder
from fieldguide.source.formulas import ITALIC

STYLES = "docs/assets/stylesheets"
RULE = re.compile(r"^\.diagram (?P<of>[^{}\n]+?) *\{(?P<what>[^{}]*)\}", re.MULTILINE)
VARIABLE = re.compile(r"(--g-[\w-]+):\s*([^;]+);")
USE = re.compile(r"var\((--g-[\w-]+)\)")
IS = re.compile(r"^:is\((?P<each>[^()]*)\)$")
ROOT = re.compile(r"<svg\b[^>]*>")
SIZE = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
MATH = re.compile(
    r'(?P<open><(?P<tag>text|tspan) class="[^"]*\bd-math\b[^"]*"[^>]*>)'
    r"(?P<text>.*?)(?P<end></(?P=tag)>)",
    re.DOTALL,
)
TAG = re.compile(r"(<[^<>]*>|&\w+;)")
PIXELS = 1440  # the width of a PNG: sharp on a slide
# Fonts that come with the packages of the build, so that every machine draws the same.
FONTS = (("ziafont", "DejaVuSans.ttf"), ("ziamath", "STIXTwoMath-Regular.ttf"))


@lru_cache(maxsize=2)
def _style(theme: str, parts: str) -> tuple[str, str]:
    """Return the rules for drawings with their colors filled in, and the color of the ground."""
    scheme = theme.partition('[data-md-color-scheme="slate"]')
    fonts = scheme[2].partition(":root {")[2].partition("}")[0]
    values = dict(VARIABLE.findall(scheme[0]) + VARIABLE.findall(fonts))
    rules = []
    for rule in RULE.finditer(parts):
        several = IS.match(rule["of"])
        selector = several["each"].replace(", ", ",") if several else rule["of"]
        what = USE.sub(lambda use: " ".join(values[use[1]].split()), rule["what"])
        rules.append(f"{selector}{{{' '.join(what.split())}}}")
    if not rules:
        raise ValueError(f"{STYLES}/parts.css has no rules for .diagram any more")
    return "\n".join(rules), values["--g-sheet"]


def rules(root: Path) -> str:
    """Return the rules for drawings with their colors filled in."""
    return _read(root)[0]


def _read(root: Path) -> tuple[str, str]:
    folder = root / STYLES
    return _style(
        (folder / "theme.css").read_text(encoding="utf-8"),
        (folder / "parts.css").read_text(encoding="utf-8"),
    )


def svg(drawing: str, root: Path) -> str:
    """Return a drawing of the site as an SVG file that stands alone."""
    style, ground = _read(root)
    head = ROOT.search(drawing)
    if not head:
        raise ValueError("a drawing begins with <svg>")
    size = SIZE.search(head[0])
    given = f' width="{size[1]}" height="{size[2]}"' if size else ""
    opened = head[0].replace("<svg", f"<svg{given}", 1)
    base = f'<rect width="100%" height="100%" fill="{ground}"/>'
    body = drawing[head.end() :].strip()
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{opened}\n<style>\n{style}\n</style>\n{base}\n'
        f"{body}\n"
    )


def png(standing_alone: str, cache: Path) -> bytes:
    """Return a standalone SVG as PNG; what was drawn before is kept under `cache`."""
    text = MATH.sub(_in_italics, standing_alone)
    packages = " ".join(f"{name} {version(name)}" for name in ("resvg-py", "ziafont", "ziamath"))
    key = hashlib.sha256(f"{packages} {PIXELS}\n{text}".encode()).hexdigest()[:24]
    return files_cache.kept(cache / f"{key}.png", lambda: _drawn(text))


def _drawn(text: str) -> bytes:
    drawn = resvg_py.svg_to_bytes(
        svg_string=text,
        width=PIXELS,
        skip_system_fonts=True,
        font_files=[str(package_folder(name) / "fonts" / font) for name, font in FONTS],
        sans_serif_family="DejaVu Sans",
        serif_family="STIX Two Math",
        font_family="DejaVu Sans",
    )
    return bytes(drawn)


def _in_italics(match: re.Match[str]) -> str:
    """Set a formula in the italic letters of the math font, which has no italic style."""
    parts = TAG.split(match["text"])
    shown = (
        part if TAG.fullmatch(part) else "".join(ITALIC.get(letter, letter) for letter in part)
        for part in parts
    )
    return match["open"] + "".join(shown) + match["end"]
