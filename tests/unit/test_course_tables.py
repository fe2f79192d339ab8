"""What the page for course authors shows: files for platforms, and the address of this copy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fieldguide import check
from fieldguide.courses import picker_data
from fieldguide.model.site import Context, Site
from fieldguide.tables import course_address, course_downloads
from support import tiny

URL = "https://example.org/guide/"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    found, faults = check.check(tiny.make(tmp_path))
    assert found is not None, faults
    return found


def context(site: Site, url: str = "") -> Context:
    return Context(replace(site, site_url=url), course_address.PAGE)


def test_cartridges_need_an_address(site: Site) -> None:
    without, whole = (course_downloads.cartridges(context(site, url), "") for url in ("", URL))
    assert without.startswith(course_downloads.NO_ADDRESS) and ".imscc" not in without
    assert course_downloads.NO_ADDRESS not in whole and ".imscc" in whole
    for table in (without, whole):  # a package of pages is made in any case
        assert table.count("[pages](") == len([one for one in site.pages if "models/" in one])


def test_kits_are_those_of_the_families_with_a_page(site: Site) -> None:
    text = course_downloads.kits(context(site), "")
    named = [family for family in site.guide.families if family.page in site.pages]
    assert named and text.count("\n- [") == len(named)


def test_the_picker_says_what_there_is_without_a_script(site: Site) -> None:
    assert "needs JavaScript" in course_downloads.place(context(site), "")


def test_the_address_is_said_and_filled_in(site: Site) -> None:
    assert URL in course_address.published(context(site, URL), "")
    assert "without a public address" in course_address.published(context(site), "")
    text = "See https://SITE/s/gan.html, version YYYY-MM-DD."
    filled = course_address.filled(text, course_address.PAGE, URL, "2026-11-27")
    assert filled == f"See {URL}s/gan.html, version 2026-11-27."
    assert course_address.filled(text, "index.md", URL, "2026-11-27") == text
    assert "https://SITE/" in course_address.filled(text, course_address.PAGE, "", "2026-11-27")


def test_a_section_holds_the_questions_that_it_answers_and_those_within(site: Site) -> None:
    page = site.pages["models/gans.md"]
    assert [question.id for question in page.questions] == ["q-gan-signal"]
    found = picker_data.questions_of(page, page.questions)
    assert {key for key, ids in found.items() if ids} == {"gan", "gan-idea", "gan-check"}
