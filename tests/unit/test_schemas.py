"""The schemas by a second implementation: both must find the same files right and wrong."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fieldguide.source import json_schema, yaml_document

FILES = ("guide", "sources", "glossary", "paths", "synonyms", "skeleton")
SCRAPS = (None, True, 0, -1.5, "", " ", "x", [], {}, ["x", "x"], {"x": 1}, "2024-13", "a--b")


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return each container inside a value with each of its keys."""
    keys: list[Any] = []
    if isinstance(value, dict):
        keys = list(value)
    elif isinstance(value, list):
        keys = list(range(len(value)))
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


@pytest.mark.parametrize("name", FILES)
def test_both_agree_on_the_data_and_on_what_is_damaged(root: Path, name: str) -> None:
    form = root / f"docs/data/{name}.schema.json"
    rules = json.loads(form.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(rules)
    second = jsonschema.Draft202012Validator(rules)
    document = yaml_document.read(root, f"docs/data/{name}.yml")
    assert not document.faults and second.is_valid(document.value)
    assert json_schema.validate(document, form) == []
    chance = random.Random(name)
    wrong = 0
    for _ in range(40):
        value = copy.deepcopy(document.value)
        inside, key = chance.choice(places(value))
        what = chance.randrange(3)
        if what == 0:
            del inside[key]
        elif what == 1 and isinstance(inside, dict):
            inside["unknown"] = chance.choice(SCRAPS)
        else:
            inside[key] = chance.choice(SCRAPS)
        damaged = yaml_document.YamlFile(document.path, value)
        first = [fault.where for fault in json_schema.validate(damaged, form)]
        valid = second.is_valid(value)
        # A blank text is left to the check of texts, which says it better.
        blank = any(not text.strip() for _, text in json_schema.texts(value, ()))
        assert bool(first) != valid or (blank and not first), (name, inside, key)
        wrong += not valid
    assert wrong > 10, "the damage must be able to do harm"


RULES = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "n": {"type": "number"},
        "s": {"type": "string"},
        "by": {"type": "object", "properties": {"2": {"type": "string"}}},
    },
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s: x\nby:\n  '2': 5\n", ["x.yml:3: by.2: must be text, but it is a number"]),
        ("s: x\n7: y\n", ["x.yml:2: 7: unknown field '7'; allowed: by, n, s"]),
        ("s: x\nn: .nan\n", ["x.yml:2: n: must be a number, but it is nan, which is none"]),
        (
            "n: t\ns: !!binary aGVsbG8=\n",
            [
                "x.yml:1: n: must be a number, but it is text",
                "x.yml:2: s: must be text, a number or true or false, not bytes",
            ],
        ),
        ("by: {a: [x:]}\nn: z\n", ["x.yml:2: n: must be a number, but it is text"]),
    ],
)
def test_odd_values_have_their_place(tmp_path: Path, text: str, expected: list[str]) -> None:
    form = tmp_path / "x.schema.json"
    form.write_text(json.dumps(RULES), encoding="utf-8")
    document = yaml_document.parse(text, "x.yml")
    assert document.faults == []
    found = [str(fault) for fault in json_schema.validate(document, form)]
    assert len(found) == len(expected)
    assert all(line.startswith(start) for line, start in zip(found, expected, strict=True)), found
