"""The short forms of a page, on the tiny site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fieldguide import check, examples, expand
from fieldguide.site import Site
from support import tiny


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(examples, "all_values", lambda: {"gan.value_at_half": "0.5"})
    found, faults = check.check(tiny.make(tmp_path), date(2026, 11, 22))
    assert found, faults
    return found


@pytest.mark.parametrize(
    ("page", "text", "result"),
    [
        (
            "models/gans.md",
            "Shown [@kingma2014vae].",
            "Shown ([Kingma and Welling 2014](../learn/sources.md#src-kingma2014vae){ .cite }).",
        ),
        (
            "index.md",
            "Shown\n[@goodfellow2014gan; @kingma2014vae].",
            "Shown\n([Goodfellow et al. 2014](learn/sources.md#src-goodfellow2014gan){ .cite }; "
            "[Kingma and Welling 2014](learn/sources.md#src-kingma2014vae){ .cite }).",
        ),
        (
            "index.md",
            "[the codes](term:latent-space)",
            "[the codes](learn/glossary.md#term-latent-space "
            '"The space of the codes from which a generator starts."){ .term }',
        ),
        (
            "index.md",
            "is [=gan.value_at_half] or $x < [=gan.value_at_half]$",
            "is 0.5 or $x < 0.5$",
        ),
        ("index.md", "`[@kingma2014vae]`", "`[@kingma2014vae]`"),
        ("index.md", "```\n<!-- guide:timeline -->\n```", "```\n<!-- guide:timeline -->\n```"),
    ],
)
def test_expand(small: Site, page: str, text: str, result: str) -> None:
    assert expand.expand(text, page, small) == result


def test_a_table_links_from_where_it_stands(small: Site) -> None:
    assert "](models/gans.md" in expand.expand("<!-- guide:comparison -->", "index.md", small)
    assert "](../models/gans.md" in expand.expand("<!-- guide:comparison -->", "use/x.md", small)


def test_each_source_knows_the_sections_that_cite_it(small: Site) -> None:
    places = {place.id for place in small.citing["kingma2014vae"]}
    assert places == {"gan-idea"}
    assert {"gan", "gan-idea", "home-tables"} <= {
        place.id for place in small.citing["goodfellow2014gan"]
    }


def test_nothing_is_left_over_on_a_page(small: Site) -> None:
    for path, page in small.pages.items():
        text = expand.expand(page.body, path, small)
        assert not expand.LEFTOVER.search(text), path
