// VAE: a point of the map and a class to the 64 means of a digit, with one width for the pixel noise.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;
  const REACH = 2.5; // the map shows -2.5..2.5 in both directions
  const SIDE = 11; // digits in a row of the map
  const SCREEN = 440; // pixels of the map

  lab.models.vae = (/** @type {any} */ w) => {
    const layers = Object.fromEntries(["e1", "e2", "e3", "d1", "d2", "d3"].map((name) => [name, w.linear(name)]));
    const through = (/** @type {string} */ part, /** @type {Float32Array} */ x) =>
      layers[`${part}3`](lab.silu(layers[`${part}2`](lab.silu(layers[`${part}1`](x)))));
    return {
      /** Center (2) and log-width (2) of the cloud of codes. @param {ArrayLike<number>} x ink @param {number} y */
      encode: (x, y) => through("e", lab.concat(lab.scale(x), lab.classes(y))),
      /** The 64 centers in -1..1. @param {ArrayLike<number>} z @param {number} y */
      decode: (z, y) => through("d", lab.concat(z, lab.classes(y))).subarray(0, 64),
      /** The 64 log-widths of the pixels' distributions. @param {ArrayLike<number>} z @param {number} y */
      widths: (z, y) => through("d", lab.concat(z, lab.classes(y))).subarray(64).map((/** @type {number} */ v) => Math.min(2, Math.max(-5, v))),
      /** One draw of the pixels as well. @param {ArrayLike<number>} z @param {number} y @param {any} chance */
      noisy(z, y, chance) {
        const widths = this.widths(z, y);
        return this.decode(z, y).map((/** @type {number} */ center, /** @type {number} */ i) => {
          const u = Math.min(1 - 1e-6, Math.max(1e-6, chance.uniform()));
          return center + Math.exp(widths[i]) * Math.log(u / (1 - u));
        });
      },
    };
  };

  lab.widgets.vae = (/** @type {any} */ ui, /** @type {any} */ model) => {
    ui.one((/** @type {any} */ panel) => {
      const controls = panel.row();
      const digit = panel.digits(controls);
      const noise = panel.check(controls, { key: "noise", label: "show its pixel noise", value: false });
      const stage = panel.row("lab-stage");
      const map = lab.el("canvas", { class: "lab-canvas lab-map", width: SCREEN, height: SCREEN, role: "img" });
      stage.append(map);
      const side = panel.row("lab-side lab-narrow", stage);
      const big = panel.tile(side, { big: true, caption: true });
      const axes = ["across", "down"].map((name, i) =>
        panel.slider(side, { key: `z${i + 1}`, label: name, min: -REACH, max: REACH, step: 0.05, value: i ? 0.2 : -0.4, show: (/** @type {number} */ v) => v.toFixed(2) }));
      panel.lesson("Two numbers and the class are all the decoder gets. It answers with the average of every digit that could stand there, which is where the blur comes from; its own pixel noise is what it leaves out.");
      const sheet = lab.el("canvas", { width: SCREEN, height: SCREEN });
      let drawn = "";

      /** The map of a class: a digit for each point of a grid, decoded once. */
      function survey() {
        const context = sheet.getContext("2d");
        const cell = SCREEN / SIDE;
        const small = lab.el("canvas", { width: 96, height: 96 });
        context.clearRect(0, 0, SCREEN, SCREEN);
        for (let row = 0; row < SIDE; row++)
          for (let column = 0; column < SIDE; column++) {
            const z = [column, row].map((k) => ((k + 0.5) / SIDE - 0.5) * 2 * REACH);
            big.ink = lab.ink(model.decode(z, digit.value));
            small.getContext("2d").putImageData(big.picture(), 0, 0);
            context.drawImage(small, column * cell + 3, row * cell + 3, cell - 6, cell - 6);
          }
      }

      const spot = (/** @type {PointerEvent} */ event) => {
        const box = map.getBoundingClientRect();
        axes[0].set((((event.clientX - box.left) / box.width) * 2 - 1) * REACH);
        axes[1].set((((event.clientY - box.top) / box.height) * 2 - 1) * REACH);
      };
      map.addEventListener("pointerdown", ui.safe((/** @type {PointerEvent} */ event) => (map.setPointerCapture(event.pointerId), spot(event))));
      map.addEventListener("pointermove", ui.safe((/** @type {PointerEvent} */ event) => event.buttons && spot(event)));
      panel.repaint = () => ((drawn = ""), panel.refresh());
      panel.draw = () => {
        const key = [digit.value, ui.color("--g-ink")].join();
        if (key !== drawn) survey();
        drawn = key;
        const z = axes.map((axis) => axis.value);
        const context = map.getContext("2d");
        context.clearRect(0, 0, SCREEN, SCREEN);
        context.globalAlpha = 0.55;
        context.drawImage(sheet, 0, 0);
        context.globalAlpha = 1;
        const [x, y] = z.map((v) => ((v / REACH + 1) / 2) * SCREEN);
        context.strokeStyle = context.fillStyle = ui.color("--g-red");
        context.lineWidth = 4;
        context.beginPath();
        context.arc(x, y, 13, 0, 7);
        context.stroke();
        context.beginPath();
        context.arc(x, y, 3, 0, 7);
        context.fill();
        map.setAttribute("aria-label", `The map of the digit ${digit.value}, ${SIDE} by ${SIDE} digits; the sliders move the point.`);
        const mean = model.decode(z, digit.value);
        const shown = noise.value ? model.noisy(z, digit.value, new lab.Chance(Math.round(z[0] * 100) + 5000, Math.round(z[1] * 100) + 5000)) : mean;
        big.set(lab.ink(shown), `The ${digit.value} at this point`, noise.value ? "one draw with its noise" : "the average it answers with");
        panel.say(`The ${digit.value} at ${z[0].toFixed(2)} across and ${z[1].toFixed(2)} down, ${noise.value ? "one draw with the decoder's own pixel noise: sharper, but grainy" : "as the decoder's mean: clean, but smooth"}.`);
      };
    });
  };
})();
