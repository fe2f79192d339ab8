"""Sections as entries of a bibliography, read back by a program that is not ours."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from fieldguide import check
from fieldguide.addresses import permalinks
from fieldguide.addresses.permalinks import Links
from fieldguide.courses import citations, section_feed
from pybtex.database import parse_string

URL = "https://example.org/guide/"


@pytest.fixture(scope="module")
def made(root: Path) -> tuple[Links, list[dict[str, str]]]:
    """The addresses and the sections of the real site."""
    site, faults = check.check(root)
    assert site, faults
    site = replace(site, site_url=URL)
    links = permalinks.links(site, name="Generative AI Field Guide", edition="2026-11-22")
    return links, section_feed.rows(site, URL)


def test_pybtex_reads_every_section(made: tuple[Links, list[dict[str, str]]]) -> None:
    links, rows = made
    found = parse_string(citations.bibtex(links, citations.cited(links, rows)), "bibtex").entries
    assert len(found) == len(rows) > 300
    for row in rows:
        entry = found[f"fieldguide-{row['id']}"]
        assert entry.type == "incollection"
        assert entry.fields["url"] == f"{URL}s/{row['id']}.html"
        assert entry.fields["booktitle"] == "{Generative AI Field Guide}"
        assert entry.fields["year"] == "2026" and "2026-11-22" in entry.fields["note"]
        assert entry.fields["title"].strip("{}").replace("\\", "").endswith(row["title"])


def test_csl_has_the_same_sections(made: tuple[Links, list[dict[str, str]]]) -> None:
    links, rows = made
    items = json.loads(citations.csl_json(links, citations.cited(links, rows)))
    assert [item["id"] for item in items] == [f"fieldguide-{row['id']}" for row in rows]
    assert {item["type"] for item in items} == {"chapter"}
    assert items[0]["issued"] == {"date-parts": [[2026, 11, 22]]}
    assert {item["URL"] for item in items} == {f"{URL}s/{row['id']}.html" for row in rows}


def test_without_an_address_no_entry_claims_one(made: tuple[Links, list[dict[str, str]]]) -> None:
    links = replace(made[0], site_url="")
    cited = citations.cited(links, made[1])
    text = citations.bibtex(links, cited)
    assert "url =" not in text and citations.NO_ADDRESS in text
    assert len(parse_string(text, "bibtex").entries) == len(cited)
    assert '"URL"' not in citations.csl_json(links, cited)
