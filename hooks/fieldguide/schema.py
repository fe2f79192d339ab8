"""Check a YAML file against its closed JSON Schema, in words that say what is allowed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator, ValidationError, ValidationErrorKind

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
    validator = Draft202012Validator(schema)
    try:
        try:
            errors = list(validator.iter_errors(document.value))
        except ValueError:  # a number as a key, which JSON writes as text
            errors = list(validator.iter_errors(json.loads(json.dumps(document.value))))
    except (TypeError, ValueError, RecursionError) as error:
        return [document.fault((), f"holds what JSON cannot hold: {error}")]
    faults = [
        document.fault(where, text) for error in errors for where, text in _explain(error, schema)
    ]
    return sorted(set(faults))


def _explain(error: ValidationError, schema: Any) -> Iterator[tuple[tuple[Key, ...], str]]:
    where = tuple(error.instance_path)
    value: Any = error.instance
    if isinstance(error.kind, ValidationErrorKind.PropertyNames):
        value = error.kind.as_dict()["error"].instance  # of the name, which is what is wrong
    *parts, keyword = error.schema_path
    for part in parts:
        schema = schema[part]
    rule = schema[keyword]
    hint = schema.get("description", f"{keyword} {rule}")
    match keyword:
        case "required":
            for name in rule:
                if name not in value:
                    yield where, f"the field '{name}' is missing"
        case "dependentRequired":
            for name, others in rule.items():
                for other in others:
                    if name in value and other not in value:
                        yield where, f"the field '{name}' needs the field '{other}' beside it"
        case "additionalProperties":
            known = schema.get("properties", {})
            for name in value:
                if name not in known:
                    yield (
                        (*where, str(name)),
                        f"unknown field '{name}'; {suggest(str(name), known)}",
                    )
        case "type":
            allowed = [rule] if isinstance(rule, str) else rule
            expected = " or ".join(TYPES.get(name, name) for name in allowed)
            found = PYTHON_TYPES.get(type(value), type(value).__name__)
            yield where, f"must be {expected}, but it is {found}"
        case "enum":
            yield where, f"'{value}' is not known; {suggest(str(value), map(str, rule))}"
        case "pattern" | "minLength" if not value.strip() or is_html(value):
            pass  # plain_text() says it better
        case "const":
            yield where, f"'{value}' is not known; allowed: {rule}"
        case "pattern":
            yield where, f"{value!r} does not have the right form; allowed: {hint}"
        case "minLength":
            letters = f"{len(value)} letter{'s' * (len(value) != 1)}"
            yield where, f"the text has only {letters}; at least {rule} are needed"
        case "maxLength":
            yield where, f"the text has {len(value)} letters; at most {rule} are allowed"
        case "minItems":
            yield where, f"the list has {_entries(len(value))}; at least {rule} are needed"
        case "maxItems":
            yield where, f"the list has {_entries(len(value))}; at most {rule} are allowed"
        case "uniqueItems":
            yield where, "an entry stands twice in the list; keep one of them"
        case "minimum" | "maximum":
            bound = "at least" if keyword == "minimum" else "at most"
            yield where, f"{value} is out of range; allowed: {bound} {rule}"
        case "oneOf":
            yield where, f"does not have the right form; allowed: {hint}"
        case _:
            yield where, error.message


def _entries(count: int) -> str:
    return f"{count} entr{'y' if count == 1 else 'ies'}"


def is_html(text: str) -> bool:
    """Return whether a text holds a tag or a comment; a mere less-than sign is neither."""
    return "<" in text and any(mark in text for mark in (">", "<!--", "</"))


def plain_text(document: YamlFile) -> list[Fault]:
    """Return a fault for each text that is blank, or that holds HTML or a line break."""
    faults = []
    for where, text in texts(document.value, ()):
        if not text.strip():
            faults.append(document.fault(where, "the text is empty"))
        elif is_html(text):
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
