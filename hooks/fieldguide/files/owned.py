"""What is in a folder of ours: a marker with the hash of each file; nothing else is ever deleted.

The marker lies in the folder itself. A file that is not listed, or that has changed since, belongs
to somebody else; so does everything in a folder without a marker.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from fieldguide.source import disk, local_path

MARKER = ".fieldguide-release.json"
ABOUT = "Made by `fieldguide release`, which replaces the files that are listed here, if unchanged."
FORMAT = 1


def files(folder: Path) -> Iterator[Path]:
    """Yield each file below a folder, sorted."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file below a folder by its path there, but for the marker."""
    return {
        name: hashlib.sha256(disk.read(file)).hexdigest()
        for file in files(folder)
        if (name := file.relative_to(folder).as_posix()) != MARKER
    }


def mark(folder: Path) -> None:
    """Write the marker of a folder that is complete."""
    content = {"about": ABOUT, "format": FORMAT, "files": hashes(folder)}
    disk.put(folder / MARKER, (json.dumps(content, indent=1) + "\n").encode())


def listed(folder: Path) -> dict[str, str] | None:
    """Return the hash of each file that the marker lists, or None if there is no marker of ours."""
    if (folder / MARKER).is_symlink():
        return None
    try:
        content = json.loads(disk.read(folder / MARKER))
        given = content["files"] if content["format"] == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(given, dict) or not all(isinstance(one, str) for one in given.values()):
        return None
    return given


def foreign(folder: Path) -> list[str]:
    """Return what lies below a folder and is not ours: each with the reason, sorted."""
    ours = listed(folder)
    if ours is None:
        return [f"{MARKER} is missing or damaged"] if any(folder.iterdir()) else []
    places = {parent.as_posix() for name in ours for parent in Path(name).parents}
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name == MARKER:
            continue
        if path.is_dir() and not path.is_symlink():
            if name not in places:
                found.append(f"{name}/ is not of the release")
        elif name not in ours:
            found.append(f"{name} is not of the release")
        elif not _is_as_listed(path, ours[name]):
            found.append(f"{name} has changed since the release")
    return found


def _is_as_listed(file: Path, digest: str) -> bool:
    if file.is_symlink() or not file.is_file():
        return False
    return hashlib.sha256(disk.read(file)).hexdigest() == digest


def delete(folder: Path) -> bool:
    """Delete the files of a folder that are ours; return whether nothing is left of it."""
    ours = listed(folder) or {}
    for name, digest in ours.items():
        if local_path.fault(name) == "" and _is_as_listed(folder / name, digest):
            (folder / name).unlink()
    places = {folder / parent for name in ours for parent in Path(name).parents} - {folder}
    for place in sorted(places, reverse=True):  # what lies deeper comes first
        _remove_if_empty(place)
    if ours and [path.name for path in folder.iterdir()] == [MARKER]:
        (folder / MARKER).unlink()
    return _remove_if_empty(folder)


def _remove_if_empty(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False
    return True
