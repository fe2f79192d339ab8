"""A transformer that writes a digit piece by piece.

Idea: the digit is cut into 196 pieces of 2 x 2 pixels. Every piece looks back at all earlier
pieces, and decides by itself which of them matter. A triangle-shaped mask forbids looking ahead,
so one pass gives all predictions at once. Inside a piece, four pixels follow one another.
Papers: Vaswani et al., "Attention Is All You Need", 2017; Chen et al., "Generative Pretraining
from Pixels" (iGPT), 2020.
"""

import lab
import torch
from torch import nn
from torch.nn.functional import cross_entropy, silu

STEPS = 3500  # training steps
BATCH = 32  # digits per step
PIECES, SIZE = 196, 4  # 14 x 14 pieces of four pixels
WIDTH = 56  # numbers that describe one position
HEADS = 4  # attention heads per block, each 14 numbers wide
BLOCKS = 3  # blocks, one after another
INNER = 64  # units of the small network that writes the pixels of a piece


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
        ahead = torch.full((length, length), -torch.inf).triu(1)  # M: what lies ahead
        mixed = (score + ahead).softmax(3) @ v  # (n, head, length, d)
        return self.out(mixed.transpose(1, 2).reshape(n, length, width))


class Block(nn.Module):
    """Look around, then think: attention and a small network, both added to what was there."""

    def __init__(self, width=WIDTH, heads=HEADS):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, h):
        """h, (n, t, width): look around, then think, each added to what was there."""
        h = h + self.attention(self.norm1(h))
        return h + self.down(silu(self.up(self.norm2(h))))
# --8<-- [end:model]


# --8<-- [start:pieces]
def cut(x, size=2):
    """A picture, (n, 28, 28), into square pieces, row by row: (n, pieces, size * size)."""
    n, side = len(x), lab.SIDE // size
    return x.view(n, side, size, side, size).transpose(2, 3).reshape(n, side * side, size * size)


def join(pieces, size=2):
    """The pieces back to pictures."""
    n, side = len(pieces), lab.SIDE // size
    return pieces.view(n, side, side, size, size).transpose(2, 3).reshape(n, lab.SIDE, lab.SIDE)
# --8<-- [end:pieces]


class Transformer(nn.Module):
    """A language model whose words are pieces of a picture and whose text is a digit."""

    config = {"side": lab.SIDE, "levels": lab.LEVELS, "heads": HEADS}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.first = nn.Embedding(10, WIDTH)  # the class is the first token
        self.piece = nn.Linear(SIZE * lab.LEVELS, WIDTH)  # every later token is a piece
        self.place = nn.Embedding(PIECES, WIDTH)
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.norm = nn.LayerNorm(WIDTH)
        self.enter = nn.Linear(WIDTH, SIZE * INNER)  # what is expected of each of four pixels
        self.seen = nn.Linear(3 * lab.LEVELS, SIZE * INNER, bias=False)  # the pixels before it
        self.leave = nn.Linear(INNER, lab.LEVELS)
        mask = (torch.arange(3)[None] < torch.arange(SIZE)[:, None]).float()  # (pixel, earlier)
        mask = mask.repeat_interleave(INNER, 0).repeat_interleave(lab.LEVELS, 1)
        self.register_buffer("mask", mask, persistent=False)

    # --8<-- [start:loss]
    def read(self, pieces, y):
        """What is known before each piece, from the class y and the pieces before it."""
        one_hot = nn.functional.one_hot(pieces, lab.LEVELS).float().flatten(2)  # (n, t, 32)
        tokens = torch.cat([self.first(y)[:, None], self.piece(one_hot)], 1)[:, :PIECES]
        h = tokens + self.place.weight[: tokens.shape[1]]
        for block in self.blocks:
            h = block(h)
        return self.norm(h)  # (n, t, 56)

    def spell(self, h, pieces):
        """Scores of the 8 inks for each pixel of a piece, from the pixels before it there."""
        one_hot = nn.functional.one_hot(pieces[..., :3], lab.LEVELS).float().flatten(-2)
        before = nn.functional.linear(one_hot, self.seen.weight * self.mask)
        inner = silu(self.enter(h) + before).unflatten(-1, (SIZE, INNER))
        return self.leave(inner)  # (..., 4, 8)

    def forward(self, x, y):
        """Scores of the 8 inks for every pixel, in the order of the pieces: (n, 196, 4, 8)."""
        pieces = cut(x)
        return self.spell(self.read(pieces, y), pieces)

    def log_prob(self, x, y):
        """log p(x|y), exact: the sum of log p(x_i | what came before, y) over the 784 pixels."""
        scores = self(x, y).movedim(3, 1)  # (n, 8, 196, 4)
        return -cross_entropy(scores, cut(x), reduction="none").sum((1, 2))

    def loss(self, x, y):
        """Mean surprise per pixel, in nats."""
        return -self.log_prob(x, y).mean() / lab.SIDE**2
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    @torch.no_grad()
    def sample(self, n, y, temperature=1.0):
        """Draw n digits of the classes y, (n,): ink 0..7, (n, 28, 28).

        The browser keeps what each block knows of the earlier pieces (keys and values). Here
        they are kept in the same way, so that each piece costs one small pass.
        """
        kept = [[] for _ in self.blocks]
        token, done = self.first(y), []
        for i in range(PIECES):
            h = token + self.place.weight[i]
            for block, rows in zip(self.blocks, kept, strict=True):
                h = step(block, h, rows)
            h, piece = self.norm(h), torch.zeros(n, SIZE, dtype=torch.long)
            for k in range(SIZE):
                p = (self.spell(h, piece)[:, k] / temperature).softmax(1)
                piece[:, k] = torch.multinomial(p, 1)[:, 0]
            done.append(piece)
            token = self.piece(nn.functional.one_hot(piece, lab.LEVELS).float().flatten(1))
        return join(torch.stack(done, 1))
    # --8<-- [end:sample]


def step(block, h, rows):
    """A block for the newest token only, (n, width); `rows` keeps what the earlier ones left."""
    attention = block.attention
    n, width = h.shape
    q, k, v = attention.qkv(block.norm1(h)).view(n, 3, attention.heads, -1).unbind(1)
    rows.append((k, v))
    keys, values = (torch.stack(part, 2) for part in zip(*rows, strict=True))  # (n, head, t, d)
    share = (keys @ q[..., None] / q.shape[-1] ** 0.5).softmax(2)  # (n, head, t, 1)
    h = h + attention.out((share * values).sum(2).reshape(n, width))
    return h + block.down(silu(block.up(block.norm2(h))))


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 28, 28), and classes y, (n,), by its name."""
    return {"transformer": lab.fit(Transformer(), x, y, steps, batch=BATCH)}


if __name__ == "__main__":
    lab.main(train)
