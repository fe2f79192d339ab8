"""Does the package that runs belong to the checkout that it works on?"""

from __future__ import annotations

from pathlib import Path

RUNNING = Path(__file__).resolve().parents[1]


def foreign(root: Path) -> str:
    """Return what to say if a checkout has a generator of its own and another one runs.

    A virtual environment runs the package of the clone that it was made for, wherever it is used.
    """
    own = root.resolve() / "hooks" / RUNNING.name
    if not own.is_dir() or own.resolve() == RUNNING:
        return ""
    return (
        f"this runs the generator of another clone, {RUNNING}, not {own}; use the virtual "
        "environment of this clone, or run 'pip install -e .' here"
    )
