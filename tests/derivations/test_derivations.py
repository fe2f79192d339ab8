"""Every line of every derivation holds numerically, and changed lines are noticed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fieldguide.source import pages

from derivations import registry

HELD = registry.load()
LINES = [(key, number) for key, held in sorted(HELD.items()) for number in range(len(held.lines))]
WRONG = [(key, name) for key, held in sorted(HELD.items()) for name in held.wrong]


def test_the_checks_fit_the_derivations_of_the_pages(
    root: Path, record_property: Callable[[str, object], None]
) -> None:
    shown = registry.written(root)
    record_property("derivations", len(shown))
    record_property("lines of derivations", sum(len(one.steps) for one in shown))
    found = registry.faults(shown, HELD)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(("key", "number"), LINES)
def test_line_holds(key: str, number: int) -> None:
    off = HELD[key].lines[number]()
    assert off <= HELD[key].tolerance, f"line {number + 1} of {key} is off by {off:.3g}"


@pytest.mark.parametrize(("key", "name"), WRONG)
def test_a_changed_line_is_noticed(key: str, name: str) -> None:
    assert registry.noticed(HELD[key], name), f"{key} with '{name}' passes"


def test_what_does_not_fit_is_told_with_its_place() -> None:
    text = "/// derivation | Title\n    id: d-page-x\n\nShow it.\n\n- $a = b$\n\n    Why.\n///\n"
    shown = pages.parse("page.md", text).derivations
    (fault,) = registry.faults(shown, {})
    assert fault.startswith("docs/page.md:1: 'd-page-x' has no numeric check")
    one = shown[0]
    held = registry.Held("d-page-x", registry.mark(one), [lambda: 0.0], {}, 0.1, "page")
    assert registry.faults(shown, {"d-page-x": held}) == []
    other = registry.Held("d-page-x", "?", [lambda: 0.0] * 2, {}, 0.1, "other")
    assert len(registry.faults(shown, {"d-page-x": other, "d-page-y": held})) == 4
