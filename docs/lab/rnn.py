"""A recurrent network that writes a digit row by row and remembers in 80 numbers.

Idea: read one row at a time and keep a state h of fixed size; all that the next row can know of
the earlier ones is in h. Gates decide what is kept and what is overwritten.
Papers: Elman, 1990; the gated unit (GRU): Cho et al., 2014.
"""

import lab
import torch
from torch import nn
from torch.nn.functional import cross_entropy, silu

STEPS = 1400  # training steps
STATE = 80  # numbers in the state h
WIDTH = 96  # units of the head that writes the pixels of a row
DROP = 0.1  # share of units erased at random during training


# --8<-- [start:model]
class RNN(nn.Module):
    """A state that is carried from row to row; each row is written from it."""

    config = {"state": STATE}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.start = nn.Embedding(10, STATE)  # the first state says which digit to write
        self.gru = nn.GRUCell(8, STATE)
        self.l1 = nn.Linear(STATE + 8 + 8, WIDTH)  # state, row so far, column
        self.l2 = nn.Linear(WIDTH, lab.LEVELS)
        self.drop = nn.Dropout(DROP)

    def head(self, h, row):
        """Scores of the 17 inks at each column, from the state and the row up to there."""
        so_far = row[..., None, :] * torch.ones(8, 8).tril(-1)  # (..., 8, 8), the rest hidden
        place = torch.eye(8).expand(so_far.shape)
        state = h[..., None, :].expand(*so_far.shape[:-1], STATE)
        return self.l2(self.drop(silu(self.l1(torch.cat([state, so_far, place], -1)))))

    def forward(self, x, y):
        """Scores of the levels of each pixel, from all that was before it."""
        rows = lab.scale(x).view(-1, 8, 8)  # (n, 8 rows, 8)
        h, states = self.start(y), []
        for row in rows.unbind(1):
            states.append(h)
            h = self.gru(row, h)  # h_t from h_{t-1} and what was just written
        return self.head(torch.stack(states, 1), rows).flatten(1, 2)  # (n, 64, 17)
# --8<-- [end:model]

    # --8<-- [start:loss]
    def log_prob(self, x, y):
        """log p(x|y), exact: the chain rule, with all memory of earlier rows in h."""
        return -cross_entropy(self(x, y).transpose(1, 2), x, reduction="none").sum(1)

    def loss(self, x, y):
        """Mean surprise per pixel, in nats."""
        return -self.log_prob(x, y).mean() / 64
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    @torch.no_grad()
    def sample(self, n, y, temperature=1.0):
        """Draw n digits of the classes y, (n,): ink 0..16, (n, 64)."""
        h, digit = self.start(y), []
        for _ in range(8):
            row = torch.zeros(n, 8)
            for column in range(8):
                p = (self.head(h, row)[:, column] / temperature).softmax(1)
                row[:, column] = lab.scale(torch.multinomial(p, 1).squeeze(1))
            digit.append(row)
            h = self.gru(row, h)
        return lab.ink(torch.cat(digit, 1))  # (n, 64)
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 64), and classes y, (n,), by its name."""
    return {"rnn": lab.fit(RNN(), x, y, steps)}


if __name__ == "__main__":
    lab.main(train)
