// GAN: noise and class to a digit in one pass; the discriminator when it was young, and grown.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const FULL = 7; // ink
  const [COLUMNS, ROWS] = [10, 4]; // of the sheet of forgeries
  const ROUNDS = 10; // pictures that the reader judges
  const PAIRS = 20; // handwritten digits, and as many forged ones

  /** @param {Lab.Weights} w @param {boolean} [plain] without WebAssembly */
  lab.models.gan = (w, plain = false) => {
    const e = new lab.Engine(plain);
    const pair = (/** @type {string} */ name) => [
      w.tensor(`generator.${name}.weight`),
      w.tensor(`generator.${name}.bias`),
    ];
    const [width, noise] = [w.tensor("generator.c1.weight").shape[0], w.config.noise];
    const given = e.row(noise + 10);
    const [h, a] = [e.picture(width, 7, 7), e.picture(width, 7, 7, 1)];
    const [b, c] = [e.picture(width, 14, 14, 1), e.picture(width, 14, 14, 1)];
    const [d, out] = [e.picture(24, 14, 14, 1), e.picture(8, 14, 14)];
    const l1 = e.linear(...pair("l1"), given, e.flat(h));
    const c1 = e.convolution(...pair("c1"), a, h, { more: true });
    const c2 = e.convolution(...pair("c2"), b, c, { more: true });
    const [c3, c4] = [e.convolution(...pair("c3"), c, d), e.convolution(...pair("c4"), d, out)];
    return {
      noise,
      /** G(z, y) in -1..1. @param {ArrayLike<number>} z @param {number} y @returns {Float32Array} */
      generate(z, y) {
        e.numbers(given).set(lab.concat(z, lab.classes(y)));
        l1();
        e.copy(h, a);
        e.act("leaky", a);
        c1();
        e.act("leaky", h);
        e.larger(h, b);
        e.larger(h, c);
        c2();
        e.act("leaky", c);
        c3();
        e.act("leaky", d);
        c4();
        e.act("tanh", out);
        return e.unfold(out);
      },
    };
  };

  /** @param {Lab.Weights} w @param {boolean} [plain] without WebAssembly */
  lab.models.critics = (w, plain = false) => {
    const e = new lab.Engine(plain);
    const [young, grown] = ["young", "grown"].map((name) => discriminator(e, w, name));
    return { young, grown };
  };

  /** @param {any} e @param {Lab.Weights} w @param {string} name @returns {(x: ArrayLike<number>, y: number) => number} D(x, y): above 0 for real */
  function discriminator(e, w, name) {
    const pair = (/** @type {string} */ part) => [
      w.tensor(`${name}.${part}.weight`),
      w.tensor(`${name}.${part}.bias`),
    ];
    const match = w.tensor(`${name}.match.weight`);
    const [given, a] = [e.picture(1, 28, 28, 1), e.picture(24, 14, 14, 1)];
    const [b, c] = [e.picture(48, 7, 7, 1), e.picture(48, 4, 4)];
    const [h, real] = [e.row(44), e.row(1)];
    const steps = [
      e.convolution(...pair("c1"), given, a, { stride: 2 }),
      e.convolution(...pair("c2"), a, b, { stride: 2 }),
      e.convolution(...pair("c3"), b, c, { stride: 2 }),
    ];
    const [l1, verdict] = [
      e.linear(...pair("l1"), e.flat(c), h),
      e.linear(...pair("real"), h, real),
    ];
    return (x, y) => {
      e.write(given, x);
      [a, b, c].forEach((picture, i) => {
        steps[i]();
        e.act("leaky", picture);
      });
      l1();
      e.act("leaky", h);
      verdict();
      const seen = e.numbers(h);
      let sum = e.numbers(real)[0];
      for (let i = 0; i < match.shape[0]; i++) sum += seen[i] * match.data[10 * i + y];
      return sum;
    };
  }

  const percent = (/** @type {number} */ share) => `${Math.round(100 * share)}%`;

  lab.widgets.gan = (ui, model) => {
    /** Handwritten digits that were never trained on, 0 to 9 and so on. */
    const real = (ui.host.dataset.digits || "")
      .split(" ")
      .filter(Boolean)
      .map((/** @type {string} */ letters) =>
        Float32Array.from(letters, (a) => a.charCodeAt(0) - 97),
      );
    const forge = (/** @type {ArrayLike<number>} */ z, /** @type {number} */ y) =>
      lab.ink(model.generate(z, y), FULL);
    const noise = (/** @type {number} */ seed, /** @type {number} */ stream) =>
      new lab.Chance(seed, stream).normals(model.noise);
    /** @type {Promise<any> | undefined} the two discriminators, asked for once */
    let critics;

    /** What is done once the discriminators are there. @param {Panel} panel @param {(critics: any) => void} act */
    function ask(panel, act) {
      panel.say("The two discriminators are on their way.");
      const both = critics || lab.load(ui.host.dataset.later).then(lab.models.critics);
      critics = both;
      both.then(
        (/** @type {any} */ found) => panel.closed || ui.safe(act)(found),
        () =>
          panel.closed ||
          panel.say(
            "The discriminators could not be loaded, since their weights are missing or damaged; the other tabs work without them.",
          ),
      );
    }

    /** @param {any} critic @param {ArrayLike<number>} x ink @param {number} y */
    const verdict = (critic, x, y) => lab.sigmoid(critic(lab.scale(x, FULL), y));

    ui.tabs({
      make: [
        "Forgeries",
        (panel) => {
          const controls = panel.row();
          const digit = panel.digits(controls, true);
          const seed = panel.seed(controls, "New sheet");
          const sheet = new lab.Sheet(panel, panel.row("lab-stage"), {
            columns: COLUMNS,
            rows: ROWS,
            label: "",
            act: (/** @type {number} */ i) =>
              ((chosen = i), own.fill(0), panel.refresh()),
          });
          const stage = panel.row("lab-stage lab-pull");
          const big = panel.tile(stage, { big: true, caption: true });
          const own = new Float32Array(model.noise); // what the reader has added to the noise
          const bars = lab.knobs(
            panel,
            stage,
            model.noise,
            (/** @type {number} */ k, /** @type {number} */ v) =>
              ((own[k] = v - noise(seed.value, chosen)[k]), panel.refresh()),
          );
          let [chosen, drawn] = [0, ""];
          panel.lesson(
            `One pass turns ${model.noise} random numbers, the bars, into a digit. All variety comes from them: pull a bar, and see what it changes.`,
          );
          const classOf = (/** @type {number} */ i) =>
            digit.value < 0 ? i % COLUMNS : digit.value;
          function* fill() {
            for (let i = 0; i < sheet.count; i++) {
              sheet.set(i, forge(noise(seed.value, i), classOf(i)));
              yield;
            }
          }
          panel.draw = () => {
            const what = digit.value < 0 ? "the digits 0 to 9" : `the digit ${digit.value}`;
            const now = `${digit.value} ${seed.value}`;
            if (now !== drawn) {
              own.fill(0);
              ui.work.start(fill());
            }
            drawn = now;
            sheet.mark(chosen);
            sheet.canvas.setAttribute(
              "aria-label",
              `${sheet.count} forgeries of ${what}. Arrow keys choose one; number ${chosen + 1} is chosen.`,
            );
            const z = noise(seed.value, chosen).map(
              (/** @type {number} */ v, /** @type {number} */ k) => v + own[k],
            );
            const changed = own.some((v) => v !== 0);
            big.set(
              forge(z, classOf(chosen)),
              `The chosen ${classOf(chosen)}, enlarged`,
              changed ? "with your noise" : `number ${chosen + 1}, enlarged`,
            );
            bars(z);
            panel.say(
              `${sheet.count} forgeries of ${what}, sheet ${seed.value}. Number ${chosen + 1} is enlarged${changed ? ", with a noise that you changed" : ""}.`,
            );
          };
        },
      ],
      walk: [
        "Walk",
        (panel) => {
          const controls = panel.row();
          const digit = panel.digits(controls);
          const from = panel.seed(controls, "New start", "seed");
          const to = panel.seed(controls, "New end", "end", 2);
          [from.other, to.other] = [to, from];
          const stage = panel.row("lab-stage");
          const big = panel.tile(stage, { big: true, caption: true });
          const side = panel.row("lab-side", stage);
          const at = panel.player(
            side,
            {
              key: "at",
              label: "Position",
              min: 0,
              max: 40,
              value: 20,
              show: (/** @type {number} */ v) => percent(v / 40),
            },
            80,
          );
          const strip = panel.tiles(
            panel.root,
            9,
            (/** @type {number} */ i) =>
              (at.stop(), at.set(i * 5)),
            false,
          );
          strip[0].el.parentElement.classList.add("lab-strip");
          panel.lesson(
            "Every point between two noises gives a digit too: the generator is one smooth map, not a list of remembered digits.",
          );
          const point = (/** @type {number} */ t) => {
            const [a, b] = [from, to].map((seed) => noise(seed.value, 100));
            const length = Math.hypot(1 - t, t); // keeps the noise as strong as it was in training
            return a.map(
              (/** @type {number} */ v, /** @type {number} */ i) =>
                ((1 - t) * v + t * b[i]) / length,
            );
          };
          let drawn = "";
          panel.draw = () => {
            const ends = `${digit.value} ${from.value} ${to.value}`;
            strip.forEach((/** @type {Tile} */ tile, /** @type {number} */ i) => {
              if (ends !== drawn)
                tile.set(forge(point(i / 8), digit.value), `${percent(i / 8)} of the way`);
              tile.mark(at.value === i * 5);
            });
            drawn = ends;
            big.set(
              forge(point(at.value / 40), digit.value),
              `A ${digit.value}, ${percent(at.value / 40)} of the way`,
              `${percent(at.value / 40)} of the way`,
            );
            panel.say(
              `A ${digit.value}, ${percent(at.value / 40)} of the way from noise ${from.value} to noise ${to.value}.`,
            );
          };
        },
      ],
      judge: [
        "Young and grown",
        (panel) => {
          const seed = panel.seed(panel.row(), "New forgeries");
          const stage = panel.row("lab-stage");
          const pick = (/** @type {number} */ i) =>
            ((chosen = i), panel.refresh());
          const [written, made] = ["handwritten", "forged"].map((name, part) => {
            const side = panel.row("lab-side lab-small", stage);
            panel.text(
              side,
              name === "forged" ? "Forged by the generator" : "Handwritten, never trained on",
              "lab-caption",
            );
            return new lab.Sheet(panel, side, {
              columns: COLUMNS,
              rows: 2,
              label: "",
              act: (/** @type {number} */ i) => pick(i + part * PAIRS),
            });
          });
          const lines = panel.row("lab-stage");
          const critic = { young: "Young", grown: "Grown" };
          const shows = Object.entries(critic).map(([key, name]) => ({
            key,
            name,
            show: lab.verdicts(panel, panel.row("lab-side", lines), name),
          }));
          panel.lesson(
            "The young detective still spread its verdicts, and the forger has since learned what it looked for. To the grown one, handwriting and forgeries look alike: its verdicts huddle at the toss of a coin.",
          );
          let chosen = 0;
          panel.draw = () =>
            ask(panel, (found) => {
              /** @type {{x: Float32Array, y: number, real: boolean}[]} */
              const all = real
                .slice(0, PAIRS)
                .map((/** @type {Float32Array} */ x, /** @type {number} */ i) => ({
                  x,
                  y: i % 10,
                  real: true,
                }));
              for (let i = 0; i < PAIRS; i++)
                all.push({ x: forge(noise(seed.value, 300 + i), i % 10), y: i % 10, real: false });
              all.forEach(({ x }, i) => (i < PAIRS ? written : made).set(i % PAIRS, x));
              [written, made].forEach((sheet, part) => {
                sheet.mark(chosen - part * PAIRS);
                sheet.canvas.setAttribute(
                  "aria-label",
                  `Twenty digits, ${part ? "forged" : "handwritten"}. Arrow keys choose one.`,
                );
              });
              const said = shows.map(({ key, name, show }) => {
                const judged = all.map((one) => ({
                  ...one,
                  share: verdict(found[key], one.x, one.y),
                }));
                show(judged, chosen);
                const right = judged.filter((one) => one.share > 0.5 === one.real).length;
                return `${name}, it rates the chosen one ${percent(judged[chosen].share)} real, and is right about ${right} of ${all.length}`;
              });
              panel.say(
                `Chosen: a ${all[chosen].real ? "handwritten" : "forged"} ${all[chosen].y}. ${said.join(". ")}. Tossing a coin would be right about ${PAIRS}.`,
              );
            });
        },
      ],
      play: [
        "Be the detective",
        (panel) => {
          const seed = panel.seed(panel.row(), "New round");
          const stage = panel.row("lab-stage");
          const big = panel.tile(stage, { big: true, caption: true });
          const side = panel.row("lab-side", stage);
          const answers = panel.row("lab-row", side);
          const buttons = ["Handwritten", "Forged"].map((name, i) =>
            panel.button(answers, name, () => answer(i === 0)),
          );
          const before = panel.text(side, "", "lab-text");
          panel.text(side, "Right so far:", "lab-caption");
          const names = ["you", "young", "grown"];
          const score = panel.bars(side, names, "Right answers");
          panel.lesson(
            "The forger learns from every answer that the detective gives. You get no lesson from it, and it none from you: are you better than the two that grew up with it?",
          );
          /** @type {{x: ArrayLike<number>, y: number, real: boolean}[]} */
          let round = [];
          /** @type {boolean[]} */
          let given = [];
          let begun = -1;
          /** @type {any} */
          let found;

          function begin() {
            const chance = new lab.Chance(seed.value, 900);
            begun = seed.value;
            given = [];
            round = Array.from({ length: ROUNDS }, (_, i) => {
              const [forged, k] = [
                chance.uniform() < 0.5,
                Math.floor(chance.uniform() * real.length),
              ];
              const y = k % 10;
              return {
                x: forged ? forge(noise(seed.value, 500 + i), y) : real[k],
                y,
                real: !forged,
              };
            });
          }

          /** @param {boolean} handwritten */
          function answer(handwritten) {
            given.push(handwritten);
            show();
          }

          function show() {
            const [at, over] = [given.length, given.length === ROUNDS];
            const one = round[Math.min(at, ROUNDS - 1)];
            big.set(
              one.x,
              `A picture of a ${one.y}: handwritten or forged?`,
              over ? "the last picture" : `picture ${at + 1} of ${ROUNDS}`,
            );
            for (const button of buttons) button.disabled = over;
            const last = round[at - 1];
            const views = (/** @type {any} */ one) =>
              ["young", "grown"].map((key) => verdict(found[key], one.x, one.y));
            const right = [0, 0, 0];
            round
              .slice(0, at)
              .forEach((one, i) =>
                [Number(given[i]), ...views(one)].forEach(
                  (share, k) => (right[k] += Number(share > 0.5 === one.real)),
                ),
              );
            score(right.map((n) => n / Math.max(1, at)));
            if (!last)
              return panel.say(
                `Is it handwritten, or forged by the generator? ${ROUNDS} pictures, half of them forged on average.`,
              );
            const [young, grown] = views(last);
            before.textContent = `Picture ${at} was ${last.real ? "handwritten" : "forged"}: you were ${given[at - 1] === last.real ? "right" : "wrong"}. The young detective said ${percent(young)} real, the grown one ${percent(grown)}.`;
            panel.say(
              `${before.textContent} ${over ? `The round is over: you were right ${right[0]} times of ${ROUNDS}, the young detective ${right[1]}, the grown one ${right[2]}.` : ""}`,
            );
          }

          panel.draw = () =>
            ask(panel, (critics) => {
              found = critics;
              if (begun !== seed.value) {
                begin();
                before.textContent = "";
              }
              show();
            });
        },
      ],
    });
  };
})();
