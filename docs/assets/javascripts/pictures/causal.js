// A causal transformer on the engine: each token looks back at the earlier ones, whose keys and values stay in memory.
(function () {
  "use strict";
  const lab = window.fieldguideLab;

  const eights = (/** @type {number} */ n) => Math.ceil(n / 8) * 8; // the engine computes so many numbers at a time

  /** Tokens in a row, and blocks that mix them. */
  class Causal {
    /**
     * @param {Lab.Weights} weights @param {any} e the engine
     * @param {{blocks: string[], heads: number, length: number, norm?: string}} about the names of its blocks, how many tokens at most, and the
     * name of a last norm
     */
    constructor(weights, e, { blocks, heads, length, norm }) {
      const get = (/** @type {string} */ key) => weights.tensor(key);
      const pair = (/** @type {string} */ key) => [get(`${key}.weight`), get(`${key}.bias`)];
      this.e = e;
      this.heads = heads;
      this.width = get(`${blocks[0]}.norm1.weight`).shape[0];
      this.h = e.picture(eights(this.width), 1, length); // what is known at each token
      this.a = e.picture(this.h.channels, 1, length);
      this.wide = e.picture(eights(4 * this.width), 1, length);
      const gain = (/** @type {string} */ key) => pair(key).map(({ data }) => e.keep(data));
      this.blocks = blocks.map((name) => {
        const seen = e.picture(eights(3 * this.width), 1, length); // query, key and value of each token
        return {
          seen,
          norms: [gain(`${name}.norm1`), gain(`${name}.norm2`)],
          qkv: e.linear(...pair(`${name}.attention.qkv`), this.a, seen),
          out: e.linear(...pair(`${name}.attention.out`), this.a, this.h, true),
          up: e.linear(...pair(`${name}.up`), this.a, this.wide),
          down: e.linear(...pair(`${name}.down`), this.wide, this.h, true),
        };
      });
      this.last = norm ? gain(norm) : undefined;
    }

    /** The numbers of a token, to be filled before it runs. @param {number} i @returns {Float32Array} */
    token(i) {
      return this.e.view(this.h.at + i * this.h.column, this.width);
    }

    /**
     * Run tokens, all at once; those before them have run. Afterwards `a` has what is known at each.
     * @param {number} first @param {number} [count] @param {Float32Array[]} [shares] where the look of the last token goes: one for each head of each block
     */
    run(first, count = 1, shares) {
      const { e, a, h, wide } = this;
      for (const { seen, norms, qkv, out, up, down } of this.blocks) {
        this.norm(norms[0], first, count);
        qkv(first, count);
        for (let i = first; i < first + count; i++)
          this.look(seen, i, i === first + count - 1 ? shares : undefined);
        out(first, count);
        this.norm(norms[1], first, count);
        up(first, count);
        e.act("silu", wide, first, count);
        down(first, count);
      }
      if (this.last) this.norm(this.last, first, count);
      else
        e.heap.copyWithin(
          (a.at + first * a.column) / 4,
          (h.at + first * h.column) / 4,
          (h.at + (first + count) * h.column) / 4,
        );
    }

    /** The layer norm of tokens, from h to a: over the width alone. @param {number[]} gain @param {number} first @param {number} count */
    norm([scale, shift], first, count) {
      const { e, a, h, width } = this;
      e.heap.copyWithin(
        (a.at + first * a.column) / 4,
        (h.at + first * h.column) / 4,
        (h.at + (first + count) * h.column) / 4,
      );
      for (let i = first; i < first + count; i++)
        e.run.norm(a.at + i * a.column, scale, shift, 1, width / 4, 1 / width);
    }

    /** Attention of token i, into a: a weighted mean of the values so far. @param {any} seen @param {number} i @param {Float32Array[]} [shares] */
    look(seen, i, shares) {
      const { heap } = this.e;
      const { width, heads, a } = this;
      const size = width / heads;
      const step = seen.column / 4;
      const [start, to] = [seen.at / 4, (a.at + i * a.column) / 4];
      const query = start + i * step;
      const root = 1 / Math.sqrt(size);
      const share = new Float32Array(i + 1);
      for (let from = 0; from < width; from += size) {
        for (let j = 0, key = start + width + from; j <= i; j++, key += step) {
          let sum = 0;
          for (let k = 0; k < size; k++) sum += heap[query + from + k] * heap[key + k];
          share[j] = sum * root;
        }
        lab.softmax(share, 1, share);
        heap.fill(0, to + from, to + from + size);
        for (let j = 0, value = start + 2 * width + from; j <= i; j++, value += step) {
          const part = share[j];
          for (let k = 0; k < size; k++) heap[to + from + k] += part * heap[value + k];
        }
        if (shares) shares.push(share.slice());
      }
    }
  }

  /** Each pixel of pieces of `size` by `size` pixels, piece by piece: where it is in the picture. @param {number} size */
  function pieces(size) {
    const wide = 28 / size;
    return Uint16Array.from({ length: 784 }, (_, i) => {
      const [piece, pixel] = [Math.floor(i / size ** 2), i % size ** 2];
      return (
        28 * (size * Math.floor(piece / wide) + Math.floor(pixel / size)) +
        size * (piece % wide) +
        (pixel % size)
      );
    });
  }

  Object.assign(lab, { Causal, pieces });
})();
