"""An autoregressive model with the simplest network there is: a window that slides over the digit.

Idea: the chain rule. p(x) = p(x_1) p(x_2 | x_1) p(x_3 | x_1, x_2) ..., pixel after pixel in reading
order. One small network guesses each pixel from the pixels above and to the left of it.
Paper: van den Oord et al., "Pixel Recurrent Neural Networks", 2016 (PixelCNN); here its masked
window is cut out by hand and read by a network of three layers.
"""

import lab
import torch
from torch import nn
from torch.nn.functional import cross_entropy, pad, silu, unfold

STEPS = 2000  # training steps
WIDTH = 96  # units in each hidden layer
UP, SIDE = 4, 5  # the window: 4 rows above, 5 columns to either side
SEEN = UP * (2 * SIDE + 1) + SIDE  # 49 pixels come before the one in question
DROP = 0.1  # share of units erased at random during training, against learning by heart


# --8<-- [start:model]
def window(x):
    """For each of the 64 pixels the 49 before it: their ink, and whether they exist at all."""
    page = torch.stack([lab.scale(x), torch.ones(x.shape)], 1).view(-1, 2, 8, 8)
    page = pad(page, (SIDE, SIDE, UP, 0))  # beyond the edge: zeros, in both
    cut = unfold(page, (UP + 1, 2 * SIDE + 1))  # (n, 2 * 55, 64)
    ink, there = cut.transpose(1, 2).chunk(2, 2)  # each (n, 64, 55)
    return torch.cat([ink[..., :SEEN], there[..., :SEEN]], 2)  # (n, 64, 98)


class Autoregressive(nn.Module):
    """One network for all pixels: a window of written ones in, 17 scores out."""

    config = {"up": UP, "side": SIDE}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.l1 = nn.Linear(2 * SEEN + 10 + 64, WIDTH)  # window, class, place
        self.l2 = nn.Linear(WIDTH, WIDTH)
        self.l3 = nn.Linear(WIDTH, lab.LEVELS)
        self.drop = nn.Dropout(DROP)

    def forward(self, x, y):
        """Scores of the 17 inks for each pixel, from the class y and the pixels before it."""
        n = len(x)
        c = lab.classes(y)[:, None].expand(n, 64, 10)
        place = torch.eye(64).expand(n, 64, 64)
        h = silu(self.l1(torch.cat([window(x), c, place], 2)))  # (n, 64, 96)
        h = silu(self.l2(self.drop(h)))
        return self.l3(self.drop(h))  # (n, 64, 17)
# --8<-- [end:model]

    # --8<-- [start:loss]
    def log_prob(self, x, y):
        """log p(x|y), exact: the chain rule, sum over i of log p(x_i | x_<i, y)."""
        return -cross_entropy(self(x, y).transpose(1, 2), x, reduction="none").sum(1)

    def loss(self, x, y):
        """Mean surprise per pixel, in nats: -log p(x|y) / 64."""
        return -self.log_prob(x, y).mean() / 64
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    @torch.no_grad()
    def sample(self, n, y, temperature=1.0):
        """Draw n digits of the classes y, (n,): ink 0..16, (n, 64)."""
        x = torch.zeros(n, 64, dtype=torch.long)
        for i in range(64):  # what stands at i and after it is not looked at
            p = (self(x, y)[:, i] / temperature).softmax(1)  # (n, 17)
            x[:, i] = torch.multinomial(p, 1).squeeze(1)
        return x
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 64), and classes y, (n,), by its name."""
    return {"autoregressive": lab.fit(Autoregressive(), x, y, steps)}


if __name__ == "__main__":
    lab.main(train)
