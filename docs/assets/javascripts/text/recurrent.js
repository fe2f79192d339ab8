// The recurrent network reads the reader's words and writes on; its state is shown token by token.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const [COLUMN, CELL] = [26, 2]; // pixels of a token and of a number

  lab.texts.recurrent = (ui) => {
    const tokenizer = new lab.Tokenizer(ui.weights.tokenizer);
    const gru = new lab.GRU(ui.weights.gru);
    /** What was read of a line, for as long as it goes on. @type {{ids: number[], states: Float32Array[][], scores: Float32Array[]}} */
    const past = { ids: [], states: [], scores: [] };
    const model = {
      /** @param {number[]} ids @returns {Float32Array} scores of the token that follows */
      next(ids) {
        let n = 0;
        while (n < past.ids.length && n < ids.length && past.ids[n] === ids[n]) n++;
        for (const list of [past.ids, past.states, past.scores]) list.length = n;
        for (; n < ids.length; n++) {
          const { state, scores } = gru.next(n ? past.states[n - 1] : gru.begin(), ids[n]);
          past.ids.push(ids[n]);
          past.states.push(state);
          past.scores.push(scores);
        }
        return past.scores[ids.length - 1];
      },
    };
    const session = new lab.Session(ui, tokenizer, model);
    ui.title.textContent = `Live: ${gru.count.toLocaleString("en-US")} numbers at work in your browser, trained on the transformer's text.`;
    ui.one((panel) => reading(panel, session, gru, past));
  };

  /** @param {Panel} panel @param {Lab.Session} session @param {Lab.TextModel} gru @param {{ids: number[], states: Float32Array[][], scores: Float32Array[]}} past */
  function reading(panel, session, gru, past) {
    const { ui } = panel;
    const { tokenizer, model } = session;
    let at = -1; // the token that is looked at; -1 is the last one
    const stop = () => (clearInterval(panel.clock), (panel.clock = 0));
    const finish = () => {
      stop();
      at = -1;
      if (still.matches) {
        while (!session.ended) session.step(knobs());
        return panel.refresh();
      }
      panel.clock = setInterval(
        ui.safe(() => (session.ended ? stop() : session.step(knobs()), panel.refresh())),
        170,
      );
    };
    lab.asking(panel, panel.root, session, finish);
    const line = panel.root.appendChild(
      el("div", {
        class: "text-line text-short",
        role: "group",
        "aria-label": "The line; press a token to see the state after it",
      }),
    );
    lab.walk(line, true);
    const controls = panel.row("lab-row text-controls");
    panel.button(controls, "Write on", () => {
      if (session.ended) session.begin(session.word);
      finish();
    });
    panel.button(
      controls,
      "Step",
      () => (stop(), session.ended || session.step(knobs()), (at = -1), panel.refresh()),
    );
    panel.button(controls, "Another draw", () => {
      session.seed = (session.seed + 1) % 1000000;
      session.begin(session.word);
      finish();
    });
    const temperature = panel.slider(controls, {
      key: "temperature",
      label: "Temperature",
      min: 0.1,
      max: 2,
      step: 0.1,
      value: 0.7,
      show: (/** @type {number} */ v) => v.toFixed(1),
    });
    const knobs = () => ({ temperature: temperature.value, topP: 0.9 });
    const caption = panel.text(
      panel.root,
      "The state after each token: one column a token, one line a number; violet below zero, green above",
      "lab-caption",
    );
    const box = panel.root.appendChild(
      el("div", {
        class: "text-scroll",
        tabindex: 0,
        role: "group",
        "aria-label": "The state over time",
      }),
    );
    const canvas = box.appendChild(el("canvas", { class: "text-canvas text-states", role: "img" }));
    const side = panel.row("text-two");
    const left = panel.row("text-side", side);
    panel.text(left, "Next token, by the last column alone", "lab-caption");
    const bars = lab.candidates(
      left,
      tokenizer,
      ui.safe(
        (/** @type {number} */ id) =>
          (
            stop(),
            session.take(at < 0 ? session.ids.length : at + 1, id),
            (at = -1),
            panel.refresh()
          ),
      ),
    );
    const right = panel.row("text-side", side);
    const plot = ui.host.querySelector(".text-plot");
    if (plot) {
      panel.text(right, plot.dataset.caption, "lab-caption");
      right.append(plot.cloneNode(true));
      for (const node of right.querySelectorAll("[id]")) node.id += "-live";
      const svg = /** @type {SVGElement} */ (right.querySelector("svg"));
      svg.setAttribute(
        "aria-labelledby",
        /** @type {string} */ (svg.getAttribute("aria-labelledby"))
          .split(" ")
          .map((/** @type {string} */ id) => `${id}-live`)
          .join(" "),
      );
    }
    panel.lesson(
      `Of the whole line, ${2 * gru.size} numbers are left. Each token rewrites them, and no later token can look back.`,
      right,
    );
    panel.draw = () => {
      const { ids, given } = session;
      const place = at < 0 ? ids.length - 1 : Math.min(at, ids.length - 1);
      model.next(ids);
      const scores = past.scores[place];
      lab.chips(line, tokenizer, ids, {
        made: given,
        at: at < 0 ? -1 : place,
        quiet: true,
        act: ui.safe(
          (/** @type {number} */ i) =>
            (stop(), (at = i), panel.refresh()),
        ),
      });
      line.scrollTop = line.scrollHeight;
      const choice = lab.choose(scores, knobs());
      bars(
        choice,
        lab.softmax(scores),
        place + 1 < ids.length ? ids[place + 1] : -1,
        place + 1 >= given,
      );
      canvas.width = COLUMN * lab.LONGEST;
      canvas.height = CELL * SHOWN;
      const context = canvas.getContext("2d");
      const [low, high] = [ui.color("--g-violet"), ui.color("--g-green")];
      past.states.forEach((/** @type {Float32Array[]} */ state, /** @type {number} */ column) => {
        for (let k = 0; k < SHOWN; k++) {
          const value = state[1][k];
          context.fillStyle = value < 0 ? low : high;
          context.globalAlpha = Math.min(1, Math.abs(value));
          context.fillRect(column * COLUMN, k * CELL, COLUMN - 2, CELL);
        }
      });
      context.globalAlpha = 1;
      context.strokeStyle = ui.color("--g-red");
      context.lineWidth = 3;
      context.strokeRect(place * COLUMN - 1, 1.5, COLUMN, canvas.height - 3);
      const before = place ? past.states[place - 1] : gru.begin();
      const now = past.states[place];
      let moved = 0;
      now.forEach((/** @type {Float32Array} */ layer, /** @type {number} */ l) =>
        layer.forEach((v, k) => (moved += Math.abs(v - before[l][k]) > 0.5 ? 1 : 0)),
      );
      const word =
        ids[place] === lab.BREAK
          ? "The line break"
          : `\u201c${tokenizer.show(ids[place]).trim()}\u201d`;
      const text = `${word} changed ${moved} of the ${2 * gru.size} numbers by more than one half.`;
      canvas.setAttribute("aria-label", text);
      caption.textContent = `The state after each token: one column a token; ${SHOWN} of its ${2 * gru.size} numbers; violet below zero, green above`;
      if (!panel.clock) panel.say(text + session.note);
    };
  }
  const SHOWN = 72;
})();
