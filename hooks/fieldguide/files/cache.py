"""Many small files, written once: to make a file costs the disk far more than to link to one.

The site's files are hard links to those that an earlier build has left in the cache. A kept file is
compared before it is used and replaced as a whole when it differs, so neither a change made in the
site nor one made in the cache survives a build.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def publish(files: Mapping[str, str], target: Path, cache: Path, address: str) -> None:
    """Put files, given by name, into the folder `target`; `cache` is a folder of their own.

    Builds for different addresses of the site, which may run at once, keep theirs apart.
    """
    cache /= hashlib.sha256(address.encode()).hexdigest()[:16]
    target.mkdir(parents=True, exist_ok=True)
    cache.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        content = text.encode()
        kept = cache / name
        if _content(kept) != content:
            put(kept, content)
        try:
            os.link(kept, target / name)
        except OSError:  # another disk, no links there, or the file is there already
            (target / name).unlink(missing_ok=True)
            (target / name).write_bytes(content)


def put(file: Path, content: bytes) -> None:
    """Write a file of the cache as a whole; several builds may write the same one at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{file.name}.", suffix=".part", dir=file.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        unfinished.chmod(0o644)  # as any file of a site; a temporary one is its owner's alone
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _content(file: Path) -> bytes | None:
    try:
        with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 (many files: every call counts)
            return stream.read()
    except OSError:
        return None
