"""The part of mkdocs.yml that goes to the theme: MkDocs takes any name, the theme knows a few.

What it knows is read off its own files: a name that none of them holds would have no effect.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from fieldguide.source.diagnostics import Fault, suggest
from fieldguide.source.yaml_document import Key, YamlFile

KNOWN = frozenset(
    "custom_dir direction favicon features font icon include_search_page language locale logo name "
    "palette search_index_only static_templates".split()
)
FEATURE = re.compile(r"[\"']([a-z]+(?:\.[a-z]+)+)[\"']")
COLOR = re.compile(r"\[data-md-color-(scheme|primary|accent)=[\"']?([\w-]+)")
Where = tuple[Key, ...]


def check(document: YamlFile, folders: Iterable[str]) -> list[Fault]:
    """Return a fault for each option that the theme does not know; `folders` hold its files."""
    value = document.value.get("theme") if isinstance(document.value, dict) else None
    if not isinstance(value, dict) or value.get("name") != "material":
        return []
    places = tuple(map(str, folders))
    found: list[tuple[Where, str]] = [
        ((str(name),), f"unknown option; {suggest(str(name), KNOWN)}")
        for name in value
        if name not in KNOWN
    ]
    wanted: list[tuple[Where, str, str]]
    wanted = [(("language",), str(value.get("language", "en")), "languages")]
    wanted += [((*where,), icon, "icons") for where, icon in _icons(value)]
    features = value.get("features") or []
    for index, feature in enumerate(features if isinstance(features, list) else []):
        wanted.append((("features", index), str(feature), "features"))
    palette = value.get("palette") or []
    for index, scheme in enumerate(palette if isinstance(palette, list) else [palette]):
        place: Where = ("palette", index) if isinstance(palette, list) else ("palette",)
        for part in ("scheme", "primary", "accent"):
            if isinstance(scheme, dict) and part in scheme:
                wanted.append(((*place, part), str(scheme[part]), part))
    for where, name, kind in wanted:
        if kind == "icons" and any(
            Path(folder, ".icons", f"{name}.svg").is_file() for folder in places
        ):
            continue  # there are many thousands: their names are read only where one is wrong
        names = _names(kind, places)
        if name not in names:
            found.append((where, f"'{name}' is not known; {suggest(name, names)}"))
    return [document.fault(("theme", *where), message) for where, message in found]


def _icons(value: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Yield each icon of the theme's options, and where it stands."""
    items: Iterable[Any] = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    for key, item in items:
        place = (*where, key)
        if isinstance(item, str) and "icon" in place:
            yield place, item
        elif not isinstance(item, str):
            yield from _icons(item, place)


@lru_cache(maxsize=16)
def _names(kind: str, folders: tuple[str, ...]) -> frozenset[str]:
    """Return the names of a kind that the files of the theme know."""
    roots = [Path(folder) for folder in folders]
    if kind == "languages":
        return frozenset(
            file.stem for root in roots for file in root.glob(f"partials/{kind}/*.html")
        )
    if kind == "icons":
        return frozenset(
            file.relative_to(root / ".icons").with_suffix("").as_posix()
            for root in roots
            for file in root.glob(".icons/**/*.svg")
        )
    if kind == "features":
        return frozenset(
            name for text in _texts(roots, (".html", ".js")) for name in FEATURE.findall(text)
        )
    texts = _texts(roots, (".css",))
    colors = {name for text in texts for part, name in COLOR.findall(text) if part == kind}
    return frozenset({*colors, "custom"} if kind != "scheme" else {*colors, "default"})


def _texts(roots: Iterable[Path], ends: tuple[str, ...]) -> list[str]:
    """Return what the theme's files of some kinds hold; among its thousands of icons are none."""
    rooms = [room for root in roots for room in sorted(root.iterdir()) if room.name != ".icons"]
    files = [file for room in rooms for file in ([room] if room.is_file() else room.rglob("*"))]
    return [file.read_text("utf-8", "replace") for file in files if file.suffix in ends]
