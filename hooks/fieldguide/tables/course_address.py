"""What the page for course authors says of the address at which this copy is published."""

from __future__ import annotations

import html

from fieldguide.model.site import Context

PAGE = "courses/index.md"
PLACEHOLDER = "https://SITE/"  # what its recipes say while there is no address
VERSION = "version YYYY-MM-DD"


def filled(text: str, path: str, site_url: str, edition: str) -> str:
    """Return the Markdown of a page; its recipes carry the version, and the address if known."""
    if path != PAGE:
        return text
    return text.replace(PLACEHOLDER, site_url or PLACEHOLDER).replace(VERSION, f"version {edition}")


def published(context: Context, _: str) -> str:
    """Where this copy of the site is published, as far as it knows."""
    url = context.site.site_url
    if url:
        return (
            f"This copy was built for **{html.escape(url)}**. The recipes below carry that "
            "address, and the short links and QR codes lead there, also from a copy on a disk."
        )
    return (
        "This copy was built without a public address. Put the address at which you read it in "
        f"the place of `{PLACEHOLDER}` in the recipes below. The menu copies the address of the "
        "page as your browser shows it, and there are no QR codes."
    )
