// The smallest network that the guide shows: one number in, a row of neurons, one number out, and plain gradient descent.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const SPREAD = 3; // how steep the neurons are at first

  /** out = sum of v tanh(w x + b) over the neurons, plus c. */
  class Fit {
    /** @param {number} neurons @param {number} seed */
    constructor(neurons, seed) {
      this.memory = new arena.Memory(1, true);
      const chance = new arena.Chance(seed, 80);
      this.net = new arena.Net(this.memory, chance, [1, neurons, 1], "tanh", {
        first: SPREAD,
        last: 0.3,
      });
      this.tape = new arena.Tape(this.memory);
      this.steps = 0;
    }

    get weights() {
      return this.net.weights;
    }

    /** The mean squared error on points. @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys */
    measured(xs, ys) {
      const tape = this.tape.begin();
      const out = this.net.on(tape, tape.input(xs.length, 1, xs));
      return tape.squares(out, tape.input(ys.length, 1, ys));
    }

    /** @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys @returns {number} */
    loss(xs, ys) {
      return this.measured(xs, ys).v[0];
    }

    /** One step: each weight moves against its slope. @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys @param {number} rate */
    step(xs, ys, rate) {
      const { weights, slopes } = this.net;
      const loss = this.measured(xs, ys);
      this.tape.backward(loss);
      for (let i = 0; i < weights.length; i++) weights[i] -= rate * slopes[i];
      slopes.fill(0);
      this.steps += 1;
      if (
        !Number.isFinite(loss.v[0]) ||
        weights.some((/** @type {number} */ w) => !Number.isFinite(w))
      )
        throw new arena.Exploded("loss");
      return loss.v[0];
    }

    /** What it answers at some places, and what each neuron adds to that. @param {number[]} xs */
    curve(xs) {
      const [hidden, last] = this.net.layers;
      const parts = Array.from(hidden.bias, (/** @type {number} */ b, /** @type {number} */ j) =>
        xs.map((x) => last.weight[j] * Math.tanh(hidden.weight[j] * x + b)),
      );
      const sum = xs.map((_, i) => parts.reduce((all, part) => all + part[i], last.bias[0]));
      return { sum, parts };
    }
  }

  Object.assign(arena, { Fit });
})();
