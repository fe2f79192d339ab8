"""The picture lab's engine in Chromium against PyTorch: with WebAssembly, and in plain loops."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fieldguide.html.parts import ENGINE, LAB, PICTURES
from playwright.sync_api import Browser, Page
from support.live import WRITERS
from support.models import DIGITS

torch = pytest.importorskip("torch", reason="the lab's extra packages: pip install '.[lab]'")
f = torch.nn.functional
pytestmark = pytest.mark.browser
TOLERANCE = 1e-4
KERNEL = 4096  # bytes at most

# A layer by its name: pictures in memory, filled, the layer, and what it leaves there.
LAYER = """({name, plain, x, size, weight, bias, before, out, more}) => {
  const lab = window.fieldguideLab;
  const e = new lab.Engine(plain);
  const tensor = (t) => t && {shape: t.shape, data: Float32Array.from(t.data)};
  const [w, b] = [tensor(weight), tensor(bias)];
  const edge = {around: 2, convolution: 1, halved: 1, window: 1, doubled: 1}[name] || 0;
  const from = name === "linear" ? e.row(x.length) : e.picture(size[0], size[1], size[2], edge);
  const to = e.picture(Math.ceil(out[0] / 8) * 8, out[1], out[2], name === "convolution" ? 2 : 0);
  const run = {
    place: () => e.linear(w, b, from, to, more),
    linear: () => e.linear(w, b, from, to, more),
    flat: () => e.linear(w, b, e.flat(from), to, more),
    unflat: () => e.linear(w, b, from, e.flat(to), more),
    convolution: () => e.convolution(w, b, from, to, {more}),
    halved: () => e.convolution(w, b, from, to, {stride: 2, more}),
    doubled: () => e.doubled(w, b, from, to),
    around: () => e.around(w, b, from, to),
    larger: () => () => e.larger(from, to),
    means: () => () => e.means(from, to),
    norm: () => {
      const [scale, shift] = [e.keep(w.data), e.keep(b.data)];
      return () => e.norm(from, scale, shift);
    },
    silu: () => () => e.act("silu", from),
    leaky: () => () => e.act("leaky", from),
    tanh: () => () => e.act("tanh", from),
  }[name]();
  e.write(from, x);
  if (more) e.write(to, before);
  run();
  const made = e.read(["norm", "silu", "leaky", "tanh"].includes(name) ? from : to, out[0]);
  return {made: Array.from(made), fast: Boolean(e.memory)};
}"""
Case = tuple[
    tuple[int, ...], tuple[int, ...], Callable[[torch.Tensor, torch.Tensor, torch.Tensor], Any]
]
CASES: dict[str, Case] = {
    "place": ((12, 5, 7), (24, 12), lambda x, w, b: f.conv2d(x, w[:, :, None, None], b)),
    "linear": ((36, 1, 1), (10, 36), lambda x, w, b: f.linear(x.flatten(1), w, b)),
    "flat": ((8, 3, 5), (16, 120), lambda x, w, b: f.linear(x.flatten(1), w, b)),
    "unflat": ((16, 1, 1), (120, 16), lambda x, w, b: f.linear(x.flatten(1), w, b)),
    "convolution": ((8, 7, 7), (12, 8, 3, 3), lambda x, w, b: f.conv2d(x, w, b, padding=1)),
    "halved": ((1, 28, 28), (16, 1, 4, 4), lambda x, w, b: f.conv2d(x, w, b, 2, 1)),
    "doubled": ((24, 7, 7), (24, 2, 4, 4), lambda x, w, b: f.conv_transpose2d(x, w, b, 2, 1)),
    "around": ((16, 9, 11), (16, 1, 5, 5), lambda x, w, b: f.conv2d(x, w, b, 1, 2, groups=16)),
    "larger": ((8, 3, 5), (8,), lambda x, w, b: f.interpolate(x, scale_factor=2)),
    "means": ((8, 3, 5), (8,), lambda x, w, b: x.mean((2, 3))),
    "norm": (
        (24, 3, 5),
        (24,),
        lambda x, w, b: f.layer_norm(x.movedim(1, 3), (24,), w, b, 1e-5).movedim(3, 1),
    ),
    "silu": ((8, 3, 5), (8,), lambda x, w, b: f.silu(x)),
    "leaky": ((8, 3, 5), (8,), lambda x, w, b: f.leaky_relu(x, 0.2)),
    "tanh": ((8, 3, 5), (8,), lambda x, w, b: x.tanh()),
}
ADDED = {"place", "linear", "flat", "convolution", "halved"}


@pytest.fixture(scope="module")
def page(root: Path, browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    for name in ("math", "el", "core"):
        page.add_script_tag(path=root / f"docs/{LAB}/{name}.js")
    for name in ENGINE:
        page.add_script_tag(path=root / f"docs/{PICTURES}/{name}.js")
    yield page
    page.close()


# For each family at 28 x 28: reference values -> names and what the browser computes.
FORWARD = """({name, models, plain, r}) => {
  const lab = window.fieldguideLab;
  const packed = window.fieldguideWeights;
  const made = {};
  for (const key of models) made[key] = new lab.Weights(packed[key], made[packed[key].config.base]);
  const [m, second] = models.map((key) => lab.models[key](made[key], plain));
  const f32 = (picture) => Float32Array.from(picture.flat());
  const all = (f) => r.y.map((y, n) => Array.from(lab.whole(f(n, y))));
  return {
    multimodal: () => ({
      code: r.words.map((words) => Array.from(m.read(words))),
      look: r.x.map((x) => Array.from(m.look(x.flat()))),
      out: r.words.map((words, n) => Array.from(lab.whole(m.paint(m.read(words), f32(r.z[n]), 8)))),
    }),
    verdict: () => ({ scores: r.x.map((x) => Array.from(m.scores(x.flat()))) }),
    vae: () => ({
      mu: r.y.map((y, n) => Array.from(m.encode(r.x[n].flat(), y).slice(0, 2))),
      log_sigma: r.y.map((y, n) => Array.from(m.encode(r.x[n].flat(), y).slice(2))),
      center: r.y.map((y, n) => Array.from(m.decode(r.z[n], y).center)),
      width: r.y.map((y, n) => Array.from(m.decode(r.z[n], y).width)),
    }),
    gan: () => ({ out: r.y.map((y, n) => Array.from(m.generate(r.z[n], y))) }),
    critics: () => ({
      young: r.y.map((y, n) => m.young(r.x[n].flat(), y)),
      grown: r.y.map((y, n) => m.grown(r.x[n].flat(), y)),
    }),
    diffusion: () => ({
      guess: all((n, y) => m.guess(f32(r.z[n]), r.t[n], y)),
      out: all(function* (n, y) { return (yield* m.walk(f32(r.z[n]), y, 8))[8].x; }),
      guided: all(function* (n, y) { return (yield* m.walk(f32(r.z[n]), y, 8, 1))[8].x; }),
    }),
    emerging: () => ({
      out: all(function* (n, y) { return (yield* m.follow(f32(r.z[n]), y, 4))[4]; }),
      guided: all(function* (n, y) { return (yield* m.follow(f32(r.z[n]), y, 4, 1))[4]; }),
      jump: all((n, y) => second.jump(f32(r.z[n]), r.t[n], y)),
    }),
  }[name]();
}"""


# A family and a model of it: its own, or one that is loaded later.
MODELS = [
    (key, name)
    for key, widget in DIGITS.items()
    if key not in WRITERS
    for name in (key, *widget.later.split())
    if name != "codes"  # they are places, not a network
]


def numbers(value: Any) -> list[float]:
    """Return the numbers of nested lists, in order."""
    return [n for item in value for n in numbers(item)] if isinstance(value, list) else [value]


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(("key", "name"), MODELS)
def test_forward_pass_equals_pytorch(
    root: Path, page: Page, key: str, name: str, plain: bool
) -> None:
    widget = DIGITS[key]
    models = widget.weights if name == key else [name]
    reference: dict[str, Any] = {}
    for model in reversed(models):
        path = root / f"tests/lab/reference/pictures/{model}.json"
        reference |= json.loads(path.read_text())
    for script in widget.scripts:
        page.add_script_tag(path=root / f"docs/{PICTURES}/{script}.js")
    page.add_script_tag(path=root / f"docs/{PICTURES}/{key}.js")
    for path in widget.files(models):
        page.add_script_tag(path=root / f"docs/lab/{path}.js")
    given = {"name": name, "models": models, "plain": plain, "r": reference}
    found = page.evaluate(FORWARD, given)
    assert found
    for field, made in found.items():
        wanted, got = numbers(reference[field]), numbers(made)
        assert len(wanted) == len(got) > 0, field
        error = max(abs(a - b) for a, b in zip(wanted, got, strict=True))
        assert error < TOLERANCE, f"{name}.{field}: off by {error:.1e}"


def given(tensor: torch.Tensor) -> dict[str, Any]:
    return {"shape": list(tensor.shape), "data": tensor.flatten().tolist()}


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("more", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_a_layer_equals_pytorch(page: Page, name: str, more: bool, plain: bool) -> None:
    if more and name not in ADDED:
        return
    torch.manual_seed(len(name))
    size, shape, truth = CASES[name]
    x, weight = 3 * torch.randn(1, *size), torch.randn(*shape) / 3
    bias = torch.randn(shape[1] if name == "doubled" else shape[0])
    wanted = truth(x, weight, bias)
    out = list(wanted.shape[1:]) if wanted.dim() == 4 else [wanted.shape[1], 1, 1]
    if name == "unflat":
        out = [24, 1, 5]  # five places of 24 channels, as PyTorch's view(-1, 24, 1, 5)
    before = torch.randn(wanted.shape)
    found = page.evaluate(
        LAYER,
        {
            "name": name,
            "plain": plain,
            "x": x.flatten().tolist(),
            "size": size,
            "weight": given(weight),
            "bias": given(bias),
            "before": before.flatten().tolist(),
            "out": out,
            "more": more,
        },
    )
    assert found["fast"] is not plain
    made = torch.tensor(found["made"])
    wanted = (wanted + before * more).flatten()
    assert made.shape == wanted.shape
    assert float((made - wanted).abs().max()) < TOLERANCE


def test_the_kernel_is_small_and_what_its_source_assembles_to(page: Page, root: Path) -> None:
    programs = root / "docs" / PICTURES / "kernel/programs.mjs"
    code = f"const {{ kernel }} = await import({str(programs)!r});"
    code += "process.stdout.write(Buffer.from(kernel).toString('base64'));"
    node = ["node", "--input-type=module", "--eval", code]
    made = subprocess.run(node, capture_output=True, text=True, check=True).stdout
    assert page.evaluate("fieldguideLab.code") == made, "kernel.js holds older code"
    assert len(made) * 3 // 4 <= KERNEL


def test_folding_is_pixel_unshuffle(page: Page) -> None:
    x = torch.arange(28.0 * 28).view(1, 1, 28, 28)
    folded, back = page.evaluate(
        """(x) => {
          const e = new fieldguideLab.Engine();
          const picture = e.picture(4, 14, 14, 1);
          e.fold(picture, x);
          return [Array.from(e.read(picture)), Array.from(e.unfold(picture))];
        }""",
        x.flatten().tolist(),
    )
    assert folded == f.pixel_unshuffle(x, 2).flatten().tolist()
    assert back == x.flatten().tolist()


def test_memory_grows_and_keeps_what_it_holds(page: Page) -> None:
    for plain in (False, True):
        kept = page.evaluate(
            """(plain) => {
              const e = new fieldguideLab.Engine(plain);
              const at = e.keep([1, 2, 3]);
              e.take(3000000);
              return Array.from(e.view(at, 3));
            }""",
            plain,
        )
        assert kept == [1, 2, 3]


# How many slices there were, what was told when, and whether the older work went on.
SLICES = """async () => {
  const lab = fieldguideLab;
  const told = [];
  let [turns, left] = [0, 0];
  const busy = (ms) => { const end = performance.now() + ms; while (performance.now() < end); };
  function* first() { for (let i = 0; i < 1000; i++) { left = i; busy(4); yield; } }
  function* second() { for (let i = 0; i < 10; i++) { busy(4); yield; } return "second"; }
  function* third() { busy(1); yield; throw new Error("third"); }
  const errors = [];
  const work = new lab.Work((error) => errors.push(error.message));
  work.start(first(), () => told.push("first"));
  await new Promise((go) => setTimeout(go, 0));
  const { port1, port2 } = new MessageChannel();
  const turn = () => new Promise((go) => { port1.onmessage = go; port2.postMessage(0); });
  await new Promise((go) => {
    work.start(second(), (value) => (told.push(value), go()));
    (async () => { while (!told.length) { await turn(); turns += 1; } })();
  });
  const stopped = left;
  work.start(third(), () => told.push("third"));
  while (!errors.length) await turn();
  work.start(second(), (value) => told.push(value));
  work.stop();
  for (let i = 0; i < 5; i++) await turn();
  return { told, turns, errors, going: left !== stopped };
}"""


def test_work_is_done_in_slices_and_the_newest_counts(page: Page) -> None:
    found = page.evaluate(SLICES)
    assert found["told"] == ["second"]
    assert found["errors"] == ["third"]
    assert found["turns"] >= 3, "the page had no turn while 40 ms of work were done"
    assert not found["going"]
