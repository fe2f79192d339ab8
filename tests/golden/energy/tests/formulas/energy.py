"""Checks for the page of an eleventh family."""

import numpy as np
from formulas.numerics import Array
from formulas.registry import Formula, check

ENERGIES = np.linspace(-3, 4, 8)


def density(energies: Array) -> Array:
    return np.asarray(np.exp(-energies) / np.exp(-energies).sum())


@check(
    "eq-energy-density",
    seen="FINGERPRINT",
    right=density,
    wrong={"plus": lambda energies: density(-energies)},
)
def ratios(formula: Formula) -> float:
    """Truth: all add up to 1, and two states differ by the factor of their energies alone."""
    found = formula(ENERGIES)
    ratio = found[0] / found[-1] - np.exp(ENERGIES[-1] - ENERGIES[0])
    return float(max(abs(found.sum() - 1), abs(ratio)))
