"""A generative adversarial network (GAN): a forger and a detective.

Idea: the generator G turns noise into digits, the discriminator D tells real from made. G never
sees a real digit. It learns only from the direction in which D would have been more convinced.
Papers: Goodfellow et al., "Generative Adversarial Nets", 2014; the R1 penalty that keeps the
game stable: Mescheder et al., 2018; D's way of using the class: Miyato and Koyama, 2018.
"""

import copy

import lab
import torch
from torch import nn
from torch.nn.functional import leaky_relu, softplus

STEPS = 5000  # training steps, each moves D once and G once
NOISE = 16  # numbers of noise that G starts from
WIDTH_G, WIDTH_D = 112, 96  # units in each hidden layer
RATE = 2e-3  # size of a step
R1 = 1.0  # weight of the penalty on D's slope at real digits
AVERAGE = 0.995  # the G we keep is a running average of the G that plays


# --8<-- [start:model]
class Generator(nn.Module):
    """G(z, y): noise and class to a digit, in one pass."""

    def __init__(self):
        super().__init__()
        self.l1 = nn.Linear(NOISE + 10, WIDTH_G)
        self.l2 = nn.Linear(WIDTH_G, WIDTH_G)
        self.l3 = nn.Linear(WIDTH_G, 64)

    def forward(self, z, y):
        """Noise z, (n, 16), and classes y, (n,), to digits, (n, 64) in -1..1."""
        h = torch.cat([z, lab.classes(y)], 1)  # (n, 26)
        h = leaky_relu(self.l2(leaky_relu(self.l1(h), 0.2)), 0.2)
        return torch.tanh(self.l3(h))  # (n, 64) in -1..1


class Discriminator(nn.Module):
    """D(x, y): above 0 for "real", below 0 for "made"."""

    def __init__(self):
        super().__init__()
        self.l1 = nn.Linear(64, WIDTH_D)
        self.l2 = nn.Linear(WIDTH_D, WIDTH_D)
        self.real = nn.Linear(WIDTH_D, 1)
        self.match = nn.Linear(10, WIDTH_D, bias=False)  # what this class should look like

    def forward(self, x, y):
        """How real pictures look for their classes: scores (n,), more is more real."""
        h = leaky_relu(self.l2(leaky_relu(self.l1(x), 0.2)), 0.2)  # (n, 96)
        fits = (h * self.match(lab.classes(y))).sum(1)
        return self.real(h).squeeze(1) + fits  # (n,)
# --8<-- [end:model]


class GAN(nn.Module):
    """The two players. Only the generator is needed afterwards."""

    config = {"noise": NOISE}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.generator, self.discriminator = Generator(), Discriminator()

    # --8<-- [start:loss]
    def loss(self, x, y):
        """The two losses of the game: D's and G's. They are not made smaller together."""
        real = lab.scale(x).requires_grad_()
        made = self.generator(torch.randn(len(y), NOISE), y)
        verdict = self.discriminator(real, y)
        slope = torch.autograd.grad(verdict.sum(), real, create_graph=True)[0]  # (n, 64)
        loss_d = softplus(-verdict).mean() + softplus(self.discriminator(made.detach(), y)).mean()
        loss_d = loss_d + R1 / 2 * slope.square().sum(1).mean()
        loss_g = softplus(-self.discriminator(made, y)).mean()  # "non-saturating"
        return loss_d, loss_g
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    @torch.no_grad()
    def sample(self, n, y):
        """Draw n digits of the classes y, (n,): ink 0..16, (n, 64)."""
        return lab.ink(self.generator(torch.randn(n, NOISE), y))
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """Two players, so two optimizers: the only family with a training loop of its own."""
    gan, kept = GAN(), GAN()
    kept.load_state_dict(gan.state_dict())
    players = gan.discriminator, gan.generator
    turns = [torch.optim.Adam(p.parameters(), lr=RATE, betas=(0.0, 0.99)) for p in players]
    for step in lab.progress(steps, gan):
        pick = torch.randint(len(x), (128,))
        losses = gan.loss(x[pick], y[pick])
        grads = [
            torch.autograd.grad(loss, list(p.parameters()), retain_graph=True)
            for loss, p in zip(losses, players, strict=True)
        ]
        for player, turn, grad in zip(players, turns, grads, strict=True):
            for weight, g in zip(player.parameters(), grad, strict=True):
                weight.grad = g
            turn.param_groups[0]["lr"] = RATE * min(1, 2 - 2 * step / steps)
            turn.step()
        for old, new in zip(kept.generator.parameters(), gan.generator.parameters(), strict=True):
            old.data.lerp_(new.data, 1 - AVERAGE)
    kept.discriminator = copy.deepcopy(gan.discriminator)
    return {"gan": kept.eval()}


if __name__ == "__main__":
    lab.main(train)
