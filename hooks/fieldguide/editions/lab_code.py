"""The lab's files as cells of a notebook: each class and function by itself, no import of ours."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable
from pathlib import Path

MARKER = re.compile(r"^ *# --8<-- \[.*\]\n?", re.MULTILINE)
PREFIX = re.compile(r"\blab\.(?=[A-Za-z])")


def source(file: Path) -> str:
    """Return a file of the lab without the marks of what the pages show of it."""
    return MARKER.sub("", file.read_text(encoding="utf-8"))


def about(file: Path) -> str:
    """Return what a file says of itself."""
    return ast.get_docstring(ast.parse(source(file))) or ""


def cells(file: Path, names: Collection[str] = (), ours: Collection[str] = ()) -> list[str]:
    """Return imports, constants, and each class and function of a file as code.

    With `names`, only what is called so. What is imported from `ours` is left out, since it stands
    in cells before; what begins with `lab.` stands there as well, under its own name.
    """
    text = source(file)
    lines = text.split("\n")
    imports: list[str] = []
    constants: list[str] = []
    parts: list[str] = []
    for node in ast.parse(text).body:
        named = _names(node)
        if names and not named.intersection(names):
            continue
        code = _code(node, lines)
        if isinstance(node, ast.Import | ast.ImportFrom):
            if not {_module(node)}.intersection({"lab", *ours}):
                imports.append(code)
        elif isinstance(node, ast.Assign):
            constants.append(code)
        elif isinstance(node, ast.ClassDef | ast.FunctionDef):
            parts.append(code)
    groups = ["\n".join(imports), "\n".join(constants), *parts]
    return [PREFIX.sub("", group).strip("\n") for group in groups if group]


def _module(node: ast.Import | ast.ImportFrom) -> str:
    return (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name


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
