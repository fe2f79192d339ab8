"""The search index: what is taken out, what is put in, and that nothing else changes."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fieldguide.model.records import Guide, OtherWords, Term
from fieldguide.model.site import Site
from fieldguide.search import index as search_index
from fieldguide.search import misspellings, other_words, readable
from fieldguide.search import words as search_words
from fieldguide.source import pages
from fieldguide.source.pages import Page

ROOT = Path(__file__).resolve().parents[2]
GANS = (
    "# Adversarial networks { #gan }\n\n## The idea { #gan-idea }\n\n## Sources { #gan-sources }\n"
)


def page(path: str, body: str) -> Page:
    return pages.parse(path, f"---\ntitle: A page\n---\n\n{body}")


def site(**other: Any) -> Site:
    terms = {
        "mode-collapse": Term(
            "mode-collapse",
            "mode collapse",
            "A failure of <some> GANs.",
            ("mode dropping",),
            "models/gans.md#gan-idea",
        )
    }
    source = {
        "title": "Generative Adversarial Nets",
        "author": [{"family": "Goodfellow"}, {"family": "Bengio"}],
        "issued": {"date-parts": [[2014]]},
    }
    guide = Guide([], [], [], [], [], terms, {"goodfellow2014gan": source})
    read = [page("models/gans.md", GANS), page("learn/glossary.md", "# Glossary { #glossary }\n")]
    return Site(Path(), guide, {one.path: one for one in read}, {}, {}, **other)


def entry(location: str, title: str, text: str = "") -> search_index.Entry:
    return {"location": location, "title": title, "text": text}


INDEX = {
    "config": {"lang": ["en"], "separator": "[\\s]+", "pipeline": [], "fields": {}},
    "docs": [
        entry("models/gans.html", "Adversarial networks", "<p>About networks.</p>"),
        entry("models/gans.html#gan-idea", "The idea", "<p>Two play.</p>"),
        entry("models/gans.html#gan-check", "Check yourself", "<p>Which?</p>"),
        entry("models/gans.html#gan-sources", "Sources", "<ul><li>Goodfellow</li></ul>"),
        entry("learn/glossary.html", "Glossary", "<p>One sentence each.</p>"),
        entry("learn/glossary.html#glossary-m", "M", "mode collapse A failure"),
    ],
}


def prepared(**other: Any) -> dict[str, search_index.Entry]:
    index = search_index.prepared(deepcopy(INDEX), site(**other))
    return {one["location"]: one for one in index["docs"]}


def test_what_repeats_other_sections_is_left_out() -> None:
    assert list(prepared()) == [
        "models/gans.html",
        "models/gans.html#gan-idea",
        "learn/glossary.html",
        "learn/glossary.html#term-mode-collapse",
        "learn/sources.html#src-goodfellow2014gan",
    ]


def test_what_is_shown_stays_as_it_is() -> None:
    before = {one["location"]: one for one in INDEX["docs"]}
    for location, one in prepared().items():
        if location in before:
            assert one["title"] == before[location]["title"]
            assert one["text"] == before[location]["text"]


def test_terms_and_sources_are_entries() -> None:
    found = prepared()
    term = found["learn/glossary.html#term-mode-collapse"]
    assert term["title"] == "mode collapse"
    assert term["text"] == "<p>A failure of &lt;some&gt; GANs.</p>"
    assert term["also"] == "modes dropping"
    source = found["learn/sources.html#src-goodfellow2014gan"]
    assert source["text"] == "<p>Goodfellow and Bengio 2014</p>"
    assert source["boost"] < term["boost"] < found["models/gans.html#gan-idea"]["boost"]


def test_synonyms_stand_with_the_section_in_a_field_of_their_own() -> None:
    words = OtherWords({"models/gans.md#gan": ["forger"], "models/gans.md#gan-idea": ["the game"]})
    found = prepared(other_words=words)
    assert found["models/gans.html"]["also"] == "forgers"
    assert found["models/gans.html#gan-idea"]["also"] == "games"
    assert "the" not in found["models/gans.html#gan-idea"]["also"].split()


def test_one_family_against_another_is_a_name_on_its_page_and_on_the_comparison() -> None:
    family = SimpleNamespace(
        page="models/gans.md", name="generative adversarial network", short="GAN"
    )
    words = OtherWords(
        {"models/gans.md#gan": ["stylegan", "two words"]}, comparison="learn/glossary.md#glossary"
    )
    made = site(other_words=words)
    made.guide.families.append(cast(Any, family))
    found = other_words.compared(made)
    assert found["models/gans.md#gan"] == [
        *("adversarial-versus", "gan-versus", "gans-versus"),
        *("stylegan-versus", "stylegans-versus"),
    ]
    assert found["learn/glossary.md#glossary"] == found["models/gans.md#gan"]


def test_drawings_cards_and_live_models_are_no_text() -> None:
    html = (
        '<h1 id="a">A</h1><svg><title>drawn</title></svg><section class="card">fact</section>'
        "<guide-lab><p>still</p></guide-lab><p>Text.</p>"
        "<table><tr><td>one</td><td>two</td></tr></table>"
    )
    found = readable.prose(html)
    assert found.startswith('<h1 id="a">A</h1><p>Text.</p>') and "one;</td><td>two<" in found


def test_a_section_knows_its_page_and_its_terms() -> None:
    about = prepared()["models/gans.html#gan-idea"]["about"].split()
    assert about == ["adversarial", "networks", "modes", "collapses", "dropping"]


def test_misspellings_stand_where_the_word_is_in_the_title() -> None:
    found = prepared(other_words=OtherWords(misspelled=["adversarial"]))
    wrong = found["models/gans.html"]["misspelled"].split()
    assert {"adverserial", "advesarial", "advresarial"} <= set(wrong)
    assert [place for place in found if "misspelled" in found[place]] == ["models/gans.html"]


def test_an_unused_word_is_misspelled_nowhere() -> None:
    found = prepared(other_words=OtherWords(misspelled=["zebra"]))
    assert not any("misspelled" in one for one in found.values())


def test_the_input_is_left_alone() -> None:
    before = deepcopy(INDEX)
    search_index.prepared(before, site())
    assert before == INDEX


def test_facts_about_a_page_are_no_part_of_its_text() -> None:
    text = (
        "<p>9 min · Core · checked 2026-11-22 · after This</p> After this page you can "
        "<ul> <li>Explain</li> </ul> <p>The text.</p> <ul><li>Kept</li></ul>"
    )
    assert search_index.cleaned(entry("a.html", "A", text))["text"] == (
        "<p>The text.</p> <ul><li>Kept</li></ul>"
    )
    plain = "<p>In 9 min · so to speak</p>"
    assert search_index.cleaned(entry("a.html", "A", plain))["text"] == plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what", []),
        ("What?", []),
        ("GAN?", ["GAN"]),
        ("whatever", ["whatever"]),
        ("text-to-image", ["text", "to", "image"]),
        ("The model (a GAN), says he.", ["The", "model", "a", "GAN", "says", "he"]),
        ('A "deep" fake: one/two', ["A", "deep", "fake", "one", "two"]),
        ("GPT-4.5 has 3.5", ["GPT", "4.5", "has", "3.5"]),
    ],
)
def test_how_words_are_parted(text: str, words: list[str]) -> None:
    separator = search_index.configured({})["separator"]
    assert list(filter(None, re.split(separator, text))) == words


def test_the_separator_is_one_that_every_browser_reads() -> None:
    separator = search_index.configured({})["separator"]
    assert "(?<" not in separator  # older browsers know no lookbehind
    assert re.compile(separator).groups == 0  # the theme counts the groups of its own


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("token", ["tokens"]),
        ("tokens", ["tokens"]),
        ("bias", ["bias"]),
        ("loss", ["losses"]),
        ("company", ["companies", "company"]),
        ("studies", ["studies", "study"]),
        ("key", ["keys", "key"]),
        ("normalize", ["normalizes", "normalises"]),
        ("pre-training", ["pre-training", "pretraining"]),
        ("gpt-4", ["gpt-4", "gpt4"]),
        ("ai", ["ai"]),
    ],
)
def test_forms(word: str, forms: list[str]) -> None:
    assert search_words.forms(word) == forms


def test_a_misspelling_is_no_other_word() -> None:
    assert "bas" in misspellings.of("bias", set())
    assert "bas" not in misspellings.of("bias", {"bas"})
    assert "basi" not in misspellings.of("basis", {"basi"})
    wrong = misspellings.of("diffusion", {"diffusion", "diff", "dif"})
    assert {"difusion", "diffussion", "diffusoin", "deffusion"} <= set(wrong)
    assert len(wrong) == len(set(wrong)) < 60
    assert all(word[0] == "d" for word in wrong)


def write(folder: Path, text: str) -> str:
    (folder / "search").mkdir()
    (folder / "search/search_index.json").write_text(text, encoding="utf-8")
    search_index.write(folder, site())
    return (folder / "search/search_index.json").read_text(encoding="utf-8")


def test_script_and_json_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "search").mkdir()
    script = tmp_path / "search/search_index.js"
    script.write_text("old", encoding="utf-8")
    (tmp_path / "search/search_index.json").write_text(json.dumps(INDEX), encoding="utf-8")
    search_index.write(tmp_path, site())
    text = (tmp_path / "search/search_index.json").read_text(encoding="utf-8")
    assert script.read_text(encoding="utf-8") == f"var __index = {text}"
    assert json.loads(text)["config"]["fields"]["title"]["boost"] == other_words.FIELDS["title"]


def test_a_site_may_be_without_script_or_without_search(tmp_path: Path) -> None:
    search_index.write(tmp_path, site())
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "search").mkdir()
    (tmp_path / "search/search_index.json").write_text(json.dumps(INDEX), encoding="utf-8")
    search_index.write(tmp_path, site())
    assert [file.name for file in (tmp_path / "search").iterdir()] == ["search_index.json"]
