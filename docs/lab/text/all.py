"""Train the four language models, measure them, and write what the site shows.

    python docs/lab/text/all.py                   everything, about three hours on one core
    python docs/lab/text/all.py transformer       one model only
    python docs/lab/text/all.py --quick           n-gram and transformer in about three minutes;
                                                  prints what they write, changes nothing

A training that was interrupted goes on where it was. The GRU and the transformer are trained with
three seeds, the others with one; the first seed gives the weights that the pages load.
Work in progress lies in docs/lab/out/text. Needs the extra packages (pip install '.[lab]') and
WordNet (see corpus.py).
"""

import argparse
import difflib
import importlib
import json
import sys
import time
from collections import Counter
from functools import partial

import corpus
import export
import fit
import publish
import score
import torch

MODELS = {  # name -> file and class
    "ngram": ("ngram", "NGram"), "gru": ("gru", "GRU"),
    "transformer": ("decoder", "Transformer"), "masked": ("masked", "Masked"),
}  # fmt: skip
STEPS = {"ngram": 0, "gru": 4000, "transformer": 6300, "masked": 4000}
SEEDED = ("gru", "transformer")  # trained with three seeds
SEEDS = (1, 2, 3)
QUICK = 300  # training steps of --quick
FIRST = 300  # test lines that the repository's own tests measure again
OUT = corpus.OUT


def make(name, seed=1):
    """A model of that name as training begins."""
    torch.manual_seed(seed)
    file, kind = MODELS[name]
    return getattr(importlib.import_module(file), kind)()


def trained(name, seed, data, steps, out=OUT):
    """A trained model and its seconds; the n-gram model only counts."""
    if name == "ngram":
        start = time.process_time()
        model = importlib.import_module("ngram").NGram(data.ids["train"])
        return model, time.process_time() - start
    model, seconds = fit.fit(
        make(name, seed), data.ids["train"], seed, out / f"{name}-{seed}.pt", steps
    )
    if name == "masked":
        model.config |= lengths(data.ids["train"])
    return model, seconds


def lengths(lines):
    """How often a line, and what follows its colon, has how many tokens."""
    whole = Counter(len(ids) - 2 for ids in lines)
    rest = Counter(score.rest_of(ids) for ids in lines)
    return {"lengths": [whole[n] for n in range(max(whole) + 1)],
            "rest": [rest[n] for n in range(max(rest) + 1)]}  # fmt: skip


def predicted(name, model, data):
    """How surprised a model is by the test part, with its weights as they are shipped."""
    lines, texts = data.ids["test"], data.texts["test"]
    if name == "masked":
        return score.bound(model, lines, texts, data.ids["train"])
    first = score.bits(model, lines[:FIRST], texts[:FIRST])["bits"]
    return score.bits(model, lines, texts) | {"first": first}


def written(model, data):
    """What a model writes for words that it has never met, and for some that it has."""
    words = publish.fresh(data)
    real = [data.unseen[word] for word in words]
    made = score.made(model, data.tokenizer, words, 1)
    plain = score.made(model, data.tokenizer, words, 1, 1.0, 1.0)
    known = {line.partition(": ")[2] for line in data.texts["train"]}
    met = sorted({line.partition(": ")[0] for line in data.texts["train"][::97]})[:1000]
    again = score.made(model, data.tokenizer, met, 1)
    return {
        "verbatim": sum(text in known for text in made) / len(made),
        "verbatim_met": sum(text in known for text in again) / len(again),
        "told_apart": score.blind(real, made),
        "told_apart_plain": score.blind(real, plain),
    }


def samples(model, data, nearest):
    """Ten samples, unselected: the first ten unseen words of one piece, with seeds 1 to 10."""
    found = []
    for seed, word in enumerate(publish.simple(data)[: publish.SKIP], 1):
        (text,) = score.made(model, data.tokenizer, [word], seed)
        known = text in nearest.words
        found.append({"seed": seed, "word": word, "text": text, "known": known} | nearest(text))
    return found


