"""Digits of 28 x 28 pixels as they are printed: one small PNG of ink on nothing, in an SVG.

The SVG gives the ink the color of the text around it, so that it suits both schemes and paper.
"""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence
from html import escape

SIDE = 28  # pixels of a digit each way
PITCH = 31  # pixels from one digit to the next
FULL = 7  # full ink; digits are written in the letters a to h


def picture(name: str, title: str, digits: Sequence[str], columns: int, label: str = "") -> str:
    """Return digits in rows; without a title they are decoration."""
    return held(name, title, png(digits, columns), label or "lab-sheet")


def held(name: str, title: str, image: bytes, label: str = "lab-sheet") -> str:
    """Return a PNG of digits as a drawing in the color of the text around it."""
    width, height = struct.unpack(">II", image[16:24])
    told = f'role="img" aria-labelledby="{name}-t"' if title else 'aria-hidden="true"'
    head = f'<title id="{name}-t">{escape(title)}</title>' if title else ""
    return (
        f'<svg class="{label} lab-fine" viewBox="0 0 {width} {height}" {told} '
        f'xmlns="http://www.w3.org/2000/svg">{head}{color(name)}'
        f'<image width="{width}" height="{height}" {shown(name, image)}/></svg>'
    )


def color(name: str) -> str:
    """Return the filter that gives the pictures of a drawing the color of the text around them."""
    return (
        f'<filter id="{name}-f" x="0" y="0" width="1" height="1">'
        '<feFlood flood-color="currentColor"/><feComposite operator="in" in2="SourceAlpha"/>'
        "</filter>"
    )


def shown(name: str, image: bytes) -> str:
    """Return the attributes that show a PNG in a drawing that has this filter."""
    content = base64.b64encode(image).decode()
    return f'filter="url(#{name}-f)" href="data:image/png;base64,{content}"'


def png(digits: Sequence[str], columns: int) -> bytes:
    """Return the digits as a PNG: black, of eight strengths, half a byte a pixel."""
    rows = max(1, -(-len(digits) // columns))  # without digits one row of paper
    width, height = PITCH * columns - PITCH + SIDE, PITCH * rows - PITCH + SIDE
    sheet = [bytearray(width + width % 2) for _ in range(height)]
    for place, digit in enumerate(digits):
        left, top = PITCH * (place % columns), PITCH * (place // columns)
        for y in range(SIDE):
            line = digit[SIDE * y : SIDE * y + SIDE]
            sheet[top + y][left : left + SIDE] = bytes(ord(letter) - ord("a") for letter in line)
    data = b"".join(
        b"\0" + bytes(row[x] << 4 | row[x + 1] for x in range(0, len(row), 2)) for row in sheet
    )
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)),
        (b"PLTE", bytes(3 * (FULL + 1))),
        (b"tRNS", bytes(255 * level // FULL for level in range(FULL + 1))),
        (b"IDAT", zlib.compress(data, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
