"""The language model of the pages against the same network in ONNX Runtime Web, side by side.

Needs `npm ci --prefix .ci/bench` and, for writing the network down, `pip install onnx`. Prints
medians of seven visits, each in a fresh profile: from navigation to the first token (loopback;
then gzip at 10 Mbit/s), and steady tokens a second over lines of 48 tokens after a prompt. One
thread on both sides. Their file holds the weights as whole numbers, too, so that it is as small
as ours; ONNX Runtime unpacks them when it loads.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import statistics
import sys
import tempfile
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import bench_lab
import numpy as np
from onnx_graphs import Graph, Shapes, TensorProto
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from fieldguide.drawings.text_figures import WEIGHTS  # noqa: E402  (needs the path)
from fieldguide.html.assets import small  # noqa: E402
from fieldguide.html.parts import BELOW_TEXTS, LAB, TEXTS  # noqa: E402
from support.models import LANGUAGE  # noqa: E402

DOCS = ROOT / "docs"
WIDTH, BLOCKS, HEADS, LONGEST, TOKENS = 160, 4, 4, 64, 2048
SIZE = WIDTH // HEADS
FIRST = {"loopback": 4, "10 Mbit/s": 2}  # theirs over ours, at least
STEADY = 1.0  # our tokens a second over theirs, at least
OURS = """
const model = new lab.Transformer(fieldguideText.transformer, {plain: __PLAIN__});
let line = [];
const next = (id) => { line.push(id); return model.next(line); };
const begin = () => { line = []; };
"""
# One token at a time with the keys and values of the earlier ones, as our code does it.
THEIRS = """
const i64 = (v) => new ort.Tensor("int64", BigInt64Array.from([BigInt(v)]), [1]);
const none = new ort.Tensor("float32", new Float32Array(0), [0, 160]);
let past, place;
const begin = () => {
  past = {};
  for (let b = 0; b < 4; b++) past["k" + b] = past["v" + b] = none;
  place = 0;
};
const next = async (id) => {
  const out = await session.run({token: i64(id), at: i64(place++), ...past});
  for (let b = 0; b < 4; b++) {
    past["k" + b] = out["o" + (2 * b + 1)];
    past["v" + b] = out["o" + (2 * b + 2)];
  }
  return out.o0.data;
};
"""
# What both sides run: the prompt of a word, then the rest of the line, always the best token.
TIMER = """
(async () => {
  const prompt = new lab.Tokenizer(fieldguideText.tokenizer).encode("\\npenguin:");
  const best = (scores) => {
    let top = 0;
    for (let i = 1; i < 2048; i++) if (scores[i] > scores[top]) top = i;
    return top;
  };
  const write = async (length) => {
    begin();
    let scores;
    for (const id of prompt) scores = await next(id);
    const out = [best(scores)];
    while (out.length < length) out.push(best(await next(out[out.length - 1])));
    return out;
  };
  window.token = (await write(1))[0];
  window.first = performance.now();
  window.line = await write(48);
  const times = [];
  for (let k = 0; k < 9; k++) {
    const start = performance.now();
    for (let i = 0; i < 3; i++) await write(48);
    times.push((performance.now() - start) / (3 * (47 + prompt.length)));
  }
  window.steady = times.sort((a, b) => a - b)[4];
  window.done = true;
})();
"""


def scales_and_numbers(packed: dict[str, Any]) -> dict[str, tuple[np.ndarray, np.ndarray | None]]:
    """Return each tensor as scales and whole numbers, or a vector alone."""
    found: dict[str, tuple[np.ndarray, np.ndarray | None]] = {}
    for entry in packed["tensors"]:
        if "values" in entry:
            found[entry["name"]] = np.array(entry["values"], "f4"), None
            continue
        codes = np.frombuffer(entry["rows"].encode(), np.uint8).astype("i2")
        whole = (codes - 80 - (codes > 92)).astype("i1").reshape(entry["shape"])
        found[entry["name"]] = np.array(entry["scales"], "f4") / 1e6, whole
    return found


def graph(path: Path, packed: dict[str, Any]) -> None:
    """Write the transformer as an ONNX graph of one token."""
    g = Graph({})
    w = scales_and_numbers(packed)

    def matrix(name: str) -> str:
        """Return a matrix, (rows, columns), that is unpacked once, when the graph is loaded."""
        scales, whole = w[name]
        assert whole is not None
        numbers = g.op("Cast", g.constant(f"{name}.n", whole), to=TensorProto.FLOAT)
        return str(g.op("Mul", numbers, g.constant(f"{name}.s", scales[:, None])))

    def linear(x: str, name: str) -> str:
        return str(g.op("MatMul", x, g.op("Transpose", matrix(name), perm=[1, 0])))

    epsilon = g.constant("epsilon", np.array(1e-5, "f4"))

    def norm(x: str, name: str) -> str:
        square = g.op("ReduceMean", g.op("Mul", x, x), axes=[-1], keepdims=1)
        root = g.op("Sqrt", g.op("Add", square, epsilon))
        return str(g.op("Mul", g.op("Div", x, root), g.constant(name, w[name][0])))

    half = SIZE // 2
    angle = np.arange(LONGEST)[:, None] * 10000.0 ** (-np.arange(half) / half)
    cos, sin = (
        g.op("Gather", g.constant(key, turn.astype("f4")), "at")
        for key, turn in (("cos", np.cos(angle)), ("sin", np.sin(angle)))
    )
    rows = g.constant("heads", np.array([-1, HEADS, SIZE], "i8"))
    flat = g.constant("flat", np.array([-1, WIDTH], "i8"))
    scale = g.constant("scale", np.array(SIZE**-0.5, "f4"))
    three = g.constant("three", np.array([WIDTH] * 3, "i8"))
    two = g.constant("two", np.array([half] * 2, "i8"))

    def turned(x: str) -> str:
        """Return (1, width) with each head turned by its place."""
        a, b = g.op("Split", g.op("Reshape", x, rows), two, axis=2, outputs=2)
        first = g.op("Sub", g.op("Mul", a, cos), g.op("Mul", b, sin))
        second = g.op("Add", g.op("Mul", a, sin), g.op("Mul", b, cos))
        return str(g.op("Reshape", g.op("Concat", first, second, axis=2), flat))

    embedding = matrix("embedding.weight")
    h = g.op("Gather", embedding, "token")
    inputs: Shapes = {
        "token": (TensorProto.INT64, [1]),
        "at": (TensorProto.INT64, [1]),
    }
    kept = []
    for b in range(BLOCKS):
        for part in "kv":
            inputs[f"{part}{b}"] = (TensorProto.FLOAT, ["n", WIDTH])
        at = f"blocks.{b}"
        qkv = linear(norm(h, f"{at}.norm1.weight"), f"{at}.qkv.weight")
        q, k, v = g.op("Split", qkv, three, axis=1, outputs=3)
        k, v = g.op("Concat", f"k{b}", turned(k), axis=0), g.op("Concat", f"v{b}", v, axis=0)
        kept += [k, v]
        q3, k3, v3 = (g.op("Reshape", part, rows) for part in (turned(q), k, v))
        score = g.op(
            "MatMul", g.op("Transpose", q3, perm=[1, 0, 2]), g.op("Transpose", k3, perm=[1, 2, 0])
        )
        share = g.op("Softmax", g.op("Mul", score, scale), axis=-1)
        mixed = g.op("MatMul", share, g.op("Transpose", v3, perm=[1, 0, 2]))
        mixed = g.op("Reshape", g.op("Transpose", mixed, perm=[1, 0, 2]), flat)
        h = g.op("Add", h, linear(mixed, f"{at}.out.weight"))
        up = g.op("Relu", linear(norm(h, f"{at}.norm2.weight"), f"{at}.up.weight"))
        h = g.op("Add", h, linear(g.op("Mul", up, up), f"{at}.down.weight"))
    scores = g.op("MatMul", norm(h, "norm.weight"), g.op("Transpose", embedding, perm=[1, 0]))
    g.save(path, inputs, [scores, *kept])


def script(folder: str, *names: str) -> str:
    """Return scripts as the build puts them together."""
    text = "".join((DOCS / folder / f"{name}.js").read_text("utf-8") for name in names)
    return small("script.js", text).rstrip() + ";\n"


def pages(folder: Path) -> None:
    """Write the pages of both sides, and what they load."""
    for file in ("ort.wasm.min.js", "ort-wasm-simd-threaded.wasm", "ort-wasm-simd-threaded.mjs"):
        shutil.copy(bench_lab.ORT / file, folder)
    for name in ("tokenizer", "transformer"):
        shutil.copy(ROOT / WEIGHTS / f"{name}.js", folder / f"{name}.js")
    text = (ROOT / WEIGHTS / "transformer.js").read_text("utf-8")
    graph(folder / "transformer.onnx", json.loads(text.split("] = ", 1)[1].rstrip().rstrip(";")))
    # The whole script of the page's widget, though the benchmark needs only half of it.
    whole = script(LAB, *BELOW_TEXTS) + script(TEXTS, "ui", *LANGUAGE["write"].scripts)
    (folder / "ours.js").write_text(whole)
    (folder / "theirs.js").write_text(script(LAB, "math") + script(TEXTS, "tokenizer"))
    head = '<!doctype html><meta charset="utf-8"><title>bench</title>'
    head += '<link rel="icon" href="data:,"><script src="tokenizer.js"></script>'
    for side, plain in (("ours", "false"), ("plain", "true")):
        (folder / f"{side}.html").write_text(
            f'{head}<script src="ours.js"></script><script src="transformer.js"></script>'
            f"<script>const lab = fieldguideLab;{OURS.replace('__PLAIN__', plain)}{TIMER}</script>"
        )
    (folder / "theirs.html").write_text(
        f'{head}<script src="theirs.js"></script><script src="ort.wasm.min.js"></script>'
        "<script>const lab = fieldguideLab; ort.env.wasm.numThreads = 1;"
        "ort.InferenceSession.create('transformer.onnx', {executionProviders: ['wasm']})"
        f".then((session) => {{ {THEIRS}{TIMER} }});</script>"
    )
    for path in list(folder.iterdir()):
        (folder / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 9))


def visit(browser: Any, base: str, page: str, slow: bool) -> dict[str, Any]:
    """Open a page in a fresh profile; return what it measured, in milliseconds."""
    context = browser.new_context()
    tab = context.new_page()
    if slow:
        context.add_cookies([{"name": "gz", "value": "1", "url": base}])
        rate = {"latency": 0, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
        context.new_cdp_session(tab).send(
            "Network.emulateNetworkConditions", {"offline": False, **rate}
        )
    tab.goto(f"{base}/{page}.html", timeout=120_000)
    tab.wait_for_function("window.done" if not slow else "window.first", timeout=120_000)
    found: dict[str, Any] = tab.evaluate(
        "({first, token, steady: window.steady, line: window.line})"
    )
    context.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--visits", type=int, default=bench_lab.VISITS)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args()
    if not bench_lab.ORT.is_dir():
        raise SystemExit("onnxruntime-web is missing: npm ci --prefix .ci/bench")
    runs: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        pages(Path(name))
        sent = {
            side: sum((Path(name) / f"{file}.gz").stat().st_size for file in files.split())
            for side, files in {
                "ours": "ours.html tokenizer.js ours.js transformer.js",
                "theirs": "theirs.html tokenizer.js theirs.js ort.wasm.min.js transformer.onnx "
                "ort-wasm-simd-threaded.wasm ort-wasm-simd-threaded.mjs",
            }.items()
        }
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(bench_lab.Handler, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        browser = playwright.chromium.launch(executable_path=options.chromium, args=bench_lab.FLAGS)
        for _ in range(options.visits):  # taking turns, so that a busy machine is busy for all
            for slow in (False, True):
                for side in ("ours", "theirs", "plain"):
                    runs.setdefault((side, slow), []).append(visit(browser, base, side, slow))
        browser.close()
        server.shutdown()
    lines = {tuple(run["line"]) for (_, slow), found in runs.items() for run in found if not slow}
    if len(lines) > 1:
        raise SystemExit("the two sides do not write the same line")
    median = {
        (side, slow, key): statistics.median(run[key] for run in found)
        for (side, slow), found in runs.items()
        for key in (("first",) if slow else ("first", "steady"))
    }
    print(f"compressed: ours {sent['ours']:,} bytes, ONNX Runtime Web {sent['theirs']:,}")
    for label, slow in (("loopback", False), ("10 Mbit/s", True)):
        a, b, c = (median[side, slow, "first"] for side in ("ours", "theirs", "plain"))
        print(
            f"first token, {label:10s} {a:8.1f} ms / {b:8.1f} ms   {b / a:5.1f}x sooner "
            f"(at least {FIRST[label]}x); without WebAssembly {c:.1f} ms"
        )
    a, b, c = (median[side, False, "steady"] for side in ("ours", "theirs", "plain"))
    print(
        f"steady, a token         {a:8.3f} ms / {b:8.3f} ms   {b / a:5.2f}x as many a second "
        f"(at least {STEADY}x); without WebAssembly {c:.3f} ms"
    )
    if options.json:
        figures = {"ms_per_token": round(a, 3), "ms_per_token_plain": round(c, 3)}
        options.json.write_text(json.dumps(figures) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
