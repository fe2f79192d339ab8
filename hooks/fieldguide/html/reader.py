"""Content that the reader views of browsers keep: they judge an element by its id and its class.

What they go by is a list of words in Mozilla's Readability: `media`, `extra` or `related` within an
id make a heading an advertisement. A class from its other list takes that back. For the word
`share` nothing does, so that such an id stands on an empty element of its own.
"""

from __future__ import annotations

import re

KEPT = "content"  # a class that makes up for one bad word
# As in Readability 0.6: what is clutter, unless it is called something better.
CLUTTER = re.compile(
    r"-ad-|ai2html|banner|breadcrumbs|combx|com-|comment|community|contact|cover-wrap|disqus|extra"
    r"|footer|gdpr|header|hidden|legends|masthead|media|menu|meta|outbrain|pager|pagination|popup"
    r"|promo|related|remark|replies|rss|scroll|share|shopping|shoutbox|sidebar|skyscraper|social"
    r"|sponsor|supplemental|tags|widget|yom-remote"
)
SHARE = re.compile(r"(?:\b|_)share(?:daddy)?(?:\b|_)")
# A start tag with an id, of an element that holds text.
TAG = re.compile(
    r"<(?P<name>h[1-6]|p|ul|ol|li|dl|dt|dd|tr|td|div|section|figure|details|guide-question)\b"
    r'(?P<before>[^<>]*?) id="(?P<id>[^"]*)"(?P<after>[^<>]*)>'
)
CLASS = re.compile(r' class="([^"]*)"')


def kept(html: str) -> str:
    """Return the content of a page in such a way that a reader view keeps all of it."""
    return TAG.sub(_kept, html)


def _kept(tag: re.Match[str]) -> str:
    if not CLUTTER.search(tag["id"]):
        return tag[0]
    others = tag["before"] + tag["after"]
    if SHARE.search(tag["id"]) and tag["name"] in ("figure", "div", "section", "li", "td", "dd"):
        return f'<{tag["name"]}{others}><span class="alias" id="{tag["id"]}"></span>'
    if CLASS.search(others):
        with_class = CLASS.sub(rf' class="\1 {KEPT}"', others, count=1)
        return f'<{tag["name"]} id="{tag["id"]}"{with_class}>'
    return f'<{tag["name"]}{tag["before"]} id="{tag["id"]}" class="{KEPT}"{tag["after"]}>'
