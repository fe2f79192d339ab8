// Multimodal: letters and pictures meet in one space of 24 numbers; a denoiser draws any point that words can reach.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const FULL = 7; // ink
  const LENGTH = 14; // letters that are read

  /** @param {Float32Array} v @returns {Float32Array} with length 1 */
  function unit(v) {
    const length = Math.max(1e-12, Math.hypot(...v));
    return v.map((a) => a / length);
  }

  /** @param {Lab.Weights} w @param {boolean} [plain] without WebAssembly */
  lab.models.multimodal = (w, plain = false) => {
    const { near, letters, guide } = w.config;
    const nothing = new Float32Array(w.tensor("text.weight").shape[0]); // no point of the space: drawn without a caption
    const [letter, reader, text] = [w.table("letter"), w.gru("reader"), w.linear("text")];
    const state = w.tensor("reader.weight_hh").shape[1];
    const net = lab.denoiser(w, "net", plain);
    const e = new lab.Engine(plain);
    const pair = (/** @type {string} */ name) => [
      w.tensor(`${name}.weight`),
      w.tensor(`${name}.bias`),
    ];
    const [given, a, b] = [e.picture(1, 28, 28, 1), e.picture(16, 14, 14, 1), e.picture(24, 7, 7)];
    const seen = e.row(w.tensor("i3.weight").shape[0]);
    const [i1, i2] = [
      e.convolution(...pair("i1"), given, a, { stride: 2 }),
      e.convolution(...pair("i2"), a, b, { stride: 2 }),
    ];
    const i3 = e.linear(...pair("i3"), e.flat(b), seen);
    return {
      steps: w.config.steps,
      /** A text as a point of the shared space. @param {string} words */
      read(words) {
        let h = new Float32Array(state);
        for (const one of words.slice(0, LENGTH).padStart(LENGTH))
          h = reader(letter(Math.max(0, letters.indexOf(one))), h);
        return unit(text(h));
      },
      /** A picture as a point of the same space. @param {ArrayLike<number>} x ink */
      look(x) {
        e.write(given, lab.scale(x, FULL));
        i1();
        e.act("silu", a);
        i2();
        e.act("silu", b);
        i3();
        return unit(e.read(seen, w.tensor("i3.weight").shape[0]));
      },
      /**
       * From noise to a digit in -1..1, for a point of the space; it stops now and then, so that the caller may wait.
       * What the point changes is overdone a little (guidance).
       * @param {Float32Array} c @param {Float32Array} noise @param {number} steps @returns {Generator<void, Float32Array>}
       */
      *paint(c, noise, steps) {
        let x = noise;
        for (let i = 0; i < steps; i++) {
          const left = Math.max(near, 1 - i / steps);
          const told = yield* net(x, i / steps, c);
          const free = guide ? yield* net(x, i / steps, nothing) : told;
          const end = told.map(
            (/** @type {number} */ v, /** @type {number} */ k) => v + guide * (v - free[k]),
          );
          const length = i === steps - 1 ? 1 : 1 / steps / left;
          x = x.map((v, k) => v + (end[k] - v) * length);
        }
        return x;
      },
    };
  };
})();
// The widget: a caption is drawn, a drawing is named, and the space between captions can be walked.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const FULL = 7; // ink
  const LENGTH = 14; // letters that are read
  const HEAT = 0.1; // as in training
  const QUICK = 6; // steps while the point is dragged
  const WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
  const COMING = "A drawing that is still to come";
  const UNSEEN = ["thin seven", "bold three"]; // captions that training never showed
  const EXAMPLES = {
    "seen in training": ["seven", "thin two", "bold eight"],
    "never seen": UNSEEN,
    "no such word": ["sevn", "cat"],
  };

  const percent = (/** @type {number} */ share) => `${Math.round(100 * share)}%`;
  const best = (/** @type {ArrayLike<number>} */ shares) =>
    Array.from(shares).indexOf(Math.max(...Array.from(shares)));
  /** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
  const dot = (a, b) => Array.from(a).reduce((sum, v, i) => sum + v * b[i], 0);

  lab.widgets.multimodal = (ui, model) => {
    const points = WORDS.map(model.read);
    const captions = WORDS.flatMap((word) => [word, `thin ${word}`, `bold ${word}`]).map(
      (text) => ({ text, code: model.read(text) }),
    );
    /** Which of the ten words lies nearest. @param {Float32Array} point @returns {Float32Array} */
    const match = (point) =>
      lab.softmax(
        points.map((word) => dot(word, point)),
        HEAT,
      );
    const noise = (/** @type {number} */ seed, /** @type {number} */ i) =>
      new lab.Chance(seed, i).normals(784);
    /** @type {{scores: (x: ArrayLike<number>) => Float32Array} | undefined} another classifier, which made nothing here */
    let judge;
    let lost = false;
    lab.load(ui.host.dataset.later).then(
      (/** @type {Lab.Weights} */ weights) =>
        ui.safe(() => ((judge = lab.models.verdict(weights)), ui.panel && ui.panel.refresh()))(),
      () => ((lost = true), ui.panel && ui.panel.refresh()),
    );
    const waiting = () =>
      lost
        ? "The judge could not be loaded, since its weights are missing or damaged, so the drawings stand without a verdict. "
        : "The judge is on its way. ";

    /** What the judge takes a picture for. @param {ArrayLike<number>} x */
    function verdict(x) {
      if (!judge) return { word: "", text: "" };
      const shares = lab.softmax(judge.scores(x));
      const top = best(shares);
      return { word: WORDS[top], text: `${WORDS[top]}, ${percent(shares[top])}` };
    }

    /** @param {string[]} words */
    const list = (words) => words.join(", ");

    ui.tabs({
      draw: [
        "Caption to picture",
        (panel) => {
          const controls = panel.row();
          const input = lab.el("input", {
            type: "text",
            maxlength: LENGTH,
            autocomplete: "off",
            autocapitalize: "none",
            spellcheck: "false",
          });
          input.value = ui.get(
            "text",
            "thin seven",
            (/** @type {string} */ text) => clean(text) || undefined,
          );
          controls.append(lab.el("label", { class: "lab-field" }, "Caption", input));
          const seed = panel.seed(controls, "Draw again");
          for (const [name, texts] of Object.entries(EXAMPLES)) {
            const row = panel.row("lab-loads", controls);
            row.append(name);
            for (const text of texts)
              panel.button(row, text, () => {
                input.value = text;
                typed();
              });
          }
          const tiles = panel.tiles(panel.row("lab-stage lab-drawn"), 5);
          for (const tile of tiles) tile.set(tile.ink, COMING, "\u2026");
          const side = panel.row("lab-side");
          panel.text(
            side,
            "Below each drawing: what a judge takes it for, a classifier that never saw a caption. Nearest of the ten words, for what you typed:",
            "lab-caption",
          );
          const bars = panel.bars(side, WORDS, "Nearness of each word");
          panel.lesson(
            "A caption is only a point in a shared space: a typo lands near the right word, \u201cthin\u201d moves the point, and nonsense lands somewhere too, because the model has no way to say no.",
          );
          const typed = () => {
            ui.set("text", clean(input.value));
            panel.refresh();
          };
          input.addEventListener("input", ui.safe(typed));
          let key = "";
          /** @type {Float32Array[]} */
          let made = [];
          /** @param {Float32Array} point */
          function* paint(point) {
            /** @type {Float32Array[]} */
            const found = [];
            for (const [i, tile] of tiles.entries()) {
              found.push(
                lab.ink(yield* model.paint(point, noise(seed.value, i), model.steps), FULL),
              );
              tile.set(found[i], "Drawn for what you typed", verdict(found[i]).text || "\u2026");
            }
            return found;
          }
          panel.draw = () => {
            const text = clean(input.value);
            const point = model.read(text);
            const shares = match(point);
            bars(shares, best(shares));
            if (key !== `${text} ${seed.value}`) {
              key = `${text} ${seed.value}`;
              made = [];
              ui.work.start(
                paint(point),
                (/** @type {Float32Array[]} */ found) =>
                  ((made = found), panel.refresh()),
              );
            }
            if (made.length < tiles.length) return;
            const seen = made.map((x, i) => {
              const { word, text: told } = verdict(x);
              tiles[i].set(
                x,
                `Drawn for \u201c${text}\u201d${word ? `, judged to be ${word}` : ""}`,
                told,
              );
              return word;
            });
            const cut =
              text === input.value.toLowerCase().trim()
                ? ""
                : `Only ${LENGTH} letters from a to z and spaces are read. `;
            const none = text
              ? ""
              : "Nothing is typed, so it draws what an empty caption points at. ";
            const unseen = UNSEEN.includes(text) ? ", a caption that training never showed," : "";
            panel.say(
              `${cut}${none}\u201c${text}\u201d${unseen} lies nearest to ${WORDS[best(shares)]}, ${percent(Math.max(...shares))}. ${judge ? `The judge takes the five drawings for ${list(seen)}.` : waiting()}`,
            );
          };
        },
      ],
      read: [
        "Picture to caption",
        (panel) => {
          const stage = panel.row("lab-stage");
          const field = lab.field(panel, panel.row("lab-side lab-draw", stage));
          const side = panel.row("lab-side", stage);
          panel.text(side, "Nearest of the ten words, for your drawing:", "lab-caption");
          const bars = panel.bars(side, WORDS, "Nearness of each word");
          const told = panel.text(side, "", "lab-text");
          panel.lesson(
            "Nobody trained a classifier here: the picture becomes a point in the space of captions, and the nearest caption is its name.",
          );
          panel.draw = () => {
            const x = field.ink();
            const point = model.look(x);
            const shares = match(point);
            const top = best(shares);
            const caption = captions[best(captions.map(({ code }) => dot(code, point)))].text;
            bars(shares, top);
            const second = judge
              ? ` The judge, which never saw a caption, says ${verdict(x).text}.`
              : ` ${waiting()}`;
            told.textContent = `Of all thirty captions, \u201c${caption}\u201d is nearest${UNSEEN.includes(caption) ? ", one that training never showed" : ""}.`;
            panel.say(
              `${field.empty() ? "The sheet is empty, and still some word is nearest: " : "The nearest word is "}${WORDS[top]}, ${percent(shares[top])}.${second}`,
            );
          };
        },
      ],
      space: [
        "Between captions",
        (panel) => {
          const seed = panel.seed(panel.row(), "New noise");
          const stage = panel.row("lab-stage");
          let spot = ui
            .get("spot", "-59,38", read)
            .split(",")
            .map((/** @type {string} */ v) => Number(v) / 100);
          const ring = new lab.Ring(panel, panel.row("lab-atlas", stage), {
            words: WORDS,
            unseen: UNSEEN,
            read: model.read,
            act: (/** @type {number[]} */ to) => {
              spot = to;
              ui.set("spot", spot.map((/** @type {number} */ v) => Math.round(100 * v)).join(","));
              panel.refresh();
            },
          });
          const side = panel.row("lab-side lab-three", stage);
          const big = panel.tile(side, { big: true, caption: true });
          const more = [1, 2].map(() => panel.tile(side, { caption: true }));
          for (const tile of [big, ...more]) tile.set(tile.ink, COMING, "\u2026");
          panel.text(
            side,
            "Outer dots: thin. Inner dots: bold. Open ones: captions that training never showed.",
            "lab-caption",
          );
          panel.lesson(
            "Between two captions lies no caption, but still a point that can be drawn: one digit turns into another, or into neither. In the middle of the ring, all captions speak at once.",
          );
          let key = "";
          let [busy, again] = [false, false];

          /** @param {number} i @param {number} steps */
          function* paint(i, steps) {
            const x = lab.ink(
              yield* model.paint(ring.code(spot), noise(seed.value, i), steps),
              FULL,
            );
            const { text } = verdict(x);
            [big, ...more][i].set(
              x,
              `Drawn at the point${text ? `, judged to be ${text}` : ""}`,
              text || "\u2026",
            );
            return text;
          }
          /** Quickly while the point moves, then with all steps and all three noises. */
          function* all() {
            const said = [];
            for (const i of [0, 1, 2]) said.push(yield* paint(i, model.steps));
            return said;
          }
          function go() {
            again = busy;
            if (busy) return;
            busy = true;
            ui.work.start(paint(0, QUICK), () => {
              busy = false;
              if (again) go();
              else
                ui.work.start(all(), (/** @type {string[]} */ said) =>
                  panel.say(
                    `${where()} ${judge ? `The judge takes the three drawings for ${said.join("; ")}.` : waiting()}`,
                  ),
                );
            });
          }
          function where() {
            const shares = ring.shares(spot);
            const order = Array.from(shares, (_, i) => i)
              .sort((a, b) => shares[b] - shares[a])
              .filter((i) => shares[i] > 0.05)
              .slice(0, 3);
            return `The point is made of ${order.map((i) => `\u201c${ring.captions[i].text}\u201d (${percent(shares[i])})`).join(", ")}.`;
          }
          panel.draw = () => {
            ring.show(spot, where());
            const now = `${spot} ${seed.value} ${Boolean(judge)} ${lost}`;
            if (now === key) return;
            key = now;
            go();
          };
        },
      ],
    });

    /** A place on the map, in hundredths. @param {string} text */
    function read(text) {
      const found = /^(-?\d{1,3}),(-?\d{1,3})$/.exec(text);
      return found && found.slice(1).every((v) => Math.abs(Number(v)) <= 100) ? text : undefined;
    }

    /** What the model can read of a text: letters and single spaces. @param {string} text */
    function clean(text) {
      return text
        .toLowerCase()
        .replace(/[^a-z ]/g, "")
        .replace(/ +/g, " ")
        .trim()
        .slice(0, LENGTH);
    }
  };
})();
