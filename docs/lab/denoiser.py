"""The one denoiser of the lab, shared by five files: only what it is trained for changes.

Given a noisy x_t, the time t that says how noisy it is, and a condition c (a class, a text, or
what came before), it answers with its guess of the clean x.
"""

import lab  # noqa: F401
import torch
from torch import nn
from torch.nn.functional import silu

WAVES = 8  # the time t is given as 8 cosines and 8 sines of different speeds


# --8<-- [start:model]
class Denoiser(nn.Module):
    """A residual network: each block adds a correction to what was there."""

    def __init__(self, size=64, cond=10, width=64, depth=3):
        super().__init__()
        self.enter = nn.Linear(size, width)
        self.time = nn.Linear(2 * WAVES, width)
        self.cond = nn.Linear(cond, width, bias=False)  # all zeros: no condition
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(depth))
        self.ups = nn.ModuleList(nn.Linear(width, width) for _ in range(depth))
        self.downs = nn.ModuleList(nn.Linear(width, width) for _ in range(depth))
        self.leave = nn.Linear(width, size)

    def forward(self, x_t, t, c):
        """x_t (n, size), t (n,) in 0..1, c (n, cond) -> the clean x, (n, size)."""
        angle = t[:, None] * torch.arange(1, WAVES + 1) * torch.pi / 2  # (n, 8)
        hint = self.time(torch.cat([angle.cos(), angle.sin()], 1)) + self.cond(c)  # (n, width)
        h = self.enter(x_t) + hint
        for norm, up, down in zip(self.norms, self.ups, self.downs, strict=True):
            h = h + down(silu(up(norm(h)) + hint))
        return self.leave(h)
# --8<-- [end:model]
