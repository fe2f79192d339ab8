"""One training loop for all networks of the language lab: resumable, the same for every model.

A network has one method for it: loss(ids), the surprise in nats of lines of equal length.
"""

import math
import time

import torch
from tqdm import tqdm

CYCLE = 4000  # steps in which the learning rate falls once; then it starts anew, at half
TOKENS = 2048  # tokens in a step
RATE = 3e-3  # learning rate of embeddings and vectors
MATRIX_RATE = 0.02  # and of matrices
WARM = 100  # steps until the rate is full
SAVE = 100  # steps between two savings


# --8<-- [start:batches]
def batches(lines, seed):
    """Lines of equal length together, in random order, again and again: no padding is needed."""
    groups = {}
    for line in lines:
        groups.setdefault(len(line), []).append(line)
    groups = {length: torch.tensor(group) for length, group in sorted(groups.items())}
    epoch = 0
    while True:
        chance = torch.Generator().manual_seed(1000 * seed + epoch)
        found = []
        for length, group in groups.items():
            group = group[torch.randperm(len(group), generator=chance)]
            found += group.split(TOKENS // (length - 1))
        for i in torch.randperm(len(found), generator=chance):
            yield found[i]
        epoch += 1
# --8<-- [end:batches]


# --8<-- [start:optimizers]
def optimizers(model):
    """Muon for the matrices between layers, AdamW for embeddings and vectors."""
    inner = [w for n, w in model.named_parameters() if w.ndim == 2 and "embedding" not in n]
    rest = [w for n, w in model.named_parameters() if w.ndim != 2 or "embedding" in n]
    muon = torch.optim.Muon(inner, lr=MATRIX_RATE, weight_decay=0.0)
    adam = torch.optim.AdamW(rest, lr=RATE, betas=(0.9, 0.95), weight_decay=0.0)
    return [(muon, MATRIX_RATE), (adam, RATE)]


def rate(step, steps):
    """Share of the full rate: up in the first steps, then down to nothing along a cosine.

    A long training does so more than once, the second time from a half, then from a third.
    """
    cycle, at = divmod(step, CYCLE)
    length = min(CYCLE, steps - cycle * CYCLE)
    down = (1 + math.cos(math.pi * at / length)) / 2
    return min(1, (at + 1) / WARM) * down / (1 + cycle)
# --8<-- [end:optimizers]


# --8<-- [start:fit]
def fit(model, lines, seed, path, steps=CYCLE):
    """Train a model, or go on where `path` was saved last; gives seconds of processor time.

    All chance depends on the seed and the step alone, so a training that was interrupted ends
    with the same weights as one that was not.
    """
    torch.set_num_threads(1)
    parts = optimizers(model)
    done, seconds = resume(path, model, parts, steps)
    feed = batches(lines, seed)
    for _ in range(done):
        next(feed)
    bar = tqdm(range(done, steps), path.stem, steps, initial=done, ncols=90, mininterval=1)
    start = time.process_time()
    for step in bar:
        torch.manual_seed(1_000_003 * seed + step)
        with torch.autocast("cpu", torch.bfloat16):  # twice as fast, and exact enough to learn
            loss = model.loss(next(feed)).sum() / TOKENS
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer, full in parts:
            for group in optimizer.param_groups:
                group["lr"] = full * rate(step, steps)
            optimizer.step()
            optimizer.zero_grad()
        if step % 20 == 0:
            bar.set_postfix(nats=f"{loss.item():.3f}")
        if (step + 1) % SAVE == 0 or step + 1 == steps:
            spent = seconds + time.process_time() - start
            save(path, model, parts, steps, step + 1, spent)
    return model.eval(), torch.load(path)["seconds"]
# --8<-- [end:fit]


def resume(path, model, parts, steps):
    """Load what was saved, if it belongs to a training of as many steps."""
    if not path.is_file():
        return 0, 0.0
    saved = torch.load(path)
    if saved["steps"] != steps:
        return 0, 0.0
    model.load_state_dict(saved["model"])
    for (optimizer, _), state in zip(parts, saved["optimizers"], strict=True):
        optimizer.load_state_dict(state)
    return saved["done"], saved["seconds"]


def save(path, model, parts, steps, done, seconds):
    """Write everything that is needed to go on, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    states = [optimizer.state_dict() for optimizer, _ in parts]
    draft = path.with_suffix(".part")
    torch.save({"model": model.state_dict(), "optimizers": states, "steps": steps, "done": done,
                "seconds": seconds}, draft)  # fmt: skip
    draft.replace(path)
