"""Every section of the site as a plain list of links, for the page of contents."""

from __future__ import annotations

from fieldguide.model import citations, outline
from fieldguide.model.site import Context, Site
from fieldguide.source import inline


def table(context: Context, argument: str) -> str:
    """The sections of one part of the navigation, page by page."""
    site = context.site
    lines: list[str] = []
    for group in outline.groups(site.root, list(site.pages)):
        for path in group.pages if group.name == argument else []:
            for heading in site.pages[path].headings:
                link = f"{context.link(path)}#{heading.id}"
                title = citations.escape(inline.plain(heading.title))
                lines.append(f"{'    ' * (heading.level - 1)}- [{title}]({link})")
    return f'<section class="contents" markdown="block">\n\n{chr(10).join(lines)}\n\n</section>'


def names(site: Site) -> list[str]:
    """Return the names of the parts of the navigation."""
    return [group.name for group in outline.groups(site.root, list(site.pages))]
