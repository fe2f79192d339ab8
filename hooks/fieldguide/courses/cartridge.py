"""Common Cartridge 1.1: sections as web links, and their questions as quizzes.

Moodle looks for the namespace in the first 1,024 bytes, refuses addresses that are not ASCII, and
stops at a title of the whole that holds an angle bracket; what it makes of quizzes cannot be graded
right, so each cartridge is also made of links alone.
The same templates make the cartridges of the build and, in the browser, those that readers pick.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from fieldguide.addresses import course_files
from fieldguide.addresses.permalinks import SHORT_FOLDER, Links
from fieldguide.courses import problem_sets, qti, qti_essay
from fieldguide.courses.inline_markdown import BASE
from fieldguide.courses.problem_sets import ProblemText
from fieldguide.courses.qti import fill
from fieldguide.courses.quiz import QuizQuestion
from fieldguide.files import deterministic_zip
from fieldguide.model.site import Site
from fieldguide.source import inline

ABOUT = "Source and license (CC BY 4.0)"
ABOUT_KEY = "courses-license"
CHECK = "Check yourself"
PROBLEMS = "Problems"

TEMPLATES = {
    "manifest": """\
<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{id}" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" \
xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion>
<lomimscc:lom><lomimscc:general><lomimscc:title><lomimscc:string language="en-US">{title}\
</lomimscc:string></lomimscc:title><lomimscc:description><lomimscc:string language="en-US">\
Links into the {name}, {base}.</lomimscc:string>\
</lomimscc:description></lomimscc:general><lomimscc:rights>\
<lomimscc:copyrightAndOtherRestrictions><lomimscc:value>yes</lomimscc:value>\
</lomimscc:copyrightAndOtherRestrictions><lomimscc:description>\
<lomimscc:string language="en-US">CC BY 4.0, https://creativecommons.org/licenses/by/4.0/. \
Name the source: {name}.</lomimscc:string></lomimscc:description>\
</lomimscc:rights></lomimscc:lom></metadata>
<organizations><organization identifier="org_1" structure="rooted-hierarchy">\
<item identifier="root">
{raw_modules}</item></organization></organizations>
<resources>
{raw_resources}</resources>
</manifest>
""",
    "module": """\
<item identifier="M_{id}"><title>{title}</title>
{raw_items}</item>
""",
    "item": """\
<item identifier="I_{id}" identifierref="R_{id}"><title>{title}</title></item>
""",
    "link": """\
<resource identifier="R_{id}" type="imswl_xmlv1p1"><file href="weblinks/{id}.xml"/></resource>
""",
    "quiz": """\
<resource identifier="R_{id}" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment">\
<file href="quizzes/{id}.xml"/></resource>
""",
    "weblink": """\
<?xml version="1.0" encoding="UTF-8"?>
<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>{title}</title>
<url href="{url}" target="_blank"/></webLink>
""",
    "assessment": qti.ASSESSMENT,
}


@dataclass
class Module:
    """A unit of a course: sections by id and title, a quiz of questions, problems to write on."""

    id: str
    title: str
    sections: list[tuple[str, str]]
    questions: list[QuizQuestion] = field(default_factory=list)
    problems: list[ProblemText] = field(default_factory=list)


def ascii_address(url: str) -> str:
    """Return an address in the characters that importers accept."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    place = f"{host}:{parts.port}" if parts.port else host
    return urlunsplit((parts.scheme, place, quote(parts.path, safe="/%~!$&'()*+,;=:@"), "", ""))


def bracketless(title: str) -> str:
    """Return a title without the brackets at which Moodle's restore stops."""
    return title.replace("<", "\u2039").replace(">", "\u203a")


def chapters(
    site: Site, rows: Iterable[Mapping[str, Any]], asked: Mapping[str, list[QuizQuestion]]
) -> list[Module]:
    """Return each chapter as a module, in the order of the site; `asked` has its questions."""
    found: dict[str, Module] = {}
    for row in rows:
        path = str(row["page"])
        if not course_files.is_chapter(path):
            continue
        if path not in found:
            page = site.pages[path]
            title = inline.plain(str(page.meta["title"]))
            problems = problem_sets.of_page(site, page)
            found[path] = Module(page.headings[0].id, title, [], asked.get(path, []), problems)
        words = str(row["title"])
        if found[path].sections:  # in a list of many chapters, "The idea" alone says nothing
            words = f"{found[path].title}: {words}"
        found[path].sections.append((str(row["id"]), words))
    return list(found.values())


def entries(key: str, title: str, modules: list[Module], base: str, name: str) -> dict[str, bytes]:
    """Return the files of a cartridge by name; `base` is the address of the site."""
    shown: list[str] = []
    resources: list[str] = []
    files: dict[str, str] = {}
    for module in modules:
        items = []
        for link, words in module.sections:
            items.append(fill(TEMPLATES["item"], {"id": link, "title": words}))
            resources.append(fill(TEMPLATES["link"], {"id": link}))
            url = f"{base}{SHORT_FOLDER}/{link}.html"
            files[f"weblinks/{link}.xml"] = fill(TEMPLATES["weblink"], {"title": words, "url": url})
        if module.questions:
            quiz = f"quiz-{module.id}"
            words = f"{CHECK}: {module.title}"
            items.append(fill(TEMPLATES["item"], {"id": quiz, "title": words}))
            resources.append(fill(TEMPLATES["quiz"], {"id": quiz}))
            made = qti.assessment(quiz, words, module.questions)
            files[f"quizzes/{quiz}.xml"] = made.replace(BASE, base)
        if module.problems:
            own = f"problems-{module.id}"
            words = f"{PROBLEMS}: {module.title}"
            file = f"problems/{own}.xml"
            items.append(fill(TEMPLATES["item"], {"id": own, "title": words}))
            resources.append(fill(qti_essay.RESOURCE, {"id": own, "file": file}))
            made = qti_essay.assessment(own, words, module.problems)
            files[file] = made.replace(BASE, base)
        values = {"id": module.id, "title": module.title, "raw_items": "".join(items)}
        shown.append(fill(TEMPLATES["module"], values))
    manifest = fill(
        TEMPLATES["manifest"],
        {
            "id": f"fieldguide_{key}",
            "title": bracketless(title),
            "name": name,
            "base": base,
            "raw_modules": "".join(shown),
            "raw_resources": "".join(resources),
        },
    )
    every = {"imsmanifest.xml": manifest, **dict(sorted(files.items()))}
    return {path: text.encode() for path, text in every.items()}


def files(modules: list[Module], links: Links) -> dict[str, bytes]:
    """Return the cartridges by path: the whole site, and each chapter; none without an address."""
    if not links.site_url:
        return {}
    base = ascii_address(links.site_url)
    about = [(ABOUT_KEY, ABOUT)] if ABOUT_KEY in links.anchors else []
    whole = [*modules, Module("about", "About this material", about)] if about else modules
    packages = [("all", links.name, whole, course_files.WHOLE, course_files.WHOLE_LINKS)]
    packages += [
        (
            module.id,
            f"{links.name}: {module.title}",
            [replace(module, sections=module.sections + about)],
            course_files.cartridge(module.id),
            course_files.link_cartridge(module.id),
        )
        for module in modules
    ]
    found = {}
    for key, title, parts, place, links_place in packages:
        bare = [replace(part, questions=[], problems=[]) for part in parts]
        found[place] = entries(key, title, parts, base, links.name)
        found[links_place] = entries(f"{key}-links", title, bare, base, links.name)
    return {place: deterministic_zip.packed(parts, links.edition) for place, parts in found.items()}
