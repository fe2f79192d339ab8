// Real or made? Two definitions of a rare word, ten rounds; the score stays on the device.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const [ROUNDS, STORE] = [10, "guide-text-game"];

  /** @returns {{games: number, right: number}} what was scored before */
  function kept() {
    try {
      const found = JSON.parse(localStorage.getItem(STORE) || "");
      if (Number.isInteger(found.games) && Number.isInteger(found.right)) return found;
    } catch {
      // Nothing kept, or storage is blocked: the game begins at nothing.
    }
    return { games: 0, right: 0 };
  }

  /** @param {{games: number, right: number}} score */
  function keep(score) {
    try {
      localStorage.setItem(STORE, JSON.stringify(score));
    } catch {
      // Storage is blocked: the score lasts as long as the page.
    }
  }

  lab.texts.game = (ui) => {
    const packed = ui.weights.rounds;
    if (packed.format !== 1 || !Array.isArray(packed.rounds) || packed.rounds.length < ROUNDS)
      throw new Error("unknown format");
    ui.title.textContent =
      "One definition is WordNet's, which the model has never read. The other one it made up.";
    const score = kept();
    let chance = new lab.Chance(Date.now() % 1000000);
    ui.one((panel) => {
      const head = panel.root.appendChild(el("p", { class: "text-round" }));
      const word = panel.root.appendChild(el("p", { class: "text-word" }));
      const cards = Array.from({ length: 2 }, (_, i) => {
        const text = el("span");
        const verdict = el("small");
        const button = el(
          "button",
          { type: "button", class: "text-card" },
          el("b", {}, "AB"[i]),
          text,
          verdict,
        );
        button.addEventListener(
          "click",
          ui.safe(() => answer(i)),
        );
        return { button, text, verdict };
      });
      panel.root.append(el("div", { class: "text-cards" }, ...cards.map(({ button }) => button)));
      const controls = panel.row();
      const next = panel.button(
        controls,
        "Next word",
        () => (
          (turn += 1),
          turn === ROUNDS ? begin() : panel.refresh(),
          cards[0].button.focus({ preventScroll: true })
        ),
      );
      const marks = controls.appendChild(el("span", { class: "text-marks", role: "img" }));
      panel.lesson(
        "Both sound like a dictionary; one is true. The model cannot look anything up: it writes what is likely. That is hallucination.",
      );
      /** @type {Lab.Own[]} */
      let rounds = [];
      /** @type {boolean[]} */
      let right = [];
      let turn = 0;
      const begin = () => {
        const pool = packed.rounds.slice();
        rounds = Array.from(
          { length: ROUNDS },
          () => pool.splice(Math.floor(chance.uniform() * pool.length), 1)[0],
        ).map((round) => ({ ...round, real_at: chance.uniform() < 0.5 ? 0 : 1 }));
        right = [];
        turn = 0;
        panel.refresh();
      };
      const answer = (/** @type {number} */ i) => {
        if (right.length > turn) return;
        right.push(i === rounds[turn].real_at);
        if (right.length === ROUNDS) {
          score.games += 1;
          score.right += right.filter(Boolean).length;
          keep(score);
        }
        panel.refresh();
        next.disabled = false;
        next.focus({ preventScroll: true });
      };
      panel.draw = () => {
        const round = rounds[turn];
        const answered = right.length > turn;
        head.textContent = `Word ${turn + 1} of ${ROUNDS}. Which definition is real?`;
        word.textContent = round.word;
        cards.forEach(({ button, text, verdict }, i) => {
          text.textContent = i === round.real_at ? round.real : round.made;
          verdict.textContent = answered
            ? i === round.real_at
              ? "real: WordNet 3.1"
              : "made by the model"
            : "";
          button.classList.toggle("text-real", answered && i === round.real_at);
          button.setAttribute("aria-disabled", String(answered));
        });
        next.disabled = !answered;
        next.textContent = right.length === ROUNDS ? "Play again" : "Next word";
        const good = right.filter(Boolean).length;
        marks.replaceChildren(
          ...Array.from({ length: ROUNDS }, (_, i) =>
            el(
              "i",
              { class: i < right.length ? (right[i] ? "text-right" : "text-wrong") : "" },
              i < right.length ? (right[i] ? "\u2713" : "\u2717") : "",
            ),
          ),
        );
        marks.setAttribute("aria-label", `${good} of ${right.length} right`);
        const all = score.games
          ? ` On this device: ${score.games === 1 ? "one game" : `${score.games} games`}, ${score.right} of ${ROUNDS * score.games} right.`
          : "";
        if (right.length === ROUNDS)
          panel.say(`${good} of ${ROUNDS} right; a coin gets five.${all}`);
        else if (answered)
          panel.say(
            `${right[turn] ? "Right" : "Wrong"}: ${"AB"[round.real_at]} is WordNet's. ${good} of ${right.length} so far.`,
          );
        else panel.say(`Press the one you believe.${turn ? "" : all}`);
      };
      begin();
    });
  };
})();
