// The kernel in plain loops, where WebAssembly is missing, and for matrices that do not lie in its memory.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  /** @typedef {Float32Array} Row */

  const POWERS = Float64Array.from({ length: 201 }, (_, i) => 2 ** (i - 100));

  /** exp(x) for x within -60..60, to seven digits and twice as fast as Math.exp; beyond, as if it stood at the edge. @param {number} x */
  function exp(x) {
    const y = (x > 60 ? 60 : x < -60 ? -60 : x) * 1.4426950408889634;
    const whole = (y + 100.5) | 0;
    const f = (y - (whole - 100)) * 0.6931471805599453;
    return (
      POWERS[whole] *
      (1 + f * (1 + f * (1 / 2 + f * (1 / 6 + f * (1 / 24 + f * (1 / 120 + f / 720))))))
    );
  }

  const loops = {
    /** C += A B: four columns at once, then what is left. */
    product(
      /** @type {Row} */ A,
      /** @type {number} */ aRow,
      /** @type {number} */ aColumn,
      /** @type {Row} */ B,
      /** @type {Row} */ C,
      /** @type {number} */ m,
      /** @type {number} */ k,
      /** @type {number} */ n,
    ) {
      for (let i = 0; i < m; i++) {
        const row = i * n;
        let j = 0;
        for (; j + 3 < n; j += 4) {
          let [s, t, u, v] = [0, 0, 0, 0];
          for (let p = 0, pa = i * aRow, pb = j; p < k; p++, pa += aColumn, pb += n) {
            const x = A[pa];
            s += x * B[pb];
            t += x * B[pb + 1];
            u += x * B[pb + 2];
            v += x * B[pb + 3];
          }
          C[row + j] += s;
          C[row + j + 1] += t;
          C[row + j + 2] += u;
          C[row + j + 3] += v;
        }
        for (; j < n; j++) {
          let s = 0;
          for (let p = 0, pa = i * aRow, pb = j; p < k; p++, pa += aColumn, pb += n)
            s += A[pa] * B[pb];
          C[row + j] += s;
        }
      }
    },

    turn(
      /** @type {Row} */ from,
      /** @type {Row} */ to,
      /** @type {number} */ rows,
      /** @type {number} */ columns,
    ) {
      for (let i = 0, at = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) to[j * rows + i] = from[at++];
    },

    leakyOn(/** @type {Row} */ v) {
      for (let i = 0; i < v.length; i++) if (v[i] < 0) v[i] *= 0.2;
    },
    leakyOff(/** @type {Row} */ g, /** @type {Row} */ v) {
      for (let i = 0; i < g.length; i++) if (v[i] < 0) g[i] *= 0.2;
    },
    tanhOn(/** @type {Row} */ v) {
      for (let i = 0; i < v.length; i++) v[i] = 1 - 2 / (1 + exp(2 * v[i]));
    },
    tanhOff(/** @type {Row} */ g, /** @type {Row} */ v) {
      for (let i = 0; i < g.length; i++) g[i] *= 1 - v[i] * v[i];
    },
    siluOn(/** @type {Row} */ v, /** @type {Row | null} */ keep) {
      for (let i = 0; i < v.length; i++) {
        const x = v[i];
        const s = 1 / (1 + exp(-x));
        v[i] = x * s;
        if (keep) keep[i] = s + v[i] * (1 - s); // the slope
      }
    },
    siluOff(/** @type {Row} */ g, /** @type {Row} */ _, /** @type {Row} */ keep) {
      for (let i = 0; i < g.length; i++) g[i] *= keep[i];
    },

    /** Numbers of chance (mulberry32) within -reach..reach; the state that follows is given back. */
    fill(/** @type {Row} */ to, /** @type {number} */ state, /** @type {number} */ reach) {
      for (let i = 0; i < to.length; i++) {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), state | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        to[i] = reach * (((t ^ (t >>> 14)) >>> 0) / 2147483648 - 1);
      }
      return state;
    },

    /** @param {Row[]} rows weights, slopes, two moments, averages @param {number[]} by scale, spread, new1, new2, follow */
    adam([weights, slopes, first, second, averages], [scale, spread, new1, new2, follow]) {
      for (let i = 0; i < weights.length; i++) {
        const g = slopes[i];
        slopes[i] = 0;
        const m = (first[i] += new1 * (g - first[i]));
        const v = (second[i] += new2 * (g * g - second[i]));
        weights[i] -= (scale * m) / (Math.sqrt(spread * v) + 1e-8);
        averages[i] += follow * (weights[i] - averages[i]);
      }
    },
  };

  Object.assign(arena, { loops, exp });
})();
