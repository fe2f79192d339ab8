"""A release: built strict in a fresh folder, completed there, and put in the place of the last one.

The folder of a release holds `site/`, the zip, optionally the `.zim`, CHANGELOG.md and SHA256SUMS.
It is replaced as a whole, in one step: whatever goes wrong before, the last release stays as it is.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldguide.addresses import changelog
from fieldguide.courses import section_feed
from fieldguide.files import archive, precompress, zim

SITE, CHANGELOG, SUMS = "site", "CHANGELOG.md", "SHA256SUMS"
AT_WORKING_FOLDER, EXCHANGE = -100, 2  # of the system call renameat2
CANNOT_EXCHANGE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV)


class ReleaseError(Exception):
    """There is no new release; the last one stands as before."""


def release(root: Path, out: Path, *, with_zim: bool = False) -> list[str]:
    """Make a release of the repository `root` in the folder `out`; return what was done."""
    out = out.resolve()
    if out.is_relative_to(root.resolve() / "docs"):
        raise ReleaseError(f"{out} lies within the sources; name another folder")
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / SUMS).is_file())):
        raise ReleaseError(f"{out} exists and is not a release; name another folder")
    part, last = (out.with_name(f".{out.name}.{end}") for end in ("part", "last"))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with alone(out.with_name(f".{out.name}.lock")):
            if last.is_dir() and not out.exists():  # killed between the two steps of swap()
                last.rename(out)
            for folder in (part, last):
                remove(folder)
            part.mkdir()
            try:
                done = make(root, part, out, with_zim)
                swap(part, out, last)
            finally:
                for folder in (part, last):
                    remove(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReleaseError(f"{error.filename or out}: {reason}; nothing was replaced") from error
    return done


def make(root: Path, part: Path, out: Path, with_zim: bool) -> list[str]:
    """Put a whole release into the empty folder `part`; `out` is the last one, if there is one."""
    site = part / SITE
    build(root, site)
    edition = str(json.loads((site / section_feed.NAME).read_text(encoding="utf-8"))["version"])
    shutil.copyfile(site / archive.NAME, part / archive.NAME)
    done = [f"{sum(1 for _ in files(site))} files in {SITE}/, edition {edition}"]
    if with_zim:
        try:
            count = zim.write(part / archive.NAME, part / zim.NAME, edition)
        except zim.ZimError as error:
            raise ReleaseError(f"{zim.NAME}: {error}; nothing was replaced") from error
        done.append(f"{count} entries in {zim.NAME}, each read back")
    done.append(f"{precompress.write(site)} Brotli and gzip files beside them")
    found = changelog.between(changelog.read(out / SITE), changelog.read(site))
    written = out / CHANGELOG
    old = written.read_text(encoding="utf-8") if written.is_file() else ""
    again = bool(old) and not found and same(out / SITE, site)
    new = old if again else changelog.with_entry(old, edition, found)
    (part / CHANGELOG).write_text(new, encoding="utf-8")
    counts = len(found.added), len(found.moved), len(found.retired)
    done.append("addresses: {} added, {} moved, {} retired".format(*counts))
    (part / SUMS).write_text(sums(part), encoding="utf-8")
    return done


def build(root: Path, site: Path) -> None:
    """Build the site strict; ReleaseError carries what was printed if there is any warning."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        close_fds=False,  # the build holds the lock too
        check=False,
    )
    if done.returncode:
        printed = (done.stdout + done.stderr).strip()
        raise ReleaseError(f"{printed}\nthe strict build failed; nothing was replaced")


def files(folder: Path) -> Iterator[Path]:
    """Yield each file below a folder, sorted."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def sums(folder: Path) -> str:
    """Return the SHA-256 of each file, in the form that `sha256sum --check` reads."""
    lines = []
    for file in files(folder):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        lines.append(f"{digest}  {file.relative_to(folder).as_posix()}\n")
    return "".join(lines)


def same(old: Path, new: Path) -> bool:
    """Return whether two folders hold the same files."""
    return sums(old) == sums(new)


def swap(new: Path, out: Path, last: Path) -> None:
    """Put the folder `new` in the place of `out`, so that a reader finds one or the other.

    Where the system can exchange two names it is one step. Elsewhere it is two, and a release that
    was killed between them is put back by the next one.
    """
    if hasattr(os, "sync"):
        os.sync()  # the new files before the new name, in case of a power cut
    if not out.exists():
        new.rename(out)
    elif not exchange(new, out):
        out.rename(last)
        new.rename(out)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return False where that cannot be had."""
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    call = getattr(library, "renameat2", None)
    if call is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    if call(AT_WORKING_FOLDER, names[0], AT_WORKING_FOLDER, names[1], EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in CANNOT_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def remove(folder: Path) -> None:
    """Delete a folder of this module's own, if it is there."""
    if folder.is_dir():
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Let one release at a time work on a folder.

    The system ends the lock with the process and with the build that it has started, which goes on
    for a while when the process alone is killed.
    """
    try:
        import fcntl
    except ImportError:  # not a system of the Unix kind
        yield
        return
    with file.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ReleaseError("another release into this folder is at work") from error
        if not os.fstat(held.fileno()).st_nlink:
            raise ReleaseError("another release into this folder has just ended; start again")
        os.set_inheritable(held.fileno(), True)
        try:
            yield
        finally:
            file.unlink(missing_ok=True)
