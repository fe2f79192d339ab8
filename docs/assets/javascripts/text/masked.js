// Masked diffusion, docs/lab/text/masked.py: the transformer without its mask fills blanks in any order.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const BLANK = 2048; // one more token: a place that is not yet written

  class Masked extends lab.Transformer {
    /** @param {Lab.Own} packed @param {{plain?: boolean}} [about] */
    constructor(packed, about) {
      super(packed, { ...about, causal: false });
    }

    /**
     * Fill the blanks of a line in a number of steps. In each step every blank draws a token; the surest of them stay
     * (or random ones, if not `sure`), and the others become blank again.
     * @param {number[]} ids @param {{steps: number, sure?: boolean, temperature?: number, topP?: number}} about @param {Lab.Chance} chance
     * @returns {{ids: number[], at: number[], sure: Map<number, number>}[]} the line after each step, what was filled, and with what probability
     */
    fill(ids, { steps, sure = true, temperature = 1, topP = 1 }, chance) {
      const film = [];
      for (let left = steps; left > 0; left--) {
        const blanks = ids.flatMap((id, place) => (id === BLANK ? [place] : []));
        if (!blanks.length) break;
        const scores = this.all(ids);
        const drawn = blanks.map((place) => {
          const { shares, order, kept } = lab.choose(scores[place], { temperature, topP });
          const id = order[chance.pick(Array.from(order.subarray(0, kept), (one) => shares[one]))];
          return { place, id, share: shares[id], rank: sure ? shares[id] : chance.uniform() };
        });
        drawn.sort((a, b) => b.rank - a.rank || a.place - b.place);
        const stay = drawn.slice(0, Math.ceil(blanks.length / left));
        ids = ids.slice();
        for (const { place, id } of stay) ids[place] = id;
        film.push({
          ids,
          at: stay.map(({ place }) => place),
          sure: new Map(stay.map(({ place, share }) => [place, share])),
        });
      }
      return film;
    }
  }

  Object.assign(lab, { Masked, BLANK });
})();
