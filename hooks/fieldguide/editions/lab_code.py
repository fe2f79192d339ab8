"""The lab's files as cells of a notebook: each class and function by itself, no import of ours."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

MARKER = re.compile(r"^ *# --8<-- \[.*\]\n?", re.MULTILINE)
COMMON = "lab"  # the file of what all families use, whose names stand behind its own
PREFIX = re.compile(rf"\b{COMMON}\.(?=[A-Za-z])")
ASKED = re.compile(rf"\b{COMMON}\.([A-Za-z]\w*)")


def source(file: Path) -> str:
    """Return a file of the lab without the marks of what the pages show of it."""
    return MARKER.sub("", file.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)  # ten notebooks are made of the same few files
def parsed(text: str) -> ast.Module:
    """Return the statements of some code; they are read, and not changed."""
    return ast.parse(text)


def about(file: Path) -> str:
    """Return what a file says of itself."""
    return ast.get_docstring(parsed(source(file))) or ""


def cells(file: Path, names: Collection[str] = (), own: Collection[str] = ()) -> list[str]:
    """Return imports, constants, and each class and function of a file as code.

    With `names`, only what is called so. What is imported from its folder is left out, since it
    stands in cells before; what begins with `lab.` stands there as well, under its own name. Names
    that are in `own` stand there already for something else: here they get another one.
    """
    text = source(file)
    for name in own:
        text = re.sub(rf"(?<!\.)\b{name}\b", f"OWN_{name}", text)
    lines = text.split("\n")
    constants: list[str] = []
    parts: list[str] = []
    for node in parsed(text).body:
        if names and not _names(node).intersection(names):
            continue
        if isinstance(node, ast.Assign):
            constants.append(_code(node, lines))
        elif isinstance(node, ast.ClassDef | ast.FunctionDef):
            parts.append(_code(node, lines))
    groups = ["" if names else imports(file), "\n".join(constants), *parts]
    return [PREFIX.sub("", group).strip("\n") for group in groups if group]


def borrowed(file: Path) -> dict[Path, set[str]]:
    """Return what a file imports from its neighbors, and all that is needed for it there."""
    return {
        neighbor: needed(neighbor, {each.name for each in node.names})
        for node in parsed(source(file)).body
        if isinstance(node, ast.ImportFrom) and (neighbor := _neighbor(file, node))
    }


def asked(files: Iterable[Path]) -> set[str]:
    """Return what files ask of the common one, but for the command line."""
    return {name for file in files for name in ASKED.findall(source(file))} - {"main"}


def needed(file: Path, names: Collection[str], but: Collection[str] = ()) -> set[str]:
    """Return these names of a file and all others of it that stand behind them, `but` some."""
    found: set[str] = set()
    defined = defines(file)
    todo = sorted(names)
    while todo:
        name = todo.pop()
        if name in defined and name not in {*found, *but}:
            found.add(name)
            todo += {each.id for each in ast.walk(defined[name]) if isinstance(each, ast.Name)}
    return found


def defines(file: Path) -> dict[str, ast.stmt]:
    """Return the statements of a file by the names that they define."""
    return {name: node for node in parsed(source(file)).body for name in _names(node)}


def steps(file: Path) -> int:
    """Return for how many steps a family's model learns."""
    found = re.search(r"^STEPS\b[^=\n]*= *(\d+)", source(file), re.MULTILINE)
    return int(found[1]) if found else 0


def imports(file: Path) -> str:
    """Return what a file imports from elsewhere."""
    text = source(file)
    return "\n".join(
        _code(node, text.split("\n"))
        for node in parsed(text).body
        if isinstance(node, ast.Import | ast.ImportFrom) and not _neighbor(file, node)
    )


def _neighbor(file: Path, node: ast.Import | ast.ImportFrom) -> Path | None:
    """Return the file beside this one from which something is imported."""
    name = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
    found = file.parent / f"{name}.py"
    return found if found.is_file() else None


def _names(node: ast.stmt) -> set[str]:
    """Return what a statement gives a name to."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        return {node.name}
    targets: Iterable[ast.expr] = node.targets if isinstance(node, ast.Assign) else ()
    return {
        each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)
    }


def _code(node: ast.stmt, lines: list[str]) -> str:
    """Return the lines of a statement, with its decorators and what is said behind it."""
    first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
    return "\n".join(lines[first - 1 : node.end_lineno])
