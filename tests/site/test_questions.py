"""The questions of the real site as a whole: no pattern, no two alike."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from fieldguide import check
from fieldguide.source.questions import Question

ROOT = Path(__file__).parents[2]


def by_page() -> dict[str, list[Question]]:
    site, faults = check.check(ROOT)
    assert site is not None, faults
    return {path: page.questions for path, page in site.pages.items()}


def test_the_place_of_the_right_option_gives_nothing_away() -> None:
    asked = [question for found in by_page().values() for question in found]
    places = Counter(
        next(place for place, answer in enumerate(question.answers) if answer.right)
        for question in asked
    )
    assert max(places.values()) <= 0.4 * len(asked), places
    # Nor does its length: guessing the longest option must not pay much better than chance.
    longest = sum(
        max(question.answers, key=lambda answer: len(answer.text)).right for question in asked
    )
    assert longest <= 0.45 * len(asked), f"{longest} of {len(asked)}"


def test_no_question_is_asked_twice() -> None:
    texts = Counter(question.text for found in by_page().values() for question in found)
    assert [text for text, times in texts.items() if times > 1] == []
