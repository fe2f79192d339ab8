"""The numbers in the solutions are right, and the code in them does what is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from fieldguide.source import pages
from fieldguide.source.blocks import LEVELS, PROBLEM_KINDS

from problems import registry

SOLVED = registry.load()
LINE = 9  # of `Solution:` in the page below


def test_every_number_of_every_solution_is_computed(
    root: Path, record_property: Callable[[str, object], None]
) -> None:
    shown = registry.written(root)
    kinds = Counter(one.kind for one in shown)
    assert set(kinds) == set(PROBLEM_KINDS) and {one.level for one in shown} == set(LEVELS)
    for kind, number in kinds.items():
        record_property(f"problems of the kind {kind}", number)
    found = registry.faults(shown, SOLVED)
    assert not found, "\n" + "\n".join(found)


def page(solution: str) -> list[registry.Problem]:
    text = (
        "/// problem | Title\n    id: p-page-x\n    kind: compute\n    level: easy\n\n"
        f"What is 0.5 times 0.5?\n\n\nSolution:\n\n{solution}\n///\n"
    )
    return pages.parse("page.md", text).problems


def test_a_number_that_nothing_computes_is_told_with_its_place() -> None:
    shown = page("Half of $0.5$, so $0.25$, by 2 factors.")
    assert registry.faults(shown, {"p-page-x": ("page", lambda code: [0.25])}) == []
    (fault,) = registry.faults(shown, {})
    assert fault.startswith(f"docs/page.md:{LINE}: the number 0.25 of 'p-page-x' is computed by")
    wrong = registry.faults(shown, {"p-page-x": ("page", lambda code: [0.35])})
    assert len(wrong) == 2 and "computes 0.35 for 'p-page-x', which stands nowhere" in wrong[1]
    assert registry.faults([], {"p-page-x": ("page", lambda code: [])})


def test_code_is_run_and_its_numbers_are_not_read() -> None:
    shown = page("It is $0.250$.\n\n```python\nresult = 0.5 * 0.5000\n```")
    assert registry.faults(shown, {"p-page-x": ("page", lambda code: [code["result"]])}) == []


def test_numbers_are_read_as_they_are_written() -> None:
    text = "From 1{,}536 and 12,288 to $-0.37$ at `7.5`, [there](a/1.2.html), 50 and x2."
    assert [number.value for number in registry.numbers(text)] == [1536, 12288, 0.37, 50]
    assert [number.text for number in registry.numbers("In June 2025, in 1948; 2025 pages")] == [
        "2025"
    ]
