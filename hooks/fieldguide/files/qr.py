"""A QR code for the short link of each heading: one SVG file, made when there is an address."""

from __future__ import annotations

import hashlib
import io
import json
from importlib.metadata import version
from pathlib import Path

import segno

from fieldguide.addresses.permalinks import SHORT_FOLDER, Links
from fieldguide.files import cache as files_cache


def drawing(url: str) -> str:
    """Return the QR code of an address, black on white with a quiet zone, as SVG."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        nl=False,
        omitsize=True,
        border=4,
        light="#fff",
        title=url,
        svgclass=None,
        lineclass=None,
    )
    return out.getvalue().decode()


def write(site_dir: Path, links: Links, cache: Path) -> None:
    """Write `s/<id>.svg` for each heading; without an address there is nothing to encode.

    What was drawn before is kept under `cache`.
    """
    if not links.site_url:
        return
    wanted = {
        key: f"{links.site_url}{SHORT_FOLDER}/{key}.html"
        for key, anchor in links.anchors.items()
        if anchor.kind == "heading"
    }
    asked = json.dumps([version("segno"), wanted], sort_keys=True)
    key = hashlib.sha256(asked.encode()).hexdigest()[:16]

    def drawn() -> bytes:
        return json.dumps({key: drawing(url) for key, url in wanted.items()}).encode()

    found = json.loads(files_cache.kept(cache / f"qr-{key}", drawn))
    files = {f"{key}.svg": found[key] for key in wanted}
    files_cache.publish(files, site_dir / SHORT_FOLDER, cache / SHORT_FOLDER, links.site_url)
