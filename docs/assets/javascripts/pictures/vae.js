// VAE: a drawing to a cloud on the map of its class, and a place on the map to a digit.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const [SIDE, FULL] = [28, 7]; // pixels each way, full ink

  /** @param {Lab.Weights} w @param {boolean} [plain] without WebAssembly */
  lab.models.vae = (w, plain = false) => {
    const e = new lab.Engine(plain);
    const pair = (/** @type {string} */ name) => [
      w.tensor(`${name}.weight`),
      w.tensor(`${name}.bias`),
    ];
    const { code } = w.config;
    const last = w.tensor("e3.weight"); // its last ten columns are for the class
    const [given, a, b, cloud] = [
      e.picture(1, SIDE, SIDE, 1),
      e.picture(24, 14, 14, 1),
      e.picture(48, 7, 7),
      e.row(2 * code),
    ];
    const [e1, e2] = [
      e.convolution(...pair("e1"), given, a, { stride: 2 }),
      e.convolution(...pair("e2"), a, b, { stride: 2 }),
    ];
    const e3 = e.linear(...pair("e3"), e.flat(b), cloud);
    const [place, h, small] = [e.row(code + 10), e.row(96), e.picture(24, 7, 7)];
    const [c, d, out] = [
      e.picture(24, 7, 7, 1),
      e.picture(24, 14, 14, 1),
      e.picture(8, SIDE, SIDE),
    ];
    const [d1, d2] = [e.linear(...pair("d1"), place, h), e.linear(...pair("d2"), h, e.flat(small))];
    const [d3, d4] = [e.doubled(...pair("d3"), c, d), e.doubled(...pair("d4"), d, out)];
    return {
      /** Center and log-width of the cloud of codes, side by side. @param {ArrayLike<number>} x ink @param {number} y @returns {Float32Array} */
      encode(x, y) {
        e.write(given, lab.scale(x, FULL));
        e1();
        e.act("silu", a);
        e2();
        e.act("silu", b);
        e3();
        return e
          .read(cloud, 2 * code)
          .map(
            (/** @type {number} */ v, /** @type {number} */ i) =>
              v + last.data[(i + 1) * last.shape[1] - 10 + y],
          );
      },
      /** Each pixel's center in -1..1, and the log of its width. @param {ArrayLike<number>} z @param {number} y */
      decode(z, y) {
        e.numbers(place).set(lab.concat(z, lab.classes(y)));
        d1();
        e.act("silu", h);
        d2();
        e.act("silu", small);
        e.copy(small, c);
        d3();
        e.act("silu", d);
        d4();
        const both = e.read(out, 2);
        const width = both
          .slice(SIDE ** 2)
          .map((/** @type {number} */ v) => Math.min(2, Math.max(-5, v)));
        return { center: both.slice(0, SIDE ** 2), width };
      },
    };
  };

  /** Where the encoder puts the digits of each class that the model learned from. @param {Lab.Weights} w @returns {Float32Array[]} */
  lab.models.codes = (w) => {
    const { shape, data } = w.tensor("codes");
    const each = shape[1] * shape[2];
    return Array.from({ length: shape[0] }, (_, y) => data.subarray(y * each, (y + 1) * each));
  };
})();
// The widget: draw, see the cloud on the map, and walk the map.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const FULL = 7; // ink
  // Chosen on the 500 digits of the validation set:
  const CALM = 15; // what the bounds are divided by, so that the belief in a class is as often right as it says
  const SURE = 0.7; // with less belief no map is said to fit best
  const HALF = 1 / FULL; // half of the way from one level of ink to the next, where ink is -1..1

  lab.widgets.vae = (ui, model) => {
    /** @type {Float32Array[]} where the digits that were learned from lie, once that is there */
    let codes = [];
    const around = (/** @type {number[]} */ z, /** @type {number} */ y) =>
      codes.length ? lab.around(z, codes[y]) : 1;

    /** How well a class explains a drawing: what it costs to draw it again, and how far its cloud is from the round one. @param {ArrayLike<number>} x @param {number} y */
    function bound(x, y) {
      const cloud = model.encode(x, y);
      const { center, width } = model.decode(cloud.subarray(0, 2), y);
      let sum = 0;
      for (let i = 0; i < center.length; i++) {
        const [v, scale] = [(2 * x[i]) / FULL - 1, Math.exp(width[i])];
        const upper = x[i] === FULL ? 1 : lab.sigmoid((v + HALF - center[i]) / scale);
        const lower = x[i] === 0 ? 0 : lab.sigmoid((v - HALF - center[i]) / scale);
        sum += Math.log(Math.max(1e-9, upper - lower));
      }
      for (const k of [0, 1])
        sum -= (cloud[k] ** 2 + Math.exp(2 * cloud[2 + k]) - 1) / 2 - cloud[2 + k];
      return sum;
    }

    /** One draw of the pixels as well. @param {{center: Float32Array, width: Float32Array}} pixels @param {Lab.Chance} chance */
    const noisy = ({ center, width }, chance) =>
      center.map((v, i) => {
        const u = Math.min(1 - 1e-6, Math.max(1e-6, chance.uniform()));
        return v + Math.exp(width[i]) * Math.log(u / (1 - u));
      });

    ui.one((panel) => {
      const controls = panel.row();
      const digit = panel.digits(controls);
      const noise = panel.check(controls, {
        key: "noise",
        label: "show its pixel noise",
        value: false,
      });
      const stage = panel.row("lab-stage");
      const left = panel.row("lab-side lab-draw", stage);
      const field = lab.field(panel, left);
      const big = panel.tile(left, { big: true, caption: true });
      /** @type {Element} */ (left.querySelector(".lab-pad .lab-big")).after(big.el); // your drawing, and drawn again
      const right = panel.row("lab-atlas", stage);
      const atlas = new lab.Atlas(panel, right, (/** @type {number[]} */ z) => place(z));
      const start = model.encode(field.ink(), digit.value);
      const axes = ["across", "down"].map((name, i) =>
        panel.slider(right, {
          key: `z${i + 1}`,
          label: name,
          min: -lab.REACH,
          max: lab.REACH,
          step: 0.02,
          value: Math.round(50 * start[i]) / 50,
          show: (/** @type {number} */ v) => v.toFixed(2),
        }),
      );
      const place = (/** @type {ArrayLike<number>} */ z) =>
        axes.forEach((axis, i) => axis.set(z[i]));
      panel.button(controls, "Back to the cloud", () =>
        place(model.encode(field.ink(), digit.value)),
      );
      panel.lesson(
        "The encoder answers with a cloud (blue), not with a point. The decoder therefore draws the average of all digits that lie there: that is the blur. Where the map is pale, nothing was learned: a hole, and still it draws something.",
      );
      let [mapped, last, read] = ["", field.ink(), digit.value];
      let fits = ""; // what is said of a new drawing
      let cloud = start; // of the drawing

      /** A new drawing opens the map of the class that explains it best; on a map of the reader's choice it keeps its cloud. @param {Float32Array} x */
      function follow(x) {
        if (x === last && digit.value === read) return;
        fits = "";
        if (x !== last && !field.empty()) {
          const belief = lab.softmax(
            Array.from({ length: 10 }, (_, y) => bound(x, y)),
            CALM,
          );
          const best = belief.indexOf(Math.max(...belief));
          fits =
            belief[best] >= SURE
              ? `Your drawing fits the map of the ${best} best. `
              : `Which map your drawing fits is not sure; at best that of the ${best}, with ${Math.round(100 * belief[best])}%. `;
          if (best !== digit.value) digit.set(best);
        }
        [last, read] = [x, digit.value];
        cloud = model.encode(x, digit.value);
        place(cloud);
      }

      const repaintField = panel.repaint;
      panel.repaint = () => {
        mapped = "";
        repaintField();
        panel.refresh();
      };
      const survey = () =>
        ui.work.start(
          atlas.survey(
            (/** @type {number[]} */ z) => lab.ink(model.decode(z, digit.value).center, FULL),
            codes[digit.value] || [],
          ),
          () => panel.refresh(),
        );
      if (ui.host.dataset.later)
        lab.load(ui.host.dataset.later).then(
          (/** @type {Lab.Weights} */ weights) =>
            ui.safe(() => ((codes = lab.models.codes(weights)), (mapped = ""), panel.refresh()))(),
          () =>
            panel.say(
              "Which places of the map are holes cannot be shown, since that file is missing or damaged.",
            ),
        );
      panel.draw = () => {
        const x = field.ink();
        follow(x);
        const y = digit.value;
        if (mapped !== String(y)) {
          mapped = String(y);
          survey();
        }
        const z = axes.map((axis) => axis.value);
        const seen = field.empty() ? undefined : cloud;
        atlas.show(z, seen, `The map of the digit ${y}; the sliders move the place on it.`);
        const pixels = model.decode(z, y);
        const shown = noise.value
          ? noisy(
              pixels,
              new lab.Chance(Math.round(z[0] * 100) + 5000, Math.round(z[1] * 100) + 5000),
            )
          : pixels.center;
        big.set(
          lab.ink(shown, FULL),
          `The ${y} that the decoder draws at this place`,
          noise.value ? "one draw with its noise" : "at the red ring",
        );
        const inside =
          seen && z.every((v, k) => Math.abs(v - seen[k]) < 2 * Math.exp(seen[2 + k]) + 0.02);
        const where = inside
          ? "within the cloud of your drawing"
          : around(z, y)
            ? "among digits that it learned from"
            : "in a hole, where it learned from no digit";
        panel.say(
          `${fits}The ${y} at ${z[0].toFixed(2)} across and ${z[1].toFixed(2)} down, ${where}${noise.value ? ", with the decoder's own pixel noise: sharper, but grainy" : ""}.${seen ? ` The cloud is ${(2 * Math.exp(seen[2])).toFixed(2)} wide and ${(2 * Math.exp(seen[3])).toFixed(2)} high.` : ""}`,
        );
      };
    });
  };
})();
