"""The worked examples about densities once more; see `recalculated`."""

from __future__ import annotations

import math

import numpy as np

Numbers = dict[str, float]


def diffusion() -> Numbers:
    """The step back by adding up precisions (1 over variance) instead of by the page's weights."""
    signal, x0, noise, guess = np.array([0.8, 0.6, 0.28]), 2.0, -1.0, -0.7
    weight = np.array([0.6, 0.8, 0.96])
    x = signal * x0 + weight * noise
    clean = x0 + weight[1] / signal[1] * (noise - guess)
    alpha = 0.36 / 0.64
    precision = 1 / 0.36 + alpha / (1 - alpha)
    clean_weight = 0.8 / 0.36 / precision
    noisy_weight = math.sqrt(alpha) / (1 - alpha) / precision
    found: Numbers = {"x0": x0, "noise": noise, "guess": guess, "loss": (noise - guess) ** 2}
    for i in range(3):
        found |= {f"signal{i + 1}": signal[i], f"noise{i + 1}": weight[i], f"x{i + 1}": x[i]}
    return found | {
        "clean_guess": clean,
        "clean_weight": clean_weight,
        "noisy_weight": noisy_weight,
        "mean": clean_weight * clean + noisy_weight * x[1],
        "spread": precision**-0.5,
        "ddim": 0.8 * clean + 0.6 * guess,
        "ddim_exact": x[0],
    }


def emerging() -> Numbers:
    """The learned velocity from the mean of the two ends, their shares by the logistic function."""

    def up(x: float, t: float) -> float:
        return 1 / (1 + math.exp(-2 * t * x / (1 - t) ** 2))  # the two exponents' difference

    def velocity(x: float, t: float) -> float:
        return (2 * up(x, t) - 1 - x) / (1 - t)  # mean of the ends, less the place

    def walk(steps: int) -> list[float]:
        path = [0.5]
        for k in range(steps):
            path.append(path[-1] + velocity(path[-1], k / steps) / steps)
        return path

    found: Numbers = {f"four_path {i}": x for i, x in enumerate(walk(4))}
    return found | {
        "start": 0.5,
        "target_down": -1.5,
        "target_up": 0.5,
        "v_start": -0.5,
        "meet_x": 0.25,
        "meet_t": 0.5,
        "noise_down": 1.5,
        "noise_up": -0.5,
        "meet_down": -2.5,
        "meet_up": 1.5,
        "weight_up": up(0.25, 0.5),
        "weight_down": 1 - up(0.25, 0.5),
        "meet_v": velocity(0.25, 0.5),
        "one": walk(1)[-1],
        "two_mid": walk(2)[1],
        "two": walk(2)[2],
        "reflow": 1.0,
    }


def gan() -> Numbers:
    """The best verdicts by trying 9,999 of them; the divergence from the values of the game."""
    data, generator = np.array([0.6, 0.3, 0.1]), np.array([0.2, 0.3, 0.5])
    tried = np.linspace(0.0001, 0.9999, 9999)[:, None]
    values = data * np.log(tried) + generator * np.log(1 - tried)
    best, top, coin = tried[values.argmax(axis=0), 0], values.max(axis=0).sum(), -math.log(4)
    found: Numbers = {"value_at_optimum": top, "value_at_half": coin, "advantage": top - coin}
    found |= {"jsd": (top - coin) / 2, "early_d": 0.02}
    for i, kind in enumerate(("portrait", "landscape", "still")):
        found |= {f"data_{kind}": data[i], f"generator_{kind}": generator[i]}
        found[f"best_{kind}"] = best[i]
    score = math.log(0.02 / 0.98)
    slopes = {}
    for name, loss in (
        ("slope_saturating", lambda s: -math.log1p(math.exp(s))),
        ("slope_nonsaturating", lambda s: math.log1p(math.exp(-s))),
    ):
        slopes[name] = (loss(score + 1e-5) - loss(score - 1e-5)) / 2e-5
    ratio = slopes["slope_nonsaturating"] / slopes["slope_saturating"]
    return found | slopes | {"slope_ratio": ratio}


def vae() -> Numbers:
    """All terms of the bound as integrals over the code; the posterior by Bayes' rule."""
    z = np.linspace(-12, 12, 4801)

    def normal(mean: float, deviation: float) -> np.ndarray:
        return np.exp(-(((z - mean) / deviation) ** 2) / 2) / deviation / math.sqrt(2 * math.pi)

    def integral(values: np.ndarray) -> float:
        return float(values.sum() * 0.005)

    def log(values: np.ndarray) -> np.ndarray:
        return np.log(np.maximum(values, 1e-300))

    prior, decoder = normal(0, 1), normal(2, 1)
    evidence = integral(prior * decoder)
    posterior = prior * decoder / evidence
    mean = integral(posterior * z)
    deviation = math.sqrt(integral(posterior * (z - mean) ** 2))
    found: Numbers = {"x": 2.0, "log_likelihood": math.log(evidence)}
    found |= {"posterior_mean": mean, "posterior_deviation": deviation}
    for name, center, width in (
        ("collapsed", 0.0, 1.0),
        ("point", 1.0, 0.1),
        ("rough", 0.8, 0.6),
        ("exact", mean, deviation),
    ):
        q = normal(center, width)
        found |= {f"mean_{name}": center, f"deviation_{name}": width}
        found[f"reconstruction_{name}"] = integral(q * log(decoder))
        found[f"kl_{name}"] = integral(q * (log(q) - log(prior)))
        found[f"elbo_{name}"] = integral(q * (log(prior * decoder) - log(q)))
        found[f"gap_{name}"] = math.log(evidence) - found[f"elbo_{name}"]
    return found


def flow() -> Numbers:
    """Both layers as one map; its determinant by central differences."""

    def f(x: np.ndarray) -> np.ndarray:
        h1, h2 = (x[0] - 1) / 2, (x[1] - 1) / 2
        return np.array([h1, h2 * (1 + h1**2) - 3 * h1])

    x, moves = np.array([3.0, 5.0]), 1e-5 * np.eye(2)
    z = f(x)
    jacobian = np.stack([(f(x + move) - f(x - move)) / 2e-5 for move in moves], axis=-1)
    stretch = abs(np.linalg.det(jacobian))
    base = math.exp(-(z @ z) / 2) / (2 * math.pi)
    found: Numbers = {"h1": 1, "h2": 2, "multiplier": 2, "offset": -3, "z1": z[0], "z2": z[1]}
    found |= {"back_h2": 2, "back_x1": 3, "back_x2": 5}
    return found | {
        "logdet_affine": math.log(1 / 4),
        "logdet_coupling": math.log(2),
        "logdet": math.log(stretch),
        "base": base,
        "log_base": math.log(base),
        "p": base * stretch,
        "log_p": math.log(base * stretch),
        "area_ratio": stretch,
    }
