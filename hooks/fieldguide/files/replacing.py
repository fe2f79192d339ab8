"""A folder that is made afresh, and takes the place of the old one only when it is whole.

The new one grows beside the old one, which stays as it is until then. Hidden entries of the old
one, such as the `.git` of a published branch, are carried over, as MkDocs itself would leave them.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from pathlib import Path


class Replacing:
    """One folder to be replaced: `part` is where the new one grows."""

    def __init__(self, target: Path) -> None:
        self.target = target.resolve()  # through a link, to the folder itself
        self.last = self._beside("last")
        self.part = self._beside(f"{os.getpid()}.part")
        self._settle()
        for left in self.target.parent.glob(f"{glob.escape(self._beside('').name)}*.part"):
            if not _runs(left.name.split("-")[-1].removesuffix(".part")):
                remove(left)  # by a build that was killed
        remove(self.part)
        try:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            self.part.mkdir()
        except OSError:  # the folder may be written, but not the one around it
            self.part = Path(tempfile.mkdtemp(prefix=f"{self.target.name}."))
            self.part.chmod(0o755)
        if self.target.is_dir():
            shutil.copymode(self.target, self.part)

    def _beside(self, end: str) -> Path:
        return self.target.with_name(f".{self.target.name}.fieldguide-{end}")

    def replace(self) -> None:
        """Put the new folder in the place of the old one: two names are changed, no file is."""
        try:
            if self.target.exists():
                self.target.rename(self.last)
            self.part.rename(self.target)
        except OSError:  # a folder that cannot be renamed, such as one mounted into a container
            self._settle()
            for entry in self.target.iterdir() if self.target.is_dir() else ():
                if not entry.name.startswith("."):
                    remove(entry)
            shutil.copytree(self.part, self.target, dirs_exist_ok=True)
        self._settle()
        remove(self.part)

    def _settle(self) -> None:
        """Bring to its end what a run that was killed has left half done."""
        if not self.last.is_dir():
            return
        if not self.target.exists():
            self.last.rename(self.target)
            return
        for entry in self.last.glob(".*"):
            if not (self.target / entry.name).exists():
                entry.rename(self.target / entry.name)
        remove(self.last)

    def give_up(self) -> None:
        """Leave the old folder as it is."""
        remove(self.part)


def _runs(process: str) -> bool:
    """Return whether a process of another build runs; this one begins with nothing of its own."""
    if os.name != "posix" or not process.isdigit():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:  # of another user
        return True
    return True


def remove(path: Path) -> None:
    """Delete a folder with all that is in it, or a file; it may be gone already."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
