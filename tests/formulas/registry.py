"""The register of numeric checks: which formula of the guide is compared with which truth.

A check is a function that takes a transcription of the formula and returns the largest deviation
of it from something computed in another way. It is given the formula as it stands on the page
(`right`), which must pass, and the same with one sign or factor changed (`wrong`), which must
fail: a check that cannot fail says nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from fieldguide.source import pages
from fieldguide.source.pages import Page

Formula = Callable[..., Any]
Truth = Callable[[Formula], float]

FOLDER = Path(__file__).parent
OTHER_MODULES = ("registry", "numerics", "test_formulas")
CLEARLY = 10.0  # a wrong formula must deviate by this many tolerances
# White space and the commands that only set space: nothing that changes what a formula says.
SPACING = re.compile(r"\s+|\\[,;:!]|\\q?quad(?![A-Za-z])|\\ ")


@dataclass(frozen=True)
class Displayed:
    """A displayed formula of a page."""

    key: str
    kind: str
    tex: str
    place: str


@dataclass(frozen=True)
class Check:
    """What a displayed formula is held against."""

    key: str
    seen: str
    right: Formula
    wrong: dict[str, Formula]
    tolerance: float
    truth: Truth
    module: str

    def passes(self) -> bool:
        """Say whether the formula agrees with the truth (a NaN does not)."""
        return self.truth(self.right) <= self.tolerance

    def notices(self, name: str) -> bool:
        """Say whether the changed formula `name` is clearly told from the truth."""
        return self.truth(self.wrong[name]) > CLEARLY * self.tolerance


CHECKS: dict[str, Check] = {}


def check(
    key: str, *, seen: str, right: Formula, wrong: dict[str, Formula], tolerance: float = 1e-8
) -> Callable[[Truth], Truth]:
    """Register the decorated function as the truth for the formula `key`.

    `seen` is the fingerprint of the TeX that `right` was transcribed from; `wrong` names each
    changed formula by its change.
    """

    def register(truth: Truth) -> Truth:
        module = truth.__module__.rpartition(".")[2]
        if key in CHECKS:
            raise ValueError(f"{key} has two checks, in {CHECKS[key].module}.py and {module}.py")
        if not wrong:
            raise ValueError(f"{key} has no changed formula that its check must notice")
        CHECKS[key] = Check(key, seen, right, wrong, tolerance, truth, module)
        return truth

    return register


def load() -> dict[str, Check]:
    """Return all checks."""
    import_all(FOLDER, OTHER_MODULES)
    return CHECKS


def import_all(folder: Path, others: Iterable[str]) -> None:
    """Import the modules of a folder but some; each registers what is in it."""
    for path in sorted(folder.glob("[a-z]*.py")):
        if path.stem not in others:
            import_module(f"{folder.name}.{path.stem}")


def read_all(root: Path) -> list[Page]:
    """Return the pages of the guide in their order."""
    read = (pages.read(root, path)[0] for path in pages.page_paths(root))
    return [page for page in read if page]


def displayed(root: Path) -> list[Displayed]:
    """Return every displayed formula of the guide, in the order of the pages."""
    return [
        Displayed(one.id, one.kind, one.tex, f"{page.source}:{one.line}")
        for page in read_all(root)
        for one in page.formulas
    ]


def fingerprint(tex: str) -> str:
    """Return a short digest of a formula that does not depend on its spacing."""
    return hashlib.sha256(SPACING.sub("", tex).encode()).hexdigest()[:12]


def module_of(key: str) -> str:
    """Return the module in which the check of `key` belongs: eq-gan-value -> gan."""
    return key.split("-")[1]


def faults(shown: Iterable[Displayed], checks: dict[str, Check]) -> list[str]:
    """Return what does not fit between the formulas of the pages and the checks."""
    found = []
    by_key = {formula.key: formula for formula in shown}
    for formula in by_key.values():
        file = f"tests/formulas/{module_of(formula.key)}.py"
        held = checks.get(formula.key)
        if not held:
            if formula.kind == "claim":
                found.append(
                    f"{formula.place}: '{formula.key}' is a claim without a numeric check; add one"
                    f" to {file} (its TeX has the fingerprint {fingerprint(formula.tex)})"
                )
        elif held.seen != fingerprint(formula.tex):
            found.append(
                f"{formula.place}: the TeX of '{formula.key}' changed since its check was written;"
                f" read it, correct `right` in {file} if it says something else,"
                f" then set seen='{fingerprint(formula.tex)}'"
            )
    for held in checks.values():
        if held.key not in by_key:
            found.append(f"tests/formulas/{held.module}.py: no page shows '{held.key}'")
        elif held.module != module_of(held.key):
            found.append(
                f"tests/formulas/{held.module}.py: the check of '{held.key}'"
                f" belongs in {module_of(held.key)}.py"
            )
    return found
