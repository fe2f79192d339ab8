// Autoregressive: a small network that reads a window of the pixels above and to the left.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;

  lab.models.autoregressive = (/** @type {any} */ w) => {
    const { up, side } = w.config;
    const wide = 2 * side + 1;
    const seen = up * wide + side; // what comes before the pixel in question
    const [l1, l2, l3] = ["l1", "l2", "l3"].map((name) => w.linear(name));
    /** The pixels in the window of pixel i, or -1 beyond the edge. @param {number} i @returns {number[]} */
    const cut = (i) =>
      Array.from({ length: seen }, (_, k) => {
        const [row, column] = [(i >> 3) + Math.floor(k / wide) - up, (i % 8) + (k % wide) - side];
        return row >= 0 && column >= 0 && column < 8 ? 8 * row + column : -1;
      });
    return {
      cut,
      begin: (/** @type {number} */ y) => ({ y }),
      /** Scores of the 17 inks for pixel i. @param {{y: number}} state @param {ArrayLike<number>} pixels @param {number} i */
      next(state, pixels, i) {
        const x = new Float32Array(2 * seen + 10 + 64);
        cut(i).forEach((j, k) => {
          if (j < 0) return;
          x[k] = pixels[j] / 8 - 1;
          x[seen + k] = 1;
        });
        x[2 * seen + state.y] = 1;
        x[2 * seen + 10 + i] = 1;
        return l3(lab.silu(l2(lab.silu(l1(x)))));
      },
    };
  };

  lab.widgets.autoregressive = (/** @type {any} */ ui, /** @type {any} */ model) => {
    ui.tabs({
      write: ["Watch it write", (/** @type {any} */ panel) => {
        lab.writer(panel, model, {
          lesson: "One pixel at a time: from the pixels in the blue window it forms an expectation of the next one, draws by chance, and never takes it back.",
          setup: () => (/** @type {unknown} */ _, /** @type {number} */ i, /** @type {Tile} */ tile) => {
            tile.extra = (/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ cell) => {
              context.globalCompositeOperation = "destination-over"; // behind the ink
              context.fillStyle = ui.color("--g-blue");
              context.globalAlpha = 0.4;
              for (const j of model.cut(i)) if (j >= 0) context.fillRect((j % 8) * cell, (j >> 3) * cell, cell, cell);
              context.globalAlpha = 1;
              context.globalCompositeOperation = "source-over";
            };
            return "Blue is all that it saw. Point at another pixel, or use the arrow keys on the picture.";
          },
        });
      }],
      complete: ["Complete a drawing", (/** @type {Panel} */ panel) => {
        lab.completer(panel, model, "The chain rule works from any beginning: the same network rates your rows under each digit, then goes on pixel by pixel.");
      }],
    });
  };
})();
