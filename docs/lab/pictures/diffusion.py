"""A diffusion model: destroy digits with noise by a fixed rule, learn to undo a little of it.

Idea: the network sees a noisy digit and guesses the clean one. From the guess follows the noise.
A sample starts as pure noise; at every step some of the guessed noise is taken away.
Papers: Ho et al., "Denoising Diffusion Probabilistic Models", 2020; Song et al., "Denoising
Diffusion Implicit Models" (DDIM), 2021; Nichol and Dhariwal, 2021, for the cosine schedule; Ho
and Salimans, "Classifier-Free Diffusion Guidance", 2022.
"""

import lab
import torch
from denoiser import Denoiser
from torch import nn

STEPS = 4000  # training steps
NEAR = 0.1  # no division by less noise than this
GUIDE = 1.0  # how much the class is overdone in a sample (classifier-free guidance)
DROP = 0.1  # share of digits whose class is hidden, so that the network learns to do without


# --8<-- [start:schedule]
def mix(t):
    """How much of x_t is digit and how much is noise: a^2 + b^2 = 1, so the size stays.

    t goes from 0, the digit, to 1, pure noise.
    """
    angle = t * torch.pi / 2
    return angle.cos()[:, None, None], angle.sin()[:, None, None]
# --8<-- [end:schedule]


# --8<-- [start:model]
class Diffusion(nn.Module):
    """A network that guesses the clean digit, and the walk that uses it."""

    config = {"side": lab.SIDE, "levels": lab.LEVELS, "near": NEAR, "steps": 24,  # noqa: RUF012
              "guide": GUIDE}  # fmt: skip

    def __init__(self):
        super().__init__()
        self.net = Denoiser()

    def guess(self, x_t, t, c, w=0.0):
        """The clean digit and the noise in x_t, (n, 28, 28); guidance w overdoes the class."""
        x_0 = self.net(x_t, t, c)
        if w:
            x_0 = x_0 + w * (x_0 - self.net(x_t, t, torch.zeros_like(c)))
        a, b = mix(t)
        return x_0, (x_t - a * x_0) / b.clamp(min=NEAR)
# --8<-- [end:model]

    # --8<-- [start:loss]
    def loss(self, x, y):
        """Add noise, ask for the digit; where little noise is left, being wrong costs more."""
        x_0 = lab.scale(x)
        epsilon = torch.randn(x_0.shape)
        t = torch.randn(len(x)).sigmoid()
        a, b = mix(t)
        c = lab.classes(y) * (torch.rand(len(y), 1) > DROP)
        wrong = self.guess(a * x_0 + b * epsilon, t, c)[0] - x_0
        return (wrong / b.clamp(min=NEAR)).square().mean()
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    @torch.no_grad()
    def walk(self, x_t, c, steps=24, w=0.0):
        """From noise x_t, (n, 28, 28), to digits in about -1..1: no chance in between (DDIM)."""
        for i in range(steps):
            t = torch.full((len(x_t),), 1 - i / steps)
            s = torch.full((len(x_t),), 1 - (i + 1) / steps)  # less noise than at t
            x_0, epsilon = self.guess(x_t, t, c, w)
            a, b = mix(s)
            x_t = a * x_0 + b * epsilon
        return x_t

    def sample(self, n, y, steps=24, w=GUIDE):
        """Draw n digits of the classes y, (n,): ink 0..7, (n, 28, 28)."""
        return lab.ink(self.walk(torch.randn(n, lab.SIDE, lab.SIDE), lab.classes(y), steps, w))
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 28, 28), and classes y, (n,), by its name."""
    return {"diffusion": lab.fit(Diffusion(), x, y, steps)}


if __name__ == "__main__":
    lab.main(train)
