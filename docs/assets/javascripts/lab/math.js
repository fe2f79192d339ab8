// The lab's arithmetic: matrices, activations, ink, and chance that a seed repeats.
(function () {
  "use strict";

  /** @typedef {{shape: number[], data: Float32Array}} Tensor */

  /** @param {Tensor} weight @param {ArrayLike<number>} x @param {Float32Array} [bias] @returns {Float32Array} */
  function matrix({ shape, data }, x, bias) {
    const [rows, n] = shape;
    const out = new Float32Array(rows);
    let row = 0;
    for (; row + 3 < rows; row += 4) {
      // Four rows at once: each number of x is read once for all of them.
      const p = row * n;
      const q = p + n;
      const r = q + n;
      const s = r + n;
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let i = 0; i < n; i++) {
        const v = x[i];
        a += data[p + i] * v;
        b += data[q + i] * v;
        c += data[r + i] * v;
        d += data[s + i] * v;
      }
      out[row] = a;
      out[row + 1] = b;
      out[row + 2] = c;
      out[row + 3] = d;
    }
    for (; row < rows; row++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += data[row * n + i] * x[i];
      out[row] = sum;
    }
    if (bias) for (let i = 0; i < rows; i++) out[i] += bias[i];
    return out;
  }

  const sigmoid = (/** @type {number} */ x) => 1 / (1 + Math.exp(-x));

  /** In place, on what a layer has just made. @param {Float32Array} x */
  function silu(x) {
    for (let i = 0; i < x.length; i++) x[i] /= 1 + Math.exp(-x[i]);
    return x;
  }

  /**
   * @param {ArrayLike<number>} scores @param {number} [temperature]
   * @param {Float32Array} [out] where the shares go; it may be the scores themselves
   */
  function softmax(scores, temperature = 1, out = new Float32Array(scores.length)) {
    let top = -Infinity;
    for (let i = 0; i < scores.length; i++) top = Math.max(top, scores[i]);
    let sum = 0;
    for (let i = 0; i < out.length; i++) sum += out[i] = Math.exp((scores[i] - top) / temperature);
    for (let i = 0; i < out.length; i++) out[i] /= sum;
    return out;
  }

  /** @param {ArrayLike<number>} scores @returns {number} log(sum(exp(scores))) */
  function logSum(scores) {
    let top = -Infinity;
    for (let i = 0; i < scores.length; i++) top = Math.max(top, scores[i]);
    let sum = 0;
    for (let i = 0; i < scores.length; i++) sum += Math.exp(scores[i] - top);
    return top + Math.log(sum);
  }

  /** The class as ten numbers; -1 is no class. @param {number} y */
  function classes(y) {
    const out = new Float32Array(10);
    if (y >= 0) out[y] = 1;
    return out;
  }

  /** Ink from 0 to `full` as -1..1. @param {ArrayLike<number>} x @param {number} [full] */
  const scale = (x, full = 7) => Float32Array.from(x, (v) => (2 * v) / full - 1);
  /** -1..1 to whole ink. @param {ArrayLike<number>} v @param {number} [full] */
  const ink = (v, full = 7) =>
    Float32Array.from(v, (a) => Math.min(full, Math.max(0, Math.round(((a + 1) * full) / 2))));
  /** -1..1 to ink that need not be whole. @param {ArrayLike<number>} v @param {number} [full] */
  const soft = (v, full = 7) =>
    Float32Array.from(v, (a) => Math.min(full, Math.max(0, ((a + 1) * full) / 2)));
  /** @param {...ArrayLike<number>} parts */
  function concat(...parts) {
    const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }

  /** Chance that a seed repeats: the same seed and stream give the same numbers everywhere. */
  class Chance {
    /** @param {number} seed @param {number} [stream] */
    constructor(seed, stream = 0) {
      this.state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b)) >>> 0;
      for (let i = 0; i < 4; i++) this.uniform();
    }

    /** @returns {number} in 0..1, 1 excepted (mulberry32) */
    uniform() {
      this.state = (this.state + 0x6d2b79f5) >>> 0;
      let t = this.state;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    }

    /** @returns {number} from the normal distribution (Box and Muller) */
    normal() {
      const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
      return radius * Math.cos(2 * Math.PI * this.uniform());
    }

    /** @param {number} n */
    normals(n) {
      return Float32Array.from({ length: n }, () => this.normal());
    }

    /** @param {ArrayLike<number>} shares @returns {number} an index, drawn in proportion to its share */
    pick(shares) {
      let left = this.uniform();
      for (let i = 0; i < shares.length; i++) {
        left -= shares[i];
        if (left < 0) return i;
      }
      return shares.length - 1;
    }
  }

  const all = window;
  // A page may load several bundles, each with this part: what is registered already stays.
  all.fieldguideLab = Object.assign(
    {
      models: Object.create(null), // name -> (weights) -> forward functions
      widgets: Object.create(null), // family -> what the page shows
      texts: Object.create(null), // kind of a language widget -> what the page shows
    },
    all.fieldguideLab,
    {
      Chance,
      matrix,
      sigmoid,
      silu,
      softmax,
      logSum,
      classes,
      scale,
      ink,
      soft,
      concat,
    },
  );
})();
