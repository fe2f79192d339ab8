"""The workbench of the lab: the digits, one training loop, a contact sheet and the export.

Each family has a file of its own beside this one. It defines a model with two methods, and
the workbench knows nothing else about it:

    loss(x, y)      how wrong the model is on the digits x of the classes y: one number
    sample(n, y)    n new digits of the classes y

A digit is 64 whole numbers from 0 (paper) to 16 (ink), row by row: x is (n, 64), y is (n,).
They come with scikit-learn, were written by 43 people, and need no download.
"""

import argparse
import base64
import contextlib
import importlib.util
import json
import sys
import time
from pathlib import Path

try:
    import numpy as np
    import torch
    from PIL import Image
    from sklearn.datasets import load_digits
    from torch.nn.functional import one_hot
    from tqdm import tqdm
except ImportError as error:
    if __name__ != "__main__" and "pytest" in sys.modules:
        raise
    sys.exit(f"the lab needs the extra packages ({error.name} is missing): pip install '.[lab]'")

HERE = Path(__file__).parent
LEVELS = 17  # a pixel is one of 0, 1, ..., 16
FAMILIES = {  # file name -> class of the model
    "transformer": "Transformer", "autoregressive": "Autoregressive", "rnn": "RNN",
    "vae": "VAE", "gan": "GAN", "diffusion": "Diffusion", "flow": "Flow", "hybrid": "Hybrid",
    "multimodal": "Multimodal", "emerging": "FlowMatching",
}  # fmt: skip


# --8<-- [start:data]
def digits(part):
    """The digits of one part: 1077 to train on, 270 to choose settings on, 450 for the test.

    The order is shuffled once and for all. Settings were chosen by training on "train" and
    scoring on "validation"; the final models train on "fit", both together (1347 digits).
    """
    data = load_digits()
    order = np.random.RandomState(0).permutation(len(data.data))
    parts = {"train": order[:1077], "validation": order[1077:1347], "test": order[1347:]}
    chosen = order[:1347] if part == "fit" else parts[part]
    x, y = torch.tensor(data.data), torch.tensor(data.target)
    return x[chosen].long(), y[chosen].long()  # (n, 64), (n,)


def scale(x):
    """Ink 0..16 as numbers from -1 to 1."""
    return x.float() / 8 - 1


def ink(v):
    """Numbers around -1..1 back to whole ink 0..16."""
    return ((v + 1) * 8).round().clamp(0, 16).long()


def classes(y):
    """The class as ten numbers, nine of them 0. All ten 0 means: no class given."""
    return one_hot(y, 10).float()  # (n, 10)
# --8<-- [end:data]


# --8<-- [start:fit]
def fit(model, x, y, steps, rate=3e-3, batch=128, decay=0.01):
    """Train: draw a few digits, measure the loss, move every weight a little downhill."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    for _ in progress(steps, model):
        pick = torch.randint(len(x), (batch,))
        loss = model.loss(x[pick], y[pick])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    return model.eval()
# --8<-- [end:fit]


def progress(steps, model):
    """Count to `steps` behind a progress bar."""
    return tqdm(range(steps), desc=type(model).__name__, ncols=80, mininterval=0.5)


def sheet(x, path, columns=10):
    """A contact sheet as PNG: the digits x in rows of ten, enlarged and smoothed."""
    x = torch.nn.functional.pad(x.view(-1, 8, 8), (1, 1, 1, 1))  # a margin around each digit
    grid = x[: len(x) // columns * columns].view(-1, columns, 10, 10)
    grid = grid.permute(0, 2, 1, 3).reshape(-1, columns * 10)  # rows of digits -> one picture
    page = 255 - np.uint8(grid.clamp(0, 16) * 255 // 16)
    big = Image.fromarray(page).resize((page.shape[1] * 5, page.shape[0] * 5), Image.BICUBIC)
    path.parent.mkdir(parents=True, exist_ok=True)
    big.save(path)


# --8<-- [start:export]
def pack(model):
    """The weights in a quarter of the bytes: whole numbers -127..127 and one scale per row.

    A matrix is stored as "int8": a float16 scale for each row, then the rows; the weight is
    scale * number. A vector is stored as "float16". Both are little-endian, one tensor after
    another, each at an even byte `offset`. The type is written down for every tensor.
    """
    tensors, data = [], b""
    for name, value in model.state_dict().items():
        array = value.detach().float().numpy()
        data += b"\0" * (len(data) % 2)
        entry = {"name": name, "shape": list(array.shape), "type": "float16", "offset": len(data)}
        if array.ndim > 1:
            entry["type"] = "int8"
            rows = array.reshape(len(array), -1)  # (rows, everything else)
            scales = np.maximum(np.abs(rows).max(1) / 127, 1e-6).astype("<f2")
            whole = np.rint(rows / scales.astype("f4")[:, None]).clip(-127, 127)
            data += scales.tobytes() + whole.astype("i1").tobytes()
        else:
            data += array.astype("<f2").tobytes()
        tensors.append(entry)
    config = {"class": type(model).__name__} | getattr(model, "config", {})
    return {"format": 1, "config": config, "tensors": tensors,
            "data": base64.b64encode(data).decode()}  # fmt: skip


def unpack(packed):
    """The weights as the reader's browser sees them: name -> tensor."""
    data, weights = base64.b64decode(packed["data"]), {}
    for entry in packed["tensors"]:
        shape, at = entry["shape"], entry["offset"]
        size = int(np.prod(shape))
        if entry["type"] == "int8":
            scales = np.frombuffer(data, "<f2", shape[0], at).astype("f4")
            whole = np.frombuffer(data, "i1", size, at + 2 * shape[0]).astype("f4")
            array = whole.reshape(shape[0], -1) * scales[:, None]
        else:
            array = np.frombuffer(data, "<f2", size, at).astype("f4")
        weights[entry["name"]] = torch.tensor(array.reshape(shape))
    return weights
