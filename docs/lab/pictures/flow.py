"""A normalizing flow: an invertible path between digits and plain noise, piece after piece.

Idea: the digit is cut into 49 pieces of 4 x 4 pixels. Each layer shifts and stretches every piece
by amounts that a transformer reads off the pieces before it. That can be undone exactly, one
piece after the other, and the stretch can be counted, so the density of any digit can be
computed. The next layer goes through the pieces in the other direction.
Papers: Dinh et al., "Density Estimation Using Real NVP", 2017, for shift and stretch; Papamakarios
et al., "Masked Autoregressive Flow", 2017; Zhai et al., "Normalizing Flows are Capable Generative
Models" (TarFlow), 2024, for pieces and transformers.
"""

import math

import lab
import torch
from torch import nn
from transformer import Block, cut, join, step

STEPS = 5000  # training steps
PIECES, SIZE = 49, 16  # 7 x 7 pieces of 16 pixels
LAYERS, WIDTH, HEADS = 4, 52, 4


# --8<-- [start:model]
class Layer(nn.Module):
    """z_i = (x_i - mu) * exp(-s), where mu and s come from the pieces before piece i."""

    def __init__(self, backward):
        super().__init__()
        self.backward = backward
        self.first = nn.Linear(10, WIDTH, bias=False)
        self.enter = nn.Linear(SIZE, WIDTH)
        self.place = nn.Embedding(PIECES, WIDTH)
        self.block = Block(WIDTH, HEADS)
        self.leave = nn.Linear(WIDTH, 2 * SIZE)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)

    def turn(self, x):
        """The pieces in the order of this layer; twice is the order of the page."""
        return x.flip(1) if self.backward else x

    def forward(self, x, c):
        """Pieces x, (n, 49, 16), to z and the log of the stretch, (n,): all at once."""
        x = self.turn(x)
        tokens = torch.cat([self.first(c)[:, None], self.enter(x)], 1)[:, :PIECES]
        mu, s = self.leave(self.block(tokens + self.place.weight)).chunk(2, 2)
        return self.turn((x - mu) * (-s).exp()), -s.sum((1, 2))

    def inverse(self, z, c):
        """The same step backward: piece after piece, since each needs the ones before it."""
        z, kept, done = self.turn(z), [], []
        token = self.first(c)
        for i in range(PIECES):
            mu, s = self.leave(step(self.block, token + self.place.weight[i], kept)).chunk(2, 1)
            done.append(z[:, i] * s.exp() + mu)
            token = self.enter(done[-1])
        return self.turn(torch.stack(done, 1))


class Flow(nn.Module):
    """A chain of invertible layers between digits and noise; each knows its stretch."""

    config = {"side": lab.SIDE, "levels": lab.LEVELS, "heads": HEADS}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(Layer(i % 2 == 1) for i in range(LAYERS))

    def forward(self, v, c):
        """From data v, (n, 49, 16), to noise z, with log |det dz/dv|."""
        stretch = torch.zeros(len(v))
        for layer in self.layers:
            v, s = layer(v, c)
            stretch = stretch + s
        return v, stretch

    @torch.no_grad()
    def inverse(self, z, c):
        """From noise to data."""
        for layer in reversed(self.layers):
            z = layer.inverse(z, c)
        return z
# --8<-- [end:model]

    # --8<-- [start:loss]
    def log_density(self, share, c):
        """log p(share|c) of shares of ink in 0..1, (n, 28, 28): change of variables."""
        z, stretch = self(cut(2 * share - 1, 4), c)
        normal = -(z.square() + math.log(2 * math.pi)).sum((1, 2)) / 2
        return normal + stretch + lab.SIDE**2 * math.log(2)

    def bound(self, x, y, draws=1):
        """A lower bound of log p(x|y) for whole ink: a mean over the cell of each ink level."""
        c, total = lab.classes(y), torch.zeros(len(x))
        for _ in range(draws):
            share = (x + torch.rand(x.shape)) / lab.LEVELS
            total = total + self.log_density(share, c) - lab.SIDE**2 * math.log(lab.LEVELS)
        return total / draws

    def loss(self, x, y):
        """Mean surprise per pixel, in nats."""
        return -self.bound(x, y).mean() / lab.SIDE**2
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    def sample(self, n, y, temperature=1.0):
        """Draw n digits of the classes y, (n,): ink 0..7, (n, 28, 28)."""
        z = torch.randn(n, PIECES, SIZE) * temperature
        share = (join(self.inverse(z, lab.classes(y)), 4) + 1) / 2
        return (share * lab.LEVELS).floor().clamp(0, lab.LEVELS - 1).long()
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 28, 28), and classes y, (n,), by its name."""
    return {"flow": lab.fit(Flow(), x, y, steps, rate=1e-3)}


if __name__ == "__main__":
    lab.main(train)
