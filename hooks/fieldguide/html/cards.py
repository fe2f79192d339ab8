"""Tables that are cards on a phone: each cell tells the name of its column."""

from __future__ import annotations

import re

BOX = re.compile(r'<div class="[^"]*\btable-box\b[^>]*>.*?</table>', re.DOTALL)
HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<td\b")
TAG = re.compile(r"<[^>]*>")


def named(html: str) -> str:
    """Return the content of a page with the name of its column on each cell but a row's first."""
    return BOX.sub(lambda box: _named(box[0]), html)


def _named(box: str) -> str:
    head, opened, body = box.partition("<tbody>")
    names = [
        " ".join(TAG.sub("", name).split()).replace('"', "&quot;") for name in HEAD.findall(head)
    ]

    def row(match: re.Match[str]) -> str:
        columns = iter(["", *names[1:]])

        def cell(start: re.Match[str]) -> str:
            name = next(columns, "")
            return f'{start[0]} data-head="{name}"' if name else start[0]

        return CELL.sub(cell, match[0])

    return head + opened + ROW.sub(row, body)
