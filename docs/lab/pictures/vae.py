"""A variational autoencoder (VAE) with a code of two numbers, so that all of it fits on a map.

Idea: the encoder says where on the map a digit lies, and how sure it is; the decoder draws the
digit of any place on the map. Both are trained so that the digits fill a round cloud.
Papers: Kingma and Welling, "Auto-Encoding Variational Bayes", 2014; Rezende et al., 2014;
Salimans et al., "PixelCNN++", 2017, for the likelihood of whole ink.
"""

import lab
import torch
from torch import nn
from torch.nn.functional import silu

STEPS = 4000  # training steps
CODE = 2  # numbers in the code: a place on the map


# --8<-- [start:model]
class VAE(nn.Module):
    """Encoder and decoder, both told the class."""

    config = {"side": lab.SIDE, "levels": lab.LEVELS, "code": CODE}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.e1 = nn.Conv2d(1, 24, 4, 2, 1)  # to 14 x 14 places
        self.e2 = nn.Conv2d(24, 48, 4, 2, 1)  # to 7 x 7
        self.e3 = nn.Linear(48 * 49 + 10, 2 * CODE)
        self.d1 = nn.Linear(CODE + 10, 96)
        self.d2 = nn.Linear(96, 24 * 49)
        self.d3 = nn.ConvTranspose2d(24, 24, 4, 2, 1)  # to 14 x 14
        self.d4 = nn.ConvTranspose2d(24, 2, 4, 2, 1)  # to 28 x 28

    def encode(self, x, y):
        """The cloud of codes that fit a digit: its center and the log of its width, (n, 2)."""
        h = silu(self.e2(silu(self.e1(lab.scale(x)[:, None])))).flatten(1)
        return self.e3(torch.cat([h, lab.classes(y)], 1)).chunk(2, 1)

    def decode(self, z, y):
        """The digit at place z, (n, 2), of the map: its ink and the log of its width."""
        h = silu(self.d1(torch.cat([z, lab.classes(y)], 1)))
        h = silu(self.d2(h)).view(-1, 24, 7, 7)
        center, width = self.d4(silu(self.d3(h))).unbind(1)
        return center, width.clamp(-5, 2)  # each (n, 28, 28)
# --8<-- [end:model]

    # --8<-- [start:loss]
    def log_pixels(self, x, z, y):
        """log p(x|z, y): the share of a logistic curve that falls into the cell of each ink."""
        center, width = self.decode(z, y)
        v, half = lab.scale(x), 1 / (lab.LEVELS - 1)
        upper = torch.where(x == lab.LEVELS - 1, torch.inf, (v + half - center) / width.exp())
        lower = torch.where(x == 0, -torch.inf, (v - half - center) / width.exp())
        return (upper.sigmoid() - lower.sigmoid()).clamp(min=1e-9).log().sum((1, 2))

    def elbo(self, x, y):
        """A lower bound of log p(x|y): how well it is drawn again, less how far the cloud is
        from the round one (Kullback-Leibler divergence)."""
        mu, log_sigma = self.encode(x, y)
        z = mu + log_sigma.exp() * torch.randn(mu.shape)
        kl = (mu.square() + (2 * log_sigma).exp() - 1) / 2 - log_sigma
        return self.log_pixels(x, z, y) - kl.sum(1)

    def loss(self, x, y):
        """The bound per pixel, in nats, with its sign turned."""
        return -self.elbo(x, y).mean() / lab.SIDE**2

    def bound(self, x, y, draws):
        """A closer bound from many draws (Burda et al., 2016)."""
        mu, log_sigma = self.encode(x, y)
        rows = []
        for _ in range(draws):
            noise = torch.randn(mu.shape)
            z = mu + log_sigma.exp() * noise
            prior, guess = -z.square().sum(1) / 2, -(noise.square() / 2 + log_sigma).sum(1)
            rows.append(self.log_pixels(x, z, y) + prior - guess)
        return torch.stack(rows).logsumexp(0) - torch.tensor(float(draws)).log()
    # --8<-- [end:loss]

    # --8<-- [start:sample]
    @torch.no_grad()
    def sample(self, n, y, noise=False):
        """Draw n digits of the classes y, (n,): ink 0..7, (n, 28, 28).

        With noise, each pixel is drawn from its curve, as the likelihood has it.
        """
        center, width = self.decode(torch.randn(n, CODE), y)
        if noise:
            u = torch.rand(center.shape).clamp(1e-6, 1 - 1e-6)
            center = center + width.exp() * (u.log() - (1 - u).log())
        return lab.ink(center)
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 28, 28), and classes y, (n,), by its name."""
    return {"vae": lab.fit(VAE(), x, y, steps)}


if __name__ == "__main__":
    lab.main(train)
