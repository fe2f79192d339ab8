"""What an earlier build has made already. It saves time, and nothing else: no build trusts it.

What is kept carries its hash, and is made anew when that does not fit. The many small files of the
site are hard links to those in the cache, since to make a file costs the disk far more than to link
to one; each is compared before it is used and replaced as a whole when it differs, so neither a
change made in the site nor one made in the cache survives a build. Where nothing can be written,
nothing is kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from fieldguide.source import disk

HASH = hashlib.sha256().digest_size


def kept(file: Path, make: Callable[[], bytes]) -> bytes:
    """Return what `make` gives, from the cache if it lies there undamaged."""
    whole = _content(file) or b""
    if len(whole) > HASH and whole[:HASH] == hashlib.sha256(whole[HASH:]).digest():
        return whole[HASH:]
    made = make()
    with suppress(OSError):  # a checkout that may only be read, or a disk that is full
        disk.put(file, hashlib.sha256(made).digest() + made)
    return made


def clear(cache: Path) -> None:
    """Delete what builds that were killed have left half written."""
    for file in disk.abandoned(cache):
        with suppress(OSError):
            file.unlink()


def publish(files: Mapping[str, str], target: Path, cache: Path, address: str) -> None:
    """Put files, given by name, into the folder `target`; `cache` is a folder of their own.

    Builds for different addresses of the site, which may run at once, keep theirs apart.
    """
    cache /= hashlib.sha256(address.encode()).hexdigest()[:16]
    target.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        content = text.encode()
        ours = cache / name
        try:
            if _content(ours) != content:
                disk.put(ours, content, durable=False)
            os.link(ours, target / name)
        except OSError:  # nothing can be kept or linked there, or the file is there already
            (target / name).unlink(missing_ok=True)
            (target / name).write_bytes(content)


def _content(file: Path) -> bytes | None:
    try:
        with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 (many files: every call counts)
            return stream.read()
    except OSError:
        return None
