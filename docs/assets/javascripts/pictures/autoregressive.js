// Autoregressive: the same small network at every pixel, which sees a window of the pixels above and to the left.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const SIDE = 28;

  lab.models.autoregressive = (w, plain = false) => {
    const { up, beside, depth, levels } = w.config;
    const wide = 2 * beside + 1;
    const seen = up * wide + beside; // pixels in a window
    const e = new lab.Engine(plain);
    const get = (/** @type {string} */ key) => w.tensor(key);
    const pair = (/** @type {string} */ key) => [get(`${key}.weight`), get(`${key}.bias`)];
    const [cond, row, column] = ["cond", "row", "column"].map((name) => get(`${name}.weight`));
    const width = cond.shape[0];
    const window = e.picture(2 * seen, 1, SIDE); // for one pixel, or for a row of them at once
    const [h, a, b] = [0, 1, 2].map(() => e.picture(width, 1, SIDE));
    const out = e.picture(levels, 1, SIDE);
    const [one, zero] = [e.keep(new Float32Array(width).fill(1)), e.keep(new Float32Array(width))];
    const enter = e.linear(...pair("enter"), window, h, true);
    const blocks = Array.from({ length: depth }, (_, i) => [
      e.linear(...pair(`ups.${i}`), a, b),
      e.linear(...pair(`downs.${i}`), b, h, true),
    ]);
    const leave = e.linear(...pair("leave"), a, out);

    /** The norm of what is known of some pixels, from h to a. @param {number} n */
    function norm(n) {
      e.heap.copyWithin(a.at / 4, h.at / 4, (h.at + n * h.column) / 4);
      e.run.norm(a.at, one, zero, n, width / 4, 1 / width);
    }

    /** What comes before pixel i, in its window, and what is known of its place and class. @param {ArrayLike<number>} pixels @param {number} y @param {number} i @param {number} at */
    function put(pixels, y, i, at) {
      const view = e.view(window.at + at * window.column, 2 * seen);
      view.fill(0);
      const [top, left] = [Math.floor(i / SIDE) - up, (i % SIDE) - beside];
      for (let k = 0; k < seen; k++) {
        const [r, c] = [top + Math.floor(k / wide), left + (k % wide)];
        if (r < 0 || c < 0 || c >= SIDE) continue;
        view[k] = (2 / (levels - 1)) * pixels[SIDE * r + c] - 1;
        view[seen + k] = 1;
      }
      const known = e.view(h.at + at * h.column, width);
      for (let k = 0; k < width; k++)
        known[k] =
          cond.data[10 * k + y] +
          row.data[Math.floor(i / SIDE) * width + k] +
          column.data[(i % SIDE) * width + k];
    }

    /** Scores of the inks of the n pixels that were put in. @param {number} n @returns {Float32Array[]} */
    function run(n) {
      enter(0, n);
      for (const [more, less] of blocks) {
        norm(n);
        more(0, n);
        e.act("silu", b, 0, n);
        less(0, n);
      }
      norm(n);
      e.act("silu", a, 0, n);
      leave(0, n);
      return Array.from({ length: n }, (_, i) => e.view(out.at + i * out.column, levels).slice());
    }

    return {
      up,
      beside,
      order: Uint16Array.from({ length: SIDE ** 2 }, (_, i) => i),
      rows: 1,
      begin: (/** @type {number} */ y) => ({ y }),
      /** Scores of the inks for pixel i. @param {{y: number}} state @param {ArrayLike<number>} pixels @param {number} i */
      next(state, pixels, i) {
        put(pixels, state.y, i, 0);
        return run(1)[0];
      },
      /** The scores of the first pixels of a picture, one after the other. @param {ArrayLike<number>} pixels @param {number} y @param {number} [count] */
      *read(pixels, y, count = SIDE ** 2) {
        const scores = [];
        for (let i = 0; i < count; i += SIDE) {
          const n = Math.min(SIDE, count - i);
          for (let k = 0; k < n; k++) put(pixels, y, i + k, k);
          scores.push(...run(n));
          yield;
        }
        return scores;
      },
    };
  };

  /**
   * All but the window is veiled, and its edge is drawn.
   * @param {Lab.Ui} ui @param {CanvasRenderingContext2D} context @param {number} cell @param {number} i the pixel in question @param {{up: number, beside: number}} model
   */
  function veil(ui, context, cell, i, { up, beside }) {
    const [row, column] = [Math.floor(i / SIDE), i % SIDE];
    const [top, left, right] = [
      Math.max(0, row - up),
      Math.max(0, column - beside),
      Math.min(SIDE, column + beside + 1),
    ];
    const edge = new Path2D();
    [
      [left, top],
      [right, top],
      [right, row],
      [column, row],
      [column, row + 1],
      [left, row + 1],
    ].forEach(([x, y], k) =>
      k ? edge.lineTo(x * cell, y * cell) : edge.moveTo(x * cell, y * cell),
    );
    edge.closePath();
    const rest = new Path2D(edge);
    rest.rect(0, 0, SIDE * cell, SIDE * cell);
    context.fillStyle = ui.color("--g-paper");
    context.globalAlpha = 0.62;
    context.fill(rest, "evenodd");
    context.globalAlpha = 1;
    context.strokeStyle = ui.color("--g-blue");
    context.lineWidth = 2;
    context.stroke(edge);
  }

  lab.widgets.autoregressive = (ui, model) => {
    ui.tabs({
      write: [
        "Watch it write",
        (panel) => {
          lab.writer(panel, model, {
            lesson:
              "One pixel at a time: from the pixels in the window it forms an expectation of the next one, draws by chance, and never takes it back.",
            setup:
              () =>
              (/** @type {unknown} */ _, /** @type {number} */ i, /** @type {Tile} */ tile) => {
                tile.extra = (
                  /** @type {CanvasRenderingContext2D} */ context,
                  /** @type {number} */ cell,
                ) => veil(ui, context, cell, i, model);
                return "What is not veiled is all that it saw. Point at another pixel, or use the arrow keys on the picture.";
              },
          });
        },
      ],
      complete: [
        "Complete a drawing",
        (panel) => {
          lab.completer(
            panel,
            model,
            "The chain rule works from any beginning: the same network rates your rows under each digit, then goes on pixel by pixel.",
          );
        },
      ],
    });
  };
})();
