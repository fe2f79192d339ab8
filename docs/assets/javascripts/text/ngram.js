// Shannon's experiment: count which letter follows which, and write on. Orders 0 to 5.
(function () {
  "use strict";
  const lab = window.fieldguideLab;

  /** @typedef {{total: number, next: Map<string, number>}} Counts what followed a context, and how often */

  class Ngrams {
    /** @param {string} text @param {number} order how many letters back it looks at most */
    constructor(text, order) {
      const letters = Array.from(text);
      this.alphabet = Array.from(new Set(letters)).sort();
      this.order = order;
      /** @type {Map<string, Counts>[]} one for each length of the context */
      this.tables = Array.from({ length: order + 1 }, () => new Map());
      for (let i = 0; i < letters.length; i++) {
        let context = "";
        for (let n = 0; n <= order && n <= i; n++) {
          if (n) context = letters[i - n] + context;
          let counts = this.tables[n].get(context);
          if (!counts) this.tables[n].set(context, (counts = { total: 0, next: new Map() }));
          counts.total++;
          counts.next.set(letters[i], (counts.next.get(letters[i]) || 0) + 1);
        }
      }
    }

    /** What followed the last letters, as many of them as occur in the text. @param {string[]} past @param {number} order */
    counts(past, order) {
      for (let n = Math.min(order, past.length); n >= 0; n--) {
        const found = this.tables[n].get(past.slice(past.length - n).join(""));
        if (found) return found;
      }
      return { total: 0, next: new Map() };
    }

    /** Write letters, each drawn from what followed the last ones in the text. @param {number} order @param {number} length @param {Lab.Chance} chance @param {string} [start] */
    write(order, length, chance, start = "") {
      const out = Array.from(start);
      for (let i = 0; i < length; i++) {
        const { total, next } = this.counts(out, order);
        let left = chance.uniform() * total;
        for (const [letter, count] of next) {
          left -= count;
          if (left < 0) {
            out.push(letter);
            break;
          }
        }
      }
      return out.join("");
    }

    /**
     * The probability of a letter, smoothed (Witten and Bell): shorter contexts lend the more, the more different letters
     * followed; at the bottom, all letters of the text and one for any other are equally likely.
     * @param {string[]} past @param {string} letter @param {number} order
     */
    probability(past, letter, order) {
      let p = 1 / (this.alphabet.length + 1);
      for (let n = 0; n <= Math.min(order, past.length); n++) {
        const found = this.tables[n].get(past.slice(past.length - n).join(""));
        if (!found) break;
        const kinds = found.next.size;
        p = ((found.next.get(letter) || 0) + kinds * p) / (found.total + kinds);
      }
      return p;
    }

    /** Bits per letter of a text that was not counted. @param {string} text @param {number} order */
    bits(text, order) {
      const letters = Array.from(text);
      let sum = 0;
      for (let i = 0; i < letters.length; i++)
        sum -= Math.log2(
          this.probability(letters.slice(Math.max(0, i - order), i), letters[i], order),
        );
      return letters.length ? sum / letters.length : 0;
    }
  }

  lab.Ngrams = Ngrams;
})();
