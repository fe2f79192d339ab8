"""The one-hour path: short, things to try, limits at its end, and readable as it stands."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from fieldguide import check
from fieldguide.model import outline, reading_time
from fieldguide.model.outline import Outlined
from fieldguide.model.site import Site
from fieldguide.source.pages import Page
from fieldguide.source.prose import prose_lines

ROOT = Path(__file__).resolve().parents[2]
LIVE = {"lab", "text", "fit", "watch", "arena"}  # markers of what can be tried
STATE = re.compile(r"\]\([\w./-]*\?(?:fit|text|lab|watch)-[^)]*\)")  # a link that sets it up
LEADS = re.compile(
    r"\b(?:as|formula|figure|table|drawing|example|loss|section|list)s?(?: (?:is|are|stands?|shown|"
    r"seen|described|explained|said|defined|given))* (?:above|below)\b"
    r"|\bearlier (?:on|in) this (?:page|section)\b"
    r"|\bthe (?:previous|preceding|next|following) (?:section|page|chapter)\b",
    re.IGNORECASE,
)
BLANKED = re.compile(
    r"\[[^\]]*\]\([^)]*\)|(?<!\*)\*[^*\n]+\*(?!\*)"
)  # links, and what is set apart
# Words of everyday language on these pages, which the glossary has in another sense.
EVERYDAY = {
    "basics/neural-networks.md": {"temperature", "compute"},
    "how/a-chat-answer.md": {"compute"},
    "models/transformers.md": {"score", "compute"},
}
APART = (
    "check",
    "sources",
    "code",
    "problems",
)  # subsections that a reader does not need for the thread


@cache
def site() -> Site:
    """Return the real site, checked."""
    found, faults = check.check(ROOT)
    assert found is not None, faults
    return found


def stops() -> list[tuple[Page, Outlined]]:
    """Return page and section of each stop."""
    found = []
    for target in site().paths["hour"].sections:
        path, _, key = target.partition("#")
        page = site().pages[path]
        found += [(page, part) for part in outline.outlined(page) if part.heading.id == key]
    return found


def pieces() -> list[tuple[Page, Outlined]]:
    """Return the stops in their smallest sections, in reading order."""
    found = []
    for page, stop in stops():
        for part in outline.outlined(page):
            if part.heading.line in stop.lines and not (part.heading.id or "").endswith(APART):
                found.append((page, part))
    return found


def own_minutes(page: Page, part: Outlined) -> float:
    """Return the minutes of a section without its subsections, as a rule and not rounded."""
    drawn = sum(
        marker["name"] == "diagram" for line, marker in page.markers if marker[0] in part.own
    )
    formulas = part.own.count("/// formula")
    return (
        reading_time.words(part.own) / reading_time.WORDS_PER_MINUTE
        + (drawn * reading_time.SECONDS["drawing"] + formulas * reading_time.SECONDS["formula"])
        / 60
    )


def text_of(part: Outlined) -> str:
    """Return the prose of a section without code, comments and formulas."""
    prose = "\n".join(line for _, line in prose_lines(part.own))
    prose = re.sub(r"<!--[^|>]*\|?(.*?)-->", r"\1", prose)
    return re.sub(r"\$\$.*?\$\$|\$[^$]*\$|\[@[^\]]*\]", " ", prose, flags=re.DOTALL)


def test_it_has_at_most_fourteen_sections_and_takes_an_hour() -> None:
    assert len(stops()) <= 14
    whole = sum(reading_time.minutes(page, part) for page, part in stops())
    assert 40 <= whole <= 60


def test_something_can_be_tried_at_least_every_eight_minutes() -> None:
    since, longest, tried = 0.0, 0.0, 0
    for page, part in pieces():
        live = any(marker["name"] in LIVE for _, marker in page.markers if marker[0] in part.own)
        since += own_minutes(page, part)
        longest = max(longest, since)
        if live or STATE.search(part.own):
            since = 0.0
            tried += live
    assert longest <= 8
    assert tried >= 6


def test_it_ends_with_limits_and_they_are_at_most_a_quarter() -> None:
    limits = [(page, part) for page, part in stops() if page.path.startswith("limits/")]
    assert limits and stops()[-len(limits) :] == limits
    assert len(limits) <= len(stops()) / 4
    whole = sum(reading_time.minutes(page, part) for page, part in stops())
    assert sum(reading_time.minutes(page, part) for page, part in limits) <= whole / 4


def test_no_section_leans_on_what_a_reader_of_the_path_does_not_see() -> None:
    leaning = [
        f"{page.path}#{part.heading.id}: {found[0]}"
        for page, part in pieces()
        if not any(page is whole and stop.heading.level == 1 for whole, stop in stops())
        for found in LEADS.finditer(text_of(part))
    ]
    assert leaning == []


def names(term: str) -> re.Pattern[str]:
    """Return a pattern for a term and its plural, as words of their own."""
    return re.compile(rf"(?<![\w-]){re.escape(term)}(?:e?s)?(?![\w-])", re.IGNORECASE)


def test_no_term_stands_before_its_introduction() -> None:
    """The first time that a term of the glossary is used on the path, it is a link, or set apart.

    Set apart, like *this*, is a word where the text itself says what it means.
    """
    introduced: set[str] = set()
    early = []
    words = {key: names(entry.term) for key, entry in site().guide.terms.items()}
    for page, part in pieces():
        text = text_of(part)
        bare = BLANKED.sub(lambda found: " " * len(found[0]), text)
        for key in words.keys() - introduced - EVERYDAY.get(page.path, set()):
            apart = re.search(rf"\[[^\]]*\]\(term:{key}\)", text) or words[key].search(text)
            plain = words[key].search(bare)
            if plain and apart and plain.start() <= apart.start():
                early.append(f"{page.path}#{part.heading.id}: {key}")
            if plain or apart:
                introduced.add(key)
    assert not early, "\n".join(sorted(early))


@pytest.mark.parametrize("wanted", ["how/a-chat-answer.md", "how/a-picture-from-words.md"])
def test_both_questions_of_readers_are_answered(wanted: str) -> None:
    assert any(page.path == wanted for page, _ in stops())
