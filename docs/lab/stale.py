"""Are the measured results those of the code and weights that stand here? Standard library only."""

import ast
import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SHARED: dict[str, tuple[str, ...]] = {  # every result of a folder depends on these files
    "pictures": ("lab", "denoiser", "measure"),
    "text": ("corpus", "tokenizer", "fit", "export", "sampling", "score"),
}
OWN: dict[str, dict[str, tuple[str, ...]]] = {  # another file than that of the family, or several
    "pictures": {"flow": ("transformer", "flow"), "hybrid": ("transformer", "hybrid")},
    "text": {"transformer": ("decoder",), "masked": ("decoder", "masked")},
}


def code_hash(folder: str | Path, family: str) -> str:
    """A fingerprint of the code behind one family, without comments, docstrings and layout."""
    digest = hashlib.sha256()
    for name in parts(family, Path(folder).name):
        digest.update(meaning(Path(folder, name).read_text(encoding="utf-8")))
    return digest.hexdigest()[:16]


def training_hash(folder: str | Path, family: str) -> str:
    """The same of the code that trains it: how it is measured afterwards does not matter."""
    digest = hashlib.sha256()
    for name in parts(family, Path(folder).name):
        if name != "measure.py":
            digest.update(meaning(Path(folder, name).read_text(encoding="utf-8")))
    return digest.hexdigest()[:16]


def parts(family: str, kind: str) -> list[str]:
    """The files of the code behind one family, its own one last."""
    own = OWN[kind].get(family, (family,))
    return [f"{name}.py" for name in (*SHARED[kind], *own)]


@cache  # what all families share is parsed once
def meaning(source: str) -> bytes:
    """What a file does, as bytes: its syntax tree."""
    return repr(tree(ast.parse(source))).encode()


def tree(node: object) -> object:
    """The syntax tree as nested tuples, the same for every version of Python.

    What is empty is left out, because new versions add fields that old code leaves empty.
    """
    if isinstance(node, list):
        return tuple(tree(item) for item in node if not is_docstring(item))
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = [(name, getattr(node, name, None)) for name in node._fields]
    kept = ((name, tree(value)) for name, value in fields if value not in (None, []))
    return (type(node).__name__, *kept)


def is_docstring(node: object) -> bool:
    """A string that stands as a statement of its own does nothing but explain."""
    return (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str))  # fmt: skip


def file_hash(path: str | Path) -> str:
    """A fingerprint of a text file, the same however a checkout ends its lines."""
    content = Path(path).read_bytes().replace(b"\r\n", b"\n")
    return hashlib.sha256(content).hexdigest()[:16]


def code_hashes(folder: str | Path, names: Iterable[str] | None = None) -> dict[str, str]:
    """Fingerprints of all families' code."""
    if names is None:
        import lab

        names = lab.FAMILIES
    return {name: code_hash(folder, name) for name in names}


def part_hashes(folder: str | Path, families: Iterable[str]) -> dict[str, str]:
    """Fingerprints of the files of all code: what is the same need not be parsed."""
    found = sorted({part for name in families for part in parts(name, Path(folder).name)})
    return {part: file_hash(Path(folder, part)) for part in found}


def weight_hashes(folder: str | Path) -> dict[str, str]:
    """Fingerprints of all shipped weights."""
    return {path.stem: file_hash(path) for path in sorted(Path(folder, "weights").glob("*.js"))}


def data_hash() -> str:
    """A fingerprint of the digits as they were used."""
    import lab

    digest = hashlib.sha256()
    for part in ("fit", "test"):
        for tensor in lab.digits(part):
            digest.update(tensor.numpy().astype("<i8").tobytes())
    return digest.hexdigest()[:16]


def complaints(folder: str | Path) -> list[str]:
    """One line for each result that no longer belongs to the code or weights beside it."""
    path, kind = Path(folder, "results.json"), Path(folder).name
    base = f"docs/lab/{kind}"
    if not path.is_file():
        return [f"{base}/results.json is missing; run python {base}/all.py"]
    try:
        results = json.loads(path.read_text(encoding="utf-8"))
        code, weights, files = results["code"], results["weights"], dict(results["parts"])
    except (ValueError, KeyError, TypeError) as error:
        return [f"{base}/results.json cannot be read ({error!r}); run python {base}/all.py"]
    lines = []
    same = {
        part
        for part, recorded in files.items()
        if Path(folder, part).is_file() and file_hash(Path(folder, part)) == recorded
    }
    for name, recorded in code.items():
        needed = parts(name, kind)
        if same.issuperset(needed):
            continue
        if not Path(folder, needed[-1]).is_file():
            lines.append(f"{base}/{needed[-1]} is missing, but results.json measured it")
        elif code_hash(folder, name) != recorded:
            lines.append(f"{base}/{needed[-1]}, or what it uses, has changed since results.json "
                         f"was measured; run python {base}/all.py {name}")  # fmt: skip
    for name, recorded in weights.items():
        path = Path(folder, "weights", f"{name}.js")
        if not path.is_file() or file_hash(path) != recorded:
            lines.append(f"{base}/weights/{name}.js is not the file that results.json measured; "
                         f"run python {base}/all.py")  # fmt: skip
    return lines
