"""A hybrid: autoregression over pieces of the digit, flow matching inside each piece.

Idea: a causal transformer reads the 49 pieces of 4 x 4 pixels so far, and sums them up in a
condition. A small network then refines the next piece from noise in a few steps. The order is
autoregressive, the detail is continuous.
Papers: Li et al., "Autoregressive Image Generation without Vector Quantization" (MAR), 2024;
Chen et al., "MADFormer", 2025, which splits the layers between the two parts.
"""

import lab
import torch
from denoiser import WAVES
from torch import nn
from torch.nn.functional import layer_norm, silu
from transformer import Block, cut, join, step

STEPS = 4000  # training steps
PIECES, SIZE = 49, 16  # 7 x 7 pieces of 16 pixels
WIDTH, HEADS, BLOCKS = 52, 4, 2  # of the transformer
INNER, DEPTH = 72, 3  # of the network that refines a piece
NEAR = 0.1  # no division by less than this near the end of the path
DRAWS = 4  # noises for each piece in a training step: the transformer costs most


# --8<-- [start:model]
class Head(nn.Module):
    """A residual network: a noisy piece, the time and a condition -> its guess of the piece."""

    def __init__(self):
        super().__init__()
        self.enter = nn.Linear(SIZE, INNER)
        self.hint = nn.Linear(WIDTH + 2 * WAVES, INNER)
        self.tones = nn.ModuleList(nn.Linear(INNER, 2 * INNER) for _ in range(DEPTH))
        self.ups = nn.ModuleList(nn.Linear(INNER, INNER) for _ in range(DEPTH))
        self.downs = nn.ModuleList(nn.Linear(INNER, INNER) for _ in range(DEPTH))
        self.leave = nn.Linear(INNER, SIZE)

    def forward(self, x_t, t, c):
        """x_t (n, 16), t (n,) in 0..1, c (n, 52) -> (n, 16)."""
        angle = t[:, None] * torch.arange(1, WAVES + 1) * torch.pi / 2
        hint = silu(self.hint(torch.cat([c, angle.cos(), angle.sin()], 1)))
        h = self.enter(x_t)
        for tone, up, down in zip(self.tones, self.ups, self.downs, strict=True):
            scale, shift = tone(hint).chunk(2, 1)
            a = layer_norm(h, (INNER,)) * (1 + scale) + shift
            h = h + down(silu(up(a)))
        return self.leave(h)


class Hybrid(nn.Module):
    """A transformer over 49 pieces, and a small network that refines each of them."""

    config = {"side": lab.SIDE, "levels": lab.LEVELS, "heads": HEADS, "near": NEAR,  # noqa: RUF012
              "steps": 8}  # fmt: skip

    def __init__(self):
        super().__init__()
        self.first = nn.Embedding(10, WIDTH)  # the class comes before the first piece
        self.piece = nn.Linear(SIZE, WIDTH)
        self.place = nn.Embedding(PIECES, WIDTH)
        self.blocks = nn.ModuleList(Block(WIDTH, HEADS) for _ in range(BLOCKS))
        self.norm = nn.LayerNorm(WIDTH)
        self.head = Head()

    def read(self, pieces, y):
        """One condition for each next piece, from the class and the pieces before it."""
        tokens = torch.cat([self.first(y)[:, None], self.piece(pieces)], 1)[:, :PIECES]
        h = tokens + self.place.weight[: tokens.shape[1]]
        for block in self.blocks:
            h = block(h)
        return self.norm(h)  # (n, pieces so far + 1, 52)

    def velocity(self, x_t, t, c):
        """v(x_t, t) = (guessed end - here) / time left, as in flow matching."""
        return (self.head(x_t, t, c) - x_t) / (1 - t).clamp(min=NEAR)[:, None]
# --8<-- [end:model]

    # --8<-- [start:loss]
    def loss(self, x, y):
        """Flow matching on all pieces at once; each sees only the pieces before it."""
        pieces = cut(lab.scale(x), 4)
        c = self.read(pieces, y).reshape(-1, WIDTH).repeat(DRAWS, 1)
        x_1 = pieces.reshape(-1, SIZE).repeat(DRAWS, 1)
        x_0, t = torch.randn(x_1.shape), torch.randn(len(x_1)).sigmoid()
        x_t = (1 - t)[:, None] * x_0 + t[:, None] * x_1
        left = (1 - t).clamp(min=NEAR)[:, None]
        return (self.velocity(x_t, t, c) - (x_1 - x_t) / left).square().mean()
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    def refine(self, x_t, c, steps):
        """One piece, from noise to ink."""
        for i in range(steps):
            t = torch.full((len(x_t),), i / steps)
            left = (1 - t).clamp(min=NEAR)[:, None]
            x_t = x_t + self.velocity(x_t, t, c) * (left if i == steps - 1 else 1 / steps)
        return x_t

    @torch.no_grad()
    def paint(self, noise, y, steps=8):
        """Digits of the classes y from the noise of all pieces, (n, 49, 16): (n, 28, 28)."""
        kept, done, token = [[] for _ in self.blocks], [], self.first(y)
        for i in range(PIECES):
            h = token + self.place.weight[i]
            for block, rows in zip(self.blocks, kept, strict=True):
                h = step(block, h, rows)  # one pass of the transformer for a piece,
            piece = self.refine(noise[:, i], self.norm(h), steps)  # several of the small head
            done.append(piece.clamp(-1, 1))
            token = self.piece(done[-1])
        return join(torch.stack(done, 1), 4)

    def sample(self, n, y, steps=8):
        """Draw n digits of the classes y, (n,): ink 0..7, (n, 28, 28)."""
        return lab.ink(self.paint(torch.randn(n, PIECES, SIZE), y, steps))
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 28, 28), and classes y, (n,), by its name."""
    return {"hybrid": lab.fit(Hybrid(), x, y, steps)}


if __name__ == "__main__":
    lab.main(train)
