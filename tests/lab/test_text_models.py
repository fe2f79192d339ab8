"""The language models: what they compute, against brute force and other implementations."""

from __future__ import annotations

import math
from collections import Counter
from itertools import permutations, product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

LINES = [[10, 1, 2, 3, 10], [10, 1, 2, 2, 10], [10, 3, 1, 2, 10], [10, 1, 10]]


@pytest.fixture
def tiny(text: Any, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The networks with 4 tokens and 8 numbers, small enough to try all that can be."""
    for module, names in {
        text.decoder: {"TOKENS": 4, "WIDTH": 8, "HEADS": 2, "BLOCKS": 2},
        text.masked: {"TOKENS": 4, "BLANK": 4, "COLON": 1},
        text.gru: {"TOKENS": 4, "WIDTH": 8},
    }.items():
        for name, value in names.items():
            monkeypatch.setattr(module, name, value)
    return text


@pytest.fixture
def masked(tiny: Any, torch: Any) -> Any:
    """A tiny masked diffusion model with an opinion: large random weights."""
    model = tiny.masked.Masked.__new__(tiny.masked.Masked)
    tiny.decoder.Transformer.__init__(model, tokens=5, causal=False)
    for weight in model.parameters():
        torch.nn.init.normal_(weight, std=0.8)
    return model.eval()


def test_ngrams_against_the_formula(text: Any, torch: Any) -> None:
    """Interpolated Kneser-Ney by its definition, counting anew for every context."""
    model = text.ngram.NGram(LINES, order=3)
    windows = Counter(
        tuple(line[max(0, at - 3) : at + 1]) for line in LINES for at in range(1, len(line))
    )

    def count(gram: tuple[int, ...]) -> int:
        """Of what is as long as can be, how often; else after how many different tokens."""
        if len(gram) == 4 or (len(gram) > 1 and gram[0] == 10):  # 10 alone ends a line
            return windows[gram]
        longer = [(first, *gram) for first in (1, 2, 3, 10)]
        return sum(count(found) > 0 for found in longer)

    def probability(context: tuple[int, ...], token: int) -> float:
        below = probability(context[1:], token) if context else 1 / 2048
        counts = [count((*context, t)) for t in (1, 2, 3, 10) if context or t]
        counts = [n for n in counts if n]
        if not counts:
            return below
        own = count((*context, token))
        return (max(own - 0.9, 0) + 0.9 * len(counts) * below) / sum(counts)

    contexts = {tuple(line[max(0, at - 3) : at]) for line in LINES for at in range(1, len(line))}
    for context in contexts - {()} | {(2,), (2, 2), (3, 3, 3)}:
        found = model.p(list(context))
        assert found.sum().item() == pytest.approx(1, abs=1e-6)
        if context[0] == 10 or len(context) == 3:
            for token in (1, 2, 3):
                assert found[token].item() == pytest.approx(probability(context, token), rel=1e-4)
    for line in LINES:
        expected = [-model.p(line[:at])[line[at]].log().item() for at in range(1, len(line))]
        assert model.surprise(line).tolist() == pytest.approx(expected, rel=1e-4)


def test_transformer_against_pytorchs_attention(text: Any, torch: Any) -> None:
    """One block by hand, with PyTorch's attention and complex numbers for the rotation."""
    block = text.decoder.Block(causal=True)
    h = torch.randn(2, 7, 160)
    q, k, v = block.qkv(block.norm1(h)).view(2, 7, 3, 4, 40).permute(2, 0, 3, 1, 4)

    def turn(x: Any) -> Any:
        angle = torch.outer(torch.arange(7), 10000.0 ** -(torch.arange(20) / 20))
        turned = torch.complex(x[..., :20], x[..., 20:]) * torch.polar(torch.ones(7, 20), angle)
        return torch.cat([turned.real, turned.imag], 3)

    mixed = torch.nn.functional.scaled_dot_product_attention(turn(q), turn(k), v, is_causal=True)
    h2 = h + block.out(mixed.transpose(1, 2).flatten(2))
    expected = h2 + block.down(torch.relu(block.up(block.norm2(h2))) ** 2)
    torch.testing.assert_close(block(h), expected, atol=1e-5, rtol=1e-5)


def test_gru_against_pytorchs(text: Any, torch: Any) -> None:
    """The same weights in PyTorch's own layer, which orders the gates differently."""
    cell = text.gru.Cell()
    own = torch.nn.GRU(288, 288, batch_first=True)
    z, r, n = cell.keep.weight.chunk(3)
    iz, ir, inew = cell.read.weight.chunk(3)
    bz, br, bn = cell.read.bias.chunk(3)
    state = {"weight_ih_l0": torch.cat([ir, iz, inew]), "weight_hh_l0": torch.cat([r, z, n]),
             "bias_ih_l0": torch.cat([br, bz, bn]), "bias_hh_l0": torch.zeros(864)}  # fmt: skip
    own.load_state_dict(state)
    x = torch.randn(3, 9, 288)
    torch.testing.assert_close(cell(x), own(x)[0], atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("kind", ["decoder.Transformer", "gru.GRU"])
def test_nothing_looks_ahead(kind: str, text: Any, torch: Any) -> None:
    module, name = kind.split(".")
    model = getattr(getattr(text, module), name)()
    for weight in model.parameters():
        torch.nn.init.normal_(weight, std=0.05)
    ids = torch.randint(2048, (2, 12))
    other = ids.clone()
    other[:, 8:] = torch.randint(2048, (2, 4))
    torch.testing.assert_close(model(ids)[:, :8], model(other)[:, :8])
    assert not torch.allclose(model(ids)[:, 8:], model(other)[:, 8:])


def test_masked_diffusion_sees_both_sides(masked: Any, torch: Any) -> None:
    left, right = torch.tensor([[0, 4, 1, 0]]), torch.tensor([[0, 4, 2, 0]])
    assert not torch.allclose(masked(left)[:, 1], masked(right)[:, 1])


def conditionals(model: Any, torch: Any, ids: list[int], order: Any) -> float:
    """log p of a line if its tokens are filled in one by one in an order."""
    canvas = [ids[0], *[4] * (len(ids) - 2), ids[-1]]
    total = 0.0
    for place in order:
        scores = model(torch.tensor([canvas]))[0, place]
        total += scores.log_softmax(0)[ids[place]].item()
        canvas[place] = ids[place]
    return total


def test_one_token_a_step_equals_the_any_order_conditionals(masked: Any, torch: Any) -> None:
    """How often each line is drawn, against its exact probability, over all orders."""
    lines = [[0, *body, 0] for body in product(range(4), repeat=2)]
    with torch.no_grad():
        exact = [sum(math.exp(conditionals(masked, torch, ids, order)) for order in
                     ((1, 2), (2, 1))) / 2 for ids in lines]  # fmt: skip
    assert sum(exact) == pytest.approx(1, abs=1e-5)
    draws = 20_000
    chance = torch.Generator().manual_seed(0)
    canvas = torch.tensor([[0, 4, 4, 0]]).repeat(draws, 1)
    found = Counter(map(tuple, masked.fill(canvas, 2, sure=False, chance=chance).tolist()))
    for ids, p in zip(lines, exact, strict=True):
        spread = math.sqrt(p * (1 - p) / draws)
        assert found[tuple(ids)] / draws == pytest.approx(p, abs=5 * spread + 1e-4)


def test_the_bound_is_the_mean_over_all_orders(masked: Any, torch: Any) -> None:
    ids = [0, 3, 1, 2, 0]
    with torch.no_grad():
        orders = list(permutations((1, 2, 3)))
        exact = -sum(conditionals(masked, torch, ids, order) for order in orders) / len(orders)
        found = masked.surprise(torch.tensor([ids] * 30_000))
    error = found.std().item() / math.sqrt(len(found))
    assert found.mean().item() == pytest.approx(exact, abs=5 * error)
    assert error < 0.03 * exact


def test_given_places_are_not_guessed(masked: Any, torch: Any) -> None:
    """With all but one place given, the bound is the exact surprise of that one."""
    ids = torch.tensor([[0, 3, 1, 2, 0]])
    given = torch.tensor([[False, True, True, False, False]])
    shown = torch.tensor([[0, 3, 1, 4, 0]])
    exact = -masked(shown)[0, 3].log_softmax(0)[2]
    torch.testing.assert_close(masked.surprise(ids, given), exact[None])


@pytest.mark.parametrize("steps", [1, 2, 3, 7])
def test_every_blank_is_filled_and_nothing_else(steps: int, masked: Any, torch: Any) -> None:
    canvas = torch.tensor([[0, 4, 1, 4, 4, 2, 4, 0]])
    found = masked.fill(canvas, steps)
    assert (found < 4).all()
    assert (found[canvas < 4] == canvas[canvas < 4]).all()


def plainly(p: list[float], top_k: int, top_p: float) -> list[float]:
    """What stays, by the words of the rule."""
    order = sorted(range(len(p)), key=lambda i: (-p[i], i))[: top_k or None]
    total = sum(p[i] for i in order)
    kept, reached = [], 0.0
    for i in order:
        if reached >= top_p:
            break
        kept.append(i)
        reached += p[i] / total
    share = sum(p[i] for i in kept)
    return [p[i] / share if i in kept else 0.0 for i in range(len(p))]


@pytest.mark.parametrize("top_k", [0, 1, 3, 10])
@pytest.mark.parametrize("top_p", [0.1, 0.5, 0.9, 1.0])
def test_top_k_and_top_p(top_k: int, top_p: float, text: Any, torch: Any) -> None:
    p = torch.rand(20, 10, dtype=torch.float64).pow(3)
    p /= p.sum(1, keepdim=True)
    found = text.sampling.narrow(p.clone(), top_k, top_p)
    assert found.sum(1).tolist() == pytest.approx([1.0] * 20)
    for row, expected in zip(found.tolist(), p.tolist(), strict=True):
        assert row == pytest.approx(plainly(expected, top_k, top_p))


def test_of_equals_the_lower_id_stays(text: Any, torch: Any) -> None:
    p = torch.full((1, 8), 0.125)
    assert text.sampling.narrow(p, top_k=3).nonzero()[:, 1].tolist() == [0, 1, 2]


def test_resumed_training_ends_as_the_uninterrupted_one(
    tiny: Any, torch: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bit by bit, for a model whose loss draws random numbers too."""
    monkeypatch.setattr(tiny.fit, "SAVE", 3)
    lines = [[0, 3, 1, 2, 0], [0, 2, 1, 3, 0], [0, 2, 2, 1, 2, 3, 0]] * 200

    def fresh() -> Any:
        torch.manual_seed(1)
        return tiny.masked.Masked()

    whole, _ = tiny.fit.fit(fresh(), lines, 1, tmp_path / "whole.pt", 8)
    stop = tmp_path / "stopped.pt"
    halt = tiny.fit.save

    def save(*arguments: Any) -> None:
        halt(*arguments)
        if arguments[4] == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(tiny.fit, "save", save)
    with pytest.raises(KeyboardInterrupt):
        tiny.fit.fit(fresh(), lines, 1, stop, 8)
    monkeypatch.setattr(tiny.fit, "save", halt)
    again, _ = tiny.fit.fit(fresh(), lines, 1, stop, 8)
    for name, weight in whole.state_dict().items():
        assert torch.equal(weight, again.state_dict()[name]), name
    assert not list(tmp_path.glob("*.part"))


def test_batches_are_every_line_once_an_epoch(text: Any) -> None:
    lines = [[10, *[n] * (1 + n % 3), 10] for n in range(300)]
    feed = text.fit.batches(lines, 1)
    seen: list[Any] = []
    while len(seen) < 300:
        seen += next(feed).tolist()
    assert sorted(seen) == sorted(lines)


def test_packing_loses_half_a_step_at_most(text: Any, torch: Any) -> None:
    model = text.gru.GRU()
    back = text.export.unpack(text.export.pack("gru", model))
    for name, weight in model.state_dict().items():
        if weight.ndim == 2:
            step = weight.abs().max(1, keepdim=True).values / 45 + 1e-6
            assert ((back[name] - weight).abs() <= 0.51 * step).all()
        else:
            torch.testing.assert_close(back[name], weight, rtol=1e-4, atol=1e-6)


def test_known_hashes(text: Any) -> None:
    """Values that the authors of the hash publish."""
    known = {"": 0x811C9DC5, "a": 0xE40C292C, "foobar": 0xBF9CF968}
    assert {word: text.publish.fnv(word) for word in known} == known
