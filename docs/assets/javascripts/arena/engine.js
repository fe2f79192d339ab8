// The arena's engine: reverse-mode differentiation on small matrices, Adam, and chance that a seed repeats.
//
// How the parts fit (all hang on window.fieldguideArena, below called `arena`):
//   const model = new arena.families.gan({ seed: 1, ...settings });  // gan vae flow diffusion autoregressive matching
//   model.step(batch)      one step of training on a Float32Array of points x0 y0 x1 y1 ...; returns its losses by name,
//                          and throws arena.Exploded when one of them is no number. model.steps counts.
//   model.sample(n, seed)  n points by the averaged weights (EMA .99). Chunks of 32 have chance of their own, so
//                          model.chunk(k, seed) gives points 32 k to 32 k + 31 of the same cloud, for a slice of time.
//                          Neither changes training.
//   model.show(options)    what is particular to the family, as plain numbers; each file's head says what.
//   model.settings         rates and switches; what is read at every step may be changed while it learns.
// Data: arena.data (data.js). Points live in about -2..2 on both axes; pictures show arena.BOX = 2.6 to each side.
//
// A step is written as on paper: operations on a Tape, then tape.backward(loss), then net.adam(...). A tape lends the
// matrices of the step before again, so that nothing is allocated while it learns.
(function () {
  "use strict";
  const arena = window.fieldguideArena;

  /** A matrix: values v, slopes g (of the loss by each value), and whether anyone asks for the slopes. */
  class Matrix {
    /** @param {number} rows @param {number} columns @param {Float32Array} v @param {Float32Array | null} g */
    constructor(rows, columns, v, g) {
      this.rows = rows;
      this.columns = columns;
      this.v = v;
      this.g = g;
      this.needs = false;
      /** @type {((out: any) => void) | null} what sends the slopes on to the inputs */
      this.back = null;
      this.a = this.b = this.c = this.keep = /** @type {any} */ (null); // inputs, and what the way back needs
    }
  }

  /** Where a step is written down, so that its slopes can be found on the way back. */
  class Tape {
    /** @param {Arena.Memory} memory @param {{learns?: boolean}} [about] not learning: averaged weights, and no slopes */
    constructor(memory, { learns = true } = {}) {
      this.memory = memory;
      this.learns = learns;
      /** @type {Matrix[]} in the order of this step's operations */
      this.made = [];
      /** @type {Map<number, {all: Matrix[], used: number}>} by shape */
      this.pools = new Map();
      /** @type {Float32Array} */
      this.scratch = new Float32Array(0);
    }

    /** Begin a step: the matrices of the last one are used again. */
    begin() {
      this.made.length = 0;
      for (const pool of this.pools.values()) pool.used = 0;
      return this;
    }

    /** @param {number} rows @param {number} columns @param {boolean} needs @param {boolean} [keeps] @returns {Matrix} */
    matrix(rows, columns, needs, keeps = false) {
      const { memory, learns } = this;
      const size = rows * columns;
      const shape = rows * 65536 + columns;
      let pool = this.pools.get(shape);
      if (!pool) this.pools.set(shape, (pool = { all: [], used: 0 }));
      if (pool.used === pool.all.length)
        pool.all.push(
          new Matrix(rows, columns, memory.take(size), learns ? memory.take(size) : null),
        );
      const m = pool.all[pool.used++];
      if (keeps && learns && !m.keep) m.keep = memory.take(size);
      this.made.push(m);
      m.needs = needs && learns;
      m.back = null;
      if (m.needs) /** @type {Float32Array} */ (m.g).fill(0);
      return m;
    }

    /** What comes from outside. @param {number} rows @param {number} columns @param {ArrayLike<number>} [values] */
    input(rows, columns, values, needs = false) {
      const m = this.matrix(rows, columns, needs);
      if (values) m.v.set(values);
      return m;
    }

    /** Slopes from the loss (one number) to everything it was made of. @param {Matrix} loss */
    backward(loss) {
      /** @type {Float32Array} */ (loss.g)[0] = 1;
      for (let i = this.made.indexOf(loss); i >= 0; i--) {
        const m = this.made[i];
        if (m.needs && m.back) m.back(m);
      }
    }

    /** activation(x W + b), the layer of all six. @param {Matrix} x @param {Arena.Layer} layer */
    linear(x, layer) {
      const { learns, memory } = this;
      const { weight, bias } = learns ? layer : layer.average;
      const { rows } = x;
      const n = layer.outputs;
      const trains = learns && !layer.net.frozen;
      const out = this.matrix(rows, n, trains || x.needs, layer.activation === "silu");
      out.v.set(bias);
      for (let done = n; done < out.v.length; done *= 2) out.v.copyWithin(done, 0, done);
      memory.product(x.v, layer.inputs, 1, weight, out.v, rows, layer.inputs, n);
      if (layer.activation !== "none") memory.activate(layer.activation, out.v, out.keep);
      if (!learns) return out;
      out.a = x;
      out.b = layer;
      out.c = trains;
      out.back =
        this.linearBack || (this.linearBack = (/** @type {Matrix} */ m) => this.backLinear(m));
      return out;
    }

    /** @param {Matrix} out */
    backLinear(out) {
      const { memory } = this;
      const [x, layer, trains] = [out.a, out.b, out.c];
      const { inputs, outputs } = layer;
      const g = /** @type {Float32Array} */ (out.g);
      if (layer.activation !== "none") memory.turnBack(layer.activation, g, out.v, out.keep);
      if (trains) {
        memory.product(x.v, 1, inputs, g, layer.weightSlope, inputs, out.rows, outputs); // X^T G
        memory.sums(g, layer.biasSlope, out.rows);
      }
      if (!x.needs) return;
      if (this.scratch.length < inputs * outputs) this.scratch = memory.take(inputs * outputs);
      memory.turn(layer.weight, this.scratch, inputs, outputs);
      memory.product(g, outputs, 1, this.scratch, x.g, out.rows, outputs, inputs); // G W^T
    }
  }

  Object.assign(arena, { Matrix, Tape });
})();
