"""A folder of our own beside the place of a release, where the next one is made.

It has a name of its own, bears a mark, and is locked as long as its process lives: whatever else
lies beside a release is never touched, and what a killed process has left is found and removed.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from fieldguide.files import owned

try:
    import fcntl
except ImportError:  # not a system of the Unix kind: nobody can tell whether others are at work
    fcntl = None  # type: ignore[assignment]

MARK = ".fieldguide-unfinished"
NEW, LAST = "new", "last"


class BusyError(Exception):
    """Another process makes a release for the same place."""


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """Give an empty folder beside `out`, and remove it afterwards with what is ours in it.

    The system ends the lock with the process and with the build that it has started, which goes on
    for a while when the process alone is killed. Each locks its own before it looks for others, so
    that of two that start at once at most one goes on.
    """
    place = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent))
    place.chmod(0o755)
    try:
        with open(place / MARK, "w", encoding="utf-8") as held:  # noqa: PTH123 (kept open)
            held.write(f"Made by `fieldguide release`, which will remove it. For: {out.name}\n")
            held.flush()
            _lock(held)
            os.set_inheritable(held.fileno(), True)
            _clear_the_dead(out, place)
            yield place
    finally:
        _put_back(place, out)
        remove(place)


def _clear_the_dead(out: Path, own: Path) -> None:
    """Remove what killed processes have left, and put back a release that one had put aside."""
    for place in sorted(out.parent.glob(f".{glob.escape(out.name)}.*.part")):
        mark = place / MARK
        if place == own or place.is_symlink() or mark.is_symlink() or not mark.is_file():
            continue
        with mark.open("r+b") as held:
            if not _lock(held):
                raise BusyError("another release into this folder is at work")
            _put_back(place, out)
        if fcntl:
            remove(place)


def _put_back(place: Path, out: Path) -> None:
    """Undo the first of the two steps of an exchange if the second has not been made."""
    if (place / LAST).is_dir() and not out.exists():
        (place / LAST).rename(out)


def _lock(held: IO[str] | IO[bytes]) -> bool:
    """Lock an open file; return False if another process has."""
    if fcntl:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def remove(place: Path) -> None:
    """Remove a folder of this module with all that is ours in it; what is not stays."""
    for folder in (place / NEW, place / LAST):
        if (folder / owned.MARKER).is_file():
            owned.delete(folder)
        elif folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)  # half made, by us
    with suppress(OSError):
        if [path.name for path in place.iterdir()] == [MARK]:
            (place / MARK).unlink()
            place.rmdir()
