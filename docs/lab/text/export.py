"""Weights as classic scripts, which a page loads from anywhere, even from a disk.

Each script puts one plain object under a name of its own:

    window.fieldguideText = window.fieldguideText || {};
    window.fieldguideText["transformer"] = {...};

tokenizer.js     {"format": 1, "merges": [a, b, a, b, ...]}
    Token i < 256 is the byte i. Token 256 + j joins the tokens merges[2j] and merges[2j + 1].
    Before joining, text is cut into pieces by tokenizer.PIECE; token 10 is the line break.
transformer.js, masked.js, gru.js
    {"format": 1, "model": NAME, "config": {...}, "tensors": [...]}
    A matrix: {"name", "shape": [rows, columns], "scales": [one for each row], "rows": TEXT}.
        TEXT has one character for each weight, row after row: 91 signs of ASCII, from "#" to "~"
        without the backslash, stand for -45 to 45. With c the code of the sign:
            weight = scales[row] / 1e6 * (c - 80 - (c > 92))
    A vector: {"name", "shape": [n], "values": [...]}, plain numbers.
    transformer.config: width, blocks, heads, longest, tokens, eps. The network, without biases:
        h = embedding[ids]
        for each block:  n = rms(h) * norm1;  q, k, v = thirds of qkv @ n, each `heads` heads
                         q, k turned: pair (i, i + d/2) of head size d by position / 10000^(2i/d)
                         h += out @ (softmax(q k' / sqrt(d), earlier and own positions) v)
                         h += down @ relu(up @ (rms(h) * norm2))^2
        scores = embedding @ (rms(h) * norm);  rms(h) = h / sqrt(mean(h^2) + eps)
        The prompt of a word is "\\n" + word + ":", at positions from 0; the line ends with "\\n".
    masked.config: the same and blank, the id of the 2,049th token, which is shown for a place
        not yet written. No causal mask. A canvas is "\\n", d tokens, "\\n"; both line breaks stay.
        lengths[d] is how often d tokens occur in training, of the whole line; and
        rest[d] the same of what follows "word:". Scores only for the first 2,048.
    gru.config: width, layers, tokens, eps. Matrices cells.L.read (with bias) and cells.L.keep:
        h = embedding[id];  for each layer L:  z, r, n = thirds of read @ h + bias
            zs, rs, ns = thirds of keep @ state[L];  z = sigmoid(z + zs)
            n = tanh(n + sigmoid(r + rs) * ns);  state[L] = z * state[L] + (1 - z) * n
            h += state[L]
        scores = embedding @ (rms(h) * norm). States begin at zero; the first token is "\\n".
rounds.js        {"format": 1, "rule": TEXT, "rounds": [{"word", "real", "made"}, ...]}
    Two definitions of a word that is not in training: WordNet's and the transformer's.
stands.js        {"format": 1, "of": N, "lines": ["word: definition", ...], "hashes": BASE64}
    For "what it stands on": the training definitions of the senses that occur in Princeton's
    tagged texts, and for each of all N training definitions its 32-bit FNV-1a hash (of its
    bytes), sorted, little-endian: a text whose hash is among them stands verbatim in training.
    How alike two texts are: the sets of their words (runs of a-z and 0-9, in lower case) and of
    pairs of neighboring words; 2 * shared / (size of the one + size of the other).
"""

import json
from pathlib import Path

import numpy as np
import torch
from corpus import write

SIGNS = "".join(chr(c) for c in range(35, 127) if c != 92)  # "#" to "~" without the backslash
MOST = len(SIGNS) // 2  # 45


# --8<-- [start:pack]
def pack(name, model):
    """A model's weights: matrices as whole numbers with one scale for each row."""
    tensors = []
    for key, value in model.state_dict().items():
        array = value.float().numpy()
        entry = {"name": key, "shape": list(array.shape)}
        if array.ndim == 2:
            scales, whole = quantize(array)
            entry["scales"] = scales.tolist()
            entry["rows"] = "".join(SIGNS[i] for i in (whole + MOST).ravel())
        else:
            entry["values"] = [float(f"{number:.5g}") for number in array]
        tensors.append(entry)
    return {"format": 1, "model": name, "config": model.config, "tensors": tensors}


def quantize(array, most=MOST):
    """Scales in millionths, (rows,), and whole numbers from -most to most, (rows, columns)."""
    scales = np.ceil(np.abs(array).max(1) / most * 1e6).clip(1).astype(int)
    whole = np.rint(array / (scales[:, None] / 1e6)).astype(int)
    return scales, whole


def unpack(packed):
    """The weights as the reader's browser sees them: name -> tensor."""
    weights = {}
    for entry in packed["tensors"]:
        if "rows" in entry:
            codes = np.frombuffer(entry["rows"].encode(), np.uint8).astype("f4")
            whole = (codes - 80 - (codes > 92)).reshape(entry["shape"])
            array = whole * (np.array(entry["scales"], "f4")[:, None] / 1e6)
        else:
            array = np.array(entry["values"], "f4")
        weights[entry["name"]] = torch.tensor(array, dtype=torch.float32)
    return weights
# --8<-- [end:pack]


def script(path, content):
    """Write an object as a script that puts it under the file's name."""
    head = "window.fieldguideText = window.fieldguideText || {};\n"
    body = json.dumps(content, separators=(",", ":"), ensure_ascii=True)
    write(path, f'{head}window.fieldguideText["{path.stem}"] = {body};\n')


def read(path):
    """The object in a script."""
    text = Path(path).read_text(encoding="utf-8")
    return json.loads(text.split("] = ", 1)[1].rstrip().rstrip(";"))
