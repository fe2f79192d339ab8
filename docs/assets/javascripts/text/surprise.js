// Surprise: how many bits each token of a pasted text costs the model.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const LETTERS = 2000; // of a text that are read
  const START =
    "penguin: a bird that cannot fly\npenguin: a bird that cannot spell\nnot a definition at all, just a sentence";

  /**
   * Bits of each token of a line that begins and ends with a line break. A line longer than the model's is read in parts
   * that overlap by half. @param {Lab.TextModel} model @param {number[]} ids @returns {number[]} one for each id but the first
   */
  function cost(model, ids) {
    /** @type {number[]} */
    const out = [];
    for (let start = 0; out.length < ids.length - 1; start += lab.LONGEST / 2) {
      const part = ids.slice(start, start + lab.LONGEST);
      const scores = model.all(part);
      for (let i = out.length - start; i < part.length - 1; i++)
        out.push(lab.bits(scores[i], part[i + 1]));
    }
    return out;
  }

  /** @param {Panel} panel @param {Lab.Session} session */
  lab.surprise = (panel, session) => {
    const { ui } = panel;
    const { tokenizer, model } = session;
    panel.text(panel.root, "Type or paste a text; each line is read by itself.", "lab-caption");
    const area = el("textarea", {
      class: "text-area",
      rows: 4,
      maxlength: 20000,
      spellcheck: "false",
      "aria-label": "A text to be read by the model",
    });
    area.value = ui.get("text", START, (/** @type {string} */ text) =>
      lab.clean(text) ? text : undefined,
    );
    panel.root.append(area);
    const flow = panel.root.appendChild(
      el("div", {
        class: "text-flow text-paper",
        tabindex: 0,
        role: "group",
        "aria-label": "The text, tinted by surprise",
      }),
    );
    const scale = panel.row("text-scale");
    for (const bits of [0, 3, 6, 9, 12]) {
      const mark = scale.appendChild(el("span", { class: "text-chip text-tint" }, `${bits} bits`));
      mark.style.setProperty("--share", String(bits / 12));
    }
    panel.lesson(
      "Surprise is what training makes small: the bits it takes to say which token came, for one who holds the model's probabilities.",
    );
    area.addEventListener(
      "input",
      () => (clearTimeout(panel.clock), (panel.clock = setTimeout(() => panel.drawNow(), 250))),
    );
    let turn = 0; // which text is being read
    panel.draw = () => {
      const letters = Array.from(area.value);
      const text = letters.slice(0, LETTERS).join("");
      ui.set("text", text.length <= 300 ? area.value : START);
      if (!lab.clean(text))
        return (
          flow.replaceChildren(), panel.say("Type a text first: what stands there has no letters.")
        );
      const lines = text
        .split(/\r\n|[\n\r]/)
        .map((line) => line.replace(/\p{Cc}/gu, " ").trim())
        .filter(Boolean);
      const mine = ++turn;
      flow.replaceChildren();
      let [bits, count] = [0, 0];
      const next = ui.safe(() => {
        if (panel.closed || mine !== turn) return;
        const line = /** @type {string} */ (lines.shift());
        const row = flow.appendChild(el("div"));
        const ids = tokenizer.encode(`\n${line}\n`);
        const costs = cost(model, ids);
        lab.chips(row, tokenizer, ids.slice(1), {
          quiet: true,
          tint: (/** @type {number} */ i) => Math.min(1, costs[i] / 12),
          about: (/** @type {number} */ i) => `${costs[i].toFixed(1)} bits`,
        });
        bits += costs.reduce((sum, one) => sum + one, 0);
        count += Array.from(line).length + 1;
        const cut =
          letters.length > LETTERS
            ? ` Only the first ${LETTERS.toLocaleString("en-US")} characters are read.`
            : "";
        panel.say(
          `${(bits / count).toFixed(2)} bits a character, ${Math.round(bits).toLocaleString("en-US")} in all. As plain bytes it would be 8.${cut}`,
        );
        if (lines.length) setTimeout(next);
      });
      next();
    };
  };
  lab.cost = cost;
})();
