// What the three families share that write a digit pixel by pixel: writing, watching, completing a drawing.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const [SIDE, PIXELS] = [28, 784];
  const percent = (/** @type {number} */ share) =>
    share > 0 && share < 0.01 ? "under 1%" : `${Math.round(100 * share)}%`;
  const bits = (/** @type {number} */ share) => -Math.log2(Math.max(share, 1e-9));
  const doubt = (/** @type {ArrayLike<number>} */ shares) =>
    Array.from(shares).reduce((sum, p) => sum + (p > 0 ? p * bits(p) : 0), 0);

  /**
   * @typedef {{pixels: Float32Array, shares: Float32Array[], state: any, done: number}} Run
   * shares: of each pixel; done: how many pixels are written
   */

  /**
   * Write a digit. A model has `order`, which says where each pixel stands, `begin(y)`, which gives a state, and `next(state, pixels, k)`,
   * the scores of the 8 inks for the k-th pixel. The first pixels may be given.
   * @param {Lab.Model} model @param {number} y @param {Lab.Chance} chance @param {number} temperature @param {Run} run which fills
   */
  function* write(model, y, chance, temperature, run) {
    run.state = model.begin(y);
    if (run.done) yield* model.read(run.pixels, y, run.done);
    for (; run.done < PIXELS; run.done++) {
      const pixel = model.order[run.done];
      const share = lab.softmax(model.next(run.state, run.pixels, run.done), temperature);
      run.shares[pixel] = share;
      run.pixels[pixel] = chance.pick(share);
      yield;
    }
  }

  /** @returns {Run} */
  const blank = () => ({ pixels: new Float32Array(PIXELS), shares: [], state: undefined, done: 0 });

  /** log p(first rows | y) after each number of rows. @param {Lab.Model} model @param {ArrayLike<number>} ink @param {number} y */
  function* rated(model, ink, y) {
    const scores = yield* model.read(ink, y);
    const sums = new Float64Array(SIDE + 1);
    let sum = 0;
    scores.forEach((/** @type {Float32Array} */ row, /** @type {number} */ k) => {
      sum += row[ink[model.order[k]]] - lab.logSum(row);
      const rows = (k + 1) / SIDE;
      if (rows % model.rows === 0) sums[rows] = sum;
    });
    return sums;
  }

  /**
   * The panel that writes a digit and shows what the model looked at.
   * @param {Panel} panel @param {Lab.Model} model
   * @param {{lesson: string, setup: (panel: Panel, side: HTMLElement) => (run: Run, i: number, tile: Tile) => string}} about
   * setup gives a function that draws what the model saw for a pixel, and tells it
   */
  function writer(panel, model, { lesson, setup }) {
    const { ui } = panel;
    const rank = new Uint16Array(PIXELS); // when each pixel is written
    model.order.forEach(
      (/** @type {number} */ pixel, /** @type {number} */ k) => (rank[pixel] = k),
    );
    const controls = panel.row();
    const digit = panel.digits(controls);
    const seed = panel.seed(controls, "Write another");
    const warmth = panel.slider(controls, {
      key: "temperature",
      label: "Temperature",
      min: 0.2,
      max: 2,
      step: 0.1,
      value: 1,
      show: (/** @type {number} */ v) => v.toFixed(1),
    });
    const stage = panel.row("lab-stage lab-write");
    const big = panel.tile(stage, { big: true });
    const side = panel.row("lab-side", stage);
    const player = lab.film(panel, side, {
      key: "pixel",
      label: "Pixels",
      max: PIXELS,
      value: PIXELS,
      seconds: 5,
    });
    const ask = panel.text(side, "", "lab-caption");
    const inks = lab.chart(panel, side, lab.swatches(), "Probability of each ink, paper to black");
    const doubts = panel.check(panel.row("lab-row", side), {
      key: "doubt",
      label: "Tint where it was in doubt",
      value: false,
    });
    const show = setup(panel, side);
    panel.lesson(lesson);
    let look = -1; // the pixel that is looked at; -1 is the last one written
    let run = blank();
    let last = "";
    picker(panel, big, (i) => (player.stop(), (look = i), panel.refresh()));
    player.input.addEventListener("input", () => (look = -1));

    /** @param {CanvasRenderingContext2D} context @param {number} cell @param {number} written @param {number} i */
    function over(context, cell, written, i) {
      if (doubts.value) {
        context.fillStyle = ui.color("--g-amber");
        for (let k = 0; k < written; k++) {
          const pixel = model.order[k];
          context.globalAlpha = Math.min(0.9, doubt(run.shares[pixel]) / 2.5);
          square(context, cell, pixel);
        }
      }
      context.globalAlpha = 0.55;
      context.fillStyle = ui.color("--g-sunk");
      for (let k = written; k < PIXELS; k++) square(context, cell, model.order[k]);
      context.globalAlpha = 1;
      if (big.extra) big.extra(context, cell);
      context.strokeStyle = ui.color("--g-red");
      context.lineWidth = 3;
      context.strokeRect(
        (i % SIDE) * cell - 1.5,
        Math.floor(i / SIDE) * cell - 1.5,
        cell + 3,
        cell + 3,
      );
    }

    panel.draw = () => {
      const key = [digit.value, seed.value, warmth.value].join();
      if (key !== last) {
        run = blank();
        player.known = 0;
        look = -1;
        ui.work.start(
          write(model, digit.value, new lab.Chance(seed.value, digit.value), warmth.value, run),
          () => ((player.known = PIXELS), panel.refresh()),
        );
        if (last) player.play(true);
        last = key;
      }
      player.known = run.done;
      const written = Math.min(player.value, run.done);
      const seen =
        look >= 0 && rank[look] < run.done
          ? look
          : written === PIXELS
            ? telling(run)
            : model.order[Math.max(0, written - 1)];
      if (!run.shares[seen])
        return big.set(run.pixels, `The ${digit.value} that is about to be written`);
      const share = run.shares[seen];
      const ink = run.pixels[seen];
      inks(share, ink);
      const [row, column] = [Math.floor(seen / SIDE) + 1, (seen % SIDE) + 1];
      ask.textContent = `What it expected at row ${row}, column ${column}: the eight inks, paper to black`;
      big.over = (/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ cell) =>
        over(context, cell, written, seen);
      const more = show(run, seen, big);
      big.set(
        run.pixels.map((v, i) => (rank[i] < written ? v : 0)),
        `The ${digit.value} that is being written, ${written} of ${PIXELS} pixels`,
      );
      let spent = 0;
      for (let k = 0; k < written; k++)
        spent += bits(run.shares[model.order[k]][run.pixels[model.order[k]]]);
      panel.say(
        `Row ${row}, column ${column}: ink ${ink} of 7 was drawn, to which it gave ${percent(share[ink])}. ${more} Surprise in the ${written} pixels so far: ${Math.round(spent)} bits.`,
      );
    };
  }

  /** @param {CanvasRenderingContext2D} context @param {number} cell @param {number} pixel */
  function square(context, cell, pixel) {
    context.fillRect((pixel % SIDE) * cell, Math.floor(pixel / SIDE) * cell, cell, cell);
  }

  /** A pixel worth a look: where it was most in doubt in the middle rows. @param {Run} run */
  function telling(run) {
    let best = 15 * SIDE;
    for (let i = 8 * SIDE; i < 22 * SIDE; i++)
      if (doubt(run.shares[i]) > doubt(run.shares[best])) best = i;
    return best;
  }

  /** Choose a pixel of a large picture by pointer or arrow keys. @param {Panel} panel @param {Tile} tile @param {(i: number) => void} act */
  function picker(panel, tile, act) {
    const { canvas } = tile;
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    let at = 0;
    const point = panel.ui.safe((/** @type {PointerEvent} */ event) => {
      const box = canvas.getBoundingClientRect();
      const [x, y] = [
        (event.clientX - box.left) / box.width,
        (event.clientY - box.top) / box.height,
      ].map((v) => Math.min(SIDE - 1, Math.max(0, Math.floor(v * SIDE))));
      at = y * SIDE + x;
      act(at);
    });
    canvas.addEventListener("pointerdown", point);
    canvas.addEventListener(
      "pointermove",
      (/** @type {PointerEvent} */ event) =>
        (event.pointerType === "mouse" || event.buttons) && point(event),
    );
    canvas.addEventListener(
      "keydown",
      panel.ui.safe((/** @type {KeyboardEvent} */ event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIDE, ArrowDown: SIDE }[event.key];
        if (!step) return;
        event.preventDefault();
        at = Math.min(PIXELS - 1, Math.max(0, at + step));
        act(at);
      }),
    );
  }

  /** The panel that completes a drawing. @param {Panel} panel @param {Lab.Model} model @param {string} lesson */
  function completer(panel, model, lesson) {
    const { ui } = panel;
    const stage = panel.row("lab-stage");
    const rows = /** @type {any} */ ({ value: 14 });
    const field = lab.field(panel, panel.row("lab-side lab-draw", stage), {
      rows: () => rows.value,
    });
    const side = panel.row("lab-side", stage);
    const controls = panel.row("lab-row", side);
    Object.assign(
      rows,
      panel.slider(controls, {
        key: "rows",
        label: "Keep rows",
        min: 2,
        max: 26,
        step: model.rows,
        value: 14,
      }),
    );
    rows.input.addEventListener(
      "input",
      () => ((rows.value = Number(rows.input.value)), field.paint()),
    );
    const seed = panel.seed(controls, "Complete again");
    panel.text(side, "Eight ways in which it goes on below the line:", "lab-caption");
    const tiles = panel.tiles(side, 8);
    tiles.forEach((/** @type {Tile} */ tile) =>
      tile.set(new Float32Array(PIXELS), "A completion that is about to be written"),
    );
    panel.text(side, "Which digit will it be? Its belief after these rows:", "lab-caption");
    const bars = lab.chart(
      panel,
      side,
      Array.from({ length: 10 }, (_, i) => String(i)),
      "Probability of each digit",
    );
    field.paint();
    panel.lesson(lesson);
    let rating = ""; // the drawing that was rated
    /** @type {Float64Array[]} */
    let sums = [];
    let last = "";

    /** @param {Float32Array} ink */
    function* complete(ink) {
      const name = ink.join("");
      if (name !== rating) {
        const fresh = [];
        for (let y = 0; y < 10; y++) fresh.push(yield* rated(model, ink, y));
        [rating, sums] = [name, fresh];
      }
      const belief = lab.softmax(sums.map((sum) => sum[rows.value]));
      const top = belief.indexOf(Math.max(...belief));
      bars(belief, top);
      const nothing = ink.slice(0, SIDE * rows.value).every((v) => v === 0)
        ? "These rows are empty, so they say little. "
        : "";
      panel.say(
        `${nothing}From ${rows.value} rows it believes most in ${top}, with ${percent(belief[top])}, and completes the drawing eight times.`,
      );
      const given = ink.map((v, i) => (i < SIDE * rows.value ? v : 0));
      for (const [i, tile] of tiles.entries()) {
        const chance = new lab.Chance(seed.value, 50 + i);
        const y = chance.pick(belief);
        const run = { ...blank(), pixels: given.slice(), done: SIDE * rows.value };
        tile.over = (
          /** @type {CanvasRenderingContext2D} */ context,
          /** @type {number} */ cell,
        ) => {
          context.fillStyle = ui.color("--g-red");
          context.fillRect(0, rows.value * cell - 2, SIDE * cell, 4);
        };
        for (const _ of write(model, y, chance, 1, run)) {
          if (run.done % (2 * SIDE) === 0) tile.set(run.pixels, `Completed as a ${y}`, `as a ${y}`);
          yield;
        }
        tile.set(run.pixels, `Completed as a ${y}`, `as a ${y}`);
      }
    }

    panel.draw = () => {
      const ink = field.ink();
      const key = [rows.value, seed.value, ink.join("")].join();
      if (key === last) return;
      last = key;
      ui.work.start(complete(ink));
    };
  }

  Object.assign(lab, { writer, completer });
})();
