"""Train every family with several seeds, measure them, and write what the site shows.

    python docs/lab/pictures/all.py                all families, each with its number of seeds
    python docs/lab/pictures/all.py gan vae        these families only
    python docs/lab/pictures/all.py --seeds 1      fewer seeds, for a look

A family and seed that is finished is not trained again while its code is the same, and a training
that was stopped goes on: the run can be stopped at any time. Seed 0 gives the weights that the
pages load.
"""

import argparse
import difflib
import importlib
import json
import shutil
import statistics
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))  # stale.py serves this room and its neighbor

import extras
import lab
import measure
import stale
import torch
import verdict

SCORES = ("fd", "precision", "recall", "accuracy", "nearest", "copies", "bits")
# Network passes per sample: as told to the reader, and in all.
PASSES = {
    "transformer": ("196 + 784 small", 980), "autoregressive": ("784", 784),
    "rnn": ("28 + 784 small", 812), "vae": ("1", 1), "gan": ("1", 1), "diffusion": ("24 x 2", 48),
    "flow": ("4 x 49 x 2", 392), "hybrid": ("49 + 392 small", 441),
    "multimodal": ("14 small + 24 x 2", 62), "emerging": ("24 x 2", 48), "student": ("1", 1),
}  # fmt: skip
# A family that trains for more than ten minutes gets two seeds; only the VAE is faster.
SEEDS = dict.fromkeys(lab.FAMILIES, 2) | {"vae": 3}
OUT = lab.HERE / "out" / "runs"


def run(family, seed):
    """Train one family with one seed and score it; reuse what is done and has not changed."""
    module = importlib.import_module(family)
    folder = OUT / f"{seed}" / family
    learned = kept(folder / "trained.json", stale.training_hash(lab.HERE, family))
    if learned is None:
        _, seconds = lab.make(module.train, seed, root=folder)
        learned = keep(folder / "trained.json", stale.training_hash(lab.HERE, family),
                       seconds=seconds)  # fmt: skip
    done = kept(folder / "record.json", stale.code_hash(lab.HERE, family))
    if done is None:
        rows = {}
        for name, model in extras.models(folder / "weights", [family]).items():
            if not hasattr(model, "sample"):
                continue
            rows[name] = measure.evaluate(model, judge())
            rows[name]["params"] = sum(p.numel() for p in model.parameters())
            rows[name]["milliseconds"] = milliseconds(model)
            print(f"{name}, seed {seed}: {extras.rounded(rows[name])}", flush=True)
        done = keep(folder / "record.json", stale.code_hash(lab.HERE, family),
                    seconds=learned["seconds"], rows=rows)  # fmt: skip
    return done


def kept(path, code):
    """What was kept by the same code; nothing otherwise."""
    if not path.is_file():
        return None
    found = json.loads(path.read_text())
    return found if found["code"] == code else None


def keep(path, code, **fields):
    """Keep something, with the fingerprint of the code that made it."""
    lab.write(path, json.dumps({"code": code} | fields))
    return {"code": code} | fields


def milliseconds(model, repeats=7):
    """Median time for one sample on one thread of this machine."""
    times = []
    for i in range(repeats):
        start = time.perf_counter()
        model.sample(1, torch.tensor([i % 10]))
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def judge():
    """The judge of all families; it is trained only if its weights are not there."""
    if not (lab.HERE / "weights" / "judge.js").is_file():
        lab.make(measure.train, part="train", sheets=False)
        verdict.main()
    return lab.load(measure.Judge(), "judge")


def summary(runs):
    """Mean and spread over the seeds, by model, and what each seed gave."""
    rows = {}
    for name in runs[0]["rows"]:
        found = [done["rows"][name] for done in runs]
        rows[name] = {"params": found[0]["params"], "likelihood": found[0]["likelihood"],
                      "passes": PASSES[name][0], "total_passes": PASSES[name][1],
                      "seeds": len(found),
                      "seconds": round(statistics.mean(done["seconds"] for done in runs)),
                      "milliseconds": round(found[0]["milliseconds"], 2)}  # fmt: skip
        for score in SCORES:
            values = [row[score] for row in found]
            if values[0] is not None:
                spread = statistics.stdev(values) if len(values) > 1 else 0.0
                rows[name][score] = [round(statistics.mean(values), 3), round(spread, 3)]
        scores = ({key: row[key] for key in SCORES if row[key] is not None} for row in found)
        rows[name]["runs"] = [extras.rounded(row) for row in scores]
    return rows


def main():
    """Train, measure and write what was asked for on the command line."""
    parser = argparse.ArgumentParser(description="Train, measure and export all families.")
    parser.add_argument("families", nargs="*", help=f"some of: {', '.join(lab.FAMILIES)}")
    parser.add_argument("--seeds", type=int, help="how many (default: 2; 3 of the VAE)")
    options = parser.parse_args()
    if options.seeds is not None and options.seeds < 1:
        sys.exit(f"--seeds {options.seeds}: at least one seed is needed")
    unknown = [name for name in options.families if name not in lab.FAMILIES]
    if unknown:
        near = difflib.get_close_matches(unknown[0], lab.FAMILIES, 1)
        hint = f"did you mean '{near[0]}'? " if near else ""
        sys.exit(f"unknown family '{unknown[0]}'; {hint}allowed: {', '.join(lab.FAMILIES)}")
    with lab.plain_errors():
        families = options.families or list(lab.FAMILIES)
        most = {family: options.seeds or SEEDS[family] for family in families}
        runs = {family: [] for family in families}
        for seed in range(max(most.values())):  # the whole set with one seed, then with the next
            for family in families:
                if seed < most[family]:
                    runs[family].append(run(family, seed))
        ship(families)
        publish({family: summary(found) for family, found in runs.items()})


def ship(families):
    """Put the weights of seed 0 where the pages load them."""
    for family in families:
        for script in sorted((OUT / "0" / family / "weights").glob("*.js")):
            part = lab.HERE / "weights" / f"{script.name}.part"
            shutil.copyfile(script, part)
            part.replace(lab.HERE / "weights" / script.name)


def publish(tables):
    """Write results.json, samples.json and the reference values for the browser's code."""
    path = lab.HERE / "results.json"
    old = json.loads(path.read_text()) if path.is_file() else {"families": {}}
    rows = old["families"] | {name: row for table in tables.values() for name, row in table.items()}
    results = {
        "families": {name: rows[name] for name in PASSES if name in rows},
        "references": extras.references(judge()),
        "experiments": extras.experiments(judge()),
        "data": stale.data_hash(),
        "code": stale.code_hashes(lab.HERE),
        "parts": stale.part_hashes(lab.HERE, lab.FAMILIES),
        "weights": stale.weight_hashes(lab.HERE),
        "machine": f"one thread, PyTorch {torch.__version__.split('+')[0]}; seconds of processor "
                   "time, milliseconds as median of 7 single samples",
    }
    lab.write(path, json.dumps(results, indent=1) + "\n")
    lab.write(lab.HERE / "samples.json", extras.samples())
    extras.sheets(lab.HERE / "sheets")
    folder = lab.HERE.parents[2] / "tests" / "lab" / "reference" / "pictures"
    if folder.is_dir():  # in the repository; not where the lab was downloaded alone
        for name, text in extras.reference_values().items():
            lab.write(folder / f"{name}.json", text)


if __name__ == "__main__":
    main()
