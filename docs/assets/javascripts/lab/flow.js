// Flow: six coupling layers between digits and plain noise, invertible, with a stretch that can be counted.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;
  const LEVELS = 17;

  lab.models.flow = (/** @type {any} */ w) => {
    const { edge } = w.config;
    const couplings = Array.from({ length: w.config.layers }, (_, i) => {
      const [l1, l2, l3] = ["l1", "l2", "l3"].map((name) => w.linear(`couplings.${i}.${name}`));
      const places = Array.from({ length: 64 }, (_, k) => k);
      const kept = places.filter((k) => ((k >> 3) + (k % 8)) % 2 === i % 2);
      return {
        moved: places.filter((k) => !kept.includes(k)),
        /** s (32 numbers) and t (32 more), from the kept half and the class alone. @param {ArrayLike<number>} x @param {Float32Array} c */
        network(x, c) {
          const out = l3(lab.silu(l2(lab.silu(l1(lab.concat(kept.map((k) => x[k]), c))))));
          return out.map((/** @type {number} */ v, /** @type {number} */ k) => (k < 32 ? 2 * Math.tanh(v / 2) : v));
        },
      };
    });
    return {
      /** log density of shares of ink in 0..1. @param {ArrayLike<number>} share @param {number} y @returns {number} */
      logDensity(share, y) {
        const c = lab.classes(y);
        let sum = 64 * (Math.log(1 - 2 * edge) - 0.5 * Math.log(2 * Math.PI));
        const v = Float64Array.from(share, (u) => {
          const p = edge + (1 - 2 * edge) * u;
          sum -= Math.log(p) + Math.log(1 - p);
          return Math.log(p / (1 - p));
        });
        for (const { moved, network } of couplings) {
          const m = network(v, c);
          moved.forEach((k, i) => {
            v[k] = v[k] * Math.exp(m[i]) + m[32 + i];
            sum += m[i];
          });
        }
        return v.reduce((total, z) => total - 0.5 * z * z, sum);
      },
      /** The density at the middle of each cell of ink, as a log-probability. @param {ArrayLike<number>} x @param {number} y */
      rate(x, y) {
        return this.logDensity(Array.from(x, (v) => (v + 0.5) / LEVELS), y) - 64 * Math.log(LEVELS);
      },
      /** Noise to data, all layers undone in reverse. @param {ArrayLike<number>} noise @param {number} y */
      inverse(noise, y) {
        const c = lab.classes(y);
        const v = Float64Array.from(noise);
        for (const { moved, network } of [...couplings].reverse()) {
          const m = network(v, c);
          moved.forEach((k, i) => (v[k] = (v[k] - m[32 + i]) * Math.exp(-m[i])));
        }
        return v;
      },
      /** Noise to ink. @param {ArrayLike<number>} noise @param {number} y */
      draw(noise, y) {
        return Float32Array.from(this.inverse(noise, y), (a) => Math.min(16, Math.max(0, Math.floor(((lab.sigmoid(a) - edge) / (1 - 2 * edge)) * LEVELS))));
      },
    };
  };

  const BITS = 64 * Math.LN2;
  /** Where on the meter, from 0 to 1: one bit per pixel is at the left, 16 at the right. @param {number} bits */
  const position = (bits) => Math.min(1, Math.max(0, Math.log2(Math.max(bits, 1)) / 4));

  lab.widgets.flow = (/** @type {any} */ ui, /** @type {any} */ model) => {
    const classes = Array.from({ length: 10 }, (_, y) => y);
    /** Bits per pixel, and the belief in each class. @param {ArrayLike<number>} x */
    function rate(x) {
      const scores = classes.map((y) => model.rate(x, y));
      return { bits: (Math.log(10) - lab.logSum(scores)) / BITS, belief: lab.softmax(scores) };
    }

    ui.tabs({
      rate: ["Rate a drawing", (/** @type {any} */ panel) => {
        const stage = panel.row("lab-stage");
        const field = lab.pad(panel, panel.row("lab-side lab-draw", stage));
        const side = panel.row("lab-side", stage);
        panel.text(side, "Bits per pixel: the fewer, the more the drawing looks like the digits it has learned", "lab-caption");
        const meter = panel.row("lab-meter", side);
        /** @param {string} name @param {string} style */
        const tick = (name, style) => {
          const mark = lab.el("span", { class: style }, lab.el("i"), lab.el("b", {}, name));
          meter.append(mark);
          return (/** @type {number} */ bits) => {
            mark.style.left = `${(100 * position(bits)).toFixed(1)}%`;
          };
        };
        const real = (ui.host.dataset.digits || "").split(" ").filter(Boolean).map((/** @type {string} */ text) => Float32Array.from(text, (a) => a.charCodeAt(0) - 97));
        const middle = (/** @type {ArrayLike<number>[]} */ all) => all.map((x) => rate(x).bits).sort((a, b) => a - b)[all.length >> 1];
        if (real.length) {
          tick("real", "lab-mark")(middle(real));
          tick("upside down", "lab-mark lab-low")(middle(real.map((/** @type {Float32Array} */ x) => x.slice().reverse())));
        }
        tick("noise", "lab-mark")(middle([1, 2, 3].map((seed) => {
          const chance = new lab.Chance(seed);
          return Float32Array.from({ length: 64 }, () => Math.floor(chance.uniform() * LEVELS));
        })));
        const needle = tick("yours", "lab-mark lab-needle");
        panel.text(side, "Which digit is it? From the ten densities, by Bayes' rule:", "lab-caption");
        const bars = panel.bars(side, classes.map(String), "Probability of each digit");
        panel.lesson("A flow never guesses how likely a picture is: it carries it back to noise, counts every stretch on the way, and so knows the density.");
        panel.draw = () => {
          const { bits, belief } = rate(field.ink());
          const top = belief.indexOf(Math.max(...belief));
          needle(bits);
          bars(belief, top);
          const what = field.empty() ? "The sheet is empty, which no digit is. " : "";
          panel.say(`${what}${bits.toFixed(2)} bits per pixel, a log-probability of ${Math.round(-bits * BITS)} in natural units; most likely a ${top}, with ${Math.round(100 * belief[top])}%. The density is exact, read at the middle of each cell of ink.`);
        };
      }],
      make: ["Make ten", (/** @type {Panel} */ panel) => {
        const controls = panel.row();
        const digit = panel.digits(controls, true);
        const seed = panel.seed(controls);
        const tiles = panel.tiles(panel.row("lab-stage"), 10, undefined, true);
        panel.lesson("The same layers, run backward, turn noise into a digit; each is rated exactly by running them forward again.");
        panel.draw = () => {
          tiles.forEach((/** @type {Tile} */ tile, /** @type {number} */ i) => {
            const y = digit.value < 0 ? i : digit.value;
            const x = model.draw(new lab.Chance(seed.value, i).normals(64), y);
            const bits = rate(x).bits;
            tile.set(x, `A ${y}, ${bits.toFixed(1)} bits per pixel`, `${bits.toFixed(1)} bits`);
          });
          panel.say(`Ten digits from noise ${seed.value}, with the bits per pixel that the flow gives to each.`);
        };
      }],
    });
  };
})();
