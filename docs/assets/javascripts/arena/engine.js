// The arena's engine: reverse-mode differentiation on small matrices, Adam, and chance that a seed repeats.
//
// How the parts fit (all hang on window.fieldguideArena, below called `arena`):
//   const model = new arena.families.gan({ seed: 1, ...settings });  // gan vae flow diffusion autoregressive matching
//   model.step(batch)      one step of training on a Float32Array of points x0 y0 x1 y1 ...; returns its losses by name,
//                          and throws arena.Exploded when one of them is no number. model.steps counts.
//   model.sample(n, seed)  n points by the averaged weights (EMA .99). Chunks of 64 have chance of their own, so
//                          model.chunk(k, seed) gives points 64 k to 64 k + 63 of the same cloud, for a slice of time.
//                          Neither changes training.
//   model.show(options)    what is particular to the family, as plain numbers; each file's head says what.
//   model.settings         rates and switches; what is read at every step may be changed while it learns.
// Data: arena.data (data.js). Points live in about -2..2 on both axes; pictures show arena.BOX = 2.6 to each side.
//
// A step is written as on paper: operations on a Tape, then tape.backward(loss), then net.adam(...). A tape lends the
// matrices of the step before again, so that nothing is allocated while it learns.
(function () {
  "use strict";
  const arena = /** @type {any} */ (window).fieldguideArena;

  /** A matrix: values v, slopes g (of the loss by each value), and whether anyone asks for the slopes. */
  class Matrix {
    /** @param {number} rows @param {number} columns @param {Float32Array} v @param {Float32Array | null} g */
    constructor(rows, columns, v, g) {
      this.rows = rows;
      this.columns = columns;
      this.v = v;
      this.g = g;
      this.needs = false;
      /** @type {((out: any) => void) | null} what sends the slopes on to the inputs */
      this.back = null;
      this.a = this.b = this.c = this.keep = /** @type {any} */ (null); // inputs, and what the way back needs
    }
  }

  /** Slopes pass through an activation: from those by its output to those by its input, in place. */
  const ACTIVATIONS = {
    /** @param {Float32Array} v @param {Float32Array} keep */
    none: { on() {}, off() {} },
    leaky: {
      on(/** @type {Float32Array} */ v) {
        for (let i = 0; i < v.length; i++) if (v[i] < 0) v[i] *= 0.2;
      },
      off(/** @type {Float32Array} */ g, /** @type {Float32Array} */ v) {
        for (let i = 0; i < g.length; i++) if (v[i] < 0) g[i] *= 0.2;
      },
    },
    tanh: {
      on(/** @type {Float32Array} */ v) {
        for (let i = 0; i < v.length; i++) v[i] = 1 - 2 / (1 + Math.exp(2 * v[i]));
      },
      off(/** @type {Float32Array} */ g, /** @type {Float32Array} */ v) {
        for (let i = 0; i < g.length; i++) g[i] *= 1 - v[i] * v[i];
      },
    },
    silu: {
      on(/** @type {Float32Array} */ v, /** @type {Float32Array | null} */ keep) {
        for (let i = 0; i < v.length; i++) {
          const x = v[i];
          const s = 1 / (1 + Math.exp(-x));
          v[i] = x * s;
          if (keep) keep[i] = s + v[i] * (1 - s); // the slope
        }
      },
      off(/** @type {Float32Array} */ g, /** @type {Float32Array} */ _, /** @type {Float32Array} */ keep) {
        for (let i = 0; i < g.length; i++) g[i] *= keep[i];
      },
    },
  };

  /** Where a step is written down, so that its slopes can be found on the way back. */
  class Tape {
    /** @param {any} memory @param {{learns?: boolean}} [about] not learning: averaged weights, and no slopes */
    constructor(memory, { learns = true } = {}) {
      this.memory = memory;
      this.learns = learns;
      /** @type {Matrix[]} in the order of this step's operations */
      this.made = [];
      /** @type {Map<number, {all: Matrix[], used: number}>} by shape */
      this.pools = new Map();
      this.scratch = new Float32Array(0);
    }

    /** Begin a step: the matrices of the last one are used again. */
    begin() {
      this.made.length = 0;
      for (const pool of this.pools.values()) pool.used = 0;
      return this;
    }

    /** @param {number} rows @param {number} columns @param {boolean} needs @param {boolean} [keeps] @returns {Matrix} */
    matrix(rows, columns, needs, keeps = false) {
      const { memory, learns } = this;
      const size = rows * columns;
      const shape = rows * 65536 + columns;
      let pool = this.pools.get(shape);
      if (!pool) this.pools.set(shape, (pool = { all: [], used: 0 }));
      if (pool.used === pool.all.length)
        pool.all.push(new Matrix(rows, columns, memory.take(size), learns ? memory.take(size) : null));
      const m = pool.all[pool.used++];
      if (keeps && learns && !m.keep) m.keep = memory.take(size);
      this.made.push(m);
      m.needs = needs && learns;
      m.back = null;
      if (m.needs) /** @type {Float32Array} */ (m.g).fill(0);
      return m;
    }

    /** What comes from outside. @param {number} rows @param {number} columns @param {ArrayLike<number>} [values] */
    input(rows, columns, values, needs = false) {
      const m = this.matrix(rows, columns, needs);
      if (values) m.v.set(values);
      return m;
    }

    /** Slopes from the loss (one number) to everything it was made of. @param {Matrix} loss */
    backward(loss) {
      /** @type {Float32Array} */ (loss.g)[0] = 1;
      for (let i = this.made.indexOf(loss); i >= 0; i--) {
        const m = this.made[i];
        if (m.needs && m.back) m.back(m);
      }
    }

    /** activation(x W + b), the layer of all six. @param {Matrix} x @param {any} layer */
    linear(x, layer) {
      const { learns, memory } = this;
      const activation = /** @type {any} */ (ACTIVATIONS)[layer.activation];
      const { weight, bias } = learns ? layer : layer.average;
      const { rows } = x;
      const n = layer.outputs;
      const trains = learns && !layer.net.frozen;
      const out = this.matrix(rows, n, trains || x.needs, layer.activation === "silu");
      for (let i = 0; i < rows; i++) out.v.set(bias, i * n);
      memory.product(x.v, layer.inputs, 1, weight, out.v, rows, layer.inputs, n);
      activation.on(out.v, out.keep);
      if (!learns) return out;
      out.a = x;
      out.b = layer;
      out.c = trains;
      out.back = this.linearBack || (this.linearBack = (/** @type {Matrix} */ m) => this.backLinear(m));
      return out;
    }

    /** @param {Matrix} out */
    backLinear(out) {
      const { memory } = this;
      const [x, layer, trains] = [out.a, out.b, out.c];
      const { inputs, outputs } = layer;
      const g = /** @type {Float32Array} */ (out.g);
      /** @type {any} */ (ACTIVATIONS)[layer.activation].off(g, out.v, out.keep);
      if (trains) {
        memory.product(x.v, 1, inputs, g, layer.weightSlope, inputs, out.rows, outputs); // X^T G
        const slope = layer.biasSlope;
        for (let i = 0, at = 0; i < out.rows; i++) for (let j = 0; j < outputs; j++) slope[j] += g[at++];
      }
      if (!x.needs) return;
      if (this.scratch.length < inputs * outputs) this.scratch = memory.take(inputs * outputs);
      const turned = this.scratch;
      for (let i = 0, at = 0; i < inputs; i++)
        for (let j = 0; j < outputs; j++) turned[j * inputs + i] = layer.weight[at++];
      memory.product(g, outputs, 1, turned, x.g, out.rows, outputs, inputs); // G W^T
    }

    /** a + factor b, number by number. @param {Matrix} a @param {Matrix} b @param {number} [factor] */
    add(a, b, factor = 1) {
      const out = this.matrix(a.rows, a.columns, a.needs || b.needs);
      for (let i = 0; i < out.v.length; i++) out.v[i] = a.v[i] + factor * b.v[i];
      out.a = a;
      out.b = b;
      out.c = factor;
      out.back = backAdd;
      return out;
    }

    /** Some columns of x, from one up to another. @param {Matrix} x @param {number} from @param {number} to */
    columns(x, from, to) {
      const out = this.matrix(x.rows, to - from, x.needs);
      for (let i = 0; i < x.rows; i++)
        for (let j = from; j < to; j++) out.v[i * out.columns + j - from] = x.v[i * x.columns + j];
      out.a = x;
      out.b = from;
      out.back = backColumns;
      return out;
    }

    /** Two matrices side by side. @param {Matrix} a @param {Matrix} b */
    concat(a, b) {
      const n = a.columns + b.columns;
      const out = this.matrix(a.rows, n, a.needs || b.needs);
      for (let i = 0; i < a.rows; i++) {
        for (let j = 0; j < a.columns; j++) out.v[i * n + j] = a.v[i * a.columns + j];
        for (let j = 0; j < b.columns; j++) out.v[i * n + a.columns + j] = b.v[i * b.columns + j];
      }
      out.a = a;
      out.b = b;
      out.back = backConcat;
      return out;
    }

    /** The mean over rows of weight |x - y|^2: of a Gaussian, or of a regression. @param {Matrix} x @param {Matrix} y */
    squares(x, y, weight = 1) {
      const out = this.matrix(1, 1, x.needs || y.needs);
      let sum = 0;
      for (let i = 0; i < x.v.length; i++) sum += (x.v[i] - y.v[i]) ** 2;
      out.v[0] = (weight * sum) / x.rows;
      out.a = x;
      out.b = y;
      out.c = (2 * weight) / x.rows;
      out.back = backSquares;
      return out;
    }

    /** The mean of log(1 + exp(sign x)): what a verdict x costs that should have had the other sign. @param {Matrix} x */
    softplus(x, sign = 1) {
      const out = this.matrix(1, 1, x.needs);
      let sum = 0;
      for (let i = 0; i < x.v.length; i++) {
        const y = sign * x.v[i];
        sum += Math.max(y, 0) + Math.log1p(Math.exp(-Math.abs(y)));
      }
      out.v[0] = sum / x.v.length;
      out.a = x;
      out.b = sign;
      out.back = backSoftplus;
      return out;
    }

    /** The mean cross-entropy of logits (a row each, or one for all) against the bins that were seen. @param {Matrix} x @param {Int32Array} bins */
    crossEntropy(x, bins) {
      const n = x.columns;
      const out = this.matrix(1, 1, x.needs);
      if (!out.keep || out.keep.length !== x.v.length) out.keep = new Float32Array(x.v.length); // shares - what was seen
      const { keep } = out;
      let sum = 0;
      for (let i = 0; i < x.rows; i++) {
        const row = i * n;
        let top = -Infinity;
        for (let j = row; j < row + n; j++) top = Math.max(top, x.v[j]);
        let total = 0;
        for (let j = row; j < row + n; j++) total += keep[j] = Math.exp(x.v[j] - top);
        for (let j = row; j < row + n; j++) keep[j] /= total;
        const seen = x.rows === 1 ? bins : bins.subarray(i, i + 1);
        const share = 1 / seen.length;
        for (const bin of seen) {
          sum += share * (top + Math.log(total) - x.v[row + bin]);
          keep[row + bin] -= share;
        }
      }
      out.v[0] = sum / x.rows;
      out.a = x;
      out.back = backCrossEntropy;
      return out;
    }

    /** a point of the VAE's cloud: mean + exp(half log-variance) noise; x holds means, then log-variances. @param {Matrix} x @param {Matrix} noise */
    cloud(x, noise) {
      const half = x.columns / 2;
      const out = this.matrix(x.rows, half, x.needs);
      for (let i = 0; i < x.rows; i++)
        for (let j = 0; j < half; j++) {
          const at = i * x.columns + j;
          out.v[i * half + j] = x.v[at] + Math.exp(x.v[at + half] / 2) * noise.v[i * half + j];
        }
      out.a = x;
      out.b = noise;
      out.back = backCloud;
      return out;
    }

    /** The mean divergence of those clouds from the standard normal one. @param {Matrix} x @param {number} weight */
    divergence(x, weight = 1) {
      const half = x.columns / 2;
      const out = this.matrix(1, 1, x.needs);
      let sum = 0;
      for (let i = 0; i < x.v.length; i++)
        sum += i % x.columns < half ? x.v[i] ** 2 : Math.exp(x.v[i]) - 1 - x.v[i];
      out.v[0] = (weight * sum) / 2 / x.rows;
      out.a = x;
      out.b = weight;
      out.back = backDivergence;
      return out;
    }

    /**
     * A coupling of points: the coordinate `side` becomes x exp(s) + t, where s = 1.5 tanh of the first column of raw
     * and t its second. @param {Matrix} x @param {Matrix} raw @param {number} side @returns {Matrix} points, and s as third column
     */
    couple(x, raw, side) {
      const out = this.matrix(x.rows, 3, x.needs || raw.needs);
      for (let i = 0; i < x.rows; i++) {
        const s = 1.5 * Math.tanh(raw.v[2 * i]);
        const from = i * x.columns;
        out.v[3 * i + 1 - side] = x.v[from + 1 - side];
        out.v[3 * i + side] = x.v[from + side] * Math.exp(s) + raw.v[2 * i + 1];
        out.v[3 * i + 2] = s + (x.columns === 3 ? x.v[from + 2] : 0); // summed over the couplings
      }
      out.a = x;
      out.b = raw;
      out.c = side;
      out.back = backCouple;
      return out;
    }

    /** Minus the mean log-density of points that came through couplings. @param {Matrix} x points and log-determinant */
    surprise(x) {
      const out = this.matrix(1, 1, x.needs);
      let sum = 0;
      for (let at = 0; at < x.v.length; at += 3) sum += (x.v[at] ** 2 + x.v[at + 1] ** 2) / 2 - x.v[at + 2];
      out.v[0] = sum / x.rows + Math.log(2 * Math.PI);
      out.a = x;
      out.back = backSurprise;
      return out;
    }
  }

  // The way back of each operation: out.g goes into the slopes of its inputs.

  const backAdd = (/** @type {any} */ { a, b, c, g }) => {
    if (a.needs) for (let i = 0; i < g.length; i++) a.g[i] += g[i];
    if (b.needs) for (let i = 0; i < g.length; i++) b.g[i] += c * g[i];
  };
  const backColumns = (/** @type {any} */ { a, b: from, g, rows, columns }) => {
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) a.g[i * a.columns + from + j] += g[i * columns + j];
  };
  const backConcat = (/** @type {any} */ { a, b, g, rows, columns: n }) => {
    for (let i = 0; i < rows; i++) {
      if (a.needs) for (let j = 0; j < a.columns; j++) a.g[i * a.columns + j] += g[i * n + j];
      if (b.needs) for (let j = 0; j < b.columns; j++) b.g[i * b.columns + j] += g[i * n + a.columns + j];
    }
  };
  const backSquares = (/** @type {any} */ { a, b, c, g }) => {
    const factor = c * g[0];
    if (a.needs) for (let i = 0; i < a.g.length; i++) a.g[i] += factor * (a.v[i] - b.v[i]);
    if (b.needs) for (let i = 0; i < b.g.length; i++) b.g[i] += factor * (b.v[i] - a.v[i]);
  };
  const backSoftplus = (/** @type {any} */ { a, b: sign, g }) => {
    const factor = (sign * g[0]) / a.g.length;
    for (let i = 0; i < a.g.length; i++) a.g[i] += factor / (1 + Math.exp(-sign * a.v[i]));
  };
  const backCrossEntropy = (/** @type {any} */ { a, g, keep }) => {
    const factor = g[0] / a.rows;
    for (let i = 0; i < a.g.length; i++) a.g[i] += factor * keep[i];
  };
  const backCloud = (/** @type {any} */ { a, b, g, rows, columns: half }) => {
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < half; j++) {
        const slope = g[i * half + j];
        const at = 2 * i * half + j;
        a.g[at] += slope;
        a.g[at + half] += (slope * Math.exp(a.v[at + half] / 2) * b.v[i * half + j]) / 2;
      }
  };
  const backDivergence = (/** @type {any} */ { a, b: weight, g }) => {
    const half = a.columns / 2;
    const factor = (weight * g[0]) / a.rows;
    for (let i = 0; i < a.g.length; i++)
      a.g[i] += factor * (i % a.columns < half ? a.v[i] : (Math.exp(a.v[i]) - 1) / 2);
  };
  const backCouple = (/** @type {any} */ { a, b, c: side, g }) => {
    for (let i = 0; i < a.rows; i++) {
      const from = i * a.columns;
      const h = Math.tanh(b.v[2 * i]);
      const grown = g[3 * i + side] * Math.exp(1.5 * h);
      b.g[2 * i] += 1.5 * (1 - h * h) * (grown * a.v[from + side] + g[3 * i + 2]);
      b.g[2 * i + 1] += g[3 * i + side];
      if (!a.needs) continue;
      a.g[from + 1 - side] += g[3 * i + 1 - side];
      a.g[from + side] += grown;
      if (a.columns === 3) a.g[from + 2] += g[3 * i + 2];
    }
  };
  const backSurprise = (/** @type {any} */ { a, g }) => {
    const factor = g[0] / a.rows;
    for (let at = 0; at < a.g.length; at += 3) {
      a.g[at] += factor * a.v[at];
      a.g[at + 1] += factor * a.v[at + 1];
      a.g[at + 2] -= factor;
    }
  };

  /** A network of layers: its weights stand in one row, with slopes, Adam's two moments and an average beside them. */
  class Net {
    /**
     * @param {any} memory @param {any} chance @param {number[]} sizes @param {string} activation of all layers but the last
     * @param {{first?: number, last?: number}} [start] how large these two start, compared with the others
     */
    constructor(memory, chance, sizes, activation, { first = 1, last = 1 } = {}) {
      const layers = sizes.slice(1).map((outputs, i) => ({ inputs: sizes[i], outputs }));
      const size = layers.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
      [this.weights, this.slopes, this.first, this.second, this.averages] = Array.from({ length: 5 }, () => memory.take(size));
      this.frozen = false;
      this.updates = 0;
      let at = 0;
      const take = (/** @type {number} */ length) => {
        at += length;
        return [this.weights, this.slopes, this.averages].map((row) => row.subarray(at - length, at));
      };
      this.layers = layers.map(({ inputs, outputs }, i) => {
        const [weight, weightSlope, weightAverage] = take(inputs * outputs);
        const [bias, biasSlope, biasAverage] = take(outputs);
        const end = i === layers.length - 1;
        const reach = Math.sqrt(3 / inputs) * (end ? last : i ? 1 : first); // uniform within it: numbers keep their size on the way
        for (let j = 0; j < weight.length; j++) weight[j] = reach * (2 * chance.uniform() - 1);
        for (let j = 0; j < outputs; j++) bias[j] = (reach * (2 * chance.uniform() - 1)) / 2;
        const average = { weight: weightAverage, bias: biasAverage };
        return { net: this, inputs, outputs, activation: end ? "none" : activation, weight, bias, weightSlope, biasSlope, average };
      });
      this.averages.set(this.weights);
    }

    /** @param {Tape} tape @param {Matrix} x @returns {Matrix} */
    on(tape, x) {
      for (const layer of this.layers) x = tape.linear(x, layer);
      return x;
    }

    /** One step of Adam; the slopes are used up. The average follows, faster at the start. @param {number} rate */
    adam(rate, decay1 = 0.9, decay2 = 0.999) {
      const { weights, slopes, first, second, averages } = this;
      const t = ++this.updates;
      const scale = rate / (1 - decay1 ** t);
      const spread = 1 / (1 - decay2 ** t);
      const follow = 1 - Math.min(0.99, (1 + t) / (10 + t));
      for (let i = 0; i < weights.length; i++) {
        const g = slopes[i];
        slopes[i] = 0;
        const m = (first[i] = decay1 * first[i] + (1 - decay1) * g);
        const v = (second[i] = decay2 * second[i] + (1 - decay2) * g * g);
        weights[i] -= (scale * m) / (Math.sqrt(spread * v) + 1e-8);
        averages[i] += follow * (weights[i] - averages[i]);
      }
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

  const CHUNK = 64;

  /** What the six have in common. */
  class Family {
    /** @param {any} settings @param {number} stream of chance, another one for each family @param {number} [megabytes] */
    constructor(settings, stream, megabytes = 8) {
      this.settings = settings;
      this.memory = new arena.Memory(megabytes, settings.plain);
      this.chance = new Chance(settings.seed, stream);
      this.tape = new Tape(this.memory);
      this.sampler = new Tape(this.memory, { learns: false });
      this.steps = 0;
      /** @type {Record<string, number>} */
      this.losses = {};
    }

    /** @param {Float32Array} batch @returns {Record<string, number>} */
    step(batch) {
      this.losses = this.learn(batch);
      for (const name in this.losses) if (!Number.isFinite(this.losses[name])) throw new Exploded(name);
      this.steps += 1;
      return this.losses;
    }

    /** @param {Float32Array} _ @returns {Record<string, number>} */
    learn(_) {
      throw new Error("each family has its own");
    }

    /** Points 64 k to 64 k + 63 of the cloud of a seed. @param {number} k @param {number} seed @returns {Float32Array} */
    chunk(k, seed) {
      return this.draw(CHUNK, new Chance(seed, 1000 + k));
    }

    /** @param {number} _ @param {Chance} __ @returns {Float32Array} valid until the next call */
    draw(_, __) {
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
   * A function of many points, 64 at a time. @param {Float32Array} points @param {number} columns of what it gives
   * @param {(part: Float32Array) => ArrayLike<number>} make
   */
  function blocks(points, columns, make) {
    const out = new Float32Array((points.length / 2) * columns);
    for (let from = 0; from < points.length; from += 2 * CHUNK)
      out.set(make(points.subarray(from, from + 2 * CHUNK)), (from / 2) * columns);
    return out;
  }

  Object.assign(arena, { blocks, Matrix, Tape, Net, Chance, Family, Exploded, CHUNK, BOX: 2.6, lattice });
})();
