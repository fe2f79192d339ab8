"""Links to the repository: there with an address, absent without one."""

from __future__ import annotations

from fieldguide.html import repository_links

PAGE = (
    '<article><figure class="formula formula-claim" id="eq-gan-jsd"><figcaption>Value'
    '<span class="formula-kind">claim, checked numerically</span></figcaption></figure>'
    '<figure class="formula formula-definition" id="eq-gan-value"><figcaption>Game'
    '<span class="formula-kind">definition</span></figcaption></figure></article>'
)


def test_without_an_address_nothing_changes() -> None:
    assert repository_links.linked(PAGE, "models/gans.md", "") == PAGE


def test_a_claim_leads_to_its_test_and_the_page_to_its_source() -> None:
    html = repository_links.linked(PAGE, "models/gans.md", "https://example.org/guide")
    assert '<a href="https://example.org/guide/blob/main/tests/formulas/gan.py">claim' in html
    assert html.count("/tests/formulas/") == 1
    assert 'href="https://example.org/guide/edit/main/docs/models/gans.md"' in html
    assert "issues/new?title=Error+on+models%2Fgans.md" in html
