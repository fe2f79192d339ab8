"""Files of the disk: read if they are plain files, written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

UNFINISHED = ".part"
DAY = 86400.0  # seconds
OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def stands(file: Path) -> bool:
    """Return whether anything has this name, be it readable or not."""
    return os.path.lexists(file)


def read(file: Path) -> bytes:
    """Return what a plain file holds; OSError says what else stands in its place.

    A pipe would keep its reader waiting for ever, so it is opened without waiting.
    """
    handle = os.open(file, OPEN)
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "not a plain file", str(file))
        with open(handle, "rb", buffering=0, closefd=False) as stream:
            return stream.read()
    finally:
        os.close(handle)


def put(file: Path, content: bytes, *, durable: bool = True) -> None:
    """Write a file as a whole; several processes may write the same one at once.

    `durable` files reach the disk before their name does, in case of a power cut. What is compared
    with what it should be before each use need not.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(
        prefix=f"{file.name}.{os.getpid()}.", suffix=UNFINISHED, dir=file.parent
    )
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        unfinished.chmod(0o644)  # as any file of a site; a temporary one is its owner's alone
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def abandoned(folder: Path) -> Iterator[Path]:
    """Yield each unfinished file below a folder whose writer lives no more."""
    for place, _, names in os.walk(folder):
        for name in names:
            if name.endswith(UNFINISHED) and not _written_now(Path(place, name)):
                yield Path(place, name)


def _written_now(file: Path) -> bool:
    """Return whether the process that is named in an unfinished file's name may still write it."""
    writer = file.name.split(".")[-3:-2]
    if not writer or not writer[0].isdecimal():
        return False
    try:
        if time.time() - file.stat().st_mtime > DAY:
            return False  # whoever has that number now is another
        if sys.platform != "win32":
            os.kill(int(writer[0]), 0)  # asks only whether the process is there
    except (ProcessLookupError, FileNotFoundError, OverflowError):
        return False
    except OSError:
        return True  # it is another user's
    return True
