"""Checks for the page on recurrent networks."""

import math
from collections.abc import Sequence

import numpy as np

from formulas.numerics import Array, gap, slope
from formulas.registry import Formula, check

Step = tuple[float, float]


def run(w: Array, u: Array, inputs: Array, start: Array) -> list[Array]:
    """Return the states of a plain recurrent network, the first one included."""
    states = [start]
    for x in inputs:
        states.append(np.tanh(w @ x + u @ states[-1]))
    return states


def gradient(u: Array, states: Sequence[Array]) -> Array:
    """J_T J_(T-1) ... J_1 with J_t = diag(1 - h_t^2) U; states[t] is h_t."""
    product = np.eye(u.shape[0])
    for h in states[1:]:
        product = np.diag(1 - h**2) @ u @ product
    return product


def gradient_reversed(u: Array, states: Sequence[Array]) -> Array:
    product = np.eye(u.shape[0])
    for h in states[1:]:
        product = product @ np.diag(1 - h**2) @ u
    return product


def gradient_plus(u: Array, states: Sequence[Array]) -> Array:
    product = np.eye(u.shape[0])
    for h in states[1:]:
        product = np.diag(1 + h**2) @ u @ product
    return product


def gradient_before(u: Array, states: Sequence[Array]) -> Array:
    return gradient(u, [states[0], *states[:-1]])


@check(
    "eq-rnn-gradient",
    seen="20a056c4d2c4",
    right=gradient,
    wrong={
        "factors in reverse order": gradient_reversed,
        "1 + h^2": gradient_plus,
        "state before the step": gradient_before,
    },
    tolerance=1e-8,
)
def differences_of_the_last_state(formula: Formula) -> float:
    """Truth: central differences of the last state with respect to the first, in random nets."""
    worst = 0.0
    for seed in range(4):
        random = np.random.default_rng(seed)
        w, u = random.normal(size=(3, 2)), random.normal(size=(3, 3)) * 0.8
        inputs, start = random.normal(size=(5, 2)), random.normal(size=3)
        truth = slope(lambda h, w=w, u=u, x=inputs: run(w, u, x, h)[-1], start)
        worst = max(worst, gap(formula(u, run(w, u, inputs, start)), truth))
    return worst


def bound(u: Array, steps: int) -> float:
    """||U||^T, the norm being the largest factor by which U stretches a vector."""
    return float(np.linalg.norm(u, 2) ** steps)


def bound_one_more(u: Array, steps: int) -> float:
    return float(np.linalg.norm(u, 2) ** (steps + 1))


def bound_times(u: Array, steps: int) -> float:
    return float(np.linalg.norm(u, 2) * steps)


def bound_mean_norm(u: Array, steps: int) -> float:
    return float((np.linalg.norm(u) / math.sqrt(2)) ** steps)


@check(
    "eq-rnn-bound",
    seen="eeb493b4f18f",
    right=bound,
    wrong={
        "one factor too many": bound_one_more,
        "times T instead of to the power T": bound_times,
        "another norm": bound_mean_norm,
    },
    tolerance=1e-7,
)
def stretch_of_the_last_state(formula: Formula) -> float:
    """Truth: the norm of the gradient by central differences never exceeds the bound, and reaches
    it where every state is 0 and U stretches one direction only. The deviation is the largest
    quotient of the two, less 1: an invalid bound shows as more, a needlessly wide one as less.
    """
    still = np.zeros((6, 2))
    stretched = np.diag([0.8, 0.4])
    cases = [(stretched, still, np.zeros(2)), (np.diag([1.2, 0.3]), still, np.zeros(2))]
    for seed in range(6):
        random = np.random.default_rng(seed)
        u, inputs = random.normal(size=(2, 2)), random.normal(size=(6, 2))
        cases.append((u, inputs, random.normal(size=2)))
    quotients = []
    for u, inputs, start in cases:
        jacobian = slope(lambda h, u=u, x=inputs: run(np.eye(2), u, x, h)[-1], start)
        quotients.append(np.linalg.norm(jacobian, 2) / formula(u, len(inputs)))
    return float(max(abs(max(quotients) - 1), *(abs(q - 1) for q in quotients[:2])))


def logistic(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)))


def gru(weights: Sequence[Array], x: Array, h: Array) -> Array:
    """z, r = sigma(W x + U h); candidate = tanh(W x + U (r * h)); z * h + (1 - z) * candidate."""
    w_z, u_z, w_r, u_r, w, u = weights
    z, r = logistic(w_z @ x + u_z @ h), logistic(w_r @ x + u_r @ h)
    return np.asarray(z * h + (1 - z) * np.tanh(w @ x + u @ (r * h)))


def gru_swapped(weights: Sequence[Array], x: Array, h: Array) -> Array:
    w_z, u_z, w_r, u_r, w, u = weights
    z, r = logistic(w_z @ x + u_z @ h), logistic(w_r @ x + u_r @ h)
    return np.asarray((1 - z) * h + z * np.tanh(w @ x + u @ (r * h)))


