"""The browser's language models against PyTorch and plain counting: the same numbers."""

from __future__ import annotations

import base64
import math
from collections import Counter
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser
from support import text_lab

pytestmark = pytest.mark.browser
torch: Any = pytest.importorskip("torch")
TOLERANCE = 1e-3
POSITIONS = 1000
KINDS = {"transformer": "write", "gru": "recurrent", "masked": "masked"}
MAKE = {
    "transformer": "new lab.Transformer(fieldguideText.transformer, {plain})",
    "masked": "new lab.Masked(fieldguideText.masked, {plain})",
    "gru": "new lab.GRU(fieldguideText.gru, {plain})",
}
SCORES = """({name, plain, lines}) => {
  const lab = fieldguideLab;
  const model = MAKE[name]();
  const all = {
    transformer: (ids) => model.all(ids),
    masked: (ids) => model.all(ids),
    gru: (ids) => {
      let state = model.begin();
      return ids.map((id) => {
        const step = model.next(state, id);
        state = step.state;
        return step.scores;
      });
    },
  }[name];
  return {compiled: Boolean(model.memory.kernel), scores: (PACK)(lines.flatMap(all))};
}"""
MAKERS = ", ".join(f"{key}: () => {make}" for key, make in MAKE.items())
SCORES = SCORES.replace("MAKE", f"({{{MAKERS}}})").replace("PACK", text_lab.PACKED)


def unpacked(text: str, width: int) -> np.ndarray:
    """Return the numbers that the page packed, in rows."""
    return np.frombuffer(base64.b64decode(text), "<f4").reshape(-1, width)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("name", KINDS)
def test_scores_equal_pytorch(browser: Browser, name: str, plain: bool) -> None:
    lines = text_lab.lines_of_ids(7, POSITIONS)
    if name == "masked":  # with blanks, as it is used
        lines = [[2048 if i % 3 == 1 else t for i, t in enumerate(ids)] for ids in lines]
    page = text_lab.page(browser, KINDS[name])
    found = page.evaluate(SCORES, {"name": name, "plain": plain, "lines": lines})
    page.close()
    assert found["compiled"] != plain
    model = text_lab.network(name)
    with torch.no_grad():
        wanted = np.concatenate([model(torch.tensor([ids]))[0].numpy() for ids in lines])
    got = unpacked(found["scores"], 2048)
    assert len(got) == len(wanted) >= POSITIONS
    assert np.abs(got - wanted).max() < TOLERANCE
    assert (got.argmax(1) == wanted.argmax(1)).all()


def test_the_cache_equals_full_recomputation(browser: Browser) -> None:
    page = text_lab.page(browser, "write")
    lines = text_lab.lines_of_ids(3, 300)
    worst = page.evaluate(
        """(lines) => {
          const lab = fieldguideLab;
          const [a, b] = [0, 1].map(() => new lab.Transformer(fieldguideText.transformer));
          let worst = 0;
          const compare = (ids) => {
            const [one, all] = [a.next(ids), b.all(ids)];
            const last = all[ids.length - 1];
            one.forEach((v, i) => (worst = Math.max(worst, Math.abs(v - last[i]))));
            const looks = [a, b].map((model) =>
              model.line.looks.flat(3).flatMap((row) => Array.from(row)));
            if (looks[0].length !== looks[1].length) throw new Error("other places were looked at");
            looks[0].forEach((v, i) => (worst = Math.max(worst, Math.abs(v - looks[1][i]))));
          };
          for (const ids of lines) {
            for (let n = 1; n <= ids.length; n += n < 8 ? 1 : 7) compare(ids.slice(0, n));
            compare(ids.slice(0, 3)); // undone
            compare([...ids.slice(0, 2), 65, ...ids.slice(3, 9)]); // forked
          }
          return worst;
        }""",
        lines,
    )
    page.close()
    assert worst < 1e-5


def narrowed(scores: np.ndarray, temperature: float, top_k: int, top_p: float) -> np.ndarray:
    """Return the probabilities after the knobs, the long way round."""
    p = np.exp((scores - scores.max()) / temperature)
    p /= p.sum()
    order = sorted(range(len(p)), key=lambda i: (-scores[i], i))
    kept = order[: top_k or None]
    total = sum(p[i] for i in kept)
    chosen = kept[:1]
    while len(chosen) < len(kept) and (top_p == 1 or sum(p[chosen]) < top_p * total):
        chosen.append(kept[len(chosen)])
    out = np.zeros_like(p)
    out[chosen] = p[chosen] / sum(p[i] for i in chosen)
    return out


def test_knobs_equal_a_reference_and_shares_add_up_to_one(browser: Browser) -> None:
    page = text_lab.page(browser, "write")
    rng = np.random.default_rng(0)
    for trial in range(40):
        scores = np.round(rng.normal(0, 3, 200), 1 if trial % 2 else 6)  # with ties, and without
        scores = scores.astype("f4").astype(float)
        knobs = {
            "temperature": float(rng.choice([0.1, 0.7, 1, 2])),
            "topK": int(rng.choice([0, 1, 5, 50, 999])),
            "topP": float(rng.choice([0.05, 0.5, 0.9, 1])),
        }
        found = page.evaluate(
            """([scores, knobs]) => {
              const {order, shares, kept} = fieldguideLab.choose(scores, knobs);
              return [Array.from(order), Array.from(shares), kept];
            }""",
            [scores.tolist(), knobs],
        )
        order, shares, kept = found
        wanted = narrowed(scores, knobs["temperature"], knobs["topK"], knobs["topP"])
        assert order == sorted(range(200), key=lambda i: (-scores[i], i)), knobs
        assert sum(shares) == pytest.approx(1, abs=1e-12)
        assert np.abs(np.array(shares) - wanted).max() < 1e-6, knobs
        assert kept == (wanted > 0).sum()
    greedy = page.evaluate(
        "Array.from(fieldguideLab.choose([1, 5, 5, 2], {greedy: true, temperature: 2}).shares)"
    )
    page.close()
    assert greedy == [0, 1, 0, 0]


