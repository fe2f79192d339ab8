// Diffusion: data on the way to noise, the field of the denoiser at each level, and single points on their way back.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const { percent } = arena;
  const SIDE = 15;
  const CHUNKS = 8; // of 32 samples
  const TRAILS = 10;

  arena.lenses.diffusion = {
    key: "diffusion",
    figures: [
      "Forward: the data at this noise level, and the denoiser\u2019s field",
      "Back: from noise to data, with ten paths",
    ],
    wait: "Nothing is learned yet. Drag the noise level: the data drown, and no training is needed for that. Then press start.",
    sliders: [
      {
        key: "level",
        label: "Noise level",
        first: "0.3",
        options: Array.from({ length: 21 }, (_, i) => [String(Number((i / 20).toFixed(2)))]),
      },
      {
        key: "steps",
        label: "Steps back",
        first: "16",
        options: ["1", "2", "4", "8", "16", "40"].map((v) => [v]),
      },
    ],

    prepare(w) {
      w.noise = new arena.Chance(w.state.seed, 800).normals(new Float32Array(w.shown.length));
      w.found = {
        field: new Float32Array(2 * SIDE * SIDE),
        samples: new Float32Array(64 * CHUNKS),
        trails: [],
        astray: 1,
      };
    },

    jobs(w) {
      const { model } = w;
      const back = (/** @type {number} */ k) => () => {
        const chance = new arena.Chance(w.state.seed, 1000 + k);
        const start = chance.normals(new Float32Array(64));
        const trail = [start.slice()];
        w.found.samples.set(
          model.clear(
            start,
            chance,
            Number(w.state.steps),
            (/** @type {Float32Array} */ x) => k || trail.push(x.slice()),
          ),
          64 * k,
        );
        if (!k) w.found.trails = arena.threads(trail).slice(0, TRAILS);
        if (!Number.isFinite(start[0])) w.stop("Training ran off: the samples lie nowhere.");
        else if (k === CHUNKS - 1) w.found.astray = arena.astray(w.found.samples, w.data.held);
      };
      const field = () =>
        (w.found.field = model.show({
          t: Number(w.state.level),
          side: SIDE,
          paths: 1,
          steps: 1,
        }).field);
      return [field, ...Array.from({ length: CHUNKS }, (_, k) => back(k))];
    },

    paint(w) {
      const [forward, backward] = w.plots;
      const t = (Number(w.state.level) * Math.PI) / 2;
      const noised = w.shown.map(
        (/** @type {number} */ v, /** @type {number} */ i) =>
          Math.cos(t) * v + Math.sin(t) * w.noise[i],
      );
      arena.colored(forward, noised, w.shown, 3, 0.7);
      backward.dots(w.shown, w.color("--g-ink-2"), 2.6, 0.35);
      if (!w.steps) return;
      const { field, samples, trails } = w.found;
      if (Number(w.state.level) < 1)
        forward.arrows(arena.lattice(SIDE), field, w.color("--g-ink"), 0.22, 0.3);
      backward.dots(samples, w.color("--a-diffusion"), 3.2, 0.8);
      backward.paths(trails, w.color("--g-ink"), 1.8, 0.75);
      backward.dots(
        trails.flatMap((/** @type {Float32Array} */ path) => Array.from(path.slice(0, 2))),
        w.color("--g-red"),
        3.5,
      );
      backward.dots(
        trails.flatMap((/** @type {Float32Array} */ path) => Array.from(path.slice(-2))),
        w.color("--g-ink"),
        5,
      );
    },

    facts(w) {
      const level = Number(w.state.level);
      const signal = Math.cos((level * Math.PI) / 2);
      const shares = `${signal.toFixed(2)} of the data, ${Math.sin((level * Math.PI) / 2).toFixed(2)} of noise`;
      const steps = w.state.steps === "1" ? "one step" : `${w.state.steps} steps`;
      return [
        !w.steps
          ? shares
          : level < 1
            ? `${shares} \u00b7 arrows: to the guessed data`
            : `${shares}: nothing left to guess from`,
        w.steps
          ? `${steps}: ${percent(w.found.astray)} of 256 samples fall where no data are`
          : "no step yet",
      ];
    },

    tell(w) {
      const steps = w.state.steps === "1" ? "one step" : `${w.state.steps} steps`;
      return `at noise level ${w.state.level} the picture is ${w.lens.facts(w)[0]}. Back in ${steps}, ${percent(w.found.astray)} of the samples fall where no data are.`;
    },
  };
})();
