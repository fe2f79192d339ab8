// Diffusion: data drown in noise, x_t = a x + b e with a = cos, b = sin of t pi/2; a network learns to tell the noise e.
// settings: rate, width, steps (at sampling)
// show({t, side, paths, steps, points, seed}) -> field (what the denoiser does at level t on a lattice of side x side: the
// point it guesses minus the place, x y x y ...), noised (points at level t), paths (each of steps + 1 points, one after the
// other), steps, t.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const WAVES = 4; // sines and cosines of t

  /** A network of place and time: x, y, and t as four sines and four cosines. @param {Arena.Tape} tape @param {Float32Array} x @param {ArrayLike<number> | number} times */
  function at(tape, x, times) {
    const n = x.length / 2;
    const { v } = (tape.latest = tape.input(n, 2 + 2 * WAVES));
    for (let i = 0, to = 0; i < n; i++) {
      v[to++] = x[2 * i];
      v[to++] = x[2 * i + 1];
      if (i && typeof times === "number") {
        v.copyWithin(to, 2, 2 + 2 * WAVES); // the same time for all
        to += 2 * WAVES;
        continue;
      }
      const t = typeof times === "number" ? times : times[i];
      for (let k = 1; k <= WAVES; k++) {
        v[to++] = Math.sin((k * t * Math.PI) / 2);
        v[to++] = Math.cos((k * t * Math.PI) / 2);
      }
    }
    return tape.latest;
  }

  const signal = (/** @type {number} */ t) => Math.cos((t * Math.PI) / 2);
  const noise = (/** @type {number} */ t) => Math.sin((t * Math.PI) / 2);

  arena.families.diffusion = class Diffusion extends arena.Family {
    constructor(/** @type {Arena.Settings} */ settings) {
      super({ rate: 2e-3, width: 64, steps: 40, ...settings }, 4);
      const { width } = this.settings;
      this.net = new arena.Net(
        this.memory,
        this.chance,
        [2 + 2 * WAVES, width, width, width, 2],
        "silu",
        { first: 3 },
      );
      this.noised = new Float32Array(0);
    }

    learn(/** @type {Float32Array} */ batch) {
      const { chance, net } = this;
      const n = batch.length / 2;
      if (this.noised.length !== 2 * n)
        [this.noised, this.times] = [new Float32Array(2 * n), new Float32Array(n)];
      const tape = this.tape.begin();
      const e = tape.input(n, 2);
      chance.normals(e.v);
      for (let i = 0; i < n; i++) {
        const t = (this.times[i] = chance.uniform());
        this.noised[2 * i] = signal(t) * batch[2 * i] + noise(t) * e.v[2 * i];
        this.noised[2 * i + 1] = signal(t) * batch[2 * i + 1] + noise(t) * e.v[2 * i + 1];
      }
      const loss = tape.squares(net.on(tape, at(tape, this.noised, this.times)), e);
      tape.backward(loss);
      net.adam(this.settings.rate);
      return { loss: loss.v[0] };
    }

    /** The guessed noise of points at a level. @param {Float32Array} x @param {number} t */
    guess(x, t) {
      const tape = this.sampler.begin();
      return this.net.on(tape, at(tape, x, t)).v;
    }

    /**
     * From noise to data in steps that draw fresh noise; `seen` gets each state.
     * @param {Float32Array} x in place @param {Arena.Chance} chance @param {number} steps @param {(x: Float32Array) => void} [seen]
     */
    clear(x, chance, steps, seen) {
      for (let k = steps; k > 0; k--) {
        const t = 0.995 * (k / steps); // not all noise: there the guess of x would be divided by zero
        const u = 0.995 * ((k - 1) / steps);
        const e = this.guess(x, t);
        const [a, b, c, d] = [signal(t), noise(t), signal(u), noise(u)];
        const fresh = (d / b) * Math.sqrt(Math.max(0, 1 - (a * a) / (c * c))); // of the posterior
        const kept = Math.sqrt(Math.max(0, d * d - fresh * fresh));
        for (let i = 0; i < x.length; i++) {
          const clean = Math.max(-3, Math.min(3, (x[i] - b * e[i]) / a));
          x[i] =
            c * clean + (kept * (x[i] - a * clean)) / b + (k > 1 ? fresh * chance.normal() : 0);
        }
        if (seen) seen(x);
      }
      return x;
    }

    draw(/** @type {number} */ n, /** @type {Arena.Chance} */ chance) {
      return this.clear(chance.normals(new Float32Array(2 * n)), chance, this.settings.steps);
    }

    show({
      t = 0.5,
      side = 16,
      paths = 12,
      steps = this.settings.steps,
      points = new Float32Array(0),
      seed = 1,
    } = {}) {
      const chance = new arena.Chance(seed, 800);
      const noised = points.map((v) => signal(t) * v + noise(t) * chance.normal());
      const field = arena.blocks(arena.lattice(side), 2, (/** @type {Float32Array} */ x) => {
        const e = this.guess(x, t);
        return x.map(
          (v, i) =>
            Math.max(-3, Math.min(3, (v - noise(t) * e[i]) / Math.max(signal(t), 0.01))) - v,
        );
      });
      const start = chance.normals(new Float32Array(2 * paths));
      const trail = [start.slice()];
      this.clear(start, chance, steps, (x) => trail.push(x.slice()));
      return { field, side, noised, paths: threads(trail), steps, t, ...this.losses };
    }
  };

  /** States of all points, one after the other, to a path for each point. @param {Float32Array[]} trail */
  function threads(trail) {
    return Array.from({ length: trail[0].length / 2 }, (_, i) =>
      Float32Array.from({ length: 2 * trail.length }, (_, k) => trail[k >> 1][2 * i + (k & 1)]),
    );
  }

  Object.assign(arena, { at, threads, WAVES });
})();
