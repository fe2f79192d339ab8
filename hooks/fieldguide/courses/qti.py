"""Self-check questions as QTI 1.2.1 in the profile of Common Cartridge 1.1.

Each condition sets a score: the first one nothing, with the explanations that everybody sees, the
second one everything for the right option. A condition that only gives feedback on a wrong option
would make an importer mark that option right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from fieldguide.courses.quiz import Option, QuizQuestion

ANY = re.compile(r"\{([\w-]+)\}")
# What would become a tag or a character if it were decoded once more than it was written.
BRITTLE = re.compile(r"(?:&lt;(?=[A-Za-z/!?])|&amp;(?=#?\w+;))")
RAW = "raw_"  # a value whose name starts so is markup already
PROFILE = {False: "cc.multiple_choice.v0p1", True: "cc.multiple_response.v0p1"}
FEWEST = 3  # options of a question with one answer; with fewer it is one with several

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
# Canvas makes a graded column of an "Examination"; what is anything else, it lets students try.
ASSESSMENT = """\
<?xml version="1.0" encoding="UTF-8"?>
<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="{id}" \
title="{title}"><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel>\
<fieldentry>cc.exam.v0p1</fieldentry></qtimetadatafield><qtimetadatafield>\
<fieldlabel>qmd_assessmenttype</fieldlabel><fieldentry>Self-assessment</fieldentry>\
</qtimetadatafield><qtimetadatafield><fieldlabel>cc_maxattempts</fieldlabel>\
<fieldentry>unlimited</fieldentry></qtimetadatafield></qtimetadata><section ident="root_section">
{raw_questions}</section></assessment></questestinterop>
"""


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return a template with its `{name}`s replaced, as text of XML unless the name is raw."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name not in values:
            return match[0]
        return values[name] if name.startswith(RAW) else escape(values[name])

    return ANY.sub(value, template)


def item(question: QuizQuestion) -> str:
    """Return a question as an item; addresses of the site begin with `inline_markdown.BASE`."""
    keys = {str(number): option for number, option in enumerate(question.options, 1)}
    several = question.multiple or len(keys) < FEWEST
    right = [key for key, option in keys.items() if option.right]
    return fill(
        ITEM,
        {
            "id": question.id,
            "title": question.name,
            "profile": PROFILE[several],
            "cardinality": "Multiple" if several else "Single",
            "text": sturdy(question.text),
            "raw_options": "".join(_option(key, option) for key, option in keys.items()),
            "raw_right": _condition(right, list(keys)) if several else _equal(right[0]),
            "why": sturdy(question.explanation),
        },
    )


def sturdy(html: str) -> str:
    """Return HTML whose words stay words for an importer that decodes them once too often.

    Moodle's does: `<b>` within a text would become a tag there. With a mark that joins and is not
    seen behind its bracket, it is none however often it is decoded.
    """
    return BRITTLE.sub("\\g<0>\u2060", html)


def _option(key: str, option: Option) -> str:
    """Return an option; where nothing needs escaping, plain text and HTML are the same."""
    text = sturdy(escape(option.plain, quote=False))
    kind = "text/plain" if text == option.plain else "text/html"
    return fill(OPTION, {"id": key, "type": kind, "text": text})


def _equal(key: str) -> str:
    return fill(VAREQUAL, {"id": key})


def _condition(right: list[str], every: list[str]) -> str:
    parts = (_equal(key) if key in right else f"<not>{_equal(key)}</not>" for key in every)
    return f"<and>{''.join(parts)}</and>"


def assessment(key: str, title: str, questions: list[QuizQuestion]) -> str:
    """Return a quiz of questions."""
    made = "".join(item(question) for question in questions)
    return fill(ASSESSMENT, {"id": key, "title": title, "raw_questions": made})
