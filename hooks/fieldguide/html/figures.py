"""The figures of a page have numbers, in the order in which they stand; their ids stay."""

from __future__ import annotations

import re
from itertools import count

CAPTION = re.compile(
    r'(?P<figure><figure class="drawing" id="fig-[\w-]+">(?:(?!</figure>).)*?<figcaption>)'
    r"(?P<words>(?:(?!</figcaption>).)*)",
    re.DOTALL,
)


def numbered(html: str) -> str:
    """Return the content of a page with 'Figure 1.', 'Figure 2.' and so on before the captions."""
    numbers = count(1)

    def with_number(match: re.Match[str]) -> str:
        number = f'<b class="figure-number">Figure {next(numbers)}.</b>'
        words = match["words"].strip()
        return f"{match['figure']}{number}{' ' if words else ''}{words}"

    return CAPTION.sub(with_number, html)
