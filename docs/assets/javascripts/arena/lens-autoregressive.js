// Autoregressive: the shares of x below, and beside the plane the shares of y in the column under the pointer.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const { percent } = arena;
  const PART = 0.76; // of the canvas that the plane takes
  const GAP = 10;

  arena.lenses.autoregressive = {
    key: "autoregressive",
    figures: ["The shares of x below, of y given x at the right", "Samples: x first, then y"],
    wait: "Press start. Then point at a column, or move with the arrow keys: below stand the shares of x, at the right those of y in this column.",

    built(w) {
      w.column = 24;
      arena.probe(
        w,
        0,
        "Point at a column to see its shares of y",
        (/** @type {number[]} */ share) =>
          (w.column = Math.min(47, Math.floor((48 * share[0]) / PART))),
      );
    },

    prepare(w) {
      w.found = {
        marginal: new Float32Array(48).fill(1 / 48),
        conditional: new Float32Array(48).fill(1 / 48),
        table: new Float32Array(48 * 48),
        samples: new Float32Array(0),
      };
    },

    jobs(w) {
      const { model } = w;
      return [
        () => {
          w.found.marginal = model.marginal();
          w.found.conditional = model.conditional(w.column);
        },
        () => (w.found.table = model.table()),
        () => {
          w.found.samples = model.sample(512, w.state.seed);
          if (!w.found.marginal.every(Number.isFinite))
            w.stop("Training ran off: the shares are no numbers.");
        },
      ];
    },

    paint(w) {
      const [plane, right] = w.plots;
      const { context, canvas } = plane;
      const { marginal, conditional, table, samples } = w.found;
      const [color, red] = ["--a-autoregressive", "--g-red"].map((name) => w.color(name));
      const size = canvas.width * PART;
      const bin = size / 48;
      context.save();
      context.beginPath();
      context.rect(0, 0, size, size);
      context.clip();
      context.scale(PART, PART);
      const top = 0.35 * Math.max(...table);
      if (w.steps)
        plane.surface(
          Float32Array.from(
            { length: 2304 },
            (_, k) => table[(k % 48) * 48 + Math.floor(k / 48)] / top,
          ),
          48,
          color,
        );
      plane.dots(w.shown, w.color("--g-ink-2"), 2.6, 0.4);
      context.restore();
      context.strokeStyle = w.color("--g-rule");
      context.lineWidth = 1;
      context.strokeRect(0.5, 0.5, size, size);
      context.strokeStyle = red;
      context.lineWidth = 2;
      context.strokeRect(w.column * bin, 1, bin, size - 2);
      const room = canvas.width - size - GAP;
      const longest = (/** @type {Float32Array} */ shares) => room / Math.max(0.06, ...shares);
      const [across, along] = [longest(marginal), longest(conditional)];
      for (let k = 0; k < 48; k++) {
        context.fillStyle = k === w.column ? red : color;
        context.fillRect(k * bin + 0.5, size + GAP, bin - 1, marginal[k] * across);
        context.fillStyle = red;
        context.fillRect(size + GAP, size - (k + 1) * bin + 0.5, conditional[k] * along, bin - 1);
      }
      right.dots(w.shown, w.color("--g-ink-2"), 2.6, 0.35);
      if (w.steps) right.dots(samples, color, 3.2, 0.8);
    },

    facts(w) {
      const { marginal } = w.found;
      const x = -2.6 + ((w.column + 0.5) * 5.2) / 48;
      const right = marginal.reduce(
        (/** @type {number} */ sum, /** @type {number} */ share, /** @type {number} */ k) =>
          sum + (k > w.column ? share : 0),
        0,
      );
      return [
        `x = ${x.toFixed(2)} (red): ${(100 * marginal[w.column]).toFixed(1)}% of all points, ${percent(right)} right of it`,
        w.steps
          ? `${percent(arena.astray(w.found.samples, w.data.held))} of 512 samples fall where no data are`
          : "no step yet",
      ];
    },

    tell(w) {
      const { conditional } = w.found;
      const peak = conditional.indexOf(Math.max(...conditional));
      return `${w.lens.facts(w)[0]}. In this column y is most often near ${(-2.6 + ((peak + 0.5) * 5.2) / 48).toFixed(2)}, with a share of ${percent(conditional[peak])}.`;
    },
  };
})();
