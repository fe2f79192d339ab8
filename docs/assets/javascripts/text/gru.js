// The recurrent network of docs/lab/text/gru.py: all that it knows of a line is its state.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const [TOKENS, WIDTH, LAYERS] = [2048, 288, 2];

  class GRU {
    /** @param {Lab.Own} packed @param {{plain?: boolean}} [about] */
    constructor(packed, { plain = false } = {}) {
      const numbers = new lab.Numbers(packed, plain);
      const { memory } = numbers;
      this.count = numbers.count;
      this.memory = memory;
      this.embedding = numbers.tensor("embedding.weight", TOKENS, WIDTH);
      this.norm = numbers.tensor("norm.weight", WIDTH);
      this.cells = Array.from({ length: LAYERS }, (_, i) => ({
        read: numbers.tensor(`cells.${i}.read.weight`, 3 * WIDTH, WIDTH),
        bias: numbers.tensor(`cells.${i}.read.bias`, 3 * WIDTH),
        keep: numbers.tensor(`cells.${i}.keep.weight`, 3 * WIDTH, WIDTH),
      }));
      const row = (/** @type {number} */ n) => /** @type {Float32Array} */ (memory.take(n));
      this.x = row(WIDTH);
      this.h = row(WIDTH);
      this.scores = row(TOKENS);
      this.now = row(3 * WIDTH);
      this.old = row(3 * WIDTH);
      this.size = WIDTH;
    }

    /** The state before the first token. @returns {Float32Array[]} one for each layer */
    begin() {
      return this.cells.map(() => new Float32Array(WIDTH));
    }

    /** @param {Float32Array[]} state @param {number} id @returns {{state: Float32Array[], scores: Float32Array}} the next state, and scores of the next token */
    next(state, id) {
      const { memory, x, h, now, old } = this;
      x.set(this.embedding.subarray(id * WIDTH, (id + 1) * WIDTH));
      const made = this.cells.map((cell, layer) => {
        h.set(state[layer]);
        memory.multiply(cell.read, x, now);
        lab.plus(now, cell.bias);
        memory.multiply(cell.keep, h, old);
        const out = new Float32Array(WIDTH);
        for (let i = 0; i < WIDTH; i++) {
          const forget = lab.sigmoid(now[i] + old[i]);
          const reset = lab.sigmoid(now[WIDTH + i] + old[WIDTH + i]);
          const fresh = Math.tanh(now[2 * WIDTH + i] + reset * old[2 * WIDTH + i]);
          out[i] = forget * h[i] + (1 - forget) * fresh;
        }
        lab.plus(x, out);
        return out;
      });
      lab.norm(x, this.norm, h);
      memory.multiply(this.embedding, h, this.scores);
      return { state: made, scores: this.scores.slice() };
    }
  }

  lab.GRU = GRU;
})();
