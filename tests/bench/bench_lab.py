"""The live models against the same networks in ONNX Runtime Web, side by side in one Chromium.

Needs `npm ci --prefix .ci/bench` and, for writing the networks down, `pip install onnx`. Prints
medians of seven visits, each in a fresh profile: the first sample from navigation (loopback; then
gzip at 10 Mbit/s), ten more samples, and the steady time per sample. One thread on both sides.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import statistics
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import onnx_graphs
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "hooks"))

from fieldguide.html import assets  # noqa: E402

ORT = ROOT / ".ci/bench/node_modules/onnxruntime-web/dist"
SCRIPTS = ROOT / "docs/assets/javascripts"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
VISITS = 7
TARGETS = {"gan": 1.0, "diffusion": 1.0, "transformer": 1.0}  # steady time, ours over theirs
CORE = ("lab/math", "lab/el", "lab/core")
ENGINE = tuple(f"pictures/{name}" for name in ("kernel", "loops", "engine", "work"))
PARTS = {
    "gan": (*ENGINE, "pictures/gan"),
    "diffusion": (*ENGINE, "pictures/denoiser", "pictures/diffuser"),
    "transformer": (*ENGINE, "pictures/causal", "pictures/transformer"),
}
FIRST = {"loopback": 5, "10 Mbit/s": 15}  # theirs over ours

# What both sides run, given `one(seed)`, which makes one digit.
TIMER = """
(async () => {
  await one(0);
  window.first = performance.now();
  let start = performance.now();
  for (let i = 1; i <= 10; i++) await one(i);
  window.ten = performance.now() - start;
  const times = [];
  for (let k = 0; k < 9; k++) {
    const n = __TIMES__;
    start = performance.now();
    for (let i = 0; i < n; i++) await one(i);
    times.push((performance.now() - start) / n);
  }
  window.steady = times.sort((a, b) => a - b)[4];
  window.done = true;
})();
"""
TIMES = {"gan": 50, "diffusion": 2, "transformer": 2}
OURS = {
    "gan": "const one = (s) => m.generate(new lab.Chance(s).normals(24), s % 10);",
    "diffusion": """
const one = (s) => lab.whole(m.walk(new lab.Chance(s).normals(784), s % 10, 24));""",
    "transformer": """
const one = (s) => {
  const chance = new lab.Chance(s), x = new Uint8Array(784), state = m.begin(s % 10);
  for (let k = 0; k < 784; k++) x[m.order[k]] = drawn(m.next(state, x, k), chance.uniform());
  return (window.last = Array.from(x));
};""",
}
DRAWN = """
const drawn = (scores, u) => {
  const most = Math.max(...scores), shares = Array.from(scores, (v) => Math.exp(v - most));
  let rest = u * shares.reduce((a, b) => a + b, 0), k = 0;
  while (k < shares.length - 1 && (rest -= shares[k]) > 0) k++;
  return k;
};"""
THEIRS = {
    "gan": """
const input = (s) => lab.concat(new lab.Chance(s).normals(24), lab.classes(s % 10));
const one = (s) => session.run({x: f32(input(s), [1, 34])});""",
    "diffusion": """
const one = async (s) => {
  let x = new lab.Chance(s).normals(784);
  const c = f32(lab.classes(s % 10), [1, 10]);
  for (let i = 0; i < 24; i++) {
    const t = 1 - i / 24, u = ((1 - (i + 1) / 24) * Math.PI) / 2;
    const a = Math.cos(t * Math.PI / 2), b = Math.sin(t * Math.PI / 2);
    const angles = new Float32Array(16);
    for (let k = 0; k < 8; k++) {
      angles[k] = Math.cos(t * (k + 1) * Math.PI / 2);
      angles[8 + k] = Math.sin(t * (k + 1) * Math.PI / 2);
    }
    const given = f32(x, [1, 1, 28, 28]);
    const g = (await session.run({x: given, angles: f32(angles, [1, 16]), c})).o0.data;
    x = x.map((v, k) => Math.cos(u) * g[k] + (Math.sin(u) * (v - a * g[k])) / Math.max(0.1, b));
  }
  return x;
};""",
    "transformer": """
