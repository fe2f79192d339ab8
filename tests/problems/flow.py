"""The numbers of the problems on normalizing flows."""

import math
from collections.abc import Iterable

import numpy as np
from formulas.numerics import normal_below

from problems.registry import Code, solves


@solves("p-flow-stretch")
def stretch(_: Code) -> Iterable[float]:
    share = normal_below(1.0002) - normal_below(0.9998)  # of x within 0.0001, as z = 2x + 1
    yield from (share / 2e-4, share / 4e-4, -0.5)


@solves("p-flow-bits")
def bits(_: Code) -> Iterable[float]:
    size = 32 * 32 * 3
    scaled = 7239 - size * math.log(256)  # log-density for pixels from 0 to 256
    rate = -scaled / size / math.log(2)
    yield from (size, 8 - rate, rate, rate * size / 8, 100 * rate / 8)


@solves("p-flow-convolution")
def convolution(_: Code) -> Iterable[float]:
    whole = np.kron(np.eye(64), np.array([[4.0, 2.0], [2.0, 2.0]]))
    yield float(np.linalg.slogdet(whole)[1])


@solves("p-flow-code")
def inverted(code: Code) -> Iterable[float]:
    assert code["back"] < 1e-12 and abs(code["measured"] - code["logdet"]) < 1e-6
    yield math.sin(0.9) + math.sin(-2.4)
