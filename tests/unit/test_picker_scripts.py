"""What the picker's scripts make of selections that nobody would pick by hand."""

from __future__ import annotations

import json
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fieldguide.courses import cartridge, qti, quiz
from fieldguide.courses.inline_markdown import BASE
from fieldguide.files import deterministic_zip
from selectolax.lexbor import LexborHTMLParser
from support import cartridges

URL = "https://guide.example/"
COUNT = 2000
TITLES = ('I <3 GANs & "VAEs"', "It's 😀", "\u05de\u05d5\u05d3\u05dc\u05d9\u05dd <b>", "a &lt; b")
KIT = {
    "name": "The Guide",
    "version": "2026-11-27",
    "site": URL,
    "base": BASE,
    "levels": {},
    "pages": [["models/a.html", "Chapter & <one>", "Models", "intro", []]],
    "sections": [
        [f"s-{n}", TITLES[n % len(TITLES)], 2, 0, 1, "Of it.", [n] if n < 4 else []]
        for n in range(COUNT)
    ],
    "retired": {"s-old": ["s-1"]},
    "paths": [],
    "about": ["s-0", cartridge.ABOUT],
    "check": cartridge.CHECK,
    "templates": cartridge.TEMPLATES,
}
RUN = """
const fs = require("node:fs");
globalThis.window = globalThis;
const [kit, asked, name, items, ...scripts] = process.argv.slice(1);
for (const script of scripts) require("node:vm").runInThisContext(fs.readFileSync(script, "utf8"));
const given = fieldguidePicked.read(JSON.parse(fs.readFileSync(kit, "utf8")));
const found = fieldguidePicked.resolve(given, fs.readFileSync(asked, "utf8"));
const made = fieldguidePackaging.cartridge(given, found.ids, name, given.site, JSON.parse(items));
console.log(JSON.stringify({ ...found, made }));
"""


def picked(root: Path, place: Path, asked: str, name: str, items: list[str]) -> dict[str, Any]:
    """Return ids, notes and the files of the cartridge for a selection."""
    node = shutil.which("node")
    if not node:
        pytest.skip("no Node.js on this machine (Debian: apt-get install nodejs)")
    (place / "kit.json").write_text(json.dumps(KIT), encoding="utf-8")
    (place / "asked").write_text(asked, encoding="utf-8")
    folder = root / "docs/assets/javascripts"
    scripts = [folder / "picked.js", folder / "picker-packages.js"]
    given = [place / "kit.json", place / "asked", name, json.dumps(items), *scripts]
    done = subprocess.run([node, "-e", RUN, *given], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def packed(found: dict[str, Any]) -> bytes:
    """Return the files of a cartridge as one."""
    files = {name: text.encode() for name, text in found["made"].items()}
    return deterministic_zip.packed(files, "2026-11-27")


def odd() -> quiz.QuizQuestion:
    """Return a question whose words look like markup."""
    texts = ("<b>", "&lt;", r"\(a\lt b\) & <i>", "</p><!-- ?>")
    options = tuple(
        quiz.Option(text, escape(text), number == 1, escape(text))
        for number, text in enumerate(texts)
    )
    text = f"<p>Is {escape(texts[0])} a tag?</p>"
    return quiz.QuizQuestion(
        "q-odd", "Odd", text, "Is <b> a tag?", options, False, "s-1", "One", "one", "a.md", 1
    )


def test_two_thousand_sections_and_repeats_of_each(root: Path, tmp_path: Path) -> None:
    names = [f"s-{n}" for n in range(COUNT)]
    found = picked(root, tmp_path, ",".join([*names, "s-old", *reversed(names)]), TITLES[0], [])
    assert found["ids"] == names
    assert found["notes"] == [
        "“s-old” is called “s-1” now.",
        f"{COUNT + 1} entries repeat another and are kept once.",
    ]
    root_of = ElementTree.fromstring(found["made"]["imsmanifest.xml"])
    ids = [each.attrib["identifier"] for each in root_of.iter() if "identifier" in each.attrib]
    assert len(ids) == len(set(ids)) == 2 * COUNT + 4
    titles = [each.text for each in root_of.iterfind(".//cp:item/cp:title", cartridges.SPACES)]
    assert titles == [TITLES[0], *(f"Chapter & <one>: {TITLES[n % 4]}" for n in range(COUNT))]


def test_a_selection_of_nothing(root: Path, tmp_path: Path) -> None:
    found = picked(root, tmp_path, " , ,", "Nothing", [])
    assert (found["ids"], found["notes"]) == ([], ["The address holds an empty selection."])
    ((title, items),) = cartridges.modules(packed(found))
    assert title == "Nothing" and items == [(cartridge.ABOUT, f"{URL}s/s-0.html")]
    assert cartridges.problems(packed(found)) == []


@pytest.mark.parametrize("times", [0, 1, 2])
def test_words_that_look_like_markup_stay_words(root: Path, tmp_path: Path, times: int) -> None:
    """Moodle decodes what it reads in a cartridge once more than it was written."""
    found = picked(root, tmp_path, "s-1,s-2", TITLES[2], [qti.item(odd())])
    assert cartridges.problems(packed(found)) == []
    (asked,) = cartridges.asked(packed(found))
    shown = [asked.text, *asked.options.values(), asked.feedback]
    for _ in range(times):
        shown = [unescape(text) for text in shown]
    words = [LexborHTMLParser(text).body.text().replace("\u2060", "") for text in shown]  # type: ignore[union-attr]
    assert words[0] == "Is <b> a tag?"
    assert words[1:5] == [option.plain for option in odd().options]
    assert all(option.plain in words[5] for option in odd().options)
