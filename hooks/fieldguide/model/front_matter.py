"""The front matter of a page, whose faults MkDocs itself would swallow."""

from __future__ import annotations

from datetime import date
from typing import Any

from fieldguide.model.reading_time import LEVEL
from fieldguide.source import dates, json_schema, local_path, settings
from fieldguide.source.diagnostics import Fault, shown, suggest
from fieldguide.source.pages import Page

REQUIRED: dict[str, type] = {
    "title": str,
    "description": str,
    "objectives": list,
    "level": str,
    "prerequisites": list,
    "checked": str,
}
OPTIONAL: dict[str, type] = {"expires": str, "hide": list, "search": dict}
WORDS: dict[type, str] = {str: "text", list: "a list", dict: "a mapping"}


def check(page: Page, known: list[str], today: date) -> list[Fault]:
    """Return the faults of a page's front matter, which MkDocs itself would swallow.

    `known` are the paths of all pages, which it may name.
    """
    if page.front.faults:
        return page.front.faults
    if not page.meta:
        reason = "is missing"
        if page.text.startswith("---"):
            reason = "is empty" if page.body_line > 1 else "is not closed by a line of ---"
        if page.front.value is not None:
            reason = "is not a mapping of fields to values"
        return [page.fault(1, f"the front matter {reason}; it needs {', '.join(REQUIRED)}")]
    faults = []
    for where, text in json_schema.texts(page.meta, ()):
        if hidden := json_schema.HIDDEN.search(text):
            faults.append(page.front.fault(where, json_schema.hidden_fault(hidden[0])))
    allowed = REQUIRED | OPTIONAL
    for name in REQUIRED:
        if name not in page.meta:
            faults.append(page.front.fault((), f"the field '{name}' is missing"))
    for name, value in page.meta.items():
        if name not in allowed:
            message = f"unknown field '{name}'; {suggest(str(name), allowed)}"
            faults.append(page.front.fault((name,), message))
        elif not isinstance(value, allowed[name]):
            message = f"must be {WORDS[allowed[name]]}, but it is {shown(value)}"
            faults.append(page.front.fault((name,), message))
        elif name in ("objectives", "prerequisites") and (wrong := _no_texts(value)):
            message = f"each entry must be text, but one is {shown(wrong[0])}"
            faults.append(page.front.fault((name,), message))
        else:
            faults += _field(page, name, value, known, today)
    return faults


def _no_texts(entries: Any) -> list[Any]:
    return [entry for entry in entries if not isinstance(entry, str) or not entry.strip()]


def _field(page: Page, name: str, value: Any, known: list[str], today: date) -> list[Fault]:
    message = ""
    texts = [value] if isinstance(value, str) else value if name == "objectives" else []
    if any(settings.TAG.search(text) for text in texts):
        message = "HTML is not allowed in front matter; write plain text"
    elif name in ("title", "description") and not value.strip():
        message = "the text is empty"
    elif name == "level" and value not in LEVEL:
        message = f"'{value}' is not known; {suggest(value, LEVEL)}"
    elif name == "checked":
        message = dates.fault(value, today)
    elif name == "expires":
        message = dates.fault(value)
    elif name == "objectives" and not 2 <= len(value) <= 4:
        message = f"{len(value)} objectives; write 2 to 4"
    elif name == "prerequisites":
        missing = [path for path in value if path not in known]
        if missing and not (message := local_path.fault(missing[0])):
            message = f"unknown page '{missing[0]}'; {suggest(missing[0], known)}"
    return [page.front.fault((name,), message)] if message else []
