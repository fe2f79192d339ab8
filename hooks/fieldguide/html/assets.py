"""Our own scripts and styles as they are published: joined where pages load several, and small."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

import minify

FOLDERS = ("assets/javascripts", "assets/scorm", "assets/stylesheets")
KINDS = {".js": "text/javascript", ".css": "text/css"}
PATTERN = re.compile(r"\bconst (?=[\[{])")  # what declares several names at once
OURS = re.compile(r"assets/(?:javascripts|stylesheets)/[\w-]+\.(?:css|js)")


def joined(paths: Iterable[str]) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Return what pages load in place of several files: one file, and of which it is made.

    Fewer requests, and fewer bytes, since what is compressed together repeats less. Files that are
    not ours stay where they are.
    """
    paths = list(paths)
    ours = tuple(path for path in paths if OURS.fullmatch(path))
    if len(ours) < 2:
        return paths, {}
    folder, _, name = ours[0].rpartition("/")
    target = f"{folder}/guide.{name.rpartition('.')[2]}"
    shown = [target if path == ours[0] else path for path in paths if path not in ours[1:]]
    return shown, {target: ours}


def published(docs: Path, bundles: Mapping[str, tuple[str, ...]]) -> dict[str, bytes]:
    """Return our scripts and styles by path, those that are in a bundle only left out."""
    texts = {
        file.relative_to(docs).as_posix(): file.read_text(encoding="utf-8")
        for folder in FOLDERS
        for file in sorted((docs / folder).rglob("*"))
        if file.suffix in KINDS and ".min." not in file.name
    }
    made = {
        target: "\n".join(texts[part] for part in parts)
        for target, parts in bundles.items()
        if parts[0] in texts
    }
    kept = {path: text for path, text in texts.items() if path not in hidden(bundles)}
    return {path: small(path, text).encode() for path, text in (kept | made).items()}


def hidden(bundles: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the paths of what is published within others only."""
    return {part for parts in bundles.values() for part in parts} - bundles.keys()


def small(path: str, text: str) -> str:
    """Return a script or a style without comments, needless space and long names."""
    if path.endswith(".js"):
        # The minifier joins declarations of one kind and may put patterns first, before the names
        # that they use; of another kind they keep their place.
        text = PATTERN.sub("let ", text)
    return str(minify.string(KINDS[PurePosixPath(path).suffix], text)) + "\n"
