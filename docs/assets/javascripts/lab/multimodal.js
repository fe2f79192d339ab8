// Multimodal: letters and pictures meet in one space of 24 numbers; a denoiser draws what a word points at.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;
  const WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
  const LENGTH = 14; // letters that are read

  /** @param {Float32Array} v @returns {Float32Array} with length 1 */
  function unit(v) {
    const length = Math.max(1e-12, Math.hypot(...v));
    return v.map((a) => a / length);
  }
  /** @param {Float32Array} a @param {Float32Array} b */
  const dot = (a, b) => a.reduce((sum, v, i) => sum + v * b[i], 0);

  lab.models.multimodal = (/** @type {any} */ w) => {
    const { near, letters } = w.config;
    const letter = w.table("letter");
    const reader = w.gru("reader");
    const [text, i1, i2] = ["text", "i1", "i2"].map((name) => w.linear(name));
    const net = w.denoiser("net", w.config.depth);
    return {
      steps: w.config.steps,
      letters,
      /** A text as a point of the shared space. @param {string} words */
      read(words) {
        let h = new Float32Array(w.tensor("reader.weight_hh").shape[1]);
        for (const a of words.slice(0, LENGTH).padStart(LENGTH)) h = reader(letter(Math.max(0, letters.indexOf(a))), h);
        return unit(text(h));
      },
      /** A picture as a point of the same space. @param {ArrayLike<number>} x ink */
      look: (x) => unit(i2(lab.silu(i1(lab.scale(x))))),
      /** @param {Float32Array} c @param {Float32Array} noise @param {number} steps */
      paint: (c, noise, steps) => lab.follow((/** @type {number} */ x, /** @type {number} */ t) => net(x, t, c), noise, steps, near)[steps],
    };
  };

  lab.widgets.multimodal = (/** @type {any} */ ui, /** @type {any} */ model) => {
    const points = WORDS.map(model.read);
    const HEAT = 0.1;
    /** Which of the ten words lies nearest. @param {Float32Array} point */
    const match = (point) => lab.softmax(points.map((word) => dot(word, point)), HEAT);
    const best = (/** @type {Float32Array} */ shares) => shares.indexOf(Math.max(...shares));

    ui.tabs({
      draw: ["Word to digit", (/** @type {any} */ panel) => {
        const controls = panel.row();
        const input = lab.el("input", { type: "text", maxlength: LENGTH, autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
        input.value = ui.get("text", "thin seven", (/** @type {string} */ text) => clean(text) || undefined);
        controls.append(lab.el("label", { class: "lab-field" }, "Type", input));
        const examples = panel.row("lab-loads", controls);
        for (const text of ["seven", "bold three", "sevn", "cat"])
          panel.button(examples, text, () => {
            input.value = text;
            typed();
          });
        const seed = panel.seed(controls, "Draw again");
        const tiles = panel.tiles(panel.row("lab-stage"), 5);
        const side = panel.row("lab-side");
        panel.text(side, "Nearest of the ten words, for what you typed. Below each drawing: the word it is read back as.", "lab-caption");
        const bars = panel.bars(side, WORDS, "Nearness of each word");
        panel.lesson("A word is only a point in a shared space: a typo lands near the right word, \u201cthin\u201d moves the point, and nonsense lands somewhere too, because the model has no way to say no.");
        const typed = () => {
          ui.set("text", clean(input.value));
          panel.refresh();
        };
        input.addEventListener("input", ui.safe(typed));
        panel.draw = () => {
          const text = clean(input.value);
          const point = model.read(text);
          const shares = match(point);
          bars(shares, best(shares));
          const seen = tiles.map((/** @type {Tile} */ tile, /** @type {number} */ i) => {
            const x = lab.ink(model.paint(point, new lab.Chance(seed.value, i).normals(64), model.steps));
            const word = WORDS[best(match(model.look(x)))];
            tile.set(x, `Drawn for \u201c${text}\u201d, read back as ${word}`, word);
            return word;
          });
          const lost = text === input.value.toLowerCase().trim() ? "" : "Only the letters a to z and spaces are read. ";
          const none = text ? "" : "Nothing is typed, so it draws what an empty text points at. ";
          panel.say(`${lost}${none}\u201c${text}\u201d lies nearest to ${WORDS[best(shares)]}, ${Math.round(100 * Math.max(...shares))}%. The five drawings are read back as ${seen.join(", ")}.`);
        };
      }],
      read: ["Digit to word", (/** @type {Panel} */ panel) => {
        const stage = panel.row("lab-stage");
        const field = lab.pad(panel, panel.row("lab-side lab-draw", stage));
        const side = panel.row("lab-side", stage);
        panel.text(side, "Nearest of the ten words, for your drawing:", "lab-caption");
        const bars = panel.bars(side, WORDS, "Nearness of each word");
        panel.lesson("Nobody trained a classifier here: the picture becomes a point in the space of words, and the nearest word is its name.");
        panel.draw = () => {
          const shares = match(model.look(field.ink()));
          const top = best(shares);
          bars(shares, top);
          panel.say(`${field.empty() ? "The sheet is empty, and still some word is nearest: " : "The nearest word is "}${WORDS[top]}, ${Math.round(100 * shares[top])}%.`);
        };
      }],
    });

    /** What the model can read of a text: letters and single spaces. @param {string} text */
    function clean(text) {
      return text.toLowerCase().replace(/[^a-z ]/g, "").replace(/ +/g, " ").trim().slice(0, LENGTH);
    }
  };
})();