def gru_no_reset(weights: Sequence[Array], x: Array, h: Array) -> Array:
    w_z, u_z, _, _, w, u = weights
    z = logistic(w_z @ x + u_z @ h)
    return np.asarray(z * h + (1 - z) * np.tanh(w @ x + u @ h))


@check(
    "eq-rnn-gru",
    seen="f48d0f945fcf",
    right=gru,
    wrong={"z and 1 - z swapped": gru_swapped, "no reset gate": gru_no_reset},
    tolerance=1e-7,
)
def nearest_state(formula: Formula) -> float:
    """Truth for a definition: the new state is where z (h - old)^2 + (1 - z) (h - candidate)^2
    stops falling (the parabola's lowest point from three of its values). Gates and candidate are
    computed entry by entry, with the gate as the share of exp(a) in exp(a) + exp(0).
    """
    random = np.random.default_rng(5)
    weights = [random.normal(size=(3, 2 if i % 2 == 0 else 3)) for i in range(6)]
    x, old = random.normal(size=2), random.normal(size=3)

    def entry(i: int, j: int, state: Array) -> float:
        terms = [weights[i][j, k] * x[k] for k in range(2)]
        return math.fsum(terms + [weights[i + 1][j, k] * state[k] for k in range(3)])

    def gate(i: int, j: int) -> float:
        return math.exp(entry(i, j, old)) / (math.exp(entry(i, j, old)) + math.exp(0))

    seen = np.array([gate(2, j) * old[j] for j in range(3)])
    truth = []
    for j in range(3):
        candidate, z = math.tanh(entry(4, j, seen)), gate(0, j)
        cost = [z * (h - old[j]) ** 2 + (1 - z) * (h - candidate) ** 2 for h in (-1.0, 0.0, 1.0)]
        truth.append((cost[0] - cost[2]) / (2 * (cost[0] - 2 * cost[1] + cost[2])))
    return gap(formula(weights, x, old), truth)


def memory(z: Array, candidates: Array, h0: float) -> float:
    """prod z_s h_0 + sum over s of (prod over u > s of z_u) (1 - z_s) candidate_s; z[0] is z_1."""
    places = range(z.size)
    kept = sum(np.prod(z[s + 1 :]) * (1 - z[s]) * candidates[s] for s in places)
    return float(np.prod(z) * h0 + kept)


def memory_with_own_gate(z: Array, candidates: Array, h0: float) -> float:
    places = range(z.size)
    kept = sum(np.prod(z[s:]) * (1 - z[s]) * candidates[s] for s in places)
    return float(np.prod(z) * h0 + kept)


def memory_written_with_z(z: Array, candidates: Array, h0: float) -> float:
    places = range(z.size)
    kept = sum(np.prod(z[s + 1 :]) * z[s] * candidates[s] for s in places)
    return float(np.prod(z) * h0 + kept)


@check(
    "eq-rnn-memory",
    seen="441d852b37d6",
    right=memory,
    wrong={
        "product from s": memory_with_own_gate,
        "z_s instead of 1 - z_s": memory_written_with_z,
    },
    tolerance=1e-12,
)
def unrolled_updates(formula: Formula) -> float:
    """Truth: the update h = z h + (1 - z) candidate, step after step; and where all contents are
    equal to 1 the weights must add up to 1.
    """
    random = np.random.default_rng(6)
    z, candidates, state = random.uniform(size=8), random.uniform(-1, 1, size=8), 0.7
    found = formula(z, candidates, state)
    for gate, candidate in zip(z, candidates, strict=True):
        state = gate * state + (1 - gate) * candidate
    return max(abs(found - state), abs(formula(z, np.ones(8), 1.0) - 1))


def scan(second: Step, first: Step) -> Step:
    """(a_2, b_2) o (a_1, b_1) = (a_2 a_1, a_2 b_1 + b_2)."""
    return second[0] * first[0], second[0] * first[1] + second[1]


def scan_crossed(second: Step, first: Step) -> Step:
    return second[0] * first[0], first[0] * second[1] + first[1]


def scan_minus(second: Step, first: Step) -> Step:
    return second[0] * first[0], second[0] * first[1] - second[1]


@check(
    "eq-rnn-scan",
    seen="5fdcbb9b1ae9",
    right=scan,
    wrong={"the left step first": scan_crossed, "minus b_2": scan_minus},
    tolerance=1e-12,
)
def states_after_all_steps(formula: Formula) -> float:
    """Truth: five steps applied to a state one after another; brackets from the left, from the
    right and in pairs must all give the state that results.
    """
    steps = [tuple(pair) for pair in np.random.default_rng(7).normal(size=(5, 2)).tolist()]
    a, b, c, d, e = steps
    left = formula(e, formula(d, formula(c, formula(b, a))))
    right = formula(formula(formula(formula(e, d), c), b), a)
    pairs = formula(formula(e, formula(d, c)), formula(b, a))
    worst = 0.0
    for start in (-1.5, 0.0, 2.0):
        state = start
        for factor, shift in steps:
            state = factor * state + shift
        worst = max(worst, *(abs(way[0] * start + way[1] - state) for way in (left, right, pairs)))
    return worst
