"""Checks for the page on generative and traditional AI."""

import numpy as np

from formulas.numerics import Array, gap
from formulas.registry import Formula, check


def bayes(likelihood: Array, prior: Array, x: int, y: int) -> float:
    """p(x|y) p(y) over the sum over y' of p(x|y') p(y'); likelihood[x, y] is p(x|y)."""
    total = sum(likelihood[x, other] * prior[other] for other in range(prior.size))
    return float(likelihood[x, y] * prior[y] / total)


def bayes_flat_sum(likelihood: Array, prior: Array, x: int, y: int) -> float:
    total = sum(likelihood[x, other] for other in range(prior.size))
    return float(likelihood[x, y] * prior[y] / total)


def bayes_no_prior(likelihood: Array, prior: Array, x: int, y: int) -> float:
    total = sum(likelihood[x, other] * prior[other] for other in range(prior.size))
    return float(likelihood[x, y] / total)


@check(
    "eq-versus-bayes",
    seen="79557327797b",
    right=bayes,
    wrong={"sum without p(y')": bayes_flat_sum, "numerator without p(y)": bayes_no_prior},
    tolerance=1e-12,
)
def counted_table(formula: Formula) -> float:
    """Truth: a table of counts; the label's share among the cases with this input."""
    counts = np.random.default_rng(1).integers(1, 50, size=(4, 3)).astype(float)
    of_label = counts.sum(axis=0)
    likelihood, prior = counts / of_label, of_label / counts.sum()
    found = [[formula(likelihood, prior, x, y) for y in range(3)] for x in range(4)]
    return gap(found, counts / counts.sum(axis=1, keepdims=True))
