"""The first page's pictures: every family has a sample."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

from fieldguide.drawings import home_figures, sprite
from fieldguide.source import yaml_document
from support.models import DIGITS, LAB


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
            assert "data:image/png" in sample


def test_without_samples_each_family_still_has_its_place(tmp_path: Path) -> None:
    made = home_figures.drawings(tmp_path, LAB)
    assert set(made) == {"made-hero"} | {f"made-home-{key}" for key in DIGITS}
    for html in made.values():
        ElementTree.fromstring(html)
        assert " style=" not in html