def test_one_blank_a_step_is_drawn_from_the_conditionals(browser: Browser) -> None:
    known = text_lab.tokenizer()
    start = [*known.encode("\nsadness:"), *[2048] * 8, 10]
    page = text_lab.page(browser, "masked")
    film = page.evaluate(
        """(start) => {
          const model = new fieldguideLab.Masked(fieldguideText.masked);
          const about = {steps: 8, temperature: 0.7, topP: 0.9};
          return model.fill(start, about, new fieldguideLab.Chance(5))
            .map(({ids, at, sure}) => [ids, at, sure.get(at[0])]);
        }""",
        start,
    )
    page.close()
    assert len(film) == 8
    model, line = text_lab.network("masked"), start
    for ids, at, sure in film:
        assert len(at) == 1 and line[at[0]] == 2048
        assert ids == [ids[i] if i == at[0] else token for i, token in enumerate(line)]
        with torch.no_grad():
            scores = model(torch.tensor([line]))[0, at[0]].numpy().astype(float)
        assert narrowed(scores, 0.7, 0, 0.9)[ids[at[0]]] == pytest.approx(sure, abs=TOLERANCE)
        line = ids
    assert 2048 not in line


@pytest.mark.parametrize("steps", [1, 3, 8, 32])
def test_all_blanks_are_filled_in_any_number_of_steps(browser: Browser, steps: int) -> None:
    page = text_lab.page(browser, "masked")
    sizes = page.evaluate(
        """(steps) => {
          const model = new fieldguideLab.Masked(fieldguideText.masked);
          const start = [10, 65, 58, ...Array(10).fill(2048), 10];
          const film = model.fill(start, {steps, sure: false}, new fieldguideLab.Chance(1));
          if (film[film.length - 1].ids.includes(2048)) throw new Error("a blank is left");
          return film.map(({at}) => at.length);
        }""",
        steps,
    )
    page.close()
    assert sum(sizes) == 10 and len(sizes) == min(steps, 10)
    assert max(sizes) == math.ceil(10 / steps)


def smoothed(text: str, past: str, letter: str, order: int) -> float:
    """Return Witten and Bell's probability by counting anew for each context."""
    p = 1 / (len(set(text)) + 1)
    for n in range(min(order, len(past)) + 1):
        context = past[len(past) - n :] if n else ""
        follow = Counter(text[i + n] for i in range(len(text) - n) if text[i : i + n] == context)
        if not follow:
            break
        p = (follow[letter] + len(follow) * p) / (follow.total() + len(follow))
    return p


def test_ngrams_equal_brute_force(browser: Browser) -> None:
    text = " ".join(text_lab.LINES) + " \u00e4\U0001f427"
    test = "a penguin cannot fl\u00e4x"
    page = text_lab.page(browser, "shannon")
    found, total, made = page.evaluate(
        """([text, test]) => {
          const all = new fieldguideLab.Ngrams(text, 5);
          const letters = Array.from(test);
          const p = [0, 1, 2, 5].map((order) =>
            letters.map((letter, i) => all.probability(letters.slice(0, i), letter, order)));
          const total = all.alphabet.reduce((sum, one) => sum + all.probability(letters, one, 5), 0)
            + all.probability(letters, "no letter", 5);
          return [p, total, all.write(5, 300, new fieldguideLab.Chance(2))];
        }""",
        [text, test],
    )
    page.close()
    for order, row in zip([0, 1, 2, 5], found, strict=True):
        wanted = [smoothed(text, test[:i], letter, order) for i, letter in enumerate(test)]
        assert row == pytest.approx(wanted, rel=1e-9)
    assert total == pytest.approx(1, abs=1e-12)
    ends = text[-1]  # only there is a context without a letter behind it
    assert len(made) == 300
    for piece in (made[i : i + 6] for i in range(295)):
        assert piece in text or ends in piece[:5]


def test_nearest_definitions_equal_brute_force(browser: Browser) -> None:
    lines = [line for line in text_lab.LINES if ": " in line]
    definitions = [line.split(": ", 1)[1] for line in lines]

    def fnv(text: str) -> int:
        value = 0x811C9DC5
        for byte in text.encode():
            value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
        return value

    hashes = np.array(sorted(map(fnv, definitions)), "<u4").tobytes()
    packed = {"format": 1, "of": 4, "lines": lines, "hashes": base64.b64encode(hashes).decode()}
    text = "a bird that falls from clouds and cannot fly"

    def parts(line: str) -> set[str]:
        words = "".join(c if c.isalnum() else " " for c in line.lower()).split()
        return set(words) | {f"{a} {b}" for a, b in pairwise(words)}

    wanted = {
        line: 2 * len(parts(text) & parts(own)) / (len(parts(text)) + len(parts(own)))
        for line, own in zip(lines, definitions, strict=True)
    }
    page = text_lab.page(browser, "write")
    near, has = page.evaluate(
        """([packed, text, known]) => {
          const stands = new fieldguideLab.Stands(packed);
          return [stands.nearest(text, 3), [...known, text, ""].map((one) => stands.has(one))];
        }""",
        [packed, text, definitions],
    )
    page.close()
    assert has == [True] * 4 + [False, False]
    assert near[0]["alike"] == pytest.approx(max(wanted.values()))
    for row in near:
        assert row["alike"] == pytest.approx(wanted[row["line"]])
