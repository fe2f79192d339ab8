"""The same pages in plain MkDocs with the theme as it comes: what ours is compared with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from fieldguide import build, expand

ROOT = Path(__file__).resolve().parents[2]
OURS = ("hooks", "extra", "extra_css", "extra_javascript", "exclude_docs", "copyright", "watch")


class _Loader(yaml.SafeLoader):
    """Reads `!ENV` as nothing, since no test needs what stands there."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


def settings(root: Path = ROOT) -> dict[str, Any]:
    """Return the real settings without anything of our own."""
    loaded: dict[str, Any] = yaml.load(
        (root / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Loader
    )
    for name in OURS:
        loaded.pop(name, None)
    theme = {name: loaded["theme"][name] for name in ("name", "font", "features", "palette")}
    loaded |= {"theme": theme, "plugins": {"search": {}}, "site_url": "", "strict": False}
    loaded["extra"] = {"generator": False}
    loaded.pop("validation", None)
    loaded["markdown_extensions"] = [
        entry
        for entry in loaded["markdown_extensions"]
        if "snippets" not in str(entry) and "fieldguide" not in str(entry)
    ]
    return loaded


def expanded(root: Path = ROOT) -> dict[str, str]:
    """Return the Markdown of each page with tables and citations already in it."""
    started = build.start(root, "", {"edition": "2026-11-22", "name": "Stock"})
    pages = {}
    for path, page in started.site.pages.items():
        pages[path] = expand.expand(page.body, path, started.site)
    return pages


def write(folder: Path, pages: dict[str, str], configuration: dict[str, Any]) -> Path:
    """Write pages and settings as a site of their own."""
    for path, text in pages.items():
        file = folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    text = yaml.safe_dump(configuration, sort_keys=False, allow_unicode=True)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return folder
