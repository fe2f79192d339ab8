"""Short links: `s/<id>.html` leads to the section, wherever it stands now.

It works without JavaScript and from a disk; with JavaScript it keeps what follows the question
mark, such as `?embed`. A permanent link that a course uses should be one of these.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from fieldguide.addresses.permalinks import SHORT_FOLDER, Links
from fieldguide.files import cache as files_cache

# Nobody links to one of these from a course; the rest is worth a file of half a kilobyte.
WITHOUT = ("source", "question", "index")
PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>\
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">\
<link rel="icon" href="data:,">{canonical}\
<script src="../assets/javascripts/short.js" data-page="../{page}" data-section="{key}"></script>\
<noscript><meta http-equiv="refresh" content="0; url=../{page}#{key}"></noscript></head>\
<body><main><h1>{title}</h1><p><a href="../{page}#{key}">Go to the section</a></p></main></body>\
</html>
"""


def pages(links: Links) -> dict[str, str]:
    """Return the HTML of each short link by its file name."""
    found = {}
    for key, place in links.short().items():
        anchor = links.anchors.get(key)
        if anchor and anchor.kind in WITHOUT:
            continue
        page, _, goal = place.partition("#")
        canonical = ""
        if links.site_url:
            canonical = f'<link rel="canonical" href="{escape(links.site_url + page)}">'
        found[f"{key}.html"] = PAGE.format(
            title=escape(links.full_title(anchor) if anchor else key, quote=False),
            canonical=canonical,
            page=page,
            key=goal,
        )
    return found


def write(site_dir: Path, links: Links, cache: Path) -> None:
    """Write the short links into the site; what has not changed is kept under `cache`."""
    files_cache.publish(pages(links), site_dir / SHORT_FOLDER, cache / SHORT_FOLDER, links.site_url)
