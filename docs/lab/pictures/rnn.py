"""A recurrent neural network: one state goes down the rows, a smaller one along each row.

Idea: a gated cell (GRU) reads row after row and keeps in its state what matters for the rows to
come. Within a row a second, smaller cell writes pixel after pixel, and begins with what the first
one says. Neither sees more of the past than its state holds.
Papers: Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder", 2014, for the
GRU; van den Oord et al., "Pixel Recurrent Neural Networks", 2016, for rows and pixels.
"""

import lab
import torch
from torch import nn
from torch.nn.functional import cross_entropy, one_hot, pad, silu

STEPS = 3000  # training steps
ROW, PIXEL = 152, 64  # numbers in the state that goes down, and in the one along a row


# --8<-- [start:model]
class RNN(nn.Module):
    """A GRU over the 28 rows, and a GRU over the 28 pixels of each row."""

    config = {"side": lab.SIDE, "levels": lab.LEVELS}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.down = nn.GRU(lab.SIDE + 10, ROW, batch_first=True)
        self.begin = nn.Linear(ROW, PIXEL)
        self.tone = nn.Linear(ROW, PIXEL)
        self.along = nn.GRU(lab.LEVELS + PIXEL, PIXEL, batch_first=True)
        self.leave = nn.Linear(PIXEL, lab.LEVELS)

    def rows(self, x, y):
        """The state before each row, from the class and the rows before: (n, 28, 152)."""
        above = pad(lab.scale(x), (0, 0, 1, 0), value=-1.0)[:, : lab.SIDE]  # one row down
        c = lab.classes(y)[:, None].expand(-1, lab.SIDE, -1)
        return self.down(torch.cat([above, c], 2))[0]

    def pixels(self, states, before):
        """Scores of the 8 inks along rows, (m, 28, 8), from the inks before them, (m, 28, 8)."""
        tone = silu(self.tone(states))[:, None].expand(-1, before.shape[1], -1)
        h = self.along(torch.cat([before, tone], 2), torch.tanh(self.begin(states))[None])[0]
        return self.leave(h)
# --8<-- [end:model]

    # --8<-- [start:loss]
    def forward(self, x, y):
        """Scores of the 8 inks for every pixel: (n, 28, 28, 8)."""
        states = self.rows(x, y).reshape(-1, ROW)  # (28 n, 152)
        before = pad(one_hot(x, lab.LEVELS).float(), (0, 0, 1, 0))[:, :, : lab.SIDE]
        return self.pixels(states, before.flatten(0, 1)).unflatten(0, (-1, lab.SIDE))

    def log_prob(self, x, y):
        """log p(x|y), exact: the sum of log p(x_i | x_<i, y) over the 784 pixels."""
        return -cross_entropy(self(x, y).movedim(3, 1), x, reduction="none").sum((1, 2))

    def loss(self, x, y):
        """Mean surprise per pixel, in nats."""
        return -self.log_prob(x, y).mean() / lab.SIDE**2
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    @torch.no_grad()
    def sample(self, n, y, temperature=1.0):
        """Draw n digits of the classes y, (n,): ink 0..7, (n, 28, 28)."""
        c = lab.classes(y)
        x, state = torch.zeros(n, lab.SIDE, lab.SIDE, dtype=torch.long), torch.zeros(1, n, ROW)
        above = torch.full((n, lab.SIDE), -1.0)
        for row in range(lab.SIDE):
            out, state = self.down(torch.cat([above, c], 1)[:, None], state)
            tone, h = silu(self.tone(out)), torch.tanh(self.begin(out[:, 0]))[None]
            before = torch.zeros(n, 1, lab.LEVELS)
            for column in range(lab.SIDE):
                out, h = self.along(torch.cat([before, tone], 2), h)
                p = (self.leave(out[:, 0]) / temperature).softmax(1)
                x[:, row, column] = torch.multinomial(p, 1)[:, 0]
                before = one_hot(x[:, row, column : column + 1], lab.LEVELS).float()
            above = lab.scale(x[:, row])
        return x
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 28, 28), and classes y, (n,), by its name."""
    return {"rnn": lab.fit(RNN(), x, y, steps)}


if __name__ == "__main__":
    lab.main(train)
