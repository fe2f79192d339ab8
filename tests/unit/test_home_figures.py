"""The first page's pictures: the dots hold a digit's ink, and every family has a sample."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fieldguide.drawings import halftone, home_figures, sprite
from fieldguide.model.lab_results import samples
from fieldguide.source import yaml_document
from support.models import DIGITS, LAB

FULL, BLANK = "q" * 64, "a" * 64


def printed(svg: str) -> float:
    """Return the area of all dots of a picture."""
    total = 0.0
    for path in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}path"):
        dots = len(re.findall(r"M[\d.]+ [\d.]+h0", path.get("d", "")))
        total += dots * math.pi * (float(path.get("stroke-width", "0")) / 2) ** 2
    return total


def test_the_area_of_the_dots_follows_the_ink(root: Path) -> None:
    full = printed(halftone.picture("p", "full", [FULL], 1))
    assert full == pytest.approx(halftone.FINE**2 * math.pi * 0.575**2)
    assert printed(halftone.picture("p", "blank", [BLANK], 1)) == 0
    for digit in samples(root)["gan"][:10]:
        ink = sum(ord(letter) - ord("a") for letter in digit) / (16 * 64)
        share = printed(halftone.picture("p", "one", [digit], 1)) / full
        assert share == pytest.approx(ink, abs=0.04)


def test_a_corner_stays_in_its_corner() -> None:
    finer = halftone.finer("q" + "a" * 63)
    assert finer[0][0] == 1
    assert max(max(row[6:]) for row in finer) == 0


def test_the_script_sets_digits_as_the_picture_does(root: Path) -> None:
    script = (root / "docs/assets/javascripts/pictures/hero.js").read_text(encoding="utf-8")
    assert f"[SIDE, PITCH] = [{sprite.SIDE}, {sprite.PITCH}]" in script


def test_each_family_shows_what_its_own_model_made(root: Path) -> None:
    made = home_figures.drawings(root, LAB)
    writers = {each.family: each for each in LAB.language.values() if each.at_home}
    assert writers
    written = json.loads((root / "docs/lab/text/results.json").read_text(encoding="utf-8"))
    for family in yaml_document.read(root, "docs/data/guide.yml").value["families"]:
        sample = made[f"made-home-{family['id']}"]
        if writer := writers.get(family["id"]):
            assert written["models"][writer.samples]["samples"][0]["text"] in sample
        else:
            assert (
                "data:image/png" in sample
                or printed(sample.split(">", 1)[1].rsplit("<", 1)[0]) > 50
            )


def test_without_samples_each_family_still_has_its_place(tmp_path: Path) -> None:
    made = home_figures.drawings(tmp_path, LAB)
    assert set(made) == {"made-hero"} | {f"made-home-{key}" for key in DIGITS}
    for html in made.values():
        ElementTree.fromstring(html)
        assert " style=" not in html
