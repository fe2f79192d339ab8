"""Every claim among the displayed formulas agrees with an independent truth, and each check can
tell the formula from the same with one sign or factor changed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fieldguide.source.blocks import FORMULA_KINDS as KINDS

from formulas import registry

CHECKS = registry.load()
MUTANTS = [(key, name) for key, held in sorted(CHECKS.items()) for name in held.wrong]


def test_the_checks_fit_the_formulas_of_the_pages(
    root: Path, record_property: Callable[[str, object], None]
) -> None:
    shown = registry.displayed(root)
    counted = Counter(formula.kind for formula in shown)
    assert set(counted) == set(KINDS)  # a definition needs no check, but is counted
    for kind, number in counted.items():
        record_property(f"displayed formulas of the kind {kind}", number)
    found = registry.faults(shown, CHECKS)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("key", sorted(CHECKS))
def test_formula_agrees_with_the_truth(key: str) -> None:
    held = CHECKS[key]
    deviation = held.truth(held.right)
    assert held.passes(), f"{key} deviates by {deviation:.3g}; allowed: {held.tolerance:g}"


@pytest.mark.parametrize(("key", "name"), MUTANTS)
def test_check_notices_a_changed_formula(key: str, name: str) -> None:
    held = CHECKS[key]
    deviation = held.truth(held.wrong[name])
    assert held.notices(name), f"{key} with '{name}' deviates by {deviation:.3g} only"


def shown(key: str = "eq-gan-value", kind: str = "claim", tex: str = "a+b") -> registry.Displayed:
    return registry.Displayed(key, kind, tex, "docs/models/gans.md:7")


def held(key: str = "eq-gan-value", tex: str = "a+b", module: str = "gan") -> registry.Check:
    seen = registry.fingerprint(tex)
    return registry.Check(key, seen, lambda: 0, {"sign": lambda: 1}, 0.1, lambda f: f(), module)


def test_a_claim_without_a_check_is_a_fault() -> None:
    (fault,) = registry.faults([shown()], {})
    assert fault.startswith("docs/models/gans.md:7: 'eq-gan-value' is a claim without")
    assert not registry.faults([shown(kind="definition")], {})


def test_a_check_without_a_formula_is_a_fault() -> None:
    (fault,) = registry.faults([], {"eq-gan-value": held()})
    assert fault == "tests/formulas/gan.py: no page shows 'eq-gan-value'"


def test_a_check_in_the_wrong_module_is_a_fault() -> None:
    (fault,) = registry.faults([shown()], {"eq-gan-value": held(module="vae")})
    assert fault == "tests/formulas/vae.py: the check of 'eq-gan-value' belongs in gan.py"


def test_a_changed_formula_asks_somebody_to_look_but_spacing_does_not() -> None:
    checks = {"eq-gan-value": held()}
    assert not registry.faults([shown(tex="a \\,+\\;\n b")], checks)
    (fault,) = registry.faults([shown(tex="a-b")], checks)
    assert "the TeX of 'eq-gan-value' changed" in fault and registry.fingerprint("a-b") in fault


def test_a_deviation_that_is_no_number_never_passes() -> None:
    empty = replace(held(), truth=lambda formula: math.nan)
    assert not empty.passes() and not empty.notices("sign")
    assert held().passes() and held().notices("sign") is False  # 1 is not clearly above 0.1


def test_two_checks_of_one_formula_and_checks_that_cannot_fail_are_refused() -> None:
    key = min(CHECKS)
    again = registry.check(key, seen="", right=lambda: 0, wrong={"sign": lambda: 1})
    with pytest.raises(ValueError, match="two checks"):
        again(lambda f: 0.0)
    with pytest.raises(ValueError, match="no changed formula"):
        registry.check("eq-x-new", seen="", right=lambda: 0, wrong={})(lambda f: 0.0)