const small = __SPELLING__, seen = small["seen.weight"], leave = small["leave.weight"];
const feeds = { x: null, i: null };
const one = async (s) => {
  const chance = new lab.Chance(s), x = new Uint8Array(784);
  for (const name of ["k0", "v0", "k1", "v1", "k2", "v2"]) feeds[name] = f32([], [1, 4, 0, 14]);
  let before = new Float32Array(43);
  before[32 + (s % 10)] = 1;
  for (let i = 0; i < 196; i++) {
    feeds.x = f32(before, [1, 43]);
    feeds.i = new ort.Tensor("int64", BigInt64Array.of(BigInt(i)), [1]);
    const out = await session.run(feeds);
    for (let b = 0; b < 3; b++) {
      feeds[`k${b}`] = out[`o${1 + 2 * b}`];
      feeds[`v${b}`] = out[`o${2 + 2 * b}`];
    }
    before = new Float32Array(43);
    before[42] = 1;
    for (let q = 0; q < 4; q++) {
      const h = out.o0.data.slice(64 * q, 64 * q + 64), scores = small["leave.bias"].slice();
      for (let p = 0; p < q; p++) {
        const column = before.subarray(8 * p, 8 * p + 8).indexOf(1) + 8 * p;
        for (let k = 0; k < 64; k++) h[k] += seen[(64 * q + k) * 24 + column];
      }
      for (let k = 0; k < 64; k++) h[k] /= 1 + Math.exp(-h[k]);
      for (let n = 0; n < 8; n++) {
        for (let k = 0; k < 64; k++) scores[n] += leave[64 * n + k] * h[k];
      }
      const ink = drawn(scores, chance.uniform());
      before[8 * q + ink] = 1;
      x[28 * (2 * Math.floor(i / 14) + (q >> 1)) + 2 * (i % 14) + (q & 1)] = ink;
    }
  }
  return (window.last = Array.from(x));
};""",
}


def pages(folder: Path, models: list[str]) -> None:
    """Write the two pages of each model, and what they load."""
    for file in ("ort.wasm.min.js", "ort-wasm-simd-threaded.wasm", "ort-wasm-simd-threaded.mjs"):
        shutil.copy(ORT / file, folder)
    for name in models:
        getattr(onnx_graphs, name)(folder / f"{name}.onnx")
        shutil.copy(onnx_graphs.script(name), folder / f"{name}.weights.js")
        timer = DRAWN + TIMER.replace("__TIMES__", str(TIMES[name]))
        theirs = THEIRS[name].replace("__SPELLING__", onnx_graphs.spelling())
        head = '<!doctype html><meta charset="utf-8"><title>bench</title>'
        head += '<link rel="icon" href="data:,">'
        for side, parts in (("ours", (*CORE, *PARTS[name])), ("theirs", CORE)):
            # One script a side, without comments, as the build puts them together.
            script = "\n".join((SCRIPTS / f"{part}.js").read_text() for part in parts)
            (folder / f"{name}-{side}.js").write_text(assets.small("a.js", script))
        ours = f'<script src="{name}-ours.js"></script><script src="{name}.weights.js"></script>'
        core = f'<script src="{name}-theirs.js"></script>'
        (folder / f"{name}-ours.html").write_text(
            f"{head}{ours}<script>const lab = fieldguideLab;"
            f"const m = lab.models.{name}(new lab.Weights(fieldguideWeights.{name}));"
            f"{OURS[name]}{timer}</script>"
        )
        (folder / f"{name}-theirs.html").write_text(
            f'{head}{core}<script src="ort.wasm.min.js"></script><script>const lab = fieldguideLab;'
            "ort.env.wasm.numThreads = 1;"
            "const f32 = (v, shape) => new ort.Tensor('float32', v, shape);"
            f"ort.InferenceSession.create('{name}.onnx', {{executionProviders: ['wasm']}})"
            f".then((session) => {{ {theirs}{timer} }});</script>"
        )
    for path in list(folder.iterdir()):
        (folder / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 9))


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder; compressed where the page asks for it in its query."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # as servers do: else the body of each file waits for 40 ms

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        name = self.path.split("?")[0].lstrip("/")
        packed = "gz" in (self.headers.get("Cookie") or "")
        body = (Path(self.directory) / (f"{name}.gz" if packed else name)).read_bytes()
        kinds = {
            "html": "text/html",
            "js": "text/javascript",
            "mjs": "text/javascript",
            "wasm": "application/wasm",
        }
        self.send_response(200)
        self.send_header(
            "Content-Type", kinds.get(name.rsplit(".", 1)[1], "application/octet-stream")
        )
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)


def visit(browser: Browser, base: str, page: str, slow: bool) -> dict[str, float]:
    """Open a page in a fresh profile; return what it measured, in milliseconds."""
    context = browser.new_context()
    if slow:
        context.add_cookies([{"name": "gz", "value": "1", "url": base}])
    tab = context.new_page()
    if slow:
        rate = 10e6 / 8
        tab.context.new_cdp_session(tab).send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 0, "downloadThroughput": rate, "uploadThroughput": rate},
        )
    tab.goto(f"{base}/{page}.html", timeout=120_000)
    tab.wait_for_function("window.done" if not slow else "window.first", timeout=120_000)
    found: dict[str, float] = tab.evaluate(
        "({first: window.first, ten: window.ten || 0, steady: window.steady || 0,"
        " ink: (window.last || []).reduce((a, b) => a + b, 0)})"
    )
    context.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--visits", type=int, default=VISITS)
    parser.add_argument("--models", nargs="+", choices=OURS, default=list(OURS))
    options = parser.parse_args()
    if not ORT.is_dir():
        raise SystemExit("onnxruntime-web is missing: npm ci --prefix .ci/bench")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        pages(folder, options.models)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        browser = playwright.chromium.launch(executable_path=options.chromium, args=FLAGS)
        for model in options.models:
            print(f"{model}: milliseconds, ours / ONNX Runtime Web")
            runs: dict[tuple[str, bool], list[dict[str, float]]] = {}
            for _ in range(options.visits):  # taking turns, so that a busy machine is busy for both
                for slow in (False, True):
                    for side in ("ours", "theirs"):
                        runs.setdefault((side, slow), []).append(
                            visit(browser, base, f"{model}-{side}", slow)
                        )

            def median(side: str, slow: bool, key: str, runs: Any = runs) -> float:
                return float(statistics.median(run[key] for run in runs[side, slow]))

            drawn = {run["ink"] for side in ("ours", "theirs") for run in runs[side, False]}
            if len(drawn) > 1:  # the same network and the same chance: the same last picture
                raise SystemExit(f"{model}: the two sides drew different pictures")
            for label, slow in (("loopback", False), ("10 Mbit/s", True)):
                a, b = median("ours", slow, "first"), median("theirs", slow, "first")
                print(
                    f"  first sample, {label:10s} {a:8.1f} / {b:8.1f}   "
                    f"{b / a:5.1f}x sooner (at least {FIRST[label]}x)"
                )
            for key, label, limit in (
                ("ten", "next ten samples", 1.0),
                ("steady", "steady, per sample", TARGETS[model]),
            ):
                a, b = median("ours", False, key), median("theirs", False, key)
                print(f"  {label:24s} {a:8.3f} / {b:8.3f}   {a / b:5.2f}x (at most {limit}x)")
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
