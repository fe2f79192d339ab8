"""What MkDocs itself complains of, with the line that it leaves out."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fieldguide.source import settings, theme_settings, yaml_document
from fieldguide.source.diagnostics import Fault
from fieldguide.source.yaml_document import Key, YamlFile

LOGGERS = ("config", "structure.pages", "structure.nav")  # of MkDocs; each complains of files
CONFIG = re.compile(r"Config value '(?P<name>[^']+)': (?P<rest>.*)", re.DOTALL)
LINKED = re.compile(r"Doc file '(?P<file>[^']+)' contains an? [\w ]*link '(?P<link>[^']+)'")
LISTED = re.compile(r"(?:\"nav\"|'nav'|nav) configuration|navigation")
QUOTED = re.compile(r"'([^']+)'|\"([^\"]+)\"")


class Placed(logging.Filter):
    """Puts `file:line: ` before each complaint of a site."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the message of a record, and keep it."""
        if record.levelno >= logging.WARNING:
            record.msg, record.args = placed(self.root, record.getMessage()), None
        return True


def place_all(root: Path) -> None:
    """Give the complaints of this run of MkDocs, or of ProperDocs, their lines."""
    for maker in ("mkdocs", "properdocs"):
        for name in LOGGERS:
            logging.getLogger(f"{maker}.{name}").addFilter(Placed(root))


def placed(root: Path, message: str) -> str:
    """Return a complaint with file and line before it, if it is known of what it complains."""
    if config := CONFIG.match(message):
        document = settings.read(root)
        return str(config_fault(document, config["name"], config["rest"]))
    if linked := LINKED.match(message):
        text, _ = yaml_document.read_text(root, f"docs/{linked['file']}")
        lines = (text or "").split("\n")
        found = [number for number, line in enumerate(lines, 1) if linked["link"] in line]
        return str(Fault(f"docs/{linked['file']}", (found or [1])[0], "", message))
    if LISTED.search(message):
        first = message.split("\n")[0]
        rest = " ".join(line.strip(" -") for line in message.split("\n")[1:])
        return str(config_fault(settings.read(root), "nav", f"{first} {rest}".strip()))
    return message


def config_fault(document: YamlFile, name: str, message: str) -> Fault:
    """Return a complaint of a setting as a fault, without the stack that MkDocs may add."""
    lines = [line.strip() for line in message.split("\n") if line.strip()]
    said = lines[0] if len(lines) == 1 else f"{lines[0]} {lines[-1]}"
    where: tuple[Key, ...] = (name,)
    value = document.value.get(name) if isinstance(document.value, dict) else None
    for quoted in QUOTED.findall(lines[0]):
        token = (quoted[0] or quoted[1]).rpartition("/")[2]  # 'material/search' is our 'search'
        for deeper, below in _below(value):
            if token in (deeper[-1], below):
                where, value = (*where, *deeper), below
                break
    return document.fault(where, said)


def _below(value: Any, where: tuple[Key, ...] = ()) -> Iterator[tuple[tuple[Key, ...], Any]]:
    """Yield each part of a value and where it stands, the nearest first."""
    items: Any = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    parts = [((*where, key), item) for key, item in items]
    yield from parts
    for deeper, item in parts:
        yield from _below(item, deeper)


def check(root: Path) -> list[Fault]:
    """Return what MkDocs would say of the settings, as a build would find out."""
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.utils.yaml import get_yaml_loader, yaml_load

    document = settings.read(root)
    if not document.value:
        return []
    config = MkDocsConfig(config_file_path=str((root / settings.PATH).absolute()))
    hooks: Any = document.value.get("hooks")
    try:
        with (root / settings.PATH).open("rb") as file:
            given = yaml_load(file, get_yaml_loader(config=config))
        given.pop("hooks", None)  # they are named, and not run
        config.load_dict(given)
        errors, warnings = config.validate()
    except Exception as error:  # plugins and extensions of others raise whatever they like
        return [Fault(settings.PATH, 1, "", f"MkDocs cannot read it: {error}".split("\n")[0])]
    faults = [config_fault(document, name, str(error)) for name, error in [*errors, *warnings]]
    for index, path in enumerate(hooks if isinstance(hooks, list) else []):
        if not (root / str(path)).is_file():
            faults.append(document.fault(("hooks", index), f"{path} is missing, or no file"))
    if not errors:
        faults += theme_settings.check(document, config.theme.dirs)
    return faults
