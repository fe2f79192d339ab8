"""English words as readers type them: parted, without those that say little, in all their forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# Without these words a question is as good as its nouns. The theme drops them from the index
# only: each would be taken for the beginning of other words, such as "is" for "island".
STOP_WORDS = """
a about after again al all am an and any are as at be because been before being but by can could did
do does doing done et for from get gets had has have having he her here him his how i if in into is
it its just let like made make makes may me might more most must my no nor not of off on or other
our out over own shall she should so some such tell than that the their them then there these they
this those through to too under up upon us was we were what when where which while who whom whose
why will with would you your
""".split()
NOT_COUNTED = ("s", "ing", "ed", "ly", "al", "ive", "ous", "ic")
VOWELS = "aeiou"
WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")
TAG = re.compile(r"<[^>]*>")


def split(text: str) -> list[str]:
    """Return the words of a text or of its HTML, lowercase."""
    return WORD.findall(TAG.sub(" ", text).lower())


def listed(words: Iterable[str]) -> str:
    """Return words in all their forms as a text, each once, stop words left out."""
    found = (form for word in words if word not in STOP_WORDS for form in forms(word))
    return " ".join(dict.fromkeys(found))


@lru_cache(maxsize=8192)  # titles share most of their words
def forms(word: str) -> list[str]:
    """Return the ways to write a word: in the plural, in British spelling, without its hyphen.

    A singular that begins its plural is not among them: the search compares how words begin.
    """
    found = [plural(word)]
    if re.search(r"iz(?:e|ed|er|es|ing|ation|ations)$", found[0]):
        found.append(re.sub(r"iz(?=[a-z]+$)", "is", found[0]))
    if word.endswith("ies"):
        found.append(word[:-3] + "y")
    elif word.endswith("y"):
        found.append(word)
    return [*found, *(form.replace("-", "") for form in found if "-" in form)]


def plural(word: str) -> str:
    """Return the plural of what may be a noun; a wrong one does no harm, for nobody types it."""
    if len(word) < 3 or not word[-1].isalpha():
        return word
    if word.endswith("y") and word[-2] not in VOWELS:
        return word[:-1] + "ies"
    if word.endswith(("ch", "sh", "x", "ss")):
        return word + "es"
    return word if word.endswith(NOT_COUNTED) else word + "s"
