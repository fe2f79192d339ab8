"""An autoregressive model: a small network that reads a window of the pixels before.

Idea: the probability of a digit is a product, pixel by pixel, in reading order. The same network
stands at every pixel. It sees the pixels above and to the left in a window, the class, and where
it stands, and says how likely each ink is.
Papers: van den Oord et al., "Pixel Recurrent Neural Networks", 2016, for the product over pixels
and the masked window; He et al., "Deep Residual Learning", 2016, for its blocks.
"""

import lab
import torch
from torch import nn
from torch.nn.functional import cross_entropy, layer_norm, pad, silu

STEPS = 4000  # training steps
UP, SIDE = 8, 8  # the window: eight rows above, eight columns on both sides
SEEN = UP * (2 * SIDE + 1) + SIDE  # 144 pixels
WIDTH, DEPTH = 96, 4  # numbers that describe a pixel's past, and residual blocks
SHARE = 4  # in training, only every fourth pixel of a digit is asked for


# --8<-- [start:model]
def windows(x, places):
    """What comes before the pixels at `places`, (n, k), in their windows: (n, k, 288).

    The first half is ink, the second says whether there is a pixel at all.
    """
    margin = (SIDE, SIDE, UP, 0)
    both = torch.stack([pad(lab.scale(x), margin), pad(torch.ones_like(x), margin)], 1).flatten(2)
    wide = lab.SIDE + 2 * SIDE
    corner = places // lab.SIDE * wide + places % lab.SIDE  # of the window, in the wider picture
    seen = torch.arange(SEEN)
    index = corner[..., None] + seen // (2 * SIDE + 1) * wide + seen % (2 * SIDE + 1)
    index = index.flatten(1)[:, None].expand(-1, 2, -1)
    return both.gather(2, index).unflatten(2, (-1, SEEN)).transpose(1, 2).flatten(2)


class Autoregressive(nn.Module):
    """p(x|y) as a product over 784 pixels, each given a window of the pixels before it."""

    config = {"side": lab.SIDE, "levels": lab.LEVELS, "up": UP, "beside": SIDE,  # noqa: RUF012
              "depth": DEPTH}  # fmt: skip

    def __init__(self):
        super().__init__()
        self.enter = nn.Linear(2 * SEEN, WIDTH)
        self.cond = nn.Linear(10, WIDTH, bias=False)
        self.row = nn.Embedding(lab.SIDE, WIDTH)
        self.column = nn.Embedding(lab.SIDE, WIDTH)
        self.ups = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in range(DEPTH))
        self.downs = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in range(DEPTH))
        self.leave = nn.Linear(WIDTH, lab.LEVELS)

    def forward(self, window, y, places):
        """Scores of the 8 inks, for windows, (n, k, 288), and their places in 0..783, (n, k)."""
        h = self.enter(window) + self.cond(lab.classes(y))[:, None]
        h = h + self.row(places // lab.SIDE) + self.column(places % lab.SIDE)
        for up, down in zip(self.ups, self.downs, strict=True):
            h = h + down(silu(up(layer_norm(h, h.shape[2:]))))
        return self.leave(silu(layer_norm(h, h.shape[2:])))  # (n, k, 8)
# --8<-- [end:model]

    # --8<-- [start:loss]
    def scores(self, x, y):
        """Scores of the 8 inks for all pixels: (n, 784, 8)."""
        places = torch.arange(lab.SIDE**2).expand(len(x), -1)
        return self(windows(x, places), y, places)

    def log_prob(self, x, y):
        """log p(x|y), exact: the sum of log p(x_i | x_<i, y) over the 784 pixels."""
        scores = self.scores(x, y).transpose(1, 2)
        return -cross_entropy(scores, x.flatten(1), reduction="none").sum(1)

    def loss(self, x, y):
        """Mean surprise per pixel, in nats, at a quarter of the pixels, drawn by chance."""
        places = torch.rand(len(x), lab.SIDE**2).argsort(1)[:, : lab.SIDE**2 // SHARE]
        scores = self(windows(x, places), y, places).transpose(1, 2)
        return cross_entropy(scores, x.flatten(1).gather(1, places))
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    @torch.no_grad()
    def sample(self, n, y, temperature=1.0):
        """Draw n digits of the classes y, (n,): ink 0..7, (n, 28, 28)."""
        x = torch.zeros(n, lab.SIDE, lab.SIDE, dtype=torch.long)
        for i in range(lab.SIDE**2):
            place = torch.full((n, 1), i)
            scores = self(windows(x, place), y, place)[:, 0]
            x.view(n, -1)[:, i] = torch.multinomial((scores / temperature).softmax(1), 1)[:, 0]
        return x
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 28, 28), and classes y, (n,), by its name."""
    return {"autoregressive": lab.fit(Autoregressive(), x, y, steps)}


if __name__ == "__main__":
    lab.main(train)
