"""Transformer, window and recurrent network: what they see, and how they draw."""

from __future__ import annotations

import math
from typing import Any

import pytest

NAMES = ("transformer", "autoregressive", "rnn")


def scores(name: str, model: Any, x: Any, y: Any) -> tuple[Any, Any]:
    """Scores of the inks and the inks themselves, (n, 784, 8) and (n, 784), in the same order."""
    if name == "transformer":
        pieces = x.view(-1, 14, 2, 14, 2).transpose(2, 3).flatten(1)
        return model(x, y).flatten(1, 2), pieces
    found = model.scores(x, y) if name == "autoregressive" else model(x, y).flatten(1, 2)
    return found, x.flatten(1)


@pytest.mark.parametrize("name", NAMES)
def test_the_past_matters(name: str, torch: Any, shipped: Any, written: Any) -> None:
    x, y = written.x[:2], written.y[:2]
    other = x.clone()
    other[:, :14] = 7 - other[:, :14]
    with torch.no_grad():
        first, second = (scores(name, shipped[name], each, y)[0] for each in (x, other))
    moved = (first - second).abs().amax(2)
    assert (moved[:, 14 * 28 : 14 * 28 + 28] > 1e-3).float().mean() > 0.9


@pytest.mark.parametrize("name", NAMES)
def test_samples_follow_the_conditionals(name: str, torch: Any, shipped: Any) -> None:
    """Surprise of the model about its own samples: as high as its entropy, pixel by pixel."""
    n = 24
    y = torch.arange(n) % 10
    x = shipped[name].sample(n, y)
    assert x.dtype == torch.long
    assert x.min() >= 0 and x.max() <= 7
    with torch.no_grad():
        found, inks = scores(name, shipped[name], x, y)
        log_p = found.log_softmax(2)
    surprise = -log_p.gather(2, inks[..., None]).squeeze(2).sum(1)
    entropy = -(log_p.exp() * log_p).sum(2).sum(1)
    error = (surprise - entropy).std() / math.sqrt(n)
    assert abs((surprise - entropy).mean()) < 4 * error


def test_attention_is_the_library_s(torch: Any, shipped: Any) -> None:
    layer = shipped["transformer"].blocks[0].attention
    h = torch.randn(3, 64, layer.qkv.in_features)
    with torch.no_grad():
        q, k, v = layer.qkv(h).view(3, 64, 3, layer.heads, -1).permute(2, 0, 3, 1, 4)
        product = torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        expected = layer.out(product.transpose(1, 2).flatten(2))
        assert torch.allclose(layer(h), expected, atol=1e-5)


def test_the_window_holds_the_pixels_before(pictures: Any, torch: Any, written: Any) -> None:
    """Cut out again, with plain loops."""
    module, v = pictures.autoregressive, pictures.lab.scale(written.x)
    for row, column in ((0, 0), (0, 5), (3, 0), (14, 14), (27, 27)):
        place = torch.full((len(v), 1), 28 * row + column)
        seen = module.windows(written.x, place)[:, 0]
        before = [
            (row + r, column + c)
            for r in range(-module.UP, 1)
            for c in range(-module.SIDE, module.SIDE + 1)
            if (r, c) < (0, 0)
        ]
        assert len(before) == module.SEEN
        for i, (r, c) in enumerate(before):
            inside = 0 <= r < 28 and 0 <= c < 28
            assert (seen[:, module.SEEN + i] == inside).all()
            assert torch.equal(seen[:, i], v[:, r, c] if inside else torch.zeros(len(v)))


def test_the_state_is_all_that_the_rnn_remembers(torch: Any, shipped: Any, written: Any) -> None:
    """Row 15 from the state after row 14 alone, by a cell written out as in the paper."""
    model, x, y = shipped["rnn"], written.x[:2], written.y[:2]
    cell, c = model.down, torch.nn.functional.one_hot(y, 10).float()
    h, above = torch.zeros(2, cell.hidden_size), torch.full((2, 28), -1.0)
    with torch.no_grad():
        for row in range(15):
            given = torch.cat([above, c], 1)
            a = given @ cell.weight_ih_l0.T + cell.bias_ih_l0
            b = h @ cell.weight_hh_l0.T + cell.bias_hh_l0
            (ar, az, an), (br, bz, bn) = a.chunk(3, 1), b.chunk(3, 1)
            r, z = (ar + br).sigmoid(), (az + bz).sigmoid()
            h = (1 - z) * (an + r * bn).tanh() + z * h
            above = x[:, row] * (2 / 7) - 1
        assert torch.allclose(model.rows(x, y)[:, 14], h, atol=1e-4)
