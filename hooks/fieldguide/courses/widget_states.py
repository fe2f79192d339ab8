"""States of the live models that are worth showing in a lesson, as links."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from fieldguide.addresses.permalinks import SHORT_FOLDER, Links, address
from fieldguide.source.pages import Page

PREFIX = "lab-"
TEXT_PREFIX = "text-"
WATCH_PREFIX, RACE_PREFIX = "watch-", "arena-"
RACES_AT = "models/arena.md", "arena"
ABOUT = (
    "Each link opens a page with its live model in that state. What you set there stands in "
    "the address, so you can make links of your own."
)
# For each family: what to see, and the settings that show it.
STATES: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "transformer": (
        ("Where the model looks while it writes a 3", {"tab": "write", "pixel": "420"}),
        ("The same digit, written with more chance", {"tab": "write", "temperature": "1.8"}),
        ("It completes a drawing of which it sees 14 rows", {"tab": "complete", "rows": "14"}),
    ),
    "autoregressive": (
        ("Half of an 8 written, pixel by pixel", {"tab": "write", "digit": "8", "pixel": "392"}),
        ("It completes a drawing of which it sees ten rows", {"tab": "complete", "rows": "10"}),
    ),
    "rnn": (
        ("Half of a 5 written, row by row", {"digit": "5", "pixel": "32"}),
        ("The whole of it", {"digit": "5", "pixel": "64"}),
    ),
    "vae": (
        ("The middle of the map of fours", {"digit": "4", "z1": "0", "z2": "0"}),
        ("Its edge, far from the training data", {"digit": "4", "z1": "2.6", "z2": "2.6"}),
        ("The same with its pixel noise", {"digit": "4", "noise": "true"}),
    ),
    "gan": (
        ("Forty forgeries, each from a noise of its own", {"tab": "make"}),
        ("Halfway between two samples", {"tab": "walk", "at": "20"}),
        ("What the discriminator says, young and grown", {"tab": "judge"}),
        ("Ten pictures, real or forged: judge them", {"tab": "play"}),
    ),
    "diffusion": (
        ("Halfway back from the noise", {"tab": "way", "at": "36"}),
        ("The same digit in one step, and in more", {"tab": "steps"}),
        ("Ten digits without guidance, and with it", {"tab": "guidance"}),
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
        ("From a drawing to its caption", {"tab": "read"}),
        ("Between \u201cone\u201d and \u201cseven\u201d", {"tab": "space"}),
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

# What is worth watching while a family learns, on its own page ...
WATCHED: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "gan": (
        ("The collapse of a GAN, while it learns", {"game": "collapse"}),
        ("The same with the remedy", {"game": "collapse", "remedy": "yes"}),
        ("A GAN that circles", {"game": "circle"}),
    ),
    "vae": (
        ("Clouds of the code merge at beta 40", {"beta": "40"}),
        ("The collapse of a VAE, at beta 150", {"beta": "150"}),
    ),
    "flow": (
        ("A grid that bends to two moons", {"data": "moons"}),
        ("Where the flow stretches, by color", {"show": "determinant"}),
    ),
    "diffusion": (
        ("Data at nine tenths of the noise", {"level": "0.9"}),
        ("Back to data in one step", {"steps": "1"}),
    ),
    "autoregressive": (("Two answers for one x, on two moons", {"data": "moons"}),),
    "emerging": (("One step along bent paths, until reflow", {"steps": "1"}),),
}
# ... and the races of all six, which belong to each of them.
RACES = (
    ("Six families race on a ring of eight clouds", {"data": "ring"}),
    ("Who gets the weights of two blobs right?", {"data": "blobs", "view": "inside"}),
    ("The spiral, with equal time for each", {"data": "spiral", "equal": "time"}),
    ("Learning rates a thousand times too high", {"data": "moons", "rate": "1000"}),
)


@dataclass(frozen=True)
class State:
    """What is to be seen, in which section of which page, and the settings that show it."""

    words: str
    place: str
    section: str
    settings: dict[str, str]

    def item(self, links: Links) -> str:
        """Return it as an item of a list."""
        query = urlencode(self.settings)
        if links.site_url:
            url = f"{links.site_url}{SHORT_FOLDER}/{self.section}.html?{query}"
            return f'<li><a href="{escape(url)}">{escape(self.words)}</a></li>'
        file, _, anchor = address(self.place, self.section).partition("#")
        return f"<li>{escape(self.words)}: <code>{escape(f'{file}?{query}#{anchor}')}</code></li>"


def shown(family: str, chapter: Page) -> list[State]:
    """Return the states of a family's models; a chapter may have none."""
    found = []
    for ending, prefix, states in (
        ("-try", TEXT_PREFIX, TEXTS),
        ("-try", PREFIX, STATES),
        ("-watch", WATCH_PREFIX, WATCHED),
    ):
        section = next((each.id for each in chapter.headings if each.id.endswith(ending)), "")
        if not section:
            continue
        of_family = states.get(family, ())
        found += [
            State(words, chapter.path, section, prefixed(prefix, settings))
            for words, settings in of_family
        ]
        if of_family and states is WATCHED:
            found += [
                State(words, *RACES_AT, prefixed(RACE_PREFIX, settings))
                for words, settings in RACES
            ]
    return found


def prefixed(prefix: str, settings: dict[str, str]) -> dict[str, str]:
    """Return settings by the names that they have in an address."""
    return {prefix + name: value for name, value in settings.items()}


def page(family: str, chapter: Page, links: Links) -> str:
    """Return the states of a family's models as a list; a chapter may have no live model."""
    items = [state.item(links) for state in shown(family, chapter)]
    if not items:
        return ""
    note = "" if links.site_url else "<p>Put the address of your copy in front of each.</p>\n"
    return f"{note}<ul>\n" + "\n".join(items) + "\n</ul>"
