// Masked diffusion on the page: a line that appears out of blanks, and gaps in the reader's own line.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  lab.texts.masked = (ui) => {
    const tokenizer = new lab.Tokenizer(ui.weights.tokenizer);
    const model = new lab.Masked(ui.weights.masked);
    ui.title.textContent = `Live: ${model.count.toLocaleString("en-US")} numbers at work in your browser: the transformer's network, without its mask.`;
    ui.tabs({
      line: ["Out of blanks", (panel) => appearing(panel, tokenizer, model)],
      gap: ["Fill a gap", (panel) => gaps(panel, tokenizer, model)],
    });
  };

  /** A line with blanks as chips. @param {HTMLElement} box @param {Lab.Tokenizer} tokenizer @param {number[]} ids @param {Map<number, number>} sure @param {Set<number>} fresh @param {number[]} start */
  function show(box, tokenizer, ids, sure, fresh, start) {
    box.replaceChildren(
      ...ids.slice(1, -1).map((id, i) => {
        const place = i + 1;
        if (id === lab.BLANK)
          return el(
            "span",
            { class: "text-chip text-blank", "aria-label": "blank" },
            "\u00a0\u00a0\u00a0",
          );
        const given = start[place] !== lab.BLANK;
        const chip = el(
          "span",
          {
            class: `text-chip ${given ? "text-given" : "text-tint"}${fresh.has(place) ? " text-at" : ""}`,
          },
          tokenizer
            .show(id)
            .replace(/^ +/, (/** @type {string} */ blanks) => "\u00b7".repeat(blanks.length)),
        );
        if (!given) {
          chip.style.setProperty("--share", (sure.get(place) || 0).toFixed(3));
          chip.title = `drawn with ${lab.percent(sure.get(place) || 0)}`;
        }
        return chip;
      }),
    );
  }

  /** @param {Panel} panel @param {Lab.Tokenizer} tokenizer @param {Lab.TextModel} model */
  function appearing(panel, tokenizer, model) {
    const { ui } = panel;
    const form = panel.root.appendChild(el("form", { class: "lab-field text-ask" }));
    const input = el("input", {
      type: "text",
      "aria-label": "A word or a phrase",
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      maxlength: 300,
    });
    input.value = ui.get(
      "word",
      "penguin",
      (/** @type {string} */ text) => lab.clean(text) || undefined,
    );
    let word = input.value;
    form.append(input, el("button", { class: "lab-button text-go" }, "Define it"));
    form.addEventListener(
      "submit",
      ui.safe((/** @type {Event} */ event) => {
        event.preventDefault();
        if (!lab.clean(input.value))
          return panel.say("Type a word or a phrase: what stands there has no letters.");
        word = lab.clean(input.value);
        ui.set("word", word.slice(0, 300));
        replay();
      }),
    );
    const controls = panel.row();
    const length = panel.slider(controls, {
      key: "length",
      label: "Blanks",
      min: 2,
      max: 20,
      value: 10,
    });
    const steps = panel.slider(controls, {
      key: "steps",
      label: "Steps",
      min: 1,
      max: 32,
      value: 10,
    });
    const order = panel.choice(controls, {
      key: "order",
      label: "First",
      options: [
        ["sure", "the surest"],
        ["any", "any"],
      ],
      value: "sure",
    });
    const seed = panel.seed(controls, "Another draw");
    const stage = panel.root.appendChild(el("div", { class: "text-line text-page" }));
    const film = panel.player(
      panel.root,
      { key: "shown", label: "Step shown", min: 0, max: 32, value: 32 },
      350,
    );
    const history = panel.root.appendChild(
      el("ol", { class: "text-film", tabindex: 0, "aria-label": "The line after each step" }),
    );
    panel.lesson(
      "All blanks are guessed at once, the surest guesses stay, the rest is guessed again. In a single step, the words do not agree with each other.",
    );
    /** @type {Lab.Own[]} */
    let frames = [];
    /** @type {number[]} */
    let start = [];
    let key = "";
    const replay = () => {
      panel.refresh();
      if (still.matches) return;
      requestAnimationFrame(() => {
        film.set(0);
        const button = /** @type {HTMLElement} */ (panel.root.querySelector(".lab-play"));
        if (button && button.textContent === "Play") button.click();
      });
    };
    panel.draw = () => {
      const now = [word, length.value, steps.value, order.value, seed.value].join("\n");
      if (now !== key) {
        const first = !key;
        key = now;
        const { ids } = lab.prompt(tokenizer, word);
        start = [...ids, ...Array(length.value).fill(lab.BLANK), lab.BREAK];
        frames = model.fill(
          start,
          { steps: steps.value, sure: order.value === "sure", temperature: 0.7, topP: 0.9 },
          new lab.Chance(seed.value),
        );
        film.limit(frames.length);
        if (!first) film.set(frames.length);
        history.replaceChildren(
          ...frames.map((frame) =>
            el(
              "li",
              {},
              Array.from(frame.ids.slice(ids.length, -1), (id) =>
                id === lab.BLANK ? "\u2581\u2581" : tokenizer.show(id).replace("\u23ce", ""),
              ).join(""),
            ),
          ),
        );
      }
      const n = Math.min(film.value, frames.length);
      const sure = new Map(
        frames.slice(0, n).flatMap((/** @type {Lab.Own} */ frame) => Array.from(frame.sure)),
      );
      show(
        stage,
        tokenizer,
        n ? frames[n - 1].ids : start,
        sure,
        new Set(n ? frames[n - 1].at : []),
        start,
      );
      Array.from(history.children).forEach((item, i) => {
        item.classList.toggle("text-now", i === n - 1);
        item.classList.toggle("text-later", i >= n);
      });
      const blanks = (n ? frames[n - 1].ids : start).filter(
        (/** @type {number} */ id) => id === lab.BLANK,
      ).length;
      panel.say(
        `Step ${n} of ${frames.length}: ${length.value - blanks} of ${length.value} blanks are filled. The deeper the tint, the surer it was.`,
      );
    };
  }

  /** @param {Panel} panel @param {Lab.Tokenizer} tokenizer @param {Lab.TextModel} model */
  function gaps(panel, tokenizer, model) {
    const { ui } = panel;
    panel.text(
      panel.root,
      "Your own line. Each underscore is a blank, one token long; put them anywhere.",
      "lab-caption",
    );
    const form = panel.root.appendChild(el("form", { class: "lab-field text-ask" }));
    const input = el("input", {
      type: "text",
      class: "text-long",
      "aria-label": "A line with underscores for blanks",
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      maxlength: 300,
    });
    input.value = ui.get(
      "gap",
      "dragon: a ___ animal that breathes fire",
      (/** @type {string} */ text) => lab.clean(text) || undefined,
    );
    form.append(input, el("button", { class: "lab-button text-go" }, "Fill"));
    const controls = panel.row();
    const seed = panel.seed(controls, "Another draw", "gapseed");
    const stage = panel.root.appendChild(el("div", { class: "text-line text-page" }));
    const side = panel.row("text-side");
    const title = panel.text(side, "", "lab-caption");
    const bars = lab.candidates(side, tokenizer, () => {});
    panel.lesson(
      "It reads what stands before the gap and what comes after it. A model that writes from left to right has seen only one side when it must choose.",
    );
    form.addEventListener(
      "submit",
      (/** @type {Event} */ event) =>
        (event.preventDefault(), panel.drawNow()),
    );
    panel.draw = () => {
      const text = lab.clean(input.value);
      if (!text) return panel.say("Type a line first: what stands there has no letters.");
      ui.set("gap", text);
      // A blank swallows the space before it, since tokens begin with theirs.
      const ids = [
        lab.BREAK,
        ...text
          .split(/( ?_)/)
          .flatMap((/** @type {string} */ part) =>
            /^ ?_$/.test(part) ? [lab.BLANK] : tokenizer.encode(part),
          ),
        lab.BREAK,
      ];
      const blanks = ids.flatMap((id, place) => (id === lab.BLANK ? [place] : []));
      if (!blanks.length)
        return (
          stage.replaceChildren(), panel.say("Put an underscore where the model shall write.")
        );
      if (ids.length > lab.LONGEST)
        return (
          stage.replaceChildren(),
          panel.say(`The line has ${ids.length} tokens; the model reads 64 at most.`)
        );
      const scores = model.all(ids)[blanks[0]].slice();
      const choice = lab.choose(scores, { temperature: 0.7, topP: 0.9 });
      const film = model.fill(
        ids,
        { steps: blanks.length, temperature: 0.7, topP: 0.9 },
        new lab.Chance(seed.value),
      );
      const sure = new Map(film.flatMap((/** @type {Lab.Own} */ frame) => Array.from(frame.sure)));
      show(stage, tokenizer, film[film.length - 1].ids, sure, new Set(), ids);
      title.textContent = "The first blank, while all others are blank too";
      bars(choice, lab.softmax(scores), film[film.length - 1].ids[blanks[0]], false);
      const order = film.map((/** @type {Lab.Own} */ frame) => blanks.indexOf(frame.at[0]) + 1);
      panel.say(
        `${blanks.length === 1 ? "One blank" : `${blanks.length} blanks`}, filled in the order ${order.join(", ")}: the surest first.`,
      );
    };
  }
})();
