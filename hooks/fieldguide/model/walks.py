"""What was recorded of one answer, one picture and one curve: docs/lab/walks.json."""

from __future__ import annotations

from pathlib import Path

from fieldguide.model.lab_results import Rows, faults, results, value
from fieldguide.source.diagnostics import Fault

RECORD = "docs/lab/walks.json"
SCHEMA = "docs/data/walks.schema.json"


def check(root: Path) -> list[Fault]:
    """Return what is wrong with the record; a site may have none."""
    return faults(root, RECORD, SCHEMA)


def record(root: Path) -> Rows:
    """Return what was recorded; empty where nothing was."""
    return value(root, RECORD)


def shown(token: str) -> str:
    """Return a token as a reader sees it: a line break has a sign, a space before it is a dot."""
    return "\u23ce" if token == "\n" else token.replace(" ", "\u00b7")


def percent(share: float) -> str:
    """Return a probability as a reader sees it."""
    return f"{share:.1%}" if share < 0.9995 else "100%"


def _obeyed(root: Path, caption: str) -> float:
    """Return the share of a caption's pictures that show its digit, as measured."""
    captions = results(root).get("experiments", {}).get("captions", {})
    return float(captions.get(caption, {}).get("accuracy", 0))


def values(root: Path) -> dict[str, str]:
    """Return the numbers and texts of the record that pages ask for, as `name.part` -> text."""
    found = record(root)
    if not found:
        return {}
    answer, picture, fit = found["answer"], found["picture"], found["fit"]
    words = {
        f"te_{row['prompt'].partition(':')[0]}": percent(row["te"]) for row in answer["context"]
    }
    parts = {
        "answer": {"text": answer["text"], **words},
        "picture": {
            "code": " and ".join(str(v).replace("-", "\u2212") for v in picture["code"]),
            "obeyed": f"{_obeyed(root, picture['caption']):.0%}",
        },
        "fit": {f"loss_{step}": f"{row['loss']:.2f}" for step, row in fit["steps"].items()},
    }
    return {f"{name}.{key}": text for name, row in parts.items() for key, text in row.items()}
