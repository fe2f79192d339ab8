"""Where the picker stands on the page for course authors, and the lists of files to take away."""

from __future__ import annotations

from fieldguide.addresses import course_files
from fieldguide.model import citations, outline
from fieldguide.model.site import Context

CONTENTS = "courses/contents.md"
PATHS = "learn/paths.md"


def place(context: Context, _: str) -> str:
    """Where the picker appears; without JavaScript, the ways to the same sections."""
    site = context.site
    text = "The picker needs JavaScript."
    if CONTENTS in site.pages:
        text += f" [All sections]({context.link(CONTENTS)}) is the same list without it."
    if PATHS in site.pages and site.paths:
        names = ", ".join(
            f"{citations.escape(path.title)} ({len(path.sections)} sections)"
            for path in site.paths.values()
        )
        text += f" Ready-made selections are the [reading paths]({context.link(PATHS)}): {names}."
    return f'<div class="picker" markdown="block">\n\n{text}\n\n</div>'


def cartridges(context: Context, _: str) -> str:
    """The cartridges that were made, as links; or why there are none."""
    site = context.site
    if not site.site_url:
        return (
            "This copy was built without a public address. A cartridge consists of links, so none "
            "was made. Set `SITE_URL` to the address of your copy and build it again, or take the "
            "cartridges from a hosted copy. The picker makes one wherever it has an address."
        )
    chapters = [
        path
        for group in outline.groups(site.root, list(site.pages))
        for path in group.pages
        if course_files.is_chapter(path)
    ]
    lines = [
        f"- [{citations.escape(str(site.pages[path].meta['title']))}]"
        f"({context.link(course_files.cartridge(site.pages[path].headings[0].id))})"
        for path in chapters
    ]
    whole = context.link(course_files.WHOLE)
    return (
        f"**[The whole guide]({whole})** as one cartridge, or a chapter:\n\n"
        '<div class="kit-files" markdown="block">\n\n' + "\n".join(lines) + "\n\n</div>"
    )


def kits(context: Context, _: str) -> str:
    """The teacher's kits, one for each family."""
    found = []
    for family in context.guide.families:
        if page := context.site.pages.get(family.page):
            target = context.link(course_files.teaching_kit(page.headings[0].id))
            found.append(f"- [{citations.escape(family.name)}]({target})")
    return '<div class="kit-files" markdown="block">\n\n' + "\n".join(found) + "\n\n</div>"
