"""Brotli and gzip files beside the text files, for hosts that serve what is compressed already.

Made for a release only: an ordinary build stays fast. Equal texts give equal bytes.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli

# Formats that carry their own compression (woff2, zip, objects.inv) would only grow.
TEXT = {".bib", ".css", ".csv", ".html", ".js", ".json", ".md", ".py", ".svg", ".txt", ".xml"}
TEXT |= {".yml", ".ipynb"}
SMALLEST = 1024  # bytes; what fits into one packet arrives no sooner when compressed


def write(site_dir: Path) -> int:
    """Write `name.br` and `name.gz` beside each text file that gets smaller; return how many."""
    written = 0
    for file in sorted(path for path in site_dir.rglob("*") if path.suffix in TEXT):
        if not file.is_file() or file.stat().st_size < SMALLEST:
            continue
        content = file.read_bytes()
        for ending, packed in (("br", brotlied(content)), ("gz", gzipped(content))):
            if len(packed) < len(content):
                file.with_name(f"{file.name}.{ending}").write_bytes(packed)
                written += 1
    return written


def gzipped(content: bytes) -> bytes:
    """Return the gzip form, which carries neither a name nor a time."""
    return gzip.compress(content, 9, mtime=0)


def brotlied(content: bytes) -> bytes:
    """Return the Brotli form."""
    packed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=11)
    return packed
