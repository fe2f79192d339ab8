"""Redirects in a long chain: each place is walked once, whatever its place in the chain."""

from __future__ import annotations

from typing import Any

from fieldguide.addresses import redirects
from fieldguide.addresses.redirects import Move, Moves
from fieldguide.source.yaml_document import YamlFile

LENGTH = 3000


class Counting(dict[str, Move]):
    """Redirects that count how often they are asked."""

    asked = 0

    def get(self, key: str, default: Any = None) -> Any:
        self.asked += 1
        return super().get(key, default)


def chain(last: str) -> Moves:
    """Return a chain of redirects that ends at a place."""
    places = [f"a.md#a-{number}" for number in range(LENGTH)]
    pairs = zip(places, [*places[1:], last], strict=True)
    return Moves(YamlFile(redirects.PATH), Counting({at: Move(at, to) for at, to in pairs}))


def test_a_long_chain_is_walked_once() -> None:
    moves = chain("b.md#end")
    assert redirects.check(moves, {"b.md#end": "The end"}) == []
    assert {moves.end(place) for place in moves.entries} == {"b.md#end"}
    assert isinstance(moves.entries, Counting) and moves.entries.asked <= 4 * LENGTH


def test_a_long_chain_to_nowhere_and_one_in_a_circle() -> None:
    (first, *rest) = redirects.check(chain("b.md#none"), {"b.md#end": "The end"})
    assert "leads to 'b.md#none', where nothing stands; did you mean" in first.message
    assert len(rest) == LENGTH - 1
    (first, *rest) = redirects.check(chain("a.md#a-0"), {"b.md#end": "The end"})
    assert "the redirects turn in a circle: a.md#a-0 -> a.md#a-1" in first.message
    assert len(first.message) < 200 and len(rest) == LENGTH - 1
