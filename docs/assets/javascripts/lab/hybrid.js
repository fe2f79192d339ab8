// Hybrid: a transformer reads the strips so far, once; a small denoiser refines the next strip from noise.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;
  const STRIPS = 4;
  const SIZE = 16; // pixels of a strip

  lab.models.hybrid = (/** @type {any} */ w) => {
    const { heads, blocks: depth, near } = w.config;
    const [first, place] = ["first", "place"].map((name) => w.table(name));
    const enter = w.linear("strip");
    const blocks = Array.from({ length: depth }, (_, i) => w.block(`blocks.${i}`, heads));
    const norm = w.norm("norm");
    const head = w.denoiser("head", 2);
    return {
      /** @param {number} y */
      begin: (y) => ({ y, caches: blocks.map(() => ({ rows: [] })) }),
      /** The condition of strip i, from the class and the strip before it. @param {any} state @param {Float32Array} before @param {number} i */
      read(state, before, i) {
        let h = lab.add((i ? enter(before) : first(state.y)).slice(), place(i));
        blocks.forEach((block, b) => (h = block(h, state.caches[b])));
        return norm(h);
      },
      /** One strip, from noise to ink. @param {Float32Array} noise @param {Float32Array} c @param {number} steps */
      refine: (noise, c, steps) => lab.follow((/** @type {number} */ x, /** @type {number} */ t) => head(x, t, c), noise, steps, near),
      /** Every state of the digit in the making. @param {Float32Array} noise 64 numbers @param {number} y @param {number} steps for each strip */
      write(noise, y, steps) {
        const state = this.begin(y);
        const frames = [];
        const done = new Float32Array(64).fill(-1);
        for (let i = 0; i < STRIPS; i++) {
          const c = this.read(state, done.slice(SIZE * (i - 1), SIZE * i), i);
          for (const strip of this.refine(noise.slice(SIZE * i, SIZE * (i + 1)), c, steps)) {
            done.set(strip, SIZE * i);
            frames.push(done.slice());
          }
        }
        return frames;
      },
    };
  };

  lab.widgets.hybrid = (/** @type {any} */ ui, /** @type {any} */ model) => {
    ui.one((/** @type {any} */ panel) => {
      const controls = panel.row();
      const digit = panel.digits(controls);
      const seed = panel.seed(controls);
      const steps = panel.choice(controls, { key: "steps", label: "Steps in a strip", options: [1, 2, 4, 8, 16].map((n) => [n, String(n)]), value: 8 });
      const stage = panel.row("lab-stage");
      const big = panel.tile(stage, { big: true, caption: true });
      const side = panel.row("lab-side", stage);
      const player = panel.player(side, { key: "at", label: "Moment", min: 0, max: 67, value: 20 }, 110);
      const tiles = panel.tiles(side, 4, (/** @type {number} */ i) => (player.stop(), player.set((i + 1) * (steps.value + 1) - 1)));
      panel.lesson("Two clocks: the strips come one after another, as in a language model; inside each, noise turns into ink, as in diffusion.");
      let last = "";
      /** @type {any[]} */
      let frames = [];
      panel.draw = () => {
        const key = [digit.value, seed.value, steps.value].join();
        if (key !== last) frames = model.write(new lab.Chance(seed.value, digit.value).normals(64), digit.value, steps.value);
        last = key;
        const each = steps.value + 1;
        player.limit(frames.length - 1);
        const at = player.value;
        const strip = Math.floor(at / each);
        const step = at % each;
        big.over = (/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ cell) => {
          context.strokeStyle = ui.color("--g-red");
          context.lineWidth = 4;
          context.strokeRect(2, strip * 2 * cell + 2, 8 * cell - 4, 2 * cell - 4);
          context.fillStyle = ui.color("--g-sunk");
          context.fillRect(0, (strip + 1) * 2 * cell, 8 * cell, 8 * cell);
        };
        big.set(lab.soft(frames[at]), `The ${digit.value} in the making: strip ${strip + 1} of 4`, `strip ${strip + 1}, step ${step} of ${steps.value}`);
        tiles.forEach((/** @type {Tile} */ tile, /** @type {number} */ i) => {
          tile.set(lab.ink(frames[(i + 1) * each - 1]), `After strip ${i + 1}`, `strip ${i + 1}`);
          tile.mark(strip === i);
        });
        panel.say(`A ${digit.value}: strip ${strip + 1} of 4, ${step === 0 ? "still noise" : `refined ${step} of ${steps.value} times`}. The transformer ran ${strip + 1} times, the small denoiser ${strip * steps.value + step} times.`);
      };
    });
  };
})();
