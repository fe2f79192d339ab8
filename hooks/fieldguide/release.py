"""A release: built strict in a fresh folder, completed there, and put in the place of the last one.

The folder of a release holds `site/`, the zip, optionally the `.zim`, CHANGELOG.md, SHA256SUMS, and
a hidden marker with the hash of each of its files. It is replaced as a whole, in one step, if it
holds these files and nothing else: whatever goes wrong before, the last release stays as it is.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from fieldguide import check
from fieldguide.addresses import changelog, course_files
from fieldguide.courses import section_feed
from fieldguide.decks import shelf as decks
from fieldguide.decks.deck import DeckError
from fieldguide.editions import pdf, shelf
from fieldguide.files import archive, owned, precompress, workshop, zim
from fieldguide.model.site import Site
from fieldguide.source import complaints

SITE, CHANGELOG, SUMS = "site", "CHANGELOG.md", "SHA256SUMS"
SOURCES = ("docs", "hooks", "tests")
SHOWN = 3  # of what is in the way; a folder may be full of it
AT_WORKING_FOLDER, EXCHANGE = -100, 2  # of the system call renameat2
CANNOT_EXCHANGE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV)


class ReleaseError(Exception):
    """There is no new release; the last one stands as before."""


def release(
    root: Path, out: Path, *, with_zim: bool = False, with_editions: bool = False
) -> list[str]:
    """Make a release of the repository `root` in the folder `out`; return what was done."""
    try:
        out = out.resolve()
        refuse(root.resolve(), out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with workshop.beside(out) as place:
            new = place / workshop.NEW
            new.mkdir()
            done = make(root, new, out, with_zim, with_editions)
            refuse(root.resolve(), out)  # somebody may have put a file there meanwhile
            swap(new, out, place / workshop.LAST)
    except workshop.BusyError as error:
        raise ReleaseError(str(error)) from None
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError
        reason = getattr(error, "strerror", None) or str(error)
        place = getattr(error, "filename", None) or out
        raise ReleaseError(f"{place}: {reason}; nothing was replaced") from error
    if place.exists():
        done.append(f"{place} holds what somebody has put into the last release; look, then delete")
    return done


def refuse(root: Path, out: Path) -> None:
    """ReleaseError if a folder holds, or may hold, anything but a release of ours."""
    for folder, what in protected(root):
        if out == folder or (out.exists() and folder.exists() and out.samefile(folder)):
            raise ReleaseError(f"{out} is {what}; name another folder")
    if out.is_relative_to(root):
        first = out.relative_to(root).parts[0]
        if first in SOURCES or first.startswith("."):
            raise ReleaseError(f"{out} lies within the sources; name another folder")
    if out.exists() and not out.is_dir():
        raise ReleaseError(f"{out} is not a folder; name another one")
    others = owned.foreign(out) if out.exists() else []
    if others:
        shown = "; ".join(others[:SHOWN]) + ("; ..." if len(others) > SHOWN else "")
        raise ReleaseError(
            f"{out} holds what is not of a release: {shown}. Move it away, or name another folder; "
            "nothing was replaced"
        )


def protected(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield each folder that is never replaced, whatever it holds, and what it is."""
    here = Path.cwd()
    yield Path(here.anchor), "the root of the file system"
    yield Path(root.anchor), "the root of the file system"
    yield root, "the checkout"
    yield here, "the working folder"
    yield from ((folder, "a folder around the checkout") for folder in root.parents)
    yield from ((folder, "a folder around the working folder") for folder in here.parents)
    with suppress(RuntimeError):  # nobody knows where it is
        yield Path.home(), "the home folder"


def make(root: Path, part: Path, out: Path, with_zim: bool, with_editions: bool) -> list[str]:
    """Put a whole release into the empty folder `part`; `out` is the last one, if there is one."""
    site = part / SITE
    if with_editions and (lacking := decks.missing()):
        raise ReleaseError(f"{lacking}; nothing was replaced")
    build(root, site, with_editions)
    edition = str(json.loads((site / section_feed.NAME).read_text(encoding="utf-8"))["version"])
    shutil.copyfile(site / archive.NAME, part / archive.NAME)
    done = [f"{sum(1 for _ in owned.files(site))} files in {SITE}/, edition {edition}"]
    if with_zim:
        try:
            count = zim.write(part / archive.NAME, part / zim.NAME, edition)
        except zim.ZimError as error:
            raise ReleaseError(f"{zim.NAME}: {error}; nothing was replaced") from error
        done.append(f"{count} entries in {zim.NAME}, each read back")
    if with_editions:
        try:
            sources = checked(root)
            count = len(shelf.write(site, sources, os.environ.get("REPO_URL", "")))
            for name, content in decks.files(site, sources).items():
                (site / course_files.EDITIONS / name).write_bytes(content)
                count += 1
            where = f"{SITE}/{course_files.EDITIONS}/"
            done.append(f"{count} books, decks of slides and notebooks in {where}")
        except DeckError as error:
            raise ReleaseError(f"{error}; nothing was replaced") from None
        except pdf.PdfError as error:
            raise ReleaseError(f"{course_files.PDF}: {error}; nothing was replaced") from None
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
    owned.mark(part)
    return done


def checked(root: Path) -> Site:
    """Return the sources, which have just been built, for what is made of them directly."""
    site, faults = check.check(root)
    if site is None:
        raise ReleaseError("\n".join(map(str, faults)))
    return site


def build(root: Path, site: Path, with_editions: bool) -> None:
    """Build the site strict; ReleaseError carries what was printed if there is any warning."""
    if wrong := complaints.check(root):  # MkDocs would name no line
        raise ReleaseError("\n".join([*map(str, wrong), "nothing was replaced"]))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", course_files.ASKED: "1" * with_editions},
        capture_output=True,
        text=True,
        close_fds=False,  # the build holds the lock too
        check=False,
    )
    if done.returncode:
        printed = (done.stdout + done.stderr).strip()
        raise ReleaseError(f"{printed}\nthe strict build failed; nothing was replaced")


def sums(folder: Path) -> str:
    """Return the SHA-256 of each file, in the form that `sha256sum --check` reads."""
    return "".join(f"{digest}  {name}\n" for name, digest in owned.hashes(folder).items())


def same(old: Path, new: Path) -> bool:
    """Return whether two folders hold the same files."""
    return sums(old) == sums(new)


def swap(new: Path, out: Path, last: Path) -> None:
    """Put the folder `new` in the place of `out`, so that a reader finds one or the other.

    Where the system can exchange two names it is one step. Elsewhere it is two; if only the first
    is done, workshop puts the old one back.
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
