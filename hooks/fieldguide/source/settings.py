"""mkdocs.yml, read; and what the site's safety hangs on: paths, addresses, texts for HTML."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from fieldguide.source import disk, local_path, web_address, yaml_document
from fieldguide.source.diagnostics import Fault
from fieldguide.source.yaml_document import Key, YamlFile

PATH = "mkdocs.yml"
Where = tuple[Key, ...]
TAG = re.compile(r"<[A-Za-z/!?]")  # a tag that is not closed ends at the next bracket of the page


class Loader(yaml.SafeLoader):
    """Reads what MkDocs would, but runs nothing: a tag that names Python is a text."""


def _variable(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """Return the first variable that is set, else the last entry: `!ENV [SITE_URL, ""]`."""
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(str(node.value))
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        return None
    names = [entry.value for entry in node.value]
    default = loader.construct_object(node.value[-1], deep=True) if len(names) > 1 else None
    found = [os.environ[name] for name in names[: max(1, len(names) - 1)] if name in os.environ]
    return found[0] if found else default


Loader.add_constructor("!ENV", _variable)
for _prefix in ("!", "tag:yaml.org,2002:python/"):
    Loader.add_multi_constructor(_prefix, lambda loader, suffix, node: str(suffix))


def read(root: Path) -> YamlFile:
    """Return the settings, with faults instead of exceptions; empty where there are none."""
    if not disk.stands(root / PATH):
        return YamlFile(PATH, {})
    text, faults = yaml_document.read_text(root, PATH)
    if text is None:
        return YamlFile(PATH, {}, faults)
    return _parsed(text, frozenset(os.environ.items()))


@lru_cache(maxsize=2)
def _parsed(text: str, _: frozenset[tuple[str, str]]) -> YamlFile:
    """Parse the settings; those of another environment are others."""
    try:
        value = yaml.load(text, Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return YamlFile(PATH, {}, [Fault(PATH, line, "", f"not YAML: {error.problem}")])
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        return YamlFile(PATH, {}, [Fault(PATH, 1, "", f"not YAML: {error}".splitlines()[0])])
    if not isinstance(value, dict):
        return YamlFile(PATH, {}, [Fault(PATH, 1, "", "it must be a mapping of settings")])
    document = YamlFile(PATH, value, text=text)
    document.faults += yaml_document.twice(document)
    return document


def check(root: Path) -> list[Fault]:
    """Return the faults of the settings: no YAML, or a path, an address, a text that may not be."""
    document = read(root)
    settings = document.value
    found: list[tuple[Where, str]] = []
    found += [(where, local_path.fault(path)) for where, path in paths(settings)]
    found += [(where, web_address.place_fault(text)) for where, text in places(settings)]
    for where, target in targets(settings.get("nav")):
        address = "://" in target or target.startswith(("mailto:", "//"))
        path = target.partition("#")[0].partition("?")[0]
        wrong = web_address.link_fault(target) if address else local_path.fault(path or target)
        found.append((where, wrong))
    for where, text in plain(settings):
        if TAG.search(text):
            found.append((where, f"HTML is not allowed in a title or a name, but it is {text!r}"))
    unsafe = [document.fault(where, message) for where, message in found if message]
    return [*document.faults, *unsafe]


def paths(settings: dict[str, Any]) -> Iterator[tuple[Where, str]]:
    """Yield each path that a setting names, and where it stands."""
    extra, theme = settings.get("extra"), settings.get("theme")
    lists: list[tuple[Where, Any]] = [
        ((name,), settings.get(name))
        for name in ("extra_css", "extra_javascript", "extra_templates", "hooks", "watch")
    ]
    single: list[tuple[Where, Any]] = [
        ((name,), settings.get(name)) for name in ("docs_dir", "site_dir")
    ]
    if isinstance(extra, dict):
        lists.append((("extra", "polyfills"), extra.get("polyfills")))
    if isinstance(theme, dict):
        single += [(("theme", name), theme.get(name)) for name in ("favicon", "logo", "custom_dir")]
    extensions = settings.get("markdown_extensions")
    for index, entry in enumerate(extensions if isinstance(extensions, list) else ()):
        if isinstance(entry, dict) and isinstance(options := entry.get("pymdownx.snippets"), dict):
            where: Where = ("markdown_extensions", index, "pymdownx.snippets", "base_path")
            base = options.get("base_path")
            lists.append((where, base if isinstance(base, list) else [base]))
    for where, entries in lists:
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            path = entry.get("path") if isinstance(entry, dict) else entry
            single.append(((*where, index), path))
    yield from ((where, path) for where, path in single if isinstance(path, str))


def places(settings: dict[str, Any]) -> Iterator[tuple[Where, str]]:
    """Yield the addresses of the site and of the repository, if they are set."""
    extra = settings.get("extra")
    repository = extra.get("repo") if isinstance(extra, dict) else None
    given = {("site_url",): settings.get("site_url"), ("extra", "repo"): repository}
    for where, text in given.items():
        if text is not None and text != "":
            yield where, str(text)


def plain(settings: dict[str, Any]) -> Iterator[tuple[Where, str]]:
    """Yield the names and titles, which the theme puts into pages."""
    for name in ("site_name", "site_description", "site_author"):
        if isinstance(settings.get(name), str):
            yield (name,), settings[name]
    yield from _titles(settings.get("nav"), ("nav",))


def _titles(entry: Any, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(entry, list):
        for index, item in enumerate(entry):
            yield from _titles(item, (*where, index))
    elif isinstance(entry, dict):
        for title, item in entry.items():
            yield (*where, str(title)), str(title)
            yield from _titles(item, (*where, str(title)))


def targets(entry: Any, where: Where = ("nav",)) -> Iterator[tuple[Where, str]]:
    """Yield each path or address of a part of the navigation, and where it stands."""
    if isinstance(entry, str):
        yield where, entry
    elif isinstance(entry, list):
        for index, item in enumerate(entry):
            yield from targets(item, (*where, index))
    elif isinstance(entry, dict):
        for title, item in entry.items():
            yield from targets(item, (*where, str(title)))
