"""What each page says of itself to catalogs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fieldguide import check
from fieldguide.addresses import permalinks
from fieldguide.courses import json_ld, section_feed

URL = "https://example.org/guide/"
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


def heads(root: Path, url: str) -> dict[str, str]:
    """Return what the pages of the real site have in their heads, for an address."""
    site, faults = check.check(root)
    assert site, faults
    site = replace(site, site_url=url)
    links = permalinks.links(site, name="The Guide </script> & Co", edition="2026-11-22")
    return json_ld.heads(site, links, section_feed.rows(site, url))


@pytest.mark.parametrize("url", [URL, ""])
def test_each_page_names_its_parts(root: Path, url: str) -> None:
    for path, head in heads(root, url).items():
        found = DATA.findall(head)
        assert len(found) == 1, path
        page = json.loads(found[0])
        place = path.removesuffix(".md") + ".html"
        assert page["@id"] == (url + place if url else place.rpartition("/")[2])
        assert page["@type"] == ["WebPage", "LearningResource"]
        assert re.fullmatch(r"PT\d+M", page["timeRequired"])
        assert 2 <= len(page["teaches"]) <= 4
        assert all(part["@id"].startswith(f"{page['@id']}#") for part in page["hasPart"])
        assert page["isPartOf"]["name"] == "The Guide </script> & Co"
        assert ('property="og:url"' in head) == bool(url)
        assert head.count("</script>") == 1  # a name cannot end the script
