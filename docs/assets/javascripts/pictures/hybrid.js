// Hybrid: a transformer reads the 49 pieces so far, once each; a small network refines the next piece from noise, in a few steps.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const [PIECES, SIZE] = [49, 16]; // 4 x 4 pixels each

  lab.models.hybrid = (w, plain = false) => {
    const { heads, near } = w.config;
    const e = new lab.Engine(plain);
    const get = (/** @type {string} */ key) => w.tensor(key);
    const pair = (/** @type {string} */ key) => [get(`${key}.weight`), get(`${key}.bias`)];
    const many = (/** @type {RegExp} */ form) =>
      Object.keys(w.tensors).filter((key) => form.test(key)).length;
    const names = Array.from(
      { length: many(/^blocks\.\d+\.up\.weight$/) },
      (_, i) => `blocks.${i}`,
    );
    const net = new lab.Causal(w, e, { blocks: names, heads, length: PIECES, norm: "norm" });
    const [first, place, piece] = ["first", "place", "piece"].map((name) => get(`${name}.weight`));
    const pieceBias = get("piece.bias").data;
    const inner = get("head.enter.weight").shape[0];
    const waves = (get("head.hint.weight").shape[1] - net.width) / 2;
    const given = e.row(SIZE);
    const asked = e.row(net.width + 2 * waves); // the condition and the time
    const [hint, h, a, b, guess] = [inner, inner, inner, inner, SIZE].map((n) => e.row(n));
    const tone = e.row(2 * inner);
    const hear = e.linear(...pair("head.hint"), asked, hint);
    const enter = e.linear(...pair("head.enter"), given, h);
    const leave = e.linear(...pair("head.leave"), h, guess);
    const blocks = Array.from({ length: many(/^head\.ups\.\d+\.weight$/) }, (_, i) => {
      const [weight, bias] = pair(`head.tones.${i}`);
      const one = {
        shape: bias.shape,
        data: bias.data.map(
          (/** @type {number} */ v, /** @type {number} */ k) => v + Number(k < inner),
        ),
      }; // 1 + scale
      return [
        e.linear(weight, one, hint, tone),
        e.linear(...pair(`head.ups.${i}`), a, b),
        e.linear(...pair(`head.downs.${i}`), b, h, true),
      ];
    });

    /** The guess of the clean piece. @param {Float32Array} x @param {number} t @returns {Float32Array} */
    function clean(x, t) {
      const told = e.numbers(asked);
      for (let i = 0; i < waves; i++) {
        const angle = (t * (i + 1) * Math.PI) / 2;
        told[net.width + i] = Math.cos(angle);
        told[net.width + waves + i] = Math.sin(angle);
      }
      hear();
      e.act("silu", hint);
      e.numbers(given).set(x);
      enter();
      for (const [shape, up, down] of blocks) {
        shape();
        e.numbers(a).set(e.numbers(h));
        e.run.norm(a.base, tone.base, tone.base + 4 * inner, 1, inner / 4, 1 / inner);
        up();
        e.act("silu", b);
        down();
      }
      leave();
      return e.numbers(guess).slice(0, SIZE);
    }

    return {
      order: lab.pieces(4),
      /**
       * Write a digit, piece by piece; it stops after each step.
       * @param {ArrayLike<number>} noise of all pieces @param {number} y @param {number} steps for each piece
       * @param {(x: Float32Array, piece: number, step: number) => void} [seen] each state of each piece
       * @returns {Generator<void, Float32Array>} all pieces, one after the other
       */
      *write(noise, y, steps, seen = () => {}) {
        const done = new Float32Array(PIECES * SIZE);
        for (let i = 0; i < PIECES; i++) {
          const row = net.token(i);
          for (let k = 0; k < row.length; k++) {
            row[k] =
              place.data[i * row.length + k] + (i ? pieceBias[k] : first.data[y * row.length + k]);
            for (let j = 0; i && j < SIZE; j++)
              row[k] += piece.data[k * SIZE + j] * done[SIZE * (i - 1) + j];
          }
          net.run(i);
          e.numbers(asked).set(e.view(net.a.at + i * net.a.column, net.width));
          let x = Float32Array.from({ length: SIZE }, (_, k) => noise[SIZE * i + k]);
          seen(x, i, 0);
          for (let step = 0; step < steps; step++) {
            const left = Math.max(near, 1 - step / steps);
            const end = clean(x, step / steps);
            const length = step === steps - 1 ? 1 : 1 / steps / left;
            x = x.map((v, k) => v + (end[k] - v) * length);
            seen(x, i, step + 1);
            yield;
          }
          done.set(
            x.map((v) => Math.min(1, Math.max(-1, v))),
            SIZE * i,
          );
        }
        return done;
      },
    };
  };

  const WAYS = [1, 2, 4, 8, 16];
  const noise = (/** @type {number} */ seed, /** @type {number} */ stream) =>
    new lab.Chance(seed, stream).normals(PIECES * SIZE);

  /** A piece at each of its steps, from noise to ink. @param {Lab.Ui} ui @param {HTMLCanvasElement} canvas @param {Float32Array[]} states @param {number} now */
  function strip(ui, canvas, states, now) {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const each = Math.min(72, Math.floor((canvas.width + 4) / states.length)) - 8;
    context.clearRect(0, 0, canvas.width, canvas.height);
    states.forEach((x, step) => {
      const left = step * (each + 8) + 2;
      const ink = lab.soft(x, 1);
      context.fillStyle = ui.color("--g-sheet");
      context.fillRect(left, 2, each, each);
      context.fillStyle = ui.color("--g-ink");
      for (let k = 0; k < SIZE; k++) {
        context.globalAlpha = step <= now ? ink[k] : 0;
        context.fillRect(
          left + (k % 4) * (each / 4),
          2 + Math.floor(k / 4) * (each / 4),
          each / 4,
          each / 4,
        );
      }
      context.globalAlpha = 1;
      context.strokeStyle = ui.color(step === now ? "--g-red" : "--g-rule");
      context.lineWidth = step === now ? 3 : 1;
      context.strokeRect(left, 2, each, each);
    });
  }

  /** Piece after piece, and each from noise. @param {Panel} panel @param {Lab.Model} model */
  function watch(panel, model) {
    const { ui } = panel;
    const controls = panel.row();
    const digit = panel.digits(controls);
    const seed = panel.seed(controls);
    const steps = panel.choice(controls, {
      key: "steps",
      label: "Steps in a piece",
      options: WAYS.map((n) => [n, String(n)]),
      value: 8,
    });
    const stage = panel.row("lab-stage lab-write");
    const big = panel.tile(stage, { big: true });
    const side = panel.row("lab-side", stage);
    const player = lab.film(panel, side, {
      key: "at",
      label: "Moment",
      max: PIECES * (steps.value + 1) - 1,
      value: 200,
      seconds: 8,
    });
    const clocks = ["Piece", "Step in it"].map((name) => {
      const row = panel.row("lab-clock", side);
      const bar = lab.el("i");
      const told = lab.el("em");
      row.append(lab.el("span", {}, name), lab.el("b", {}, bar), told);
      return (/** @type {number} */ at, /** @type {number} */ of) => {
        bar.style.width = `${(100 * at) / of}%`;
        told.textContent = `${at} of ${of}`;
      };
    });
    panel.text(side, "The piece in the red frame, from noise to ink:", "lab-caption");
    const canvas = side.appendChild(
      lab.el("canvas", { class: "lab-steps", width: 640, height: 76, role: "img" }),
    );
    panel.lesson(
      "Two clocks: the pieces come one after another, as in a language model; inside each, noise turns into ink, as in diffusion. A piece that is done is never touched again.",
    );
    let last = "";
    /** @type {Float32Array[][]} */
    let states = []; // of each piece, at each step

    /** @param {Float32Array[][]} filled */
    function* shoot(filled) {
      for (const _ of model.write(
        noise(seed.value, digit.value),
        digit.value,
        steps.value,
        (/** @type {Float32Array} */ x, /** @type {number} */ piece) =>
          (filled[piece] = [...(filled[piece] || []), x]),
      ))
        yield;
    }

    panel.draw = () => {
      const each = steps.value + 1;
      const key = [digit.value, seed.value, steps.value].join();
      if (key !== last) {
        states = [];
        player.known = 0;
        player.limit(PIECES * each - 1);
        ui.work.start(shoot(states), () => panel.refresh());
        if (last) player.play(true);
        last = key;
      }
      const counted = states.reduce((sum, one) => sum + one.length, 0);
      player.known = counted - 1;
      const at = Math.min(player.value, counted - 1);
      if (at < 0) return;
      const [piece, step] = [Math.floor(at / each), at % each];
      const v = new Float32Array(PIECES * SIZE).fill(-1);
      for (let i = 0; i < piece; i++) v.set(states[i][steps.value], SIZE * i);
      v.set(states[piece][step], SIZE * piece);
      big.over = (/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ cell) => {
        const [x, y] = [4 * (piece % 7) * cell, 4 * Math.floor(piece / 7) * cell];
        context.fillStyle = ui.color("--g-sunk");
        context.globalAlpha = 0.55;
        context.fillRect(x + 4 * cell, y, 28 * cell, 4 * cell);
        context.fillRect(0, y + 4 * cell, 28 * cell, 28 * cell);
        context.globalAlpha = 1;
        context.strokeStyle = ui.color("--g-red");
        context.lineWidth = 3;
        context.strokeRect(x - 0.5, y - 0.5, 4 * cell + 1, 4 * cell + 1);
      };
      big.set(
        lab.soft(lab.unfolded(v, model.order), 7),
        `The ${digit.value} in the making: piece ${piece + 1} of ${PIECES}`,
      );
      clocks[0](piece + 1, PIECES);
      clocks[1](step, steps.value);
      const shown = Array.from(
        { length: each },
        (_, k) => states[piece][k] || new Float32Array(SIZE).fill(-1),
      );
      strip(ui, canvas, shown, step);
      canvas.setAttribute(
        "aria-label",
        `Piece ${piece + 1} from noise to ink, step ${step} of ${steps.value}`,
      );
      panel.say(
        `A ${digit.value}: piece ${piece + 1} of ${PIECES}, ${step === 0 ? "still noise" : `refined ${step} of ${steps.value} times`}. So far the transformer ran ${piece + 1} times, the small network ${piece * steps.value + step} times.`,
      );
    };
  }

  /** The same noise with one step in a piece, two, and more. @param {Panel} panel @param {Lab.Model} model */
  function price(panel, model) {
    lab.prices(panel, {
      ways: WAYS,
      lesson:
        "A step here runs the small network alone; the transformer runs once a piece, however many steps follow. So the price grows slowly at first: the steps are few, and they are cheap.",
      *make(
        /** @type {number} */ seed,
        /** @type {number} */ digit,
        /** @type {number} */ i,
        /** @type {number} */ n,
      ) {
        const pieces = yield* model.write(noise(seed, 20 + 10 * digit + i), digit, n);
        return lab.ink(lab.unfolded(pieces, model.order), 7);
      },
      drawn: (/** @type {number} */ digit, /** @type {string} */ steps) =>
        `A ${digit} with ${steps} in a piece`,
      told: (/** @type {number} */ _, /** @type {number[]} */ costs) =>
        `Each row starts from the same noise. Per digit: with one step ${PIECES} passes of the transformer and ${PIECES} of the small network, ${costs[0].toFixed(1)} milliseconds here; with 16 steps ${PIECES} and ${16 * PIECES}, ${costs[4].toFixed(1)} milliseconds.`,
    });
  }

  lab.widgets.hybrid = (ui, model) => {
    ui.tabs({
      write: ["Watch it write", (panel) => watch(panel, model)],
      steps: ["What steps cost", (panel) => price(panel, model)],
    });
  };
})();
