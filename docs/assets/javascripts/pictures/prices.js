// The same noise in one step, two, and more: a row of digits for each, and what it costs.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const EACH = 3; // digits in a row

  /**
   * @param {Panel} panel
   * @param {object} about
   * @param {number[]} about.ways numbers of steps, a row for each
   * @param {string} about.lesson
   * @param {(seed: number, digit: number, i: number, steps: number) => Generator<unknown, ArrayLike<number>>} about.make
   * the ink of digit i of a row, 0..1, in slices
   * @param {(digit: number, steps: string) => string} about.drawn what such a digit is called
   * @param {(digit: number, costs: number[]) => string} about.told what is said in the end, from
   * the milliseconds of a digit in each row
   */
  function prices(panel, { ways, lesson, make, drawn, told }) {
    const controls = panel.row();
    const digit = panel.digits(controls);
    const seed = panel.seed(controls);
    const grid = panel.row("lab-prices");
    const rows = ways.map((n) => {
      const steps = n === 1 ? "1 step" : `${n} steps`;
      const column = panel.row("lab-price", grid);
      panel.text(column, steps, "lab-price-name");
      const tiles = Array.from({ length: EACH }, () => panel.tile(column));
      const bar = column.appendChild(lab.el("b", {}, lab.el("i"))).firstChild;
      return { n, steps, tiles, bar, cost: panel.text(column, "\u2026", "lab-caption") };
    });
    panel.lesson(lesson);
    let last = "";

    function* run() {
      /** @type {number[]} */
      const costs = [];
      yield* make(seed.value, digit.value, 0, ways[0]); // the first one is slower than those that count
      for (const { n, steps, tiles, cost } of rows) {
        let spent = 0;
        for (const [i, tile] of tiles.entries()) {
          const work = make(seed.value, digit.value, i, n);
          for (let done = false; !done; yield) {
            const before = performance.now();
            const step = work.next();
            spent += performance.now() - before;
            if (step.done) tile.set(step.value, drawn(digit.value, steps));
            done = Boolean(step.done);
          }
        }
        costs.push(spent / EACH);
        cost.textContent = `${spent / EACH < 10 ? (spent / EACH).toFixed(1) : Math.round(spent / EACH)} ms`;
      }
      rows.forEach(({ bar }, i) => (bar.style.width = `${(100 * costs[i]) / Math.max(...costs)}%`));
      return costs;
    }

    panel.draw = () => {
      const key = [digit.value, seed.value].join();
      if (key === last) return;
      last = key;
      panel.ui.work.start(run(), (/** @type {number[]} */ costs) =>
        panel.say(told(digit.value, costs)),
      );
    };
  }

  lab.prices = prices;
})();
