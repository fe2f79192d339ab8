"""However a word is written or comes into the search, it finds what it means."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support import searching
from support.searching import Search

pytestmark = pytest.mark.browser
PLAIN = "mode collapse"
HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2043\u2e3a\u301c"
AROUND = [
    *("()", "[]", "{}", "<>", "\u27e8\u27e9", "\uff08\uff09", "\u3010\u3011", "\u300c\u300d"),
    *(
        "\u2018\u2019",
        "\u201c\u201d",
        "\u201e\u201c",
        "\u00ab\u00bb",
        "\u2039\u203a",
        "\u275d\u275e",
        "''",
        '""',
        "``",
    ),
    *(
        "\u00bf?",
        "\u00a1!",
        "..",
        ",;",
        ":\u2026",
        "**",
        "__",
        "~~",
        "\u2014\u2014",
        "--",
        "\u2022.",
        "#|",
        "&@",
        "^^",
    ),
]
QUOTES = '"\u201c\u201e\u00ab\u300c'  # others end words too, such as apostrophes
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u2068"


@pytest.fixture(scope="module")
def search(browser: Browser, unpacked: Path) -> Iterator[Search]:
    """The search from a disk."""
    with searching.opened(browser, unpacked, unpacked.as_uri() + "/") as found:
        yield found


def first(search: Search, query: str) -> list[str]:
    """Return the places of the first three results."""
    return search.places(query, 3)


@pytest.mark.full
def test_marks_around_a_word_are_not_part_of_it(search: Search) -> None:
    """Words in quotes are wanted together, whichever the quotes."""
    wanted = {False: first(search, PLAIN)[0], True: first(search, f'"{PLAIN}"')[0]}
    for left, right in AROUND:
        one, other = PLAIN.split()
        assert first(search, f"{left}{PLAIN}{right}")[0] == wanted[left in QUOTES], left
        assert first(search, f"{left}{one}{right} {left}{other}{right}")[0] in wanted.values(), left


def test_every_dash_is_a_hyphen(search: Search) -> None:
    for name in ("GPT-3", "DALL-E", "U-Net"):
        wanted = first(search, name)
        assert wanted
        for dash in HYPHENS:
            assert first(search, name.replace("-", dash)) == wanted, (name, unicodedata.name(dash))


def test_what_is_not_seen_changes_nothing(search: Search) -> None:
    wanted = first(search, "transformer")
    for sign in UNSEEN:
        for query in (f"{sign}transformer{sign}", f"trans{sign}former"):
            assert first(search, query)[0] == wanted[0], f"U+{ord(sign):04X}"


def test_wide_letters_and_letters_with_marks(search: Search) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in "GPT-3")
    assert first(search, wide) == first(search, "GPT-3")
    assert first(search, "\uff2d\uff4f\uff44\uff45\u3000collapse") == first(search, PLAIN)
    wanted = first(search, "Fr\u00e9chet distance")
    assert "learn/glossary.md#term-fid" in wanted
    for query in ("frechet distance", "FRE\u0301CHET distance", "Fr\u00e8ch\u00ebt distance"):
        assert first(search, query) == wanted, query
    assert first(search, "g\u00e4n") == first(search, "gan")


@pytest.mark.parametrize(
    ("queries", "place"),
    [
        (("VAE/GAN", "(VAE/GAN)", "vae/gan", "VAE-GAN", "VAEGAN"), "models/hybrids.md#hybrid-idea"),
        (
            ("GPT-3", "GPT3", "gpt 3", "\u201cGPT\u20113\u201d"),
            "basics/foundation-models.md#foundation-terms",
        ),
        (("U-Net", "u net", "unet", "U/Net"), "learn/glossary.md#term-u-net"),
    ],
)
def test_a_name_finds_first_where_it_stands(
    search: Search, queries: tuple[str, ...], place: str
) -> None:
    for query in queries:
        assert place in search.places(query, 1), query


def test_a_name_of_two_parts_is_among_the_first(search: Search) -> None:
    for query in ("DALL-E", "DALL\u00b7E", "dall e", "DALL-E 2", "dall-e2", "dalle2"):
        assert "models/multimodal.md#multimodal-uses" in first(search, query), query


def test_a_word_alone_behind_a_dash_is_wanted(search: Search) -> None:
    assert first(search, "-gan") == first(search, "gan")
    assert first(search, "gan -objective")
    both = first(search, "+gan +loss")
    assert both and both != first(search, "gan")


def test_formulas_are_words_in_results(search: Search) -> None:
    for query, shown in (("alpha-bar", "alpha-bar"), ("square root of", "square root of (1")):
        texts = [text for links in search.results(query) for _, text in links]
        assert any(shown in text for text in texts), query


@pytest.mark.parametrize("kind", ["insertFromPaste", "insertReplacementText", "", "change"])
def test_text_without_a_key_is_looked_for(browser: Browser, unpacked: Path, kind: str) -> None:
    """A paste, a dictation and a filled-in field tell of themselves by an `input` event alone."""
    context = browser.new_context()
    page = context.new_page()
    page.goto((unpacked / "index.html").as_uri())
    page.evaluate("document.querySelector('#__search').click()")
    page.evaluate(
        """(kind) => {
            const box = document.querySelector("[data-md-component=search-query]");
            box.focus();
            box.value = "mode collapse";
            const event = kind === "change" ? new Event("change", { bubbles: true })
              : new InputEvent("input", { bubbles: true, inputType: kind });
            box.dispatchEvent(event);
        }""",
        kind,
    )
    expect(page.locator(".md-search-result__item a").first).to_be_visible(timeout=20_000)
    context.close()
