// RNN: a GRU that reads row by row, and a small head that writes the pixels of the next row.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;

  lab.models.rnn = (/** @type {any} */ w) => {
    const start = w.table("start");
    const gru = w.gru("gru");
    const [l1, l2] = ["l1", "l2"].map((name) => w.linear(name));
    return {
      size: w.config.state,
      begin: (/** @type {number} */ y) => ({ h: [start(y)] }),
      /** Scores of the 17 inks for pixel i. @param {{h: Float32Array[]}} state one for each row @param {ArrayLike<number>} pixels @param {number} i */
      next(state, pixels, i) {
        const [row, column] = [i >> 3, i % 8];
        const read = (/** @type {number} */ from) => Float32Array.from({ length: 8 }, (_, k) => pixels[from + k] / 8 - 1);
        if (column === 0 && row > 0) state.h[row] = gru(read(i - 8), state.h[row - 1]);
        const h = state.h[row];
        const x = new Float32Array(h.length + 16);
        x.set(h);
        for (let k = 0; k < column; k++) x[h.length + k] = pixels[8 * row + k] / 8 - 1;
        x[h.length + 8 + column] = 1;
        return l2(lab.silu(l1(x)));
      },
    };
  };

  lab.widgets.rnn = (/** @type {any} */ ui, /** @type {any} */ model) => {
    ui.one((/** @type {any} */ panel) => {
      lab.writer(panel, model, {
        lesson: `All that a row can know of the rows above it must fit into the state, ${model.size} numbers that are rewritten once a row.`,
        setup: (/** @type {Panel} */ panel, /** @type {HTMLElement} */ side) => {
          panel.text(side, "The state before each row: one line a row, one cell a number, violet below zero and green above", "lab-caption");
          const canvas = side.appendChild(lab.el("canvas", { class: "lab-state", width: 8 * model.size, height: 128, role: "img" }));
          return (/** @type {Shared} */ run, /** @type {number} */ i) => {
            const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
            const row = i >> 3;
            context.clearRect(0, 0, canvas.width, canvas.height);
            run.state.h.forEach((/** @type {ArrayLike<number>} */ h, /** @type {number} */ r) => {
              for (let k = 0; k < h.length; k++) {
                context.fillStyle = ui.color(h[k] < 0 ? "--g-violet" : "--g-green");
                context.globalAlpha = (r <= row ? 1 : 0.15) * Math.min(1, Math.abs(h[k]));
                context.fillRect(8 * k, 16 * r + 1, 7, 13);
              }
            });
            context.globalAlpha = 1;
            context.fillStyle = ui.color("--g-red");
            context.fillRect(0, 16 * row + 14, canvas.width, 2);
            const [now, before] = [run.state.h[row], run.state.h[Math.max(0, row - 1)]];
            const moved = now.filter((/** @type {number} */ v, /** @type {number} */ k) => Math.abs(v - before[k]) > 0.5).length;
            const text = row ? `Reading row ${row} changed ${moved} of the ${now.length} numbers by more than one half.` : "Before the first row the state holds the class alone.";
            canvas.setAttribute("aria-label", text);
            return text;
          };
        },
      });
    });
  };
})();
