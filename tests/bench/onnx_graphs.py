"""The networks of three live models as ONNX graphs, from the weights that the pages load."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np

try:
    import onnx
    from onnx import TensorProto as TensorProto
    from onnx import helper, numpy_helper
except ImportError:
    raise SystemExit("this benchmark writes ONNX files: pip install onnx") from None

ROOT = Path(__file__).resolve().parents[2]
Weights = dict[str, Any]  # name -> array
Shapes = dict[str, tuple[int, list[Any]]]  # name of an input -> type and shape


def script(name: str) -> Path:
    """Return the script with a model's weights."""
    return ROOT / f"docs/lab/pictures/weights/{name}.js"


def weights(name: str) -> Weights:
    """Return the shipped weights as float32."""
    text = script(name).read_text(encoding="utf-8")
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
        self.w, self.count = w, 0
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def op(self, kind: str, *inputs: str, outputs: int = 1, **attributes: Any) -> Any:
        """Add a node; return the name of its output, or the names."""
        self.count += 1
        names = [f"v{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, name: str, array: Any) -> str:
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

    def convolution(self, x: str, name: str, groups: int = 1) -> str:
        """Return a convolution that keeps the size."""
        weight = self.w[f"{name}.weight"]
        parts = [self.constant(f"{name}.{p}", self.w[f"{name}.{p}"]) for p in ("weight", "bias")]
        pads = [weight.shape[2] // 2] * 4
        return str(self.op("Conv", x, *parts, group=groups, pads=pads))

    def silu(self, x: str) -> str:
        """Return x times its sigmoid."""
        return str(self.op("Mul", x, self.op("Sigmoid", x)))

    def save(self, path: Path, inputs: Shapes, outputs: list[str]) -> None:
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

    def leaky(x: str) -> str:
        return str(g.op("LeakyRelu", x, alpha=0.2))

    size = g.constant("size", np.array([1, -1, 7, 7], "i8"))
    double = g.constant("double", np.array([1, 1, 2, 2], "f4"))
    h = g.op("Reshape", g.linear("x", "generator.l1"), size)
    h = g.op("Add", h, g.convolution(leaky(h), "generator.c1"))
    h = g.op("Resize", leaky(h), "", double, mode="nearest")
    h = leaky(g.op("Add", h, g.convolution(h, "generator.c2")))
    h = g.convolution(leaky(g.convolution(h, "generator.c3")), "generator.c4")
    out = g.op("Tanh", g.op("DepthToSpace", h, blocksize=2, mode="CRD"))
    g.save(path, {"x": (TensorProto.FLOAT, [1, 34])}, [out])


def diffusion(path: Path, width: int = 48, blocks: int = 6) -> None:
    """The denoiser: channels lie beside each other only where the layer norm needs it."""
    g = Graph(weights("diffusion"))
    hint = g.silu(g.op("Add", g.linear("angles", "net.time"), g.linear("c", "net.cond")))
    h = g.convolution(g.op("SpaceToDepth", "x", blocksize=2), "net.enter")
    h = g.op("Add", h, g.constant("place", g.w["net.place"][None]))
    ones, two = g.constant("ones", np.ones(width, "f4")), g.constant("two", np.array([width] * 2))
    one, apart = g.constant("one", np.float32(1)), g.constant("apart", np.array([1, 1, 1, -1]))
    for i in range(blocks):
        name = f"net.blocks.{i}"
        a = g.op("Transpose", g.convolution(h, f"{name}.around", width), perm=[0, 2, 3, 1])
        mean = g.linear(g.op("ReduceMean", a, axes=[1, 2], keepdims=0), f"{name}.mean")
        scale, shift = g.op("Split", g.linear(hint, f"{name}.tone"), two, axis=1, outputs=2)
        scale, shift = g.op("Add", scale, one), g.op("Add", shift, mean)
        a = g.op("LayerNormalization", a, ones, axis=-1, epsilon=1e-5)
        a = g.op("Mul", a, g.op("Reshape", scale, apart))
        a = g.op("Transpose", g.op("Add", a, g.op("Reshape", shift, apart)), perm=[0, 3, 1, 2])
        h = g.op("Add", h, g.convolution(g.silu(g.convolution(a, f"{name}.up")), f"{name}.down"))
    out = g.op("DepthToSpace", g.convolution(h, "net.leave"), blocksize=2, mode="CRD")
    shapes = {"x": [1, 1, 28, 28], "angles": [1, 16], "c": [1, 10]}
    g.save(path, {key: (TensorProto.FLOAT, shape) for key, shape in shapes.items()}, [out])


def transformer(path: Path, heads: int = 4, blocks: int = 3) -> None:
    """One piece: its token and what each block kept, to what is expected of its four pixels.

    The token is one number for each ink of the piece before, ten for the class (first piece) and
    one that is 1 after the first piece. The small network inside a piece stays out of the graph:
    784 calls for so little would cost the other side more than they compute.
    """
    w = weights("transformer")
    g = Graph(w)
    width = w["norm.weight"].shape[0]
    table = np.concatenate([w["piece.weight"].T, w["first.weight"], w["piece.bias"][None]])
    place = g.op("Gather", g.constant("places", w["place.weight"]), "i")
    h = g.op("Add", g.op("MatMul", "x", g.constant("table", table)), place)
    parts = g.constant("parts", np.array([3, heads, 1, width // heads]))
    row = g.constant("row", np.array([1, width]))
    root = g.constant("root", np.float32((heads / width) ** 0.5))
    kept = []

    def norm(x: str, name: str) -> str:
        gain = [g.constant(f"{name}.{p}", w[f"{name}.{p}"]) for p in ("weight", "bias")]
        return str(g.op("LayerNormalization", x, *gain, axis=-1, epsilon=1e-5))

    for b in range(blocks):
        name = f"blocks.{b}"
        qkv = g.linear(norm(h, f"{name}.norm1"), f"{name}.attention.qkv")
        q, k, v = g.op("Split", g.op("Reshape", qkv, parts), axis=0, outputs=3)
        keys, values = g.op("Concat", f"k{b}", k, axis=2), g.op("Concat", f"v{b}", v, axis=2)
        kept += [keys, values]
        score = g.op("MatMul", q, g.op("Transpose", keys, perm=[0, 1, 3, 2]))
        share = g.op("Softmax", g.op("Mul", score, root), axis=-1)
        mixed = g.op("Reshape", g.op("MatMul", share, values), row)  # one token: heads lie in order
        h = g.op("Add", h, g.linear(mixed, f"{name}.attention.out"))
        up = g.silu(g.linear(norm(h, f"{name}.norm2"), f"{name}.up"))
        h = g.op("Add", h, g.linear(up, f"{name}.down"))
    expected = g.linear(norm(h, "norm"), "enter")
    past = {f"{kind}{b}": (TensorProto.FLOAT, [1, heads, "t", width // heads])
            for b in range(blocks) for kind in "kv"}  # fmt: skip
    shapes = {"x": (TensorProto.FLOAT, [1, len(table)]), "i": (TensorProto.INT64, [1])}
    g.save(path, shapes | past, [expected, *kept])


def spelling() -> str:
    """The small network inside a piece, for the other side's script."""
    w = weights("transformer")
    names = ("seen.weight", "leave.weight", "leave.bias")
    return json.dumps({name: [float(f"{v:.6g}") for v in w[name].ravel()] for name in names})
