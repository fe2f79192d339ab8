// Weights out of a script, and the few layers that need no engine.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { matrix, sigmoid } = lab;

  /** @typedef {{shape: number[], data: Float32Array}} Tensor */

  /** @param {number} bits @returns {number} a 16-bit float */
  function half(bits) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const part = bits & 1023;
    if (exponent === 31) return NaN;
    return sign * (exponent ? 2 ** (exponent - 15) * (1 + part / 1024) : part * 2 ** -24);
  }

  /** The weights of a model: `tensor`, or a layer that is ready to be called. */
  class Weights {
    /**
     * @param {Lab.Own} packed what the weights script holds; an Error says if it is damaged
     * @param {Lab.Weights} [base] what they are the difference from, if they say so
     */
    constructor(packed, base) {
      if (!packed || packed.format !== 1 || !Array.isArray(packed.tensors))
        throw new Error("unknown format");
      const text = atob(packed.data);
      const bytes = new Uint8Array(text.length);
      for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
      const view = new DataView(bytes.buffer);
      this.config = packed.config || {};
      /** @type {Record<string, Tensor>} */
      this.tensors = Object.create(null);
      for (const entry of packed.tensors) {
        const { data } = (this.tensors[entry.name] = unpack(view, entry));
        if (base) base.tensor(entry.name).data.forEach((v, i) => (data[i] += v));
      }
      this.count = Object.values(this.tensors).reduce((sum, tensor) => sum + tensor.data.length, 0);
    }

    /** @param {string} name @returns {Tensor} */
    tensor(name) {
      const found = this.tensors[name];
      if (!found) throw new Error(`no tensor ${name}`);
      return found;
    }

    /** @param {string} name @returns {(x: ArrayLike<number>) => Float32Array} x -> W x + b, where there is a b */
    linear(name) {
      const weight = this.tensor(`${name}.weight`);
      const bias = this.tensors[`${name}.bias`];
      return (x) => matrix(weight, x, bias && bias.data);
    }

    /** @param {string} name @returns {(row: number) => Float32Array} an embedding */
    table(name) {
      const { shape, data } = this.tensor(`${name}.weight`);
      return (row) => data.subarray(row * shape[1], (row + 1) * shape[1]);
    }

    /**
     * A GRU cell: the gates r and z decide what of the state h is kept.
     * @param {string} name
     * @returns {(x: ArrayLike<number>, h: Float32Array) => Float32Array}
     */
    gru(name) {
      const [wi, wh] = ["ih", "hh"].map((part) => this.tensor(`${name}.weight_${part}`));
      const [bi, bh] = ["ih", "hh"].map((part) => this.tensor(`${name}.bias_${part}`).data);
      return (x, h) => {
        const a = matrix(wi, x, bi);
        const b = matrix(wh, h, bh);
        const n = h.length;
        return h.map((old, i) => {
          const r = sigmoid(a[i] + b[i]);
          const z = sigmoid(a[n + i] + b[n + i]);
          return (1 - z) * Math.tanh(a[2 * n + i] + r * b[2 * n + i]) + z * old;
        });
      };
    }
  }

  /** @param {DataView} view @param {Lab.Own} entry @returns {Tensor} */
  function unpack(view, { shape, type, offset }) {
    const size = shape.reduce(
      (/** @type {number} */ product, /** @type {number} */ n) => product * n,
      1,
    );
    const data = new Float32Array(size);
    if (type === "int8" || type === "int4") {
      const rows = shape[0];
      const start = offset + 2 * rows;
      const whole =
        type === "int8"
          ? (/** @type {number} */ i) => view.getInt8(start + i)
          : (/** @type {number} */ i) =>
              ((view.getUint8(start + (i >> 1)) >> (4 * (i & 1))) & 15) - 8;
      for (let row = 0, i = 0; row < rows; row++) {
        const scale = half(view.getUint16(offset + 2 * row, true));
        for (const end = i + size / rows; i < end; i++) data[i] = scale * whole(i);
      }
    } else if (type === "float16") {
      for (let i = 0; i < size; i++) data[i] = half(view.getUint16(offset + 2 * i, true));
    } else throw new Error(`unknown type ${type}`);
    if (!data.every(Number.isFinite)) throw new Error("a weight is not a number");
    return { shape, data };
  }

  Object.assign(lab, { Weights });
})();
