"""Worked example of the emerging page: straight training lines onto two data points."""

import math

START = 0.5
DATA = (-1.0, 1.0)  # two equally likely data points
MEET = (0.25, 0.5)  # a place and a time at which two training lines cross


def weight_up(x: float, t: float) -> float:
    """Return the probability that the line through x at time t < 1 ends at +1 (Bayes' rule)."""
    down, up = (-((x - t * d) ** 2) / (2 * (1 - t) ** 2) for d in DATA)
    top = max(down, up)
    return math.exp(up - top) / (math.exp(up - top) + math.exp(down - top))


def line_velocity(x: float, t: float, data: float) -> float:
    """Return data minus noise for the training line through x at time t that ends at data."""
    noise = (x - t * data) / (1 - t)
    return data - noise


def velocity(x: float, t: float) -> float:
    """Return the velocity that the loss teaches: the average over the lines through x."""
    up = weight_up(x, t)
    return (1 - up) * line_velocity(x, t, DATA[0]) + up * line_velocity(x, t, DATA[1])


def euler(x: float, steps: int) -> list[float]:
    """Return the positions visited from noise (t = 0) to data (t = 1)."""
    path = [x]
    for k in range(steps):
        path.append(path[-1] + velocity(path[-1], k / steps) / steps)
    return path


def values() -> dict[str, str]:
    """Return every number that the page prints, as text."""
    x, t = MEET
    two, four = euler(START, 2), euler(START, 4)
    return {
        "start": f"{START:.1f}",
        "target_down": f"{line_velocity(START, 0.0, DATA[0]):.1f}",
        "target_up": f"{line_velocity(START, 0.0, DATA[1]):.1f}",
        "v_start": f"{velocity(START, 0.0):.1f}",
        "meet_x": f"{x:.2f}",
        "meet_t": f"{t:.1f}",
        "noise_down": f"{(x - t * DATA[0]) / (1 - t):.1f}",
        "noise_up": f"{(x - t * DATA[1]) / (1 - t):.1f}",
        "meet_down": f"{line_velocity(x, t, DATA[0]):.1f}",
        "meet_up": f"{line_velocity(x, t, DATA[1]):.1f}",
        "weight_up": f"{weight_up(x, t):.2f}",
        "weight_down": f"{1 - weight_up(x, t):.2f}",
        "meet_v": f"{velocity(x, t):.2f}",
        "one": f"{euler(START, 1)[-1]:.2f}",
        "two_mid": f"{two[1]:.2f}",
        "two": f"{two[-1]:.2f}",
        "four_path": " \\to ".join(f"{p:.2f}" for p in four),
        "reflow": f"{START + (DATA[1] - START):.2f}",
    }
