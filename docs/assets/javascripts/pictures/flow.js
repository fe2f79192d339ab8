// Flow: four layers between digits and noise. Each shifts and stretches 49 pieces by what the pieces before them say.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const [PIECES, SIZE] = [49, 16]; // of 16 pixels each
  const PIXELS = PIECES * SIZE;

  /**
   * Where the pixels of the 49 pieces of each layer stand, piece by piece: squares of 4 x 4, or every seventh pixel of every seventh row;
   * then both once more, from the last piece to the first.
   * @returns {Int16Array[]}
   */
  function orders() {
    const near = Int16Array.from(lab.pieces(4));
    const far = near.map(
      (_, i) =>
        28 * (7 * Math.floor((i % SIZE) / 4) + Math.floor(i / SIZE / 7)) +
        7 * (i % 4) +
        (Math.floor(i / SIZE) % 7),
    );
    const turned = (/** @type {Int16Array} */ order) =>
      order.map((_, i) => order[SIZE * (PIECES - 1 - Math.floor(i / SIZE)) + (i % SIZE)]);
    return [near, far, turned(near), turned(far)];
  }

  lab.models.flow = (w, plain = false) => {
    const { heads, levels, guide, temperature } = w.config;
    const e = new lab.Engine(plain);
    const [input, output] = [SIZE, 2 * SIZE].map((n) => e.picture(n, 1, PIECES));
    const layers = orders().map((order, i) => layer(`layers.${i}`, order));

    /** @param {string} name @param {Int16Array} order */
    function layer(name, order) {
      const get = (/** @type {string} */ key) => w.tensor(`${name}.${key}`);
      const [first, place, bias] = [get("first.weight"), get("place.weight"), get("enter.bias")];
      const before = new Float32Array(2 * SIZE);

      /** A transformer over the pieces. Two of them, since a guided sample goes two ways at once: with its class, and without. */
      const reader = () => {
        const net = new lab.Causal(w, e, { blocks: [`${name}.block`], heads, length: PIECES });
        const enter = e.linear(get("enter.weight"), undefined, input, net.h, true);
        const leave = e.linear(get("leave.weight"), get("leave.bias"), net.a, output);
        /** Pieces, of which the ones before are known. @param {ArrayLike<number>} v @param {number} y the class, or -1 @param {number} from @param {number} count */
        return (v, y, from, count) => {
          for (let i = from; i < from + count; i++) {
            const row = net.token(i);
            for (let k = 0; k < row.length; k++)
              row[k] =
                place.data[i * row.length + k] +
                (i ? bias.data[k] : 0) +
                (y < 0 ? 0 : first.data[10 * k + y]);
            const given = e.view(input.at + i * input.column, SIZE); // the piece before; none at the first
            for (let k = 0; k < SIZE; k++) given[k] = i ? v[order[SIZE * (i - 1) + k]] : 0;
          }
          enter(from, count);
          net.run(from, count);
          leave(from, count);
        };
      };
      const [told, blind] = [reader(), reader()];

      /** How much piece i is moved (16 numbers), and the log of how much it is stretched (16 more). @param {number} i @returns {Float32Array} */
      const found = (i) => e.view(output.at + i * output.column, 2 * SIZE);

      return {
        order,
        /** Toward noise: all at once. @param {Float64Array} v in place @param {number} y @returns {number} log of the stretch */
        forward(v, y) {
          told(v, y, 0, PIECES);
          let sum = 0;
          for (let i = 0; i < PIECES; i++) {
            const m = found(i);
            for (let k = 0; k < SIZE; k++) {
              const pixel = order[SIZE * i + k];
              v[pixel] = (v[pixel] - m[k]) * Math.exp(-m[SIZE + k]);
              sum -= m[SIZE + k];
            }
          }
          return sum;
        },
        /** Toward the digit: piece after piece. With guidance it is no inverse any more. @param {Float64Array} v in place @param {number} y @param {number} guidance */
        *inverse(v, y, guidance) {
          for (let i = 0; i < PIECES; i++) {
            if (guidance) {
              blind(v, -1, i, 1);
              before.set(found(i));
            }
            told(v, y, i, 1);
            const m = found(i).map((a, k) => a + (guidance ? guidance * (a - before[k]) : 0));
            for (let k = 0; k < SIZE; k++) {
              const pixel = order[SIZE * i + k];
              v[pixel] = v[pixel] * Math.exp(m[SIZE + k]) + m[k];
            }
            yield;
          }
        },
      };
    }

    return {
      layers,
      guide,
      temperature,
      /** Shares of ink in 0..1 to noise, and the log of their density. @param {ArrayLike<number>} share @param {number} y */
      forward(share, y) {
        const v = Float64Array.from(share, (a) => 2 * a - 1);
        let density = PIXELS * (Math.log(2) - Math.log(2 * Math.PI) / 2);
        for (const one of layers) density += one.forward(v, y);
        return { z: v, density: v.reduce((sum, a) => sum - (a * a) / 2, density) };
      },
      /** The log-density of whole ink, at the middle of each cell, times the cell's size. @param {ArrayLike<number>} x @param {number} y @returns {number} */
      rate(x, y) {
        return (
          this.forward(
            Array.from(x, (v) => (v + 0.5) / levels),
            y,
          ).density -
          PIXELS * Math.log(levels)
        );
      },
      /** Noise to a digit; it stops after each piece of each layer. @param {ArrayLike<number>} noise @param {number} y @param {number} [guidance] @param {(v: Float64Array) => void} [seen] */
      *inverse(noise, y, guidance = 0, seen = () => {}) {
        const v = Float64Array.from(noise);
        for (const one of [...layers].reverse())
          for (const _ of one.inverse(v, y, guidance)) {
            seen(v);
            yield;
          }
        return v;
      },
    };
  };

  const BITS = PIXELS * Math.LN2;
  // Measured on the 500 digits of the test set, at the middle of each cell of ink:
  const TYPICAL = [-0.2, 0.6]; // of 100 of them, 99 have so many bits per pixel; a blank sheet has -0.45
  const CALM = 2; // what the log-densities are divided by, so that the belief in a class is as often right as it says
  const SURE = 0.9; // with less belief no class is named
  const classes = Array.from({ length: 10 }, (_, y) => y);
  const named = (/** @type {number} */ y) => `${y === 8 ? "an" : "a"} ${y}`;
  /** Shares of ink, -1..1, as whole ink: each level is a cell. @param {ArrayLike<number>} v */
  const whole = (v) =>
    Float32Array.from(v, (a) => Math.min(7, Math.max(0, Math.floor(4 * (a + 1)))));

  /** Bits per pixel, and the belief in each class. @param {Lab.Model} model @param {ArrayLike<number>} x */
  function* rated(model, x) {
    const scores = [];
    for (const y of classes) {
      scores.push(model.rate(x, y));
      yield;
    }
    return { bits: (Math.log(10) - lab.logSum(scores)) / BITS, belief: lab.softmax(scores, CALM) };
  }

  /** How likely is the reader's drawing, and which digit is it? @param {Panel} panel @param {Lab.Model} model */
  function rate(panel, model) {
    const { ui } = panel;
    const stage = panel.row("lab-stage");
    const field = lab.field(panel, panel.row("lab-side lab-draw", stage), {
      opening: 4, // one that the flow names
    });
    const side = panel.row("lab-side", stage);
    const verdict = panel.text(side, "\u2026", "lab-verdict");
    panel.text(
      side,
      "Bits per pixel. The band holds 99 of 100 handwritten digits that it has never seen:",
      "lab-caption",
    );
    const meter = panel.row("lab-meter lab-band", side);
    const place = (/** @type {number} */ bits) => Math.min(1, Math.max(0, (bits + 0.6) / 2));
    const band = meter.appendChild(lab.el("s"));
    band.style.left = `${100 * place(TYPICAL[0])}%`;
    band.style.width = `${100 * (place(TYPICAL[1]) - place(TYPICAL[0]))}%`;
    const needle = meter.appendChild(
      lab.el("span", { class: "lab-mark lab-needle" }, lab.el("i"), lab.el("b", {}, "yours")),
    );
    panel.text(
      side,
      "If it is a digit, which one? From the ten log-densities, halved, since the plain ones are surer than they are right:",
      "lab-caption",
    );
    const bars = lab.chart(panel, side, classes.map(String), "Probability of each digit");
    panel.lesson(
      "A flow does not guess how likely a picture is: it carries it back to noise, counts every stretch on the way, and so knows the density. Most of it is about strokes and edges; which digit it is changes it little.",
    );
    let last = "";
    panel.draw = () => {
      const ink = field.ink();
      if (ink.join("") === last) return;
      last = ink.join("");
      ui.work.start(
        rated(model, ink),
        (/** @type {{bits: number, belief: Float32Array}} */ { bits, belief }) => {
          const top = belief.indexOf(Math.max(...belief));
          const [low, high] = TYPICAL;
          const like = bits >= low && bits <= high;
          const sure = belief[top] >= SURE;
          verdict.textContent = !like
            ? "Unlike any digit"
            : sure
              ? named(top).replace("a", "A")
              : "Like a digit";
          needle.style.left = `${(100 * place(bits)).toFixed(1)}%`;
          bars(like ? belief : new Float32Array(10), like ? top : -1);
          const why = field.empty()
            ? "The sheet is empty, which no digit is."
            : bits > high
              ? "It is too surprising: digits do not do this."
              : bits < low
                ? "It is too plain: a digit has more in it."
                : `It is like a digit. ${sure ? "Most likely" : "Which one, it is not sure; at best"} ${named(top)}, with ${Math.round(100 * belief[top])}%.`;
          panel.say(
            `${why} ${bits.toFixed(2)} bits per pixel; handwritten digits have ${low} to ${high}. The density is exact, read at the middle of each cell of ink.`,
          );
        },
      );
    };
  }

  /** The outline of some pixels. @param {CanvasRenderingContext2D} context @param {number} cell @param {Int16Array} pixels */
  function outline(context, cell, pixels) {
    const inside = new Set(pixels);
    for (const pixel of pixels) {
      const [x, y] = [(pixel % 28) * cell, Math.floor(pixel / 28) * cell];
      if (!inside.has(pixel - 28)) context.fillRect(x - 1, y - 1, cell + 2, 2);
      if (!inside.has(pixel + 28)) context.fillRect(x - 1, y + cell - 1, cell + 2, 2);
      if (!inside.has(pixel - 1)) context.fillRect(x - 1, y - 1, 2, cell + 2);
      if (!inside.has(pixel + 1)) context.fillRect(x + cell - 1, y - 1, 2, cell + 2);
    }
  }

  const PIECE = [
    "squares of 4 by 4 pixels",
    "pieces of 16 pixels, spread over the picture",
    "squares of 4 by 4 pixels, from last to first",
    "pieces of 16 spread pixels, from last to first",
  ];

  /** Noise becomes a digit, layer by layer and piece by piece. @param {Panel} panel @param {Lab.Model} model */
  function warp(panel, model) {
    const { ui } = panel;
    const depth = model.layers.length;
    const controls = panel.row();
    const digit = panel.digits(controls);
    const seed = panel.seed(controls);
    const decimal = (/** @type {number} */ v) => v.toFixed(1);
    const warmth = panel.slider(controls, {
      key: "temperature",
      label: "Size of the noise",
      min: 0,
      max: 1.2,
      step: 0.1,
      value: model.temperature,
      show: decimal,
    });
    const guidance = panel.slider(controls, {
      key: "guidance",
      label: "Guidance",
      min: 0,
      max: 2,
      step: 0.5,
      value: model.guide,
      show: decimal,
    });
    const stage = panel.row("lab-stage lab-write");
    const big = panel.tile(stage, { big: true });
    const side = panel.row("lab-side", stage);
    const player = lab.film(panel, side, {
      key: "at",
      label: "Piece",
      max: depth * PIECES,
      value: depth * PIECES,
      seconds: 6,
    });
    const tiles = panel.tiles(
      panel.row("lab-layers", side),
      depth + 1,
      (/** @type {number} */ i) =>
        (player.stop(), player.set(PIECES * i)),
    );
    panel.lesson(
      "Without guidance the way can be gone in both directions, and nothing is lost on it. Guidance overdoes what the class changes: the digits get better, but the way back no longer ends where it began, and the flow\u2019s density is not that of these digits.",
    );
    let last = "";
    let off = -1; // how far from the noise one comes out who goes back; less than 0: not known yet
    /** @type {Float32Array[]} */
    let frames = [];

    /** @param {Float32Array[]} filled */
    function* shoot(filled) {
      const z = new lab.Chance(seed.value, digit.value)
        .normals(PIXELS)
        .map((/** @type {number} */ v) => v * warmth.value);
      const keep = (/** @type {ArrayLike<number>} */ v) => filled.push(Float32Array.from(v));
      keep(z);
      const v = yield* model.inverse(z, digit.value, guidance.value, keep);
      const back = model.forward(
        v.map((/** @type {number} */ a) => (a + 1) / 2),
        digit.value,
      ).z;
      off = Math.max(
        ...z.map((/** @type {number} */ a, /** @type {number} */ i) => Math.abs(a - back[i])),
      );
    }

    /** What the way back says, once all is made. */
    const returned = () =>
      off < 0
        ? ""
        : guidance.value
          ? ` Sent back through them, it ends at other noise: numbers differ by up to ${off.toPrecision(2)}, for guidance is no part of the flow.`
          : ` Sent back through them, it ends at the same noise; the largest difference is ${off.toExponential(0)}.`;

    panel.draw = () => {
      const key = [digit.value, seed.value, warmth.value, guidance.value].join();
      if (key !== last) {
        frames = [];
        off = -1;
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
      const { order } = model.layers[depth - 1 - layer];
      big.over = (/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ cell) => {
        if (done === 0 || at === depth * PIECES) return;
        context.fillStyle = ui.color("--g-red");
        outline(context, cell, order.subarray(SIZE * (done - 1), SIZE * done));
      };
      big.set(
        whole(frames[at]),
        `On the way from noise to ${named(digit.value)}: layer ${layer + 1} of ${depth}, ${done} of ${PIECES} pieces`,
      );
      tiles.forEach((/** @type {Tile} */ tile, /** @type {number} */ i) => {
        if (frames[PIECES * i])
          tile.set(
            whole(frames[PIECES * i]),
            i ? `After layer ${i}` : "Noise",
            i ? `layer ${i}` : "noise",
          );
        tile.mark(at === PIECES * i);
      });
      panel.say(
        at === 0
          ? `Noise ${seed.value}: ${PIXELS} numbers, each drawn for itself.`
          : at < depth * PIECES
            ? `Layer ${layer + 1} of ${depth} has shifted and stretched ${done} of ${PIECES} pieces: ${PIECE[depth - 1 - layer]}.`
            : `All ${depth} layers made ${named(digit.value)} of noise ${seed.value}.${returned()}`,
      );
    };
  }

  lab.widgets.flow = (ui, model) => {
    ui.tabs({
      rate: ["Rate a drawing", (panel) => rate(panel, model)],
      warp: ["From noise to digit", (panel) => warp(panel, model)],
    });
  };
})();
