// The transformer writes: tokens, the ten candidates for the next one, and the knobs that choose.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const PACE = 170; // milliseconds a token

  lab.texts.write = (ui) => {
    const tokenizer = new lab.Tokenizer(ui.weights.tokenizer);
    const model = new lab.Transformer(ui.weights.transformer);
    const session = new lab.Session(ui, tokenizer, model);
    ui.title.textContent = `Live: ${model.count.toLocaleString("en-US")} numbers at work in your browser. It has read dictionary definitions, nothing else.`;
    const fresh = ui.pressed && session.ids.length === session.given;
    ui.tabs({
      write: ["Write", (panel) => writing(panel, session, fresh && !ui.ran && (ui.ran = true))],
      look: ["Attention", (panel) => lab.looking(panel, session)],
      heat: ["Five temperatures", (panel) => lab.heat(panel, session)],
      bits: ["Surprise", (panel) => lab.surprise(panel, session)],
      near: ["What it stands on", (panel) => lab.nearest(panel, session)],
    });
  };

  /** @param {Panel} panel @param {Lab.Session} session @param {boolean} run at once */
  function writing(panel, session, run) {
    const { ui } = panel;
    const { tokenizer, model } = session;
    let at = session.ids.length; // the place whose candidates are shown
    const restart = () => ((at = session.ids.length), panel.refresh());
    lab.asking(panel, panel.root, session, () => (restart(), play()));
    const line = panel.root.appendChild(
      el("div", {
        class: "text-line",
        role: "group",
        "aria-label": "The line so far, token by token",
      }),
    );
    lab.walk(line, true);
    const controls = panel.row("lab-row text-controls");
    const stop = () => (
      clearInterval(panel.clock),
      (panel.clock = 0),
      (button.textContent = "Run")
    );
    const forward = ui.safe(() => {
      if (session.ended) return stop();
      session.step(knobs());
      restart();
      if (session.ended) stop();
    });
    const play = () => {
      if (panel.clock) return stop();
      if (session.ended) session.begin(session.word);
      if (still.matches) {
        while (!session.ended) session.step(knobs());
        return restart();
      }
      button.textContent = "Pause";
      panel.clock = setInterval(forward, PACE);
      forward();
    };
    const button = panel.button(controls, "Run", play);
    button.classList.add("lab-play");
    panel.button(controls, "Step", () => (stop(), forward()));
    panel.button(controls, "Undo", () => {
      stop();
      if (session.ids.length > session.given) session.ids = session.ids.slice(0, -1);
      session.keep();
      restart();
    });
    panel.button(controls, "Another draw", () => {
      stop();
      session.seed = (session.seed + 1) % 1000000;
      session.begin(session.word);
      session.keep();
      restart();
      play();
    });
    const ways = controls.appendChild(el("span", { class: "text-ways" }));

    const stage = panel.row("text-stage");
    const side = panel.row("text-side", stage);
    const title = panel.text(side, "", "lab-caption");
    const bars = lab.candidates(
      side,
      tokenizer,
      ui.safe((/** @type {number} */ id) => {
        stop();
        session.take(at, id);
        restart();
      }),
    );
    const tail = panel.text(side, "", "lab-caption");
    const box = panel.row("text-knobs", stage);
    const temperature = panel.slider(box, {
      key: "temperature",
      label: "Temperature",
      min: 0.1,
      max: 2,
      step: 0.1,
      value: 0.7,
      show: (/** @type {number} */ v) => v.toFixed(1),
    });
    const topP = panel.slider(box, {
      key: "p",
      label: "Top-p",
      min: 0.05,
      max: 1,
      step: 0.05,
      value: 0.9,
      show: (/** @type {number} */ v) => v.toFixed(2),
    });
    const topK = panel.choice(box, {
      key: "k",
      label: "Top-k",
      options: [
        [0, "all"],
        [3, "3"],
        [10, "10"],
        [50, "50"],
      ],
      value: 0,
    });
    const greedy = panel.check(box, {
      key: "greedy",
      label: "Greedy: always the first",
      value: false,
    });
    const knobs = () => ({
      temperature: temperature.value,
      topP: topP.value,
      topK: topK.value,
      greedy: greedy.value,
    });
    lab.knobs = knobs;
    panel.text(
      box,
      "Filled: the chance to be drawn; mark: the model's own probability. Press a bar to take that token, a token above to see what else could have stood there.",
      "lab-caption",
    );
    panel.lesson(
      "It answers one question again and again: which token comes next? Nothing is looked up, and much of what it says is false.",
      box,
    );

    panel.draw = () => {
      const { ids, given } = session;
      at = Math.max(1, Math.min(at, ids.length));
      const end = at === ids.length && session.ended;
      const place = end ? at - 1 : at;
      const scores = model.next(ids.slice(0, place));
      const choice = lab.choose(scores, knobs());
      const plain = lab.softmax(scores);
      lab.chips(line, tokenizer, ids, {
        made: given,
        at: at < ids.length || end ? place : -1,
        act: ui.safe(
          (/** @type {number} */ i) =>
            (stop(), (at = Math.max(1, i)), panel.refresh()),
        ),
      });
      if (!session.ended)
        line.append(el("span", { class: "text-next", "aria-hidden": "true" }, "\u2009"));
      line.scrollTop = line.scrollHeight;
      const taken = place < ids.length ? ids[place] : -1;
      bars(choice, plain, taken, place >= given);
      title.textContent =
        place === ids.length
          ? "Next token, ten most probable of 2,048"
          : place < given
            ? "What it expected where your words stand"
            : "What could have stood at the marked place";
      const ten = choice.order
        .subarray(0, 10)
        .reduce(
          (/** @type {number} */ sum, /** @type {number} */ id) => sum + choice.shares[id],
          0,
        );
      tail.textContent = `${choice.kept.toLocaleString("en-US")} of 2,048 can be drawn; these ten hold ${lab.percent(ten)}.`;
      ways.replaceChildren(
        ...session.left.slice(0, 2).map((/** @type {string} */ kept) => {
          const old = kept.split(".").map(Number);
          const back = el(
            "button",
            { type: "button", class: "text-way", title: "Back to this line" },
            `\u21b6 ${tokenizer.decode(old).trim()}`,
          );
          back.addEventListener(
            "click",
            ui.safe(() => {
              stop();
              session.left = session.left.filter((/** @type {string} */ one) => one !== kept);
              session.left.unshift(ids.slice(given).join("."));
              session.ids = [...ids.slice(0, given), ...old];
              session.keep();
              restart();
            }),
          );
          return back;
        }),
      );
      const full = ids.length >= lab.LONGEST && ids[ids.length - 1] !== lab.BREAK;
      if (full && at === ids.length)
        panel.say(
          `The line is full: the model has never read one of more than 64 tokens.${session.note}`,
        );
      else if (session.ended && at === ids.length)
        panel.say(
          `Done: \u201c${session.word}: ${session.text()}\u201d. The model ended the line itself.${session.note}`,
        );
      else if (!panel.clock)
        panel.say(
          `${ids.length} tokens. ${place < ids.length ? `Here it took \u201c${tokenizer.show(taken).trim()}\u201d, to which it gave ${lab.percent(plain[taken])}` : `First candidate: \u201c${tokenizer.show(choice.order[0]).trim()}\u201d with ${lab.percent(choice.shares[choice.order[0]])}`}.${session.note}`,
        );
    };
    if (run) setTimeout(ui.safe(play), 250);
  }
})();
