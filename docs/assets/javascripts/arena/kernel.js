// The matrix product of the arena: WebAssembly with four numbers at a time, or plain loops where that is missing.
(function () {
  "use strict";

  // The few instructions that are needed, by their names in the WebAssembly text format.
  const get = (/** @type {number} */ i) => [0x20, i];
  const set = (/** @type {number} */ i) => [0x21, i];
  const i32 = (/** @type {number} */ n) => (n < 64 ? [0x41, n] : [0x41, (n & 127) | 128, n >> 7]); // 0 to 8191
  const add = [0x6a];
  const LOOP = [0x03, 0x40];
  const AGAIN = [0x0d, 0]; // br_if: to the start of the innermost loop
  const END = [0x0b];
  const load = (/** @type {number} */ offset) => [0xfd, 0x00, 0, offset];
  const splat = [0xfd, 0x09, 0, 0]; // one number, four times
  const store = (/** @type {number} */ offset) => [0xfd, 0x0b, 0, offset];
  const plus = [0xfd, 0xe4, 1];
  const times = [0xfd, 0xe6, 1];
  const step = (/** @type {number} */ i, /** @type {number[]} */ by) => [...get(i), ...by, ...add, ...set(i)];

  /**
   * The bytes of a module with one function, product(a, aRow, aColumn, b, c, m, k, width): C += A B. A is m x k with
   * any strides, so that it may be a transpose; B is k x n and C m x n, n a multiple of 16. All in bytes but m and k.
   */
  function bytes() {
    const [a, aRow, aColumn, b, c, m, k, width, j, p, pa, pb, pc, s, sum] = Array.from({ length: 15 }, (_, i) => i);
    const four = [0, 1, 2, 3]; // vectors of four numbers
    const each = (/** @type {(i: number) => number[]} */ make) => four.flatMap(make);
    const code = [
      ...LOOP, // the rows of C
      ...i32(0), ...set(j),
      ...LOOP, // sixteen columns of C
      ...get(a), ...set(pa), ...get(b), ...get(j), ...add, ...set(pb), ...get(c), ...get(j), ...add, ...set(pc),
      ...each((i) => [...get(pc), ...load(16 * i), ...set(sum + i)]),
      ...get(k), ...set(p),
      ...LOOP, // the sum
      ...get(pa), ...splat, ...set(s),
      ...each((i) => [...get(sum + i), ...get(s), ...get(pb), ...load(16 * i), ...times, ...plus, ...set(sum + i)]),
      ...step(pa, get(aColumn)), ...step(pb, get(width)),
      ...get(p), ...i32(1), 0x6b, 0x22, p, ...AGAIN, ...END,
      ...each((i) => [...get(pc), ...get(sum + i), ...store(16 * i)]),
      ...step(j, i32(64)),
      ...get(j), ...get(width), 0x49, ...AGAIN, ...END,
      ...step(a, get(aRow)), ...step(c, get(width)),
      ...get(m), ...i32(1), 0x6b, 0x22, m, ...AGAIN, ...END,
    ];
    const leb = (/** @type {number} */ n) => (n < 128 ? [n] : [(n & 127) | 128, n >> 7]);
    const section = (/** @type {number} */ id, /** @type {number[]} */ body) => [id, ...leb(body.length), ...body];
    const name = (/** @type {string} */ text) => [text.length, ...Array.from(text, (letter) => letter.charCodeAt(0))];
    const body = [2, 5, 0x7f, 5, 0x7b, ...code, ...END]; // locals: five i32, five v128
    return new Uint8Array([
      0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
      ...section(1, [1, 0x60, 8, ...Array(8).fill(0x7f), 0]),
      ...section(2, [1, ...name("e"), ...name("m"), 2, 0, 1]),
      ...section(3, [1, 0]),
      ...section(7, [1, ...name("product"), 0, 0]),
      ...section(10, [1, ...leb(body.length), ...body]),
    ]);
  }

  /** @type {WebAssembly.Module | null} */
  let compiled = null;
  try {
    compiled = new WebAssembly.Module(bytes());
  } catch {
    // No WebAssembly, no vectors in it, or a policy against it: the loops below do.
  }

  /** Memory from which matrices are cut, and the product that works on them. */
  class Memory {
    /** @param {number} megabytes @param {boolean} [plain] without WebAssembly */
    constructor(megabytes, plain = !compiled) {
      this.used = 0;
      this.fast = null;
      this.buffer = new ArrayBuffer(0);
      if (plain) return;
      try {
        const memory = new WebAssembly.Memory({ initial: 16 * megabytes });
        this.buffer = memory.buffer;
        this.fast = new WebAssembly.Instance(/** @type {any} */ (compiled), { e: { m: memory } }).exports.product;
      } catch {
        // No room for one more: the loops do.
      }
    }

    /** All zeros again, for another model; whoever held a part of it must not use it any more. */
    clear() {
      new Uint8Array(this.buffer, 0, this.used).fill(0);
      this.used = 0;
      return this;
    }

    /** @param {number} length @returns {Float32Array} zeros */
    take(length) {
      const start = this.used;
      if (start + 4 * length > this.buffer.byteLength) return new Float32Array(length);
      this.used += (4 * length + 15) & ~15;
      return new Float32Array(this.buffer, start, length);
    }

    /**
     * C += A B, where A is m x k and may be a transpose: its entry (i, p) stands at i aRow + p aColumn.
     * @param {Float32Array} A @param {number} aRow @param {number} aColumn @param {Float32Array} B @param {Float32Array} C
     * @param {number} m @param {number} k @param {number} n
     */
    product(A, aRow, aColumn, B, C, m, k, n) {
      const { buffer } = this;
      if (this.fast && n % 16 === 0 && A.buffer === buffer && B.buffer === buffer && C.buffer === buffer)
        /** @type {any} */ (this.fast)(A.byteOffset, 4 * aRow, 4 * aColumn, B.byteOffset, C.byteOffset, m, k, 4 * n);
      else loops(A, aRow, aColumn, B, C, m, k, n);
    }
  }

  /** The same in plain loops: four columns at once, then what is left. */
  function loops(
    /** @type {Float32Array} */ A, /** @type {number} */ aRow, /** @type {number} */ aColumn, /** @type {Float32Array} */ B,
    /** @type {Float32Array} */ C, /** @type {number} */ m, /** @type {number} */ k, /** @type {number} */ n,
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
        for (let p = 0, pa = i * aRow, pb = j; p < k; p++, pa += aColumn, pb += n) s += A[pa] * B[pb];
        C[row + j] += s;
      }
    }
  }

  const POWERS = Float64Array.from({ length: 201 }, (_, i) => 2 ** (i - 100));

  /** exp(x) for x within -60..60, to seven digits and twice as fast as Math.exp; beyond, as if it stood at the edge. @param {number} x */
  function exp(x) {
    const y = (x > 60 ? 60 : x < -60 ? -60 : x) * 1.4426950408889634;
    const whole = (y + 100.5) | 0;
    const f = (y - (whole - 100)) * 0.6931471805599453;
    return POWERS[whole] * (1 + f * (1 + f * (1 / 2 + f * (1 / 6 + f * (1 / 24 + f * (1 / 120 + f / 720))))));
  }

  /** @type {any} */ (window).fieldguideArena = { Memory, exp, families: Object.create(null) };
})();
