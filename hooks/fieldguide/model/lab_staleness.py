"""Do the lab's measured results still belong to the code and weights beside them?"""

from __future__ import annotations

import runpy
from pathlib import Path

LAB = Path("docs/lab")


def stale(root: Path) -> list[str]:
    """Return one line for each measured result whose code or weights have changed since.

    The comparison itself is the lab's; it is run from its file, which leaves nothing compiled
    in the published folder and needs nothing but the standard library.
    """
    script = root / LAB / "stale.py"
    if not script.is_file():
        return []
    found: list[str] = runpy.run_path(str(script))["complaints"](root / LAB)
    return found
