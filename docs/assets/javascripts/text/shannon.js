// Shannon's experiment on the reader's text: six orders, counted at once, write on side by side.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const [ORDERS, LENGTH, MOST, PIECE] = [6, 120, 100000, 20];

  /** The guide's own text on this page, without formulas, code and widgets. */
  function own() {
    const parts = document.querySelectorAll(
      "article > p:not([class]), article > ul:not([class]) > li",
    );
    return Array.from(parts, (part) => part.textContent.replace(/\s+/g, " ").trim())
      .filter((text) => text.length > 40)
      .join("\n");
  }

  /** What is counted: white space is one blank. @param {string} text */
  const plain = (text) =>
    Array.from(text.replace(/[\s\p{Cc}]+/gu, " ").trim())
      .slice(0, MOST)
      .join("");

  /** The share of its pieces of 20 letters that stand in the text. @param {string} made @param {string} text */
  function copied(made, text) {
    let found = 0;
    const pieces = Math.max(0, made.length - PIECE + 1);
    for (let i = 0; i < pieces; i++) if (text.includes(made.slice(i, i + PIECE))) found++;
    return pieces ? found / pieces : 0;
  }

  lab.texts.shannon = (ui) => {
    ui.title.textContent =
      "Live: letters counted in your browser. No network, no training: only a table of what followed what.";
    ui.one((panel) => {
      const area = el("textarea", {
        class: "text-area",
        rows: 3,
        spellcheck: "false",
        "aria-label": "The text whose letters are counted",
      });
      area.value = own();
      panel.text(
        panel.root,
        "The text to count: this page, unless you paste another one.",
        "lab-caption",
      );
      panel.root.append(area);
      const controls = panel.row();
      const seed = panel.seed(controls, "Write on again");
      panel.button(
        controls,
        "Empty the field",
        () => ((area.value = ""), area.focus(), panel.refresh()),
      );
      panel.button(controls, "This page", () => ((area.value = own()), panel.refresh()));
      const table = panel.row("text-orders");
      table.append(
        ...["letters back", "it writes", "bits a letter", "copied"].map((name) =>
          el("span", { class: "text-th" }, name),
        ),
      );
      const rows = Array.from({ length: ORDERS }, (_, order) => {
        const [line, bits, copy] = [el("span", { class: "text-made" }), el("em"), el("em")];
        table.append(el("b", {}, String(order)), line, bits, copy);
        return { line, bits, copy };
      });
      panel.lesson(
        "The further back it looks, the more it reads like English, and the more of it is simply copied. A table cannot do one without the other: most long contexts occur once. That is what networks are for.",
      );
      area.addEventListener(
        "input",
        () => (clearTimeout(panel.clock), (panel.clock = setTimeout(() => panel.drawNow(), 250))),
      );
      let last = "";
      /** @type {any} */
      let all;
      /** @type {number[]} */
      let costs = [];
      let spent = 0;
      panel.draw = () => {
        const text = plain(area.value);
        const letters = Array.from(text);
        if (letters.length < 40) {
          rows.forEach(
            ({ line, bits, copy }) => (line.textContent = bits.textContent = copy.textContent = ""),
          );
          return panel.say("Paste a text of 40 letters or more.");
        }
        if (text !== last) {
          const start = performance.now();
          all = new lab.Ngrams(text, ORDERS - 1);
          spent = performance.now() - start;
          // Bits are those of the last tenth, by counts of the rest.
          const cut = Math.floor(letters.length * 0.9);
          const part = new lab.Ngrams(letters.slice(0, cut).join(""), ORDERS - 1);
          const test = letters.slice(cut, cut + 3000).join("");
          costs = rows.map((_, order) => part.bits(test, order));
          last = text;
        }
        rows.forEach(({ line, bits, copy }, order) => {
          const made = all.write(order, LENGTH, new lab.Chance(seed.value, order));
          line.textContent = made;
          bits.textContent = costs[order].toFixed(2);
          copy.textContent = lab.percent(copied(made, text));
        });
        const cut =
          Array.from(area.value).length > MOST
            ? ` Only the first ${MOST.toLocaleString("en-US")} characters count.`
            : "";
        panel.say(
          `${letters.length.toLocaleString("en-US")} characters, ${all.alphabet.length} different ones, counted for all six orders in ${Math.max(1, Math.round(spent))} ms. Bits: on the last tenth of the text, by counts of the rest. Copied: pieces of ${PIECE} letters that stand in the text.${cut}`,
        );
      };
    });
  };
  lab.copied = copied;
})();
