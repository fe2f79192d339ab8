"""The drawings of one recorded answer: the large figure, and what stands at its stages."""

from __future__ import annotations

from fieldguide.drawings.svg import lines, number, svg, text
from fieldguide.drawings.walk_parts import arrow, bars, followed, head, stage, tokens
from fieldguide.model.lab_results import Rows
from fieldguide.model.walks import percent, shown

NAMES = ("answer", "tokens", "candidates", "line")


def drawings(answer: Rows) -> dict[str, str]:
    """Return the drawings by name."""
    return {
        "made-walk-answer": whole(answer),
        "made-walk-tokens": given(answer),
        "made-walk-candidates": candidates(answer),
        "made-walk-line": line(answer),
    }


def chips(answer: Rows) -> list[tuple[str, str]]:
    """Return the tokens of the prompt with their numbers."""
    return [(token, str(number)) for number, token in answer["tokens"]]


def given(answer: Rows) -> str:
    """Return the tokens that the model gets."""
    parts, end = tokens(chips(answer), 12, 12, 348)
    names = ", ".join(f"{shown(token)} {mark}" for token, mark in chips(answer))
    return svg(
        "walk-tokens", end + 8, "The tokens of the prompt", f"Token and number: {names}.", parts
    )


def candidates(answer: Rows) -> str:
    """Return the ten likeliest first tokens, and which of them was drawn."""
    first = answer["steps"][0]
    tops = [(token, share) for token, share in first["top"]]
    parts, end = bars(tops, 12, 10, 348, first["drawn"])
    told = ", ".join(f"{token.strip()} {percent(share)}" for token, share in tops)
    return svg("walk-candidates", end + 6, "What may follow the prompt", f"{told}.", parts)


def line(answer: Rows) -> str:
    """Return all tokens of the answer, with the probability that each had."""
    made = [(step["drawn"], percent(step["chance"])) for step in answer["steps"]]
    parts, end = tokens(made, 12, 12, 348, "d-sample")
    told = ", ".join(f"{shown(token)} {share}" for token, share in made)
    return svg("walk-line", end + 8, "The answer, token by token", f"{told}.", parts)


def throw(first: Rows, y: float) -> list[str]:
    """Return the pieces of the draw, from 0 to 1, and where the dice fell."""
    parts, left, wide = [], 18.0, 324.0
    for i, share in enumerate(first["shares"]):
        style = "d-bar-2" if i == first["place"] else "d-bar"
        parts.append(
            f'<rect class="{style}" x="{number(left)}" y="{number(y)}" '
            f'width="{number(max(1.0, wide * share - 1.5))}" height="16"/>'
        )
        left += wide * share
    fell = 18 + wide * first["u"]
    parts.append(f'<path class="d-line" d="M{number(fell)} {number(y - 6)}v28"/>')
    label = f"the dice: {first['u']:.2f}, so \u201c{first['drawn'].strip()}\u201d"
    parts.append(text(min(fell, 330), y + 36, label, "d-small d-end"))
    return parts


def whole(answer: Rows) -> str:
    """Return the large figure, from the question to the answer."""
    name, first = "walk-answer", answer["steps"][0]
    tops = [(token, share) for token, share in first["top"][:4]]
    asked = f"\u201c{answer['asked']['instructions'][0]}\u201d"
    inner, end = tokens([(token, "") for token, _ in chips(answer)], 18, 98, 342)
    parts = [head(name), *stage("answer", "You ask", 6, 50, [text(18, 42, asked)]), arrow(name, 57)]
    parts += stage("answer-tokens", "Words become tokens", 72, 60, inner)
    context = [text(18, 182, "all tokens so far; nothing else is seen")]
    parts += [arrow(name, 133), *stage("answer-context", "The context", 148, 46, context)]
    inner, end = bars(tops, 18, 240, 330, first["drawn"])
    parts += [arrow(name, 195)]
    parts += stage("answer-probabilities", "A probability for every token", 210, end - 202, inner)
    y = end + 8 + 16
    parts += [arrow(name, y - 15), *stage("answer-draw", "The draw", y, 84, throw(first, y + 34))]
    y += 84 + 16
    made = [(step["drawn"], "") for step in answer["steps"][:3]]
    inner, end = tokens(made, 18, y + 28, 300, "d-sample")
    more = text(220, y + 44, "\u2026 and so on")
    title = f"Append, and again: {len(answer['steps'])} times"
    parts += [arrow(name, y - 15), *stage("answer-stop", title, y, 62, [*inner, more])]
    parts.append(
        f'<path class="d-line-2" d="M6 {number(y + 30)}H2V171H5" marker-end="url(#{name}-a)"/>'
    )
    y += 62 + 16
    told = lines(f"\u201c{answer['text']}\u201d", 316)
    inner = [text(18, y + 38 + 16 * i, words) for i, words in enumerate(told)]
    high = 36 + 16 * len(told)
    parts += [arrow(name, y - 15), *stage("answer-invents", "The answer", y, high, inner)]
    about = (
        "Seven stages from top to bottom, each a link to its section: you ask; words become "
        "tokens; the context; a probability for every token; the draw; append and again, which "
        f"leads back to the context; the answer, {answer['text']}."
    )
    return followed(name, y + high + 8, "From a question to an answer", about, parts)
