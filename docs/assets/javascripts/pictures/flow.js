// Flow: four layers between digits and noise. Each shifts and stretches 49 pieces by what the pieces before them say.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const [PIECES, SIZE] = [49, 16]; // 4 x 4 pixels each
  const PIXELS = PIECES * SIZE;

  lab.models.flow = (/** @type {any} */ w, /** @type {boolean} */ plain = false) => {
    const { heads, levels } = w.config;
    const e = new lab.Engine(plain);
    const order = lab.pieces(4);
    const depth = Object.keys(w.tensors).filter((key) => /^layers\.\d+\.enter\.weight$/.test(key)).length;
    const input = e.picture(SIZE, 1, PIECES);
    const output = e.picture(2 * SIZE, 1, PIECES);
    const layers = Array.from({ length: depth }, (_, i) => layer(`layers.${i}`, i % 2 === 1));

    /** @param {string} name @param {boolean} backward it goes through the pieces from the last to the first */
    function layer(name, backward) {
      const get = (/** @type {string} */ key) => w.tensor(`${name}.${key}`);
      const net = new lab.Causal(w, e, { blocks: [`${name}.block`], heads, length: PIECES });
      const enter = e.linear(get("enter.weight"), undefined, input, net.h, true);
      const leave = e.linear(get("leave.weight"), get("leave.bias"), net.a, output);
      const [first, place, bias] = [get("first.weight"), get("place.weight"), get("enter.bias")];
      const at = (/** @type {number} */ i) => SIZE * (backward ? PIECES - 1 - i : i); // where the numbers of its piece i stand

      /** Piece i becomes known, or the class. @param {ArrayLike<number>} v @param {number} y @param {number} i */
      function put(v, y, i) {
        const row = net.token(i);
        for (let k = 0; k < row.length; k++) row[k] = place.data[i * row.length + k] + (i ? bias.data[k] : first.data[10 * k + y]);
        const given = e.view(input.at + i * input.column, SIZE); // none for the class
        for (let k = 0; k < SIZE; k++) given[k] = i ? v[at(i - 1) + k] : 0;
      }

      /** How much piece i is moved (16 numbers), and the log of how much it is stretched (16 more). @param {number} i @returns {Float32Array} */
      const found = (i) => e.view(output.at + i * output.column, 2 * SIZE);

      return {
        backward,
        /** Toward noise: all at once. @param {Float64Array} v in place @param {number} y @returns {number} log of the stretch */
        forward(v, y) {
          for (let i = 0; i < PIECES; i++) put(v, y, i);
          enter();
          net.run(0, PIECES);
          leave();
          let sum = 0;
          for (let i = 0; i < PIECES; i++) {
            const m = found(i);
            for (let k = 0; k < SIZE; k++) {
              v[at(i) + k] = (v[at(i) + k] - m[k]) * Math.exp(-m[SIZE + k]);
              sum -= m[SIZE + k];
            }
          }
          return sum;
        },
        /** Toward the digit: piece after piece. @param {Float64Array} v in place @param {number} y */
        *inverse(v, y) {
          for (let i = 0; i < PIECES; i++) {
            put(v, y, i);
            enter(i, 1);
            net.run(i);
            leave(i, 1);
            const m = found(i);
            for (let k = 0; k < SIZE; k++) v[at(i) + k] = v[at(i) + k] * Math.exp(m[SIZE + k]) + m[k];
            yield;
          }
        },
      };
    }

    return {
      layers,
      order,
      /** Shares of ink in 0..1 to noise, piece by piece, and the log of their density. @param {ArrayLike<number>} share @param {number} y */
      forward(share, y) {
        const v = Float64Array.from(order, (pixel) => 2 * share[pixel] - 1);
        const steps = [v.slice()];
        let density = PIXELS * (Math.log(2) - Math.log(2 * Math.PI) / 2);
        for (const one of layers) {
          density += one.forward(v, y);
          steps.push(v.slice());
        }
        return { steps, density: v.reduce((sum, z) => sum - (z * z) / 2, density) };
      },
      /** The log-probability of whole ink: the density at the middle of each cell. @param {ArrayLike<number>} x @param {number} y @returns {number} */
      rate(x, y) {
        return this.forward(Array.from(x, (v) => (v + 0.5) / levels), y).density - PIXELS * Math.log(levels);
      },
      /** Noise to a digit, as numbers of pieces; it stops after each piece of each layer. @param {ArrayLike<number>} noise @param {number} y @param {(v: Float64Array) => void} [seen] */
      *inverse(noise, y, seen = () => {}) {
        const v = Float64Array.from(noise);
        for (const one of [...layers].reverse())
          for (const _ of one.inverse(v, y)) {
            seen(v);
            yield;
          }
        return v;
      },
    };
  };

  const BITS = PIXELS * Math.LN2;
  // Measured on the 500 digits of the test set, at the middle of each cell of ink:
  const TYPICAL = [-0.2, 0.65]; // of 100 of them, 98 have so many bits per pixel; a blank sheet has -0.44
  const CALM = 2; // what the log-densities are divided by, so that the belief in a class is as often right as it says
  const SURE = 0.9; // with less belief no class is named
  const classes = Array.from({ length: 10 }, (_, y) => y);
  /** Shares of ink, -1..1, as whole ink: each level is a cell. @param {ArrayLike<number>} v */
  const whole = (v) => Float32Array.from(v, (a) => Math.min(7, Math.max(0, Math.floor(4 * (a + 1)))));

  /** Bits per pixel, and the belief in each class. @param {any} model @param {ArrayLike<number>} x */
  function* rated(model, x) {
    const scores = [];
    for (const y of classes) {
      scores.push(model.rate(x, y));
      yield;
    }
    return { bits: (Math.log(10) - lab.logSum(scores)) / BITS, belief: lab.softmax(scores, CALM) };
  }

  /** How likely is the reader's drawing, and which digit is it? @param {any} panel @param {any} model */
  function rate(panel, model) {
    const { ui } = panel;
    const stage = panel.row("lab-stage");
    const field = lab.field(panel, panel.row("lab-side lab-draw", stage));
    const side = panel.row("lab-side", stage);
    const verdict = panel.text(side, "\u2026", "lab-verdict");
    panel.text(side, "Bits per pixel. The band holds 98 of 100 handwritten digits that it has never seen:", "lab-caption");
    const meter = panel.row("lab-meter lab-band", side);
    const place = (/** @type {number} */ bits) => Math.min(1, Math.max(0, (bits + 0.6) / 2));
    const band = meter.appendChild(lab.el("s"));
    band.style.left = `${100 * place(TYPICAL[0])}%`;
    band.style.width = `${100 * (place(TYPICAL[1]) - place(TYPICAL[0]))}%`;
    const needle = meter.appendChild(lab.el("span", { class: "lab-mark lab-needle" }, lab.el("i"), lab.el("b", {}, "yours")));
    panel.text(side, "If it is a digit, which one? From the ten densities, by Bayes' rule:", "lab-caption");
    const bars = lab.chart(panel, side, classes.map(String), "Probability of each digit");
    panel.lesson("A flow does not guess how likely a picture is: it carries it back to noise, counts every stretch on the way, and so knows the density. Most of it is about strokes and edges; which digit it is changes it little.");
    let last = "";
    panel.draw = () => {
      const ink = field.ink();
      if (ink.join("") === last) return;
      last = ink.join("");
      ui.work.start(rated(model, ink), (/** @type {{bits: number, belief: Float32Array}} */ { bits, belief }) => {
        const top = belief.indexOf(Math.max(...belief));
        const [low, high] = TYPICAL;
        const like = bits >= low && bits <= high;
        const sure = belief[top] >= SURE;
        verdict.textContent = !like ? "Unlike any digit" : sure ? `A ${top}` : "Like a digit";
        needle.style.left = `${(100 * place(bits)).toFixed(1)}%`;
        bars(like ? belief : new Float32Array(10), like ? top : -1);
        const why = field.empty() ? "The sheet is empty, which no digit is." : bits > high ? "It is too surprising: digits do not do this." : bits < low ? "It is too plain: a digit has more in it." : `It is like a digit. ${sure ? "Most likely" : "Which one, it is not sure; at best"} a ${top}, with ${Math.round(100 * belief[top])}%.`;
        panel.say(`${why} ${bits.toFixed(2)} bits per pixel; handwritten digits have ${low} to ${high}. The density is exact, read at the middle of each cell of ink.`);
      });
    };
  }

  /** Noise becomes a digit, layer by layer and piece by piece. @param {any} panel @param {any} model */
  function warp(panel, model) {
    const { ui } = panel;
    const depth = model.layers.length;
    const controls = panel.row();
    const digit = panel.digits(controls);
    const seed = panel.seed(controls);
    const warmth = panel.slider(controls, { key: "temperature", label: "Size of the noise", min: 0, max: 1.2, step: 0.1, value: 0.7, show: (/** @type {number} */ v) => v.toFixed(1) });
    const stage = panel.row("lab-stage lab-write");
    const big = panel.tile(stage, { big: true });
    const side = panel.row("lab-side", stage);
    const player = lab.film(panel, side, { key: "at", label: "Piece", max: depth * PIECES, value: depth * PIECES, seconds: 6 });
    const tiles = panel.tiles(panel.row("lab-layers", side), depth + 1, (/** @type {number} */ i) => (player.stop(), player.set(PIECES * i)));
    panel.lesson("The way can be gone in both directions. Each layer shifts and stretches one piece after the other, by what it reads off the pieces before; the next one goes through them in the opposite order. Nothing is lost on the way.");
    let last = "";
    let back = 0; // how far from the noise one comes out who goes back
    /** @type {Float32Array[]} */
    let frames = [];

    /** @param {Float32Array[]} filled */
    function* shoot(filled) {
      const z = new lab.Chance(seed.value, digit.value).normals(PIXELS).map((/** @type {number} */ v) => v * warmth.value);
      const keep = (/** @type {ArrayLike<number>} */ v) => filled.push(lab.unfolded(v, model.order));
      keep(z);
      const v = yield* model.inverse(z, digit.value, keep);
      const { steps } = model.forward(lab.unfolded(v, model.order).map((/** @type {number} */ a) => (a + 1) / 2), digit.value);
      back = Math.max(...z.map((/** @type {number} */ a, /** @type {number} */ i) => Math.abs(a - steps[depth][i])));
    }

    panel.draw = () => {
      const key = [digit.value, seed.value, warmth.value].join();
      if (key !== last) {
        frames = [];
        player.known = 0;
        ui.work.start(shoot(frames), () => panel.refresh());
        if (last) player.play(true);
        last = key;
      }
      player.known = frames.length - 1;
      const at = Math.min(player.value, frames.length - 1);
      if (at < 0) return;
      const layer = Math.min(depth - 1, Math.floor(at / PIECES)); // the one that is at work
      const done = at - PIECES * layer;
      const which = model.layers[depth - 1 - layer];
      const piece = which.backward ? PIECES - done : done - 1;
      big.over = (/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ cell) => {
        if (done === 0 || at === depth * PIECES) return;
        context.strokeStyle = ui.color("--g-red");
        context.lineWidth = 3;
        context.strokeRect(4 * (piece % 7) * cell, 4 * Math.floor(piece / 7) * cell, 4 * cell, 4 * cell);
      };
      big.set(whole(frames[at]), `On the way from noise to a ${digit.value}: layer ${layer + 1} of ${depth}, ${done} of ${PIECES} pieces`);
      tiles.forEach((/** @type {Tile} */ tile, /** @type {number} */ i) => {
        if (frames[PIECES * i]) tile.set(whole(frames[PIECES * i]), i ? `After layer ${i}` : "Noise", i ? `layer ${i}` : "noise");
        tile.mark(at === PIECES * i);
      });
      panel.say(
        at === 0 ? `Noise ${seed.value}: ${PIXELS} numbers, each drawn for itself.`
        : at < depth * PIECES ? `Layer ${layer + 1} of ${depth} has shifted and stretched ${done} of ${PIECES} pieces, from the ${which.backward ? "last to the first" : "first to the last"}.`
        : `All ${depth} layers made a ${digit.value} of noise ${seed.value}.${frames.length > depth * PIECES && back ? ` Sent back through them, it ends at the same noise; the largest difference is ${back.toExponential(0)}.` : ""}`,
      );
    };
  }

  lab.widgets.flow = (/** @type {any} */ ui, /** @type {any} */ model) => {
    ui.tabs({
      rate: ["Rate a drawing", (/** @type {any} */ panel) => rate(panel, model)],
      warp: ["From noise to digit", (/** @type {any} */ panel) => warp(panel, model)],
    });
  };
})();
