"""How fast the arena trains, against TensorFlow.js with the same networks and batches.

Run by hand: python tests/bench/bench_arena.py. It needs Chromium and `npm ci --prefix .ci/bench`.
Without a GPU, on loopback, with nothing in the cache: from navigation to the first step, and steps
per second, ours / theirs, on each backend of TensorFlow.js (the one in WebAssembly is a package of
its own). Its best backend is the one with the most steps per second. Navigation starts in a fresh
profile, or from an open page of the same site, as readers come; what an empty page takes there is
told too. Then the page itself: frames per second while all six learn.
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from fieldguide.html import arena_scripts, assets
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from support.models import POINTS  # noqa: E402  (needs the path above)

TENSORFLOW = ROOT / ".ci/bench/node_modules/@tensorflow"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
BACKENDS = ("cpu", "webgl", "wasm")
FASTER, SOONER, FRAMES, CODE = 3, 5, 30, 25_000  # what is asked for
ENGINE = (*arena_scripts.ENGINE, *POINTS)

# The first step since navigation.
FIRST = """
(async () => {
  await one();
  await settle();
  window.first = performance.now();
})().catch((error) => (window.failed = String(error)));
"""
# Rounds of steps by both sides in turn, so that a busy machine is busy for both; `ours` and `one`
# make a step each, `settle` waits until all that was asked for is computed.
RATE = """
(async () => {
  const timed = async (step, n) => {
    const start = performance.now();
    for (let i = 0; i < n; i++) await step();
    await settle();
    return (performance.now() - start) / n;
  };
  const count = [200, 5];
  const rounds = [];
  for (let k = 0; k < 16; k++) {
    const took = [await timed(ours, count[0]), await timed(one, count[1])];
    if (k > 2) rounds.push(took);
    if (k < 3) took.forEach((ms, i) => (count[i] = Math.max(1, Math.round(150 / ms))));
  }
  const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  window.rate = [
    1000 / middle(rounds.map((took) => took[0])),
    1000 / middle(rounds.map((took) => took[1])),
    middle(rounds.map((took) => took[1] / took[0])),
  ];
})().catch((error) => (window.failed = String(error)));
"""
BATCH = """
const batches = Array.from({length: 16}, (_, k) =>
  Float32Array.from({length: 256}, (_, i) => 2 * Math.sin(i + 7 * k)));
let turn = 0;
const next = () => batches[turn++ % 16];
"""
OURS = """
const model = new fieldguideArena.families.FAMILY({seed: 1});
const ours = () => model.step(next());
"""
THEIRS = {
    "gan": """
const G = net([2, 64, 64, 2], leaky), D = net([2, 64, 64, 1], leaky);
const [forG, forD] = [0, 1].map(() => tf.train.adam(1e-3, 0.5, 0.99));
const blurred = (x) => x.add(tf.randomNormal([128, 2], 0, 0.05));
const one = () => tf.tidy(() => {
  const real = tf.tensor2d(next(), [128, 2]);
  const z = tf.randomNormal([128, 2]);
  const fake = G.on(z);
  forD.minimize(() => tf.softplus(D.on(blurred(real)).neg()).mean()
    .add(tf.softplus(D.on(blurred(fake))).mean()), false, D.all);
  last.assign(forG.minimize(() => tf.softplus(D.on(blurred(G.on(z))).neg()).mean(), true, G.all));
});""",
    "diffusion": """
