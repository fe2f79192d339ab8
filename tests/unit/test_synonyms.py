"""The list of other words: a faulty one gives lines, and no word in it is without effect."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fieldguide.check import check
from fieldguide.model.records import OtherWords
from fieldguide.search import other_words
from fieldguide.search import words as search_words
from fieldguide.source import pages
from support import tiny

ROOT = Path(__file__).resolve().parents[2]
VALID = """\
misspelled:
  - adversarial
synonyms:
  - section: models/gans.md#gan
    words: [forger]
  - section: models/gans.md#gan-idea
    words: [game]
"""


PAGE = "---\ntitle: A page\n---\n\n# Adversarial networks { #gan }\n\n## The idea { #gan-idea }\n"


def load(folder: Path, text: str) -> list[str]:
    """Return the faults of a synonyms.yml on a site with one page."""
    (folder / "docs/data").mkdir(parents=True)
    shutil.copy(ROOT / other_words.SCHEMA, folder / other_words.SCHEMA)
    (folder / other_words.FILE).write_text(text, encoding="utf-8")
    _, faults = other_words.load(folder, {"models/gans.md": pages.parse("models/gans.md", PAGE)})
    return list(map(str, faults))


def test_a_valid_list_has_no_faults(tmp_path: Path) -> None:
    assert load(tmp_path, VALID) == []


def test_a_comparison_that_is_nowhere_is_a_fault(tmp_path: Path) -> None:
    (fault,) = load(tmp_path, "comparison: models/gans.md#gan-ida\n" + VALID)
    assert fault.startswith("docs/data/synonyms.yml:1: comparison: unknown section 'gan-ida'")


def test_a_site_needs_no_list(tmp_path: Path) -> None:
    assert other_words.load(tmp_path, {}) == (OtherWords(), [])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "gan-idea",
            "gan-ida",
            "docs/data/synonyms.yml:6: synonyms.1.section: unknown section 'gan-ida' of "
            "models/gans.md; did you mean 'gan-idea'?",
        ),
        (
            "models/gans.md#gan-idea",
            "models/gan.md#gan",
            "docs/data/synonyms.yml:6: synonyms.1.section: unknown page 'models/gan.md'; "
            "did you mean 'models/gans.md'?",
        ),
        (
            "#gan-idea",
            "#gan",
            "docs/data/synonyms.yml:6: synonyms.1.section: 'models/gans.md#gan' has an entry "
            "already; write all its words there",
        ),
        (
            "words: [game]",
            "word: [game]",
            "docs/data/synonyms.yml:6: synonyms.1: the field 'words' is missing",
        ),
        (
            "words: [game]",
            "words: []",
            "docs/data/synonyms.yml:7: synonyms.1.words: the list has 0 entries; at least 1 are "
            "needed",
        ),
        (
            "[game]",
            "['<b>game</b>']",
            "docs/data/synonyms.yml:7: synonyms.1.words.0: HTML is not allowed in data; write "
            "plain text",
        ),
        (
            "- adversarial",
            "- Adversarial",
            "docs/data/synonyms.yml:2: misspelled.0: 'Adversarial' does not have the right form; "
            "allowed: One lowercase word, such as diffusion.",
        ),
    ],
)
def test_faults_of_the_list(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert VALID.count(old) == 1
    assert fault in load(tmp_path, VALID.replace(old, new))


def test_the_list_is_checked_before_a_build(tmp_path: Path) -> None:
    root = tiny.make(tmp_path)
    (root / other_words.FILE).write_text(VALID.replace("#gan-idea", "#no-such"), encoding="utf-8")
    found, faults = check(root)
    assert found is None
    assert ["docs/data/synonyms.yml"] == [fault.path for fault in faults]


def test_every_misspelled_word_is_used(root: Path) -> None:
    """A word that no section is called by would be a line without effect."""
    found, faults = check(root)
    assert found, faults
    spoken = [heading.title for one in found.pages.values() for heading in one.headings]
    spoken += [word for words in found.other_words.sections.values() for word in words]
    spoken += [word for words in other_words.names(found).values() for word in words]
    known = {
        form
        for word in search_words.split(" ".join(spoken))
        for form in (word, *search_words.forms(word))
    }
    unused = [
        word
        for word in found.other_words.misspelled
        if known.isdisjoint({word, *search_words.forms(word)})
    ]
    assert unused == []
