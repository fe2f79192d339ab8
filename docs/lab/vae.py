"""A variational autoencoder (VAE) with a code of two numbers, so that all of it fits on a map.

Idea: the encoder answers a digit with a small cloud of codes, the decoder turns a code into a
digit. The clouds are pulled toward one normal distribution, so any draw from it can be decoded.
Papers: Kingma and Welling, "Auto-Encoding Variational Bayes", 2014; Rezende et al., 2014; the
noise model of the pixels: Salimans et al., "PixelCNN++", 2017.
"""

import lab
import torch
from torch import nn
from torch.nn.functional import silu

STEPS = 4000  # training steps
WIDTH = 96  # units in each hidden layer
CODE = 2  # numbers in the code z


# --8<-- [start:model]
class VAE(nn.Module):
    """An encoder to two numbers and a decoder back."""

    config = {"code": CODE}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.e1, self.e2 = nn.Linear(64 + 10, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.e3 = nn.Linear(WIDTH, 2 * CODE)
        self.d1, self.d2 = nn.Linear(CODE + 10, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.d3 = nn.Linear(WIDTH, 2 * 64)

    def encode(self, x, y):
        """q(z|x): center and log-width of the cloud, each (n, 2)."""
        h = torch.cat([lab.scale(x), lab.classes(y)], 1)
        return self.e3(silu(self.e2(silu(self.e1(h))))).chunk(2, 1)

    def decode(self, z, y):
        """p(x|z): for each pixel the center and the log-width of its distribution."""
        h = torch.cat([z, lab.classes(y)], 1)
        center, width = self.d3(silu(self.d2(silu(self.d1(h))))).chunk(2, 1)
        return center, width.clamp(-5, 2)  # each (n, 64)
# --8<-- [end:model]

    # --8<-- [start:loss]
    def log_pixels(self, x, z, y):
        """log p(x|z): a bell (logistic) over the ink, summed over each of the 17 levels."""
        center, width = self.decode(z, y)
        v, half = lab.scale(x), 1 / 16  # a level reaches half a step to either side
        upper = torch.where(x == 16, torch.inf, (v + half - center) / width.exp())
        lower = torch.where(x == 0, -torch.inf, (v - half - center) / width.exp())
        return (upper.sigmoid() - lower.sigmoid()).clamp(min=1e-9).log().sum(1)  # (n,)

    def elbo(self, x, y):
        """E_q[log p(x|z)] - KL(q(z|x) || p(z)), with one draw from q."""
        mu, log_sigma = self.encode(x, y)
        z = mu + log_sigma.exp() * torch.randn(mu.shape)  # reparameterization
        kl = (mu.square() + (2 * log_sigma).exp() - 1) / 2 - log_sigma  # (n, 2)
        return self.log_pixels(x, z, y) - kl.sum(1)

    def loss(self, x, y):
        """The negative lower bound on log p(x|y), in nats per pixel."""
        return -self.elbo(x, y).mean() / 64
    # --8<-- [end:loss]

    def bound(self, x, y, draws):
        """A tighter bound on log p(x|y): the mean weight of many draws (Burda et al., 2016)."""
        mu, log_sigma = self.encode(x, y)
        normal = torch.distributions.Normal
        q, prior = normal(mu, log_sigma.exp()), normal(0, 1)
        weights = []
        for _ in range(draws):
            z = q.sample()
            ratio = (prior.log_prob(z) - q.log_prob(z)).sum(1)
            weights.append(self.log_pixels(x, z, y) + ratio)
        return torch.stack(weights).logsumexp(0) - torch.tensor(float(draws)).log()

    # --8<-- [start:sample]
    @torch.no_grad()
    def sample(self, n, y, noise=False):
        """Draw a code from the prior and decode it; with `noise`, draw each pixel as well."""
        center, width = self.decode(torch.randn(n, CODE), y)
        u = torch.rand(n, 64).clamp(1e-6, 1 - 1e-6)
        return lab.ink(center + noise * width.exp() * u.logit())
    # --8<-- [end:sample]


def train(x, y, steps=STEPS):
    """A model trained on ink x, (n, 64), and classes y, (n,), by its name."""
    return {"vae": lab.fit(VAE(), x, y, steps)}


if __name__ == "__main__":
    lab.main(train)
