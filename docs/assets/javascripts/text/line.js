// What all widgets share that show a line of text as tokens: the reader's words, chips, tints, bars.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const BREAK = 10; // the token that begins and ends each line
  const MOST = 40; // tokens of a prompt, so that room is left to go on
  const LETTERS = 300; // of what is typed

  /** A text on one line, without control characters; empty if nothing is left. @param {string} text */
  const clean = (text) =>
    text
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
      .replace(/\s+/g, " ")
      .trim();

  /**
   * The reader's words as the beginning of a line.
   * @param {Lab.Tokenizer} tokenizer @param {string} text @returns {{ids: number[], cut: boolean}} the line break, the words, a colon
   */
  function prompt(tokenizer, text) {
    const short = Array.from(clean(text)).slice(0, LETTERS).join("");
    const ids = tokenizer.encode(`\n${short}${short.includes(":") ? "" : ":"}`);
    const cut = ids.length > MOST || Array.from(clean(text)).length > LETTERS;
    return {
      ids: ids.length > MOST ? [...ids.slice(0, MOST - 1), ...tokenizer.encode(":")] : ids,
      cut,
    };
  }

  /**
   * A line of tokens, each a button with its id below. @param {HTMLElement} box @param {Lab.Tokenizer} tokenizer
   * @param {number[]} ids @param {{made?: number, at?: number, act?: (i: number) => void, tint?: (i: number) => number, about?: (i: number) => string, quiet?: boolean}} about
   */
  function chips(box, tokenizer, ids, { made = 0, at = -1, act, tint, about, quiet }) {
    const focus = box.contains(document.activeElement)
      ? Array.from(box.children).indexOf(/** @type {Element} */ (document.activeElement))
      : -1;
    box.replaceChildren(
      ...ids.map((id, i) => {
        const text = tokenizer.show(id);
        const style = `text-chip${i < made ? " text-given" : ""}${i === at ? " text-at" : ""}${tint ? " text-tint" : ""}`;
        const word = el(
          "span",
          {},
          text.replace(/^ +/, (/** @type {string} */ blanks) => "\u00b7".repeat(blanks.length)),
        );
        const chip = el(
          act ? "button" : "span",
          { class: style, ...(act && { type: "button" }) },
          word,
          ...(quiet ? [] : [el("small", {}, String(id))]),
        );
        if (tint) chip.style.setProperty("--share", tint(i).toFixed(3));
        if (about) chip.title = about(i);
        if (act) {
          chip.setAttribute(
            "aria-label",
            `${text === "\u23ce" ? "line break" : text}${about ? `, ${about(i)}` : `, token ${id}`}`,
          );
          if (i === at) chip.setAttribute("aria-current", "true");
          chip.addEventListener("click", () => act(i));
        }
        return chip;
      }),
    );
    if (focus >= 0 && box.children[Math.min(focus, ids.length - 1)])
      /** @type {HTMLElement} */ (box.children[Math.min(focus, ids.length - 1)]).focus({
        preventScroll: true,
      });
  }

  /** Let arrow keys walk along the buttons in a box. @param {HTMLElement} box @param {boolean} [press] and press them */
  function walk(box, press = false) {
    box.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next =
        step &&
        /** @type {HTMLElement} */ (
          box.children[
            Array.from(box.children).indexOf(/** @type {Element} */ (document.activeElement)) + step
          ]
        );
      if (!next) return;
      event.preventDefault();
      next.focus();
      if (press) next.click();
    });
  }

  /**
   * Ten candidates as bars: filled, what a token is drawn with; outlined, what the model itself gives.
   * @param {HTMLElement} parent @param {Lab.Tokenizer} tokenizer @param {(id: number) => void} act
   */
  function candidates(parent, tokenizer, act) {
    const list = el("div", {
      class: "text-bars",
      role: "group",
      "aria-label": "The ten most probable tokens",
    });
    const rows = Array.from({ length: 10 }, () => {
      const [name, own, now, share] = [
        el("span"),
        el("i", { class: "text-own" }),
        el("i"),
        el("em"),
      ];
      const row = el(
        "button",
        { type: "button", class: "text-bar" },
        name,
        el("b", {}, now, own),
        share,
      );
      row.addEventListener("click", () => act(row.token));
      list.append(row);
      return { row, name, own, now, share };
    });
    parent.append(list);
    /** @param {ReturnType<typeof lab.choose>} choice @param {ArrayLike<number>} plain the model's own shares @param {number} taken @param {boolean} open may be pressed */
    return (choice, plain, taken = -1, open = true) =>
      rows.forEach(({ row, name, own, now, share }, r) => {
        const id = choice.order[r];
        const part = choice.shares[id];
        const text = tokenizer.show(id);
        row.token = id;
        row.disabled = !open;
        row.classList.toggle("text-cut", !part);
        row.classList.toggle("text-taken", id === taken);
        name.textContent =
          text === "\u23ce"
            ? "\u23ce end"
            : text.replace(/^ +/, (/** @type {string} */ blanks) => "\u00b7".repeat(blanks.length));
        now.style.width = `${(100 * part).toFixed(1)}%`;
        own.style.width = `${(100 * plain[id]).toFixed(1)}%`;
        share.textContent = part ? percent(part) : "cut";
        row.setAttribute(
          "aria-label",
          `${text === "\u23ce" ? "end of the line" : text}: ${part ? percent(part) : "cut"}, the model's own ${percent(plain[id])}`,
        );
      });
  }

  const percent = (/** @type {number} */ share) =>
    share > 0 && share < 0.01 ? "<1%" : `${Math.round(100 * share)}%`;

  Object.assign(lab, { BREAK, clean, prompt, chips, walk, candidates, percent });
})();
