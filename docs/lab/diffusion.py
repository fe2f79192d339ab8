"""A diffusion model: destroy digits with noise by a fixed rule, learn to undo a little of it.

Idea: x_t is a mixture of a digit and noise. The network looks at x_t and guesses; from the guess
follows which part of x_t is noise. To sample, start from pure noise and remove it bit by bit.
Papers: Ho et al., "Denoising Diffusion Probabilistic Models", 2020; the faster walk: Song et al.,
"Denoising Diffusion Implicit Models", 2021; the cosine schedule: Nichol and Dhariwal, 2021.
"""

import lab
import torch
from denoiser import Denoiser
from torch import nn

STEPS = 6000  # training steps
WIDTH, DEPTH = 64, 3  # of the denoiser
NEAR = 0.1  # no division by less noise than this
DROP = 0.1  # share of digits shown without their class, which guidance needs


# --8<-- [start:model]
def mix(t):
    """How much of x_t is digit and how much is noise: a^2 + b^2 = 1, so the size stays."""
    angle = t * torch.pi / 2
    return angle.cos()[:, None], angle.sin()[:, None]  # a = sqrt(alpha_bar), b


class Diffusion(nn.Module):
    """A denoiser, and the walk from noise to a digit that it makes possible."""

    config = {"depth": DEPTH, "near": NEAR, "steps": 32}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.net = Denoiser(64, 10, WIDTH, DEPTH)

    def guess(self, x_t, t, c, w=0.0):
        """The digit that the network sees in x_t, and the noise that is left over.

        Guidance w > 0 overdoes the difference that the class makes.
        """
        x_0 = self.net(x_t, t, c)
        if w:
            x_0 = x_0 + w * (x_0 - self.net(x_t, t, torch.zeros_like(c)))
        a, b = mix(t)
        return x_0, (x_t - a * x_0) / b.clamp(min=NEAR)
# --8<-- [end:model]

    # --8<-- [start:loss]
    def loss(self, x, y):
        """|epsilon - epsilon_theta(x_t, t)|^2 at a random time, divided by a^2.

        Written with the guess of the digit, that is |x_0 - guess|^2 / b^2. Without the
        division the noisiest times, where a sample takes its shape, would hardly count.
        """
        x_0, epsilon = lab.scale(x), torch.randn(len(x), 64)
        t = torch.randn(len(x)).sigmoid()  # times in the middle teach the most
        a, b = mix(t)
        x_t = a * x_0 + b * epsilon  # any noise level in one jump
        c = lab.classes(y) * (torch.rand(len(y), 1) > DROP)
        wrong = self.guess(x_t, t, c)[0] - x_0
        return (wrong / b.clamp(min=NEAR)).square().mean()
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    @torch.no_grad()
    def walk(self, x_t, c, steps=32, w=0.0):
        """From pure noise to a digit: guess the noise, keep less of it, repeat (DDIM)."""
        for i in range(steps):
            t = torch.full((len(x_t),), 1 - i / steps)
            s = torch.full((len(x_t),), 1 - (i + 1) / steps)  # a little less noisy
            x_0, epsilon = self.guess(x_t, t, c, w)
            a, b = mix(s)
            x_t = a * x_0 + b * epsilon
        return x_t

    def sample(self, n, y, steps=32, w=0.0):
        """Draw n digits of the classes y, (n,): ink 0..16, (n, 64)."""
        return lab.ink(self.walk(torch.randn(n, 64), lab.classes(y), steps, w))
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 64), and classes y, (n,), by its name."""
    return {"diffusion": lab.fit(Diffusion(), x, y, steps)}


if __name__ == "__main__":
    lab.main(train)
