// What the kernel does, in plain JavaScript, for browsers without WebAssembly or vectors in it; see kernel/programs.mjs.
(function () {
  "use strict";
  const lab = window.fieldguideLab;

  /** @param {{heap: Float32Array}} engine @returns {any} the programs, by the names and with the arguments of the kernel's */
  lab.loops = (engine) => {
    const sums = new Float64Array(8);

    /** One group of eight channels of one place. */
    function group(
      /** @type {Float32Array} */ heap,
      /** @type {number} */ from,
      /** @type {number} */ w,
      /** @type {number} */ count,
    ) {
      let a = sums[0];
      let b = sums[1];
      let c = sums[2];
      let d = sums[3];
      let e = sums[4];
      let f = sums[5];
      let g = sums[6];
      let h = sums[7];
      for (let k = 0; k < count; k++, w += 8) {
        const v = heap[from + k];
        a += v * heap[w];
        b += v * heap[w + 1];
        c += v * heap[w + 2];
        d += v * heap[w + 3];
        e += v * heap[w + 4];
        f += v * heap[w + 5];
        g += v * heap[w + 6];
        h += v * heap[w + 7];
      }
      sums[0] = a;
      sums[1] = b;
      sums[2] = c;
      sums[3] = d;
      sums[4] = e;
      sums[5] = f;
      sums[6] = g;
      sums[7] = h;
    }

    return {
      /** @param {number[]} given */
      product(...given) {
        const { heap } = engine;
        const [, , , , more, groups, fours, segments, , rows, columns] = given;
        const [x, w, bias, out, , , , , xSegment, , , xColumn, xRow, outColumn, outRow] = given.map(
          (v) => v >> 2,
        ); // of numbers
        for (let row = 0; row < rows; row++)
          for (let column = 0; column < columns; column++)
            for (let part = 0; part < groups; part++) {
              const to = out + row * outRow + column * outColumn + 8 * part;
              for (let i = 0; i < 8; i++)
                sums[i] = heap[bias + 8 * part + i] + (more ? heap[to + i] : 0);
              for (let s = 0; s < segments; s++)
                group(
                  heap,
                  x + row * xRow + column * xColumn + s * xSegment,
                  w + 32 * fours * (part * segments + s),
                  4 * fours,
                );
              for (let i = 0; i < 8; i++) heap[to + i] = sums[i];
            }
      },

      /** @param {number} x @param {number} w @param {number} bias @param {number} out @param {number} groups @param {number} rows @param {number} columns @param {number} xRow */
      around(x, w, bias, out, groups, rows, columns, xRow) {
        const { heap } = engine;
        const width = 4 * groups;
        for (let row = 0; row < rows; row++)
          for (let column = 0; column < columns; column++)
            for (let c = 0; c < width; c++) {
              let sum = heap[(bias >> 2) + c];
              let tap = (w >> 2) + 100 * (c >> 2) + (c & 3);
              for (let i = 0; i < 5; i++) {
                const from = (x >> 2) + (((row + i) * xRow) >> 2) + column * width + c;
                for (let j = 0; j < 5; j++, tap += 4) sum += heap[from + j * width] * heap[tap];
              }
              heap[(out >> 2) + (row * columns + column) * width + c] = sum;
            }
      },

      /** @param {number} x @param {number} scale @param {number} shift @param {number} places @param {number} groups */
      norm(x, scale, shift, places, groups) {
        const { heap } = engine;
        const n = 4 * groups;
        for (let at = x >> 2; at < (x >> 2) + places * n; at += n) {
          let mean = 0;
          for (let i = 0; i < n; i++) mean += heap[at + i] / n;
          let spread = 0;
          for (let i = 0; i < n; i++) spread += (heap[at + i] - mean) ** 2 / n;
          const by = 1 / Math.sqrt(spread + 1e-5);
          for (let i = 0; i < n; i++)
            heap[at + i] =
              (heap[at + i] - mean) * by * heap[(scale >> 2) + i] + heap[(shift >> 2) + i];
        }
      },

      /** @param {number} x @param {number} out @param {number} places @param {number} groups @param {number} share */
      means(x, out, places, groups, share) {
        const { heap } = engine;
        const n = 4 * groups;
        for (let i = 0; i < n; i++) {
          let sum = 0;
          for (let place = 0; place < places; place++) sum += heap[(x >> 2) + place * n + i];
          heap[(out >> 2) + i] = sum * share;
        }
      },

      // Each has a loop of its own: engines make that fast, and a loop that calls a function for each number slow.
      silu(/** @type {number} */ x, /** @type {number} */ count) {
        const { heap } = engine;
        for (let i = x >> 2; i < (x >> 2) + 4 * count; i++) heap[i] /= 1 + Math.exp(-heap[i]);
      },
      leaky(/** @type {number} */ x, /** @type {number} */ count) {
        const { heap } = engine;
        for (let i = x >> 2; i < (x >> 2) + 4 * count; i++) if (heap[i] < 0) heap[i] *= 0.2;
      },
      tanh(/** @type {number} */ x, /** @type {number} */ count) {
        const { heap } = engine;
        for (let i = x >> 2; i < (x >> 2) + 4 * count; i++) heap[i] = Math.tanh(heap[i]);
      },
    };
  };
})();
