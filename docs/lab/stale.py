"""Are the measured results those of the code and weights that stand here? Standard library only."""

import hashlib
import io
import json
import tokenize
from pathlib import Path

SHARED = ("lab", "denoiser", "measure")  # every result depends on these
USES = {"hybrid": ("transformer",)}  # and some on a neighbor
SKIPPED = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)


def code_hash(folder, family):
    """A fingerprint of the code behind one family, without comments, docstrings and layout."""
    digest = hashlib.sha256()
    for name in (*SHARED, *USES.get(family, ()), family):
        digest.update("\n".join(words(Path(folder, f"{name}.py"))).encode())
    return digest.hexdigest()[:16]


def words(path):
    """The tokens of a file; a string that is a whole statement is a docstring and is left out."""
    source = path.read_text(encoding="utf-8")
    found, fresh = [], True
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in SKIPPED:
            fresh = fresh or token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
            continue
        if token.type == tokenize.STRING and fresh:
            continue
        found.append(token.string)
        fresh = False
    return found


def file_hash(path):
    """A fingerprint of a file's bytes."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:16]


def families(folder):
    """The names of all family files, read off the recorded results."""
    return sorted(json.loads(Path(folder, "results.json").read_text(encoding="utf-8"))["code"])


def code_hashes(folder, names=None):
    """Fingerprints of all families' code."""
    import lab

    return {name: code_hash(folder, name) for name in names or lab.FAMILIES}


def weight_hashes(folder):
    """Fingerprints of all shipped weights."""
    return {path.stem: file_hash(path) for path in sorted(Path(folder, "weights").glob("*.js"))}


def data_hash():
    """A fingerprint of the digits as they were used."""
    import lab

    digest = hashlib.sha256()
    for part in ("fit", "test"):
        for tensor in lab.digits(part):
            digest.update(tensor.numpy().astype("<i8").tobytes())
    return digest.hexdigest()[:16]


def complaints(folder):
    """One line for each result that no longer belongs to the code or weights beside it."""
    results = json.loads(Path(folder, "results.json").read_text(encoding="utf-8"))
    lines = []
    for name, recorded in results["code"].items():
        if code_hash(folder, name) != recorded:
            lines.append(f"docs/lab/{name}.py has changed since results.json was measured; "
                         f"run python docs/lab/all.py {name}")  # fmt: skip
    for name, recorded in results["weights"].items():
        path = Path(folder, "weights", f"{name}.js")
        if not path.is_file() or file_hash(path) != recorded:
            lines.append(f"docs/lab/weights/{name}.js is not the file that results.json measured; "
                         "run python docs/lab/all.py")  # fmt: skip
    return lines
