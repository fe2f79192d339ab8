"""Worked example of the diffusion page: one value, three noise levels, one step back."""

import math

X0 = 2.0
NOISE = -1.0
GUESS = -0.7
SIGNAL = (0.8, 0.6, 0.28)  # square roots of alpha-bar at levels 1, 2 and 3


def noised(x0: float, noise: float, signal: float) -> float:
    """Return the noisy value for a signal weight: the closed-form marginal."""
    return signal * x0 + math.sqrt(1 - signal**2) * noise


def posterior(signal_before: float, signal_now: float) -> tuple[float, float, float]:
    """Return the weights on clean and noisy value, and the variance, of the step back."""
    bar_before, bar_now = signal_before**2, signal_now**2
    alpha = bar_now / bar_before
    clean = signal_before * (1 - alpha) / (1 - bar_now)
    noisy = math.sqrt(alpha) * (1 - bar_before) / (1 - bar_now)
    return clean, noisy, (1 - bar_before) / (1 - bar_now) * (1 - alpha)


def values() -> dict[str, str]:
    """Return every number that the page prints, as text."""
    noise_weight = [math.sqrt(1 - s**2) for s in SIGNAL]
    level = [noised(X0, NOISE, s) for s in SIGNAL]
    clean_guess = (level[1] - noise_weight[1] * GUESS) / SIGNAL[1]
    clean_weight, noisy_weight, variance = posterior(SIGNAL[0], SIGNAL[1])
    out = {
        "x0": f"{X0:.0f}",
        "noise": f"{NOISE:.0f}",
        "guess": f"{GUESS:.1f}",
        "loss": f"{(NOISE - GUESS) ** 2:.2f}",
        "clean_guess": f"{clean_guess:.3f}",
        "clean_weight": f"{clean_weight:.3f}",
        "noisy_weight": f"{noisy_weight:.3f}",
        "mean": f"{clean_weight * clean_guess + noisy_weight * level[1]:.3f}",
        "spread": f"{math.sqrt(variance):.3f}",
        "ddim": f"{SIGNAL[0] * clean_guess + noise_weight[0] * GUESS:.3f}",
        "ddim_exact": f"{SIGNAL[0] * X0 + noise_weight[0] * NOISE:.2f}",
    }
    for i in range(3):
        out[f"signal{i + 1}"] = f"{SIGNAL[i]:.2f}"
        out[f"noise{i + 1}"] = f"{noise_weight[i]:.2f}"
        out[f"x{i + 1}"] = f"{level[i]:.2f}"
    return out
