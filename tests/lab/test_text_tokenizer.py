"""The tokenizer of the language lab against the `tokenizers` library, and its learning."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

ODD = [
    "", " ", "   ", "\n", "\n\n a", "a\n", "penguin:", " penguin", "  two  blanks ",
    "Ünïcode naïve",
    "🐧 a penguin 👩‍👩‍👧", "שלום עולם", "مرحبا بالعالم", "日本語のテキスト", "\u202eright to left",
    "\x00\x01\x1b[31m\x7f", "tab\tand\rreturn\x0b\x0c", "a" * 10_000, "1234567890" * 50, "?!...;--",
    "<script>alert(1)</script>", "e\u0301 combining", "\ufeffmark", "\u2028\u2029", "don't 3rd x2y",
]  # fmt: skip


@pytest.fixture(scope="module")
def mine(words: Any) -> Any:
    return words.tokenizer


@pytest.fixture(scope="module")
def other(mine: Any, text: Any) -> Any:
    """The library with the same vocabulary: bytes as visible letters, pairs in the same order."""
    tokenizers = pytest.importorskip("tokenizers")
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [i for i in range(256) if i not in visible]
    letter = {i: chr(i) for i in visible} | {i: chr(256 + n) for n, i in enumerate(hidden)}
    names = ["".join(letter[i] for i in found) for found in mine.bytes]
    found = tokenizers.Tokenizer(
        tokenizers.models.BPE(
            vocab={name: i for i, name in enumerate(names)},
            merges=[(names[a], names[b]) for a, b in mine.merges],
        )
    )
    pieces = tokenizers.Regex(text.tokenizer.PIECE.pattern)
    found.pre_tokenizer = tokenizers.pre_tokenizers.Sequence(
        [
            tokenizers.pre_tokenizers.Split(pieces, "isolated"),
            tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    found.decoder = tokenizers.decoders.ByteLevel()
    return found


def test_ten_thousand_lines(mine: Any, other: Any, words: Any) -> None:
    lines = random.Random(1).sample(words.texts["train"], 8000) + words.texts["test"][:2000]
    for line in lines:
        assert mine.encode(line) == other.encode(line).ids, line
        assert mine.decode(mine.encode(line)) == line


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_input(odd: str, mine: Any, other: Any) -> None:
    ids = mine.encode(odd)
    assert ids == other.encode(odd).ids
    assert mine.decode(ids) == odd


def test_random_text(mine: Any, other: Any) -> None:
    """Any characters at all, but for halves of pairs, which are no text."""
    chance = random.Random(2)
    for _ in range(300):
        odd = "".join(chr(chance.choice((chance.randrange(0xD800), chance.randrange(128))))
                      for _ in range(40))  # fmt: skip
        assert mine.encode(odd) == other.encode(odd).ids
        assert mine.decode(mine.encode(odd)) == odd


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
