"""The one denoiser of the lab, shared by five files: only what it is trained for changes.

Given a noisy picture, the time t that says how noisy it is, and a condition c (a class, a text),
it answers with its guess of the clean picture. 28 x 28 pixels are folded into 14 x 14 places of
four; each block looks around (5 x 5), adds what the whole picture says on average, and corrects.
"""

import torch
from torch import nn
from torch.nn.functional import layer_norm, pixel_shuffle, pixel_unshuffle, silu

WAVES = 8  # the time t is given as 8 cosines and 8 sines of different speeds


# --8<-- [start:model]
class Block(nn.Module):
    """Look around, think at each place, add a correction."""

    def __init__(self, width):
        super().__init__()
        self.around = nn.Conv2d(width, width, 5, padding=2, groups=width)
        self.tone = nn.Linear(width, 2 * width)
        self.mean = nn.Linear(width, width)
        self.up = nn.Conv2d(width, 3 * width, 1)
        self.down = nn.Conv2d(3 * width, width, 1)
        nn.init.zeros_(self.down.weight)

    def forward(self, h, hint):
        """Places h (n, width, 14, 14) and hint (n, width), which sets the tone."""
        a = self.around(h).movedim(1, 3)  # (n, 14, 14, width)
        scale, shift = self.tone(hint)[:, None, None].chunk(2, 3)
        mean = self.mean(a.mean((1, 2)))[:, None, None]
        a = layer_norm(a, a.shape[3:]) * (1 + scale) + shift + mean
        return h + self.down(silu(self.up(a.movedim(3, 1))))


class Denoiser(nn.Module):
    """A residual network: each block adds a correction to what was there."""

    def __init__(self, cond=10, width=48, depth=6):
        super().__init__()
        self.enter = nn.Conv2d(4, width, 3, padding=1)
        self.place = nn.Parameter(0.02 * torch.randn(width, 14, 14))
        self.time = nn.Linear(2 * WAVES, width)
        self.cond = nn.Linear(cond, width, bias=False)  # all zeros: no condition
        self.blocks = nn.ModuleList(Block(width) for _ in range(depth))
        self.leave = nn.Conv2d(width, 4, 3, padding=1)

    def forward(self, x_t, t, c):
        """x_t (n, 28, 28), t (n,) in 0..1, c (n, cond) -> the clean x, (n, 28, 28)."""
        angle = t[:, None] * torch.arange(1, WAVES + 1) * torch.pi / 2  # (n, 8)
        hint = silu(self.time(torch.cat([angle.cos(), angle.sin()], 1)) + self.cond(c))
        h = self.enter(pixel_unshuffle(x_t[:, None], 2)) + self.place
        for block in self.blocks:
            h = block(h, hint)
        return pixel_shuffle(self.leave(h), 2)[:, 0]
# --8<-- [end:model]
