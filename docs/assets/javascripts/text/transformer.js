// The transformer of docs/lab/text/transformer.py: keys and values of earlier tokens are kept.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { LONGEST } = lab;
  const [TOKENS, WIDTH, BLOCKS, HEADS] = [2048, 160, 4, 4];
  const SIZE = WIDTH / HEADS;
  const HALF = SIZE / 2;

  /** @typedef {{ids: number[], looks: Float32Array[][][]}} Line looks: place -> block -> head -> share of each place */

  class Transformer {
    /** @param {Lab.Own} packed @param {{causal?: boolean, plain?: boolean}} [about] without the mask, every place sees all others */
    constructor(packed, { causal = true, plain = false } = {}) {
      const numbers = new lab.Numbers(packed, plain);
      const { memory } = numbers;
      this.causal = causal;
      this.count = numbers.count;
      this.memory = memory;
      this.embedding = numbers.tensor("embedding.weight", causal ? TOKENS : TOKENS + 1, WIDTH);
      this.norm = numbers.tensor("norm.weight", WIDTH);
      this.blocks = Array.from({ length: BLOCKS }, (_, b) => ({
        norm1: numbers.tensor(`blocks.${b}.norm1.weight`, WIDTH),
        norm2: numbers.tensor(`blocks.${b}.norm2.weight`, WIDTH),
        qkv: numbers.tensor(`blocks.${b}.qkv.weight`, 3 * WIDTH, WIDTH),
        out: numbers.tensor(`blocks.${b}.out.weight`, WIDTH, WIDTH),
        up: numbers.tensor(`blocks.${b}.up.weight`, 4 * WIDTH, WIDTH),
        down: numbers.tensor(`blocks.${b}.down.weight`, WIDTH, 4 * WIDTH),
        keys: new Float32Array(LONGEST * WIDTH),
        values: new Float32Array(LONGEST * WIDTH),
      }));
      const rows = (/** @type {number} */ width) =>
        Array.from({ length: LONGEST }, () => memory.take(width));
      const row = (/** @type {number} */ n) => /** @type {Float32Array} */ (memory.take(n));
      this.h = rows(WIDTH);
      this.qkv = rows(3 * WIDTH);
      this.x = row(WIDTH);
      this.part = row(WIDTH);
      this.wide = row(4 * WIDTH);
      this.scores = row(TOKENS);
      // Rotary positions: a pair of numbers is turned by an angle that grows with the place.
      const angle = (/** @type {number} */ i) =>
        Math.floor(i / HALF) * 10000 ** (-(i % HALF) / HALF);
      this.cos = Float32Array.from({ length: LONGEST * HALF }, (_, i) => Math.cos(angle(i)));
      this.sin = Float32Array.from({ length: LONGEST * HALF }, (_, i) => Math.sin(angle(i)));
      /** @type {Line} */
      this.line = { ids: [], looks: [] };
    }

    /** How many tokens of a line are already in the cache. @param {ArrayLike<number>} ids */
    known(ids) {
      const old = this.line.ids;
      let n = 0;
      while (this.causal && n < old.length && n < ids.length && old[n] === ids[n]) n++;
      return n;
    }

    /**
     * Scores of the token that follows a line. What the line shares with the last one is not computed again.
     * @param {number[]} ids 1 to 64 of them @returns {Float32Array} a copy
     */
    next(ids) {
      this.read(ids, Math.min(this.known(ids), ids.length - 1));
      return this.score(ids.length - 1).slice();
    }

    /** Scores at every place, all computed anew. @param {number[]} ids @returns {Float32Array[]} */
    all(ids) {
      this.read(ids, 0);
      return ids.map((_, place) => this.score(place).slice());
    }

    /** The scores of a place that was read last. @param {number} place */
    score(place) {
      lab.norm(this.h[place], this.norm, this.x);
      this.memory.multiply(this.embedding, this.x, this.scores);
      return this.scores;
    }

    /** Send the places from `first` on through all blocks. @param {number[]} ids @param {number} first */
    read(ids, first) {
      const n = ids.length;
      if (!n || n > LONGEST) throw new Error(`a line of ${n} tokens`);
      const { memory, x, part, wide, h } = this;
      this.line = { ids: [], looks: this.line.looks.slice(0, first) };
      for (let place = first; place < n; place++) {
        h[place].set(this.embedding.subarray(ids[place] * WIDTH, (ids[place] + 1) * WIDTH));
        this.line.looks.push([]);
      }
      for (const block of this.blocks) {
        for (let place = first; place < n; place++) {
          lab.norm(h[place], block.norm1, x);
          memory.multiply(block.qkv, x, this.qkv[place]);
          this.keep(block, place);
        }
        for (let place = first; place < n; place++) {
          this.line.looks[place].push(this.look(block, place, this.causal ? place + 1 : n));
          memory.multiply(block.out, x, part);
          lab.plus(h[place], part);
          lab.norm(h[place], block.norm2, x);
          memory.multiply(block.up, x, wide);
          for (let i = 0; i < wide.length; i++) wide[i] = wide[i] > 0 ? wide[i] * wide[i] : 0;
          memory.multiply(block.down, wide, part);
          lab.plus(h[place], part);
        }
      }
      this.line.ids = ids.slice();
    }

    /** Turn a place's query and key, and keep its key and value. @param {Lab.Own} block @param {number} place */
    keep(block, place) {
      const row = this.qkv[place];
      for (let start = 0; start < 2 * WIDTH; start += SIZE)
        for (let i = 0; i < HALF; i++) {
          const [a, b] = [row[start + i], row[start + HALF + i]];
          const [cos, sin] = [this.cos[place * HALF + i], this.sin[place * HALF + i]];
          row[start + i] = a * cos - b * sin;
          row[start + HALF + i] = a * sin + b * cos;
        }
      block.keys.set(row.subarray(WIDTH, 2 * WIDTH), place * WIDTH);
      block.values.set(row.subarray(2 * WIDTH), place * WIDTH);
    }

    /**
     * Attention: what a place takes home goes into `x`. @param {Lab.Own} block @param {number} place @param {number} seen places
     * @returns {Float32Array[]} head -> share of each place that is seen
     */
    look({ keys, values }, place, seen) {
      const query = this.qkv[place];
      const mixed = this.x.fill(0);
      const heads = [];
      for (let start = 0; start < WIDTH; start += SIZE) {
        const end = start + SIZE;
        const share = new Float32Array(seen);
        for (let j = 0, at = 0; j < seen; j++, at += WIDTH) {
          let sum = 0;
          for (let i = start; i < end; i++) sum += query[i] * keys[at + i];
          share[j] = sum / Math.sqrt(SIZE);
        }
        lab.softmax(share, 1, share);
        for (let j = 0, at = 0; j < seen; j++, at += WIDTH) {
          const part = share[j];
          for (let i = start; i < end; i++) mixed[i] += part * values[at + i];
        }
        heads.push(share);
      }
      return heads;
    }
  }

  Object.assign(lab, { Transformer, BLOCKS, HEADS });
})();
