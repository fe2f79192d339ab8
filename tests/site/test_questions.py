"""The questions of the real site as a whole: enough of them, no pattern, no two alike."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from fieldguide import check
from fieldguide.source.questions import Question

ROOT = Path(__file__).parents[2]
LISTS = ("index.md", "learn/glossary.md", "learn/sources.md", "courses/contents.md")


def by_page() -> dict[str, list[Question]]:
    site, faults = check.check(ROOT)
    assert site is not None, faults
    return {path: page.questions for path, page in site.pages.items()}


def test_every_page_that_is_read_has_three_to_six_questions() -> None:
    counts = {path: len(found) for path, found in by_page().items() if path not in LISTS}
    assert {path: count for path, count in counts.items() if not 3 <= count <= 6} == {}


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
