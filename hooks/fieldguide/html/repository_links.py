"""Links to the repository, where its address is known: edit, report an error, see the test."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlencode

from fieldguide.source.formulas import STATUS

CLAIM = re.compile(
    r'(<figure class="formula formula-claim" id="eq-([a-z0-9]+)-[^"]*">.*?'
    rf'<span class="formula-kind">)({re.escape(STATUS["claim"])})(</span>)',
    re.DOTALL,
)


def linked(html: str, path: str, repository: str) -> str:
    """Return a page with its links to `repository`, an address without a slash at its end.

    Without an address nothing is added. `path` is the page's file, relative to docs/.
    """
    if not repository:
        return html
    tests = f"{repository}/blob/main/tests/formulas"
    html = CLAIM.sub(rf'\1<a href="{escape(tests)}/\2.py">\3</a>\4', html)
    edit = f"{repository}/edit/main/docs/{path}"
    report = f"{repository}/issues/new?{urlencode({'title': f'Error on {path}'})}"
    links = (
        f'<p class="repository"><a href="{escape(edit)}">Edit this page</a> · '
        f'<a href="{escape(report)}">Report an error</a></p>'
    )
    return html.replace("</article>", f"{links}</article>", 1)