const N = net([10, 64, 64, 64, 2], (x) => x.mul(tf.sigmoid(x)));
const adam = tf.train.adam(2e-3);
const waves = tf.tensor2d([1, 2, 3, 4].map((k) => (k * Math.PI) / 2), [1, 4]);
const one = () => tf.tidy(() => {
  const x = tf.tensor2d(next(), [128, 2]);
  const t = tf.randomUniform([128, 1]), e = tf.randomNormal([128, 2]);
  const a = tf.cos(t.mul(Math.PI / 2)), b = tf.sin(t.mul(Math.PI / 2)), w = t.matMul(waves);
  const given = tf.concat([x.mul(a).add(e.mul(b)), tf.sin(w), tf.cos(w)], 1);
  last.assign(adam.minimize(() => N.on(given).sub(e).square().sum(1).mean(), true, N.all));
});""",
}
TENSORFLOW_PAGE = """
const leaky = (x) => tf.leakyRelu(x, 0.2);
let last;
const net = (sizes, activation) => {
  const all = [];
  const layers = sizes.slice(1).map((n, i) => {
    const w = tf.variable(tf.randomUniform([sizes[i], n], -1, 1).mul(Math.sqrt(3 / sizes[i])));
    const b = tf.variable(tf.zeros([n]));
    all.push(w, b);
    return [w, b];
  });
  const on = (x) => layers.reduce((h, [w, b], i) => {
    const out = h.matMul(w).add(b);
    return i < layers.length - 1 ? activation(out) : out;
  }, x);
  return {on, all};
};
const settle = () => last.data();
"""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address at which another process, with connections that last, serves a folder.

    As other servers do, it sends what it has at once: Python's own waits 40 ms for an answer to the
    headers before it sends the body, which both sides would pay for each file.
    """
    code = (
        "from http.server import SimpleHTTPRequestHandler as Files, test; "
        "Files.disable_nagle_algorithm = True; "
        "test(Files, protocol='HTTP/1.1', port=0, bind='127.0.0.1')"
    )
    command = [sys.executable, "-u", "-c", code]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=folder
    ) as server:
        assert server.stdout
        port = re.search(r"port (\d+)", server.stdout.readline())
        assert port
        yield f"http://127.0.0.1:{port[1]}"
        server.terminate()


