// A VAE's clouds over the latent plane, the decoder's grid among the data, and what beta does to both.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const { percent, CENTERS } = arena;
  const LINES = 21;
  const CHUNKS = 10; // of 32 samples
  const CLOUDS = 128; // points whose clouds are shown
  const LATER = 300; // steps that it learns on after beta has changed

  /** How many neighboring clouds touch: their distance against their sds along the line between them. @param {Float32Array} clouds */
  function touching(clouds) {
    const n = clouds.length / 4;
    let count = 0;
    for (let k = 0; k < (n > 2 ? n : 1); k++) {
      const [a, b] = [4 * k, 4 * ((k + 1) % n)];
      const [x, y] = [clouds[b] - clouds[a], clouds[b + 1] - clouds[a + 1]];
      const apart = Math.hypot(x, y);
      const wide = (/** @type {number} */ i) =>
        Math.hypot(x * clouds[i + 2], y * clouds[i + 3]) / (apart || 1);
      if (wide(a) + wide(b) > apart) count += 1;
    }
    return count;
  }

  arena.lenses.vae = {
    key: "vae",
    figures: [
      "Latent plane: the cloud that the encoder gives each point",
      "Data: the decoder\u2019s grid, and what it samples",
    ],
    boxes: [3.2],
    wait: "Press start. On the left each real point gets a cloud of codes, on the right the latent plane is laid out among the data.",
    sliders: [
      {
        key: "beta",
        label: "Beta",
        first: "1",
        options: [
          "0",
          "0.1",
          "0.3",
          "1",
          "3",
          "10",
          "15",
          "20",
          "25",
          "30",
          "40",
          "60",
          "80",
          "100",
          "110",
          "120",
          "150",
        ].map((v) => [v]),
      },
    ],

    settings: (state) => ({ beta: Number(state.beta) }),

    built(w) {
      w.code = arena.probe(w, 0, "Point at a code to see what it is decoded to", () => {});
    },

    prepare(w) {
      w.points = w.shown.subarray(0, 2 * CLOUDS);
      w.found = {
        clouds: new Float32Array(0),
        grid: new Float32Array(0),
        samples: new Float32Array(64 * CHUNKS),
        holes: 0,
        kept: NaN,
        touch: 0,
        there: [0, 0],
      };
    },

    change(w) {
      w.model.settings.beta = Number(w.state.beta);
      if (w.steps && !w.running) {
        w.goal = w.steps;
        w.few(LATER);
      }
    },

    stepped(w) {
      const { divergence } = w.model.losses;
      w.found.kept = Number.isNaN(w.found.kept)
        ? divergence
        : w.found.kept + 0.1 * (divergence - w.found.kept);
    },

    jobs(w) {
      const { model } = w;
      const codes = arena.lattice(LINES, (2.5 * LINES) / (LINES - 1));
      const sizes = (/** @type {Float32Array} */ all) =>
        all.map((v, i) => (i % 4 < 2 ? v : Math.exp(v / 2)));
      const centers = CENTERS[w.state.data];
      return [
        () => {
          w.found.clouds = sizes(model.encode(w.points));
          if (centers) w.found.touch = touching(sizes(model.encode(Float32Array.from(centers))));
        },
        () => (w.found.grid = model.decode(codes)),
        () => {
          w.found.samples = model.sample(32 * CHUNKS, w.state.seed);
          w.found.holes = arena.astray(w.found.samples, w.data.held);
          w.found.there = Array.from(model.decode(Float32Array.from(w.code(w.plots[0]))));
          if (!Number.isFinite(w.found.samples[0]))
            w.stop("Training ran off: the samples lie nowhere.");
        },
      ];
    },

    paint(w) {
      const [latent, plane] = w.plots;
      const { context } = latent;
      const { clouds, grid, samples, there } = w.found;
      context.strokeStyle = w.color("--g-ink-2");
      context.lineWidth = 1.5;
      context.setLineDash([5, 6]);
      for (const r of [1, 2]) {
        context.beginPath();
        context.arc(latent.x(0), latent.y(0), latent.x(r) - latent.x(0), 0, 7);
        context.stroke();
      }
      context.setLineDash([]);
      const hues = arena.hues(arena.isDark());
      context.lineWidth = 1.5;
      if (w.steps)
        for (let i = 0; i < w.points.length; i += 2) {
          const [x, y, u, v] = clouds.subarray(2 * i, 2 * i + 4);
          const unit = latent.x(1) - latent.x(0);
          context.beginPath();
          context.ellipse(
            latent.x(x),
            latent.y(y),
            Math.min(u, 9) * unit,
            Math.min(v, 9) * unit,
            0,
            0,
            7,
          );
          context.fillStyle = context.strokeStyle =
            hues[arena.sector(w.points[i], w.points[i + 1])];
          context.globalAlpha = 0.07;
          context.fill();
          context.globalAlpha = 0.6;
          context.stroke();
          context.globalAlpha = 1;
        }
      arena.colored(plane, w.shown, w.shown, 2.8, 0.75);
      if (w.steps) {
        plane.mesh(grid, LINES, w.color("--a-vae"), 1);
        plane.dots(samples, w.color("--g-ink"), 2.4, 0.75);
        arena.mark(plane, there, w.color("--g-red"));
      }
      arena.mark(latent, w.code(latent), w.color("--g-red"));
    },

    facts(w) {
      const pairs = w.state.data === "ring" ? 8 : w.state.data === "blobs" ? 1 : 0;
      const touch =
        pairs && w.steps ? ` \u00b7 ${w.found.touch} of ${pairs} neighboring pairs touch` : "";
      const kept = w.steps
        ? `${w.found.kept.toFixed(2)} nats of a point in its code`
        : "dashed: the prior\u2019s sd, once and twice";
      return [
        `${kept}${touch}`,
        w.steps
          ? `${percent(w.found.holes)} of the samples (not colored) fall where no data are`
          : "no step yet",
      ];
    },

    tell(w) {
      const [x, y] = w.found.there.map((/** @type {number} */ v) => v.toFixed(1));
      return `beta ${w.state.beta}; ${w.found.kept.toFixed(2)} nats of a point are in its code; ${percent(w.found.holes)} of the samples fall where no data are. The marked code is decoded to ${x}, ${y}.`;
    },
  };
})();
