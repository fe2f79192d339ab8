"""Cartridges as importers read them, and the rules that these have taught us."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

CP = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
WL = "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"
QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
SPACES = {"cp": CP, "wl": WL, "q": QTI}
LINK = "imswl_xmlv1p1"
HEAD = 1024  # bytes in which Moodle looks for the namespace
ADDRESS = re.compile(r"^https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+$")
FORMS = {"cc.multiple_choice.v0p1": "Single", "cc.multiple_response.v0p1": "Multiple"}


@dataclass(frozen=True)
class Asked:
    """A question as it arrives: its text, its options by their keys, and the keys of the right."""

    id: str
    text: str
    options: dict[str, str]
    right: frozenset[str]
    feedback: str


def entries(packed: bytes) -> dict[str, bytes]:
    """Return the files of a zip by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def modules(packed: bytes) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return title and items (title, and address or 'quiz') of each module."""
    files = entries(packed)
    root = ElementTree.fromstring(files["imsmanifest.xml"])
    resources = {
        resource.attrib["identifier"]: resource
        for resource in root.iterfind(".//cp:resource", SPACES)
    }
    found = []
    for module in root.iterfind("cp:organizations/cp:organization/cp:item/cp:item", SPACES):
        items = []
        for item in module.iterfind("cp:item", SPACES):
            resource = resources[item.attrib["identifierref"]]
            file = resource.find("cp:file", SPACES)
            assert file is not None
            address = "quiz"
            if resource.attrib["type"] == LINK:
                url = ElementTree.fromstring(files[file.attrib["href"]]).find("wl:url", SPACES)
                assert url is not None
                address = url.attrib["href"]
            items.append((item.findtext("cp:title", "", SPACES), address))
        found.append((module.findtext("cp:title", "", SPACES), items))
    return found


def asked(packed: bytes) -> list[Asked]:
    """Return the questions of a cartridge as Moodle and cc2olx find them."""
    found = []
    for name, content in entries(packed).items():
        if name.startswith("quizzes/"):
            root = ElementTree.fromstring(content)
            found += [
                _asked(item) for item in root.iterfind("q:assessment/q:section/q:item", SPACES)
            ]
    return found


def _asked(item: ElementTree.Element) -> Asked:
    options = {
        label.attrib["ident"]: label.findtext("q:material/q:mattext", "", SPACES)
        for label in item.iterfind(".//q:response_label", SPACES)
    }
    return Asked(
        item.attrib["ident"],
        item.findtext("q:presentation/q:material/q:mattext", "", SPACES),
        options,
        frozenset(_right(item)),
        item.findtext("q:itemfeedback/q:flow_mat/q:material/q:mattext", "", SPACES),
    )


def _right(item: ElementTree.Element) -> list[str]:
    """Return what cc2olx takes for right: all that conditions name, up to the first that ends."""
    found: list[str] = []
    for condition in item.iterfind("q:resprocessing/q:respcondition", SPACES):
        direct = condition.findall("q:conditionvar/q:varequal", SPACES)
        joined = condition.findall("q:conditionvar/q:and/q:varequal", SPACES)
        found += [str(each.text) for each in direct or joined]
        if condition.get("continue", "No") == "No":
            break
    return found


def problems(packed: bytes) -> list[str]:
    """Return what would go wrong when a cartridge is imported."""
    files = entries(packed)
    manifest = files["imsmanifest.xml"]
    wrong = []
    if next(iter(files)) != "imsmanifest.xml":
        wrong.append("the manifest is not the first file")
    if f'xmlns="{CP}"'.encode() not in manifest[:HEAD]:
        wrong.append(f"the namespace is not in the first {HEAD} bytes")
    root = ElementTree.fromstring(manifest)
    if root.findtext("cp:metadata/cp:schemaversion", "", SPACES) != "1.1.0":
        wrong.append("the version is not 1.1.0")
    names = [
        element.attrib["identifier"] for element in root.iter() if "identifier" in element.attrib
    ]
    wrong += [f"the identifier {name} stands twice" for name in names if names.count(name) > 1]
    wrong += [
        f"{name} is no XML name" for name in names if not re.match(r"^[A-Za-z_][\w.-]*$", name)
    ]
    told = {
        file.attrib["href"] for file in root.iterfind("cp:resources/cp:resource/cp:file", SPACES)
    }
    if told | {"imsmanifest.xml"} != set(files):
        wrong.append(f"files and manifest differ: {sorted(told ^ set(files))}")
    used = {item.get("identifierref") for item in root.iter(f"{{{CP}}}item")} - {None}
    had = {resource.attrib["identifier"] for resource in root.iter(f"{{{CP}}}resource")}
    if used != had:
        wrong.append(f"items and resources differ: {used ^ had}")
    for module, items in modules(packed):
        for title, address in items:
            if not title.strip() or not (address == "quiz" or ADDRESS.match(address)):
                wrong.append(f"{module}: '{title}' leads to '{address}'")
    for name, content in files.items():
        if name.startswith("quizzes/"):
            for item in ElementTree.fromstring(content).iter(f"{{{QTI}}}item"):
                wrong += [f"{item.attrib['ident']}: {text}" for text in _faults(item)]
    return wrong


def _faults(item: ElementTree.Element) -> list[str]:
    """Return what is wrong with a question, by the rules of the profile of Common Cartridge."""
    wrong = []
    profile = item.findtext(".//q:fieldentry", "", SPACES)
    response = item.find("q:presentation/q:response_lid", SPACES)
    assert response is not None
    keys = [label.attrib["ident"] for label in response.iter(f"{{{QTI}}}response_label")]
    if FORMS.get(profile) != response.get("rcardinality"):
        wrong.append(f"{profile} with {response.get('rcardinality')}")
    if len(set(keys)) != len(keys) or len(keys) < (
        3 if profile == "cc.multiple_choice.v0p1" else 2
    ):
        wrong.append(f"{len(keys)} options")
    shown = {each.get("linkrefid") for each in item.iter(f"{{{QTI}}}displayfeedback")}
    if shown != {each.get("ident") for each in item.iter(f"{{{QTI}}}itemfeedback")}:
        wrong.append("feedback that is not shown, or shown and not there")
    for condition in item.iter(f"{{{QTI}}}respcondition"):
        if condition.find("q:setvar", SPACES) is None:
            wrong.append("a condition that sets no score")
    for each in item.iter(f"{{{QTI}}}varequal"):
        if each.get("respident") != response.get("ident") or each.text not in keys:
            wrong.append(f"a condition on {each.text}")
    return wrong
