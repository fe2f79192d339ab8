// GAN: noise and class to a digit in one pass, and the discriminator's verdict on it.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;

  lab.models.gan = (/** @type {any} */ w) => {
    const [g1, g2, g3] = [1, 2, 3].map((i) => w.linear(`generator.l${i}`));
    const [d1, d2, real, match] = ["l1", "l2", "real", "match"].map((part) => w.linear(`discriminator.${part}`));
    return {
      noise: w.config.noise,
      /** G(z, y) in -1..1. @param {ArrayLike<number>} z @param {number} y */
      generate: (z, y) => lab.tanh(g3(lab.leaky(g2(lab.leaky(g1(lab.concat(z, lab.classes(y)))))))),
      /** D(x, y): above 0 for real. @param {ArrayLike<number>} x in -1..1 @param {number} y */
      judge(x, y) {
        const h = lab.leaky(d2(lab.leaky(d1(x))));
        const fits = match(lab.classes(y));
        return real(h)[0] + h.reduce((/** @type {number} */ sum, /** @type {number} */ v, /** @type {number} */ i) => sum + v * fits[i], 0);
      },
    };
  };

  const percent = (/** @type {number} */ share) => `${Math.round(100 * share)}%`;

  lab.widgets.gan = (/** @type {any} */ ui, /** @type {any} */ model) => {
    /** A digit as shown, and what the discriminator says of it. */
    function made(/** @type {ArrayLike<number>} */ z, /** @type {number} */ y) {
      const x = lab.ink(model.generate(z, y));
      return { x, share: lab.sigmoid(model.judge(lab.scale(x), y)) };
    }

    ui.tabs({
      make: ["Make ten", (/** @type {any} */ panel) => {
        const controls = panel.row();
        const digit = panel.digits(controls, true);
        const seed = panel.seed(controls);
        const stage = panel.row("lab-stage");
        const left = panel.row("lab-chain", stage);
        const noise = panel.row("lab-noise", left);
        const parts = Array.from({ length: model.noise }, () => noise.appendChild(lab.el("i")));
        parts.forEach((bar, k) => {
          bar.style.left = `${(100 * k) / parts.length}%`;
          bar.style.width = `${90 / parts.length}%`;
        });
        const big = panel.tile(left, { big: true, caption: true });
        let chosen = 0;
        const tiles = panel.tiles(stage, 10, (/** @type {number} */ i) => ((chosen = i), panel.refresh()));
        panel.lesson(`One pass turns ${model.noise} random numbers, the bars, into a digit. All variety comes from the noise; the verdict below each digit is the only teacher the generator ever had.`);
        panel.draw = () => {
          let believed = 0;
          tiles.forEach((/** @type {Tile} */ tile, /** @type {number} */ i) => {
            const z = new lab.Chance(seed.value, i).normals(model.noise);
            const y = digit.value < 0 ? i : digit.value;
            const { x, share } = made(z, y);
            if (share > 0.5) believed += 1;
            tile.set(x, `A ${y}, rated ${percent(share)} real`, percent(share));
            tile.mark(i === chosen);
            if (i !== chosen) return;
            big.set(x, `The chosen ${y}, enlarged`, `D: ${percent(share)} real`);
            parts.forEach((bar, k) => {
              bar.style.height = `${Math.min(50, Math.abs(z[k]) * 18)}%`;
              bar.classList.toggle("lab-minus", z[k] < 0);
            });
          });
          const what = digit.value < 0 ? "Ten digits, 0 to 9" : `Ten times the digit ${digit.value}`;
          panel.say(`${what}, noise ${seed.value}. The discriminator takes ${believed} of 10 for real.`);
        };
      }],
      walk: ["Walk between two", (/** @type {Panel} */ panel) => {
        const controls = panel.row();
        const digit = panel.digits(controls);
        const from = panel.seed(controls, "New start", "seed");
        const to = panel.seed(controls, "New end", "end", 2);
        [from.other, to.other] = [to, from];
        const stage = panel.row("lab-stage");
        const big = panel.tile(stage, { big: true, caption: true });
        const side = panel.row("lab-side", stage);
        const at = panel.player(side, { key: "at", label: "Position", min: 0, max: 40, value: 20, show: (/** @type {number} */ v) => percent(v / 40) }, 80);
        const strip = panel.tiles(side, 9, (/** @type {number} */ i) => (at.stop(), at.set(i * 5)), false);
        panel.lesson("Every point between two noises gives a digit too: the generator is one smooth map, not a list of remembered digits.");
        const point = (/** @type {number} */ t) => {
          const [a, b] = [from, to].map((seed) => new lab.Chance(seed.value, 100).normals(model.noise));
          const length = Math.hypot(1 - t, t); // keeps the noise as strong as it was in training
          return a.map((/** @type {number} */ v, /** @type {number} */ i) => ((1 - t) * v + t * b[i]) / length);
        };
        panel.draw = () => {
          strip.forEach((/** @type {Tile} */ tile, /** @type {number} */ i) => {
            tile.set(made(point(i / 8), digit.value).x, `${percent(i / 8)} of the way`);
            tile.mark(at.value === i * 5);
          });
          const { x, share } = made(point(at.value / 40), digit.value);
          big.set(x, `A ${digit.value}, ${percent(at.value / 40)} of the way`, `D: ${percent(share)} real`);
          panel.say(`A ${digit.value}, ${percent(at.value / 40)} of the way from noise ${from.value} to noise ${to.value}; rated ${percent(share)} real.`);
        };
      }],
      judge: ["Ask the discriminator", (/** @type {Panel} */ panel) => {
        const controls = panel.row();
        const digit = panel.digits(controls);
        const seed = panel.seed(controls);
        const letters = (ui.host.dataset.digits || "").split(" ");
        const stage = panel.row("lab-stage lab-four");
        const names = ["handwritten", "made by G", "handwritten, upside down", "noise"];
        const tiles = names.map(() => panel.tile(stage, { big: true, caption: true }));
        panel.lesson("After training the discriminator cannot tell the generator's digits from real ones any more: it answers about one half. What it never had to judge in the game, it may rate anyhow.");
        panel.draw = () => {
          const real = Float32Array.from(letters[digit.value] || "", (a) => a.charCodeAt(0) - 97);
          const chance = new lab.Chance(seed.value, 300);
          const noise = Float32Array.from({ length: 64 }, () => Math.floor(chance.uniform() * 17));
          const shown = [real, made(chance.normals(model.noise), digit.value).x, real.slice().reverse(), noise];
          const shares = shown.map((x) => (x.length === 64 ? lab.sigmoid(model.judge(lab.scale(x), digit.value)) : NaN));
          tiles.forEach((tile, i) => {
            tile.el.hidden = Number.isNaN(shares[i]);
            if (!tile.el.hidden) tile.set(shown[i], `${names[i]}: ${percent(shares[i])} real`, `${names[i]}: ${percent(shares[i])} real`);
          });
          const said = names.map((name, i) => `${name} ${percent(shares[i])}`);
          panel.say(`Asked for a ${digit.value}: ${said.filter((_, i) => !tiles[i].el.hidden).join(", ")}.`);
        };
      }],
    });
  };
})();
