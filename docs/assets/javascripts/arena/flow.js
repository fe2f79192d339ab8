// A normalizing flow of couplings: from data x to noise z and back, exactly; log p(x) = log N(z) + log |dz/dx|.
// settings: rate, couplings, width
// show({side, lines}) -> grid (where a lattice of noise, lines x lines over -2.5..2.5, comes to lie among the data, row by
// row), spread (log-determinant there: how far the map spreads), density (log p on a lattice of side x side).
(function () {
  "use strict";
  const arena = window.fieldguideArena;

  arena.families.flow = class Flow extends arena.Family {
    constructor(/** @type {Arena.Settings} */ settings) {
      super({ rate: 2e-3, couplings: 8, width: 32, ...settings }, 3);
      const { couplings, width } = this.settings;
      const sizes = [1, width, width, 2];
      this.nets = Array.from(
        { length: couplings },
        () => new arena.Net(this.memory, this.chance, sizes, "silu", { first: 3, last: 0.1 }),
      );
    }

    /** Data to noise: points, and the log-determinant as third column. @param {Arena.Tape} tape @param {Arena.Matrix} x */
    inward(tape, x) {
      this.nets.forEach(
        (net, i) =>
          (x = tape.couple(x, net.on(tape, tape.columns(x, 1 - (i & 1), 2 - (i & 1))), i & 1)),
      );
      return x;
    }

    learn(/** @type {Float32Array} */ batch) {
      const tape = this.tape.begin();
      const loss = tape.surprise(this.inward(tape, tape.input(batch.length / 2, 2, batch)));
      tape.backward(loss);
      for (const net of this.nets) net.adam(this.settings.rate);
      return { surprise: loss.v[0] };
    }

    /** Noise to data: the couplings undone, the last one first. @param {Float32Array} z @returns {{x: Float32Array, spread: Float32Array}} x and log |dx/dz| */
    outward(z) {
      const tape = this.sampler.begin();
      const n = z.length / 2;
      const x = Float32Array.from(z);
      const spread = new Float32Array(n);
      for (let i = this.nets.length - 1; i >= 0; i--) {
        const side = i & 1;
        const given = tape.input(n, 1);
        for (let k = 0; k < n; k++) given.v[k] = x[2 * k + 1 - side];
        const raw = this.nets[i].on(tape, given).v;
        for (let k = 0; k < n; k++) {
          const s = 1.5 * Math.tanh(raw[2 * k]);
          x[2 * k + side] = (x[2 * k + side] - raw[2 * k + 1]) * Math.exp(-s);
          spread[k] -= s;
        }
      }
      return { x, spread };
    }

    draw(/** @type {number} */ n, /** @type {Arena.Chance} */ chance) {
      return this.outward(chance.normals(new Float32Array(2 * n))).x;
    }

    /** log p of points, exactly. @param {Float32Array} points */
    density(points) {
      return arena.blocks(points, 1, (/** @type {Float32Array} */ x) => {
        const tape = this.sampler.begin();
        const { v } = this.inward(tape, tape.input(x.length / 2, 2, x));
        const half = Math.log(2 * Math.PI);
        return Float32Array.from(
          { length: x.length / 2 },
          (_, i) => v[3 * i + 2] - (v[3 * i] ** 2 + v[3 * i + 1] ** 2) / 2 - half,
        );
      });
    }

    show({ side = 32, lines = 21 } = {}) {
      const z = arena.lattice(lines, (2.5 * lines) / (lines - 1));
      const grid = arena.blocks(z, 2, (/** @type {Float32Array} */ part) => this.outward(part).x);
      const spread = arena.blocks(
        z,
        1,
        (/** @type {Float32Array} */ part) => this.outward(part).spread,
      );
      return {
        grid,
        spread,
        lines,
        density: this.density(arena.lattice(side)),
        side,
        ...this.losses,
      };
    }
  };
})();
