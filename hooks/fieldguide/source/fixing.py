"""What `check --fix` may change: whole lines, each by a fixer that stands beside its rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fieldguide.source import disk


@dataclass(frozen=True, order=True)
class Fix:
    """A line of a file, as it is and as it should be; what it becomes may be several lines."""

    path: str
    line: int
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.old.strip()!r} is now {self.new.strip()!r}"


def apply(root: Path, fixes: Iterable[Fix]) -> list[Fix]:
    """Change the lines that are as their fix expects, and return those fixes.

    All else stays, byte for byte: other lines, line ends, and the mark that some editors put first.
    """
    done = []
    by_file: dict[str, list[Fix]] = {}
    for fix in sorted(set(fixes)):
        by_file.setdefault(fix.path, []).append(fix)
    for path, of_file in by_file.items():
        lines = disk.read(root / path).split(b"\n")
        before = list(lines)
        for fix in of_file:
            old, end = lines[fix.line - 1], b""
            if old.endswith(b"\r"):
                old, end = old[:-1], b"\r"
            if old.removeprefix(b"\xef\xbb\xbf") == fix.old.encode():
                mark = old[: len(old) - len(fix.old.encode())]
                new = fix.new.encode().replace(b"\n", end + b"\n")
                lines[fix.line - 1] = mark + new + end
                done.append(fix)
        if lines != before:
            disk.put(root / path, b"\n".join(lines))
    return done
