"""mkdocs.yml and the templates beside it: what pages need is there, before a build finds out."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError
from pathspec.gitignore import GitIgnoreSpec

from fieldguide.source import local_path, settings, yaml_document
from fieldguide.source.diagnostics import Fault, shown, suggest
from fieldguide.source.yaml_document import Key, YamlFile

OVERRIDES = "docs/overrides"
# The extensions without which pages would show their Markdown as text, and the options they need.
EXTENSIONS: dict[str, dict[str, Any]] = {
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "md_in_html": {},
    "tables": {},
    "toc": {},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.highlight": {},
    "pymdownx.superfences": {},
    "pymdownx.snippets": {"check_paths": True},
}
EDITION = re.compile(r"\d{4}-\d{2}-\d{2}")
PASSED_OVER = (".*", "/templates/")  # what MkDocs passes over in any site


def check(root: Path) -> list[Fault]:
    """Return what pages need and the settings or templates lack; a tree may have none of both.

    What is wrong with the settings as a file is told by `settings.check`.
    """
    document = settings.read(root)
    faults: list[Fault] = []
    if document.value and not document.faults:
        faults += _extensions(document) + _edition(document) + _files(document, root)
    return faults + templates(root)


def _extensions(document: YamlFile) -> list[Fault]:
    given = document.value.get("markdown_extensions")
    found: dict[str, Any] = {}
    for entry in given if isinstance(given, list) else []:
        found |= entry if isinstance(entry, dict) else {str(entry): {}}
    faults = []
    for name, options in EXTENSIONS.items():
        where = ("markdown_extensions",)
        if name not in found:
            faults.append(document.fault(where, f"pages need the extension '{name}'; add it"))
            continue
        has = found[name] if isinstance(found[name], dict) else {}
        for option, value in options.items():
            if has.get(option) != value:
                message = f"pages need '{option}: {str(value).lower()}' of '{name}'; add it"
                faults.append(document.fault(where, message))
    return faults


def navigation(root: Path, pages: Collection[str]) -> list[Fault]:
    """Return a fault for each entry of the navigation that is no page, or stands there twice.

    Of a page that it leaves out MkDocs warns, and `serve` shows it nevertheless.
    """
    document = settings.read(root)
    if "nav" not in document.value:
        return []
    faults = []
    seen: dict[str, tuple[Key, ...]] = {}
    for where, target in settings.targets(document.value["nav"]):
        first = seen.setdefault(target, where)
        if target not in pages:
            if local_path.fault(target) or "://" in target:
                continue  # an address, or what is said of it elsewhere
            message = f"no page '{target}'; {suggest(target, pages)}"
            faults.append(document.fault(where, message))
        elif first != where:
            line = document.line(first)
            faults.append(document.fault(where, f"'{target}' stands already on line {line}"))
    return faults


def _edition(document: YamlFile) -> list[Fault]:
    extra = document.value.get("extra")
    edition = extra.get("edition") if isinstance(extra, dict) else None
    if isinstance(edition, str) and EDITION.fullmatch(edition):
        return []
    message = f"the edition is a date in quotation marks, '\"2026-11-27\"', not {shown(edition)}"
    return [document.fault(("extra", "edition"), message)]


def _files(document: YamlFile, root: Path) -> list[Fault]:
    """Check that the styles and scripts of the settings are files of docs/."""
    faults = []
    for name in ("extra_css", "extra_javascript"):
        entries = document.value.get(name) or []
        if not isinstance(entries, list):
            faults.append(document.fault((name,), "must be a list of paths below docs/"))
            continue
        for index, entry in enumerate(entries):
            path = entry.get("path") if isinstance(entry, dict) else entry
            if not isinstance(path, str) or not (root / "docs" / path).is_file():
                message = f"docs/{shown(path).strip(chr(39))} is missing, or no file"
                faults.append(document.fault((name, index), message))
    return faults


def templates(root: Path) -> list[Fault]:
    """Return a fault for each template of ours that Jinja cannot read."""
    faults = []
    environment = Environment(  # as MkDocs makes one
        extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"], autoescape=True
    )
    for file in sorted((root / OVERRIDES).rglob("*")):
        if file.suffix not in (".html", ".xml"):
            continue
        path = file.relative_to(root).as_posix()
        text, unreadable = yaml_document.read_text(root, path)
        faults += unreadable
        try:
            environment.parse(text or "")
        except TemplateSyntaxError as error:
            faults.append(Fault(path, error.lineno, "", f"no template of Jinja: {error.message}"))
        except RecursionError:
            faults.append(Fault(path, 1, "", "no template of Jinja: nested too deep"))
    return faults


def passed_over(root: Path) -> GitIgnoreSpec:
    """Return the files below docs/ that MkDocs takes for no pages."""
    value = settings.read(root).value
    lines = list(PASSED_OVER)
    for name in ("exclude_docs", "draft_docs"):
        if isinstance(text := value.get(name), str):
            lines += text.splitlines()
    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines(PASSED_OVER)