def run(name, data, steps):
    """Train one model, round its weights as they are shipped, and measure it."""
    model, seconds = trained(name, 1, data, steps)
    done = {"seconds": seconds}
    if name != "ngram":
        packed = export.pack(name, model)
        export.script(OUT / f"{name}.js", packed)
        model.load_state_dict(export.unpack(packed))
    print(f"measuring {name} ...", flush=True)
    return done | predicted(name, model, data) | written(model, data)


def spread(name, data, steps):
    """Bits per character of three trainings that differ in their seed, with rounded weights."""
    found = {}
    for seed in SEEDS:
        model = finished({name: steps}, name, data, seed=seed)
        row = score.bits(model, data.ids["test"], data.texts["test"])
        found[str(seed)] = round(row["bits"], 4)
    return {"steps": steps, "bits": found}


def kept(path, key, make):
    """What `make` gives, from the file if it was made there before under the same key."""
    if path.is_file() and (done := json.loads(path.read_text()))["key"] == key:
        return done["found"]
    found = make()
    corpus.write(path, json.dumps({"key": key, "found": found}))
    return found


def quick(data):
    """Two models, briefly trained, and what they write."""
    for name in ("ngram", "transformer"):
        model, seconds = trained(name, 1, data, QUICK, OUT.with_name("text-quick"))
        row = score.bits(model, data.ids["validation"][:500], data.texts["validation"][:500])
        print(f"\n{name}: {row['bits']:.2f} bits per character after {seconds:.0f} s")
        words = ["penguin", "sadness", *publish.simple(data)[:4]]
        for word, text in zip(words, score.made(model, data.tokenizer, words, 1), strict=True):
            print(f"  {word}: {text}")


def main():
    """Do what was asked for on the command line."""
    parser = argparse.ArgumentParser(description="Train, measure and export the language models.")
    parser.add_argument("models", nargs="*", help=f"some of: {', '.join(MODELS)}")
    parser.add_argument("--wordnet", metavar="FOLDER", help="where WordNet's files lie")
    parser.add_argument("--steps", type=int, help="training steps, for a look")
    parser.add_argument("--one", action="store_true", help="one seed of each model")
    parser.add_argument("--quick", action="store_true", help="three minutes, changes nothing")
    options = parser.parse_args()
    unknown = [name for name in options.models if name not in MODELS]
    if unknown:
        near = difflib.get_close_matches(unknown[0], MODELS, 1)
        hint = f"did you mean '{near[0]}'? " if near else ""
        sys.exit(f"unknown model '{unknown[0]}'; {hint}allowed: {', '.join(MODELS)}")
    if options.steps is not None and options.steps < 1:
        sys.exit(f"--steps {options.steps}: at least one step is needed")
    torch.set_num_threads(1)
    try:
        data = corpus.Data(options.wordnet)
        if options.quick:
            quick(data)
        else:
            everything(options.models or list(MODELS), options.steps, not options.one, data)
    except KeyboardInterrupt:
        sys.exit("\ninterrupted: run the same again to go on; nothing of the site was changed")
    except OSError as error:
        sys.exit(f"cannot write to {error.filename}: {error.strerror}")


def everything(names, steps, seeds, data):
    """Train and measure, then publish; what was measured with the same code is kept."""
    steps = {name: steps or STEPS[name] for name in names}
    rows, seeded = {}, {}
    for name in names:
        key = corpus.stale().code_hash(corpus.HERE, name) + data.hash + str(steps[name])
        rows[name] = kept(OUT / f"{name}.json", key, partial(run, name, data, steps[name]))
        if name in SEEDED and seeds:
            path = OUT / f"{name}-seeds.json"
            seeded[name] = kept(path, key, partial(spread, name, data, steps[name]))
    publish.publish(rows, seeded, data, partial(finished, steps), samples)


def finished(steps, name, data, kind="rounded", seed=1):
    """A trained model, with its weights as they are shipped, or exact."""
    model, _ = trained(name, seed, data, steps[name])
    if kind == "rounded" and name != "ngram":
        model.load_state_dict(export.unpack(export.pack(name, model)))
    return model


if __name__ == "__main__":
    main()
