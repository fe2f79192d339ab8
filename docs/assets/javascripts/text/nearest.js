// What a written definition stands on: the training definitions that share most words with it.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const SHOWN = 4;

  /** The words of a text and the pairs of neighbors, each once. @param {string} text */
  function parts(text) {
    /** @type {string[]} */
    const words = text.toLowerCase().match(/[a-z0-9]+/g) || [];
    return new Set(words.concat(words.slice(1).map((word, i) => `${words[i]} ${word}`)));
  }

  /** The 32-bit FNV-1a hash of a text. @param {string} text */
  function fnv(text) {
    let value = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(text))
      value = Math.imul(value ^ byte, 0x01000193) >>> 0;
    return value;
  }

  /** An index of training definitions. */
  class Stands {
    /** @param {Lab.Own} packed what stands.js holds; an Error says if it is damaged */
    constructor(packed) {
      if (!packed || packed.format !== 1 || !Array.isArray(packed.lines))
        throw new Error("unknown format");
      this.of = packed.of;
      /** @type {string[]} */
      this.lines = packed.lines;
      const bytes = Uint8Array.from(atob(packed.hashes), (letter) => letter.charCodeAt(0));
      this.hashes = new Uint32Array(bytes.buffer);
      /** @type {Map<string, number[]>} a word or a pair -> the lines that hold it */
      this.where = new Map();
      this.sizes = this.lines.map((line, i) => {
        const found = parts(line.slice(line.indexOf(": ") + 2));
        for (const part of found) {
          const list = this.where.get(part);
          if (list) list.push(i);
          else this.where.set(part, [i]);
        }
        return found.size;
      });
    }

    /** Is it, letter by letter, a definition that was trained on? @param {string} text */
    has(text) {
      const wanted = fnv(text);
      let [low, high] = [0, this.hashes.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.hashes[middle] < wanted) low = middle + 1;
        else high = middle;
      }
      return this.hashes[low] === wanted;
    }

    /** The lines most like a text: twice what both share, divided by the sizes of both. @param {string} text @param {number} n */
    nearest(text, n) {
      const mine = parts(text);
      /** @type {Map<number, number>} */
      const shared = new Map();
      for (const part of mine)
        for (const i of this.where.get(part) || []) shared.set(i, (shared.get(i) || 0) + 1);
      return Array.from(shared, ([i, count]) => ({
        line: this.lines[i],
        alike: (2 * count) / (mine.size + this.sizes[i]),
      }))
        .sort((a, b) => b.alike - a.alike || (a.line < b.line ? -1 : 1))
        .slice(0, n);
    }
  }

  /** @type {Promise<Stands> | undefined} */
  let loading;

  /** @param {Panel} panel @param {Lab.Session} session */
  lab.nearest = (panel, session) => {
    if (session.ids.length === session.given)
      while (!session.ended) session.step({ temperature: 0.7, topP: 0.9 });
    panel.text(panel.root, "What the model wrote:", "lab-caption");
    const wrote = panel.root.appendChild(el("p", { class: "text-wrote" }));
    const controls = panel.row();
    panel.button(controls, "Another draw", () => {
      session.seed = (session.seed + 1) % 1000000;
      session.begin(session.word);
      while (!session.ended)
        session.step(lab.knobs ? lab.knobs() : { temperature: 0.7, topP: 0.9 });
      session.keep();
      panel.refresh();
    });
    const note = panel.text(panel.root, "", "lab-caption");
    const list = panel.root.appendChild(el("ol", { class: "text-near" }));
    panel.lesson(
      "What it writes is mostly stitched from pieces it has met. A whole definition can come back word for word, too: that is memorization, and it can be measured.",
    );
    panel.draw = async () => {
      const text = session.text();
      wrote.replaceChildren(el("b", {}, `${session.word}: `), text || "(nothing)");
      note.textContent = "Loading the definitions it was trained on \u2026";
      loading =
        loading ||
        lab.load("stands", () => {}).then((/** @type {Lab.Own} */ packed) => new Stands(packed));
      /** @type {Stands} */
      let stands;
      try {
        stands = /** @type {Stands} */ (await loading);
      } catch {
        loading = undefined;
        if (!panel.closed)
          note.textContent =
            "The list of training definitions is missing or damaged, so nothing can be compared.";
        return;
      }
      if (panel.closed) return;
      const mine = parts(text);
      note.textContent = `Nearest of the ${stands.lines.length.toLocaleString("en-US")} most used training definitions; shared words are marked.`;
      list.replaceChildren(
        ...stands.nearest(text, SHOWN).map(({ line, alike }) => {
          const words = line
            .split(/([a-z0-9]+)/i)
            .map((piece) =>
              mine.has(piece.toLowerCase()) && /[a-z0-9]/i.test(piece)
                ? el("mark", {}, piece)
                : piece,
            );
          return el("li", {}, el("em", {}, lab.percent(alike)), el("span", {}, ...words));
        }),
      );
      const known = stands.has(text);
      panel.say(
        `${known ? "Word for word, this is" : "Word for word, this is none"} of all ${stands.of.toLocaleString("en-US")} definitions it was trained on${known ? ": copied, not composed" : ""}.`,
      );
    };
  };
  Object.assign(lab, { Stands });
})();
