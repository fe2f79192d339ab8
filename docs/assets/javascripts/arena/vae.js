// A variational autoencoder: an encoder q(z|x) that gives clouds, a decoder p(x|z) with noise of fixed size, latent z in the plane.
// settings: rate, beta (weight of the divergence; may change while it learns), noise (sd of p(x|z))
// show({points, lines}) -> clouds (per point: mean 1, mean 2, sd 1, sd 2), grid (the decoder's image of a latent lattice
// of lines x lines over -2.5..2.5, row by row), lines, beta, divergence (mean, in nats), error.
(function () {
  "use strict";
  const arena = window.fieldguideArena;

  arena.families.vae = class Vae extends arena.Family {
    constructor(/** @type {Arena.Settings} */ settings) {
      super({ rate: 4e-3, beta: 1, noise: 0.12, width: 64, ...settings }, 2);
      const { width } = this.settings;
      this.encoder = new arena.Net(this.memory, this.chance, [2, width, width, 4], "tanh");
      this.decoder = new arena.Net(this.memory, this.chance, [2, width, width, 2], "tanh");
    }

    learn(/** @type {Float32Array} */ batch) {
      const { rate, beta, noise } = this.settings;
      const { encoder, decoder } = this;
      const tape = this.tape.begin();
      const x = tape.input(batch.length / 2, 2, batch);
      const q = encoder.on(tape, x);
      const chance = tape.input(x.rows, 2);
      this.chance.normals(chance.v);
      const guess = decoder.on(tape, tape.cloud(q, chance));
      const error = tape.squares(guess, x, 1 / (2 * noise * noise)); // -log p(x|z), without its constant
      const divergence = tape.divergence(q, beta);
      const loss = tape.add(error, divergence);
      tape.backward(loss);
      encoder.adam(rate);
      decoder.adam(rate);
      return { error: error.v[0], divergence: beta ? divergence.v[0] / beta : 0 };
    }

    draw(/** @type {number} */ n, /** @type {Arena.Chance} */ chance) {
      const tape = this.sampler.begin();
      const z = tape.input(n, 2);
      chance.normals(z.v);
      const x = this.decoder.on(tape, z).v;
      for (let i = 0; i < x.length; i++) x[i] += this.settings.noise * chance.normal();
      return x;
    }

    /** Mean 1, mean 2, log-variance 1, log-variance 2 of each point's cloud. @param {Float32Array} points */
    encode(points) {
      return arena.blocks(points, 4, (/** @type {Float32Array} */ x) => {
        const tape = this.sampler.begin();
        return this.encoder.on(tape, tape.input(x.length / 2, 2, x)).v;
      });
    }

    /** The means of p(x|z). @param {Float32Array} codes */
    decode(codes) {
      return arena.blocks(codes, 2, (/** @type {Float32Array} */ z) => {
        const tape = this.sampler.begin();
        return this.decoder.on(tape, tape.input(z.length / 2, 2, z)).v;
      });
    }

    /** log p(x) of each point from below: the bound with `draws` draws of z, or importance-sampled. @param {Float32Array} points */
    likelihood(points, draws = 64, seed = 1) {
      const chance = new arena.Chance(seed, 900);
      const { noise } = this.settings;
      const q = this.encode(points);
      const n = points.length / 2;
      const bound = new Float64Array(n);
      const weights = Array.from({ length: n }, () => /** @type {number[]} */ ([]));
      for (let k = 0; k < draws; k++) {
        const e = chance.normals(new Float32Array(2 * n));
        const z = e.map(
          (/** @type {number} */ v, /** @type {number} */ i) =>
            q[4 * (i >> 1) + (i & 1)] + Math.exp(q[4 * (i >> 1) + 2 + (i & 1)] / 2) * v,
        );
        const x = this.decode(z);
        for (let i = 0; i < n; i++) {
          let w = -2 * Math.log(noise) - Math.log(2 * Math.PI);
          for (let j = 0; j < 2; j++) {
            const at = 2 * i + j;
            w +=
              (e[at] ** 2 - z[at] ** 2 + q[4 * i + 2 + j] - ((points[at] - x[at]) / noise) ** 2) /
              2;
          }
          weights[i].push(w);
          bound[i] += w / draws;
        }
      }
      const sampled = Float64Array.from(weights, (all) => {
        const top = Math.max(...all);
        return top + Math.log(all.reduce((sum, w) => sum + Math.exp(w - top), 0) / draws);
      });
      return { bound, sampled };
    }

    show({ points = new Float32Array(0), lines = 21 } = {}) {
      const clouds = this.encode(points).map((/** @type {number} */ v, /** @type {number} */ i) =>
        i % 4 < 2 ? v : Math.exp(v / 2),
      );
      const codes = arena.lattice(lines, (2.5 * lines) / (lines - 1));
      return { clouds, grid: this.decode(codes), lines, beta: this.settings.beta, ...this.losses };
    }
  };
})();
