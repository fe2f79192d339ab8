// What learns: networks with Adam, chance that a seed repeats, and what the six families have in common.
(function () {
  "use strict";
  const arena = window.fieldguideArena;

  /** A network of layers: its weights stand in one row, with slopes, Adam's two moments and an average beside them. */
  class Net {
    /**
     * @param {Arena.Memory} memory @param {Arena.Chance} chance @param {number[]} sizes @param {string} activation of all layers but the last
     * @param {{first?: number, last?: number}} [start] how large these two start, compared with the others
     */
    constructor(memory, chance, sizes, activation, { first = 1, last = 1 } = {}) {
      const layers = sizes.slice(1).map((outputs, i) => ({ inputs: sizes[i], outputs }));
      const size = layers.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
      const row = () => /** @type {Float32Array} */ (memory.take(size));
      this.weights = row();
      this.slopes = row();
      this.first = row();
      this.second = row();
      this.averages = row();
      this.memory = memory;
      this.frozen = false;
      this.updates = 0;
      let at = 0;
      const take = (/** @type {number} */ length) => {
        at += length;
        return [this.weights, this.slopes, this.averages].map((row) =>
          row.subarray(at - length, at),
        );
      };
      this.layers = layers.map(({ inputs, outputs }, i) => {
        const [weight, weightSlope, weightAverage] = take(inputs * outputs);
        const [bias, biasSlope, biasAverage] = take(outputs);
        const end = i === layers.length - 1;
        const reach = Math.sqrt(3 / inputs) * (end ? last : i ? 1 : first); // uniform within it: numbers keep their size on the way
        memory.fill(weight, chance, reach);
        memory.fill(bias, chance, reach / 2);
        const average = { weight: weightAverage, bias: biasAverage };
        return {
          net: this,
          inputs,
          outputs,
          activation: end ? "none" : activation,
          weight,
          bias,
          weightSlope,
          biasSlope,
          average,
        };
      });
      this.averages.set(this.weights);
    }

    /** @param {Arena.Tape} tape @param {Arena.Matrix} x */
    on(tape, x) {
      for (const layer of this.layers) x = tape.linear(x, layer);
      return x;
    }

    /** One step of Adam; the slopes are used up. The average follows, faster at the start. @param {number} rate */
    adam(rate, decay1 = 0.9, decay2 = 0.999) {
      const t = ++this.updates;
      const scale = rate / (1 - decay1 ** t);
      const spread = 1 / (1 - decay2 ** t);
      const follow = 1 - Math.min(0.99, (1 + t) / (10 + t));
      const rows = [this.weights, this.slopes, this.first, this.second, this.averages];
      this.memory.adam(rows, [scale, spread, 1 - decay1, 1 - decay2, follow]);
    }
  }

  /** Chance that a seed repeats: the same seed and stream give the same numbers. */
  class Chance {
    /** @param {number} seed @param {number} [stream] */
    constructor(seed, stream = 0) {
      this.state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b)) >>> 0;
      this.spare = NaN;
      for (let i = 0; i < 4; i++) this.uniform();
    }

    /** @returns {number} in 0..1, 1 excepted (mulberry32) */
    uniform() {
      this.state = (this.state + 0x6d2b79f5) | 0;
      let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    }

    /** @returns {number} from the normal distribution (Box and Muller, who make two at a time) */
    normal() {
      if (this.spare === this.spare) {
        const kept = this.spare;
        this.spare = NaN;
        return kept;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
      const angle = 2 * Math.PI * this.uniform();
      this.spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    }

    /** @param {Float32Array} out @param {number} [scale] fill it with normal numbers */
    normals(out, scale = 1) {
      for (let i = 0; i < out.length; i++) out[i] = scale * this.normal();
      return out;
    }
  }

  /** Training left the numbers: the loss is none any more. */
  class Exploded extends Error {}

  const CHUNK = 32;

  /** What the six have in common. */
  class Family {
    /**
     * @param {Arena.Settings} settings with a seed; memory: of a model that is no more; plain: without WebAssembly
     * @param {number} stream of chance, another one for each family @param {number} [megabytes]
     */
    constructor(settings, stream, megabytes = 8) {
      this.settings = settings;
      this.memory = settings.memory
        ? settings.memory.clear()
        : new arena.Memory(megabytes, settings.plain);
      this.chance = new Chance(settings.seed, stream);
      this.tape = new arena.Tape(this.memory);
      this.sampler = new arena.Tape(this.memory, { learns: false });
      this.steps = 0;
      /** @type {Record<string, number>} */
      this.losses = {};
    }

    /** @param {Float32Array} batch @returns {Record<string, number>} */
    step(batch) {
      this.losses = this.learn(batch);
      for (const name in this.losses)
        if (!Number.isFinite(this.losses[name])) throw new Exploded(name);
      this.steps += 1;
      return this.losses;
    }

    /** @param {Float32Array} _batch @returns {Record<string, number>} */
    learn(_batch) {
      throw new Error("each family has its own");
    }

    /** Points 32 k to 32 k + 31 of the cloud of a seed. @param {number} k @param {number} seed @returns {Float32Array} */
    chunk(k, seed) {
      return this.draw(CHUNK, new Chance(seed, 1000 + k));
    }

    /** @param {number} _n @param {Chance} _chance @returns {Float32Array} valid until the next call */
    draw(_n, _chance) {
      throw new Error("each family has its own");
    }

    /** @param {number} n @param {number} seed @returns {Float32Array} */
    sample(n, seed) {
      const out = new Float32Array(2 * n);
      for (let k = 0; k * CHUNK < n; k++)
        out.set(this.chunk(k, seed).subarray(0, 2 * Math.min(CHUNK, n - k * CHUNK)), 2 * k * CHUNK);
      return out;
    }
  }

  /** @param {number} side @param {number} [box] points of a square lattice, row by row from the lower left */
  function lattice(side, box = arena.BOX) {
    const out = new Float32Array(2 * side * side);
    for (let i = 0; i < side * side; i++) {
      out[2 * i] = box * ((2 * (i % side) + 1) / side - 1);
      out[2 * i + 1] = box * ((2 * Math.floor(i / side) + 1) / side - 1);
    }
    return out;
  }

  /**
   * A function of many points, 32 at a time. @param {Float32Array} points @param {number} columns of what it gives
   * @param {(part: Float32Array) => ArrayLike<number>} make
   */
  function blocks(points, columns, make) {
    const out = new Float32Array((points.length / 2) * columns);
    for (let from = 0; from < points.length; from += 2 * CHUNK)
      out.set(make(points.subarray(from, from + 2 * CHUNK)), (from / 2) * columns);
    return out;
  }

  Object.assign(arena, { blocks, Net, Chance, Family, Exploded, CHUNK, BOX: 2.6, lattice });
})();
