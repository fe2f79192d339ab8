"""Check a YAML file against its closed JSON Schema, in words that say what is allowed."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator, ValidationError, ValidationErrorKind

from fieldguide.source import disk
from fieldguide.source.diagnostics import Fault, suggest
from fieldguide.source.yaml_document import Key, YamlFile

# What no reader sees: controls, marks of direction, and half characters. Also by YAML's escapes.
HIDDEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    r"\ufff9-\uffff]"
)
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
        schema = json.loads(disk.read(schema_file))
    except (OSError, ValueError, RecursionError) as error:
        return [document.fault((), f"its schema {schema_file.name} cannot be read: {error}")]
    if not isinstance(schema, dict) or not {"$schema", "type"} <= schema.keys():
        message = f"its schema {schema_file.name} is none: $schema and type are missing"
        return [document.fault((), message)]
    value = document.value
    faults: list[Fault] = []
    try:
        validator = Draft202012Validator(schema)
    except Exception as error:  # whatever a damaged schema makes of it
        reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        return [document.fault((), f"its schema {schema_file.name} is none: {reason}")]
    try:
        errors = list(validator.iter_errors(value))
    except ValueError:  # rare: something that JSON has no words for
        value, faults = _as_json(document)
        try:
            errors = list(validator.iter_errors(value))
        except ValueError as error:
            return [document.fault((), f"cannot be checked: {error}")]
    try:
        found = [
            document.fault(where, text)
            for each in errors
            for where, text in _explain(each, schema, value)
        ]
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        message = f"its schema {schema_file.name} is damaged: {type(error).__name__} at {error}"
        return [document.fault((), message)]
    known = {fault.where for fault in faults}
    return sorted({*faults, *(fault for fault in found if fault.where not in known)})


def _as_json(document: YamlFile) -> tuple[Any, list[Fault]]:
    """Return a value with its keys as text and without what JSON cannot hold; faults name that."""
    faults = []

    def known(value: Any, where: tuple[Key, ...]) -> Any:
        if isinstance(value, dict):
            return {str(key): known(item, (*where, str(key))) for key, item in value.items()}
        if isinstance(value, list):
            return [known(item, (*where, index)) for index, item in enumerate(value)]
        if value is None or isinstance(value, str | bool | int | float):
            return value
        kind = type(value).__name__
        faults.append(document.fault(where, f"must be text, a number or true or false, not {kind}"))
        return None

    return known(document.value, ()), faults


def _place(value: Any, path: Iterable[Key]) -> tuple[tuple[Key, ...], Any]:
    """Return a place and what stands there; the checker takes a key made of digits for a number."""
    where: list[Key] = []
    for part in path:
        part = str(part) if isinstance(value, dict) else part
        where.append(part)
        value = value[part]
    return tuple(where), value


def _explain(
    error: ValidationError, schema: Any, root: Any
) -> Iterator[tuple[tuple[Key, ...], str]]:
    where, value = _place(root, error.instance_path)
    if isinstance(error.kind, ValidationErrorKind.PropertyNames):
        value = error.kind.as_dict()["error"].instance  # of the name, which is what is wrong
    (*_, keyword), rule = _place(schema, error.schema_path)
    _, schema = _place(schema, error.schema_path[:-1])
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
            if isinstance(value, float) and not math.isfinite(value):
                found = f"{value}, which is none"
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
        case "minProperties":
            wanted = " or ".join(sorted(schema.get("properties", {}).keys() - value.keys()))
            yield where, f"a field is missing: {wanted or hint}"
        case "uniqueItems":
            yield where, "an entry stands twice in the list; keep one of them"
        case "minimum" | "maximum":
            bound = "at least" if keyword == "minimum" else "at most"
            yield where, f"{value} is out of range; allowed: {bound} {rule}"
        case "oneOf":
            yield where, f"does not have the right form; allowed: {hint}"
        case _:
            yield where, error.message


def hidden_fault(character: str) -> str:
    """Return what is wrong with a text that holds a character nobody sees."""
    return f"the character U+{ord(character):04X} cannot be seen; take it out of the text"


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
        elif hidden := HIDDEN.search(text):
            faults.append(document.fault(where, hidden_fault(hidden[0])))
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
