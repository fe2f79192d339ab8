"""Do the lab's measured results still belong to the code and weights beside them?"""

from __future__ import annotations

import runpy
from pathlib import Path

LAB = Path("docs/lab")
FOLDERS = (LAB / "pictures", LAB / "text")


def stale(root: Path) -> list[str]:
    """Return one line for each measured result whose code or weights have changed since.

    The comparison itself is the lab's; it is run from its file, which leaves nothing compiled
    in the published folder and needs nothing but the standard library.
    """
    script = root / LAB / "stale.py"
    if not script.is_file():
        return []
    complaints = runpy.run_path(str(script))["complaints"]
    measured = [root / folder for folder in FOLDERS if (root / folder / "all.py").is_file()]
    return [line for folder in measured for line in complaints(folder)]
