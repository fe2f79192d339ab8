"""Labels, addresses, and the exports, read back by programs that are not ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fieldguide.files import bibliography
from fieldguide.model import citations
from fieldguide.source import yaml_document
from pybtex.database import parse_string
from pybtex.richtext import Text


@pytest.fixture(scope="module")
def entries(root: Path) -> dict[str, dict[str, Any]]:
    document = yaml_document.read(root, "docs/data/sources.yml")
    return {row["id"]: row for row in document.value["references"]}


def person(*names: str) -> list[dict[str, str]]:
    return [{"literal": name} if " " in name else {"family": name} for name in names]


@pytest.mark.parametrize(
    ("names", "label"),
    [
        (["Ho"], "Ho 2020"),
        (["Ho", "Jain"], "Ho and Jain 2020"),
        (["Ho", "Jain", "Abbeel"], "Ho et al. 2020"),
        (["Ho", "et al."], "Ho et al. 2020"),
        (["European Union"], "European Union 2020"),
    ],
)
def test_label(names: list[str], label: str) -> None:
    source = {"author": person(*names), "issued": {"date-parts": [[2020, 6]]}}
    assert citations.label(source) == label


def test_the_best_address_comes_first() -> None:
    arxiv = {"archive": "arXiv", "archive_location": "2006.11239", "URL": "https://x.org"}
    assert citations.address(arxiv) == ("https://arxiv.org/abs/2006.11239", "arXiv:2006.11239")
    both = arxiv | {"DOI": "10.1/2"}
    assert [name for _, name in citations.addresses(both)] == ["doi:10.1/2", "arXiv:2006.11239"]
    assert citations.address({"URL": "https://x.org"}) == ("https://x.org", "web")


def decoded(tex: str) -> str:
    """Return what TeX would print, as pybtex reads it."""
    return " ".join(str(Text.from_latex(tex)).replace("\N{NO-BREAK SPACE}", " ").split())


def test_bibtex_is_read_back_whole(entries: dict[str, dict[str, Any]]) -> None:
    read = parse_string(bibliography.bibtex(entries), "bibtex")
    assert list(read.entries) == list(entries)
    for key, entry in read.entries.items():
        source = entries[key]
        assert decoded(entry.fields["title"]) == " ".join(source["title"].split()), key
        assert entry.fields["year"] == str(source["issued"]["date-parts"][0][0])
        assert len(entry.persons["author"]) == len(source["author"]), key
        first = source["author"][0]
        people = entry.persons["author"]
        names = " ".join(people[0].prelast_names + people[0].last_names)
        assert decoded(names) == first.get("family", first.get("literal")), key
        assert entry.fields.get("doi", "") == source.get("DOI", "")
        assert entry.fields["url"].startswith(("https://", "http://"))


def test_csl_json_is_the_data(entries: dict[str, dict[str, Any]]) -> None:
    read = json.loads(bibliography.csl_json(entries))
    assert [item["id"] for item in read] == list(entries)
    for item in read:
        source = dict(entries[item["id"]])
        assert item.pop("annote") == f"Record checked {source.pop('checked')}"
        assert item == source


def test_tex_is_escaped() -> None:
    assert bibliography.tex("50 % of A_B & {C}") == r"50 \% of A\_B \& \{C\}"
    assert decoded(bibliography.tex("a~b\\d #1 & 2 %")) == "a~b\\d #1 & 2 %"