def write(folder: Path) -> None:
    """Write a page for each model and side."""
    script = "".join((ROOT / arena_scripts.source(part)).read_text() for part in ENGINE)
    (folder / "ours.js").write_text(assets.small("ours.js", script))  # as the site publishes it
    links = {
        "tf.js": TENSORFLOW / "tfjs/dist/tf.es2017.min.js",
        "wasm.js": TENSORFLOW / "tfjs-backend-wasm/dist/tf-backend-wasm.es2017.min.js",
        **{file.name: file for file in (TENSORFLOW / "tfjs-backend-wasm/dist").glob("*.wasm")},
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    head = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">'
    script = '<script src="{}.js"></script>'
    (folder / "empty.html").write_text(f"{head}<script>window.first = performance.now()</script>")
    for model, theirs in THEIRS.items():
        ours = BATCH + OURS.replace("FAMILY", model)
        code = f"{ours}const one = ours, settle = () => {{}};{FIRST}"
        page = f"{head}{script.format('ours')}<script>{code}</script>"
        (folder / f"{model}-ours.html").write_text(page)
        for backend in BACKENDS:
            more = script.format("wasm") if backend == "wasm" else ""
            ready = f"await tf.setBackend('{backend}'); await tf.ready();"
            ready += "last = tf.variable(tf.scalar(0));"
            for name, timer in (("first", FIRST), ("rate", RATE)):
                both = script.format("ours") if name == "rate" else ""
                begin = ours if name == "rate" else BATCH
                code = f"{begin}{TENSORFLOW_PAGE}(async () => {{ {ready}{theirs}{timer} }})()"
                code += ".catch((error) => (window.failed = String(error)));"
                page = f"{head}{both}{script.format('tf')}{more}<script>{code}</script>"
                (folder / f"{model}-{backend}-{name}.html").write_text(page)


def visit(browser: Browser, address: str, name: str, before: str = "") -> Any:
    """Return what a page in a fresh profile has measured: `first` or `rate`; None if it fails.

    With `before`, that page is open when the navigation to this one begins.
    """
    context = browser.new_context()
    page = context.new_page()
    if before:
        page.goto(before, wait_until="networkidle")
    page.goto(address)
    page.wait_for_function(f"() => window.{name} || window.failed", timeout=180_000)
    found, failed = page.evaluate(f"[window.{name}, window.failed]")
    context.close()
    if failed:
        print(f"  {address.rsplit('/', 1)[1]}: {failed}")
    return None if failed else found


def frames(browser: Browser, address: str) -> tuple[float, float, int]:
    """Return frames and steps per second while all six learn, and the longest slice in ms."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(address)
    page.wait_for_selector(".arena-on")
    page.locator(".arena-go").click()
    page.wait_for_timeout(3000)
    found: tuple[float, float, int] = page.evaluate(
        """async () => {
          const arena = document.querySelector("guide-arena");
          const slices = [];
          const work = arena.race.work.bind(arena.race);
          arena.race.work = (...given) => {
            const start = performance.now();
            const more = work(...given);
            slices.push(performance.now() - start);
            return more;
          };
          const from = arena.race.steps;
          const start = performance.now();
          let count = 0;
          while (performance.now() - start < 6000) {
            await new Promise(requestAnimationFrame);
            count++;
          }
          const seconds = (performance.now() - start) / 1000;
          slices.sort((a, b) => a - b);
          const most = slices[Math.floor(0.99 * slices.length)];
          return [count / seconds, (arena.race.steps - from) / seconds, most];
        }"""
    )
    page.close()
    return found


def sooner(browser: Browser, base: str, model: str, visits: int, before: str) -> None:
    """Print how long it takes to the first step, in the middle of some visits."""
    firsts: dict[str, list[float]] = {}
    pages = {"empty": "empty", "ours": f"{model}-ours"}
    pages |= {backend: f"{model}-{backend}-first" for backend in BACKENDS}
    for _ in range(visits):
        for side, page in pages.items():
            value = visit(browser, f"{base}/{page}.html", "first", before)
            if value is not None:
                firsts.setdefault(side, []).append(value)
    first = {side: statistics.median(values) for side, values in firsts.items()}
    empty, ours = first.pop("empty"), first.pop("ours")
    print(f"  first step, {'from an open page' if before else 'in a fresh profile'}: ", end="")
    print(f"after {ours:.0f} ms; an empty page takes {empty:.0f} ms", flush=True)
    for backend, theirs in first.items():
        print(
            f"    {backend:6s} {theirs:6.0f} ms: {theirs / ours:4.1f}x (at least {SOONER}x), ",
            end="",
        )
        print(f"without the empty page {(theirs - empty) / (ours - empty):4.1f}x", flush=True)


def faster(browser: Browser, base: str, model: str) -> None:
    """Print how many steps per second both make."""
    for backend in BACKENDS:
        rate = visit(browser, f"{base}/{model}-{backend}-rate.html", "rate")
        if rate is not None:
            print(
                f"  {backend:6s} {rate[0]:6.0f} / {rate[1]:5.0f} steps/s: "
                f"{rate[2]:4.1f}x (at least {FASTER}x)",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--visits", type=int, default=7)
    options = parser.parse_args()
    if not TENSORFLOW.is_dir():
        raise SystemExit("TensorFlow.js is missing: npm ci --prefix .ci/bench")
    with (
        tempfile.TemporaryDirectory() as name,
        sync_playwright() as playwright,
        ExitStack() as servers,
    ):
        folder = Path(name)
        write(folder)
        site = folder / "site"
        build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(site)))
        code = (site / arena_scripts.SCRIPTS / "arena.js").read_bytes()
        print(f"code of the arena: {len(gzip.compress(code, 9))} bytes (at most {CODE})")
        base = servers.enter_context(serving(folder))
        browser = playwright.chromium.launch(executable_path=options.chromium, args=FLAGS)
        for model in THEIRS:
            print(f"{model}:", flush=True)
            for before in ("", f"{base}/empty.html"):
                sooner(browser, base, model, options.visits, before)
            faster(browser, base, model)
        seen, made, most = frames(browser, f"{base}/site/models/arena.html")
        print(f"all six on the page: {seen:.0f} frames/s (at least {FRAMES}), {made:.0f} steps/s")
        print(f"  99% of slices take less than {most:.1f} ms (8 ms are meant)")
        browser.close()


if __name__ == "__main__":
    main()
