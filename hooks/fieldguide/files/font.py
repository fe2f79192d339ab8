"""The math font: STIX Two Math from a pinned package, cut down to the glyphs in use."""

from __future__ import annotations

import hashlib
import io
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fieldguide.files import cache as files_cache
from fieldguide.source.formulas import STYLESHEET

FOLDER = "assets/math"
FONT = f"{FOLDER}/stix-two-math.woff2"
CSS = """\
@font-face {
  font-family: "STIX Two Math";
  src: url("stix-two-math.woff2") format("woff2");
  font-display: swap;
}
"""
# Letters and digits are always there, so that a small change of a page does not change the font.
ALWAYS = "".join(map(chr, range(0x20, 0x7F)))


def write(site_dir: Path, characters: set[str], cache: Path) -> None:
    """Write font and style sheet into the site; the cut font is kept under `cache`.

    Pages without formulas load neither; a site without formulas has neither.
    """
    if not characters:
        return
    font = cut("".join(sorted({*ALWAYS, *characters})), cache)
    (site_dir / FOLDER).mkdir(parents=True, exist_ok=True)
    (site_dir / FONT).write_bytes(font)
    (site_dir / STYLESHEET).write_text(CSS, encoding="utf-8")


def cut(text: str, cache: Path) -> bytes:
    """Return a font with the glyphs of `text` and their math variants."""
    packages = " ".join(f"{name} {version(name)}" for name in ("ziamath", "fonttools", "brotli"))
    key = hashlib.sha256(f"{packages}\n{text}".encode()).hexdigest()[:16]
    return files_cache.kept(cache / f"stix-two-math-{key}", lambda: _cut(text))


def _cut(text: str) -> bytes:
    from fontTools import subset  # here, since most builds find the font cut already
    from fontTools.ttLib import TTFont

    source = (package_folder("ziamath") / "fonts/STIXTwoMath-Regular.ttf").read_bytes()
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    options = subset.Options(layout_features=["*"], flavor="woff2", hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    font.flavor = "woff2"
    packed = io.BytesIO()
    font.save(packed)
    return packed.getvalue()


def package_folder(name: str) -> Path:
    """Return where a package is installed, without running its code."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"the package {name} is not installed")
    return Path(spec.submodule_search_locations[0])
