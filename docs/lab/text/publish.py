"""What the site shows of the language models: weights, rounds, an index, results.json."""

import base64
import gzip
import json
import math
import random
from pathlib import Path

import corpus
import export
import numpy as np
import score
import torch

ROUNDS = 60
SKIP = 10  # unseen words that are shown on the measured page, and not played
NETWORKS = ("gru", "transformer", "masked")
PARTS = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}  # of WordNet's sense keys
LEVELS = {"91": 45, "63": 31, "31": 15, "15": 7}  # numbers that a weight can be: from -n to n


def publish(measured, seeded, data, make, samples):
    """Write everything; models that were not run now keep what was measured before."""
    path = corpus.HERE / "results.json"
    old = json.loads(path.read_text()) if path.is_file() else {"models": {}}
    folder = corpus.HERE / "weights"
    merges = [i for pair in data.tokenizer.merges for i in pair]
    export.script(folder / "tokenizer.js", {"format": 1, "merges": merges})
    nearest = score.Nearest(data.texts["train"])
    rows = dict(old["models"])
    for name, found in measured.items():
        model = make(name, data)
        rows[name] = summary(found) | size(name, model, folder)
        rows[name]["samples"] = samples(model, data, nearest)
    for name in rows.keys() & (old["models"].keys() | seeded.keys()):
        if found := seeded.get(name) or old["models"].get(name, {}).get("seeds"):
            rows[name]["seeds"] = found
    if "transformer" in measured:
        model = make("transformer", data)
        export.script(folder / "rounds.js", rounds(model, data))
        old["rounding"] = rounding(model, make("transformer", data, "exact"), data)
    export.script(folder / "stands.js", stands(data, nearest))
    stale, text = corpus.stale(), corpus.HERE
    results = {
        "models": {name: rows[name] for name in ("ngram", *NETWORKS) if name in rows},
        "rounding": old.get("rounding", {}),
        "corpus": about(data),
        "data": data.hash,
        "code": stale.code_hashes(text, rows),
        "parts": stale.part_hashes(text, rows),
        "weights": stale.weight_hashes(text),
        "machine": f"one thread, PyTorch {torch.__version__.split('+')[0]}, bfloat16 in training; "
                   "seconds of processor time",
    }
    corpus.write(path, json.dumps(results, indent=1) + "\n")


def summary(found):
    """What was measured of one model, in as many digits as mean something."""
    row = {key: round(value, 4) for key, value in found.items() if isinstance(value, float)}
    row["seconds"] = round(found["seconds"])
    if "places" in found:
        row["places"] = found["places"]
    return row


def size(name, model, folder):
    """Weights, or counts, of a model, and the bytes of its file as it is and compressed."""
    if name == "ngram":
        return {"params": sum(map(len, model.follow.values()))}
    script = (corpus.OUT / f"{name}.js").read_text(encoding="utf-8")  # as it was measured
    corpus.write(folder / f"{name}.js", script)
    raw = script.encode()
    params = sum(weight.numel() for weight in model.parameters())
    return {"params": params, "bytes": len(raw), "gzip": len(gzip.compress(raw, 9))}


def fresh(data):
    """The words that have no definition in training, one for each definition, in random order."""
    words = list({text: word for word, text in data.unseen.items()}.values())
    random.Random(0).shuffle(words)
    return words


def simple(data):
    """Those of one piece, of letters only."""
    return [word for word in fresh(data) if word.isalpha()]


# --8<-- [start:rounds]
def rounds(model, data):
    """Real and made definitions of unseen words, unselected but for the rule that is stated."""
    found = []
    for word in simple(data)[SKIP:]:
        (made,) = score.made(model, data.tokenizer, [word], 1000 + len(found))
        if made != data.unseen[word] and not corpus.COARSE.search(made):
            found.append({"word": word, "real": data.unseen[word], "made": made})
        if len(found) == ROUNDS:
            break
    rule = (
        "words of one piece whose every definition was held out, one for each definition, in "
        "random order; left out: a made definition equal to the real one, or coarse"
    )
    return {"format": 1, "rule": rule, "rounds": found}
# --8<-- [end:rounds]


def rounding(rounded, exact, data):
    """Bits per character by how many numbers a weight can be, and bytes of the compressed file."""
    lines, texts = data.ids["test"], data.texts["test"]
    found = {"float32": [round(score.bits(exact, lines, texts)["bits"], 4), None]}
    whole = {name: weight.clone() for name, weight in exact.state_dict().items()}
    for label, most in LEVELS.items():
        weights = {}
        for name, weight in whole.items():
            if weight.ndim == 2:
                scales, numbers = export.quantize(weight.numpy(), most)
                weight = torch.tensor(numbers * scales[:, None] / 1e6, dtype=torch.float32)
            weights[name] = weight
        rounded.load_state_dict(weights)
        signs = b"".join((export.quantize(w.numpy(), most)[1] + 80).astype("u1").tobytes()
                         for w in whole.values() if w.ndim == 2)  # fmt: skip
        value = round(score.bits(rounded, lines, texts)["bits"], 4)
        found[label] = [value, len(gzip.compress(signs, 9))]
    return found


# --8<-- [start:stands]
def stands(data, nearest):
    """An index of what was trained on: the definitions in use, and a hash of every one."""
    used = in_use(Path(data.place))
    lines = [f"{words[0]}: {text}" for text, words in nearest.words.items() if text in used]
    hashes = np.array(sorted(fnv(text) for text in nearest.words), "<u4")
    return {"format": 1, "of": len(hashes), "lines": lines,
            "hashes": base64.b64encode(hashes.tobytes()).decode()}  # fmt: skip


def fnv(text):
    """The 32-bit FNV-1a hash of a text."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def in_use(place):
    """The definitions of senses that occur in the texts that Princeton tagged by hand."""
    met = set()
    for line in (place / "index.sense").read_text(encoding="utf-8").splitlines():
        key, offset, _, times = line.split()
        if int(times):
            met.add((PARTS[key.partition("%")[2][0]], offset))
    return {corpus.gloss_of(line) for part in set(PARTS.values())
            for line in (place / f"data.{part}").read_text(encoding="utf-8").splitlines()
            if (part, line.split(" ", 1)[0]) in met}  # fmt: skip
# --8<-- [end:stands]


def about(data):
    """How much text there is."""
    found = {part: {"lines": len(lines), "definitions": len({x.partition(": ")[2] for x in lines}),
                    "characters": sum(len(line) + 1 for line in lines)}
             for part, lines in data.texts.items()}  # fmt: skip
    tokens = sum(len(ids) - 1 for ids in data.ids["train"])
    found["train"]["tokens"] = tokens
    found["unseen_words"] = len(data.unseen)
    found["uniform"] = round(math.log2(2048) * tokens / found["train"]["characters"], 2)
    return found
