// From scores to the probabilities that a token is drawn from: temperature, top-k, top-p, greedy.
(function () {
  "use strict";
  const lab = window.fieldguideLab;

  /**
   * Ids from the highest score on. Sorting numbers natively is ten times faster than with a function that compares them,
   * so score and id become one number: the bits of the score, in an order that sorts, and behind them the id.
   * @param {ArrayLike<number>} scores @returns {Uint32Array}
   */
  function ranked(scores) {
    const floats = new Float32Array(scores.length);
    for (let i = 0; i < floats.length; i++) floats[i] = scores[i] + 0; // no negative zero
    const bits = new Uint32Array(floats.buffer);
    const keys = new Float64Array(bits.length);
    for (let i = 0; i < keys.length; i++)
      keys[i] = (bits[i] >>> 31 ? bits[i] : 0x7fffffff - bits[i]) * 65536 + i;
    keys.sort();
    const order = new Uint32Array(keys.length);
    for (let i = 0; i < order.length; i++) order[i] = keys[i] % 65536;
    return order;
  }

  /**
   * The knobs, in the order in which they act: temperature, then top-k, then top-p on what is left.
   * @param {ArrayLike<number>} scores
   * @param {{temperature?: number, topK?: number, topP?: number, greedy?: boolean}} knobs topK 0 keeps all
   * @returns {{order: Uint32Array, shares: Float64Array, kept: number}} ids from the most probable on; the probability
   *   of each id, 0 where it was cut; how many are left
   */
  function choose(scores, { temperature = 1, topK = 0, topP = 1, greedy = false }) {
    const n = scores.length;
    const order = ranked(scores);
    const shares = new Float64Array(n);
    if (greedy || temperature <= 0) {
      shares[order[0]] = 1;
      return { order, shares, kept: 1 };
    }
    const most = topK > 0 ? Math.min(n, topK) : n;
    const top = scores[order[0]];
    let sum = 0;
    for (let r = 0; r < most; r++)
      sum += shares[order[r]] = Math.exp((scores[order[r]] - top) / temperature);
    let kept = most;
    if (topP < 1) {
      kept = 0;
      let total = 0;
      while (kept < most && total < topP * sum) total += shares[order[kept++]];
      kept = Math.max(1, kept);
      for (let r = kept; r < most; r++) shares[order[r]] = 0;
      sum = 0;
      for (let r = 0; r < kept; r++) sum += shares[order[r]];
    }
    for (let r = 0; r < kept; r++) shares[order[r]] /= sum;
    return { order, shares, kept };
  }

  /** Surprise in bits at a token. @param {ArrayLike<number>} scores @param {number} id */
  const bits = (scores, id) => (lab.logSum(scores) - scores[id]) / Math.LN2;

  Object.assign(lab, { choose, bits });
})();
