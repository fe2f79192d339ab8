// A flow's grid as its couplings bend it, the exact density as a map, and the log-determinant by color.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const LINES = 41; // points along each line; every other line is drawn
  const SIDE = 48;
  const ROWS = 6; // of the density that one job finds out
  const CELL = ((2 * arena.BOX) / SIDE) ** 2;

  /** The last couplings of the flow, as many as are chosen, as a flow of its own. @param {Arena.Watcher} w */
  function some({ model, state }) {
    return Object.create(model, {
      nets: { value: model.nets.slice(model.nets.length - Number(state.couplings)) },
    });
  }

  /** The density of points under them; without couplings, that of the noise. @param {Arena.Watcher} w @param {Float32Array} points @returns {Float32Array} */
  function density(w, points) {
    const logs = Number(w.state.couplings)
      ? some(w).density(points)
      : Float32Array.from(
          { length: points.length / 2 },
          (_, i) => -(points[2 * i] ** 2 + points[2 * i + 1] ** 2) / 2 - Math.log(2 * Math.PI),
        );
    return logs.map(Math.exp);
  }

  /** Every other line of the lattice. @param {Arena.Plot} plot @param {ArrayLike<number>} points @param {string} color */
  function lines(plot, points, color) {
    const all = Array.from({ length: LINES }, (_, k) => k);
    const at = (/** @type {number} */ k) => [points[2 * k], points[2 * k + 1]];
    for (const [along, across] of [
      [1, LINES],
      [LINES, 1],
    ])
      plot.paths(
        all.filter((k) => k % 2 === 0).map((k) => all.flatMap((j) => at(k * across + j * along))),
        color,
        1,
        0.7,
      );
  }

  /** Squares of a lattice of points, each in the color of its stretch. @param {Arena.Plot} plot @param {ArrayLike<number>} points @param {ArrayLike<number>} spread @param {string[]} colors stretched, squeezed */
  function tiles(plot, points, spread, colors) {
    const { context } = plot;
    for (let i = 0; i + 1 < LINES; i++)
      for (let j = 0; j + 1 < LINES; j++) {
        const k = i * LINES + j;
        const mean = (spread[k] + spread[k + 1] + spread[k + LINES] + spread[k + LINES + 1]) / 4;
        context.fillStyle = colors[mean > 0 ? 0 : 1];
        context.globalAlpha = Math.min(0.85, Math.abs(mean) / 4);
        context.beginPath();
        for (const m of [k, k + 1, k + LINES + 1, k + LINES])
          context.lineTo(plot.x(points[2 * m]), plot.y(points[2 * m + 1]));
        context.fill();
      }
    context.globalAlpha = 1;
  }

  arena.lenses.flow = {
    key: "flow",
    figures: ["Noise: how far each square will be stretched or squeezed", "Data: the bent grid"],
    wait: "Press start. The grid on the left is bent into the one on the right, coupling after coupling; the color says by how much.",
    choices: [
      {
        key: "show",
        label: "Behind the grid",
        options: [
          ["density", "Exact density"],
          ["determinant", "Log-determinant"],
        ],
      },
    ],
    sliders: [
      {
        key: "couplings",
        label: "Couplings",
        first: "8",
        options: ["0", "2", "4", "6", "8"].map((v) => [v, `${v} of 8`]),
      },
    ],

    built(w) {
      w.place = arena.probe(w, 1, "Point at a place to read its density", () => {});
    },

    prepare(w) {
      w.codes = arena.lattice(LINES, (2.5 * LINES) / (LINES - 1));
      w.found = {
        grid: w.codes.slice(),
        spread: new Float32Array(LINES * LINES),
        density: new Float32Array(SIDE * SIDE),
        here: NaN,
      };
    },

    jobs(w) {
      const places = arena.lattice(SIDE);
      const map = (/** @type {number} */ from) => () =>
        w.found.density.set(density(w, places.subarray(2 * from, 2 * (from + ROWS * SIDE))), from);
      const grid = (/** @type {number} */ from, /** @type {number} */ to) => () => {
        for (let at = from; at < to; at += arena.CHUNK) {
          const { x, spread } = some(w).outward(
            w.codes.subarray(2 * at, 2 * Math.min(to, at + arena.CHUNK)),
          );
          w.found.grid.set(x, 2 * at);
          w.found.spread.set(spread, at);
        }
        w.found.here = density(w, Float32Array.from(w.place(w.plots[1])))[0];
        if (Number.isNaN(w.found.grid[2 * from]))
          w.stop("Training ran off: the grid lies nowhere.");
      };
      const grids = [0, 1, 2, 3].map((k) =>
        grid(Math.floor((k * LINES * LINES) / 4), Math.floor(((k + 1) * LINES * LINES) / 4)),
      );
      const parts = Array.from({ length: SIDE / ROWS }, (_, i) => map(i * ROWS * SIDE));
      return parts.flatMap((part, k) => (k % 2 ? [part, grids[k >> 1]] : [part]));
    },

    paint(w) {
      const [noise, plane] = w.plots;
      const { grid, spread, density } = w.found;
      const ink = w.color("--g-ink");
      const colors = [w.color("--a-gan"), w.color("--a-flow")];
      tiles(noise, w.codes, spread, colors);
      lines(noise, w.codes, ink);
      if (w.state.show === "determinant") tiles(plane, grid, spread, colors);
      else
        plane.surface(
          density.map((/** @type {number} */ v) => Math.min(0.9, 1.8 * v)),
          SIDE,
          colors[1],
        );
      plane.dots(w.shown, w.color("--g-ink-2"), 2.2, 0.45);
      lines(plane, grid, ink);
      arena.mark(plane, w.place(plane), w.color("--g-red"));
    },

    facts(w) {
      const { spread, density, here } = w.found;
      const [least, most] = [Math.min(...spread), Math.max(...spread)];
      const total = density.reduce(
        (/** @type {number} */ a, /** @type {number} */ b) => a + b * CELL,
        0,
      );
      const shown =
        here >= 0.0995
          ? here.toFixed(2)
          : here >= 1e-7
            ? here.toFixed(1 - Math.floor(Math.log10(here)))
            : "below 0.0000001";
      return [
        `log-determinant ${least.toFixed(1)} (squeezed, blue) to ${most.toFixed(1)} (stretched, red)`,
        Number.isNaN(here)
          ? ""
          : `density at the mark ${shown} \u00b7 all of the picture ${total.toFixed(2)}`,
      ];
    },

    tell(w) {
      const [determinant, here] = w.lens.facts(w);
      return `with ${w.state.couplings} of 8 couplings, ${determinant.replace(/ \([^)]*\)/g, "")}; ${here.replace(" \u00b7", ",")}. Mean surprise of the data ${w.model.losses.surprise.toFixed(2)} nats.`;
    },
  };
})();
