// Weights out of a script, and the few layers that all ten families are made of.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;
  const { add, matrix, sigmoid, silu, softmax } = lab;

  /** @typedef {{shape: number[], data: Float32Array}} Tensor */
  /** @typedef {(x: ArrayLike<number>) => Float32Array} Layer */

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
    /** @param {any} packed what the weights script holds; an Error says if it is damaged */
    constructor(packed) {
      if (!packed || packed.format !== 1 || !Array.isArray(packed.tensors))
        throw new Error("unknown format");
      const text = atob(packed.data);
      const bytes = new Uint8Array(text.length);
      for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
      const view = new DataView(bytes.buffer);
      this.config = packed.config || {};
      /** @type {Record<string, Tensor>} */
      this.tensors = Object.create(null);
      for (const entry of packed.tensors) this.tensors[entry.name] = unpack(view, entry);
      this.count = Object.values(this.tensors).reduce((sum, tensor) => sum + tensor.data.length, 0);
    }

    /** @param {string} name @returns {Tensor} */
    tensor(name) {
      const found = this.tensors[name];
      if (!found) throw new Error(`no tensor ${name}`);
      return found;
    }

    /** @param {string} name @returns {Layer} x -> W x + b, where there is a b */
    linear(name) {
      const weight = this.tensor(`${name}.weight`);
      const bias = this.tensors[`${name}.bias`];
      return (x) => matrix(weight, x, bias && bias.data);
    }

    /** @param {string} name @returns {Layer} layer normalization */
    norm(name) {
      const gain = this.tensor(`${name}.weight`).data;
      const shift = this.tensor(`${name}.bias`).data;
      return (x) => {
        const n = x.length;
        let mean = 0;
        for (let i = 0; i < n; i++) mean += x[i];
        mean /= n;
        let spread = 0;
        for (let i = 0; i < n; i++) spread += (x[i] - mean) ** 2;
        const scale = 1 / Math.sqrt(spread / n + 1e-5);
        const out = new Float32Array(n);
        for (let i = 0; i < n; i++) out[i] = (x[i] - mean) * scale * gain[i] + shift[i];
        return out;
      };
    }

    /** @param {string} name @returns {(row: number) => Float32Array} an embedding */
    table(name) {
      const { shape, data } = this.tensor(`${name}.weight`);
      return (row) => data.subarray(row * shape[1], (row + 1) * shape[1]);
    }

    /**
     * A GRU cell: the gates r and z decide what of the state h is kept.
     * @param {string} name @param {string} [end] what the names of its tensors end in
     * @returns {(x: ArrayLike<number>, h: Float32Array) => Float32Array}
     */
    gru(name, end = "") {
      const [wi, wh] = ["ih", "hh"].map((part) => this.tensor(`${name}.weight_${part}${end}`));
      const [bi, bh] = ["ih", "hh"].map((part) => this.tensor(`${name}.bias_${part}${end}`).data);
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

    /**
     * Attention over the positions so far. Query, key and value of each are kept from call to call, one behind the other.
     * @param {string} name @param {number} heads
     * @returns {(x: Float32Array, cache: {rows: Float32Array[], map?: Float32Array[]}) => Float32Array}
     */
    attention(name, heads) {
      const qkv = this.linear(`${name}.qkv`);
      const out = this.linear(`${name}.out`);
      return (x, cache) => {
        const width = x.length;
        const size = width / heads;
        const now = qkv(x);
        const { rows } = cache;
        rows.push(now);
        const mixed = new Float32Array(width);
        cache.map = [];
        for (let start = 0; start < width; start += size) {
          const share = new Float32Array(rows.length);
          for (let j = 0; j < share.length; j++) {
            const row = rows[j];
            let sum = 0;
            for (let i = start; i < start + size; i++) sum += now[i] * row[width + i];
            share[j] = sum / Math.sqrt(size);
          }
          softmax(share, 1, share);
          for (let j = 0; j < share.length; j++) {
            const row = rows[j];
            const part = share[j];
            for (let i = start; i < start + size; i++) mixed[i] += part * row[2 * width + i];
          }
          cache.map.push(share);
        }
        return out(mixed);
      };
    }

    /**
     * A transformer block. The cache holds the keys and values of the tokens so far.
     * @param {string} name @param {number} heads @returns {(h: Float32Array, cache: any) => Float32Array}
     */
    block(name, heads) {
      const [norm1, norm2] = ["norm1", "norm2"].map((part) => this.norm(`${name}.${part}`));
      const [up, down] = ["up", "down"].map((part) => this.linear(`${name}.${part}`));
      const attention = this.attention(`${name}.attention`, heads);
      return (h, cache) => {
        const looked = add(h, attention(norm1(h), cache));
        return add(looked, down(silu(up(norm2(looked)))));
      };
    }

    /**
     * The denoiser that five families share: noisy x, time t, condition c -> its guess of the clean x.
     * @param {string} name @param {number} depth
     * @returns {(x: ArrayLike<number>, t: number, c: ArrayLike<number>) => Float32Array}
     */
    denoiser(name, depth) {
      const [enter, time, cond, leave] = ["enter", "time", "cond", "leave"].map((part) =>
        this.linear(`${name}.${part}`),
      );
      const blocks = Array.from({ length: depth }, (_, i) => ({
        norm: this.norm(`${name}.norms.${i}`),
        up: this.linear(`${name}.ups.${i}`),
        down: this.linear(`${name}.downs.${i}`),
      }));
      const waves = this.tensor(`${name}.time.weight`).shape[1] / 2;
      const angles = new Float32Array(2 * waves);
      return (x, t, c) => {
        for (let i = 0; i < waves; i++) {
          const angle = (t * (i + 1) * Math.PI) / 2;
          angles[i] = Math.cos(angle);
          angles[waves + i] = Math.sin(angle);
        }
        const hint = add(time(angles), cond(c));
        let h = add(enter(x), hint);
        for (const block of blocks)
          h = add(h, block.down(silu(add(block.up(block.norm(h)), hint))));
        return leave(h);
      };
    }
  }

  /**
   * Flow matching: from noise along the velocity (guessed end - here) / time left, in equal steps (Euler);
   * the last one jumps to the guessed end.
   * @param {(x: Float32Array, t: number) => Float32Array} guess the end of the path from here
   * @param {Float32Array} noise @param {number} steps @param {number} near no division by less time
   * @returns {Float32Array[]} every point of the path
   */
  function follow(guess, noise, steps, near) {
    const path = [noise];
    for (let i = 0; i < steps; i++) {
      const left = Math.max(near, 1 - i / steps);
      const x = path[i];
      const end = guess(x, i / steps);
      const length = i === steps - 1 ? 1 : 1 / steps / left;
      path.push(x.map((v, k) => v + (end[k] - v) * length));
    }
    return path;
  }

  /** @param {DataView} view @param {any} entry @returns {Tensor} */
  function unpack(view, { shape, type, offset }) {
    const size = shape.reduce(
      (/** @type {Shared} */ product, /** @type {number} */ n) => product * n,
      1,
    );
    const data = new Float32Array(size);
    if (type === "int8") {
      const rows = shape[0];
      const columns = size / rows;
      for (let row = 0; row < rows; row++) {
        const scale = half(view.getUint16(offset + 2 * row, true));
        const start = offset + 2 * rows + row * columns;
        for (let i = 0; i < columns; i++) data[row * columns + i] = scale * view.getInt8(start + i);
      }
    } else if (type === "float16") {
      for (let i = 0; i < size; i++) data[i] = half(view.getUint16(offset + 2 * i, true));
    } else throw new Error(`unknown type ${type}`);
    if (!data.every(Number.isFinite)) throw new Error("a weight is not a number");
    return { shape, data };
  }

  Object.assign(lab, { Weights, follow });
})();
