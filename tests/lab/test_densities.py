"""The flow and the VAE against truths that do not come from their own code."""

from __future__ import annotations

import math
from importlib import import_module
from typing import Any

import pytest


def test_the_flow_can_be_undone(torch: Any, shipped: Any, digits: Any) -> None:
    flow, v = shipped["flow"], torch.randn(20, 64)
    with torch.no_grad():
        z, _ = flow(v, digits.c)
        assert torch.allclose(flow.inverse(z, digits.c), v, atol=1e-3)
        assert not torch.allclose(z, v, atol=0.1)


def test_the_flow_s_stretch_is_the_jacobian_s(torch: Any, shipped: Any, digits: Any) -> None:
    flow = shipped["flow"].double()
    try:
        for i in range(3):
            v, c = torch.randn(64, dtype=torch.double), digits.c[i : i + 1].double()
            jacobian = torch.autograd.functional.jacobian(lambda v, c=c: flow(v[None], c)[0][0], v)
            truth = torch.linalg.slogdet(jacobian)
            assert truth.sign == 1
            assert flow(v[None], c)[1].item() == pytest.approx(truth.logabsdet.item(), abs=1e-6)
    finally:
        flow.float()


def test_the_flow_s_density_is_a_change_of_variables(torch: Any, shipped: Any, digits: Any) -> None:
    """log p(share) = log N(z) + log |det dz/dshare|, the derivative taken through everything."""
    flow, edge = shipped["flow"].double(), import_module("flow").EDGE
    try:
        c, share = digits.c[:1].double(), (digits.x[0].double() + 0.5) / 17

        def noise(share: Any) -> Any:
            return flow((edge + (1 - 2 * edge) * share).logit()[None], c)[0][0]

        jacobian = torch.autograd.functional.jacobian(noise, share)
        base = torch.distributions.Normal(0, 1).log_prob(noise(share)).sum()
        truth = base + torch.linalg.slogdet(jacobian).logabsdet
        assert flow.log_density(share[None], c).item() == pytest.approx(truth.item(), abs=1e-6)
    finally:
        flow.float()


def test_each_coupling_moves_its_half_alone(torch: Any, shipped: Any, digits: Any) -> None:
    for i, layer in enumerate(shipped["flow"].couplings):
        v = torch.randn(20, 64)
        with torch.no_grad():
            moved = layer(v, digits.c)[0]
        assert torch.equal(moved[:, layer.a], v[:, layer.a])
        assert not (moved[:, layer.b] == v[:, layer.b]).all(0).any()
        assert sorted([*layer.a.tolist(), *layer.b.tolist()]) == list(range(64))
        assert (0 in layer.a.tolist()) == (i % 2 == 0)


def test_the_flow_s_bound_is_below_its_mean_density(torch: Any, shipped: Any, digits: Any) -> None:
    """Jensen: the mean log density over a cell is at most the log of the mean density."""
    flow = shipped["flow"]
    with torch.no_grad():
        draws = torch.stack([flow.dequantized(digits.x, digits.y) for _ in range(400)])
    exact = draws.logsumexp(0) - math.log(400)
    assert (draws.mean(0) < exact).all()


def test_a_pixel_s_chances_add_up(torch: Any, shipped: Any) -> None:
    """Over the 17 levels of the first pixel, all else equal, p(x|z) adds up to p of the rest."""
    vae, z, y = shipped["vae"], torch.randn(17, 2)[:1].repeat(17, 1), torch.full((17,), 4)
    x = torch.zeros(17, 64, dtype=torch.long)
    x[:, 20] = torch.arange(17)
    center, width = vae.decode(z, y)
    edges = (torch.arange(16) + 0.5) / 8 - 1
    below = ((edges - center[0, 20]) / width[0, 20].exp()).sigmoid()
    truth = torch.diff(below, prepend=torch.zeros(1), append=torch.ones(1)).clamp(min=1e-9)
    with torch.no_grad():
        found = vae.log_pixels(x, z, y).softmax(0)
        assert torch.allclose(found, truth / truth.sum(), atol=1e-4)


def test_the_elbo_is_below_the_exact_likelihood(torch: Any, shipped: Any, digits: Any) -> None:
    """With a code of two numbers the exact likelihood is a sum over a fine grid of codes."""
    vae, step = shipped["vae"], 0.025
    line = torch.arange(-5, 5 + step / 2, step)
    grid = torch.cartesian_prod(line, line)
    prior = torch.distributions.Normal(0, 1).log_prob(grid).sum(1)
    with torch.no_grad():
        for x, y in zip(digits.x[:4], digits.y[:4], strict=True):
            parts = [
                vae.log_pixels(x.expand(len(z), 64), z, y.expand(len(z))) + p
                for z, p in zip(grid.split(20000), prior.split(20000), strict=True)
            ]
            exact = torch.cat(parts).logsumexp(0) + 2 * math.log(step)
            many = x[None].expand(2000, 64), y.expand(2000)
            elbo = vae.elbo(*many).mean()
            bound = vae.bound(x[None], y[None], 500)[0]
            assert elbo < exact + 0.05
            assert elbo - 0.5 < bound < exact + 0.5


def test_the_kl_term_is_the_library_s(torch: Any, shipped: Any, digits: Any) -> None:
    vae, normal = shipped["vae"], torch.distributions.Normal
    with torch.no_grad():
        mu, log_sigma = vae.encode(digits.x, digits.y)
        kl = torch.distributions.kl_divergence(normal(mu, log_sigma.exp()), normal(0, 1)).sum(1)
        torch.manual_seed(7)
        z = mu + log_sigma.exp() * torch.randn(mu.shape)
        expected = vae.log_pixels(digits.x, z, digits.y) - kl
        torch.manual_seed(7)
        assert torch.allclose(vae.elbo(digits.x, digits.y), expected, atol=1e-3)
