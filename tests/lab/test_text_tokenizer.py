"""The tokenizer of the language lab against the `tokenizers` library, and its learning."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser
from support import text_lab


@pytest.fixture(scope="module")
def mine(words: Any) -> Any:
    return words.tokenizer


@pytest.fixture(scope="module")
def other(mine: Any, text: Any) -> Any:
    """The library with the same vocabulary."""
    pytest.importorskip("tokenizers")
    return text_lab.library(mine, text.tokenizer.PIECE.pattern)


@pytest.fixture(scope="module")
def lines(words: Any) -> list[str]:
    """Ten thousand lines of the corpus, unseen ones among them."""
    return [*random.Random(1).sample(words.texts["train"], 8000), *words.texts["test"][:2000]]


@pytest.fixture(scope="module")
def strange() -> list[str]:
    """Any characters at all, but for halves of pairs, which are no text."""
    chance = random.Random(2)
    return [
        "".join(chr(chance.choice((chance.randrange(0xD800), chance.randrange(128))))
                for _ in range(40))
        for _ in range(300)
    ]  # fmt: skip


def test_ten_thousand_lines(mine: Any, other: Any, lines: list[str]) -> None:
    for line in lines:
        assert mine.encode(line) == other.encode(line).ids, line
        assert mine.decode(mine.encode(line)) == line


@pytest.mark.parametrize("odd", text_lab.ODD, ids=range(len(text_lab.ODD)))
def test_odd_input(odd: str, mine: Any, other: Any) -> None:
    ids = mine.encode(odd)
    assert ids == other.encode(odd).ids
    assert mine.decode(ids) == odd


def test_random_text(mine: Any, other: Any, strange: list[str]) -> None:
    for odd in strange:
        assert mine.encode(odd) == other.encode(odd).ids
        assert mine.decode(mine.encode(odd)) == odd


@pytest.mark.browser
def test_the_browser_cuts_as_the_library_does(
    browser: Browser, other: Any, lines: list[str], strange: list[str]
) -> None:
    """The page's tokenizer on all of these: the ids are those of the library, and go back."""
    texts = [*lines, *strange, *text_lab.ODD]
    page = text_lab.page(browser, "write")
    found = page.evaluate(
        """(texts) => {
          const tokenizer = new fieldguideLab.Tokenizer(fieldguideText.tokenizer);
          return texts.map((text) => {
            const ids = tokenizer.encode(text);
            return [ids, tokenizer.decode(ids) === text];
          });
        }""",
        texts,
    )
    page.close()
    assert len(found) > 10_000
    for text, (ids, same) in zip(texts, found, strict=True):
        assert ids == other.encode(text).ids and same, repr(text[:80])


def test_broken_bytes_are_shown_as_such(mine: Any) -> None:
    assert mine.decode([0xF0, 0x9F]) == "\ufffd"


def test_the_line_break_is_never_joined(mine: Any) -> None:
    assert [i for i, found in enumerate(mine.bytes) if b"\n" in found] == [10]
    assert len(mine.bytes) == 2048 == len(set(mine.bytes))


def test_learning_against_counting_anew(text: Any, words: Any) -> None:
    """The quick way, which counts only what has changed, finds the pairs of the slow one."""
    lines = "\n".join(random.Random(3).sample(words.texts["train"], 300))
    pieces = Counter(text.tokenizer.PIECE.findall(lines))
    cut = {piece: list(piece.encode()) for piece in pieces}
    expected = []
    for new in range(256, 336):
        pairs: Counter[tuple[int, int]] = Counter()
        for piece, ids in cut.items():
            for pair in pairwise(ids):
                pairs[pair] += pieces[piece]
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        expected.append(best)
        cut = {piece: text.tokenizer.join(ids, best, new) for piece, ids in cut.items()}
    assert text.tokenizer.learn(lines, 336) == expected


def test_learning_ends_when_nothing_is_left(text: Any) -> None:
    assert text.tokenizer.learn("ab ab\n", 1000) == [(97, 98), (32, 256)]
    assert text.tokenizer.learn("", 1000) == []


def test_no_definition_is_in_two_parts(words: Any) -> None:
    """Synonyms share a definition; a split by line would leak."""
    parts = {part: {line.partition(": ")[2] for line in lines}
             for part, lines in words.texts.items()}  # fmt: skip
    assert len(parts["validation"]) == len(parts["test"]) == 2000
    assert not parts["train"] & parts["validation"]
    assert not parts["train"] & parts["test"]
    assert not parts["validation"] & parts["test"]
    lines = [line for part in words.texts.values() for line in part]
    assert len(lines) == len(set(lines))


def test_unseen_words_have_no_other_definition(words: Any) -> None:
    trained = {line.partition(": ")[0] for line in words.texts["train"]}
    assert words.unseen
    assert not trained & set(words.unseen)


def test_lines_are_short_and_plain(words: Any) -> None:
    for lines in words.ids.values():
        assert max(map(len, lines)) <= 64
        assert all(ids[0] == ids[-1] == 10 and ids.count(10) == 2 for ids in lines)
