// Attention: for each block and head, where each token of the line looked.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const [SMALL, LARGE] = [64, 512]; // pixels of the pictures

  /** @param {Panel} panel @param {Lab.Session} session */
  lab.looking = (panel, session) => {
    const { ui } = panel;
    const { tokenizer, model } = session;
    if (session.ids.length === session.given)
      while (!session.ended)
        session.step(lab.knobs ? lab.knobs() : { temperature: 0.7, topP: 0.9 });
    let at = session.ids.length - 1; // the token that looks
    const chosen = {
      value: ui.get("head", 5, (/** @type {string} */ text) =>
        /^\d{1,2}$/.test(text) && Number(text) < lab.BLOCKS * lab.HEADS ? Number(text) : undefined,
      ),
    };
    panel.text(
      panel.root,
      "Press a token: the deeper the tint, the more it took from that place.",
      "lab-caption",
    );
    const line = panel.root.appendChild(
      el("div", {
        class: "text-line",
        role: "group",
        "aria-label": "The line; press a token to see where it looked",
      }),
    );
    lab.walk(line, true);
    const stage = panel.row("text-stage text-heads");
    const side = panel.row("text-grid-side", stage);
    panel.text(side, "Blocks 1 to 4, with four heads each", "lab-caption");
    const grid = panel.row("text-grid", side);
    const small = Array.from({ length: lab.BLOCKS * lab.HEADS }, (_, k) => {
      const canvas = el("canvas", { width: SMALL, height: SMALL });
      const button = el(
        "button",
        {
          type: "button",
          class: "text-head",
          "aria-label": `Block ${Math.floor(k / lab.HEADS) + 1}, head ${(k % lab.HEADS) + 1}`,
        },
        canvas,
      );
      button.addEventListener(
        "click",
        ui.safe(() => ((chosen.value = k), ui.set("head", k), panel.refresh())),
      );
      grid.append(button);
      return { canvas, button };
    });
    const right = panel.row("text-triangle", stage);
    const name = panel.text(right, "", "lab-caption");
    const large = right.appendChild(
      el("canvas", { width: LARGE, height: LARGE, class: "text-canvas", role: "img" }),
    );
    large.addEventListener(
      "pointermove",
      ui.safe((/** @type {PointerEvent} */ event) => {
        const box = large.getBoundingClientRect();
        const row = Math.floor(((event.clientY - box.top) / box.height) * session.ids.length);
        if (row === at || row < 0 || row >= session.ids.length) return;
        at = row;
        panel.refresh();
      }),
    );
    panel.text(
      right,
      "Each row is a token that looks, each column a token that is looked at; nothing lies right of the diagonal.",
      "lab-caption",
    );
    panel.lesson(
      "Nobody told a head what to look for. Some look at the token before, some at the first one, some at the word that is being defined.",
    );

    /** @param {HTMLCanvasElement} canvas @param {number} k */
    const triangle = (canvas, k) => {
      const looks = model.line.looks;
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      const cell = canvas.width / looks.length;
      context.clearRect(0, 0, canvas.width, canvas.width);
      context.fillStyle = ui.color("--text-mark");
      looks.forEach((/** @type {Float32Array[][]} */ blocks, /** @type {number} */ row) => {
        const share = blocks[Math.floor(k / lab.HEADS)][k % lab.HEADS];
        for (let j = 0; j < share.length; j++) {
          context.globalAlpha = Math.sqrt(share[j]);
          context.fillRect(j * cell, row * cell, cell + 0.5, cell + 0.5);
        }
      });
      context.globalAlpha = 1;
      return { context, cell };
    };

    panel.draw = () => {
      const { ids } = session;
      at = Math.min(at, ids.length - 1);
      model.next(ids);
      const share =
        model.line.looks[at][Math.floor(chosen.value / lab.HEADS)][chosen.value % lab.HEADS];
      lab.chips(line, tokenizer, ids, {
        at,
        quiet: true,
        tint: (/** @type {number} */ i) => (i < share.length ? Math.sqrt(share[i]) : 0),
        about: (/** @type {number} */ i) =>
          i < share.length ? lab.percent(share[i]) : "not yet written",
        act: ui.safe(
          (/** @type {number} */ i) =>
            ((at = i), panel.refresh()),
        ),
      });
      small.forEach(({ canvas, button }, k) => {
        triangle(canvas, k);
        button.setAttribute("aria-pressed", String(k === chosen.value));
      });
      const { context, cell } = triangle(large, chosen.value);
      context.strokeStyle = ui.color("--g-red");
      context.lineWidth = 3;
      context.strokeRect(1.5, at * cell + 1.5, (at + 1) * cell - 3, cell - 3);
      name.textContent = `Block ${Math.floor(chosen.value / lab.HEADS) + 1}, head ${(chosen.value % lab.HEADS) + 1}: ${ids.length} tokens`;
      const most = share.indexOf(Math.max(...share));
      const word = (/** @type {number} */ i) =>
        ids[i] === lab.BREAK ? "the line break" : `\u201c${tokenizer.show(ids[i]).trim()}\u201d`;
      const text = `${word(at)[0].toUpperCase()}${word(at).slice(1)} looks most at ${most === at ? "itself" : word(most)}, with ${lab.percent(share[most])}.`;
      large.setAttribute("aria-label", text);
      panel.say(text);
    };
  };
})();
