"""Every way in which JSON can be wrong is a fault with its line."""

from __future__ import annotations

import pytest
from fieldguide.source import json_text


@pytest.mark.parametrize("text", ['{"a": [1, 2.5, null]}', '"\\ud83d\\ude00"', "9" * 999])
def test_what_is_right_is_read(text: str) -> None:
    value, faults = json_text.parse(text, "x.json")
    assert faults == [] and value


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{\n"a": }', 2, "not JSON: "),
        ("", 1, "not JSON: "),
        ("[" * 61 + "]" * 61, 1, "nested more than 60 deep"),
        ("[" * 100_000, 1, "nested more than 60 deep"),
        ("[\n\n" + "9" * 5000 + "]", 3, "more than 1000 digits"),
        ('[\n"\\ud83d"]', 2, "half a character"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, line: int, message: str) -> None:
    value, (fault,) = json_text.parse(text, "x.json")
    assert value is None and fault.line == line and message in fault.message


def test_brackets_in_texts_do_not_nest() -> None:
    value, faults = json_text.parse('["' + "[" * 100 + '", "\\"[' + "{" * 100 + '"]', "x.json")
    assert faults == [] and value[0] == "[" * 100


def test_lines_count_from_where_the_text_begins() -> None:
    assert json_text.parse("[\n}", "x.js", first_line=7)[1][0].line == 8
