"""The worked examples about tokens and tables once more; see `recalculated`."""

from __future__ import annotations

import itertools
import math

import numpy as np

Numbers = dict[str, float]


def transformer() -> Numbers:
    """Attention as matrices; top-p as a conditional probability; the cache as a sum."""
    names = ("ana", "says", "she")
    queries = np.array([[0, 1], [2, 0], [1, 0]])
    keys = np.array([[2, 0], [0, 2], [1, 1]])
    products = queries @ keys.T
    powers = np.exp(products / 2**0.5)
    masked = np.tril(powers)
    weights = masked / masked.sum(axis=1, keepdims=True)
    found: Numbers = {"exp_sum": powers[2].sum(), "mixed_she": weights[2] @ [10, 5, 0]}
    for j, name in enumerate(names):
        found |= {
            f"dot_{name}": products[2, j],
            f"score_{name}": products[2, j] / 2**0.5,
            f"exp_{name}": powers[2, j],
        }
        found |= {f"w_{names[i]}_{name}": weights[i, j] for i in range(j, 3)}
    found["open_ana_says"] = powers[0, 1] / powers[0].sum()
    for label, power in (("cold", 2), ("one", 1), ("hot", 0.5)):
        share = math.e ** (power * np.array([2, 1, 0]))
        found |= {f"{label}_{i + 1}": share[i] / share.sum() for i in range(3)}
    found |= {"top_mass": 1 - found["one_3"], "top_3": 0.0}
    found |= {f"top_{i}": found[f"one_{i}"] / (1 - found["one_3"]) for i in (1, 2)}
    return found | {"cached": 1000, "uncached": sum(range(1, 1001))}


def rnn() -> Numbers:
    """Gates by hyperbolic tangents; the slope of ten plain steps by central differences."""

    def logistic(x: float) -> float:
        return (1 + math.tanh(x / 2)) / 2

    mark, letter = logistic(-4), logistic(4)
    inside = 2 + mark * 0.2
    opened = math.tanh(inside) + mark * (0.2 - math.tanh(inside))

    def plain(state: float) -> float:
        for _ in range(10):
            state = math.tanh(0.9 * state)
        return state

    gated = opened
    for _ in range(10):
        gated += (1 - letter) * (math.tanh(letter * gated) - gated)
    return {
        "gate_mark": mark,
        "gate_letter": letter,
        "write_mark": letter,  # the logistic function of -x is 1 less that of x
        "candidate_in": inside,
        "candidate_mark": math.tanh(inside),
        "opened": opened,
        "gated_after": gated,
        "plain_after": plain(opened),
        "plain_slope": (plain(opened + 1e-5) - plain(opened - 1e-5)) / 2e-5,
        "gate_product": math.exp(10 * math.log(letter)),
        "power_half": 1 / 1024,
        "power_nine": 9**10 / 10**10,
        "power_more": 3**10 / 2**10,
    }


def hybrid() -> Numbers:
    """Counters inside the loops of each way of drawing."""

    def draw(blocks: int, once: int, repeated: int, steps: int) -> tuple[int, int]:
        work = waiting = 0
        for _ in range(blocks):
            for run in range(once + steps * repeated):
                waiting += run >= 0
                work += 64 // blocks
        return work, waiting

    def steps_for(budget: int, once: int, repeated: int) -> int:
        return max(steps for steps in range(99) if once + steps * repeated <= budget)

    budget = draw(1, 8, 4, 10)[1]
    found: Numbers = {"patches": 64, "layers": 12, "steps": 10, "blocks": 4, "budget": budget}
    found |= {"block_patches": 16, "diffusion_steps": steps_for(budget, 0, 12)}
    found["auto_work"], found["auto_wait"] = draw(64, 12, 0, 0)
    found["diffusion_work"], found["diffusion_wait"] = draw(1, 0, 12, 10)
    for once, repeated in ((4, 8), (8, 4), (10, 2)):
        split = f"{once}_{repeated}"
        found[f"work_{split}"], found[f"wait_{split}"] = draw(4, once, repeated, 10)
        found[f"steps_{split}"] = steps_for(budget, once, repeated)
    found |= {"quiz_right": draw(1, 6, 2, 5)[1], "quiz_all_repeated": draw(1, 0, 8, 5)[1]}
    return found | {"quiz_swapped": draw(1, 2, 6, 5)[1], "quiz_sum": 13}


def multimodal() -> Numbers:
    """Shares of the table's exponentials, over its rows and over its columns."""
    table = np.array([[0.3, 0.1, 0.1], [0.1, 0.4, 0.1], [0.0, 0.3, 0.2]])

    def partners(temperature: float) -> tuple[np.ndarray, np.ndarray]:
        powers = np.exp(table / temperature)
        return np.diag(powers / powers.sum(1)[:, None]), np.diag(powers / powers.sum(0)[None, :])

    rows, columns = partners(0.1)
    found: Numbers = {f"s{i + 1}{j + 1}": s for (i, j), s in np.ndenumerate(table)}
    for i, name in enumerate(("dog", "boat", "harbor")):
        found |= {f"{name}_to_text": rows[i], f"{name}_to_image": columns[i]}
    return found | {
        "temperature": 0.1,
        "weight_true": math.e**3,
        "weight_other": math.e,
        "harbor_as_boat": math.e**3 / (1 + math.e**3 + math.e**2),
        "loss_to_text": -np.log(np.prod(rows)) / 3,
        "loss_to_image": -np.log(np.prod(columns)) / 3,
        "loss": -np.log(np.prod(rows) * np.prod(columns)) / 6,
        "loss_warm": -np.mean(np.log(partners(1.0))),
        "loss_chance": math.log(3),
    }


def autoregressive() -> Numbers:
    """The table of all strings as a matrix."""
    then = np.array([[0.4, 0.3, 0.3], [0.05, 0.05, 0.9], [0.2, 0.3, 0.5]])
    joint = np.array([0.5, 0.4, 0.1])[:, None] * then
    entropy = -np.sum(joint * np.log2(joint)) / 2
    return {
        "count": sum(1 for _ in itertools.product("abc", "abc")),
        "total": joint.sum(),
        "p_greedy": joint[0, 0],
        "p_best": joint.max(),
        "bits_best": -np.log2(joint[1, 2]),
        "bits_best_symbol": -np.log2(joint[1, 2]) / 2,
        "bits_average_symbol": entropy,
        "bits_uniform_symbol": math.log(9) / math.log(2) / 2,
        "second_c": joint[:, 2].sum(),
        "b_given_c": joint[1, 2] / joint[:, 2].sum(),
        "backward": joint[1, 2],
        "pixel_passes": sum(3 for _ in range(256 * 256)),
    }
