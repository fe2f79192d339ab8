"""The worked example of an eleventh family: two states."""

import math


def values() -> dict[str, str]:
    """Return the numbers of the page."""
    return {"first": f"{1 / (1 + math.exp(-1)):.2f}"}
