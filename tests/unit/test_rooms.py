"""The rooms of the generator: each imports only from those below it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[2] / "hooks" / "fieldguide"
# From the ground up. Rooms of one floor do not know each other, but for `courses`, which packs
# what `files` makes.
FLOORS = [
    {"examples", "source"},
    {"model"},
    {"addresses"},
    {"drawings"},
    {"tables", "html", "search", "files"},
    {"courses"},
    {"editions"},
    {"decks"},
]
HEIGHT = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def imports(module: Path) -> Iterator[str]:
    """Give the rooms from which a module imports, or '' for the doors above them."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("fieldguide"):
            parts = str(node.module).split(".")
            names = [alias.name for alias in node.names]
            yield from [parts[1]] if len(parts) > 1 else names


@pytest.mark.parametrize("room", sorted(HEIGHT))
def test_a_room_imports_from_below(room: str) -> None:
    modules = sorted((GENERATOR / room).glob("*.py"))
    assert modules
    for module in modules:
        for other in set(imports(module)) - {room}:
            assert other in HEIGHT, f"{module}: imports the door '{other}'"
            assert HEIGHT[other] < HEIGHT[room], f"{module}: imports '{other}', which is above"


def test_every_room_is_known() -> None:
    rooms = {path.parent.name for path in GENERATOR.glob("*/__init__.py")}
    assert rooms == set(HEIGHT)
