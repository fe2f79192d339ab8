"""A normalizing flow: an invertible path between digits and plain noise, piece after piece.

Idea: each layer cuts the picture into 49 pieces of 16 pixels, and shifts and stretches every piece
by amounts that a transformer reads off the pieces before it. That can be undone exactly, one
piece after the other, and the stretch can be counted, so the density of any digit can be
computed. Layers differ in the pieces: squares of 4 x 4, or 16 pixels spread over the picture, and
both once more from last to first.
Papers: Dinh et al., "Density Estimation Using Real NVP", 2017, for shift and stretch; Papamakarios
et al., "Masked Autoregressive Flow", 2017; Zhai et al., "Normalizing Flows are Capable Generative
Models" (TarFlow), 2024, for pieces, transformers and guidance.
"""

import math

import lab
import torch
from torch import nn
from torch.nn.functional import pad
from transformer import Block, step

STEPS = 12000  # training steps
PIECES, SIZE = 49, 16  # 49 pieces of 16 pixels
WIDTH, HEADS = 48, 4
DROP = 0.1  # share of the digits that are learned without their class
GUIDE = 1.0  # how much the class is overdone in a sample (classifier-free guidance)
TEMPERATURE = 0.8  # how wide the noise of a sample is


# --8<-- [start:model]
def orders():
    """The order in which each layer goes through the 784 pixels, 16 of them a piece."""
    pixels = torch.arange(lab.SIDE**2)
    near = pixels.view(7, 4, 7, 4).permute(0, 2, 1, 3).reshape(PIECES, SIZE)  # squares of 4 x 4
    far = pixels.view(4, 7, 4, 7).permute(1, 3, 0, 2).reshape(PIECES, SIZE)  # every seventh pixel
    return [pieces.flatten() for pieces in (near, far, near.flip(0), far.flip(0))]


class Layer(nn.Module):
    """z_i = (x_i - mu) * exp(-s), where mu and s come from the pieces before piece i."""

    def __init__(self, order):
        super().__init__()
        self.order, self.back = order, order.argsort()
        self.first = nn.Linear(10, WIDTH, bias=False)
        self.enter = nn.Linear(SIZE, WIDTH)
        self.place = nn.Embedding(PIECES, WIDTH)
        self.block = Block(WIDTH, HEADS)
        self.leave = nn.Linear(WIDTH, 2 * SIZE)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)

    def cut(self, x):
        """Pixels, (n, 784), in the order of this layer: (n, 49, 16)."""
        return x[:, self.order].unflatten(1, (PIECES, SIZE))

    def forward(self, x, c):
        """Pixels x, (n, 784), to z and the log of the stretch, (n,): all pieces at once."""
        x = self.cut(x)
        before = pad(self.enter(x), (0, 0, 1, 0))[:, :PIECES]  # each sees the one before it
        h = self.block(before + self.first(c)[:, None] + self.place.weight)
        mu, s = self.leave(h).to(x.dtype).chunk(2, 2)
        return ((x - mu) * (-s).exp()).flatten(1)[:, self.back], -s.sum((1, 2))

    def inverse(self, z, c, w=0.0):
        """The same step backward: piece after piece, since each needs the ones before it.

        Guidance w overdoes what the class changes; then it is no inverse any more.
        """
        z, kept, done = self.cut(z), [], []
        told, before = self.first(torch.cat([c, 0 * c])), 0  # with the class, and without it
        for i in range(PIECES):
            h = step(self.block, before + told + self.place.weight[i], kept)
            known, blind = self.leave(h).chunk(2)
            mu, s = (known + w * (known - blind)).chunk(2, 1)
            done.append(z[:, i] * s.exp() + mu)
            before = self.enter(done[-1]).repeat(2, 1)
        return torch.cat(done, 1)[:, self.back]


class Flow(nn.Module):
    """A chain of invertible layers between digits and noise; each knows its stretch."""

    config = {"side": lab.SIDE, "levels": lab.LEVELS, "heads": HEADS, "guide": GUIDE,  # noqa: RUF012
              "temperature": TEMPERATURE}  # fmt: skip

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(Layer(order) for order in orders())

    def forward(self, v, c):
        """From data v, (n, 784), to noise z, with log |det dz/dv|."""
        stretch = torch.zeros(len(v))
        for layer in self.layers:
            v, s = layer(v, c)
            stretch = stretch + s
        return v, stretch

    @torch.no_grad()
    def inverse(self, z, c, w=0.0):
        """From noise to data."""
        for layer in reversed(self.layers):
            z = layer.inverse(z, c, w)
        return z
# --8<-- [end:model]

    # --8<-- [start:loss]
    def log_density(self, share, c):
        """log p(share|c) of shares of ink in 0..1, (n, 28, 28): change of variables."""
        z, stretch = self(2 * share.flatten(1) - 1, c)
        normal = -(z.square() + math.log(2 * math.pi)).sum(1) / 2
        return normal + stretch + lab.SIDE**2 * math.log(2)

    def spread(self, x, c):
        """log p(x|c) of whole ink, each spread evenly over its cell: one draw of a lower bound."""
        share = (x + torch.rand(x.shape)) / lab.LEVELS
        return self.log_density(share, c) - lab.SIDE**2 * math.log(lab.LEVELS)

    def bound(self, x, y, draws=1):
        """A lower bound of log p(x|y) for whole ink: a mean over the cell of each ink level."""
        return sum(self.spread(x, lab.classes(y)) for _ in range(draws)) / draws

    def loss(self, x, y):
        """Mean surprise per pixel, in nats."""
        c = lab.classes(y) * (torch.rand(len(y), 1) > DROP)
        with torch.autocast("cpu", torch.bfloat16):  # nearly twice as fast, and exact enough
            return -self.spread(x, c).mean() / lab.SIDE**2
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    def sample(self, n, y, temperature=TEMPERATURE, w=GUIDE):
        """Draw n digits of the classes y, (n,): ink 0..7, (n, 28, 28)."""
        z = torch.randn(n, lab.SIDE**2) * temperature
        share = (self.inverse(z, lab.classes(y), w).view(-1, lab.SIDE, lab.SIDE) + 1) / 2
        return (share * lab.LEVELS).floor().clamp(0, lab.LEVELS - 1).long()
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 28, 28), and classes y, (n,), by its name."""
    return {"flow": lab.fit(Flow(), x, y, steps, rate=2e-3)}


if __name__ == "__main__":
    lab.main(train)
