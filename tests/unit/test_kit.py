"""The teacher's kits: what is in them, and that it stands alone."""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fieldguide import check
from fieldguide.addresses import course_files, permalinks
from fieldguide.addresses.permalinks import Links
from fieldguide.courses import teaching_kit, widget_states
from fieldguide.files import deterministic_zip, svg_to_png
from fieldguide.model.lab import Digits, Language
from fieldguide.model.site import Site
from support import cartridges
from support.models import DIGITS, LAB, LANGUAGE

URL = "https://example.org/guide/"


def site_and_links(root: Path, url: str) -> tuple[Site, Links]:
    """Return the real site, checked, and its addresses."""
    site, faults = check.check(root)
    assert site, faults
    site = replace(site, site_url=url)
    return site, permalinks.links(site, name="Generative AI Field Guide", edition="2026-11-22")


@pytest.fixture(scope="module")
def kits(root: Path) -> dict[str, dict[str, bytes]]:
    """The files of each kit, for a public address."""
    site, links = site_and_links(root, URL)
    found = teaching_kit.files(site, links, root / ".cache")
    return {path: cartridges.entries(packed) for path, packed in found.items()}


def test_each_family_has_one(root: Path, kits: dict[str, dict[str, bytes]]) -> None:
    site, _ = site_and_links(root, URL)
    pages = [site.pages[family.page] for family in site.guide.families]
    assert sorted(kits) == sorted(course_files.teaching_kit(page.headings[0].id) for page in pages)
    for files in kits.values():
        assert {"README.txt", "license.txt", "formulas.tex", "questions.html"} <= set(files)
        assert any(name.endswith(".svg") for name in files)
        assert b"CC BY 4.0" in files["license.txt"] and URL.encode() in files["license.txt"]


def test_drawings_stand_alone(kits: dict[str, dict[str, bytes]]) -> None:
    for files in kits.values():
        for name in files:
            if not name.endswith(".svg"):
                continue
            text = files[name].decode()
            root = ElementTree.fromstring(text)
            assert float(root.attrib["width"]) > 0
            assert "var(" not in text and "http" not in text.replace("http://www.w3.org/", "")
            style = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)[0]
            for one in set(re.findall(r'class="([^"]*)"', text)) - {"diagram"}:
                for each in one.split():
                    assert f".{each}" in style, f"{name}: {each} has no rule"
            png = files[name.replace(".svg", ".png")]
            assert png.startswith(b"\x89PNG")
            width, height = struct.unpack(">II", png[16:24])
            shown = float(root.attrib["height"]) / float(root.attrib["width"])
            assert width == svg_to_png.PIXELS and abs(height / width - shown) < 0.01


def test_formulas_are_tex(root: Path, kits: dict[str, dict[str, bytes]]) -> None:
    site, _ = site_and_links(root, URL)
    for family in site.guide.families:
        page = site.pages[family.page]
        text = kits[course_files.teaching_kit(page.headings[0].id)]["formulas.tex"].decode()
        assert text.count(r"\[") == len(re.findall(r"^/// formula", page.text, re.MULTILINE))
        body = re.sub(r"\\[\\{}]", "", text)
        assert body.count("{") == body.count("}")
        assert len(re.findall(r"(?<!\\)\$", body)) % 2 == 0
        assert "[=" not in text and "](" not in text and "**" not in text
        for begin in re.findall(r"\\begin{(\w+\*?)}", text):
            assert text.count(rf"\begin{{{begin}}}") == text.count(rf"\end{{{begin}}}")


class Words(HTMLParser):
    """The words of a page, its links, and elements that are not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember what opens."""
        self.links += [value for name, value in attrs if name == "href" and value]
        if tag not in ("meta", "br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Compare what closes."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.text += data


def test_the_sheet_has_each_question_twice(root: Path, kits: dict[str, dict[str, bytes]]) -> None:
    site, _ = site_and_links(root, URL)
    for family in site.guide.families:
        page = site.pages[family.page]
        sheet = Words()
        sheet.feed(kits[course_files.teaching_kit(page.headings[0].id)]["questions.html"].decode())
        assert sheet.open == []
        asked = page.questions
        right = sum(answer.right for question in asked for answer in question.answers)
        assert sheet.text.count("Right.") == right
        assert f"{len(asked)}. " in sheet.text
        assert all(link.startswith("https://") for link in sheet.links)
        for left in ("$", "[@", "](", "{guide-address}"):
            assert left not in sheet.text


def test_without_an_address_no_link_is_broken(root: Path) -> None:
    site, links = site_and_links(root, "")
    for packed in teaching_kit.files(site, links, root / ".cache").values():
        for name, content in cartridges.entries(packed).items():
            if name.endswith(".html"):
                words = Words()
                words.feed(content.decode())
                assert all(link.startswith("https://") for link in words.links), name


@pytest.mark.parametrize("model", [each for each in DIGITS.values() if each.states])
def test_the_states_of_the_lab_are_settings_that_it_has(root: Path, model: Digits) -> None:
    lab, room = (root / "docs/assets/javascripts" / name for name in ("lab", "pictures"))
    files = [lab / f"{name}.js" for name in ("host", "panel")]
    files += [room / f"{name}.js" for name in (*model.scripts, model.family)]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    for state in model.states:
        for key, value in state.set.items():
            if key == "tab":
                tab = rf'(?:^\s+|{{ |, ){value}: \[\s*"'
                assert re.search(tab, text, re.MULTILINE), (state, value)
            else:
                assert re.search(rf'["`]{key.rstrip("12")}["`$]', text), (state, key)


@pytest.mark.parametrize("widget", [each for each in LANGUAGE.values() if each.states])
def test_the_states_of_the_language_models_are_settings_that_they_have(
    root: Path, widget: Language
) -> None:
    folder = root / "docs/assets/javascripts/text"
    script = "".join((folder / f"{part}.js").read_text("utf-8") for part in widget.scripts)
    for state in widget.states:
        for key, value in state.set.items():
            pattern = rf'\b{value}: \[\s*"' if key == "tab" else rf'(ui\.get\(|key: )\s*"{key}"'
            assert re.search(pattern, script), (state, key)


def test_a_kit_links_a_collapse_and_a_race(root: Path) -> None:
    site, links = site_and_links(root, "https://example.org/guide/")
    page = site.pages["models/gans.md"]
    listed = widget_states.page(LAB, "gan", page, links)
    assert '"https://example.org/guide/s/gan-watch.html?watch-game=collapse"' in listed
    assert '"https://example.org/guide/s/arena.html?arena-data=ring"' in listed
    assert "arena" not in widget_states.page(LAB, "rnn", site.pages["models/rnns.md"], links)
    listed = widget_states.page(LAB, "gan", page, site_and_links(root, "")[1])
    assert "models/gans.html?watch-game=collapse#gan-watch" in listed


def test_equal_content_gives_equal_bytes() -> None:
    files = {"b.txt": b"b", "a.txt": "ä".encode()}
    assert deterministic_zip.packed(files, "2026-11-22") == deterministic_zip.packed(
        files, "2026-11-22"
    )
    assert list(cartridges.entries(deterministic_zip.packed(files, "2026-11-22"))) == [
        "b.txt",
        "a.txt",
    ]
