// Transformer: 64 pixel tokens after a class token; keys and values of earlier tokens are kept.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;

  lab.models.transformer = (/** @type {any} */ w) => {
    const { heads, blocks: depth } = w.config;
    const [first, ink, place] = ["first", "ink", "place"].map((name) => w.table(name));
    const blocks = Array.from({ length: depth }, (_, i) => w.block(`blocks.${i}`, heads));
    const norm = w.norm("norm");
    const head = w.linear("head");
    return {
      heads,
      depth,
      /** @param {number} y */
      begin: (y) => ({ y, maps: [], caches: blocks.map(() => ({ rows: [] })) }),
      /** Scores of the 17 inks for pixel i. @param {any} state @param {ArrayLike<number>} pixels @param {number} i */
      next(state, pixels, i) {
        let h = lab.add((i ? ink(pixels[i - 1]) : first(state.y)).slice(), place(i));
        /** @type {any[]} */
        const maps = [];
        blocks.forEach((block, b) => {
          h = block(h, state.caches[b]);
          maps.push(state.caches[b].map);
        });
        state.maps[i] = maps; // block -> head -> share of each token so far
        return head(norm(h));
      },
    };
  };

  lab.widgets.transformer = (/** @type {any} */ ui, /** @type {any} */ model) => {
    ui.tabs({
      write: ["Write and look", (/** @type {any} */ panel) => {
        lab.writer(panel, model, {
          lesson: "Every pixel is drawn by chance from what the model expects, after a look back at all earlier pixels and at the class; the mask lets it never look ahead.",
          setup: (/** @type {Panel} */ panel, /** @type {HTMLElement} */ side) => {
            const names = Array.from({ length: model.depth * model.heads }, (_, k) => [k, `${Math.floor(k / model.heads) + 1}.${(k % model.heads) + 1}`]);
            const head = panel.choice(side, { key: "head", label: "Look of head", options: [[-1, "all"], ...names], value: -1 });
            return (/** @type {Shared} */ run, /** @type {number} */ i, /** @type {Tile} */ tile) => {
              const maps = run.state.maps[i];
              const chosen = head.value < 0 ? maps.flat() : [maps[Math.floor(head.value / model.heads)][head.value % model.heads]];
              const share = chosen[0].map((/** @type {unknown} */ _, /** @type {number} */ j) => chosen.reduce((/** @type {number} */ sum, /** @type {ArrayLike<number>} */ map) => sum + map[j], 0) / chosen.length);
              const most = Math.max(...share.slice(1), 0.05);
              tile.extra = (/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ cell) => {
                context.fillStyle = ui.color("--g-red");
                context.globalCompositeOperation = "destination-over"; // behind the ink
                for (let j = 1; j < share.length; j++) {
                  context.globalAlpha = Math.min(1, share[j] / most) ** 0.7;
                  context.fillRect(((j - 1) % 8) * cell + 1, ((j - 1) >> 3) * cell + 1, cell - 2, cell - 2);
                }
                context.globalAlpha = 1;
                context.globalCompositeOperation = "source-over";
              };
              return `Where it looked is red; ${Math.round(100 * share[0])}% of the look went to the class. Point at another pixel, or use the arrow keys on the picture.`;
            };
          },
        });
      }],
      complete: ["Complete a drawing", (/** @type {Panel} */ panel) => {
        lab.completer(panel, model, "The upper rows are yours; the model first asks which digit they could become, then writes the rest pixel by pixel.");
      }],
    });
  };
})();
