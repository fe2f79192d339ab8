"""The worked examples: computed again in another way, all used on the pages, and drawn as computed.

A drawing carries its numbers as typed labels, so each label is held against the example.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from xml.etree import ElementTree

import pytest
from fieldguide import examples
from fieldguide.examples import rnn, transformer
from fieldguide.source import pages
from unit.recalculated import FAMILIES

NAMES = sorted(module.name for module in iter_modules(examples.__path__))
NUMBER = re.compile(r"(?<![\w.])[-\N{MINUS SIGN}]?\d+(?:\.\d+)?")
SVG = "{http://www.w3.org/2000/svg}"
WORDS = {"autoregressive": {"greedy": "aa", "best": "bc"}}  # values that are not numbers
HALF_PERCENT = 0.005  # shapes may be drawn from the rounded labels


def pair(vector: tuple[float, ...]) -> str:
    """Return a vector of two whole numbers as the page shows it."""
    return "({:.0f}, {:.0f})".format(*vector)


# Inputs that a page types in, as made of the constants of the program.
TYPED = [
    *(
        (
            "transformer",
            f"| {token} | ({q[0]:.0f}, {q[1]:.0f}) | ({k[0]:.0f}, {k[1]:.0f}) | {v:.0f} |",
        )
        for token, q, k, v in zip(
            ("Ana", "says", "she"),
            transformer.QUERIES,
            transformer.KEYS,
            transformer.VALUES,
            strict=True,
        )
    ),
    ("transformer", "the logits {:.0f}, {:.0f} and {:.0f}".format(*transformer.LOGITS)),
    ("transformer", f"top-p with the threshold {transformer.TOP_P}"),
    ("rnn", f"\\sigma({rnn.GATE_BIAS:.0f} - {-rnn.GATE_INPUT:.0f}x)"),
    ("rnn", f"\\tanh({rnn.CANDIDATE_INPUT:.0f}x + r h)"),
    ("rnn", f"The old state is {rnn.START}"),
    ("rnn", f"\\tanh({rnn.PLAIN_STATE}h)"),
]


def page_text(root: Path, family: str) -> str:
    """Return the text of the page on which the example of a family stands."""
    texts = [page.text for path in pages.page_paths(root) if (page := pages.read(root, path)[0])]
    (text,) = (text for text in texts if f"{{ #{family}-example }}" in text)
    return text


def numbers(family: str) -> dict[str, str]:
    """Return the values of a family that are numbers; a path is taken apart into its points."""
    found = {}
    for name, text in import_module(f"fieldguide.examples.{family}").values().items():
        points = text.split(" \\to ")
        if len(points) > 1:
            found |= {f"{name} {i}": point for i, point in enumerate(points)}
        elif name not in WORDS.get(family, {}):
            found[name] = text.replace(",", "")
    return found


def test_every_example_is_recalculated() -> None:
    assert sorted(FAMILIES) == NAMES


@pytest.mark.parametrize("family", NAMES)
def test_values_agree_with_another_way_to_compute_them(family: str) -> None:
    found, expected = numbers(family), FAMILIES[family]()
    assert set(found) == set(expected)
    for name, text in found.items():
        last_digit = 10.0 ** -len(text.partition(".")[2])
        deviation = abs(float(text) - expected[name])
        assert deviation <= 0.5 * last_digit + 1e-9, f"{name}: {text}, not {expected[name]:.6g}"
    for name, word in WORDS.get(family, {}).items():
        assert import_module(f"fieldguide.examples.{family}").values()[name] == word


@pytest.mark.parametrize("family", NAMES)
def test_every_value_is_used_on_its_page(family: str, root: Path) -> None:
    text = page_text(root, family)
    values = import_module(f"fieldguide.examples.{family}").values()
    assert not [name for name in values if f"[={family}.{name}]" not in text]


@pytest.mark.parametrize(("family", "typed"), TYPED)
def test_inputs_on_the_page_are_those_of_the_program(family: str, typed: str, root: Path) -> None:
    assert typed in page_text(root, family)


class Drawing:
    """A drawing of the guide: its labels, its description and its shapes."""

    def __init__(self, root: Path, name: str) -> None:
        self.tree = ElementTree.parse(root / f"docs/assets/diagrams/{name}.svg")
        self.labels = ["".join(e.itertext()) for e in self.tree.iter(f"{SVG}text")]
        (description,) = self.tree.iter(f"{SVG}desc")
        self.description = read_numbers(description.text or "")

    def shapes(self, tag: str, kind: str) -> list[ElementTree.Element]:
        """Return the shapes of a kind, in their order."""
        return [e for e in self.tree.iter(SVG + tag) if e.get("class") == kind]

    def numbers(self) -> list[float]:
        """Return every number of every label, in their order."""
        return [number for label in self.labels for number in read_numbers(label)]


def read_numbers(text: str) -> list[float]:
    """Return the numbers in a text."""
    return [float(n.replace("\N{MINUS SIGN}", "-")) for n in NUMBER.findall(text)]


def size(shape: ElementTree.Element, *names: str) -> list[float]:
    """Return attributes of a shape as numbers."""
    return [float(shape.get(name, "nan")) for name in names]


def test_attention_triangle_shows_the_weights(root: Path) -> None:
    drawing = Drawing(root, "transformer-mask")
    weights = [transformer.attention_weights(row) for row in range(3)]
    shown = [round(weight, 2) for row in weights for weight in row]
    assert drawing.numbers() == [*shown, 1]  # the last: each row adds up to 1
    seen = [weights[row][column] for row in range(3) for column in range(row + 1)]
    assert drawing.description == [round(weight, 2) for weight in seen] + [0]
    heights = [size(shape, "height")[0] for shape in drawing.shapes("rect", "d-fill")]
    assert heights == pytest.approx([54 * weight for weight in seen], abs=54 * HALF_PERCENT + 0.05)


def test_lookup_shows_query_keys_and_weights(root: Path) -> None:
    drawing = Drawing(root, "transformer-lookup")
    weights = transformer.attention_weights(2)
    shown = [round(weight, 2) for weight in weights]
    assert drawing.numbers() == [0, 1, 2, *shown]
    unit, left, floor = 68, 26, 176
    keys = [size(shape, "cx", "cy") for shape in drawing.shapes("circle", "d-dot")]
    assert keys == [[left + unit * x, floor - unit * y] for x, y in transformer.KEYS]
    reach = [key[0] for key in transformer.KEYS]  # along the query, an arrow of length 1
    assert transformer.QUERIES[2] == (1, 0)
    assert drawing.description == [1, reach[0], reach[2], reach[1], *shown]
    widths = [size(shape, "width")[0] for shape in drawing.shapes("rect", "d-fill")]
    assert [w / sum(widths) for w in widths] == pytest.approx(weights, abs=HALF_PERCENT)


def test_gates_stand_where_the_example_puts_them(root: Path) -> None:
    drawing = Drawing(root, "rnn-gates")
    mark, letter = round(rnn.gate(1), 3), round(rnn.gate(0), 3)
    assert [label for label in drawing.labels if ":" in label] == [
        f"mark: {mark}",
        f"letter: {letter}",
        "0: overwrite",
        "1: keep",
    ]
    assert drawing.numbers() == [1, mark, letter, 0, 1]  # the first: 1 - z
    assert drawing.description == [1, 0, 1, mark, letter]
    (at_letter,), (at_mark,) = (drawing.shapes("circle", kind) for kind in ("d-dot", "d-dot-2"))
    found = size(at_mark, "cx") + size(at_letter, "cx")
    assert found == pytest.approx([60 + 240 * rnn.gate(1), 60 + 240 * rnn.gate(0)], abs=0.06)


def test_gradient_curves_are_powers_of_their_factors(root: Path) -> None:
    drawing = Drawing(root, "rnn-gradient")
    factors = {"d-curve": rnn.gate(0), "d-curve-3": rnn.PLAIN_STATE, "d-curve-2": 0.5}
    shown = [round(factor, 2) for factor in factors.values()]
    assert drawing.numbers() == [0, 0.5, 1, 0, 2, 4, 6, 8, 10, *shown]
    left = [factor**rnn.LETTERS for factor in factors.values()]
    expected = [1, shown[0], round(left[0], 2), shown[1], round(left[1], 2), shown[2]]
    assert drawing.description == [*expected, round(left[2], 3)]
    for kind, factor in factors.items():
        (curve,) = drawing.shapes("path", kind)
        points = read_numbers((curve.get("d") or "").replace("M", ""))
        assert points[0::2] == pytest.approx([44 + 20.6 * k for k in range(11)], abs=0.06)
        assert points[1::2] == pytest.approx([190 - 150 * factor**k for k in range(11)], abs=0.06)
