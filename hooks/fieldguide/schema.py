"""Check a YAML file against its closed JSON Schema, in words that say what is allowed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from fieldguide.faults import Fault, suggest
from fieldguide.yamlfile import Key, YamlFile

TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of fields",
    "null": "nothing",
}
PYTHON_TYPES = {str: "text", int: "a number", float: "a number", bool: "true or false"}
PYTHON_TYPES |= {list: "a list", dict: "a mapping of fields", type(None): "empty"}


def validate(document: YamlFile, schema_file: Path) -> list[Fault]:
    """Return a fault for each place where `document` breaks the schema in `schema_file`."""
    try:
        schema = json.loads(schema_file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return [document.fault((), f"its schema {schema_file.name} cannot be read: {error}")]
    errors = Draft202012Validator(schema).iter_errors(document.value)
    return [document.fault(where, text) for error in errors for where, text in _explain(error)]


def _explain(error: ValidationError) -> Iterator[tuple[tuple[Key, ...], str]]:
    where = tuple(error.absolute_path)
    value: Any = error.instance
    rule: Any = error.validator_value
    match error.validator:
        case "required":
            for name in rule:
                if name not in value:
                    yield where, f"the field '{name}' is missing"
                    return
        case "additionalProperties":
            known = error.schema.get("properties", {})  # type: ignore[union-attr]
            for name in value:
                if name not in known:
                    yield (*where, name), f"unknown field '{name}'; {suggest(str(name), known)}"
        case "type":
            allowed = [rule] if isinstance(rule, str) else rule
            expected = " or ".join(TYPES.get(name, name) for name in allowed)
            found = PYTHON_TYPES.get(type(value), type(value).__name__)
            yield where, f"must be {expected}, but it is {found}"
        case "enum":
            yield where, f"'{value}' is not known; {suggest(str(value), map(str, rule))}"
        case "pattern":
            hint = error.schema.get("description", f"pattern {rule}")  # type: ignore[union-attr]
            yield where, f"{value!r} does not have the right form; allowed: {hint}"
        case "minLength":
            short = "the text is empty" if not value else f"the text has only {len(value)} letters"
            yield where, f"{short}; at least {rule} are needed"
        case "maxLength":
            yield where, f"the text has {len(value)} letters; at most {rule} are allowed"
        case "minItems" | "maxItems":
            bound = "at least" if error.validator == "minItems" else "at most"
            yield where, f"the list has {len(value)} entries; {bound} {rule} are allowed"
        case _:
            yield where, error.message


def plain_text(document: YamlFile) -> list[Fault]:
    """Return a fault for each text that is blank, or that holds HTML or a line break."""
    faults = []
    for where, text in texts(document.value, ()):
        if not text.strip():
            faults.append(document.fault(where, "the text is empty"))
        elif "<" in text and any(mark in text for mark in (">", "<!--", "</")):
            faults.append(document.fault(where, "HTML is not allowed in data; write plain text"))
        elif "\n" in text.strip():
            faults.append(document.fault(where, "a line break is not allowed in a table's text"))
    return faults


def texts(value: Any, where: tuple[Key, ...]) -> Iterator[tuple[tuple[Key, ...], str]]:
    """Yield each text inside a value, with the place where it stands."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, (*where, str(key)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, (*where, index))
