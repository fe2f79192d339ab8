"""The register of derivations: every line is held against numbers.

A line is checked by a function that evaluates both of its sides in different ways and returns how
far they are apart (for an inequality: by how much it is broken). Each derivation also names lines
that are wrong, with a sign or a factor changed, which the same comparison must notice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldguide.source.derivations import Derivation
from formulas.registry import CLEARLY, fingerprint, import_all, module_of, read_all

Line = Callable[[], float]
FOLDER = Path(__file__).parent
OTHER_MODULES = ("registry", "test_derivations")


@dataclass(frozen=True)
class Held:
    """What a derivation is held against, line by line."""

    key: str
    seen: str
    lines: Sequence[Line]
    wrong: dict[str, Line]
    tolerance: float
    module: str


HELD: dict[str, Held] = {}


def derivation(
    key: str, *, seen: str, lines: Sequence[Line], wrong: dict[str, Line], tolerance: float = 1e-8
) -> None:
    """Register the checks of the lines of the derivation `key`.

    `seen` is the fingerprint of all its lines, as they were read when this was written.
    """
    if key in HELD:
        raise ValueError(f"{key} has two checks")
    if not wrong:
        raise ValueError(f"{key} has no changed line that its check must notice")
    module = lines[0].__module__.rpartition(".")[2]
    HELD[key] = Held(key, seen, lines, wrong, tolerance, module)


def load() -> dict[str, Held]:
    """Return all checks."""
    import_all(FOLDER, OTHER_MODULES)
    return HELD


def written(root: Path) -> list[Derivation]:
    """Return every derivation of the guide, in the order of the pages."""
    return [one for page in read_all(root) for one in page.derivations]


def mark(one: Derivation) -> str:
    """Return the fingerprint of all lines."""
    return fingerprint("|".join(step.tex for step in one.steps))


def faults(shown: Iterable[Derivation], held: dict[str, Held]) -> list[str]:
    """Return what does not fit between the derivations of the pages and the checks."""
    found = []
    by_key = {one.id: one for one in shown}
    for one in by_key.values():
        place = f"docs/{one.page}:{one.line}"
        file = f"tests/derivations/{module_of(one.id)}.py"
        check = held.get(one.id)
        if not check:
            found.append(f"{place}: '{one.id}' has no numeric check; add one to {file}")
            continue
        if len(check.lines) != len(one.steps):
            found.append(
                f"{place}: '{one.id}' has {len(one.steps)} lines, {len(check.lines)} are checked"
            )
        if check.seen != mark(one):
            found.append(
                f"{place}: a line of '{one.id}' changed since its check was written; read it,"
                f' correct the check in {file}, then set seen="{mark(one)}"'
            )
        if check.module != module_of(one.id):
            found.append(f"{place}: the check of '{one.id}' belongs in {file}")
    lost = (key for key in held if key not in by_key)
    return found + [f"tests/derivations: no page shows '{key}'" for key in lost]


def noticed(check: Held, name: str) -> bool:
    """Say whether a changed line is clearly told from a right one."""
    return check.wrong[name]() > CLEARLY * check.tolerance
