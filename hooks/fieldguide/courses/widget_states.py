"""States of the live models that are worth showing in a lesson, as links."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from fieldguide.addresses.permalinks import SHORT_FOLDER, Links, address
from fieldguide.source.pages import Page

PREFIX = "lab-"
TEXT_PREFIX = "text-"
ABOUT = (
    "Each link opens the chapter with its live model in that state. What you set there stands in "
    "the address, so you can make links of your own."
)
# For each family: what to see, and the settings that show it.
STATES: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "transformer": (
        ("Where the model looks while it writes a 3", {"tab": "write", "pixel": "40"}),
        ("The same digit, written with more chance", {"tab": "write", "temperature": "1.8"}),
        ("It completes a drawing of which it sees four rows", {"tab": "complete", "rows": "4"}),
    ),
    "autoregressive": (
        ("Half of an 8 written, pixel by pixel", {"tab": "write", "digit": "8", "pixel": "32"}),
        ("It completes a drawing of which it sees two rows", {"tab": "complete", "rows": "2"}),
    ),
    "rnn": (
        ("Half of a 5 written, row by row", {"digit": "5", "pixel": "32"}),
        ("The whole of it", {"digit": "5", "pixel": "64"}),
    ),
    "vae": (
        ("The middle of the map of fours", {"digit": "4", "z1": "0", "z2": "0"}),
        ("Its edge, far from the training data", {"digit": "4", "z1": "2.5", "z2": "2.5"}),
        ("The same with its pixel noise", {"digit": "4", "noise": "true"}),
    ),
    "gan": (
        ("Ten digits from ten noises", {"tab": "make"}),
        ("Halfway between two samples", {"tab": "walk", "at": "20"}),
        ("What the discriminator says", {"tab": "judge"}),
    ),
    "diffusion": (
        ("Cleared from noise in 32 steps, a quarter done", {"steps": "32", "at": "8"}),
        ("In a single step", {"steps": "1"}),
        ("In four steps", {"steps": "4"}),
    ),
    "flow": (
        ("How likely is a drawing?", {"tab": "rate"}),
        ("Ten samples, from noise backward", {"tab": "make"}),
    ),
    "hybrid": (
        ("One step in each strip", {"steps": "1"}),
        ("Eight steps in each strip, the second one in the making", {"steps": "8", "at": "20"}),
    ),
    "multimodal": (
        ("A bold three, from its words", {"tab": "draw", "text": "bold three"}),
        ("A word with a letter missing", {"tab": "draw", "text": "sevn"}),
        ("From a drawing to its word", {"tab": "read"}),
    ),
    "emerging": (
        ("From many steps to a single one", {"tab": "steps"}),
        ("No guidance", {"tab": "guidance", "guidance": "0"}),
        ("Too much guidance", {"tab": "guidance", "guidance": "6"}),
    ),
}
# The same for the language models, which stand on the same pages.
TEXTS: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "transformer": (
        ("The same word at five temperatures", {"tab": "heat", "word": "sadness"}),
        ("Greedy: always the first candidate", {"word": "sadness", "greedy": "true"}),
        (
            "What a later head looks at",
            {"tab": "look", "word": "penguin", "head": "9"},
        ),
        ("Surprise, token by token", {"tab": "bits", "text": "penguin: a bird that cannot fly"}),
        ("What the sentence stands on", {"tab": "near", "word": "light bulb"}),
    ),
    "rnn": (
        ("A state of 576 numbers, all it remembers", {"word": "light bulb"}),
        ("Written with more chance", {"word": "light bulb", "temperature": "1.5"}),
    ),
    "emerging": (
        ("Eight blanks filled one by one, surest first", {"steps": "8", "length": "8"}),
        ("The same in two steps", {"steps": "2", "length": "8"}),
        ("A gap in the middle of a line", {"tab": "gap", "gap": "rain: _ that falls"}),
    ),
}


def page(family: str, chapter: Page, links: Links) -> str:
    """Return the states of a family's model as a list; a chapter may have no live model."""
    key = next((each.id for each in chapter.headings if each.id.endswith("-try")), "")
    shown = [
        (words, {prefix + name: value for name, value in settings.items()})
        for prefix, states in ((TEXT_PREFIX, TEXTS), (PREFIX, STATES))
        for words, settings in states.get(family, ())
    ]
    if not key or not shown:
        return ""
    items = []
    for words, settings in shown:
        query = urlencode(settings)
        if links.site_url:
            url = f"{links.site_url}{SHORT_FOLDER}/{key}.html?{query}"
            items.append(f'<li><a href="{escape(url)}">{escape(words)}</a></li>')
        else:
            place, _, anchor = address(chapter.path, key).partition("#")
            items.append(
                f"<li>{escape(words)}: <code>{escape(f'{place}?{query}#{anchor}')}</code></li>"
            )
    note = "" if links.site_url else "<p>Put the address of your copy in front of each.</p>\n"
    return f"{note}<ul>\n" + "\n".join(items) + "\n</ul>"
