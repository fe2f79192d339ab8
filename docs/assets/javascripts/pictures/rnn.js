// RNN: a state that goes down the 28 rows, and a smaller one that goes along the 28 pixels of each.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const SIDE = 28;

  /**
   * A GRU on the engine: the gates r and z decide what of the state is kept.
   * @param {Lab.Weights} w @param {any} e @param {string} name @param {number} [skip] numbers of its input that are not computed here
   * @returns {{x: any, state: any, input: () => void, step: (more?: (k: number) => number) => void, wide: number, weight: any}}
   */
  function gru(w, e, name, skip = 0) {
    const [inside, outside] = ["hh", "ih"].map((part) => w.tensor(`${name}.weight_${part}_l0`));
    const [own, bias] = ["hh", "ih"].map((part) => w.tensor(`${name}.bias_${part}_l0`));
    const [n, all] = [inside.shape[1], outside.shape[1]];
    const part = { shape: [3 * n, all - skip], data: new Float32Array(3 * n * (all - skip)) };
    for (let o = 0; o < 3 * n; o++)
      part.data.set(outside.data.subarray(o * all + skip, (o + 1) * all), o * (all - skip));
    const [x, state, a, b] = [all - skip, n, 3 * n, 3 * n].map((size) => e.row(size));
    const [input, turn] = [e.linear(part, bias, x, a), e.linear(inside, own, state, b)];
    const none = () => 0;
    return {
      x,
      state,
      input,
      wide: all,
      weight: outside,
      /** One step; `input` has run. @param {(k: number) => number} [more] what comes to the gates besides */
      step(more = none) {
        turn();
        const [from, held, old] = [a, b, state].map((row) => e.numbers(row));
        for (let i = 0; i < n; i++) {
          const r = 1 / (1 + Math.exp(-(from[i] + more(i) + held[i])));
          const z = 1 / (1 + Math.exp(-(from[n + i] + more(n + i) + held[n + i])));
          old[i] =
            (1 - z) * Math.tanh(from[2 * n + i] + more(2 * n + i) + r * held[2 * n + i]) +
            z * old[i];
        }
      },
    };
  }

  lab.models.rnn = (w, plain = false) => {
    const { levels } = w.config;
    const e = new lab.Engine(plain);
    const pair = (/** @type {string} */ key) => [
      w.tensor(`${key}.weight`),
      w.tensor(`${key}.bias`),
    ];
    const down = gru(w, e, "down");
    const along = gru(w, e, "along", levels);
    const out = e.row(levels);
    const begin = e.linear(...pair("begin"), down.state, along.state);
    const tone = e.linear(...pair("tone"), down.state, along.x);
    const leave = e.linear(...pair("leave"), along.state, out);

    return {
      size: w.tensor("begin.weight").shape[1],
      order: Uint16Array.from({ length: SIDE ** 2 }, (_, i) => i),
      rows: 1,
      begin: (/** @type {number} */ y) => ({ y, states: [] }),
      /**
       * Scores of the inks for pixel i; the pixels come one after the other.
       * @param {{y: number, states: Float32Array[]}} state which keeps what goes down, before each row @param {ArrayLike<number>} pixels @param {number} i
       */
      next(state, pixels, i) {
        const [row, column] = [Math.floor(i / SIDE), i % SIDE];
        if (column === 0) {
          const x = e.numbers(down.x).fill(0);
          for (let k = 0; k < SIDE; k++)
            x[k] = row ? (2 / (levels - 1)) * pixels[i - SIDE + k] - 1 : -1;
          x[SIDE + state.y] = 1;
          if (row === 0) e.numbers(down.state).fill(0);
          down.input();
          down.step();
          state.states[row] = e.numbers(down.state).slice();
          begin();
          e.act("tanh", along.state);
          tone();
          e.act("silu", along.x);
          along.input();
        }
        const { weight, wide } = along;
        const before = pixels[i - 1];
        along.step(column ? (k) => weight.data[k * wide + before] : undefined);
        leave();
        return e.view(out.at, levels).slice();
      },
      /** The scores of the first pixels of a picture, one after the other. @param {ArrayLike<number>} pixels @param {number} y @param {number} [count] */
      *read(pixels, y, count = SIDE ** 2) {
        const state = this.begin(y);
        const scores = [];
        for (let i = 0; i < count; i++) {
          scores.push(this.next(state, pixels, i));
          if (i % SIDE === SIDE - 1) yield;
        }
        return scores;
      },
    };
  };

  /**
   * The states that went down: a line for each row, a cell for each number.
   * @param {Lab.Ui} ui @param {HTMLCanvasElement} canvas @param {Float32Array[]} states @param {number} row up to which they are strong
   */
  function paint(ui, canvas, states, row) {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const tall = canvas.height / SIDE;
    const colors = ["--g-violet", "--g-green"].map((name) => ui.color(name));
    context.clearRect(0, 0, canvas.width, canvas.height);
    states.forEach((h, r) => {
      for (let k = 0; k < h.length; k++) {
        context.fillStyle = colors[Number(h[k] > 0)];
        context.globalAlpha = (r <= row ? 1 : 0.12) * Math.min(1, Math.abs(h[k]));
        context.fillRect(3 * k, tall * r, 3, tall - 1);
      }
    });
    context.globalAlpha = 1;
    context.strokeStyle = ui.color("--g-red");
    context.lineWidth = 2;
    context.strokeRect(1, tall * row, canvas.width - 2, tall);
  }

  lab.widgets.rnn = (ui, model) => {
    ui.tabs({
      write: [
        "Watch it write",
        (panel) => {
          lab.writer(panel, model, {
            lesson: `It cannot look back. All that a row may know of the rows above must fit into the state, ${model.size} numbers that are rewritten once a row.`,
            setup: (/** @type {Panel} */ panel, /** @type {HTMLElement} */ side) => {
              panel.text(
                side,
                "The state before each row: a line for each row, a cell for each number, violet below zero and green above",
                "lab-caption",
              );
              const canvas = side.appendChild(
                lab.el("canvas", {
                  class: "lab-state",
                  width: 3 * model.size,
                  height: 7 * SIDE,
                  role: "img",
                }),
              );
              return (
                /** @type {Lab.Own} */ run,
                /** @type {number} */ i,
                /** @type {Tile} */ tile,
              ) => {
                const row = Math.floor(i / SIDE);
                const { states } = run.state;
                paint(ui, canvas, states, row);
                tile.extra = (
                  /** @type {CanvasRenderingContext2D} */ context,
                  /** @type {number} */ cell,
                ) => {
                  context.fillStyle = ui.color("--g-paper");
                  context.globalAlpha = 0.62;
                  context.fillRect(0, 0, SIDE * cell, row * cell);
                  context.globalAlpha = 1;
                  context.strokeStyle = ui.color("--g-blue");
                  context.lineWidth = 2;
                  context.strokeRect(1, row * cell, SIDE * cell - 2, cell);
                };
                const moved = row
                  ? states[row].filter(
                      (/** @type {number} */ v, /** @type {number} */ k) =>
                        Math.abs(v - states[row - 1][k]) > 0.5,
                    ).length
                  : 0;
                const text = row
                  ? `The rows above are veiled: of them it has only the state. Row ${row} changed ${moved} of the ${model.size} numbers by more than one half.`
                  : "Before the first row the state holds the class alone.";
                canvas.setAttribute("aria-label", text);
                return text;
              };
            },
          });
        },
      ],
      complete: [
        "Complete a drawing",
        (panel) => {
          lab.completer(
            panel,
            model,
            "Your rows are read into the state, one after the other, and forgotten as pixels; what it writes below shows how much of them the state has kept.",
          );
        },
      ],
    });
  };
})();
