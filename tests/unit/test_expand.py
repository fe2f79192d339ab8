"""The short forms of a page, on the tiny site."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest
from fieldguide import check, examples, expand
from fieldguide.model.site import Site
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


def test_a_definition_in_a_tooltip_is_plain_text(tmp_path: Path) -> None:
    definition = "A space of 'codes', 1 < 2 or 3 & 4; so, (soft)."
    root = tiny.make(tmp_path)
    old = "The space of the codes from which a generator starts."
    tiny.replace(root / "docs/data/glossary.yml", f'"{old}"', '"' + definition + '"')
    found, faults = check.check(root, date(2026, 11, 22))
    assert found, faults
    text = expand.expand("[the codes](term:latent-space)", "index.md", found)
    extensions = ["attr_list", "tables", "pymdownx.arithmatex"]
    link = ElementTree.fromstring(markdown.markdown(text, extensions=extensions)).find("a")
    assert link is not None and link.text == "the codes"
    assert link.get("title") == definition


def test_a_table_links_from_where_it_stands(small: Site) -> None:
    assert "](models/gans.md" in expand.expand("<!-- guide:comparison -->", "index.md", small)
    assert "](../models/gans.md" in expand.expand("<!-- guide:comparison -->", "use/x.md", small)


def test_a_card_ends_with_the_sources_of_its_family(small: Site) -> None:
    card = expand.expand("<!-- guide:card vae -->", "models/gans.md", small)
    label = "[Kingma and Welling 2014](../learn/sources.md#src-kingma2014vae){ .cite }"
    last = card.rpartition("\nSources\n:   ")[2]
    assert last.startswith(f"({label})\n\n\n*Checked"), card


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
