"""The arena's engine: slopes, densities, bounds and chance, against other ways to compute them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page
from support import arena

torch = pytest.importorskip("torch", reason="the lab's extra packages: pip install '.[lab]'")
pytestmark = pytest.mark.browser
CLOSE = 1e-4  # relative, between the engine and PyTorch


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page with the engine; a second memory on it does without WebAssembly."""
    with arena.engine(browser) as page:
        page.add_script_tag(content=HARNESS)
        yield page


# Run one operation on given matrices; reduce it to a number; return the number, its slopes, and the
# slopes by finite differences.
HARNESS = """
window.probe = (build, inputs, plain) => {
  const arena = fieldguideArena;
  const memory = new arena.Memory(1, plain);
  const tape = new arena.Tape(memory);
  const run = () => {
    tape.begin();
    const given = inputs.map(([rows, columns, values]) => tape.input(rows, columns, values, true));
    let out = eval(build)(tape, ...given);
    if (out.v.length > 1) {
      const target = tape.input(out.rows, out.columns, out.v.map((_, i) => Math.sin(i)));
      out = tape.squares(out, target, 0.5);
    }
    return [out, given];
  };
  const [loss, given] = run();
  const value = loss.v[0];
  tape.backward(loss);
  const slopes = given.map((one) => Array.from(one.g));
  const near = inputs.map(([, , values]) => values.map((at, i) => {
    const reach = 4e-3;
    values[i] = at + reach;
    const above = run()[0].v[0];
    values[i] = at - reach;
    const below = run()[0].v[0];
    values[i] = at;
    return (above - below) / (2 * reach);
  }));
  return {value, slopes, near, fast: Boolean(memory.fast)};
};
window.bins = (list) => Int32Array.from(list);
"""

BINS = [0, 3, 1, 3, 2]
Build = Callable[..., torch.Tensor]


def couple(x: torch.Tensor, raw: torch.Tensor, side: int) -> torch.Tensor:
    s = 1.5 * torch.tanh(raw[:, 0])
    moved = x[:, side] * torch.exp(s) + raw[:, 1]
    points = [x[:, 0], x[:, 1]]
    points[side] = moved
    return torch.stack([*points, s + (x[:, 2] if x.shape[1] == 3 else 0)], 1)


def surprise(x: torch.Tensor) -> torch.Tensor:
    return ((x[:, :2] ** 2).sum(1) / 2 - x[:, 2]).mean() + math.log(2 * math.pi)


def divergence(q: torch.Tensor) -> torch.Tensor:
    mean, log = q[:, :2], q[:, 2:]
    normal = torch.distributions.Normal(0.0, 1.0)
    cloud = torch.distributions.Normal(mean, torch.exp(log / 2))
    return torch.distributions.kl_divergence(cloud, normal).sum(1).mean()


