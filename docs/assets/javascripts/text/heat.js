// The same words at five temperatures, side by side: between dull and wild.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const HEATS = [0, 0.4, 0.8, 1.2, 2]; // 0 is greedy

  /** @param {Panel} panel @param {Lab.Session} session */
  lab.heat = (panel, session) => {
    const { tokenizer, model } = session;
    lab.asking(panel, panel.root, session, () => panel.refresh());
    const controls = panel.row();
    panel.button(controls, "Another draw", () => {
      session.seed = (session.seed + 1) % 1000000;
      session.begin(session.word);
      session.keep();
      panel.refresh();
    });
    panel.text(
      controls,
      "Top-p and top-k are off here. The deeper the tint, the more the token surprised the model.",
      "lab-caption",
    );
    const rows = HEATS.map((heat) => {
      const row = panel.row("text-heat");
      row.append(el("b", {}, heat ? heat.toFixed(1) : "greedy"));
      const line = row.appendChild(el("div", { class: "text-flow" }));
      const mean = row.appendChild(el("em"));
      return { heat, line, mean };
    });
    panel.lesson(
      "Cold, it writes the same safe line each time; hot, it leaves English. In between lies a choice that nobody can make for you by calculation.",
    );
    panel.draw = () => {
      const means = rows.map(({ heat, line, mean }) => {
        const { ids } = lab.prompt(tokenizer, session.word);
        /** @type {number[]} */
        const bits = [];
        const given = ids.length;
        while (ids.length < lab.LONGEST && ids[ids.length - 1] !== lab.BREAK) {
          const scores = model.next(ids);
          const { order, shares, kept } = lab.choose(scores, { temperature: heat });
          const id =
            order[
              new lab.Chance(session.seed, ids.length).pick(
                Array.from(order.subarray(0, kept), (/** @type {number} */ one) => shares[one]),
              )
            ];
          bits.push(lab.bits(scores, id));
          ids.push(id);
        }
        lab.chips(line, tokenizer, ids.slice(given), {
          quiet: true,
          tint: (/** @type {number} */ i) => Math.min(1, bits[i] / 12),
          about: (/** @type {number} */ i) => `${bits[i].toFixed(1)} bits`,
        });
        const average = bits.reduce((sum, one) => sum + one, 0) / bits.length;
        mean.textContent = `${average.toFixed(1)} bits`;
        return average;
      });
      panel.say(
        `Mean surprise of a token, by the model's own probabilities: ${means.map((mean, i) => `${mean.toFixed(1)} bits at ${HEATS[i] || "greedy"}`).join(", ")}.`,
      );
    };
  };
})();
