"""A recurrent network: it reads token by token and keeps what it has read in one state.

Idea: the state has a fixed size, whatever the length of the text. Two gates decide at each token
what is forgotten and what is written.
Paper: Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder", 2014.
"""

import torch
from torch import nn
from torch.nn.functional import cross_entropy

TOKENS = 2048
WIDTH = 288  # numbers in a state
LAYERS = 2


# --8<-- [start:model]
class Cell(nn.Module):
    """One layer: from what comes in and the state so far to the next state."""

    def __init__(self):
        super().__init__()
        self.read = nn.Linear(WIDTH, 3 * WIDTH)  # from the input
        self.keep = nn.Linear(WIDTH, 3 * WIDTH, bias=False)  # from the state

    def forward(self, x):
        """The state after each input, (n, t, width); the first state is zero."""
        inputs = self.read(x)  # for all tokens at once: they do not depend on the state
        h, states = x.new_zeros(len(x), WIDTH), []
        for t in range(x.shape[1]):
            h = self.step(inputs[:, t], h)
            states.append(h)
        return torch.stack(states, 1)

    def step(self, inputs, h):
        """One token: `forget` mixes old and new, `reset` says what of the old the new may see."""
        forget, reset, new = inputs.chunk(3, 1)
        old_forget, old_reset, old = self.keep(h).chunk(3, 1)
        forget = (forget + old_forget).sigmoid()
        new = (new + (reset + old_reset).sigmoid() * old).tanh()
        return forget * h + (1 - forget) * new


class GRU(nn.Module):
    """Scores of the next token, from the state after the tokens so far."""

    def __init__(self):
        super().__init__()
        self.config = {"width": WIDTH, "layers": LAYERS, "tokens": TOKENS, "eps": 1e-5}
        self.embedding = nn.Embedding(TOKENS, WIDTH)  # in the end it also scores: "tied"
        self.cells = nn.ModuleList(Cell() for _ in range(LAYERS))
        self.norm = nn.RMSNorm(WIDTH, eps=1e-5)
        nn.init.normal_(self.embedding.weight, std=0.02)

    def forward(self, ids):
        """Scores, (n, t, tokens), of what follows each of the ids, (n, t)."""
        h = self.embedding(ids)
        for cell in self.cells:
            h = h + cell(h)  # a layer adds to what comes in
        return self.norm(h) @ self.embedding.weight.T

    def surprise(self, ids):
        """Surprise in nats at each token but the first, (n, t - 1): exact."""
        scores = self(ids[:, :-1]).float()
        cost = cross_entropy(scores.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
        return cost.view(len(ids), -1)

    def loss(self, ids):
        """What training makes small."""
        return self.surprise(ids)
# --8<-- [end:model]