softplus = torch.nn.functional.softplus
entropy = torch.nn.functional.cross_entropy
# An operation, the shapes of what it is given, how the engine writes it, and how PyTorch does.
OPERATIONS: dict[str, tuple[list[tuple[int, int]], str, Build]] = {
    "add": (
        [(3, 4), (3, 4)],
        "(t, a, b) => t.add(a, b, -0.7)",
        lambda a, b: a - 0.7 * b,
    ),
    "columns": ([(3, 4)], "(t, a) => t.columns(a, 1, 3)", lambda a: a[:, 1:3]),
    "squares": (
        [(3, 2), (3, 2)],
        "(t, a, b) => t.squares(a, b, 3)",
        lambda a, b: 3 * ((a - b) ** 2).sum(1).mean(),
    ),
    "softplus": ([(5, 1)], "(t, a) => t.softplus(a)", lambda a: softplus(a).mean()),
    "softplus of minus": ([(5, 1)], "(t, a) => t.softplus(a, -1)", lambda a: softplus(-a).mean()),
    "cross-entropy": (
        [(5, 4)],
        f"(t, a) => t.crossEntropy(a, bins({BINS}))",
        lambda a: entropy(a, torch.tensor(BINS)),
    ),
    "cross-entropy of one row": (
        [(1, 4)],
        f"(t, a) => t.crossEntropy(a, bins({BINS}))",
        lambda a: entropy(a.expand(5, 4), torch.tensor(BINS)),
    ),
    "cloud": (
        [(4, 4), (4, 2)],
        "(t, q, e) => t.cloud(q, Object.assign(e, {needs: false}))",
        lambda q, e: q[:, :2] + torch.exp(q[:, 2:] / 2) * e.detach(),
    ),
    "divergence": ([(4, 4)], "(t, q) => t.divergence(q, 2)", lambda q: 2 * divergence(q)),
    "coupling": (
        [(4, 2), (4, 2)],
        "(t, x, raw) => t.couple(x, raw, 0)",
        lambda x, raw: couple(x, raw, 0),
    ),
    "couplings in a row": (
        [(4, 2), (4, 2), (4, 2)],
        "(t, x, a, b) => t.surprise(t.couple(t.couple(x, a, 1), b, 0))",
        lambda x, a, b: surprise(couple(couple(x, a, 1), b, 0)),
    ),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_slopes_of_an_operation(page: Page, name: str) -> None:
    shapes, build, theirs = OPERATIONS[name]
    chance = np.random.default_rng(7)
    given = [chance.normal(size=shape).astype(np.float32) for shape in shapes]
    inputs = [[*matrix.shape, matrix.ravel().tolist()] for matrix in given]
    found = page.evaluate(f"(inputs) => probe({build!r}, inputs, false)", inputs)
    tensors = [torch.tensor(matrix, dtype=torch.float64, requires_grad=True) for matrix in given]
    out = theirs(*tensors)
    if out.numel() > 1:
        target = torch.sin(torch.arange(out.numel(), dtype=torch.float64)).reshape(out.shape)
        out = 0.5 * ((out - target) ** 2).sum(1).mean()
    out.backward()  # type: ignore[no-untyped-call]
    assert found["value"] == pytest.approx(out.item(), rel=CLOSE)
    for tensor, slopes, near in zip(tensors, found["slopes"], found["near"], strict=True):
        if tensor.grad is None:
            continue
        exact = tensor.grad.numpy().ravel()
        assert np.abs(np.array(slopes) - exact).max() <= CLOSE * np.abs(exact).max()
        assert np.abs(np.array(near) - exact).max() <= 0.01 * np.abs(exact).max()


NETWORK = """
([activation, x, plain]) => {
  const arena = fieldguideArena;
  const memory = new arena.Memory(1, plain);
  const tape = new arena.Tape(memory);
  const net = new arena.Net(memory, new arena.Chance(3), [3, 32, 20, 2], activation);
  const given = tape.input(x.length / 3, 3, x, true);
  const loss = tape.squares(net.on(tape, given), tape.input(x.length / 3, 2));
  tape.backward(loss);
  const slopes = Array.from(net.slopes);
  const before = Array.from(net.weights);
  net.adam(0.01, 0.8, 0.95);
  net.slopes.set(slopes);
  net.adam(0.01, 0.8, 0.95);
  const after = Array.from(net.weights);
  return {loss: loss.v[0], slopes, before, after, by: Array.from(given.g), fast: !!memory.fast};
}
"""
ACTIVATIONS = {
    "leaky": lambda x: torch.nn.functional.leaky_relu(x, 0.2),
    "tanh": torch.tanh,
    "silu": torch.nn.functional.silu,
}


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_network_learns_as_in_pytorch(page: Page, activation: str, plain: bool) -> None:
    """Loss, slopes by weights and by inputs, and two steps of Adam; by the kernel and by loops."""
    x = np.random.default_rng(5).normal(size=(11, 3)).astype(np.float32)
    found: dict[str, Any] = page.evaluate(NETWORK, [activation, x.ravel().tolist(), plain])
    assert found["fast"] is not plain
    given = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    weights = torch.tensor(found["before"], dtype=torch.float64, requires_grad=True)
    h, at = given, 0
    for inputs, outputs in ((3, 32), (32, 20), (20, 2)):
        matrix = weights[at : at + inputs * outputs].reshape(inputs, outputs)
        at += inputs * outputs
        h = h @ matrix + weights[at : at + outputs]
        at += outputs
        h = ACTIVATIONS[activation](h) if outputs != 2 else h
    loss = (h**2).sum(1).mean()
    loss.backward()  # type: ignore[no-untyped-call]
    assert weights.grad is not None and given.grad is not None
    assert found["loss"] == pytest.approx(loss.item(), rel=CLOSE)
    for slopes, exact in ((found["slopes"], weights.grad), (found["by"], given.grad)):
        assert np.abs(np.array(slopes) - exact.numpy().ravel()).max() <= CLOSE * exact.abs().max()
    optimizer = torch.optim.Adam([weights], lr=0.01, betas=(0.8, 0.95))
    optimizer.step()
    optimizer.step()
    moved = np.abs(np.array(found["after"]) - np.array(found["before"])).max()
    assert np.abs(np.array(found["after"]) - weights.detach().numpy()).max() <= 1e-3 * moved
