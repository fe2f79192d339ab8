"""The smallest network of the guide, in plain Python and NumPy: a curve through nine temperatures.

Idea: a row of neurons, each a smooth step; their sum is the curve. Each step of training moves
every number a little against its slope.
Paper: Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors", 1986.
"""

import numpy as np

HOURS = np.arange(0, 25, 3)
DEGREES = np.array([9, 7, 8, 13, 18, 20, 17, 13, 10.0])
x, y = HOURS / 12 - 1, (DEGREES - 14) / 8  # numbers around -1..1 are easier to learn


# --8<-- [start:network]
def network(x, w, b, v, c):
    """The answer for each x, and what the neurons gave out on the way."""
    h = np.tanh(np.outer(x, w) + b)  # (points, neurons)
    return h @ v + c, h


def step(x, y, w, b, v, c, rate):
    """One step: the loss, and all parameters moved against their slopes."""
    guess, h = network(x, w, b, v, c)
    gap = guess - y
    loss = (gap**2).mean()
    back = 2 * gap / len(x)  # slope of the loss by each answer
    inside = np.outer(back, v) * (1 - h**2)  # ... and by what went into each bend
    slopes = inside.T @ x, inside.sum(0), h.T @ back, back.sum()
    return loss, *(p - rate * s for p, s in zip((w, b, v, c), slopes, strict=True))


# --8<-- [end:network]


def train(neurons=8, steps=3000, rate=0.1, seed=0):
    """Random numbers first, then many steps."""
    draw = np.random.default_rng(seed)
    w, b, v = (draw.normal(0, reach, neurons) for reach in (3, 1, 0.1))
    c = 0.0
    for i in range(steps):
        loss, w, b, v, c = step(x, y, w, b, v, c, rate)
        if i in (0, 9, 99, 999) or i == steps - 1:
            print(f"step {i + 1:5}   loss {64 * loss:8.4f} square degrees")
    return w, b, v, c


if __name__ == "__main__":
    train()
