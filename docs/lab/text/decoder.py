"""A decoder-only transformer: the network behind today's chatbots, about 100,000 times smaller.

Idea: every token looks back at all earlier tokens of its line and decides by itself which of them
matter. One pass gives the probability of the next token at every place of the line at once.
Papers: Vaswani et al., "Attention Is All You Need", 2017; Su et al., "RoFormer", 2021 (rotary
positions); So et al., "Primer", 2021 (squared ReLU); Zhang and Sennrich, "Root Mean Square Layer
Normalization", 2019.
"""

import torch
from torch import nn
from torch.nn.functional import cross_entropy

TOKENS = 2048
WIDTH = 160  # numbers that describe one position
BLOCKS = 4
HEADS = 4  # attention heads per block, each 40 numbers wide
LONGEST = 64  # tokens of a line, with the line breaks around it


# --8<-- [start:model]
def rotate(x):
    """Turn the numbers of each position, pair by pair, by angles that grow with the position.

    The product of two such vectors depends on how far apart they stand. x: (n, heads, t, d).
    """
    half = x.shape[3] // 2
    speed = 10000 ** (-torch.arange(half) / half)  # from 1 radian a token to almost none
    angle = torch.arange(x.shape[2])[:, None] * speed  # (t, d / 2)
    a, b = x[..., :half], x[..., half:]
    cos, sin = angle.cos().to(x.dtype), angle.sin().to(x.dtype)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], 3)


class Block(nn.Module):
    """Look around, then think: attention and a small network, both added to what was there."""

    def __init__(self, causal):
        super().__init__()
        self.causal = causal
        self.norm1, self.norm2 = nn.RMSNorm(WIDTH, eps=1e-5), nn.RMSNorm(WIDTH, eps=1e-5)
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.out = nn.Linear(WIDTH, WIDTH, bias=False)
        self.up = nn.Linear(WIDTH, 4 * WIDTH, bias=False)
        self.down = nn.Linear(4 * WIDTH, WIDTH, bias=False)

    def forward(self, h):
        """h, (n, t, width): one vector for each position."""
        n, t, _ = h.shape
        qkv = self.qkv(self.norm1(h)).view(n, t, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        q, k, v = rotate(qkv[0]), rotate(qkv[1]), qkv[2]  # each (n, heads, t, width / heads)
        score = q @ k.transpose(2, 3) / q.shape[3] ** 0.5  # (n, heads, t, t)
        if self.causal:  # what lies ahead is out of sight
            score = score.masked_fill(torch.ones(t, t, dtype=torch.bool).triu(1), -torch.inf)
        mixed = score.softmax(3).to(v.dtype) @ v
        h = h + self.out(mixed.transpose(1, 2).reshape(n, t, WIDTH))
        return h + self.down(self.up(self.norm2(h)).relu().square())


class Transformer(nn.Module):
    """Scores of the next token, from all tokens so far."""

    def __init__(self, tokens=TOKENS, causal=True):
        super().__init__()
        self.config = {"width": WIDTH, "blocks": BLOCKS, "heads": HEADS, "longest": LONGEST,
                       "tokens": TOKENS, "eps": 1e-5}  # fmt: skip
        self.embedding = nn.Embedding(tokens, WIDTH)  # in the end it also scores: "tied"
        self.blocks = nn.ModuleList(Block(causal) for _ in range(BLOCKS))
        self.norm = nn.RMSNorm(WIDTH, eps=1e-5)
        for name, weight in self.named_parameters():
            if weight.ndim == 2:
                nn.init.normal_(weight, std=0.02 if "embedding" in name else WIDTH**-0.5 / 2)
        for block in self.blocks:  # at first, every block adds nothing
            nn.init.zeros_(block.out.weight)
            nn.init.zeros_(block.down.weight)

    def forward(self, ids):
        """Scores, (n, t, tokens), of what follows each of the ids, (n, t)."""
        h = self.embedding(ids)
        for block in self.blocks:
            h = block(h)
        return self.norm(h) @ self.embedding.weight[:TOKENS].T

    def surprise(self, ids):
        """Surprise in nats at each token but the first, (n, t - 1): exact."""
        scores = self(ids[:, :-1]).float()
        cost = cross_entropy(scores.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
        return cost.view(len(ids), -1)

    def loss(self, ids):
        """What training makes small."""
        return self.surprise(ids)
# --8<-- [end:model]
