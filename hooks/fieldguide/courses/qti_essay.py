"""Problems as essay questions in QTI 1.2.1, in the profile of Common Cartridge 1.1.

A person grades them; the solution is feedback that comes with the answer.
"""

from __future__ import annotations

from collections.abc import Iterable

from fieldguide.courses import qti
from fieldguide.courses.problem_sets import ProblemText
from fieldguide.courses.qti import fill

ITEM = """\
<item ident="{id}" title="{title}"><itemmetadata><qtimetadata><qtimetadatafield>\
<fieldlabel>cc_profile</fieldlabel><fieldentry>cc.essay.v0p1</fieldentry></qtimetadatafield>\
<qtimetadatafield><fieldlabel>qmd_computerscored</fieldlabel><fieldentry>No</fieldentry>\
</qtimetadatafield></qtimetadata></itemmetadata>
<presentation><material><mattext texttype="text/html">{text}</mattext></material>
<response_str ident="response1" rcardinality="Single"><render_fib fibtype="String" prompt="Box">\
<response_label ident="answer1" rshuffle="No"/></render_fib></response_str></presentation>
<resprocessing><outcomes>\
<decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>
<respcondition continue="No"><conditionvar><other/></conditionvar>\
<setvar action="Set" varname="SCORE">0</setvar>\
<displayfeedback feedbacktype="Response" linkrefid="general_fb"/></respcondition></resprocessing>
<itemfeedback ident="general_fb"><flow_mat><material>\
<mattext texttype="text/html">{solution}</mattext></material></flow_mat></itemfeedback></item>
"""


RESOURCE = """\
<resource identifier="R_{id}" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment">\
<file href="{file}"/></resource>
"""


def item(problem: ProblemText) -> str:
    """Return a problem as an item; addresses of the site begin with `inline_markdown.BASE`."""
    return fill(
        ITEM,
        {
            "id": problem.id,
            "title": problem.name,
            "text": problem.statement,
            "solution": problem.solution,
        },
    )


def assessment(key: str, title: str, problems: Iterable[ProblemText]) -> str:
    """Return the problems of a chapter as one assessment."""
    made = "".join(map(item, problems))
    return fill(qti.ASSESSMENT, {"id": key, "title": title, "raw_questions": made})
