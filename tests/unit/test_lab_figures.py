"""The static pictures of the lab, and the one script that each page with a model gets."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fieldguide.drawings import sprite, widget_figures
from fieldguide.html import assets, parts
from fieldguide.model import lab_files, lab_results
from PIL import Image
from support.models import DIGITS, LAB


def test_a_picture_of_nothing_is_still_a_picture() -> None:
    ElementTree.fromstring(sprite.picture("p", "a < b & c", [], 10))


def test_without_samples_each_model_has_its_place(tmp_path: Path) -> None:
    drawings = widget_figures.drawings(tmp_path, LAB)
    assert set(drawings) == {f"made-lab-{key}" for key in DIGITS}
    for html in drawings.values():
        ElementTree.fromstring(html)
        assert " style=" not in html and " onclick" not in html


def test_real_digits_go_where_they_are_needed(tmp_path: Path) -> None:
    blank, full = "a" * 784, "h" * 784
    path = tmp_path / lab_results.SAMPLES
    path.parent.mkdir(parents=True)
    found = {"gan": [full] * 20, "vae": [full] * 20, "diffusion": [full], "real": [blank] * 20}
    path.write_text(json.dumps(found))
    assert [
        widget_figures.live(tmp_path, DIGITS[key]).count(blank) for key in ("gan", "vae", "hybrid")
    ] == [20, 10, 0]
    assert "20 digits made by a GAN" in widget_figures.live(tmp_path, DIGITS["gan"])


def test_a_sheet_is_shown_whole_or_named(tmp_path: Path, root: Path) -> None:
    folder = tmp_path / lab_files.SHEETS
    folder.mkdir(parents=True)
    whole = (root / lab_files.SHEETS / "gan.png").read_bytes()
    for name, content in (("gan", whole), ("vae", whole[:900]), ("flow", b""), ("rnn", b"<svg/>")):
        (folder / f"{name}.png").write_bytes(content)
    faults = [fault.path for fault in lab_files.check(tmp_path)]
    assert faults == [f"{lab_files.SHEETS}/{name}.png" for name in ("flow", "rnn", "vae")]
    drawn = widget_figures.drawings(tmp_path, LAB)
    assert [name for name in drawn if "hundred" in name] == ["made-hundred-gan"]
    held = re.search('base64,([^"]+)', drawn["made-hundred-gan"])
    assert held and base64.b64decode(held[1]) == whole


def test_only_pages_with_a_model_get_its_script(tmp_path: Path) -> None:
    assert parts.found("<p>text</p>", LAB) == []
    sheet = parts.found('<svg class="lab-sheet"></svg>', LAB)
    assert parts.loaded(sheet, "styles") == ["assets/stylesheets/lab.css"]
    assert parts.loaded(sheet, "early") == []
    live = parts.found(widget_figures.live(tmp_path, DIGITS["gan"]), LAB)
    assert parts.loaded(live, "early") == [f"{parts.PICTURES}/gan.js"]


def test_each_bundle_is_a_script_that_node_reads(root: Path, tmp_path: Path) -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("no Node.js on this machine")
    published = assets.published(root / "docs", parts.bundles(LAB))
    for key in DIGITS:
        script = published[parts.own(DIGITS[key])].decode()
        assert f".widgets.{key}=" in script and "@param" not in script
        for forbidden in ("innerHTML", "eval(", "new Function", "document.write", "fetch("):
            assert forbidden not in script, forbidden
        (tmp_path / f"{key}.js").write_text(script, encoding="utf-8")
        subprocess.run([node, "--check", tmp_path / f"{key}.js"], check=True)


def test_every_script_of_the_lab_is_in_a_bundle(root: Path) -> None:
    there = {
        file.relative_to(root / "docs").as_posix()
        for room in (parts.LAB, parts.PICTURES)
        for file in (root / "docs" / room).glob("*.js")
    }
    rooms = (f"{parts.LAB}/", f"{parts.PICTURES}/")
    assert there == {
        part for made in parts.bundles(LAB).values() for part in made if part.startswith(rooms)
    }


def test_a_fine_picture_holds_every_pixel_at_its_strength() -> None:
    """Read back by another implementation: paper is clear, ink black, and nothing is smoothed."""
    digits = [
        "".join("abcdefgh"[(x + y + n) % 8] for y in range(28) for x in range(28)) for n in range(3)
    ]
    svg = sprite.picture("p", "three", digits, columns=2)
    ElementTree.fromstring(svg)
    data = re.search(r"base64,([A-Za-z0-9+/=]+)", svg)
    assert data and 'viewBox="0 0 59 59"' in svg and 'width="59" height="59"' in svg
    image = Image.open(io.BytesIO(base64.b64decode(data[1]))).convert("RGBA")
    assert image.size == (59, 59)
    for n, digit in enumerate(digits):
        left, top = 31 * (n % 2), 31 * (n // 2)
        for place, letter in enumerate(digit):
            pixel = image.getpixel((left + place % 28, top + place // 28))
            assert pixel == (0, 0, 0, 255 * "abcdefgh".index(letter) // 7)
    assert image.getpixel((29, 5))[3] == 0 and image.getpixel((40, 40))[3] == 0
