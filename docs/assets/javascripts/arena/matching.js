// Flow matching: a network learns the velocity that leads from noise to data along straight lines; they cross, so that the
// learned paths bend. Reflow: learn again from pairs (noise, where its path ended), whose lines hardly cross.
// settings: rate, width, steps (of the midpoint rule at sampling)
// model.reflow() begins the second round; the first is kept. model.round says which is on.
// show({steps, paths, seed, round}) -> paths (each of steps + 1 points), bent (mean length of a path over the distance of its ends,
// less one; 0 is straight), round, rounds, steps.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const POOL = 2048; // pairs of the second round
  const { at } = arena;

  arena.families.matching = class Matching extends arena.Family {
    constructor(/** @type {Arena.Settings} */ settings) {
      super({ rate: 2e-3, width: 64, steps: 20, ...settings }, 6);
      const { width } = this.settings;
      this.net = new arena.Net(
        this.memory,
        this.chance,
        [2 + 2 * arena.WAVES, width, width, width, 2],
        "silu",
        { first: 3 },
      );
      this.round = 0;
      this.between = new Float32Array(0);
      this.times = new Float32Array(0);
      this.pairs = { noise: new Float32Array(0), end: new Float32Array(0), count: 0 }; // of the second round
    }

    /** Begin the second round: from now on, its own pairs are learned. */
    reflow() {
      if (this.round) return;
      this.round = 1;
      const { width } = this.settings;
      this.before = new arena.Net(
        this.memory,
        new arena.Chance(1),
        [2 + 2 * arena.WAVES, width, width, width, 2],
        "silu",
      );
      this.before.averages.set(this.net.averages);
      this.pairs = { noise: new Float32Array(2 * POOL), end: new Float32Array(2 * POOL), count: 0 };
    }

    /** 32 pairs more, or as many as are missing. */
    pair() {
      const { noise, end, count } = this.pairs;
      const z = this.chance.normals(new Float32Array(2 * arena.CHUNK));
      noise.set(z, 2 * count);
      end.set(this.follow(z, this.settings.steps, this.before), 2 * count);
      this.pairs.count += arena.CHUNK;
    }

    learn(/** @type {Float32Array} */ batch) {
      const { chance, net } = this;
      const n = batch.length / 2;
      if (this.between.length !== 2 * n)
        [this.between, this.times] = [new Float32Array(2 * n), new Float32Array(n)];
      if (this.round && this.pairs.count < POOL) this.pair();
      const tape = this.tape.begin();
      const velocity = tape.input(n, 2);
      for (let i = 0; i < n; i++) {
        const t = (this.times[i] = chance.uniform());
        const k = this.round ? Math.floor(this.pairs.count * chance.uniform()) : 0;
        for (let j = 0; j < 2; j++) {
          const z = this.round ? this.pairs.noise[2 * k + j] : chance.normal();
          const x = this.round ? this.pairs.end[2 * k + j] : batch[2 * i + j];
          this.between[2 * i + j] = (1 - t) * z + t * x;
          velocity.v[2 * i + j] = x - z;
        }
      }
      const loss = tape.squares(net.on(tape, at(tape, this.between, this.times)), velocity);
      tape.backward(loss);
      net.adam(this.settings.rate);
      return { loss: loss.v[0] };
    }

    /** The velocity at points. @param {Float32Array} x @param {number} t */
    velocity(x, t, net = this.net) {
      const tape = this.sampler.begin();
      return net.on(tape, at(tape, x, t)).v;
    }

    /**
     * From noise to data by the midpoint rule; `seen` gets each state.
     * @param {Float32Array} z @param {number} steps @param {Arena.Net} [net] @param {(x: Float32Array) => void} [seen]
     */
    follow(z, steps, net = this.net, seen) {
      const x = z.slice();
      const middle = z.slice();
      for (let k = 0; k < steps; k++) {
        const here = this.velocity(x, k / steps, net);
        for (let i = 0; i < x.length; i++) middle[i] = x[i] + here[i] / (2 * steps);
        const there = this.velocity(middle, (k + 0.5) / steps, net);
        for (let i = 0; i < x.length; i++) x[i] += there[i] / steps;
        if (seen) seen(x);
      }
      return x;
    }

    draw(/** @type {number} */ n, /** @type {Arena.Chance} */ chance) {
      return this.follow(chance.normals(new Float32Array(2 * n)), this.settings.steps);
    }

    show({ steps = this.settings.steps, paths = 24, seed = 1, round = this.round } = {}) {
      const z = new arena.Chance(seed, 700).normals(new Float32Array(2 * paths));
      const net = round < this.round ? this.before : this.net;
      const trail = [z];
      this.follow(z, steps, net, (x) => trail.push(x.slice()));
      const fine = [z];
      this.follow(z, 32, net, (x) => fine.push(x.slice()));
      const bent = arena.threads(fine).map((/** @type {Float32Array} */ path) => {
        let length = 0;
        for (let k = 2; k < path.length; k += 2)
          length += Math.hypot(path[k] - path[k - 2], path[k + 1] - path[k - 1]);
        return length / Math.hypot(path[64] - path[0], path[65] - path[1]) - 1;
      });
      const mean =
        bent.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0) / paths;
      return {
        paths: arena.threads(trail),
        bent: mean,
        round,
        rounds: this.round + 1,
        steps,
        ...this.losses,
      };
    }
  };
})();
