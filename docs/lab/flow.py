"""A normalizing flow (RealNVP): an invertible path between digits and plain noise.

Idea: each coupling layer keeps half of the numbers and uses them to stretch and shift the other
half. That can be undone exactly, and the stretch can be counted, so the density of any digit can
be computed.
Paper: Dinh et al., "Density Estimation Using Real NVP", 2017.
"""

import math

import lab
import torch
from torch import nn
from torch.nn.functional import logsigmoid, silu

STEPS = 2500  # training steps
LAYERS = 6  # coupling layers
WIDTH = 36  # units in each hidden layer of a coupling
EDGE = 0.05  # ink 0..17 becomes a share 0.05..0.95, away from the infinities of the logit


# --8<-- [start:model]
class Coupling(nn.Module):
    """Keep one half (a checkerboard), move the other: z_b = x_b * exp(s(x_a)) + t(x_a)."""

    def __init__(self, parity):
        super().__init__()
        board = (torch.arange(64) // 8 + torch.arange(64) % 8) % 2
        self.a = (board == parity).nonzero().squeeze(1)  # the 32 places that are kept
        self.b = (board != parity).nonzero().squeeze(1)  # the 32 places that are moved
        self.l1, self.l2 = nn.Linear(32 + 10, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.l3 = nn.Linear(WIDTH, 2 * 32)

    def network(self, x_a, c):
        """s and t, from the kept half and the class alone. It is never inverted."""
        h = silu(self.l2(silu(self.l1(torch.cat([x_a, c], 1)))))
        s, t = self.l3(h).chunk(2, 1)
        return 2 * torch.tanh(s / 2), t  # each (n, 32)

    def forward(self, x, c):
        """Half of x is copied and sets scale and shift of the other: z and log|det|."""
        s, t = self.network(x[:, self.a], c)
        z_b = x[:, self.b] * s.exp() + t
        return x.index_copy(1, self.b, z_b), s.sum(1)  # and the log of the stretch, (n,)

    def inverse(self, z, c):
        """The same step backward: z to x, (n, 64)."""
        s, t = self.network(z[:, self.a], c)  # the kept half is the same on both sides
        return z.index_copy(1, self.b, (z[:, self.b] - t) * (-s).exp())


class Flow(nn.Module):
    """A chain of invertible steps between digits and noise; each knows its stretch."""

    config = {"layers": LAYERS, "edge": EDGE}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.couplings = nn.ModuleList(Coupling(i % 2) for i in range(LAYERS))

    def forward(self, v, c):
        """From data v to noise z, with log |det dz/dv|."""
        stretch = torch.zeros(len(v))
        for coupling in self.couplings:
            v, s = coupling(v, c)
            stretch = stretch + s
        return v, stretch

    def inverse(self, z, c):
        """Noise z, (n, 64), to pictures in (0, 1), step by step backward."""
        for coupling in reversed(self.couplings):
            z = coupling.inverse(z, c)
        return z
# --8<-- [end:model]

    # --8<-- [start:loss]
    def log_density(self, share, c):
        """log density of ink shares in 0..1: base density plus all stretches."""
        p = EDGE + (1 - 2 * EDGE) * share
        v = p.logit()  # (n, 64), from a box to all numbers
        z, stretch = self(v, c)
        base = -0.5 * (z.square() + math.log(2 * math.pi)).sum(1)
        box = (math.log(1 - 2 * EDGE) - logsigmoid(v) - logsigmoid(-v)).sum(1)
        return base + stretch + box  # (n,)

    def dequantized(self, x, y):
        """Spread each whole ink evenly over its cell: a bound on log P(x|y)."""
        share = (x + torch.rand(x.shape)) / lab.LEVELS
        return self.log_density(share, lab.classes(y)) - 64 * math.log(lab.LEVELS)

    def loss(self, x, y):
        """Negative log-density of digits spread inside their cells, in nats per pixel."""
        return -self.dequantized(x, y).mean() / 64
    # --8<-- [end:loss]

    def bound(self, x, y, draws):
        """The bound, averaged over many spreads."""
        return torch.stack([self.dequantized(x, y) for _ in range(draws)]).mean(0)

    # --8<-- [start:sample]
    @torch.no_grad()
    def sample(self, n, y):
        """Draw n digits of the classes y, (n,): ink 0..16, (n, 64)."""
        v = self.inverse(torch.randn(n, 64), lab.classes(y))
        share = (v.sigmoid() - EDGE) / (1 - 2 * EDGE)
        return (share * lab.LEVELS).floor().clamp(0, 16).long()
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 64), and classes y, (n,), by its name."""
    return {"flow": lab.fit(Flow(), x, y, steps, rate=3e-3)}


if __name__ == "__main__":
    lab.main(train)
