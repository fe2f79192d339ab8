"""YAML with lines: held against PyYAML's own reading and against the text itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from fieldguide.source import json_schema, yaml_document


@pytest.mark.parametrize("name", ["guide", "sources", "glossary"])
def test_the_real_files_are_read_as_pyyaml_reads_them(root: Path, name: str) -> None:
    path = f"docs/data/{name}.yml"
    document = yaml_document.read(root, path)
    assert document.faults == []
    # The base loader leaves every scalar as text, so compare with the values written as text.
    plain = yaml.load((root / path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)

    def as_text(value: object) -> object:
        if isinstance(value, dict):
            return {str(key): as_text(item) for key, item in value.items()}
        if isinstance(value, list):
            return [as_text(item) for item in value]
        return str(value).lower() if isinstance(value, bool) else str(value)

    assert as_text(document.value) == plain


@pytest.mark.parametrize("name", ["guide", "sources", "glossary"])
def test_every_line_is_where_the_text_stands(root: Path, name: str) -> None:
    path = f"docs/data/{name}.yml"
    document = yaml_document.read(root, path)
    lines = (root / path).read_text(encoding="utf-8").split("\n")
    for where, text in json_schema.texts(document.value, ()):
        line = document.line(where) - 1
        near = " ".join(lines[line : line + 2])  # a folded text begins below its key
        assert text.split()[0].replace("'", "''") in near.replace('\\"', '"').replace("'", "''"), (
            where
        )


def test_the_quick_and_the_slow_parser_agree(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (root / "docs/data/guide.yml").read_text(encoding="utf-8")
    quick = yaml_document.parse(text, "x.yml")
    monkeypatch.setattr(yaml_document, "_QuickLoader", yaml_document._Loader)
    slow = yaml_document.parse(text, "x.yml")
    assert quick == slow


def test_dates_stay_text() -> None:
    assert yaml_document.parse("checked: 2026-11-22", "x.yml").value == {"checked": "2026-11-22"}


def test_the_line_of_a_part_or_of_its_parent() -> None:
    document = yaml_document.parse("a:\n  - b: 1\n\n  - c: 2\n", "x.yml", first_line=10)
    assert document.line(("a",)) == 10
    assert document.line(("a", 0, "b")) == 11
    assert document.line(("a", 1, "c")) == 13
    assert document.line(("a", 1, "c", "gone", 7)) == 13
    assert str(document.fault(("a", 1), "wrong")) == "x.yml:13: a.1: wrong"


@pytest.mark.parametrize("escape", ["\\ud83d", "\\uD83D\\uDE00", "\\U0000dc00"])
def test_half_a_character_is_no_character(escape: str) -> None:
    document = yaml_document.parse(f'a: 1\nb: "x {escape}"\n', "x.yml", first_line=5)
    assert [str(fault) for fault in document.faults] == [
        "x.yml:6: an escape such as \\ud83d is half a character; write the character itself"
    ]
    plain = yaml_document.parse(f"b: the escape {escape} as text\n", "x.yml")
    assert plain.faults == [] and plain.value["b"].endswith("as text")
