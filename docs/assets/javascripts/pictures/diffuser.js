// The diffusion model: it guesses the digit behind noise, takes a little of the noise out, and guesses again.
(function () {
  "use strict";
  const lab = window.fieldguideLab;

  /** @param {Lab.Weights} w @param {boolean} [plain] without WebAssembly */
  lab.models.diffusion = (w, plain = false) => {
    const net = lab.denoiser(w, "net", plain);
    const { near } = w.config;
    /** How much of x is digit and how much noise, t from 0 to 1. @param {number} t */
    const mix = (t) => [Math.cos((t * Math.PI) / 2), Math.sin((t * Math.PI) / 2)];
    return {
      mix,

      /** The digit behind the noise, with the class overdone by guidance g. @param {Float32Array} x @param {number} t @param {number} y @param {number} [g] @returns {Generator<void, Float32Array>} */
      *guess(x, t, y, g = 0) {
        const clean = yield* net(x, t, lab.classes(y));
        if (!g) return clean;
        const free = yield* net(x, t, lab.classes(-1));
        return clean.map(
          (/** @type {number} */ v, /** @type {number} */ i) => v + g * (v - free[i]),
        );
      },

      /** What follows x when this is the guess: less noise (DDIM). @param {Float32Array} x @param {Float32Array} guess @param {number} t @param {number} after its t */
      less(x, guess, t, after) {
        const [[a, b], [c, d]] = [mix(t), mix(after)];
        return x.map((v, i) => c * guess[i] + (d * (v - a * guess[i])) / Math.max(near, b));
      },

      /**
       * Every step of the way from noise: x as it is, and the digit that the network sees in it.
       * @param {Float32Array} noise @param {number} y @param {number} steps @param {number} [g]
       * @param {{x: Float32Array, guess: Float32Array}[]} [path] steps + 1 of them go there
       */
      *walk(noise, y, steps, g = 0, path = []) {
        let x = noise;
        for (let i = 0; i < steps; i++) {
          const t = 1 - i / steps;
          const guess = yield* this.guess(x, t, y, g);
          path.push({ x, guess });
          x = this.less(x, guess, t, 1 - (i + 1) / steps);
        }
        path.push({ x, guess: x });
        return path;
      },
    };
  };
})();
