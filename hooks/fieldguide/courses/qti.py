"""Self-check questions as QTI 1.2.1 in the profile of Common Cartridge 1.1.

Each condition sets a score: the first one nothing, with the explanations that everybody sees, the
second one everything for the right option. A condition that only gives feedback on a wrong option
would make an importer mark that option right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from fieldguide.addresses.permalinks import SHORT_FOLDER
from fieldguide.courses.inline_markdown import BASE, Writer
from fieldguide.model.site import Site
from fieldguide.source.pages import Page
from fieldguide.source.questions import Question, questions

ANY = re.compile(r"\{([\w-]+)\}")
RAW = "raw_"  # a value whose name starts so is markup already
PROFILE = {False: "cc.multiple_choice.v0p1", True: "cc.multiple_response.v0p1"}
FEWEST = 3  # options of a question with one answer; with fewer it is one with several
# What an option or an explanation may not hold, since platforms show it in many ways or not at all.
BLOCKS = (
    (re.compile(r"^\s*(```|~~~)"), "a block of code"),
    (re.compile(r"!\[[^\]]*\]\("), "a picture"),
    (re.compile(r"^\s*<!--"), "a marker"),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), "HTML"),
    (re.compile(r"^\s*\$\$"), "a displayed formula"),
    (re.compile(r"^\s*\|"), "a table"),
    (re.compile(r"^\s+(?:[-*+]|\d+[.)])\s"), "a list"),
    (re.compile(r"^\s*(?:>|#{1,6}\s|!!!|\?\?\?)"), "a quotation, heading or note"),
)
MARKED = re.compile(r"(?<!`)`(?!`)[^`]*`|\$[^$]*\$")

ITEM = """\
<item ident="{id}" title="{title}"><itemmetadata><qtimetadata><qtimetadatafield>\
<fieldlabel>cc_profile</fieldlabel><fieldentry>{profile}</fieldentry></qtimetadatafield>\
</qtimetadata></itemmetadata>
<presentation><material><mattext texttype="text/html">{text}</mattext></material>
<response_lid ident="response1" rcardinality="{cardinality}"><render_choice>
{raw_options}</render_choice></response_lid></presentation>
<resprocessing><outcomes>\
<decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>
<respcondition continue="Yes"><conditionvar><other/></conditionvar>\
<setvar action="Set" varname="SCORE">0</setvar>\
<displayfeedback feedbacktype="Response" linkrefid="general_fb"/></respcondition>
<respcondition continue="No"><conditionvar>{raw_right}</conditionvar>\
<setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing>
<itemfeedback ident="general_fb"><flow_mat><material>\
<mattext texttype="text/html">{why}</mattext></material></flow_mat></itemfeedback></item>
"""
OPTION = """\
<response_label ident="{id}"><material><mattext texttype="{type}">{text}</mattext></material>\
</response_label>
"""
VAREQUAL = '<varequal respident="response1" case="Yes">{id}</varequal>'
ASSESSMENT = """\
<?xml version="1.0" encoding="UTF-8"?>
<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="{id}" \
title="{title}"><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel>\
<fieldentry>cc.exam.v0p1</fieldentry></qtimetadatafield><qtimetadatafield>\
<fieldlabel>qmd_assessmenttype</fieldlabel><fieldentry>Examination</fieldentry></qtimetadatafield>\
</qtimetadata><section ident="root_section">
{raw_questions}</section></assessment></questestinterop>
"""


@dataclass(frozen=True)
class Exported:
    """A question that platforms can import: its id, the section that answers it, and its item."""

    id: str
    section: str
    page: str
    line: int
    item: str


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return a template with its `{name}`s replaced, as text of XML unless the name is raw."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name not in values:
            return match[0]
        return values[name] if name.startswith(RAW) else escape(values[name])

    return ANY.sub(value, template)


def exported(site: Site, page: Page) -> tuple[list[Exported], list[str]]:
    """Return the questions of a page as items, and why others cannot be exported."""
    found = []
    warnings = []
    for question in questions(page):
        reason = obstacle(page, question)
        if reason:
            warnings.append(reason)
        else:
            made = item(question, Writer(site, page.path))
            found.append(Exported(question.id, question.section, page.path, question.line, made))
    return found, warnings


def obstacle(page: Page, question: Question) -> str:
    """Return why platforms could not show a question, with file and line, or an empty text."""
    lines = page.text.split("\n")
    for number in range(question.line, len(lines) + 1):
        text = lines[number - 1]
        if number > question.line and text.startswith("///"):
            break
        bare = MARKED.sub("", text)
        for pattern, name in BLOCKS:
            if pattern.search(bare):
                return (
                    f"{page.source}:{number}: the question '{question.id}' cannot be exported to "
                    f"learning platforms: {name} stands in it; write it as a sentence"
                )
    return ""


def item(question: Question, writer: Writer) -> str:
    """Return a question as an item; addresses of the site begin with `richtext.BASE`."""
    keys = {answer.text: str(number) for number, answer in enumerate(question.answers, 1)}
    several = question.multiple or len(question.answers) < FEWEST
    right = [keys[answer.text] for answer in question.answers if answer.right]
    return fill(
        ITEM,
        {
            "id": question.id,
            "title": _short(writer.plain(question.text)),
            "profile": PROFILE[several],
            "cardinality": "Multiple" if several else "Single",
            "text": f"<p>{writer.html(question.text)}</p>",
            "raw_options": "".join(
                _option(keys[answer.text], writer.plain(answer.text)) for answer in question.answers
            ),
            "raw_right": _condition(right, list(keys.values())) if several else _equal(right[0]),
            "why": _explanation(question, writer),
        },
    )


def _short(text: str) -> str:
    """Return the name that a platform lists a question under."""
    return text if len(text) <= 120 else text[:119].rsplit(" ", 1)[0] + " …"


def _option(key: str, text: str) -> str:
    """Return an option; where nothing needs escaping, plain text and HTML are the same."""
    if escape(text, quote=False) == text:
        return fill(OPTION, {"id": key, "type": "text/plain", "text": text})
    text = escape(text, quote=False)
    return fill(OPTION, {"id": key, "type": "text/html", "text": text})


def _equal(key: str) -> str:
    return fill(VAREQUAL, {"id": key})


def _condition(right: list[str], every: list[str]) -> str:
    parts = (_equal(key) if key in right else f"<not>{_equal(key)}</not>" for key in every)
    return f"<and>{''.join(parts)}</and>"


def _explanation(question: Question, writer: Writer) -> str:
    """Return what each option has for and against it, and where to read more, as HTML."""
    lines = "".join(
        f"<li><strong>{writer.html(answer.text)}</strong>: "
        f"{'right. ' if answer.right else ''}{writer.html(answer.why)}</li>"
        for answer in question.answers
    )
    link = f"{BASE}{SHORT_FOLDER}/{question.section}.html"
    return f'<ul>{lines}</ul><p><a href="{link}">Read the section again</a></p>'


def assessment(key: str, title: str, items: list[str]) -> str:
    """Return a quiz of questions, given as items."""
    return fill(ASSESSMENT, {"id": key, "title": title, "raw_questions": "".join(items)})
