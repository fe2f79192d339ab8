"""A transformer that writes a digit pixel by pixel.

Idea: every pixel looks back at all earlier pixels, and decides by itself which of them matter.
A triangle-shaped mask forbids looking ahead, so one pass gives all 64 predictions at once.
Paper: Vaswani et al., "Attention Is All You Need", 2017.
"""

import lab
import torch
from torch import nn
from torch.nn.functional import cross_entropy, silu

STEPS = 1100  # training steps
BATCH = 64  # digits per step
WIDTH = 32  # numbers that describe one position
HEADS = 4  # attention heads per block, each 8 numbers wide
BLOCKS = 3  # blocks, one after another
DROP = 0.1  # share of numbers erased at random during training, against learning by heart


# --8<-- [start:model]
class Attention(nn.Module):
    """softmax(Q K' / sqrt(d) + M) V: a weighted mean over the positions so far."""

    def __init__(self, width=WIDTH, heads=HEADS):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, h):
        """h, (n, t, width), each token mixed with what it finds in the earlier ones."""
        n, length, width = h.shape
        qkv = self.qkv(h).view(n, length, 3, self.heads, -1)  # (n, length, q or k or v, head, d)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)  # each (n, head, length, d)
        score = q @ k.transpose(2, 3) / q.shape[-1] ** 0.5  # (n, head, length, length)
        ahead = torch.ones(length, length, dtype=torch.bool).triu(1)  # M: what lies ahead
        self.map = score.masked_fill(ahead, -torch.inf).softmax(3)
        mixed = self.map @ v  # (n, head, length, d)
        return self.out(mixed.transpose(1, 2).reshape(n, length, width))


class Block(nn.Module):
    """Look around, then think: attention and a small network, both added to what was there."""

    def __init__(self, width=WIDTH, heads=HEADS):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.drop = nn.Dropout(DROP)

    def forward(self, h):
        """h, (n, t, width): look around, then think, each added to what was there."""
        h = h + self.drop(self.attention(self.norm1(h)))
        return h + self.drop(self.down(silu(self.up(self.norm2(h)))))
# --8<-- [end:model]


class Transformer(nn.Module):
    """A language model whose words are 17 levels of ink and whose text is a digit."""

    config = {"heads": HEADS, "blocks": BLOCKS}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.first = nn.Embedding(10, WIDTH)  # the class is the first token
        self.ink = nn.Embedding(lab.LEVELS, WIDTH)  # every later token is the ink of a pixel
        self.place = nn.Embedding(64, WIDTH)
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, lab.LEVELS)

    # --8<-- [start:loss]
    def forward(self, x, y):
        """Scores of the 17 inks for pixel i, from the class y and the pixels before i."""
        tokens = torch.cat([self.first(y)[:, None], self.ink(x)], 1)[:, :64]  # (n, 64, 32)
        h = tokens + self.place.weight[: tokens.shape[1]]
        for block in self.blocks:
            h = block(h)
        return self.head(self.norm(h))  # (n, 64, 17)

    def log_prob(self, x, y):
        """log p(x|y), exact: the sum of log p(x_i | x_<i, y) over the 64 pixels."""
        return -cross_entropy(self(x, y).transpose(1, 2), x, reduction="none").sum(1)

    def loss(self, x, y):
        """Mean surprise per pixel, in nats: every token predicts the next."""
        return -self.log_prob(x, y).mean() / 64
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    @torch.no_grad()
    def sample(self, n, y, temperature=1.0):
        """Draw n digits of the classes y, (n,): ink 0..16, (n, 64)."""
        x = torch.zeros(n, 0, dtype=torch.long)  # nothing is written yet
        for _ in range(64):
            p = (self(x, y)[:, -1] / temperature).softmax(1)  # (n, 17): the next pixel
            x = torch.cat([x, torch.multinomial(p, 1)], 1)
        return x
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 64), and classes y, (n,), by its name."""
    return {"transformer": lab.fit(Transformer(), x, y, steps, batch=BATCH)}


if __name__ == "__main__":
    lab.main(train)
