"""The records of docs/data: families, claims, events, terms and paths, once they are checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fieldguide.model.lab import Lab


@dataclass(frozen=True)
class System:
    """A named, dated system of a family."""

    name: str
    year: int
    source: str
    note: str = ""


@dataclass(frozen=True)
class Family:
    """One of the model families, with all that its card and table row show."""

    id: str
    name: str
    short: str
    page: str
    kind: str
    definition: str
    strengths_and_uses: str
    likelihood: str
    passes: str
    passes_note: str
    latent: str
    modalities: list[str]
    strengths: list[str]
    weaknesses: list[str]
    introduced: dict[str, Any]
    systems: list[System]
    related: list[str]
    sources: list[str]
    checked: str
    likelihood_note: str = ""
    line: str = ""


@dataclass(frozen=True)
class Statement:
    """An advantage or a limitation: what is claimed, precisely, and how good the evidence is."""

    id: str
    title: str
    statement: str
    evidence: str
    see: str
    sources: list[str]
    checked: str


@dataclass(frozen=True)
class Industry:
    """A field of use: what is done there, what has been shown, and a caution."""

    id: str
    name: str
    uses: str
    evidence_text: str
    caution: str
    page: str
    section: str
    sources: list[str]
    checked: str


@dataclass(frozen=True)
class Event:
    """A dated entry of the timeline."""

    id: str
    year: int
    title: str
    text: str
    kind: str
    sources: list[str]
    date: str = ""
    family: str = ""


@dataclass(frozen=True)
class Term:
    """A glossary term; `see` is `page.md#id`, where the guide explains it at length."""

    id: str
    term: str
    definition: str
    aliases: tuple[str, ...] = ()
    see: str = ""


@dataclass(frozen=True)
class ReadingPath:
    """Sections to read in an order, each as `page.md#id`; `days` to spread them over, if any."""

    id: str
    title: str
    for_whom: str
    sections: list[str]
    days: int = 0


@dataclass(frozen=True)
class OtherWords:
    """What readers type: other words for a section, by `page.md#id`, and words often misspelled.

    `comparison` is the section that compares the families, for who asks for one "vs" another.
    """

    sections: dict[str, list[str]] = field(default_factory=dict)
    misspelled: list[str] = field(default_factory=list)
    comparison: str = ""


@dataclass(frozen=True)
class Guide:
    """All data of the site."""

    families: list[Family]
    advantages: list[Statement]
    limitations: list[Statement]
    industries: list[Industry]
    timeline: list[Event]
    terms: dict[str, Term]
    sources: dict[str, dict[str, Any]]
    lab: Lab = field(default_factory=Lab)

    def family(self, key: str) -> Family:
        """Return a family by its id; KeyError if there is none."""
        return {family.id: family for family in self.families}[key]
