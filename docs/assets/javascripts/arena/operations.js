// The arena's other operations: each computes its values at once, and knows how slopes go back to its inputs.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  /** @typedef {Arena.Matrix} Matrix */

  // The way back of each operation: out.g goes into the slopes of its inputs.

  const backAdd = (/** @type {Arena.Made} */ { a, b, c, g }) => {
    if (a.needs) for (let i = 0; i < g.length; i++) a.g[i] += g[i];
    if (b.needs) for (let i = 0; i < g.length; i++) b.g[i] += c * g[i];
  };
  const backColumns = (/** @type {Arena.Made} */ { a, b: from, g, rows, columns }) => {
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) a.g[i * a.columns + from + j] += g[i * columns + j];
  };
  const backSquares = (/** @type {Arena.Made} */ { a, b, c, g }) => {
    const factor = c * g[0];
    if (a.needs) for (let i = 0; i < a.g.length; i++) a.g[i] += factor * (a.v[i] - b.v[i]);
    if (b.needs) for (let i = 0; i < b.g.length; i++) b.g[i] += factor * (b.v[i] - a.v[i]);
  };
  const backSoftplus = (/** @type {Arena.Made} */ { a, b: sign, g }) => {
    const factor = (sign * g[0]) / a.g.length;
    for (let i = 0; i < a.g.length; i++) a.g[i] += factor / (1 + Math.exp(-sign * a.v[i]));
  };
  const backCrossEntropy = (/** @type {Arena.Made} */ { a, g, keep }) => {
    const factor = g[0] / a.rows;
    for (let i = 0; i < a.g.length; i++) a.g[i] += factor * keep[i];
  };
  const backCloud = (/** @type {Arena.Made} */ { a, b, g, rows, columns: half }) => {
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < half; j++) {
        const slope = g[i * half + j];
        const at = 2 * i * half + j;
        a.g[at] += slope;
        a.g[at + half] += (slope * Math.exp(a.v[at + half] / 2) * b.v[i * half + j]) / 2;
      }
  };
  const backDivergence = (/** @type {Arena.Made} */ { a, b: weight, g }) => {
    const half = a.columns / 2;
    const factor = (weight * g[0]) / a.rows;
    for (let i = 0; i < a.g.length; i++)
      a.g[i] += factor * (i % a.columns < half ? a.v[i] : (Math.exp(a.v[i]) - 1) / 2);
  };
  const backCouple = (/** @type {Arena.Made} */ { a, b, c: side, g }) => {
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
  const backSurprise = (/** @type {Arena.Made} */ { a, g }) => {
    const factor = g[0] / a.rows;
    for (let at = 0; at < a.g.length; at += 3) {
      a.g[at] += factor * a.v[at];
      a.g[at + 1] += factor * a.v[at + 1];
      a.g[at + 2] -= factor;
    }
  };

  /** @type {ThisType<Arena.Tape>} */
  const operations = {
    /** a + factor b, number by number. @param {Matrix} a @param {Matrix} b @param {number} [factor] */
    add(a, b, factor = 1) {
      const out = this.matrix(a.rows, a.columns, a.needs || b.needs);
      for (let i = 0; i < out.v.length; i++) out.v[i] = a.v[i] + factor * b.v[i];
      out.a = a;
      out.b = b;
      out.c = factor;
      out.back = backAdd;
      return out;
    },

    /** Some columns of x, from one up to another. @param {Matrix} x @param {number} from @param {number} to */
    columns(x, from, to) {
      const out = this.matrix(x.rows, to - from, x.needs);
      for (let i = 0; i < x.rows; i++)
        for (let j = from; j < to; j++) out.v[i * out.columns + j - from] = x.v[i * x.columns + j];
      out.a = x;
      out.b = from;
      out.back = backColumns;
      return out;
    },

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
    },

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
    },

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
    },

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
    },

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
    },

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
    },

    /** Minus the mean log-density of points that came through couplings. @param {Matrix} x points and log-determinant */
    surprise(x) {
      const out = this.matrix(1, 1, x.needs);
      let sum = 0;
      for (let at = 0; at < x.v.length; at += 3)
        sum += (x.v[at] ** 2 + x.v[at + 1] ** 2) / 2 - x.v[at + 2];
      out.v[0] = sum / x.rows + Math.log(2 * Math.PI);
      out.a = x;
      out.back = backSurprise;
      return out;
    },
  };

  Object.assign(arena.Tape.prototype, operations);
})();
