"""The notebook of the language lab: what it reads, and what of the lab's files stands in it."""

from __future__ import annotations

import re
from pathlib import Path

from fieldguide.addresses import course_files
from fieldguide.editions import lab_code
from fieldguide.editions.experiments import TEXT as EXPERIMENT

__all__ = ["ABOUT", "EXPERIMENT", "NAME", "PAGE", "cells"]

NAME = course_files.LANGUAGE
PAGE = "models/transformers.md"
ABOUT = """\
A decoder-only transformer, of the same make as the one that writes definitions in your browser, but
smaller. It learns from text that is there already: what the functions and classes of Python, NumPy,
scikit-learn and PyTorch say of themselves.
A line is a name and the first sentence behind it, as in `mean: Return the sample arithmetic mean of
data.` Given a name that nobody has used, it writes what such a function might say of itself."""
READ = """\
import ast
import random
import sysconfig
import warnings
from importlib.util import find_spec
from pathlib import Path

warnings.simplefilter("ignore", SyntaxWarning)  # of the files that are read


def sentences(folder):
    \"\"\"Name and first sentence of each documented class and function below a folder.\"\"\"
    for file in sorted(folder.rglob("*.py")):
        if {"test", "tests", "site-packages"} & set(file.relative_to(folder).parts):
            continue
        try:
            tree = ast.parse(file.read_text(encoding="utf-8"))
        except (OSError, SyntaxError, ValueError):
            continue  # a template, or an old encoding
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node):
                name = node.name.strip("_").replace("_", " ").lower()
                paragraph = ast.get_docstring(node).partition("\\n\\n")[0]
                first = " ".join(paragraph.partition(". ")[0].split())
                if name and first.isascii() and 10 < len(first) <= 90:
                    yield f"{name}: {first}"


folders = [Path(find_spec(name).origin).parent for name in ("numpy", "sklearn", "torch")]
folders.append(Path(sysconfig.get_paths()["stdlib"]))
lines = sorted({line for folder in folders for line in sentences(folder)})
random.Random(0).shuffle(lines)
held = len(lines) // 20
test, train = lines[:held], lines[held:]
print(len(train), "lines to train on,", len(test), "held out; for example:")
print(*train[:5], sep="\\n")
"""
TOKENS = """\
tokenizer = Tokenizer(learn("\\n".join(train), TOKENS))
ids = {part: [tokenizer.encode(f"\\n{line}\\n")[:LONGEST] for line in found]
       for part, found in (("train", train), ("test", test))}
print(tokenizer.encode("sort list"), [tokenizer.decode([i]) for i in tokenizer.encode("sort list")])
"""
TRAIN = """\
steps = 1500  # of {batch} tokens each; more give a better model later
torch.manual_seed(0)
model = Transformer()
parts, feed = optimizers(model), batches(ids["train"], seed=0)
for step in (bar := tqdm(range(steps))):
    loss = model.loss(next(feed)).mean()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    for optimizer, full in parts:
        for group in optimizer.param_groups:
            group["lr"] = full * rate(step, steps)
        optimizer.step()
        optimizer.zero_grad()
    bar.set_postfix(nats=f"{{loss.item():.2f}}")
model.eval()
with torch.no_grad():
    cost = sum(model.loss(torch.tensor([line])).sum() for line in ids["test"] if len(line) > 1)
letters = sum(len(line) + 1 for line in test)
print(f"bits per character of held-out lines: {{float(cost) / letters / math.log(2):.2f}}")
"""
DEFINE = """\
def define(names, temperature=TEMPERATURE, top_p=TOP_P):
    \"\"\"What the model says that functions of these names do.\"\"\"
    prompts = [tokenizer.encode(f"\\n{name}:") for name in names]
    made = write(model, prompts, temperature, top_p)
    return [f"{name}:{tokenizer.decode(ids)}" for name, ids in zip(names, made)]


print(*define(["sort", "open file", "matrix", "close window", "guess", "teacher"]), sep="\\n")
"""
# Smaller than in the lab, so that it trains in minutes.
SMALLER = {"TOKENS": 768, "WIDTH": 96, "BLOCKS": 2, "HEADS": 4, "LONGEST": 48}
BATCH = 1024  # tokens in a step


def cells(lab: Path) -> list[tuple[str, str]]:
    """Return the cells between installing and the experiment: `text` or `code`, and content."""
    tokenizer = lab_code.cells(
        lab / "tokenizer.py", ("SIZE", "PIECE", "learn", "join", "Tokenizer")
    )
    decoder = lab_code.cells(lab / "decoder.py", ("TOKENS", "rotate", "Block", "Transformer"))
    sizes = "\n".join(f"{name} = {value}" for name, value in SMALLER.items())
    fit = lab_code.cells(
        lab / "fit.py",
        ("CYCLE", "RATE", "MATRIX_RATE", "WARM", "batches", "optimizers", "rate"),
    )
    fit = [re.sub(r"\bTOKENS\b", "BATCH", part) for part in fit]
    sampling = lab_code.cells(
        lab / "sampling.py", ("BREAK", "TEMPERATURE", "TOP_P", "narrow", "write", "following")
    )
    imports = (
        "import math\nimport re\nfrom collections import Counter, defaultdict\n"
        "from itertools import pairwise\n\nimport torch\nfrom torch import nn\n"
        "from torch.nn.functional import cross_entropy\nfrom tqdm.auto import tqdm"
    )
    return [
        ("text", "## The text"),
        ("code", READ),
        ("text", f"## The tokenizer\n\n{lab_code.about(lab / 'tokenizer.py')}"),
        ("code", f"{imports}\n\n{sizes}\nBATCH = {BATCH}  # tokens in a step"),
        *(("code", part) for part in tokenizer),
        ("code", TOKENS),
        ("text", f"## The model\n\n{lab_code.about(lab / 'decoder.py')}"),
        *(("code", part) for part in decoder if not part.startswith("TOKENS =")),
        ("text", "## Training\n\nA few minutes on a laptop, without a graphics card."),
        *(("code", part) for part in fit),
        ("code", TRAIN.format(batch="BATCH")),
        ("text", f"## Writing\n\n{lab_code.about(lab / 'sampling.py')}"),
        *(("code", part) for part in sampling),
        ("code", DEFINE),
    ]
