// Autoregressive: first the coordinate x by 48 free shares, then y given x by a network; within a bin all places are alike.
// settings: rate, width, bins
// show({x}) -> marginal (48 shares of x), conditional (48 shares of y given x), bin (in which x lies), bins, low, size (of a bin).
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const BINS = 48;
  const LOW = -2.6; // BINS bins from here to -LOW
  const SIZE = (-2 * LOW) / BINS;

  const binOf = (/** @type {number} */ v) =>
    Math.max(0, Math.min(BINS - 1, Math.floor((v - LOW) / SIZE)));

  /** @param {ArrayLike<number>} logits @param {number} from */
  function shares(logits, from) {
    let top = -Infinity;
    for (let j = 0; j < BINS; j++) top = Math.max(top, logits[from + j]);
    const out = Float32Array.from({ length: BINS }, (_, j) => Math.exp(logits[from + j] - top));
    const sum = out.reduce((a, b) => a + b);
    return out.map((v) => v / sum);
  }

  /** @param {ArrayLike<number>} all shares @param {Arena.Chance} chance */
  function pick(all, chance) {
    let left = chance.uniform();
    for (let j = 0; j < BINS; j++) if ((left -= all[j]) < 0) return j;
    return BINS - 1;
  }

  arena.families.autoregressive = class Autoregressive extends arena.Family {
    constructor(/** @type {Arena.Settings} */ settings) {
      super({ rate: 4e-3, width: 64, ...settings }, 5);
      const { width } = this.settings;
      this.first = new arena.Net(this.memory, this.chance, [1, BINS], "none");
      this.first.weights.fill(0); // its logits are free: all bins alike at first
      this.first.averages.fill(0);
      this.second = new arena.Net(this.memory, this.chance, [8, width, width, BINS], "silu");
    }

    /** y's logits given x, which comes as sines of its bin. @param {Arena.Tape} tape @param {ArrayLike<number>} columns bins of x */
    given(tape, columns) {
      const waves = tape.input(columns.length, 8);
      for (let i = 0, at = 0; i < columns.length; i++) {
        const place = ((columns[i] + 0.5) / BINS) * Math.PI;
        for (let k = 1; k <= 4; k++) {
          waves.v[at++] = Math.sin(2 ** (k - 1) * place);
          waves.v[at++] = Math.cos(2 ** (k - 1) * place);
        }
      }
      return this.second.on(tape, waves);
    }

    learn(/** @type {Float32Array} */ batch) {
      const tape = this.tape.begin();
      const [x, y] = [0, 1].map((side) =>
        Int32Array.from({ length: batch.length / 2 }, (_, i) => binOf(batch[2 * i + side])),
      );
      const one = tape.input(1, 1, [0]);
      const first = tape.crossEntropy(this.first.on(tape, one), x);
      const second = tape.crossEntropy(this.given(tape, x), y);
      const loss = tape.add(first, second);
      tape.backward(loss);
      this.first.adam(10 * this.settings.rate);
      this.second.adam(this.settings.rate);
      return { surprise: loss.v[0] + 2 * Math.log(SIZE) };
    }

    marginal() {
      return shares(this.first.layers[0].average.bias, 0);
    }

    draw(/** @type {number} */ n, /** @type {Arena.Chance} */ chance) {
      const all = this.marginal();
      const columns = Int32Array.from({ length: n }, () => pick(all, chance));
      const logits = this.given(this.sampler.begin(), columns).v;
      const out = new Float32Array(2 * n);
      for (let i = 0; i < n; i++) {
        out[2 * i] = LOW + SIZE * (columns[i] + chance.uniform());
        out[2 * i + 1] = LOW + SIZE * (pick(shares(logits, i * BINS), chance) + chance.uniform());
      }
      return out;
    }

    /** The shares of y in the column of bin x. @param {number} bin */
    conditional(bin) {
      return shares(this.given(this.sampler.begin(), [bin]).v, 0);
    }

    /** The shares of all bins of the plane: x by x, and in each column y by y. */
    table() {
      const marginal = this.marginal();
      const logits = this.given(
        this.sampler.begin(),
        Array.from(marginal, (_, bin) => bin),
      ).v;
      const out = new Float32Array(BINS * BINS);
      for (let i = 0; i < BINS; i++)
        out.set(
          shares(logits, i * BINS).map((share) => share * marginal[i]),
          i * BINS,
        );
      return out;
    }

    /** log p of points, exactly; minus infinity outside of the bins. @param {Float32Array} points */
    density(points) {
      const table = this.table();
      return Float32Array.from({ length: points.length / 2 }, (_, i) => {
        const [x, y] = [points[2 * i], points[2 * i + 1]];
        if (Math.max(Math.abs(x), Math.abs(y)) > -LOW) return -Infinity;
        return Math.log(table[binOf(x) * BINS + binOf(y)]) - 2 * Math.log(SIZE);
      });
    }

    show({ x = 0 } = {}) {
      const bin = binOf(x);
      return {
        marginal: this.marginal(),
        conditional: this.conditional(bin),
        bin,
        bins: BINS,
        low: LOW,
        size: SIZE,
        ...this.losses,
      };
    }
  };
})();
