// Weights out of a script, into one block of memory, and the layers that the language models share.
(function () {
  "use strict";
  const lab = window.fieldguideLab;

  /** @typedef {{shape: number[], data: Float32Array}} Tensor */

  const SIGNS = 91; // from "#" to "~" without the backslash stand for -45 to 45
  const LONGEST = 64; // tokens of a line, with the line breaks around it
  const SCRATCH = 1 << 18; // numbers for activations: one line's keys and values among them

  /** The numbers of a model. */
  class Numbers {
    /** @param {Lab.Own} packed what the weights script holds; an Error says if it is damaged @param {boolean} [plain] without WebAssembly */
    constructor(packed, plain) {
      if (!packed || packed.format !== 1 || !Array.isArray(packed.tensors))
        throw new Error("unknown format");
      const size = (/** @type {Lab.Own} */ entry) =>
        entry.shape.reduce(
          (/** @type {number} */ product, /** @type {number} */ n) => product * n,
          1,
        );
      this.config = packed.config || {};
      this.count = packed.tensors.reduce(
        (/** @type {number} */ sum, /** @type {Lab.Own} */ entry) => sum + size(entry),
        0,
      );
      this.memory = new lab.Memory(this.count + 4 * packed.tensors.length + SCRATCH, plain);
      /** @type {Record<string, Tensor>} */
      this.tensors = Object.create(null);
      for (const entry of packed.tensors) {
        const data = this.memory.take(size(entry));
        unpack(entry, data);
        this.tensors[entry.name] = { shape: entry.shape, data };
      }
    }

    /** @param {string} name @param {...number} shape what it must have @returns {Float32Array} */
    tensor(name, ...shape) {
      const found = this.tensors[name];
      if (!found || found.shape.join() !== shape.join())
        throw new Error(`no ${name} of ${shape.join(" x ")}`);
      return found.data;
    }
  }
  /** export.py says how the numbers are written. @param {Lab.Own} entry @param {Float32Array} data filled */
  function unpack({ name, shape, scales, rows, values }, data) {
    if (values) {
      if (values.length !== data.length) throw new Error(`${name} is cut off`);
      data.set(values);
      if (!data.every(Number.isFinite)) throw new Error(`a number of ${name} is none`);
    } else {
      if (scales.length !== shape[0] || rows.length !== data.length)
        throw new Error(`${name} is cut off`);
      const columns = shape[1];
      for (let row = 0, i = 0; row < shape[0]; row++) {
        const scale = scales[row] / 1e6;
        if (!Number.isFinite(scales[row])) throw new Error(`a number of ${name} is none`);
        for (const end = i + columns; i < end; i++) {
          const code = rows.charCodeAt(i);
          data[i] = scale * (code - 80 - (code > 92 ? 1 : 0));
          if (code < 35 || code >= 36 + SIGNS) throw new Error(`${name} holds an unknown sign`);
        }
      }
    }
  }

  /** out = x, scaled to a mean square of one, times a gain. @param {Float32Array} x @param {Float32Array} gain @param {Float32Array} out */
  function norm(x, gain, out) {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
    const scale = 1 / Math.sqrt(sum / x.length + 1e-5);
    for (let i = 0; i < x.length; i++) out[i] = x[i] * scale * gain[i];
  }

  /** @param {Float32Array} a @param {Float32Array} b a += b */
  function plus(a, b) {
    for (let i = 0; i < a.length; i++) a[i] += b[i];
  }

  Object.assign(lab, { Numbers, norm, plus, LONGEST });
})();
