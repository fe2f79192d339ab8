"""The one rule for paths in data, pages and settings: none may leave the folder that it starts in.

What is refused here is refused for every system, lest a file that is harmless on one be read or
written elsewhere on another.
"""

from __future__ import annotations

import re

DRIVE = re.compile(r"[A-Za-z]:")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
ALLOWED = "allowed: a path such as folder/file.md, within its folder"
# Names that are devices on Windows, with any ending.
DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def fault(path: str) -> str:
    """Return what is wrong with a path that is written in a file, or an empty text."""
    reason = _reason(path)
    return f"the path {path!r} {reason}; {ALLOWED}" if reason else ""


def _reason(path: str) -> str:
    parts = path.split("/")
    if not path.strip():
        return "is empty"
    if not path.isprintable():
        return "holds a control character"
    if "\\" in path:
        return "holds a backslash"
    if "%" in path:
        return "holds a percent sign, which may hide another character"
    if path.startswith("/"):
        return "begins at the root of a disk or of a host"
    if DRIVE.match(path) or SCHEME.match(path):
        return "begins with a drive or a scheme"
    if path.startswith("~"):
        return "begins with a tilde, which stands for a home folder"
    if ".." in parts:
        return "leaves its folder by '..'"
    if "" in parts or "." in parts:
        return "has a part that is empty, or a point"
    if any(part != part.strip() or part.endswith(".") for part in parts):
        return "has a part with a blank or a point at its end, which some systems drop"
    if any(DEVICE.match(part) for part in parts):
        return "has the name of a device in it"
    return ""
