// The game of a GAN: the discriminator's surface behind the points, the push on each fake, both losses; how it collapses,
// how it circles, and what helps.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const SIDE = 32;
  const ROWS = 8; // of the surface that one job finds out
  const CHUNKS = 10; // of 32 fakes
  const KEPT = 400; // points of the curves
  const RING = 1.8;

  const GAMES = /** @type {Record<string, Arena.Settings>} */ ({
    fair: {},
    collapse: { generatorRate: 2e-2 },
    circle: { beta: 0.95, blur: 0 },
  });
  const FAIR = { rate: 1e-3, generatorRate: 1e-3, beta: 0.5, blur: 0.05 };

  /** What the chosen game asks of the model, remedy included. @param {Arena.Settings} state */
  function rules(state) {
    const factor = Number(state.rate);
    const all = { ...FAIR, ...(state.remedy === "yes" ? {} : GAMES[state.game]) };
    return { ...all, rate: factor * all.rate, generatorRate: factor * all.generatorRate };
  }

  /** How many of the ring's clouds have at least one in fifty of the fakes. @param {Float32Array} fakes */
  function covered(fakes) {
    const counts = Array.from({ length: 8 }, () => 0);
    for (let i = 0; i < fakes.length; i += 2) {
      const k = Math.round(Math.atan2(fakes[i + 1], fakes[i]) / (Math.PI / 4) + 8) % 8;
      const [x, y] = [RING * Math.cos((k * Math.PI) / 4), RING * Math.sin((k * Math.PI) / 4)];
      if (Math.hypot(fakes[i] - x, fakes[i + 1] - y) < 0.42) counts[k] += 1; // three standard deviations
    }
    return counts.filter((count) => count >= fakes.length / 100).length;
  }

  arena.lenses.gan = {
    key: "gan",
    figures: ["The discriminator's surface, and its push on each fake", "Both losses"],
    wait: "Pale dots are real, dark dots are fakes. Press start: the color deepens where the discriminator says \u201creal\u201d, and each arrow shows where it pushes a fake.",
    choices: [
      {
        key: "game",
        label: "Game",
        options: [
          ["fair", "Fair"],
          ["collapse", "Make it collapse"],
          ["circle", "Make it circle"],
        ],
      },
    ],
    checks: [{ key: "remedy", label: "Apply the remedy" }],

    prepare(w) {
      Object.assign(w.model.settings, rules(w.state));
      w.found = {
        surface: new Float32Array(SIDE * SIDE).fill(0.5),
        fakes: new Float32Array(64 * CHUNKS),
        pushes: new Float32Array(0),
        curve: [],
        clouds: 0,
      };
    },

    change(w) {
      Object.assign(w.model.settings, rules(w.state));
    },

    stepped(w) {
      const { curve } = w.found;
      const { discriminator, generator } = w.model.losses;
      const last = curve[curve.length - 1] || { d: discriminator, g: generator };
      const calm = (/** @type {number} */ before, /** @type {number} */ now) =>
        before + 0.25 * (now - before);
      curve.push({ d: calm(last.d, discriminator), g: calm(last.g, generator) });
      if (curve.length > KEPT) curve.shift();
    },

    jobs(w) {
      const { model } = w;
      const places = arena.lattice(SIDE);
      const tape = new arena.Tape(model.memory);
      const surface = (/** @type {number} */ from) => () => {
        const part = places.subarray(2 * from, 2 * (from + ROWS * SIDE));
        const logits = arena.blocks(part, 1, (/** @type {Float32Array} */ x) => model.verdict(x));
        logits.forEach(
          (/** @type {number} */ v, /** @type {number} */ i) =>
            (w.found.surface[from + i] = 1 / (1 + Math.exp(-v))),
        );
      };
      const fakes = () => {
        const all = w.found.fakes;
        for (let k = 0; k < CHUNKS; k++)
          all.set(
            model.generate(tape.begin(), 32, new arena.Chance(w.state.seed, 1000 + k)).v,
            64 * k,
          ); // by the weights as they are
        w.found.pushes = arena.blocks(all.subarray(0, 192), 2, (/** @type {Float32Array} */ x) =>
          model.push(x),
        );
        w.found.clouds = covered(all);
        if (!Number.isFinite(all[0])) w.stop("Training ran off: the fakes lie nowhere.");
      };
      const parts = Array.from({ length: SIDE / ROWS }, (_, i) => surface(i * ROWS * SIDE));
      return [parts[0], parts[1], fakes, parts[2], parts[3], fakes];
    },

    paint(w) {
      const [plane, chart] = w.plots;
      const { surface, fakes, pushes, curve } = w.found;
      const ink = w.color("--g-ink");
      const color = w.color("--a-gan");
      if (w.steps)
        plane.surface(
          surface.map((/** @type {number} */ v) => 0.75 * v),
          SIDE,
          color,
        );
      plane.dots(w.shown, w.color("--g-ink-2"), 2.6, 0.5);
      if (w.steps) {
        plane.dots(fakes, ink, 3.2);
        plane.arrows(fakes.subarray(0, pushes.length), pushes, ink, 1.5, 0.5);
      }
      arena.curves(
        chart,
        {
          lines: [
            curve.map((/** @type {Record<string, number>} */ at) => at.d),
            curve.map((/** @type {Record<string, number>} */ at) => at.g),
          ],
          names: ["discriminator", "generator"],
          colors: [color, ink],
          low: 0,
          high: 4,
          marks: [1.386, 0.693],
          last: w.steps,
          kept: KEPT,
        },
        w.color,
      );
    },

    facts(w) {
      const { discriminator: d, generator: g } = w.model.losses;
      const ring =
        w.state.data === "ring" && w.steps
          ? `${w.found.clouds} of 8 clouds have fakes`
          : w.steps
            ? "dark dots: fakes"
            : "no step yet";
      return [
        ring,
        w.steps
          ? `discriminator ${d.toFixed(2)} \u00b7 generator ${g.toFixed(2)} \u00b7 dashed: a draw`
          : "dashed: where both stand in a draw",
      ];
    },

    tell(w) {
      const { discriminator: d, generator: g } = w.model.losses;
      const how = {
        fair: "a fair game",
        collapse: "the generator learns 20 times as fast as the discriminator",
        circle: "both keep a momentum of 0.95, and the discriminator sees without noise",
      }[/** @type {string} */ (w.state.game)];
      const what = w.state.game !== "fair" && w.state.remedy === "yes" ? "the remedy is on" : how;
      const ring = w.state.data === "ring" ? `${w.found.clouds} of 8 clouds have fakes. ` : "";
      return `${ring}Loss of the discriminator ${d.toFixed(2)}, of the generator ${g.toFixed(2)}; ${what}.`;
    },
  };
})();
