"""Drawings and formulas of a page as PNG, in the size that they take on a slide."""

from __future__ import annotations

import hashlib
import re
import struct
import warnings
from importlib.metadata import version
from pathlib import Path

import resvg_py
from selectolax.lexbor import LexborNode

from fieldguide.editions import xhtml
from fieldguide.files import cache as files_cache
from fieldguide.files import svg_to_png

SIZE = 26  # of the letters of a formula, in points
SHARP = 3  # pixels of a formula in each point
ANNOTATION = re.compile(r"<annotation\b.*?</annotation>", re.DOTALL)
SEMANTICS = re.compile(r"</?semantics>")


def drawing(svg: LexborNode, root: Path, cache: Path) -> bytes:
    """Return a drawing of the site."""
    text = xhtml.written(svg)
    return svg_to_png.png(svg_to_png.svg(text, root), cache / "drawings")


def formula(math: LexborNode, cache: Path) -> bytes:
    """Return a formula in black."""
    text = SEMANTICS.sub("", ANNOTATION.sub("", xhtml.written(math)))
    key = hashlib.sha256(f"{version('ziamath')} {SIZE} {SHARP}\n{text}".encode()).hexdigest()[:24]
    return files_cache.kept(cache / "formulas" / f"{key}.png", lambda: _drawn(text))


def _drawn(text: str) -> bytes:
    with warnings.catch_warnings():  # while it is loaded: of a call that later Pythons keep
        warnings.simplefilter("ignore", DeprecationWarning)
        from ziamath.zmath import Math
    made = Math(text, size=SIZE)
    width = max(1, round(made.getsize()[0] * SHARP))
    return bytes(resvg_py.svg_to_bytes(svg_string=made.svg(), width=width))


def pixels(png: bytes) -> tuple[int, int]:
    """Return the width and height of a PNG."""
    width, height = struct.unpack(">II", png[16:24])
    return int(width), int(height)
