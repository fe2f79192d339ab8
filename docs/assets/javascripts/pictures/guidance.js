// What guidance does, so that one sees it: ten digits without it, and ten from the same noise with it.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const FEW = 8; // steps, where many digits are made at once

  const dot = (/** @type {ArrayLike<number>} */ a, /** @type {ArrayLike<number>} */ b) => {
    let sum = 0;
    for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
    return sum;
  };

  /** The mean, over all pairs, of the cosine of the angle between two pictures: 1 if all are the same. @param {ArrayLike<number>[]} all */
  function likeness(all) {
    let sum = 0;
    all.forEach((a, i) =>
      all
        .slice(0, i)
        .forEach((b) => (sum += dot(a, b) / Math.max(1e-6, Math.sqrt(dot(a, a) * dot(b, b))))),
    );
    return (2 * sum) / (all.length * (all.length - 1));
  }

  /** @param {Panel} panel @param {(noise: Float32Array, y: number, guidance: number) => Iterable<unknown, Float32Array>} make a digit in FEW steps */
  function guided(panel, make) {
    const controls = panel.row();
    const digit = panel.digits(controls);
    const seed = panel.seed(controls);
    const weight = panel.slider(panel.row(), {
      key: "guidance",
      label: "Guidance w",
      min: 0,
      max: 6,
      step: 0.25,
      value: 2,
      show: (/** @type {number} */ v) => v.toFixed(2),
    });
    const rows = ["Without guidance", "With guidance"].map((name) => {
      const row = panel.row("lab-way");
      panel.text(row, name, "lab-way-name");
      return panel.tiles(row, 10, undefined, false);
    });
    const bars = panel.bars(
      panel.root,
      ["alike without", "alike with"],
      "How much ten digits are alike, without guidance and with it",
    );
    panel.lesson(
      "Guidance overdoes what the class changes. Digits that were doubtful become clear, and all become more alike: fidelity is paid for with variety.",
    );
    let [key, asked] = ["", ""];
    /** @type {Float32Array[]} */
    let free = [];

    /** @param {Tile[]} tiles @param {number} g @returns {Generator<unknown, Float32Array[]>} */
    function* ten(tiles, g) {
      const made = [];
      for (const [i, tile] of tiles.entries()) {
        made.push(
          lab.ink(
            yield* make(
              new lab.Chance(seed.value, 10 * digit.value + i).normals(784),
              digit.value,
              g,
            ),
            7,
          ),
        );
        tile.set(made[i], `A ${digit.value} with guidance ${g}`);
      }
      return made;
    }

    function* run() {
      const now = [digit.value, seed.value].join();
      if (now !== key) {
        free = yield* ten(rows[0], 0);
        key = now;
      }
      return yield* ten(rows[1], weight.value);
    }

    panel.draw = () => {
      const now = [digit.value, seed.value, weight.value].join();
      if (now === asked) return;
      asked = now;
      panel.ui.work.start(run(), (/** @type {Float32Array[]} */ made) => {
        const alike = [likeness(free), likeness(made)];
        bars(alike, 1);
        const [before, after] = alike.map((share) => Math.round(100 * share));
        panel.say(
          `Ten digits in ${FEW} steps each, above without guidance, below from the same noise with w = ${weight.value}. Count those that you would call a ${digit.value}: that is fidelity. Two of them are alike to ${after}%, without guidance to ${before}% (the cosine of their pixels): that is the variety that was paid.`,
        );
      });
    };
  }

  Object.assign(lab, { guided, FEW });
})();
