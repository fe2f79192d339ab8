"""Train every family with several seeds, measure them, and write what the site shows.

    python docs/lab/all.py                  all families, seeds 0, 1, 2
    python docs/lab/all.py gan vae          these families only
    python docs/lab/all.py --seeds 1        fewer seeds, for a look

A family and seed that is finished is not trained again while its code is the same: the run can be
stopped at any time. Seed 0 gives the weights that the pages load.
"""

import argparse
import difflib
import importlib
import json
import shutil
import statistics
import sys
import time

import extras
import lab
import measure
import stale
import torch

SCORES = ("fd", "precision", "recall", "accuracy", "nearest", "copies", "bits")
# Network passes per sample: as told to the reader, and in all.
PASSES = {
    "transformer": ("64", 64), "autoregressive": ("64", 64), "rnn": ("8 + 64 small", 72),
    "vae": ("1", 1), "gan": ("1", 1), "diffusion": ("32", 32), "flow": ("1", 1),
    "hybrid": ("4 + 32 small", 36), "multimodal": ("14 small + 24", 38),
    "emerging": ("16", 16), "student": ("1", 1),
}  # fmt: skip
OUT = lab.HERE / "out" / "runs"


def run(family, seed):
    """Train one family with one seed and score it; reuse the result if nothing has changed."""
    code = stale.code_hash(lab.HERE, family)
    folder = OUT / f"{seed}" / family
    record = folder / "record.json"
    if record.is_file():
        done = json.loads(record.read_text())
        if done["code"] == code:
            return done
    module = importlib.import_module(family)
    models, seconds = lab.make(module.train, seed, root=folder)
    rows = {}
    for name, model in models.items():
        row = measure.evaluate(model, judge())
        row["params"] = sum(p.numel() for p in model.parameters())
        row["milliseconds"] = milliseconds(model)
        rows[name] = row
    done = {"code": code, "seconds": seconds, "rows": rows}
    lab.write(record, json.dumps(done))
    return done


def milliseconds(model, repeats=20):
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
    return lab.load(measure.Judge(), "judge")


def summary(runs):
    """Mean and spread over the seeds, by model, and what each seed gave."""
    rows = {}
    for name in runs[0]["rows"]:
        found = [done["rows"][name] for done in runs]
        rows[name] = {"params": found[0]["params"], "likelihood": found[0]["likelihood"],
                      "passes": PASSES[name][0], "total_passes": PASSES[name][1],
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
    parser.add_argument("--seeds", type=int, default=3, help="how many seeds (default 3)")
    options = parser.parse_args()
    if options.seeds < 1:
        sys.exit(f"--seeds {options.seeds}: at least one seed is needed")
    unknown = [name for name in options.families if name not in lab.FAMILIES]
    if unknown:
        near = difflib.get_close_matches(unknown[0], lab.FAMILIES, 1)
        hint = f"did you mean '{near[0]}'? " if near else ""
        sys.exit(f"unknown family '{unknown[0]}'; {hint}allowed: {', '.join(lab.FAMILIES)}")
    with lab.plain_errors():
        families = options.families or list(lab.FAMILIES)
        runs = {family: [] for family in families}
        for seed in range(options.seeds):  # the whole set with one seed, then with the next
            for family in families:
                runs[family].append(run(family, seed))
        ship(families)
        publish({family: summary(found) for family, found in runs.items()}, options.seeds)


def ship(families):
    """Put the weights of seed 0 where the pages load them."""
    for family in families:
        for script in sorted((OUT / "0" / family / "weights").glob("*.js")):
            part = lab.HERE / "weights" / f"{script.name}.part"
            shutil.copyfile(script, part)
            part.replace(lab.HERE / "weights" / script.name)


def publish(tables, seeds):
    """Write results.json, samples.json and the reference values for the browser's code."""
    path = lab.HERE / "results.json"
    old = json.loads(path.read_text()) if path.is_file() else {"families": {}}
    rows = old["families"] | {name: row for table in tables.values() for name, row in table.items()}
    results = {
        "seeds": seeds,
        "families": {name: rows[name] for name in PASSES if name in rows},
        "references": extras.references(judge()),
        "experiments": extras.experiments(judge()),
        "data": stale.data_hash(),
        "code": stale.code_hashes(lab.HERE),
        "parts": stale.part_hashes(lab.HERE, lab.FAMILIES),
        "weights": stale.weight_hashes(lab.HERE),
        "machine": f"one thread, PyTorch {torch.__version__.split('+')[0]}; seconds of processor "
                   "time, milliseconds as median of 20 single samples",
    }
    lab.write(path, json.dumps(results, indent=1) + "\n")
    lab.write(lab.HERE / "samples.json", extras.samples())
    folder = lab.HERE.parent.parent / "tests" / "lab" / "reference"
    if folder.is_dir():  # in the repository; not where the lab was downloaded alone
        for name, text in extras.reference_values().items():
            lab.write(folder / f"{name}.json", text)


if __name__ == "__main__":
    main()
