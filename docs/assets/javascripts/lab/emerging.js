// Few-step generation: a flow-matching teacher that walks from noise to digit, and a student that jumps.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;

  lab.models.emerging = (/** @type {any} */ w) => {
    const net = w.denoiser("net", w.config.depth);
    const { near } = w.config;
    return {
      /** The guessed end of the path, with the class overdone by guidance g. @param {Float32Array} x @param {number} t @param {Float32Array} c @param {number} g */
      guess(x, t, c, g = 0) {
        const end = net(x, t, c);
        if (!g) return end;
        const free = net(x, t, lab.classes(-1));
        return end.map((/** @type {number} */ v, /** @type {number} */ i) => v + g * (v - free[i]));
      },
      /** @param {Float32Array} noise @param {number} y @param {number} steps @param {number} [g] */
      follow(noise, y, steps, g = 0) {
        const c = lab.classes(y);
        return lab.follow((/** @type {Float32Array} */ x, /** @type {number} */ t) => this.guess(x, t, c, g), noise, steps, near)[steps];
      },
    };
  };

  lab.models.student = (/** @type {any} */ w) => {
    const net = w.denoiser("net", w.config.depth);
    return { jump: (/** @type {Float32Array} */ noise, /** @type {number} */ y) => net(noise, 0, lab.classes(y)) };
  };

  lab.widgets.emerging = (/** @type {any} */ ui, /** @type {any} */ teacher, /** @type {any} */ student) => {
    ui.tabs({
      steps: ["Fewer steps", (/** @type {any} */ panel) => {
        const controls = panel.row();
        const digit = panel.digits(controls, true);
        const seed = panel.seed(controls);
        /** @type {[string, (z: Float32Array, y: number) => Float32Array][]} */
        const ways = [1, 2, 4, 16].map((n) => [n === 1 ? "1 step" : `${n} steps`, (z, y) => teacher.follow(z, y, n)]);
        ways.push(["student, 1 step", (z, y) => student.jump(z, y)]);
        const rows = ways.map(([name]) => {
          const row = panel.row("lab-way");
          panel.text(row, name, "lab-way-name");
          return panel.tiles(row, 10, undefined, false);
        });
        panel.lesson("The path from noise to digit is bent, so one long step lands in a blur; a student that has learned where the paths end needs one step only.");
        panel.draw = () => {
          for (let i = 0; i < 10; i++) {
            const noise = new lab.Chance(seed.value, i).normals(64);
            const y = digit.value < 0 ? i : digit.value;
            ways.forEach(([name, way], k) => rows[k][i].set(lab.ink(way(noise, y)), `A ${y}, ${name}`));
          }
          panel.say("Each column starts from the same noise. From top to bottom: the teacher with 1, 2, 4 and 16 steps, and the student with one.");
        };
      }],
      guidance: ["Guidance", (/** @type {Panel} */ panel) => {
        const controls = panel.row();
        const digit = panel.digits(controls);
        const seed = panel.seed(controls);
        const weight = panel.slider(panel.row(), { key: "guidance", label: "Guidance w", min: 0, max: 6, step: 0.25, value: 0, show: (/** @type {number} */ v) => v.toFixed(2) });
        const tiles = panel.tiles(panel.row("lab-stage"), 10, undefined, false);
        const bars = panel.bars(panel.root, ["fidelity", "diversity"], "Fidelity and diversity, compared with no guidance");
        panel.lesson("Guidance overdoes what the class changes: digits become more typical of their class, and more alike, until too much of it spoils them.");
        let last = "";
        /** @type {{average: Float32Array, apart: number}} */
        let free;
        panel.draw = () => {
          const make = (/** @type {number} */ g, n = 24) => Array.from({ length: n }, (_, i) => lab.ink(teacher.follow(new lab.Chance(seed.value, i).normals(64), digit.value, 8, g)));
          const key = [digit.value, seed.value].join();
          if (key !== last) {
            const plain = make(0);
            free = { average: mean(plain), apart: apart(plain) };
            last = key;
          }
          const made = make(weight.value);
          tiles.forEach((/** @type {Tile} */ tile, /** @type {number} */ i) => tile.set(made[i], `A ${digit.value} with guidance ${weight.value}`));
          const alike = made.reduce((sum, x) => sum + likeness(x, free.average), 0) / made.length;
          const variety = apart(made) / free.apart;
          bars([alike, variety]);
          panel.say(`Guidance ${weight.value}, 24 digits, 8 steps each. Fidelity, here the likeness to the average ${digit.value}: ${Math.round(100 * alike)}%. Diversity, the mean distance between two of them: ${Math.round(100 * variety)}% of that without guidance.`);
        };
      }],
    });
  };

  /** @param {ArrayLike<number>[]} all */
  function mean(all) {
    return Float32Array.from({ length: 64 }, (_, i) => all.reduce((sum, x) => sum + x[i], 0) / all.length);
  }

  /** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
  function distance(a, b) {
    let sum = 0;
    for (let i = 0; i < 64; i++) sum += (a[i] - b[i]) ** 2;
    return Math.sqrt(sum);
  }

  /** The mean distance between two of them. @param {ArrayLike<number>[]} all */
  function apart(all) {
    let sum = 0;
    all.forEach((a, i) => all.slice(0, i).forEach((b) => (sum += distance(a, b))));
    return (2 * sum) / (all.length * (all.length - 1));
  }

  /** Cosine of the angle between two pictures. @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
  function likeness(a, b) {
    let dot = 0;
    for (let i = 0; i < 64; i++) dot += a[i] * b[i];
    const zero = new Float32Array(64);
    return dot / Math.max(1e-6, distance(a, zero) * distance(b, zero));
  }
})();
