"""A hybrid: autoregression over strips of the digit, flow matching inside each strip.

Idea: a causal transformer reads the strips so far, once, and sums them up in a condition. A small
denoiser then refines the next strip from noise in a few steps. The order is autoregressive, the
detail is continuous.
Papers: Li et al., "Autoregressive Image Generation without Vector Quantization" (MAR), 2024;
Chen et al., "MADFormer", 2025, which splits the layers between the two parts.
"""

import lab
import torch
from denoiser import Denoiser
from torch import nn
from transformer import Block

STEPS = 5000  # training steps
STRIPS, SIZE = 4, 16  # four strips of two rows, 16 pixels each
WIDTH, HEADS, BLOCKS = 28, 4, 2  # of the transformer
NEAR = 0.1  # no division by less than this near the end of the path


# --8<-- [start:model]
class Hybrid(nn.Module):
    """A transformer over four strips, and a denoiser that draws each of them."""

    config = {"heads": HEADS, "blocks": BLOCKS, "near": NEAR, "steps": 8}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.first = nn.Embedding(10, WIDTH)  # the class comes before the first strip
        self.strip = nn.Linear(SIZE, WIDTH)
        self.place = nn.Embedding(STRIPS, WIDTH)
        self.blocks = nn.ModuleList(Block(WIDTH, HEADS) for _ in range(BLOCKS))
        self.norm = nn.LayerNorm(WIDTH)
        self.head = Denoiser(SIZE, WIDTH, width=56, depth=2)

    def read(self, strips, y):
        """One condition for each next strip, from the class and the strips before it."""
        tokens = torch.cat([self.first(y)[:, None], self.strip(strips)], 1)[:, :STRIPS]
        h = tokens + self.place.weight[: tokens.shape[1]]
        for block in self.blocks:
            h = block(h)
        return self.norm(h)  # (n, strips so far + 1, 28)

    def velocity(self, x_t, t, c):
        """v(x_t, t) = (guessed end - here) / time left, as in flow matching."""
        return (self.head(x_t, t, c) - x_t) / (1 - t).clamp(min=NEAR)[:, None]
# --8<-- [end:model]

    # --8<-- [start:loss]
    def loss(self, x, y):
        """Flow matching on all four strips at once; each sees only the strips before it."""
        strips = lab.scale(x).view(-1, STRIPS, SIZE)
        c = self.read(strips, y).reshape(-1, WIDTH)  # (4 n, 28)
        x_1, x_0 = strips.reshape(-1, SIZE), torch.randn(len(c), SIZE)
        t = torch.randn(len(c)).sigmoid()
        x_t = (1 - t)[:, None] * x_0 + t[:, None] * x_1
        left = (1 - t).clamp(min=NEAR)[:, None]
        return (self.velocity(x_t, t, c) - (x_1 - x_t) / left).square().mean()
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    def refine(self, x_t, c, steps):
        """One strip, from noise to ink."""
        for i in range(steps):
            t = torch.full((len(x_t),), i / steps)
            left = (1 - t).clamp(min=NEAR)[:, None]
            x_t = x_t + self.velocity(x_t, t, c) * (left if i == steps - 1 else 1 / steps)
        return x_t

    @torch.no_grad()
    def sample(self, n, y, steps=8):
        """Draw n digits of the classes y, (n,): ink 0..16, (n, 64)."""
        strips = torch.zeros(n, 0, SIZE)
        for _ in range(STRIPS):
            c = self.read(strips, y)[:, -1]  # one pass of the transformer for a strip,
            strip = self.refine(torch.randn(n, SIZE), c, steps)  # several of the small head
            strips = torch.cat([strips, strip[:, None]], 1)
        return lab.ink(strips.reshape(n, 64))
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 64), and classes y, (n,), by its name."""
    return {"hybrid": lab.fit(Hybrid(), x, y, steps)}


if __name__ == "__main__":
    lab.main(train)
