"""The rules for addresses: where the site stands, where links may lead, where the repository is."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

WEB = ("http", "https")
LINKED = (*WEB, "mailto")
# What a browser drops from the beginning of an address, or anywhere in it, before it reads it.
DROPPED = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")
# What an address must write as %XX, lest it end where it stands: in HTML, Markdown, or a shell.
UNSAFE = frozenset(" <>\"'`\\^{}|[]")


def place_fault(address: str) -> str:
    """Return what is wrong with the address of a site or a repository, or an empty text."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return f"{address!r} is not an address: {error}; {_allowed()}"
    reason = ""
    if unsafe := _unsafe(address):
        reason = f"holds {unsafe!r}; write it as %XX"
    elif parts.scheme not in WEB:
        reason = "does not begin with https:// or http://"
    elif not host:
        reason = "names no host"
    elif "@" in parts.netloc:
        reason = "holds a user's name, which would be published"
    elif "?" in address or "#" in address:
        reason = "has a query or a fragment, behind which no path can follow"
    elif {"..", "."} & set(parts.path.split("/")) or "//" in parts.path:
        reason = "has an empty part, or one of points alone"
    return f"{address!r} {reason}; {_allowed()}" if reason else ""


def _allowed() -> str:
    return "allowed: an address such as https://example.org/guide/"


def as_folder(address: str) -> str:
    """Return the address of a site with a slash at its end, so that a path can follow it."""
    return address if address.endswith("/") or place_fault(address) else f"{address}/"


def link_fault(address: str) -> str:
    """Return what is wrong with where a link or a picture leads, or an empty text.

    A browser ignores blanks and control characters before it looks what kind an address is of.
    """
    scheme = SCHEME.match(DROPPED.sub("", address))
    if scheme and scheme[0].lower() not in LINKED:
        allowed = ", ".join(f"{name}:" for name in (*LINKED, "term"))
        return f"the link {address!r} is of an unknown kind; allowed: {allowed}, a path"
    return ""


def source_fault(address: str) -> str:
    """Return what is wrong with the address of a source, which is put into Markdown as it is."""
    unsafe = _unsafe(address)
    return f"{address!r} holds {unsafe!r}; write it as %XX" if unsafe else ""


def _unsafe(address: str) -> str:
    """Return the first character that must not stand in an address as it is, or nothing."""
    return next((mark for mark in address if mark in UNSAFE or not mark.isprintable()), "")
