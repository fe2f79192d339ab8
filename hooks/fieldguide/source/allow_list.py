"""What HTML and SVG may hold, whoever has written them: pages, data, or a drawing.

It is a list of what is allowed, so that nobody has to think of all that is dangerous.
"""

from __future__ import annotations

import re

from fieldguide.source import web_address

TEXT = (
    "button label output progress "
    "a abbr article aside b bdi bdo blockquote br caption cite code col colgroup dd del details "
    "dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture "
    "pre q s samp section small span strong sub summary sup table tbody td tfoot th thead time tr "
    "u ul var wbr"
).split()
MATH = (
    "annotation maction math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom "
    "mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder "
    "munderover semantics"
).split()
DRAWN = (
    "circle clipPath defs desc ellipse feComposite feFlood feGaussianBlur filter g image line "
    "linearGradient marker mask "
    "path pattern polygon polyline radialGradient rect stop svg symbol text title tspan"
).split()
ELEMENTS = frozenset(name.lower() for name in (*TEXT, *MATH, *DRAWN))
OWN = re.compile(r"guide-[a-z-]+")  # the site's own elements
ATTRIBUTES = frozenset(
    (
        # of text
        "disabled max min type "
        "alt class cite colspan datetime dir for headers height hidden href id lang loading "
        "markdown open reversed role rowspan scope span src start tabindex title translate "
        "value width "
        # of formulas
        "accent accentunder alttext columnalign columnspan depth display displaystyle encoding "
        "fence form largeop linethickness lspace mathcolor mathsize mathvariant maxsize minsize "
        "movablelimits notation rowspacing rspace scriptlevel separator stretchy symmetric "
        "voffset xmlns "
        # of drawings
        "clip-path clip-rule clippathunits cx cy d dominant-baseline dx dy fill fill-opacity "
        "fill-rule filter filterunits flood-color focusable font-size font-style font-weight fx fy "
        "gradienttransform gradientunits in in2 letter-spacing marker-end marker-mid marker-start "
        "markerheight markerunits markerwidth mask offset opacity operator orient paint-order "
        "pathlength patterncontentunits patterntransform patternunits points preserveaspectratio "
        "r refx refy result rx ry spreadmethod stddeviation stop-color stop-opacity stroke "
        "stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit "
        "stroke-opacity stroke-width text-anchor textlength transform vector-effect version "
        "viewbox x x1 x2 y y1 y2 "
    ).split()
)
FAMILIES = ("aria-", "data-")
ADDRESSES = ("href", "src", "cite")
INSIDE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]+=*")  # a picture within a drawing
OTHER_PLACE = re.compile(r"url\(\s*(?![\"']?#)", re.IGNORECASE)


def element_fault(name: str) -> str:
    """Return what is wrong with an element of this name, or an empty text."""
    if name.lower() in ELEMENTS or OWN.fullmatch(name.lower()):
        return ""
    return f"the element <{name}> is not allowed in pages and drawings"


def attribute_fault(element: str, name: str, value: str | None) -> str:
    """Return what is wrong with an attribute of an element, or an empty text."""
    known = name.lower() in ATTRIBUTES or name.lower().startswith(FAMILIES)
    if not known:
        return f"the attribute '{name}' of <{element}> is not allowed in pages and drawings"
    if element.lower() == "image" and name.lower() in ADDRESSES:
        inside = INSIDE.fullmatch(value or "")
        return (
            "" if inside else f"{value!r} is not within the drawing; write data:image/png;base64,"
        )
    if name.lower() in ADDRESSES and (wrong := web_address.link_fault(value or "")):
        return wrong
    if OTHER_PLACE.search(value or ""):
        return f"the attribute '{name}' of <{element}> refers to another file; write url(#id)"
    return ""
