"""The live models against the same networks in ONNX Runtime Web, side by side in one Chromium.

Needs `npm ci --prefix .ci/bench` and, for writing the networks down, `pip install onnx`. Prints
medians of seven visits, each in a fresh profile: the first sample from navigation (loopback; then
gzip at 10 Mbit/s), ten more samples, and the steady time per sample. One thread on both sides.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import shutil
import statistics
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, sync_playwright

try:
    import onnx
    from onnx import TensorProto, helper, numpy_helper
except ImportError:
    raise SystemExit("this benchmark writes ONNX files: pip install onnx") from None

ROOT = Path(__file__).resolve().parents[2]
ORT = ROOT / ".ci/bench/node_modules/onnxruntime-web/dist"
SCRIPTS = ROOT / "docs/assets/javascripts/lab"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
VISITS = 7
TARGETS = {"gan": 1.5, "diffusion": 1.4, "transformer": 0.6}  # steady time, ours over theirs
FIRST = {"loopback": 6, "10 Mbit/s": 20}  # theirs over ours
Weights = dict[str, np.ndarray]


def weights(name: str) -> Weights:
    """Return the shipped weights as float32."""
    text = (ROOT / f"docs/lab/weights/{name}.js").read_text(encoding="utf-8")
    packed = json.loads(text.split("] = ", 1)[1].rstrip().rstrip(";"))
    data = base64.b64decode(packed["data"])
    found = {}
    for entry in packed["tensors"]:
        shape, at = entry["shape"], entry["offset"]
        size = int(np.prod(shape))
        if entry["type"] == "int8":
            scales = np.frombuffer(data, "<f2", shape[0], at).astype("f4")
            whole = np.frombuffer(data, "i1", size, at + 2 * shape[0]).astype("f4")
            array = whole.reshape(shape[0], -1) * scales[:, None]
        else:
            array = np.frombuffer(data, "<f2", size, at).astype("f4")
        found[entry["name"]] = array.reshape(shape)
    return found


class Graph:
    """An ONNX graph in the making."""

    def __init__(self, w: Weights) -> None:
        self.w, self.nodes, self.constants, self.count = w, [], {}, 0

    def op(self, kind: str, *inputs: str, outputs: int = 1, **attributes: Any) -> Any:
        """Add a node; return the name of its output, or the names."""
        self.count += 1
        names = [f"v{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, name: str, array: np.ndarray) -> str:
        """Keep an array under a name."""
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def linear(self, x: str, name: str) -> str:
        """Return x W' + b."""
        matrix = self.constant(f"{name}.w", self.w[f"{name}.weight"].T)
        y = self.op("MatMul", x, matrix)
        if f"{name}.bias" in self.w:
            y = self.op("Add", y, self.constant(f"{name}.b", self.w[f"{name}.bias"]))
        return str(y)

    def norm(self, x: str, name: str) -> str:
        """Return layer normalization."""
        parts = [self.constant(f"{name}.{p}", self.w[f"{name}.{p}"]) for p in ("weight", "bias")]
        return str(self.op("LayerNormalization", x, *parts, axis=-1, epsilon=1e-5))

    def silu(self, x: str) -> str:
        """Return x times its sigmoid."""
        return str(self.op("Mul", x, self.op("Sigmoid", x)))

    def save(
        self, path: Path, inputs: dict[str, tuple[int, list[Any]]], outputs: list[str]
    ) -> None:
        """Write the graph; outputs are renamed o0, o1, ..."""
        for i, name in enumerate(outputs):
            self.nodes.append(helper.make_node("Identity", [name], [f"o{i}"]))
        graph = helper.make_graph(
            self.nodes,
            "lab",
            [helper.make_tensor_value_info(k, kind, shape) for k, (kind, shape) in inputs.items()],
            [
                helper.make_tensor_value_info(f"o{i}", TensorProto.FLOAT, None)
                for i in range(len(outputs))
            ],
            list(self.constants.values()),
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.save(model, path)


def gan(path: Path) -> None:
    g = Graph(weights("gan"))
    h = "x"
    for i in (1, 2):
        h = g.op("LeakyRelu", g.linear(h, f"generator.l{i}"), alpha=0.2)
    out = g.op("Tanh", g.linear(h, "generator.l3"))
    g.save(path, {"x": (TensorProto.FLOAT, [1, 26])}, [out])


def diffusion(path: Path) -> None:
    g = Graph(weights("diffusion"))
    hint = g.op("Add", g.linear("angles", "net.time"), g.linear("c", "net.cond"))
    h = g.op("Add", g.linear("x", "net.enter"), hint)
    for i in range(3):
        up = g.op("Add", g.linear(g.norm(h, f"net.norms.{i}"), f"net.ups.{i}"), hint)
        h = g.op("Add", h, g.linear(g.silu(up), f"net.downs.{i}"))
    shapes = {"x": [1, 64], "angles": [1, 16], "c": [1, 10]}
    inputs = {key: (TensorProto.FLOAT, shape) for key, shape in shapes.items()}
    g.save(path, inputs, [g.linear(h, "net.leave")])


def transformer(path: Path, blocks: int = 3, heads: int = 4, width: int = 32) -> None:
    """One token in, with the keys and values of the earlier ones: as our code does it."""
    w = weights("transformer")
    g = Graph(w)
    table = g.constant("table", np.concatenate([w["first.weight"], w["ink.weight"]]))
    place = g.constant("place", w["place.weight"])
    h = g.op("Add", g.op("Gather", table, "token"), g.op("Gather", place, "at"))
    rows = g.constant("rows", np.array([-1, heads, width // heads], "i8"))
    flat = g.constant("flat", np.array([1, width], "i8"))
    root = g.constant("root", np.array((width // heads) ** -0.5, "f4"))
    three = g.constant("three", np.array([width] * 3, "i8"))
    inputs = {"token": (TensorProto.INT64, [1]), "at": (TensorProto.INT64, [1])}
    outputs = []
    for b in range(blocks):
        for part in "kv":
            inputs[f"{part}{b}"] = (TensorProto.FLOAT, ["n", width])
        qkv = g.linear(g.norm(h, f"blocks.{b}.norm1"), f"blocks.{b}.attention.qkv")
        q, k, v = g.op("Split", qkv, three, axis=1, outputs=3)
        k, v = g.op("Concat", f"k{b}", k, axis=0), g.op("Concat", f"v{b}", v, axis=0)
        outputs += [k, v]
        q3, k3, v3 = (g.op("Reshape", part, rows) for part in (q, k, v))
        score = g.op(
            "MatMul", g.op("Transpose", q3, perm=[1, 0, 2]), g.op("Transpose", k3, perm=[1, 2, 0])
        )
        share = g.op("Softmax", g.op("Mul", score, root), axis=-1)
        mixed = g.op("Reshape", g.op("MatMul", share, g.op("Transpose", v3, perm=[1, 0, 2])), flat)
        h = g.op("Add", h, g.linear(mixed, f"blocks.{b}.attention.out"))
        up = g.silu(g.linear(g.norm(h, f"blocks.{b}.norm2"), f"blocks.{b}.up"))
        h = g.op("Add", h, g.linear(up, f"blocks.{b}.down"))
    g.save(path, inputs, [g.linear(g.norm(h, "norm"), "head"), *outputs])


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
TIMES = {"gan": 200, "diffusion": 10, "transformer": 4}
OURS = {
    "gan": "const one = (s) => m.generate(new lab.Chance(s).normals(16), s % 10);",
    "diffusion": "const one = (s) => m.walk(new lab.Chance(s).normals(64), s % 10, 32);",
    "transformer": "const one = (s) => lab.write(m, s % 10, new lab.Chance(s), 1);",
}
THEIRS = {
    "gan": """
const input = (s) => lab.concat(new lab.Chance(s).normals(16), lab.classes(s % 10));
const one = (s) => session.run({x: f32(input(s), [1, 26])});""",
    "diffusion": """
const one = async (s) => {
  let x = new lab.Chance(s).normals(64);
  const c = f32(lab.classes(s % 10), [1, 10]);
  for (let i = 0; i < 32; i++) {
    const t = 1 - i / 32, u = ((1 - (i + 1) / 32) * Math.PI) / 2;
    const a = Math.cos(t * Math.PI / 2), b = Math.sin(t * Math.PI / 2);
    const angles = new Float32Array(16);
    for (let k = 0; k < 8; k++) {
      angles[k] = Math.cos(t * (k + 1) * Math.PI / 2);
      angles[8 + k] = Math.sin(t * (k + 1) * Math.PI / 2);
    }
    const g = (await session.run({x: f32(x, [1, 64]), angles: f32(angles, [1, 16]), c})).o0.data;
    x = x.map((v, k) => Math.cos(u) * g[k] + (Math.sin(u) * (v - a * g[k])) / Math.max(0.1, b));
  }
  return x;
};""",
    "transformer": """
const i64 = (v) => new ort.Tensor("int64", BigInt64Array.from([BigInt(v)]), [1]);
const one = async (s) => {
  const chance = new lab.Chance(s);
  const none = f32(new Float32Array(0), [0, 32]);
  let past = {k0: none, v0: none, k1: none, v1: none, k2: none, v2: none};
  const pixels = new Float32Array(64);
  for (let i = 0; i < 64; i++) {
    const token = i64(i ? 10 + pixels[i - 1] : s % 10);
    const out = await session.run({token, at: i64(i), ...past});
    past = {k0: out.o1, v0: out.o2, k1: out.o3, v1: out.o4, k2: out.o5, v2: out.o6};
    pixels[i] = chance.pick(lab.softmax(out.o0.data));
  }
  return pixels;
};""",
}


def pages(folder: Path) -> None:
    """Write the two pages of each model, and what they load."""
    for name in ("core", "sequence", *OURS):
        shutil.copy(SCRIPTS / f"{name}.js", folder)
    for file in ("ort.wasm.min.js", "ort-wasm-simd-threaded.wasm", "ort-wasm-simd-threaded.mjs"):
        shutil.copy(ORT / file, folder)
    for name, write in (("gan", gan), ("diffusion", diffusion), ("transformer", transformer)):
        write(folder / f"{name}.onnx")
        shutil.copy(ROOT / f"docs/lab/weights/{name}.js", folder / f"{name}.weights.js")
        timer = TIMER.replace("__TIMES__", str(TIMES[name]))
        head = '<!doctype html><meta charset="utf-8"><title>bench</title>'
        head += '<link rel="icon" href="data:,">'
        core = '<script src="core.js"></script>'
        ours = "".join(
            f'<script src="{file}"></script>'
            for file in ("sequence.js", f"{name}.js", f"{name}.weights.js")
        )
        (folder / f"{name}-ours.html").write_text(
            f"{head}{core}{ours}<script>const lab = fieldguideLab;"
            f"const m = lab.models.{name}(new lab.Weights(fieldguideWeights.{name}));"
            f"{OURS[name]}{timer}</script>"
        )
        (folder / f"{name}-theirs.html").write_text(
            f'{head}{core}<script src="ort.wasm.min.js"></script><script>const lab = fieldguideLab;'
            "ort.env.wasm.numThreads = 1;"
            "const f32 = (v, shape) => new ort.Tensor('float32', v, shape);"
            f"ort.InferenceSession.create('{name}.onnx', {{executionProviders: ['wasm']}})"
            f".then((session) => {{ {THEIRS[name]}{timer} }});</script>"
        )
    for file in folder.iterdir():
        (folder / f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), 9))


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder; compressed where the page asks for it in its query."""

    protocol_version = "HTTP/1.1"

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
        "({first: window.first, ten: window.ten || 0, steady: window.steady || 0})"
    )
    context.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--visits", type=int, default=VISITS)
    options = parser.parse_args()
    if not ORT.is_dir():
        raise SystemExit("onnxruntime-web is missing: npm ci --prefix .ci/bench")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        pages(folder)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        browser = playwright.chromium.launch(executable_path=options.chromium, args=FLAGS)
        for model in OURS:
            print(f"{model}: milliseconds, ours / ONNX Runtime Web")
            runs: dict[tuple[str, bool], list[dict[str, float]]] = {}
            for _ in range(options.visits):  # taking turns, so that a busy machine is busy for both
                for slow in (False, True):
                    for side in ("ours", "theirs"):
                        runs.setdefault((side, slow), []).append(
                            visit(browser, base, f"{model}-{side}", slow)
                        )

            def median(side: str, slow: bool, key: str, runs: Any = runs) -> float:
                return statistics.median(run[key] for run in runs[side, slow])

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