# --8<-- [end:export]


def write(path, text):
    """Write a file whole or not at all: first beside it, then under its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)


def export(model, name, folder):
    """Write <folder>/<name>.js, a script that a page loads from anywhere, even from a disk."""
    head = "window.fieldguideWeights = window.fieldguideWeights || {};\n"
    body = json.dumps(pack(model), separators=(",", ":"))
    write(folder / f"{name}.js", f'{head}window.fieldguideWeights["{name}"] = {body};\n')


def load(model, name, folder=HERE / "weights"):
    """Put the exported weights of `name` into a model."""
    script = (folder / f"{name}.js").read_text(encoding="utf-8")
    packed = json.loads(script.split("] = ", 1)[1].rstrip().rstrip(";"))
    model.load_state_dict(unpack(packed))
    return model.eval()


def make(train, seed=0, steps=None, root=HERE, part="fit", sheets=True):
    """Train with one seed; write weights and contact sheet; give models and seconds."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    with contextlib.suppress(FileExistsError):
        (root / "weights").mkdir(parents=True)
    (root / "weights" / ".try").touch()  # a folder that cannot be written fails now, not later
    (root / "weights" / ".try").unlink()
    start = time.process_time()
    models = train(*digits(part), **({"steps": steps} if steps else {}))
    seconds = time.process_time() - start
    for name, model in models.items():
        export(model, name, root / "weights")
        load(model, name, root / "weights")  # from here on, the weights as they are shipped
        if sheets:
            sheet(model.sample(100, torch.arange(100) % 10), root / "out" / f"{name}.png")
    return models, seconds


@contextlib.contextmanager
def plain_errors():
    """One clear line instead of a traceback for what can go wrong outside of the code."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit("\ninterrupted: nothing was written for this model, finished ones are kept")
    except OSError as error:
        sys.exit(f"cannot write to {error.filename}: {error.strerror}")


def main(train):
    """The command line of a family file: train it and export it."""
    parser = argparse.ArgumentParser(description="Train one family and export its weights.")
    parser.add_argument("--seed", type=int, default=0, help="number that fixes all chance")
    parser.add_argument("--steps", type=int, help="fewer steps, for a quick look")
    parser.add_argument("--root", type=Path, default=HERE, help="folder for weights/ and out/")
    options = parser.parse_args()
    with plain_errors():
        models, seconds = make(train, options.seed, options.steps, options.root)
        for name in models:
            print(f"{options.root / 'weights' / name}.js, sheet in out/{name}.png")
        print(f"{seconds:.0f} s; new weights make results.json stale: python docs/lab/all.py")


def tidy():
    """docs/ is published, so no compiled files may stay in it."""
    sys.dont_write_bytecode = True
    compiled = Path(importlib.util.cache_from_source(__file__))
    with contextlib.suppress(OSError):
        compiled.unlink(missing_ok=True)
        compiled.parent.rmdir()


tidy()
