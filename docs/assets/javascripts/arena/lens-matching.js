// Flow matching: paths from noise to data in few or many steps, before and after reflow.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const { percent } = arena;
  const PATHS = 32;
  const CHUNKS = 8; // of 32 samples
  const FINE = 16; // steps by which the bend is measured

  /** How much longer paths are than the lines between their ends, all in all. @param {Float32Array[]} trail */
  function bend(trail) {
    let length = 0;
    let straight = 0;
    for (const path of arena.threads(trail)) {
      for (let k = 2; k < path.length; k += 2)
        length += Math.hypot(path[k] - path[k - 2], path[k + 1] - path[k - 1]);
      const end = path.length - 2;
      straight += Math.hypot(path[end] - path[0], path[end + 1] - path[1]);
    }
    return length / straight - 1;
  }

  /** The nets of both rounds; the second is missing before reflow. @param {Arena.Model} model */
  const nets = (model) => (model.round ? [model.before, model.net] : [model.net]);

  arena.lenses.matching = {
    key: "matching",
    figures: ["Before reflow", "After reflow"],
    wait: "Gray lines at the right: the pairs of noise and data that the first round learns from. They cross. Press start, and see what becomes of them at the left.",
    sliders: [
      { key: "steps", label: "Steps", first: "16", options: ["1", "2", "4", "16"].map((v) => [v]) },
    ],
    buttons: [["Reflow", (/** @type {Arena.Watcher} */ w) => w.lens.reflow(w)]],

    prepare(w) {
      const { seed } = w.state;
      const pairs = new arena.Chance(seed, 700).normals(new Float32Array(2 * PATHS));
      w.pairs = Array.from({ length: PATHS }, (_, i) => [
        pairs[2 * i],
        pairs[2 * i + 1],
        w.shown[2 * i],
        w.shown[2 * i + 1],
      ]);
      w.found = {
        paths: [[], []],
        samples: [0, 1].map(() => new Float32Array(64 * CHUNKS)),
        bend: [NaN, NaN],
        astray: [NaN, NaN],
      };
      w.began = 0;
    },

    reflow(/** @type {Arena.Watcher} */ w) {
      if (w.model.round || w.error) return;
      if (w.steps < 25) {
        w.status.textContent = "There is nothing to straighten yet: let it learn first.";
        return;
      }
      w.model.reflow();
      w.began = w.steps;
      if (w.running) w.ask();
      else w.few(500);
    },

    jobs(w) {
      const { model, state } = w;
      const follow = (/** @type {number} */ round, /** @type {number} */ k) => () => {
        const net = nets(model)[round];
        if (!net) return;
        const steps = Number(state.steps);
        const z = new arena.Chance(state.seed, 1000 + k).normals(new Float32Array(64));
        const trail = [z];
        w.found.samples[round].set(
          model.follow(
            z,
            steps,
            net,
            (/** @type {Float32Array} */ x) => k || trail.push(x.slice()),
          ),
          64 * k,
        );
        if (!k) w.found.paths[round] = arena.threads(trail);
        if (k < CHUNKS - 1) return;
        w.found.astray[round] = arena.astray(w.found.samples[round], w.data.held);
        if (!Number.isFinite(w.found.samples[round][0]))
          w.stop("Training ran off: the samples lie nowhere.");
      };
      const measure = (/** @type {number} */ round) => () => {
        const net = nets(model)[round];
        if (!net) return;
        const z = new arena.Chance(state.seed, 1000).normals(new Float32Array(64));
        const trail = [z];
        model.follow(z, FINE, net, (/** @type {Float32Array} */ x) => trail.push(x.slice()));
        w.found.bend[round] = bend(trail);
      };
      return [0, 1].flatMap((round) => [
        ...Array.from({ length: CHUNKS }, (_, k) => follow(round, k)),
        measure(round),
      ]);
    },

    paint(w) {
      const color = w.color("--a-matching");
      w.plots.forEach((/** @type {Arena.Plot} */ plot, /** @type {number} */ round) => {
        plot.dots(w.shown, w.color("--g-ink-2"), 2.6, 0.35);
        const paths = w.found.paths[round];
        if (!w.steps || !paths.length) {
          if (round) plot.paths(w.pairs, w.color("--g-ink-2"), 1.4, 0.7);
          return;
        }
        plot.dots(w.found.samples[round], color, 3, 0.45);
        plot.paths(paths, w.color("--g-ink"), 1.8, 0.8);
        plot.dots(
          paths.flatMap((/** @type {Float32Array} */ path) => Array.from(path.slice(0, 2))),
          w.color("--g-red"),
          3,
        );
        plot.dots(
          paths.flatMap((/** @type {Float32Array} */ path) => Array.from(path.slice(-2))),
          w.color("--g-ink"),
          4.5,
        );
      });
    },

    facts(w) {
      const { bend: bent, astray } = w.found;
      const steps = w.state.steps === "1" ? "one step" : `${w.state.steps} steps`;
      const line = (/** @type {number} */ k) =>
        `paths ${percent(bent[k])} longer than straight \u00b7 ${steps}: ${percent(astray[k])} astray`;
      const second = !w.model.round
        ? "no reflow yet; gray: random pairs, which cross"
        : Number.isNaN(bent[1])
          ? "learning from its own pairs"
          : line(1);
      return [w.steps && !Number.isNaN(bent[0]) ? line(0) : "no step yet", second];
    },

    tell(w) {
      const [before, after] = w.lens.facts(w);
      return w.model.round
        ? `before reflow, ${before}. After ${w.steps - w.began} steps of reflow, ${after}.`
        : `${before}. No reflow yet.`;
    },
  };
})();
