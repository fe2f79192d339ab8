"""Likely misspellings of a word: one letter left out, doubled, swapped, or a wrong vowel."""

from __future__ import annotations

from collections.abc import Collection, Iterator

CONFUSED = {"a": "ei", "e": "ai", "i": "ea", "o": "au", "u": "ao"}  # vowels that sound alike
DOUBLED = "cdflmnprst"


def of(word: str, known: Collection[str]) -> list[str]:
    """Return the misspellings of a word; none of them begins with another of the known words.

    The search takes a word for the beginning of others: a misspelling that began with another word
    would be found for that one too.
    """
    found = []
    for wrong in dict.fromkeys(slips(word)):
        begins = (wrong[:end] for end in range(3, len(wrong) + 1))
        if not any(start in known and not word.startswith(start) for start in begins):
            found.append(wrong)
    return found


def slips(word: str) -> Iterator[str]:
    """Yield each slip of one letter; the first letter is taken to be right."""
    for at in range(1, len(word)):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        if after:  # a word without its end is found anyway
            yield before + after
        if after and after[0] != letter:
            yield before + after[0] + letter + after[1:]
        if letter in DOUBLED and letter not in (before[-1], after[:1]):
            yield before + letter + letter + after
        for vowel in CONFUSED.get(letter, ""):
            yield before + vowel + after
