// What is inside each family while it learns: one picture for each, made of what its show() gives.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const SIDE = 32;

  const LINES = 17; // of a lattice that is drawn
  const ARROWS = 15; // of a field, to each side

  /** @type {Record<string, (plot: Arena.Plot, model: Arena.Model, color: string, ink: string) => void>} */
  const inside = {
    /** Where the discriminator says "real", and where it pushes the fakes. */
    gan(plot, model, color, ink) {
      const { surface, side, fakes, pushes } = model.show({ side: SIDE, arrows: 96 });
      const [low, high] = [Math.min(...surface), Math.max(...surface)];
      plot.surface(
        surface.map((/** @type {number} */ v) => (0.8 * (v - low)) / (high - low || 1)),
        side,
        color,
      );
      plot.dots(fakes, ink, 3);
      plot.arrows(fakes, pushes, ink, 2, 0.45);
    },
    /** The latent plane as the decoder spreads it over the data. */
    vae(plot, model, color) {
      const { grid, lines } = model.show({ lines: LINES });
      plot.mesh(grid, lines, color);
    },
    /** The grid of noise, bent, on the density. */
    flow(plot, model, color, ink) {
      const { grid, lines, density, side } = model.show({ side: SIDE, lines: LINES });
      plot.surface(
        density.map((/** @type {number} */ v) => 1.6 * Math.exp(v)),
        side,
        color,
      );
      plot.mesh(grid, lines, ink, 0.9);
    },
    /** Where the denoiser sends points at half of the noise. */
    diffusion(plot, model, color) {
      const { field } = model.show({ t: 0.5, side: ARROWS, paths: 1, steps: 1 });
      plot.arrows(arena.lattice(ARROWS), field, color, 0.22, 0.3);
    },
    /** The shares of the first coordinate, and the shares of the second given it. */
    autoregressive(plot, model, color) {
      const { bins } = model.show();
      const shares = model.table();
      const top = 0.35 * Math.max(...shares);
      const grown = new Float32Array(bins * bins);
      for (let i = 0; i < bins; i++)
        for (let j = 0; j < bins; j++) grown[j * bins + i] = shares[i * bins + j] / top;
      plot.surface(grown, bins, color);
    },
    /** Paths from noise to data. */
    matching(plot, model, color) {
      const { paths } = model.show({ paths: 48, steps: 12 });
      plot.paths(paths, color, 2);
      plot.dots(
        paths.flatMap((/** @type {Float32Array} */ path) => Array.from(path.slice(-2))),
        color,
        4,
      );
    },
  };

  Object.assign(arena, { inside });
})();
