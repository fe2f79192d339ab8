"""What pages and drawings may hold."""

from __future__ import annotations

import pytest
from fieldguide.source import allow_list


@pytest.mark.parametrize("name", ["p", "TABLE", "svg", "linearGradient", "mfrac", "guide-lab"])
def test_elements_that_are_allowed(name: str) -> None:
    assert allow_list.element_fault(name) == ""


@pytest.mark.parametrize(
    "name", ["script", "iframe", "foreignObject", "use", "object", "guide-", "x"]
)
def test_elements_that_are_not(name: str) -> None:
    assert f"<{name}> is not allowed" in allow_list.element_fault(name)


@pytest.mark.parametrize(
    "name", "class viewBox stroke-dasharray stroke-opacity fill-opacity data-x aria-label".split()
)
def test_attributes_that_are_allowed(name: str) -> None:
    assert allow_list.attribute_fault("path", name, "1") == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("onclick", "x()"), ("style", "color: red"), ("srcdoc", ""), ("xlink:href", "#a")),
        *(("href", "javascript:x()"), ("href", " jAvascript:x()"), ("src", "data:text/html,x")),
        *(("fill", "url(https://example.org/a.svg#b)"), ("mask", "url( 'b.svg')")),
    ],
)
def test_attributes_that_are_not(name: str, value: str) -> None:
    assert allow_list.attribute_fault("a", name, value)


def test_a_reference_into_the_same_drawing_is_allowed() -> None:
    assert allow_list.attribute_fault("path", "fill", "url(#shade)") == ""


def test_each_attribute_is_a_whole_name() -> None:
    assert [
        name for name in allow_list.ATTRIBUTES if name.startswith("-") or name.endswith("-")
    ] == []
