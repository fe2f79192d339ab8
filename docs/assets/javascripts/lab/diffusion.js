// Diffusion: from pure noise to a digit, by guessing the noise and keeping less of it at each step.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;

  lab.models.diffusion = (/** @type {any} */ w) => {
    const net = w.denoiser("net", w.config.depth);
    const { near } = w.config;
    return {
      /**
       * Every step of the walk (DDIM): x as it is, and the digit that the network sees in it.
       * @param {Float32Array} noise @param {number} y @param {number} steps @param {number} [g] guidance: how much the class is overdone
       * @returns {{x: Float32Array, guess: Float32Array}[]} steps + 1 of them
       */
      walk(noise, y, steps, g = 0) {
        const c = lab.classes(y);
        const path = [];
        let x = noise;
        for (let i = 0; i < steps; i++) {
          const t = 1 - i / steps;
          const s = ((1 - (i + 1) / steps) * Math.PI) / 2;
          const [a, b] = [Math.cos((t * Math.PI) / 2), Math.sin((t * Math.PI) / 2)];
          let guess = net(x, t, c);
          if (g) {
            const free = net(x, t, lab.classes(-1));
            guess = guess.map((/** @type {number} */ v, /** @type {number} */ k) => v + g * (v - free[k]));
          }
          const clean = guess;
          path.push({ x, guess });
          x = x.map((v, k) => Math.cos(s) * clean[k] + (Math.sin(s) * (v - a * clean[k])) / Math.max(near, b));
        }
        path.push({ x, guess: x });
        return path;
      },
    };
  };

  lab.widgets.diffusion = (/** @type {any} */ ui, /** @type {any} */ model) => {
    ui.one((/** @type {any} */ panel) => {
      const controls = panel.row();
      const digit = panel.digits(controls);
      const seed = panel.seed(controls);
      const steps = panel.choice(panel.row(), { key: "steps", label: "Steps", options: [1, 2, 4, 8, 16, 32, 64].map((n) => [n, String(n)]), value: 32 });
      const stage = panel.row("lab-stage");
      const now = panel.tile(stage, { big: true, caption: true });
      const guess = panel.tile(stage, { big: true, caption: true });
      const side = panel.row("lab-side", stage);
      const player = panel.player(side, { key: "at", label: "Step", min: 0, max: 64, value: 12 });
      const strip = panel.tiles(side, 10, (/** @type {number} */ i) => (player.stop(), player.set(Math.round((i * steps.value) / 9))), true);
      panel.lesson("Nothing is drawn at once: the network guesses the digit behind the noise, takes out a little noise, and guesses again, better each time.");
      let last = "";
      /** @type {any[]} */
      let path = [];
      panel.draw = () => {
        const key = [digit.value, seed.value, steps.value].join();
        if (key !== last) path = model.walk(new lab.Chance(seed.value, digit.value).normals(64), digit.value, steps.value);
        last = key;
        player.limit(steps.value);
        const at = player.value;
        const noise = Math.round(100 * Math.sin(((1 - at / steps.value) * Math.PI) / 2) ** 2);
        now.set(lab.soft(path[at].x), `After ${at} of ${steps.value} steps`, `x after step ${at}: ${noise}% noise`);
        guess.set(lab.soft(path[at].guess), "The digit that the network sees in it", at < steps.value ? "the digit it sees in it" : "done");
        strip.forEach((/** @type {Tile} */ tile, /** @type {number} */ i) => {
          const step = Math.round((i * steps.value) / 9);
          tile.set(lab.soft(path[step].x), `Step ${step}`, String(step));
          tile.mark(step === at);
        });
        panel.say(`A ${digit.value} from noise ${seed.value}, step ${at} of ${steps.value}: ${noise}% of the picture's variance is noise. The second picture is what the network believes to be behind it.`);
      };
    });
  };
})();
