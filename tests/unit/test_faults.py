"""What a message says at its end."""

from __future__ import annotations

import pytest
from fieldguide.source.diagnostics import Fault, suggest


@pytest.mark.parametrize(
    ("wrong", "allowed", "tail"),
    [
        ("pasess", ["passes", "page"], "did you mean 'passes'?"),
        ("x", ["b", "a"], "allowed: a, b"),
        ("x", [], "none is allowed here"),
        ("x", [f"k{n:02}" for n in range(40)], "40 are known, such as k00, k01, k02"),
    ],
)
def test_suggest(wrong: str, allowed: list[str], tail: str) -> None:
    assert suggest(wrong, allowed) == tail


def test_faults_are_sorted_by_file_and_line() -> None:
    faults = [Fault("b", 2, "", "x"), Fault("a", 10, "", "x"), Fault("a", 9, "k", "x")]
    assert [str(fault) for fault in sorted(faults)] == ["a:9: k: x", "a:10: x", "b:2: x"]
