"""A generative adversarial network (GAN): a forger and a detective.

Idea: the generator turns noise into digits, the discriminator tells them from real ones. Each
learns from the other's mistakes.
Papers: Goodfellow et al., "Generative Adversarial Nets", 2014; Mescheder et al., 2018, for the
penalty R1; Miyato and Koyama, 2018, for how the discriminator is told the class.
"""

import copy

import lab
import torch
from torch import nn
from torch.nn.functional import interpolate, leaky_relu, pixel_shuffle, softplus

STEPS, RATE = 7000, 1e-3  # training steps, learning rate
NOISE = 24  # random numbers behind each digit
R1, LAZY = 1.0, 4  # weight of the penalty, and every how many steps it is taken
YOUNG = 0.05  # the discriminator as it was after this share of the training is kept too


# --8<-- [start:model]
class Generator(nn.Module):
    """From noise and class to a digit: 7 x 7 places, then 14 x 14, then 28 x 28."""

    def __init__(self, width=40):
        super().__init__()
        self.width = width
        self.l1 = nn.Linear(NOISE + 10, width * 49)
        self.c1 = nn.Conv2d(width, width, 3, padding=1)
        self.c2 = nn.Conv2d(width, width, 3, padding=1)
        self.c3 = nn.Conv2d(width, width // 2, 3, padding=1)
        self.c4 = nn.Conv2d(width // 2, 4, 3, padding=1)

    def forward(self, z, y):
        """Noise z, (n, 24), and classes y to digits in -1..1, (n, 28, 28)."""
        h = self.l1(torch.cat([z, lab.classes(y)], 1)).view(-1, self.width, 7, 7)
        h = interpolate(leaky_relu(h + self.c1(leaky_relu(h, 0.2)), 0.2), scale_factor=2)
        h = leaky_relu(h + self.c2(h), 0.2)
        h = self.c4(leaky_relu(self.c3(h), 0.2))
        return torch.tanh(pixel_shuffle(h, 2))[:, 0]


class Discriminator(nn.Module):
    """From a digit and its class to a verdict: above 0 means real."""

    def __init__(self, width=24):
        super().__init__()
        self.c1 = nn.Conv2d(1, width, 4, 2, 1)  # to 14 x 14 places
        self.c2 = nn.Conv2d(width, 2 * width, 4, 2, 1)  # to 7 x 7
        self.c3 = nn.Conv2d(2 * width, 2 * width, 3, 2, 1)  # to 4 x 4
        self.l1 = nn.Linear(2 * width * 16, 44)
        self.real = nn.Linear(44, 1)
        self.match = nn.Linear(10, 44, bias=False)

    def forward(self, x, y):
        """x in -1..1, (n, 28, 28): (n,)."""
        h = x[:, None]
        for layer in (self.c1, self.c2, self.c3):
            h = leaky_relu(layer(h), 0.2)
        h = leaky_relu(self.l1(h.flatten(1)), 0.2)
        return self.real(h)[:, 0] + (h * self.match(lab.classes(y))).sum(1)


class GAN(nn.Module):
    """What is shipped first: the generator."""

    config = {"side": lab.SIDE, "levels": lab.LEVELS, "noise": NOISE}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.generator = Generator()
# --8<-- [end:model]

    # --8<-- [start:sample]
    @torch.no_grad()
    def sample(self, n, y):
        """Draw n digits of the classes y, (n,): ink 0..7, (n, 28, 28)."""
        return lab.ink(self.generator(torch.randn(n, NOISE), y))
    # --8<-- [end:sample]


class Critics(nn.Module):
    """The discriminator at the end of training, and the same when it was young."""

    config = {"side": lab.SIDE, "levels": lab.LEVELS}  # noqa: RUF012
    coarse = ("young.",)  # shipped with four bits a number

    def __init__(self):
        super().__init__()
        self.grown, self.young = Discriminator(), Discriminator()


class Game(GAN):
    """All who play."""

    def __init__(self):
        super().__init__()
        self.critics = Critics()


# --8<-- [start:train]
def train(x, y, steps=STEPS):
    """Two players take turns; what is kept of each is the running average of its weights."""
    game = Game()
    forger, detective = game.generator, game.critics.grown
    players = [{"params": forger.parameters()}, {"params": detective.parameters()}]
    optimizer = torch.optim.Adam(players, RATE, betas=(0.0, 0.99))
    average = {name: value.clone() for name, value in game.state_dict().items()}
    for step in lab.progress(steps, game, optimizer, average):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, 2 - 2 * step / steps)
        pick = torch.randint(len(x), (64,))
        real, c = lab.scale(lab.vary(x[pick])), y[pick]
        made = forger(torch.randn(64, NOISE), c)
        caught = softplus(detective(made.detach(), c)).mean()
        learn(optimizer, caught + trust(detective, real, c, penalty=step % LAZY == 0))
        learn(optimizer, softplus(-detective(made, c)).mean(), but=detective)
        lab.blend(average, game, step)
        if step == int(YOUNG * steps):
            now = detective.state_dict()
            young = {f"critics.young.{name}": value for name, value in now.items()}
            game.load_state_dict(young, strict=False)
            average.update(copy.deepcopy(young))
    game.load_state_dict(average)
    gan = GAN()
    gan.generator = forger
    return {"gan": gan.eval(), "critics": game.critics.eval()}


def trust(detective, real, c, penalty):
    """How little the real digits are trusted; R1 keeps the verdict from being steep there."""
    real.requires_grad_(penalty)
    verdict = detective(real, c)
    loss = softplus(-verdict).mean()
    if penalty:
        slope = torch.autograd.grad(verdict.sum(), real, create_graph=True)[0]
        loss = loss + LAZY * R1 / 2 * slope.square().sum((1, 2)).mean()
    return loss


def learn(optimizer, loss, but=None):
    """One step of those whose loss it is: who has no slope stays as it is."""
    optimizer.zero_grad()
    loss.backward()
    for weight in but.parameters() if but else ():
        weight.grad = None
    optimizer.step()
# --8<-- [end:train]


if __name__ == "__main__":
    lab.main(train)
