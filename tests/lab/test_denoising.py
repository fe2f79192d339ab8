"""Diffusion, flow matching, distillation, the hybrid and the words: against closed forms."""

from __future__ import annotations

import math
from importlib import import_module
from itertools import pairwise
from typing import Any

import pytest


class Knows:
    """A denoiser that knows the answer, in place of the trained one."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def __call__(self, x_t: Any, t: Any, c: Any) -> Any:
        return self.answer.expand(x_t.shape)


def test_one_jump_is_many_small_steps(lab: Any, torch: Any) -> None:
    """The closed form of x_t against noise added little by little, as a Markov chain."""
    mix = import_module("diffusion").mix
    times = torch.linspace(0, 0.97, 60, dtype=torch.double)
    mean, variance = 1.0, 0.0
    x = torch.full((200_000,), 0.7)
    for s, t in pairwise(times):
        (a_s, _), (a_t, _) = mix(s[None]), mix(t[None])
        keep = (a_t / a_s).item()  # sqrt(1 - beta)
        mean, variance = keep * mean, keep**2 * variance + 1 - keep**2
        x = keep * x + math.sqrt(1 - keep**2) * torch.randn(len(x))
    a, b = (value.item() for value in mix(times[-1:]))
    assert mean == pytest.approx(a, abs=1e-12)
    assert variance == pytest.approx(b * b, abs=1e-12)
    assert x.mean().item() == pytest.approx(0.7 * a, abs=0.01)
    assert x.std().item() == pytest.approx(b, abs=0.01)


def test_digit_and_noise_keep_their_size(lab: Any, torch: Any) -> None:
    a, b = import_module("diffusion").mix(torch.linspace(0, 1, 11))
    assert torch.allclose(a.square() + b.square(), torch.ones(11, 1))
    assert a[0] == 1 and b[0] == 0


@pytest.mark.parametrize("steps", [1, 2, 7, 32])
def test_a_perfect_guess_ends_at_the_digit(
    steps: int, torch: Any, digits: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All walks lead to the one digit that the denoiser knows, however few their steps."""
    noise, digit = torch.randn(5, 64), digits.v[0]
    for module, kind, walk in (
        ("diffusion", "Diffusion", "walk"),
        ("emerging", "FlowMatching", "follow"),
    ):
        model = getattr(import_module(module), kind)()
        monkeypatch.delattr(model, "net")
        object.__setattr__(model, "net", Knows(digit))
        made = getattr(model, walk)(noise, digits.c[:5], steps)
        assert torch.allclose(made, digit.expand(5, 64), atol=1e-4)


def test_half_way_is_half_noise(torch: Any, digits: Any) -> None:
    """Flow matching's path is a straight line: with a perfect guess the velocity is constant."""
    model = import_module("emerging").FlowMatching()
    del model.net
    object.__setattr__(model, "net", Knows(digits.v[0]))
    x_0, x_1 = torch.randn(20, 64), digits.v[0]
    for t in (0.0, 0.3, 0.8):
        x_t, time = (1 - t) * x_0 + t * x_1, torch.full((20,), t)
        assert torch.allclose(model.velocity(x_t, time, digits.c), x_1 - x_0, atol=1e-4)


@pytest.mark.parametrize(("name", "walk"), [("diffusion", "walk"), ("emerging", "follow")])
def test_guidance_zero_is_no_guidance(
    name: str, walk: str, torch: Any, shipped: Any, digits: Any
) -> None:
    go, noise = getattr(shipped[name], walk), torch.randn(20, 64)
    assert torch.equal(go(noise, digits.c, 4), go(noise, digits.c, 4, 0.0))
    assert torch.allclose(go(noise, digits.c, 4), go(noise, digits.c, 4, 1e-7), atol=1e-4)
    assert not torch.allclose(go(noise, digits.c, 4), go(noise, digits.c, 4, 1.0), atol=0.01)


def test_guidance_leads_away_from_no_class(torch: Any, shipped: Any, digits: Any) -> None:
    net, noise = shipped["emerging"].net, torch.randn(20, 64)
    with torch.no_grad():
        t, none = torch.zeros(20), torch.zeros(20, 10)
        with_class, without = net(noise, t, digits.c), net(noise, t, none)
        for w in (0.5, 2.0):
            found = shipped["emerging"].velocity(noise, t, digits.c, w) + noise
            assert torch.allclose(found, with_class + w * (with_class - without), atol=1e-4)


def test_the_student_follows_its_teacher(torch: Any, shipped: Any, lab: Any) -> None:
    """On noise it has never seen, its one jump ends near the end of the teacher's path."""
    x_0, c = torch.randn(500, 64), lab.classes(torch.arange(500) % 10)
    end = shipped["emerging"].follow(x_0, c)
    with torch.no_grad():
        jump = shipped["student"].jump(x_0, c)
    error = (jump - end).square().mean()
    same_class = (end - end.roll(10, 0)).square().mean()  # another noise, the same class
    assert error < 0.4 * same_class


def test_a_strip_does_not_see_the_next(torch: Any, shipped: Any, digits: Any) -> None:
    model, strips = shipped["hybrid"], digits.v.view(-1, 4, 16)
    with torch.no_grad():
        before = model.read(strips, digits.y)
        for cut in range(4):
            other = strips.clone()
            other[:, cut:] = torch.randn(other[:, cut:].shape)
            after = model.read(other, digits.y)
            assert torch.allclose(before[:, : cut + 1], after[:, : cut + 1], atol=1e-6)
            short = model.read(strips[:, :cut], digits.y)
            assert torch.allclose(before[:, : cut + 1], short, atol=1e-5)


def test_typing_errors_stay_near_the_word(torch: Any, shipped: Any) -> None:
    module, model = import_module("multimodal"), shipped["multimodal"]
    words = module.letters(module.WORDS)
    typed = module.letters(["zerro", "oen", "tow", "thre", "fuor", "fiv", "sixx", "sevn", "eigt"])
    with torch.no_grad():
        near = (model.read(typed) @ model.read(words).T).argmax(1)
    assert (near == torch.arange(9)).sum() >= 7


def test_letters_are_padded_on_the_left(lab: Any) -> None:
    letters = import_module("multimodal").letters
    rows = letters(["one", "", "a much too long caption", "ñ!"])
    assert rows.shape[0] == 4
    assert rows[0].tolist() == [0] * (rows.shape[1] - 3) + [15, 14, 5]
    assert rows[1].sum() == 0
    assert rows[3].sum() == 0  # unknown signs count as spaces


def test_pictures_find_their_words(shipped: Any, lab: Any) -> None:
    x, y = lab.digits("test")
    assert (shipped["multimodal"].name(x) == y).float().mean() > 0.85
