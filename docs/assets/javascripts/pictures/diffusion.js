// Diffusion on the page: from a digit to noise by a fixed rule, and back; what steps cost; what guidance does.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const STEPS = 24; // each way
  const WAYS = [1, 2, 4, 8, 24];

  const noise = (/** @type {number} */ seed, stream = 0) =>
    new lab.Chance(seed, stream).normals(784);
  const shown = (/** @type {ArrayLike<number>} */ x) => lab.soft(x, 7);

  lab.widgets.diffusion = (ui, model) => {
    /** @type {string[]} */
    const digits = (ui.host.dataset.digits || "").split(" ").filter(Boolean);
    const real = digits.map((letters) =>
      lab.scale(
        Array.from(letters, (letter) => letter.charCodeAt(0) - 97),
        7,
      ),
    );

    /** @typedef {{x: Float32Array, guess: Float32Array}[]} Film */

    /** From a real digit to noise, and from there to a new one. @param {Panel} panel */
    function thereAndBack(panel) {
      const controls = panel.row();
      const digit = panel.digits(controls);
      const seed = panel.seed(controls);
      const stage = panel.row("lab-stage");
      const now = panel.tile(stage, { big: true, caption: true });
      const guess = panel.tile(stage, { big: true, caption: true });
      const side = panel.row("lab-side", stage);
      const start = real.length ? 0 : STEPS; // without a digit to begin with, only the way back
      const told = (/** @type {number} */ k) =>
        k <= STEPS ? `${k} of ${STEPS} in` : `${k - STEPS} of ${STEPS} back`;
      const player = panel.player(
        side,
        { key: "at", label: "Step", min: start, max: 2 * STEPS, value: STEPS + 10, show: told },
        90,
      );
      const places = Array.from({ length: 9 }, (_, i) =>
        Math.round(start + (i * (2 * STEPS - start)) / 8),
      );
      const strip = panel.tiles(
        side,
        9,
        (/** @type {number} */ i) =>
          (player.stop(), player.set(places[i])),
        false,
      );
      panel.lesson(
        "The way into noise is a fixed rule, and nothing of the digit is left at its end. The way back must therefore make one up: at each step the network guesses the digit behind the noise, and only a little noise is taken away.",
      );
      let key = "";
      /** @type {Film} */
      let film = [];

      /** @param {number} y @param {Float32Array} z */
      function* shoot(y, z) {
        /** @type {Film} */
        const made = [];
        film = made;
        for (let k = start; k < STEPS; k++) {
          const [a, b] = model.mix(k / STEPS);
          const x = real[y].map(
            (/** @type {number} */ v, /** @type {number} */ i) => a * v + b * z[i],
          );
          made.push({ x, guess: k ? yield* model.guess(x, k / STEPS, y, 1) : x });
          panel.refresh();
        }
        for (const _ of model.walk(z, y, STEPS, 1, made)) yield panel.refresh();
      }

      panel.draw = () => {
        const asked = [digit.value, seed.value].join();
        if (asked !== key) {
          if (key) panel.replay(player);
          key = asked;
          ui.work.start(shoot(digit.value, noise(seed.value, digit.value)), () => panel.refresh());
        }
        const at = player.value;
        const back = at > STEPS;
        const [, b] = model.mix(back ? 2 - at / STEPS : at / STEPS);
        const percent = Math.round(100 * b * b);
        const frame = film[Math.min(at - start, film.length - 1)];
        if (frame) {
          now.set(shown(frame.x), `The picture, ${told(at)}`, `the picture: ${percent}% noise`);
          guess.set(
            shown(frame.guess),
            "The digit that the network sees in it",
            at % (2 * STEPS) ? "what the network sees in it" : "nothing to guess",
          );
        }
        strip.forEach((/** @type {Tile} */ tile, /** @type {number} */ i) => {
          if (film[places[i] - start])
            tile.set(shown(film[places[i] - start].x), `Step ${told(places[i])}`);
          tile.mark(places[i] === at);
        });
        panel.say(
          at === STEPS
            ? `Pure noise, number ${seed.value}. Nothing is left of the handwritten ${digit.value}; from here a new one is made.`
            : back
              ? `On the way back, step ${at - STEPS} of ${STEPS}: ${percent}% of the picture's variance is noise. The second picture is what the network believes to be behind it, told that it is a ${digit.value}.`
              : `On the way into noise, step ${at} of ${STEPS}: ${percent}% of the picture's variance is noise. It began as a handwritten ${digit.value}.`,
        );
      };
    }

    /** The same noise in one step, two, and more. @param {Panel} panel */
    function price(panel) {
      lab.prices(panel, {
        ways: WAYS,
        lesson:
          "Each step is one pass through the network, so the price grows with their number. One step can only answer with the average of all digits that fit, and that is a blur.",
        *make(
          /** @type {number} */ seed,
          /** @type {number} */ digit,
          /** @type {number} */ i,
          /** @type {number} */ n,
        ) {
          return shown((yield* model.walk(noise(seed, 10 * digit + i), digit, n))[n].x);
        },
        drawn: (/** @type {number} */ digit, /** @type {string} */ steps) =>
          `A ${digit} in ${steps}`,
        told: (/** @type {number} */ digit, /** @type {number[]} */ costs) =>
          `Each row starts from the same noise. A ${digit} in one step took ${costs[0].toFixed(1)} milliseconds here, in 24 steps ${Math.round(costs[4])}. Watch where a row becomes a digit, and from where it no longer changes.`,
      });
    }

    /** @param {Float32Array} z @param {number} y @param {number} g */
    function* make(z, y, g) {
      return (yield* model.walk(z, y, lab.FEW, g))[lab.FEW].x;
    }

    ui.tabs({
      way: ["There and back", thereAndBack],
      steps: ["Steps", price],
      guidance: ["Guidance", (panel) => lab.guided(panel, make)],
    });
  };
})();
