"""The numbers of the worked examples: one module per family, each with `values()`.

A page asks for a number with `[=family.name]`; nothing on a page is typed in by hand.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules


def all_values() -> dict[str, str]:
    """Return every computed number as `family.name` -> text, ready to be put into a page."""
    values: dict[str, str] = {}
    for module in iter_modules(__path__):
        numbers: dict[str, str] = import_module(f"{__name__}.{module.name}").values()
        values.update({f"{module.name}.{name}": text for name, text in numbers.items()})
    return values
