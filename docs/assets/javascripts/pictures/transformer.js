// Transformer: 196 pieces of 2 x 2 pixels after the class; each looks back at all earlier ones, and its four pixels follow one another.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const SIZE = 4; // pixels of a piece
  const CHUNK = 28; // pieces that are read at a time

  lab.models.transformer = (w, plain = false) => {
    const { heads, levels } = w.config;
    const e = new lab.Engine(plain);
    const get = (/** @type {string} */ key) => w.tensor(key);
    const length = get("place.weight").shape[0];
    const order = lab.pieces(2);
    const count = Object.keys(w.tensors).filter((key) =>
      /^blocks\.\d+\.up\.weight$/.test(key),
    ).length;
    const names = Array.from({ length: count }, (_, i) => `blocks.${i}`);
    const net = new lab.Causal(w, e, { blocks: names, heads, length, norm: "norm" });
    const [first, place, piece, seen, leave] = ["first", "place", "piece", "seen", "leave"].map(
      (name) => get(`${name}.weight`),
    );
    const [pieceBias, leaveBias] = ["piece", "leave"].map((name) => get(`${name}.bias`).data);
    const inner = get("enter.weight").shape[0] / SIZE;
    const expected = e.picture(SIZE * inner, 1, length); // of each of the four pixels
    const enter = e.linear(get("enter.weight"), get("enter.bias"), net.a, expected);

    /** Put token i into the network: the class, or the piece before. @param {ArrayLike<number>} pixels @param {number} y @param {number} i */
    function put(pixels, y, i) {
      const row = net.token(i);
      for (let k = 0; k < row.length; k++)
        row[k] =
          place.data[i * row.length + k] + (i ? pieceBias[k] : first.data[y * row.length + k]);
      for (let q = 0; i && q < SIZE; q++) {
        const column = q * levels + pixels[order[SIZE * (i - 1) + q]];
        for (let k = 0; k < row.length; k++) row[k] += piece.data[k * SIZE * levels + column];
      }
    }

    /** Scores of the inks for pixel q of piece i, from those before it there. @param {ArrayLike<number>} pixels @param {number} i @param {number} q */
    function spell(pixels, i, q) {
      const h = e.view(expected.at + i * expected.column + 4 * q * inner, inner).slice();
      for (let before = 0; before < q; before++) {
        const column = before * levels + pixels[order[SIZE * i + before]];
        for (let k = 0; k < inner; k++) h[k] += seen.data[(q * inner + k) * 3 * levels + column];
      }
      return lab.matrix(leave, lab.silu(h), leaveBias);
    }

    return {
      heads,
      order,
      rows: 2, // pixels of a row of pieces
      depth: names.length,
      begin: (/** @type {number} */ y) => ({ y, maps: [] }),
      /** Scores of the inks for pixel k in the order of writing. @param {any} state @param {ArrayLike<number>} pixels @param {number} k */
      next(state, pixels, k) {
        const i = k >> 2;
        if (k % SIZE === 0) {
          put(pixels, state.y, i);
          state.maps[i] = [];
          net.run(i, 1, state.maps[i]);
          enter(i, 1);
        }
        return spell(pixels, i, k % SIZE);
      },
      /** The scores of the first pixels of a picture, one after the other. @param {ArrayLike<number>} pixels @param {number} y @param {number} [count] */
      *read(pixels, y, count = 784) {
        const scores = [];
        for (let i = 0; SIZE * i < count; i += CHUNK) {
          const n = Math.min(CHUNK, Math.ceil(count / SIZE) - i);
          for (let j = i; j < i + n; j++) put(pixels, y, j);
          net.run(i, n);
          enter(i, n);
          for (let k = SIZE * i; k < Math.min(count, SIZE * (i + n)); k++)
            scores.push(spell(pixels, k >> 2, k % SIZE));
          yield;
        }
        return scores;
      },
    };
  };

  /**
   * Where it looked: a disk on each piece, as large as its share.
   * @param {Lab.Ui} ui @param {CanvasRenderingContext2D} context @param {number} cell @param {ArrayLike<number>} share of the class and each piece
   */
  function disks(ui, context, cell, share) {
    const most = Math.max(...Array.from(share).slice(1), 0.02);
    context.fillStyle = ui.color("--g-red");
    context.strokeStyle = ui.color("--g-paper"); // a rim, so that it is seen on ink as well
    context.lineWidth = 1.5;
    for (let j = 1; j < share.length; j++) {
      const radius = cell * Math.sqrt(share[j] / most);
      if (radius < 1.2) continue;
      context.beginPath();
      context.arc(
        (2 * ((j - 1) % 14) + 1) * cell,
        (2 * Math.floor((j - 1) / 14) + 1) * cell,
        radius,
        0,
        7,
      );
      context.fill();
      context.stroke();
    }
  }

  lab.widgets.transformer = (ui, model) => {
    ui.tabs({
      write: [
        "Write and look",
        (panel) => {
          lab.writer(panel, model, {
            lesson:
              "Piece by piece: before it writes four pixels, each head looks back at all earlier pieces and at the class, and decides by itself which of them matter. It can never look ahead.",
            setup: (/** @type {Panel} */ panel, /** @type {HTMLElement} */ side) => {
              const names = Array.from({ length: model.depth * model.heads }, (_, k) => [
                k,
                `${Math.floor(k / model.heads) + 1}.${(k % model.heads) + 1}`,
              ]);
              const head = panel.choice(side, {
                key: "head",
                label: "Look of head",
                options: /** @type {[number, string][]} */ ([[-1, "all"], ...names]),
                value: -1,
              });
              return (
                /** @type {Lab.Own} */ run,
                /** @type {number} */ i,
                /** @type {Tile} */ tile,
              ) => {
                const piece = 14 * Math.floor(i / 56) + ((i % 28) >> 1);
                const maps = run.state.maps[piece];
                const chosen = head.value < 0 ? maps : [maps[head.value]];
                const share = chosen[0].map(
                  (/** @type {unknown} */ _, /** @type {number} */ j) =>
                    chosen.reduce(
                      (/** @type {number} */ sum, /** @type {ArrayLike<number>} */ map) =>
                        sum + map[j],
                      0,
                    ) / chosen.length,
                );
                tile.extra = (
                  /** @type {CanvasRenderingContext2D} */ context,
                  /** @type {number} */ cell,
                ) => {
                  disks(ui, context, cell, share);
                  context.strokeStyle = ui.color("--g-blue");
                  context.lineWidth = 2;
                  context.strokeRect(
                    2 * (piece % 14) * cell,
                    2 * Math.floor(piece / 14) * cell,
                    2 * cell,
                    2 * cell,
                  );
                };
                const most = share.indexOf(Math.max(...share.slice(1)));
                const told = piece
                  ? `, most of the rest to row ${Math.floor((most - 1) / 14) + 1} of the pieces, column ${((most - 1) % 14) + 1}`
                  : "";
                return `${Math.round(100 * share[0])}% of the look before this piece went to the class${told}. Point at another pixel, or use the arrow keys on the picture.`;
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
            "The upper rows are yours; the model first asks which digit they could become, then writes the rest piece by piece.",
          );
        },
      ],
    });
  };
})();
