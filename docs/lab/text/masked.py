"""Masked diffusion: the transformer without its causal mask, which fills blanks in any order.

Idea: hide some tokens of a line, any number of them, and guess each from all that is visible, to
the left and to the right. To write, start with blanks only and fill them, surest first.
Papers: Austin et al., "Structured Denoising Diffusion Models in Discrete State-Spaces", 2021;
Hoogeboom et al., "Autoregressive Diffusion Models", 2021; Sahoo et al., "Simple and Effective
Masked Diffusion Language Models", 2024.
"""

import torch
from decoder import TOKENS, Transformer
from sampling import narrow
from torch.nn.functional import cross_entropy

BLANK = TOKENS  # one more token: a place that is not yet written
COLON = ord(":")  # between a word and its definition


class Masked(Transformer):
    """Scores of the token at each place, from all places that are not blank."""

    def __init__(self):
        super().__init__(tokens=TOKENS + 1, causal=False)
        self.config["blank"] = BLANK

    # --8<-- [start:loss]
    def surprise(self, ids, given=None):
        """Surprise in nats for each line, (n,): a fair sample of an upper bound.

        Of the d tokens of a line k are hidden, k from 1 to d equally likely. The mean surprise
        of the hidden ones, times d, is on average the cost of the line if its tokens are filled
        in one by one in a random order. The line breaks around the line, and with them its
        length, stay visible, and so do the places where `given` is true.
        """
        body = torch.ones_like(ids, dtype=torch.bool)
        body[:, [0, -1]] = False
        if given is not None:
            body &= ~given
        d = body.sum(1)  # (n,)
        spread = (torch.arange(len(ids)) + torch.rand(1)) / len(ids)  # evenly from 0 to 1
        k = 1 + (spread[torch.randperm(len(ids))] * d).long().clamp(max=d - 1)
        order = torch.rand(ids.shape).masked_fill(~body, 2).argsort(1).argsort(1)
        hidden = order < k[:, None]
        scores = self(ids.masked_fill(hidden, BLANK)).float()
        cost = cross_entropy(scores.flatten(0, 1), ids.flatten(), reduction="none")
        return (cost.view(ids.shape) * hidden).sum(1) * d / k

    def loss(self, ids):
        """Half of the lines are guessed as a whole, half with their word given."""
        at = (ids == COLON).int().cumsum(1) > 0  # the colon and all that follows
        given = (at.int().cumsum(1) <= 1) & at.any(1, keepdim=True)  # up to the first colon
        given &= torch.arange(len(ids))[torch.randperm(len(ids))][:, None] % 2 == 0
        return self.surprise(ids, given)
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    @torch.no_grad()
    def fill(self, ids, steps, sure=True, temperature=1.0, top_p=1.0, chance=None):
        """Fill the blanks of ids, (n, t), in a number of steps; each step fills its share.

        In each step every blank draws a token. With `sure` those drawn with the highest
        probability stay, otherwise random ones; the others become blank again.
        """
        ids = ids.clone()
        for left in range(steps, 0, -1):
            blank = ids == BLANK
            p = narrow((self(ids) / temperature).softmax(2), top_p=top_p)
            drawn = torch.multinomial(p.flatten(0, 1), 1, generator=chance).view(ids.shape)
            p = p.gather(2, drawn[..., None])[..., 0]
            rank = p if sure else torch.rand(p.shape, generator=chance)
            rank = rank.masked_fill(~blank, -1)
            order = rank.argsort(1, descending=True).argsort(1)  # 0 is filled first
            share = (blank.sum(1, keepdim=True) / left).ceil()
            ids = torch.where(blank & (order < share), drawn, ids)
        return ids
    # --8<-- [end:sample]
