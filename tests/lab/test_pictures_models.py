"""The picture lab's models against truths that do not come from their own code."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest

PIXEL = (14, 13)  # one that is changed to see who notices


class Knows:
    """A denoiser that knows the answer, in place of the trained one."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def __call__(self, x_t: Any, t: Any, c: Any) -> Any:
        return self.answer.expand(x_t.shape)


def scores(name: str, model: Any, x: Any, y: Any) -> Any:
    """Scores of the inks with the pixels in their places, (n, 28, 28, 8)."""
    if name == "autoregressive":
        return model.scores(x, y).unflatten(1, (28, 28))
    found = model(x, y)
    if name == "transformer":  # (n, 196, 4, 8): pieces of 2 x 2 pixels
        found = found.unflatten(1, (14, 14)).unflatten(3, (2, 2)).transpose(2, 3)
        return found.reshape(len(x), 28, 28, 8)
    return found


def order(name: str, row: int, column: int) -> tuple[int, ...]:
    """When a pixel is written: row by row, or piece by piece."""
    if name == "transformer":
        return (row // 2, column // 2, row % 2, column % 2)
    return (row, column)


@pytest.mark.parametrize("name", ["transformer", "autoregressive", "rnn"])
def test_no_pixel_sees_what_comes_later(name: str, shipped: Any, written: Any, torch: Any) -> None:
    x, y = written.x[:2], written.y[:2]
    other = x.clone()
    other[:, *PIXEL] = (other[:, *PIXEL] + 3) % 8
    with torch.no_grad():
        before, after = scores(name, shipped[name], x, y), scores(name, shipped[name], other, y)
    moved = (before != after).any(3).any(0)
    early = [
        (r, c) for r in range(28) for c in range(28) if order(name, r, c) <= order(name, *PIXEL)
    ]
    assert not any(bool(moved[place]) for place in early)
    assert int(moved.sum()) > 20


@pytest.mark.parametrize("name", ["transformer", "autoregressive", "rnn"])
def test_the_chances_of_all_digits_add_up(
    name: str, shipped: Any, written: Any, torch: Any
) -> None:
    """Over the 8 levels of the pixel that is written last, p(x) adds up to p of the rest."""
    x, y = written.x[:1].repeat(8, 1, 1), written.y[:1].repeat(8)
    x[:, 27, 27] = torch.arange(8)
    with torch.no_grad():
        total = shipped[name].log_prob(x, y).logsumexp(0)
        rest = scores(name, shipped[name], x[:1], y[:1]).log_softmax(3)[0]
    known = rest.gather(2, x[0, :, :, None])[..., 0]
    known[27, 27] = 0
    assert total.item() == pytest.approx(known.sum().item(), abs=1e-2)


def test_a_transformer_with_a_cache_is_the_same(shipped: Any, pictures: Any, written: Any) -> None:
    """Piece after piece with kept keys and values, against all at once with a mask."""
    model, pieces = shipped["transformer"], pictures.transformer.cut(written.x[:2])
    torch = pictures.lab.torch
    with torch.no_grad():
        whole = model.read(pieces, written.y[:2])
        token, kept = model.first(written.y[:2]), [[] for _ in model.blocks]
        for i in range(20):
            h = token + model.place.weight[i]
            for block, rows in zip(model.blocks, kept, strict=True):
                h = pictures.transformer.step(block, h, rows)
            assert torch.allclose(model.norm(h), whole[:, i], atol=1e-4)
            one_hot = torch.nn.functional.one_hot(pieces[:, i], 8).float().flatten(1)
            token = model.piece(one_hot)


def test_pieces_are_put_back(pictures: Any, written: Any) -> None:
    for size in (2, 4):
        cut = pictures.transformer.cut(written.x, size)
        assert cut[0, 1].tolist() == written.x[0, :size, size : 2 * size].flatten().tolist()
        assert pictures.transformer.join(cut, size).equal(written.x)


def test_the_flow_can_be_undone(shipped: Any, written: Any, torch: Any) -> None:
    v = torch.randn(12, 784) / 2
    with torch.no_grad():
        z, _ = shipped["flow"](v, written.c)
        assert torch.allclose(shipped["flow"].inverse(z, written.c), v, atol=2e-3)
        assert not torch.allclose(z, v, atol=0.1)
        guided = shipped["flow"].inverse(z, written.c, 1.0)
    assert not torch.allclose(guided, v, atol=0.1), "guidance is no part of the flow"


def test_guidance_overdoes_what_the_class_changes(
    shipped: Any, pictures: Any, written: Any, torch: Any
) -> None:
    """In a single layer: shift and log of the stretch, with the class and without it."""
    layer, z, c = shipped["flow"].layers[1], torch.randn(2, 784), written.c[:2]

    def read(v: Any, told: Any) -> Any:
        known = torch.zeros(2, 1, layer.enter.out_features)
        known = torch.cat([known, layer.enter(layer.cut(v))[:, :-1]], 1)
        return layer.leave(layer.block(known + layer.first(told)[:, None] + layer.place.weight))

    with torch.no_grad():
        v = layer.inverse(z, c, 0.7)
        mu, s = (1.7 * read(v, c) - 0.7 * read(v, 0 * c)).chunk(2, 2)
        back = (layer.cut(v) - mu) * (-s).exp()
    assert torch.allclose(back, layer.cut(z), atol=1e-4)


def test_the_layers_of_the_flow_cut_near_and_far(pictures: Any) -> None:
    """Each order has all pixels once; a piece is a square, or 16 pixels seven apart."""
    places = [[divmod(int(p), 28) for p in order] for order in pictures.flow.orders()]
    for order in places:
        assert len(set(order)) == 784
    near, far, near_back, far_back = places
    assert near[16:32] == [(r, c) for r in range(4) for c in range(4, 8)]
    assert far[16:32] == [(r, c) for r in range(0, 28, 7) for c in range(1, 28, 7)]
    assert near_back[:16] == near[-16:] and far_back[-16:] == far[:16]


def test_the_flow_s_density_is_a_change_of_variables(
    shipped: Any, written: Any, torch: Any
) -> None:
    """log p(share) = log N(z) + log |det dz/dshare|, the derivative taken through everything."""
    flow = shipped["flow"].double()
    try:
        c, share = written.c[:1].double(), (written.x[0].double() + 0.5) / 8

        def noise(pixels: Any) -> Any:
            return flow(2 * pixels[None] - 1, c)[0].flatten()

        jacobian = torch.autograd.functional.jacobian(noise, share.flatten())
        base = torch.distributions.Normal(0, 1).log_prob(noise(share.flatten())).sum()
        truth = base + torch.linalg.slogdet(jacobian).logabsdet
        found = flow.log_density(share[None], c).item()
        assert found == pytest.approx(truth.item(), abs=1e-5)
    finally:
        flow.float()


def test_the_elbo_is_below_the_exact_likelihood(shipped: Any, written: Any, torch: Any) -> None:
    """With a code of two numbers the exact likelihood is a sum over a fine grid of codes."""
    vae, step = shipped["vae"], 0.05
    line = torch.arange(-4, 4 + step / 2, step)
    grid = torch.cartesian_prod(line, line)
    prior = torch.distributions.Normal(0, 1).log_prob(grid).sum(1)
    with torch.no_grad():
        for x, y in zip(written.x[:2], written.y[:2], strict=True):
            parts = [
                vae.log_pixels(x.expand(len(z), 28, 28), z, y.expand(len(z))) + p
                for z, p in zip(grid.split(2000), prior.split(2000), strict=True)
            ]
            exact = torch.cat(parts).logsumexp(0) + 2 * math.log(step)
            elbo = vae.elbo(x.expand(500, 28, 28), y.expand(500)).mean()
            assert elbo < exact + 0.5
            assert elbo - 1 < vae.bound(x[None], y[None], 300)[0] < exact + 1


def test_the_kl_term_is_the_library_s(shipped: Any, written: Any, torch: Any) -> None:
    vae, normal = shipped["vae"], torch.distributions.Normal
    with torch.no_grad():
        mu, log_sigma = vae.encode(written.x, written.y)
        kl = torch.distributions.kl_divergence(normal(mu, log_sigma.exp()), normal(0, 1)).sum(1)
        torch.manual_seed(7)
        z = mu + log_sigma.exp() * torch.randn(mu.shape)
        expected = vae.log_pixels(written.x, z, written.y) - kl
        torch.manual_seed(7)
        assert torch.allclose(vae.elbo(written.x, written.y), expected, atol=1e-2)


def test_a_pixel_s_chances_add_up(shipped: Any, pictures: Any, torch: Any) -> None:
    """Over the 8 levels of one pixel the VAE's shares are those of a logistic curve's cells."""
    vae, z, y = shipped["vae"], torch.randn(1, 2).repeat(8, 1), torch.full((8,), 4)
    x = torch.zeros(8, 28, 28, dtype=torch.long)
    x[:, 13, 14] = torch.arange(8)
    with torch.no_grad():
        center, width = (value[0, 13, 14] for value in vae.decode(z, y))
        edges = pictures.lab.scale(torch.arange(7)) + 1 / 7
        below = ((edges - center) / width.exp()).sigmoid()
        truth = torch.diff(below, prepend=torch.zeros(1), append=torch.ones(1)).clamp(min=1e-9)
        found = vae.log_pixels(x, z, y).softmax(0)
    assert torch.allclose(found, truth / truth.sum(), atol=1e-4)


def test_one_jump_of_noise_is_many_small_ones(pictures: Any, torch: Any) -> None:
    """The closed form of x_t against noise added little by little, as a Markov chain."""
    mean, variance = 1.0, 0.0
    times = torch.linspace(0, 0.97, 60, dtype=torch.double)
    for s, t in pairwise(times):
        (a_s, _), (a_t, _) = pictures.diffusion.mix(s[None]), pictures.diffusion.mix(t[None])
        keep = (a_t / a_s).item()  # sqrt(1 - beta)
        mean, variance = keep * mean, keep**2 * variance + 1 - keep**2
    a, b = (value.item() for value in pictures.diffusion.mix(times[-1:]))
    assert mean == pytest.approx(a, abs=1e-12)
    assert variance == pytest.approx(b * b, abs=1e-12)


@pytest.mark.parametrize("steps", [1, 5, 24])
def test_who_knows_the_digit_arrives_at_it(steps: int, pictures: Any, torch: Any) -> None:
    digit, c = torch.randn(28, 28), torch.zeros(3, 10)
    for module, kind, walk in (
        (pictures.diffusion, "Diffusion", "walk"),
        (pictures.emerging, "FlowMatching", "follow"),
    ):
        model = getattr(module, kind)()
        del model.net
        model.net = Knows(digit)
        arrived = getattr(model, walk)(torch.randn(3, 28, 28), c, steps)
        assert torch.allclose(arrived, digit.expand(3, 28, 28), atol=1e-4)


def test_the_student_changes_nothing_at_the_end(pictures: Any, torch: Any) -> None:
    student, x = pictures.emerging.Student(), torch.randn(2, 28, 28)
    with torch.no_grad():
        assert torch.equal(student.jump(x, torch.ones(2), torch.zeros(2, 10)), x)


def test_young_and_grown_discriminators_differ(shipped: Any, written: Any, torch: Any) -> None:
    real = written.x.float() * 2 / 7 - 1
    with torch.no_grad():
        young, grown = (
            getattr(shipped["critics"], age)(real, written.y) for age in ("young", "grown")
        )
    assert not torch.allclose(young, grown, atol=0.1)


def test_the_judges_are_right(shipped: Any, pictures: Any) -> None:
    """Both on the test digits, which neither has seen: the second one is of another kind."""
    x, y = pictures.lab.digits("test")
    assert (shipped["judge"](x).argmax(1) == y).float().mean() >= 0.98
    assert (pictures.measure.named(x) == y).float().mean() >= 0.95


def test_the_parts_do_not_overlap(pictures: Any) -> None:
    parts = {name: pictures.lab.digits(name)[0] for name in ("fit", "train", "validation", "test")}
    assert [len(parts[name]) for name in parts] == [4500, 4000, 500, 500]
    known = {bytes(row) for row in parts["fit"].flatten(1).numpy().astype("u1")}
    unseen = [bytes(row) for row in parts["test"].flatten(1).numpy().astype("u1")]
    assert not known.intersection(unseen)


def test_a_stopped_training_goes_on(pictures: Any, tmp_path: Any, monkeypatch: Any) -> None:
    """Stopped after 200 of 230 steps and taken up again: the same weights as without a stop."""
    torch, lab = pictures.lab.torch, pictures.lab
    x, y = (part[:64] for part in lab.digits("validation"))

    class Tiny(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.line = torch.nn.Linear(784, 10)

        def loss(self, x: Any, y: Any) -> Any:
            return torch.nn.functional.cross_entropy(self.line(lab.scale(x).flatten(1)), y)

    def trained(folder: Any, stop: bool = False) -> Any:
        monkeypatch.setattr(lab, "halfway", tmp_path / folder)
        torch.manual_seed(3)
        model = Tiny()
        if stop:
            clock = lab.pace

            def pace(step: int, steps: int) -> float:
                if step == 210:
                    raise KeyboardInterrupt
                return float(clock(step, steps))

            monkeypatch.setattr(lab, "pace", pace)
            with pytest.raises(KeyboardInterrupt):
                lab.fit(model, x, y, 230, batch=8)
            monkeypatch.setattr(lab, "pace", clock)
            return trained(folder)
        return lab.fit(model, x, y, 230, batch=8).line.weight

    assert torch.equal(trained("whole"), trained("cut", stop=True))


def test_the_map_shows_where_the_encoder_puts_what_it_learned_from(pictures: Any) -> None:
    """The file beside the VAE's weights belongs to them: its places are the encoder's centers."""
    shipped = pictures.lab.load(pictures.codes.Codes(), "codes").codes
    wanted = pictures.codes.places(pictures.lab.load(pictures.vae.VAE(), "vae"))
    assert shipped.shape == wanted.shape == (10, 200, 2)
    assert float((shipped - wanted).abs().max()) < 0.02  # a step of whole numbers -127..127
    assert float((shipped.flatten(1).std(1) - 1).abs().max()) < 0.5  # about the round cloud
