// Memory from which matrices are cut, and what works on them: the kernel, or plain loops.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const { loops } = arena;
  /** @typedef {Float32Array} Row */
  const fours = (/** @type {Row} */ row) => (row.length + 3) >> 2; // what is left of the last four is nobody's

  class Memory {
    /** @param {number} megabytes @param {boolean} [plain] without WebAssembly */
    constructor(megabytes, plain = !arena.compiled) {
      this.used = 0;
      /** @type {Arena.Own} the kernel's functions */
      this.fast = null;
      this.buffer = new ArrayBuffer(0);
      if (!plain)
        try {
          const memory = new WebAssembly.Memory({ initial: 16 * megabytes });
          this.fast = new WebAssembly.Instance(arena.compiled, { e: { m: memory } }).exports;
          this.buffer = memory.buffer;
        } catch {
          // No room for one more: the loops do.
        }
      this.unit = this.take(1).fill(1);
    }

    /** All zeros again, for another model; whoever held a part of it must not use it any more. */
    clear() {
      new Uint8Array(this.buffer, 0, this.used).fill(0);
      this.used = 0;
      this.unit = this.take(1).fill(1);
      return this;
    }

    /** @param {number} length @returns {Row} zeros */
    take(length) {
      const start = this.used;
      if (start + 4 * length > this.buffer.byteLength) return new Float32Array(length);
      this.used += (4 * length + 15) & ~15;
      return new Float32Array(this.buffer, start, length);
    }

    /** Whether the kernel can work on these. @param {Row[]} rows */
    holds(...rows) {
      return this.fast && rows.every((row) => row.buffer === this.buffer);
    }

    /**
     * C += A B, where A is m x k and may be a transpose: its entry (i, p) stands at i aRow + p aColumn.
     * @param {Row} A @param {number} aRow @param {number} aColumn @param {Row} B @param {Row} C
     * @param {number} m @param {number} k @param {number} n
     */
    product(A, aRow, aColumn, B, C, m, k, n) {
      if (this.holds(A, B, C))
        this.fast[n % 16 ? "narrow" : "wide"](
          A.byteOffset,
          4 * aRow,
          4 * aColumn,
          B.byteOffset,
          C.byteOffset,
          m,
          k,
          4 * n,
        );
      else loops.product(A, aRow, aColumn, B, C, m, k, n);
    }

    /** The sum of B's rows is added to c. @param {Row} B @param {Row} c @param {number} rows */
    sums(B, c, rows) {
      this.product(this.unit, 0, 0, B, c, 1, rows, c.length);
    }

    /** @param {Row} from rows x columns @param {Row} to its transpose @param {number} rows @param {number} columns */
    turn(from, to, rows, columns) {
      if (this.holds(from, to)) this.fast.turn(from.byteOffset, to.byteOffset, rows, columns);
      else loops.turn(from, to, rows, columns);
    }

    /** An activation, in place. @param {string} name @param {Row} v @param {Row | null} keep what the way back needs */
    activate(name, v, keep) {
      const act = `${name}On`;
      if (this.holds(v, keep || v)) this.fast[act](v.byteOffset, (keep || v).byteOffset, fours(v));
      else loops[act](v, keep);
    }

    /** Slopes by its output become slopes by its input. @param {string} name @param {Row} g @param {Row} v @param {Row | null} keep */
    turnBack(name, g, v, keep) {
      const act = `${name}Off`;
      if (this.holds(g, v, keep || v))
        this.fast[act](g.byteOffset, v.byteOffset, (keep || v).byteOffset, fours(v));
      else loops[act](g, v, keep);
    }

    /** Numbers of chance within -reach..reach. @param {Row} to @param {Arena.Chance} chance @param {number} reach */
    fill(to, chance, reach) {
      chance.state = this.holds(to)
        ? this.fast.fill(to.byteOffset, to.length, chance.state, reach)
        : loops.fill(to, chance.state, reach);
    }

    /** A step of Adam. @param {Row[]} rows weights, slopes, two moments, averages @param {number[]} by scale, spread, new1, new2, follow */
    adam(rows, by) {
      if (this.holds(...rows))
        this.fast.adam(...rows.map((row) => row.byteOffset), fours(rows[0]), ...by);
      else loops.adam(rows, by);
    }
  }

  Object.assign(arena, { Memory });
})();
