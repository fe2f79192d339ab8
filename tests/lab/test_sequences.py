"""Transformer, window and recurrent network: honest conditionals that multiply to the joint."""

from __future__ import annotations

import math
from importlib import import_module
from typing import Any

import pytest

NAMES = ("transformer", "autoregressive", "rnn")


@pytest.mark.parametrize("name", NAMES)
def test_the_future_leaks_nothing(name: str, torch: Any, shipped: Any, digits: Any) -> None:
    model = shipped[name]
    for cut in range(0, 64, 7):
        other = digits.x.clone()
        other[:, cut:] = torch.randint(0, 17, other[:, cut:].shape)
        with torch.no_grad():
            first, second = model(digits.x, digits.y), model(other, digits.y)
        assert torch.equal(first[:, : cut + 1], second[:, : cut + 1])
        assert not torch.equal(first, second) or cut == 63


@pytest.mark.parametrize("name", NAMES)
def test_the_past_matters(name: str, torch: Any, shipped: Any, digits: Any) -> None:
    other = digits.x.clone()
    other[:, :40] = 16 - other[:, :40]
    with torch.no_grad():
        moved = (shipped[name](digits.x, digits.y) - shipped[name](other, digits.y))[:, 41].abs()
    assert (moved.amax(1) > 1e-3).all()


@pytest.mark.parametrize("name", NAMES)
def test_chain_rule_equals_the_joint(name: str, torch: Any, shipped: Any, digits: Any) -> None:
    """Each factor from a call that cannot know the rest: the rest is noise in that call."""
    model, x, y = shipped[name], digits.x, digits.y
    total = torch.zeros(len(x))
    for i in range(64):
        blind = torch.randint(0, 17, x.shape)
        blind[:, :i] = x[:, :i]
        with torch.no_grad():
            p = model(blind, y)[:, i].double().softmax(1)
        assert torch.allclose(p.sum(1), torch.ones(len(x), dtype=torch.double))
        total = total + p[range(len(x)), x[:, i]].log()
    with torch.no_grad():
        joint = model.log_prob(x, y)
    assert torch.allclose(total.float(), joint, atol=2e-3)


@pytest.mark.parametrize("name", NAMES)
def test_all_endings_together_are_certain(name: str, torch: Any, shipped: Any, digits: Any) -> None:
    """Summed over all 289 ways to write the last two pixels, p(x) is p of the first 62."""
    x = digits.x[:1].repeat(289, 1)
    x[:, 62], x[:, 63] = torch.arange(289) // 17, torch.arange(289) % 17
    y = digits.y[:1].repeat(289)
    with torch.no_grad():
        log_p = shipped[name](x, y).double().log_softmax(2)
        joint = shipped[name].log_prob(x, y).double()
    first = log_p[0, range(62), x[0, :62]].sum()
    assert joint.logsumexp(0).item() == pytest.approx(first.item(), abs=1e-3)


@pytest.mark.parametrize("name", NAMES)
def test_samples_follow_the_conditionals(name: str, torch: Any, shipped: Any) -> None:
    """Surprise of the model about its own samples: as high as its entropy, pixel by pixel."""
    y = torch.arange(300) % 10
    x = shipped[name].sample(300, y)
    assert x.dtype == torch.long
    assert x.min() >= 0 and x.max() <= 16
    with torch.no_grad():
        log_p = shipped[name](x, y).log_softmax(2)
    surprise = -log_p.gather(2, x[..., None]).squeeze(2).sum(1)
    entropy = -(log_p.exp() * log_p).sum(2).sum(1)
    error = (surprise - entropy).std() / math.sqrt(300)
    assert abs((surprise - entropy).mean()) < 4 * error


def test_attention_is_the_library_s(torch: Any, shipped: Any) -> None:
    layer = shipped["transformer"].blocks[0].attention
    h = torch.randn(3, 64, layer.qkv.in_features)
    with torch.no_grad():
        q, k, v = layer.qkv(h).view(3, 64, 3, layer.heads, -1).permute(2, 0, 3, 1, 4)
        product = torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        expected = layer.out(product.transpose(1, 2).flatten(2))
        assert torch.allclose(layer(h), expected, atol=1e-5)
    assert torch.allclose(layer.map.sum(3), torch.ones(3, layer.heads, 64), atol=1e-5)
    assert layer.map.triu(1).abs().max() == 0


def test_the_window_holds_the_pixels_before(lab: Any, torch: Any, digits: Any) -> None:
    """Cut out again, with plain loops."""
    module = import_module("autoregressive")
    cut = module.window(digits.x)
    v = digits.v.view(-1, 8, 8)
    for row, column in ((0, 0), (0, 5), (3, 0), (4, 4), (7, 7)):
        before = [
            (row + r, column + c)
            for r in range(-module.UP, 1)
            for c in range(-module.SIDE, module.SIDE + 1)
            if (r, c) < (0, 0)
        ]
        for place, (r, c) in enumerate(before):
            inside = 0 <= r < 8 and 0 <= c < 8
            seen = cut[:, 8 * row + column]
            assert (seen[:, module.SEEN + place] == inside).all()
            assert torch.equal(seen[:, place], v[:, r, c] if inside else torch.zeros(20))
        assert len(before) == module.SEEN


def test_the_state_is_all_that_the_rnn_remembers(torch: Any, shipped: Any, digits: Any) -> None:
    """Rows 5-8 from the state after row 4 alone, by a cell written out as in the paper."""
    model, rows = shipped["rnn"], digits.v.view(-1, 8, 8)
    wi, wh = model.gru.weight_ih, model.gru.weight_hh
    h = model.start(digits.y)
    for row in rows.unbind(1)[:4]:
        a, b = row @ wi.T + model.gru.bias_ih, h @ wh.T + model.gru.bias_hh
        (ar, az, an), (br, bz, bn) = a.chunk(3, 1), b.chunk(3, 1)
        r, z = (ar + br).sigmoid(), (az + bz).sigmoid()
        h = (1 - z) * (an + r * bn).tanh() + z * h
    with torch.no_grad():
        expected = model(digits.x, digits.y)[:, 32:40]
        assert torch.allclose(model.head(h, rows[:, 4]), expected, atol=1e-4)
