"""Diffusion, flow matching, distillation, the hybrid and the words: against closed forms."""

from __future__ import annotations

from typing import Any

import pytest


def noise(torch: Any, n: int) -> Any:
    """Pure noise for n digits."""
    return torch.randn(n, 28, 28)


def test_digit_and_noise_keep_their_size(pictures: Any, torch: Any) -> None:
    a, b = pictures.diffusion.mix(torch.linspace(0, 1, 11))
    assert torch.allclose(a.square() + b.square(), torch.ones(11, 1, 1))
    assert a[0] == 1 and b[0] == 0


def test_half_way_is_half_noise(pictures: Any, torch: Any, written: Any) -> None:
    """Flow matching's path is a straight line: with a perfect guess the velocity is constant."""
    model, x_1 = pictures.emerging.FlowMatching(), pictures.lab.scale(written.x[0])
    del model.net
    object.__setattr__(model, "net", lambda x_t, t, c: x_1.expand(x_t.shape))
    x_0 = noise(torch, 12)
    for t in (0.0, 0.3, 0.8):
        x_t, time = (1 - t) * x_0 + t * x_1, torch.full((12,), t)
        assert torch.allclose(model.velocity(x_t, time, written.c), x_1 - x_0, atol=1e-4)


@pytest.mark.parametrize(("name", "walk"), [("diffusion", "walk"), ("emerging", "follow")])
def test_guidance_zero_is_no_guidance(
    name: str, walk: str, torch: Any, shipped: Any, written: Any
) -> None:
    go, x, c = getattr(shipped[name], walk), noise(torch, 4), written.c[:4]
    assert torch.equal(go(x, c, 4), go(x, c, 4, 0.0))
    assert torch.allclose(go(x, c, 4), go(x, c, 4, 1e-7), atol=1e-4)
    assert not torch.allclose(go(x, c, 4), go(x, c, 4, 1.0), atol=0.01)


def test_guidance_leads_away_from_no_class(torch: Any, shipped: Any, written: Any) -> None:
    net, x = shipped["emerging"].net, noise(torch, 4)
    with torch.no_grad():
        t, c, none = torch.zeros(4), written.c[:4], torch.zeros(4, 10)
        with_class, without = net(x, t, c), net(x, t, none)
        for w in (0.5, 2.0):
            found = shipped["emerging"].velocity(x, t, c, w) + x
            assert torch.allclose(found, with_class + w * (with_class - without), atol=1e-4)


def test_the_student_follows_its_teacher(torch: Any, shipped: Any, lab: Any) -> None:
    """On noise it has never seen, its one jump ends near the end of the teacher's path."""
    x_0, c = noise(torch, 40), lab.classes(torch.arange(40) % 10)
    end = shipped["emerging"].follow(x_0, c, 12, 1.0)
    with torch.no_grad():
        jump = shipped["student"].jump(x_0, torch.zeros(40), c)
    error = (jump - end).square().mean()
    same_class = (end - end.roll(10, 0)).square().mean()  # another noise, the same class
    assert error < 0.4 * same_class


def test_a_piece_does_not_see_the_next(
    pictures: Any, torch: Any, shipped: Any, written: Any
) -> None:
    model, x = shipped["hybrid"], pictures.lab.scale(written.x[:2])
    pieces, y = pictures.transformer.cut(x, 4), written.y[:2]
    with torch.no_grad():
        before = model.read(pieces, y)
        for cut in (0, 1, 20, 48):
            other = pieces.clone()
            other[:, cut:] = torch.randn(other[:, cut:].shape)
            after = model.read(other, y)
            assert torch.allclose(before[:, : cut + 1], after[:, : cut + 1], atol=1e-5)
            short = model.read(pieces[:, :cut], y)
            assert torch.allclose(before[:, : cut + 1], short, atol=1e-4)


def test_typing_errors_stay_near_the_word(pictures: Any, torch: Any, shipped: Any) -> None:
    module, model = pictures.multimodal, shipped["multimodal"]
    words = module.letters(module.WORDS)
    typed = module.letters(["zerro", "oen", "tow", "thre", "fuor", "fiv", "sixx", "sevn", "eigt"])
    with torch.no_grad():
        near = (model.read(typed) @ model.read(words).T).argmax(1)
    assert (near == torch.arange(9)).sum() >= 7


def test_letters_are_padded_on_the_left(pictures: Any) -> None:
    rows = pictures.multimodal.letters(["one", "", "a much too long caption", "ñ!"])
    assert rows.shape == (4, 14)
    assert rows[0].tolist() == [0] * 11 + [15, 14, 5]
    assert rows[1].sum() == 0
    assert rows[3].sum() == 0  # unknown signs count as spaces


def test_pictures_find_their_words(shipped: Any, lab: Any) -> None:
    x, y = lab.digits("test")
    assert (shipped["multimodal"].name(x) == y).float().mean() > 0.85
