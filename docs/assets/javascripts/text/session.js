// The line that the tabs of the transformer share: the reader's words, what was written, and the knobs.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const EXAMPLES = ["penguin", "sadness", "computer program", "dragon", "to whisper"];

  class Session {
    /** @param {Lab.TextUi} ui @param {Lab.Tokenizer} tokenizer @param {Lab.TextModel} model */
    constructor(ui, tokenizer, model) {
      this.ui = ui;
      this.tokenizer = tokenizer;
      this.model = model;
      this.given = 0; // tokens of the beginning
      /** @type {number[]} */
      this.ids = [];
      this.note = "";
      const number = (/** @type {string} */ text) =>
        /^\d{1,6}$/.test(text) ? Number(text) : undefined;
      this.word = ui.get(
        "word",
        EXAMPLES[0],
        (/** @type {string} */ text) => lab.clean(text) || undefined,
      );
      this.seed = ui.get("seed", 1, number);
      /** @type {string[]} lines that were left at a fork */
      this.left = [];
      this.begin(this.word);
      const kept = ui.get("made", "", (/** @type {string} */ text) => {
        const ids = text.split(".").map(Number);
        return ids.every((id) => Number.isInteger(id) && id >= 0 && id < tokenizer.size)
          ? text
          : undefined;
      });
      if (kept) this.ids = [...this.ids, ...kept.split(".").map(Number)].slice(0, lab.LONGEST);
    }

    /** @param {string} word start a new line; `note` tells if it is shorter than what was typed */
    begin(word) {
      const { ids, cut } = lab.prompt(this.tokenizer, word);
      this.word = word;
      this.given = ids.length;
      this.ids = ids;
      this.note = cut ? " The model reads 40 tokens of a beginning, so yours was cut there." : "";
    }

    keep() {
      this.ui.set("word", this.word.slice(0, 300));
      this.ui.set("seed", this.seed);
      this.ui.set("made", this.ids.slice(this.given).join("."));
    }

    get ended() {
      return (
        this.ids.length >= lab.LONGEST ||
        (this.ids.length > this.given && this.ids[this.ids.length - 1] === lab.BREAK)
      );
    }

    /** What was written, or the whole line. @param {boolean} [whole] */
    text(whole = false) {
      return this.tokenizer
        .decode(this.ids.slice(whole ? 1 : this.given))
        .replace(/\n/g, "")
        .trim();
    }

    /** @param {number} place @param {number} id put a token there; what stood there and behind it is left */
    take(place, id) {
      if (this.ids[place] === id) return;
      if (place < this.ids.length) {
        this.left = [
          this.ids.slice(this.given).join("."),
          ...this.left.filter((line) => line),
        ].slice(0, 3);
      }
      this.ids = [...this.ids.slice(0, place), id];
      this.keep();
    }

    /** @param {Lab.Knobs} knobs draw the next token: the same seed and place draw alike */
    step(knobs) {
      const scores = this.model.next(this.ids);
      const { order, shares, kept } = lab.choose(scores, knobs);
      const chance = new lab.Chance(this.seed, this.ids.length);
      const pick = chance.pick(
        Array.from(order.subarray(0, kept), (/** @type {number} */ id) => shares[id]),
      );
      this.take(this.ids.length, order[pick]);
    }
  }

  /**
   * The field for the reader's words, with some to try. @param {Panel} panel @param {HTMLElement} parent
   * @param {Session} session @param {() => void} act after a new line was begun
   */
  function asking(panel, parent, session, act) {
    const { el } = lab;
    const form = el("form", { class: "lab-field text-ask" });
    const input = el("input", {
      type: "text",
      "aria-label": "A word or a phrase",
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      enterkeyhint: "go",
    });
    input.value = session.word.slice(0, 300);
    const go = panel.ui.safe((/** @type {string} */ word) => {
      if (!lab.clean(word))
        return panel.say("Type a word or a phrase: what stands there has no letters.");
      session.begin(word);
      session.left = [];
      session.keep();
      act();
    });
    form.addEventListener(
      "submit",
      (/** @type {Event} */ event) =>
        (event.preventDefault(), go(input.value)),
    );
    form.append(input, el("button", { class: "lab-button text-go" }, "Define it"));
    const tries = el("span", { class: "text-tries" });
    for (const word of EXAMPLES) panel.button(tries, word, () => ((input.value = word), go(word)));
    form.append(tries);
    parent.append(form);
    return input;
  }

  Object.assign(lab, { Session, asking });
})();
