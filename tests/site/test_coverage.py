"""What the guide promises to cover is there, and what is there was promised."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from support import crawl

SUBJECTS = [f"A{number:02}" for number in range(20)] + [f"B{number:02}" for number in range(10)]


@pytest.fixture(scope="module")
def promised(root: Path) -> dict[str, Any]:
    loaded = yaml.safe_load((root / "tests/coverage.yml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


@pytest.fixture(scope="module")
def ids(site: Path) -> dict[str, set[str]]:
    """The ids of each built page, by the path of its source."""
    documents = crawl.read(site)
    return {f"{path[:-5]}.md": set(document.ids) for path, document in documents.items()}


def test_every_subject_is_in_the_map(promised: dict[str, Any]) -> None:
    assert list(promised["subjects"]) == SUBJECTS
    assert set(promised["open"]) <= set(SUBJECTS)
    assert all(entry["in"] and entry["about"] for entry in promised["subjects"].values())


def test_every_subject_has_its_sections(promised: dict[str, Any], ids: dict[str, set[str]]) -> None:
    missing = {
        key: target
        for key, entry in promised["subjects"].items()
        for target in entry["in"]
        if target.partition("#")[2] not in ids.get(target.partition("#")[0], set())
    }
    assert sorted(missing) == sorted(promised["open"]), missing


@pytest.mark.parametrize("table", ["families", "advantages", "limitations"])
def test_every_row_of_a_table_has_its_place(
    promised: dict[str, Any], root: Path, table: str
) -> None:
    guide = yaml.safe_load((root / "docs/data/guide.yml").read_text(encoding="utf-8"))
    rows = list(promised["tables"][table].values())
    assert len(rows) == len(set(rows)) == 10
    found = [entry["id"] for entry in guide[table]]
    assert found[: len(rows)] == rows, "the rows come first, and in this order"


def test_every_row_is_on_its_page(promised: dict[str, Any], ids: dict[str, set[str]]) -> None:
    balance = ids["limits/advantages-and-limitations.md"]
    for table in ("advantages", "limitations"):
        assert set(promised["tables"][table].values()) <= balance


def test_every_family_has_a_page_with_its_skeleton(
    promised: dict[str, Any], ids: dict[str, set[str]]
) -> None:
    parts = "idea example objective sampling strengths limits neighbors uses myths check sources"
    everything = set().union(*ids.values())
    for key in promised["tables"]["families"].values():
        wanted = {key, *(f"{key}-{part}" for part in parts.split())}
        assert wanted <= everything, sorted(wanted - everything)


def test_every_page_that_explains_is_promised_or_one_of_ours(
    promised: dict[str, Any], root: Path
) -> None:
    targets = [target for entry in promised["subjects"].values() for target in entry["in"]]
    covered = {target.partition("#")[0] for target in targets}
    explaining = {
        path.relative_to(root / "docs").as_posix()
        for folder in ("basics", "how", "use", "limits")
        for path in (root / "docs" / folder).glob("*.md")
    }
    assert explaining - covered == set()
