// Byte pair encoding: text to tokens and back, with the pairs that tokenizer.py has learned.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const PIECE = /\n| ?[A-Za-z]+| ?[0-9]+| ?[^ \nA-Za-z0-9]+| +/g; // nothing is joined across these
  const SPAN = 1 << 16; // more than there are tokens: two ids make one number

  class Tokenizer {
    /** @param {Lab.Own} packed what the script holds; an Error says if it is damaged */
    constructor(packed) {
      if (!packed || packed.format !== 1 || !Array.isArray(packed.merges))
        throw new Error("unknown format");
      /** @type {Map<number, number>} */
      this.rank = new Map();
      this.bytes = Array.from({ length: 256 }, (_, i) => [i]);
      for (let i = 0; i < packed.merges.length; i += 2) {
        const [a, b] = packed.merges.slice(i, i + 2);
        if (!this.bytes[a] || !this.bytes[b]) throw new Error("a pair of unknown tokens");
        this.rank.set(a * SPAN + b, this.bytes.length);
        this.bytes.push([...this.bytes[a], ...this.bytes[b]]);
      }
      this.size = this.bytes.length;
      /** @type {Map<string, number[]>} */
      this.known = new Map(); // pieces that were met before
    }

    /** @param {string} text @returns {number[]} its ids */
    encode(text) {
      const out = [];
      for (const piece of text.match(PIECE) || []) for (const id of this.piece(piece)) out.push(id);
      return out;
    }

    /** @param {string} piece @returns {number[]} its ids: the pair that was learned first is joined first */
    piece(piece) {
      let ids = this.known.get(piece);
      if (ids) return ids;
      ids = Array.from(new TextEncoder().encode(piece));
      for (;;) {
        let best = Infinity;
        for (let i = 0; i + 1 < ids.length; i++)
          best = Math.min(best, this.rank.get(ids[i] * SPAN + ids[i + 1]) ?? Infinity);
        if (best === Infinity) break;
        /** @type {number[]} */
        const joined = [];
        for (let i = 0; i < ids.length; i++) {
          const both = i + 1 < ids.length && this.rank.get(ids[i] * SPAN + ids[i + 1]) === best;
          joined.push(both ? best : ids[i]);
          if (both) i++;
        }
        ids = joined;
      }
      if (this.known.size < 20000) this.known.set(piece, ids);
      return ids;
    }

    /** @param {ArrayLike<number>} ids @returns {string} bytes that are no UTF-8 become a replacement character */
    decode(ids) {
      const bytes = [];
      for (let i = 0; i < ids.length; i++) bytes.push(...this.bytes[ids[i]]);
      return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
    }

    /** A token as a person reads it. @param {number} id */
    show(id) {
      const text = this.decode([id]);
      if (text === "\n") return "\u23ce";
      // eslint-disable-next-line no-control-regex
      if (/[\u0000-\u001f\u007f-\u009f\ufffd]/.test(text))
        return this.bytes[id]
          .map((byte) => `\u2039${byte.toString(16).padStart(2, "0")}\u203a`)
          .join("");
      return text;
    }
  }

  lab.Tokenizer = Tokenizer;
})();
