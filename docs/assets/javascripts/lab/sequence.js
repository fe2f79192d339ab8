// What the three families share that write a digit pixel by pixel: writing, watching, completing a drawing.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;
  const PIXELS = 64;
  const percent = (/** @type {number} */ share) => (share > 0 && share < 0.01 ? "under 1%" : `${Math.round(100 * share)}%`);

  /**
   * Write a digit. A model has `begin(y)`, which gives a state, and `next(state, pixels, i)`, the scores of
   * the 17 inks for pixel i; the state keeps what a widget wants to show.
   * @param {any} model @param {number} y @param {any} chance @param {number} temperature @param {ArrayLike<number>} [given]
   */
  function write(model, y, chance, temperature, given = []) {
    const state = model.begin(y);
    const pixels = new Float32Array(PIXELS);
    const shares = [];
    for (let i = 0; i < PIXELS; i++) {
      const share = lab.softmax(model.next(state, pixels, i), temperature);
      shares.push(share);
      pixels[i] = i < given.length ? given[i] : chance.pick(share);
    }
    return { state, pixels, shares };
  }

  /** log p(first pixels | y). @param {any} model @param {ArrayLike<number>} given @param {number} y @returns {number} */
  function logProb(model, given, y) {
    const state = model.begin(y);
    let sum = 0;
    for (let i = 0; i < given.length; i++) {
      const scores = model.next(state, given, i);
      sum += scores[given[i]] - lab.logSum(scores);
    }
    return sum;
  }

  /**
   * The panel that writes a digit and shows what the model looked at.
   * @param {any} panel @param {any} model
   * @param {{lesson: string, setup: (panel: any, side: HTMLElement) => (run: any, i: number, tile: any) => string}} about
   */
  function writer(panel, model, { lesson, setup }) {
    const { ui } = panel;
    const controls = panel.row();
    const digit = panel.digits(controls);
    const seed = panel.seed(controls, "Write another");
    const warmth = panel.slider(controls, { key: "temperature", label: "Temperature", min: 0.2, max: 2, step: 0.1, value: 1, show: (/** @type {number} */ v) => v.toFixed(1) });
    const stage = panel.row("lab-stage");
    const big = panel.tile(stage, { big: true });
    const side = panel.row("lab-side", stage);
    const player = panel.player(side, { key: "pixel", label: "Pixels", min: 0, max: PIXELS, value: PIXELS }, 70);
    panel.text(side, "What it expected for this pixel: the 17 levels of ink, paper to black", "lab-caption");
    const chart = panel.columns(side, 17, "Probability of each level of ink");
    const show = setup(panel, side);
    panel.lesson(lesson);
    let look = -1; // the pixel that is looked at; -1 is the last one written
    /** @type {any} */
    let run;
    let last = "";
    pixelPicker(panel, big, (i) => ((look = i), panel.refresh()));
    player.input.addEventListener("input", () => (look = -1));
    panel.draw = () => {
      const key = [digit.value, seed.value, warmth.value].join();
      if (key !== last) {
        run = write(model, digit.value, new lab.Chance(seed.value, digit.value), warmth.value);
        last = key;
        look = -1;
      }
      const written = player.value;
      const i = look >= 0 ? look : written === PIXELS ? telling(run.pixels) : Math.max(0, written - 1);
      const shown = run.pixels.map((/** @type {number} */ v, /** @type {number} */ k) => (k < written ? v : 0));
      const share = run.shares[i];
      chart(share, run.pixels[i]);
      big.over = (/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ cell) => {
        context.fillStyle = ui.color("--g-rule");
        context.globalAlpha = 0.55;
        for (let k = written; k < PIXELS; k++) context.fillRect((k % 8) * cell + cell * 0.44, (k >> 3) * cell + cell * 0.44, cell * 0.12, cell * 0.12);
        context.globalAlpha = 1;
        if (big.extra) big.extra(context, cell);
        outline(context, cell, i, ui.color("--g-red"), 5);
      };
      const more = show(run, i, big);
      big.set(shown, `The ${digit.value} that is being written, ${written} of 64 pixels`);
      const ink = run.pixels[i];
      panel.say(`Row ${(i >> 3) + 1}, column ${(i % 8) + 1}: ink ${ink} of 16 was drawn, to which it gave ${percent(share[ink])}. ${more}`);
    };
  }

  /** A pixel worth a look: the last one with much ink in the lower half. @param {Float32Array} pixels */
  function telling(pixels) {
    for (let i = 54; i > 24; i--) if (pixels[i] > 9) return i;
    return 43;
  }

  /** @param {CanvasRenderingContext2D} context @param {number} cell @param {number} i @param {string} color @param {number} width */
  function outline(context, cell, i, color, width) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.strokeRect((i % 8) * cell + width / 2, (i >> 3) * cell + width / 2, cell - width, cell - width);
  }

  /** Choose a pixel of a large picture by pointer or arrow keys. @param {any} panel @param {any} tile @param {(i: number) => void} act */
  function pixelPicker(panel, tile, act) {
    const { canvas } = tile;
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    let at = 0;
    const point = panel.ui.safe((/** @type {PointerEvent} */ event) => {
      const box = canvas.getBoundingClientRect();
      const edge = box.width * 0.05; // its padding
      const [x, y] = [event.clientX - box.left, event.clientY - box.top].map((v) => (v - edge) / (box.width - 2 * edge));
      at = Math.min(7, Math.max(0, Math.floor(y * 8))) * 8 + Math.min(7, Math.max(0, Math.floor(x * 8)));
      act(at);
    });
    canvas.addEventListener("pointerdown", point);
    canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => (event.pointerType === "mouse" || event.buttons) && point(event));
    canvas.addEventListener("keydown", panel.ui.safe((/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -8, ArrowDown: 8 }[event.key];
      if (!step) return;
      event.preventDefault();
      at = Math.min(PIXELS - 1, Math.max(0, at + step));
      act(at);
    }));
  }

  /** The panel that completes a drawing. @param {any} panel @param {any} model @param {string} lesson */
  function completer(panel, model, lesson) {
    const { ui } = panel;
    const stage = panel.row("lab-stage");
    const rows = /** @type {any} */ ({ value: 4 });
    const left = panel.row("lab-side lab-draw", stage);
    const field = lab.pad(panel, left, { rows: () => rows.value });
    const side = panel.row("lab-side", stage);
    const controls = panel.row("lab-row", side);
    Object.assign(rows, panel.slider(controls, { key: "rows", label: "Keep rows", min: 1, max: 7, value: 4 }));
    rows.input.addEventListener("input", () => ((rows.value = Number(rows.input.value)), field.paint()));
    const seed = panel.seed(controls, "Complete again");
    const tiles = panel.tiles(side, 5);
    panel.text(side, "Which digit will it be? Its belief after these rows:", "lab-caption");
    const bars = panel.bars(side, Array.from({ length: 10 }, (_, i) => String(i)), "Probability of each digit");
    field.paint();
    panel.lesson(lesson);
    panel.draw = () => {
      const given = field.ink().slice(0, 8 * rows.value);
      const belief = lab.softmax(Array.from({ length: 10 }, (_, y) => logProb(model, given, y)));
      const top = belief.indexOf(Math.max(...belief));
      bars(belief, top);
      tiles.forEach((/** @type {Tile} */ tile, /** @type {number} */ i) => {
        const chance = new lab.Chance(seed.value, 50 + i);
        const y = chance.pick(belief);
        tile.over = (/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ cell) => {
          context.fillStyle = ui.color("--g-red");
          context.fillRect(0, rows.value * cell - 1.5, 8 * cell, 3);
        };
        tile.set(write(model, y, chance, 1, given).pixels, `Completed as a ${y}`, `as ${y}`);
      });
      const blank = given.every((/** @type {number} */ v) => v === 0) ? "These rows are empty, so they say little. " : "";
      panel.say(`${blank}From ${rows.value} rows it believes most in ${top}, with ${percent(belief[top])}, and completes the drawing five times.`);
    };
  }

  Object.assign(lab, { write, logProb, writer, completer });
})();
