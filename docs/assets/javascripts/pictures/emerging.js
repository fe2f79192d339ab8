// Few-step generation: a flow-matching teacher that follows a bent road from noise to digit, and a student that jumps.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const [WIDE, HIGH, EDGE] = [640, 400, 40]; // of the plot, in its pixels
  const STEPS = 24; // the road as it is
  const FINE = new Set([0, STEPS]);

  /** @param {Lab.Weights} w @param {boolean} [plain] without WebAssembly */
  lab.models.emerging = (w, plain = false) => {
    const net = lab.denoiser(w, "net", plain);
    const { near, guide } = w.config;
    return {
      guide, // how much guidance a sample gets

      /** The guessed end of the road, with the class overdone by guidance g. @param {Float32Array} x @param {number} t @param {number} y @param {number} [g] @returns {Generator<void, Float32Array>} */
      *guess(x, t, y, g = 0) {
        const end = yield* net(x, t, lab.classes(y));
        if (!g) return end;
        const free = yield* net(x, t, lab.classes(-1));
        return end.map((/** @type {number} */ v, /** @type {number} */ i) => v + g * (v - free[i]));
      },

      /**
       * Along the velocity, which is the guessed end less here, over the time that is left; in equal steps (Euler).
       * @param {Float32Array} noise @param {number} y @param {number} steps @param {number} [g]
       * @param {Float32Array[]} [road] steps + 1 points go there
       */
      *follow(noise, y, steps, g = 0, road = []) {
        road.push(noise);
        for (let i = 0; i < steps; i++) {
          const x = road[i];
          const end = yield* this.guess(x, i / steps, y, g);
          const share = i === steps - 1 ? 1 : 1 / steps / Math.max(near, 1 - i / steps);
          road.push(x.map((v, k) => v + share * (end[k] - v)));
        }
        return road;
      },
    };
  };

  /** @param {Lab.Weights} w @param {boolean} [plain] without WebAssembly */
  lab.models.student = (w, plain = false) => {
    const net = lab.denoiser(w, "net", plain);
    const { near } = w.config;
    return {
      /** From anywhere on the road to its end. @param {Float32Array} x @param {number} t @param {number} y @returns {Generator<void, Float32Array>} */
      *jump(x, t, y) {
        const end = yield* net(x, t, lab.classes(y));
        const share = Math.min(1, (1 - t) / near);
        return x.map((v, i) => v + share * (end[i] - v));
      },
    };
  };

  const dot = (/** @type {Float32Array} */ a, /** @type {Float32Array} */ b) =>
    a.reduce((sum, v, i) => sum + v * b[i], 0);
  const less = (/** @type {Float32Array} */ a, /** @type {Float32Array} */ b, by = 1) =>
    a.map((v, i) => v - by * b[i]);

  /** The plane of the noise, the road's end, and where one long step lands. @param {Float32Array} noise @param {Float32Array} end @param {Float32Array} aside */
  function plane(noise, end, aside) {
    const unit = (/** @type {Float32Array} */ v) =>
      v.map((a) => a / Math.max(1e-6, Math.sqrt(dot(v, v))));
    const along = unit(less(end, noise));
    const away = less(aside, noise);
    const across = unit(less(away, along, dot(away, along)));
    return (/** @type {Float32Array} */ x) => {
      const from = less(x, noise);
      return [dot(from, along), dot(from, across)];
    };
  }

  lab.widgets.emerging = (ui, teacher, student) => {
    const noise = (/** @type {number} */ seed, /** @type {number} */ y) =>
      new lab.Chance(seed, y).normals(784);
    /** @type {{name: string, color: string, road: (z: Float32Array, y: number) => Generator<unknown, Float32Array[]>}[]} */
    const ways = [1, 2, 4, STEPS].map((n, i) => ({
      name: n === 1 ? "1 step" : `${n} steps`,
      color: ["--g-amber", "--g-blue", "--g-violet", "--g-ink"][i],
      road: (z, y) => teacher.follow(z, y, n, teacher.guide),
    }));
    ways.push({
      name: "student",
      color: "--g-red",
      *road(z, y) {
        return [z, yield* student.jump(z, 0, y)];
      },
    });

    /** The roads of one noise in a plane, and where each ends. @param {Panel} panel */
    function roads(panel) {
      const controls = panel.row();
      const digit = panel.digits(controls);
      const seed = panel.seed(controls);
      const stage = panel.row("lab-stage");
      const plot = el("canvas", {
        class: "lab-canvas lab-plot",
        width: WIDE,
        height: HIGH,
        role: "img",
        "aria-label": "Roads that are about to be drawn",
      });
      stage.append(plot);
      const list = panel.row("lab-ends", stage);
      const ends = ways.map(({ name, color }) => {
        const tile = panel.tile(list, { caption: true });
        tile.caption.append(el("i", { class: `lab-key lab-key${color.slice(3)}` }), name);
        return tile;
      });
      panel.lesson(
        "The road from noise to digit is bent. One long step goes straight on, past the digit, into a blur; more steps keep to the road. A student that has learned where roads end needs one step.",
      );
      let key = "";
      /** @type {Float32Array[][]} */
      let found = [];

      /** @param {number} y @param {Float32Array} z */
      function* run(y, z) {
        const made = [];
        for (const way of ways) made.push(yield* way.road(z, y));
        return made;
      }

      function paint() {
        const context = plot.getContext("2d");
        if (!context) throw new Error("no canvas");
        context.clearRect(0, 0, WIDE, HIGH);
        if (!found.length) return;
        const [whole, aside] = [found[ways.length - 2], found[0]];
        const place = plane(whole[0], whole[STEPS], aside[1]);
        const lines = found.map((road) => road.map(place));
        const all = lines.flat();
        const low = [0, 1].map((k) => Math.min(...all.map((point) => point[k])));
        const high = [0, 1].map((k) => Math.max(...all.map((point) => point[k])));
        const scale = Math.min(
          (WIDE - 2 * EDGE) / (high[0] - low[0]),
          (HIGH - 2 * EDGE) / Math.max(1e-6, high[1] - low[1]),
        );
        const at = (/** @type {number[]} */ point) => [
          EDGE + (point[0] - low[0]) * scale,
          HIGH / 2 - (point[1] - (low[1] + high[1]) / 2) * scale,
        ];
        lines.forEach((line, i) => {
          context.strokeStyle = context.fillStyle = ui.color(ways[i].color);
          context.lineWidth = i >= ways.length - 2 ? 4 : 2.5;
          context.setLineDash(i === ways.length - 1 ? [10, 7] : []);
          context.beginPath();
          line.forEach((point) => context.lineTo(at(point)[0], at(point)[1]));
          context.stroke();
          context.setLineDash([]);
          line.forEach((point, k) => {
            if (line.length > 9 && !FINE.has(k)) return;
            context.beginPath();
            context.arc(at(point)[0], at(point)[1], k === line.length - 1 ? 9 : 5, 0, 7);
            context.fill();
          });
        });
        context.fillStyle = ui.color("--g-ink-2");
        context.font = "22px sans-serif";
        context.fillText("noise", Math.max(4, at([0, 0])[0] - 30), at([0, 0])[1] + 34);
      }

      panel.repaint = paint;
      panel.draw = () => {
        const asked = [digit.value, seed.value].join();
        if (asked === key) return;
        key = asked;
        const y = digit.value;
        ui.work.start(run(y, noise(seed.value, y)), (/** @type {Float32Array[][]} */ made) => {
          found = made;
          paint();
          const finish = made.map((road) => road[road.length - 1]);
          ends.forEach((tile, i) => tile.set(lab.soft(finish[i], 7), `A ${y}, ${ways[i].name}`));
          const off = finish.map((x) =>
            Math.sqrt(dot(less(x, finish[ways.length - 2]), less(x, finish[ways.length - 2]))),
          );
          const told = [0, 1, 2].map((i) => `${ways[i].name} ${off[i].toFixed(1)}`).join(", ");
          plot.setAttribute(
            "aria-label",
            `Five roads from the same noise in a plane. Distance of their ends from the end in ${STEPS} steps: ${told}.`,
          );
          panel.say(
            `The roads from noise ${seed.value} to a ${y}, seen in the plane through the noise, the end in ${STEPS} steps, and the end in one. How far from the end in ${STEPS} steps the others end: ${told}, student ${off[ways.length - 1].toFixed(1)}.`,
          );
        });
      };
    }

    /** All ten digits in each way. @param {Panel} panel */
    function fewer(panel) {
      const controls = panel.row();
      const digit = panel.digits(controls, true);
      const seed = panel.seed(controls);
      const rows = ways.map(({ name }) => {
        const row = panel.row("lab-way");
        panel.text(row, name, "lab-way-name");
        return panel.tiles(row, 10, undefined, false);
      });
      panel.lesson(
        "Each column starts from the same noise. Look for the first row in which all ten can be read: so many passes does the teacher need. The student's one pass costs half of the first row, since guidance takes two.",
      );
      let key = "";

      /** @param {number} digit @param {number} seed */
      function* run(digit, seed) {
        for (const [k, way] of ways.entries())
          for (let i = 0; i < 10; i++) {
            const y = digit < 0 ? i : digit;
            const road = yield* way.road(noise(seed, i), y);
            rows[k][i].set(lab.ink(road[road.length - 1], 7), `A ${y}, ${way.name}`);
          }
      }

      panel.draw = () => {
        const asked = [digit.value, seed.value].join();
        if (asked === key) return;
        key = asked;
        ui.work.start(run(digit.value, seed.value), () =>
          panel.say(
            `From top to bottom: the teacher with 1, 2, 4 and ${STEPS} steps, and the student with one. Each column starts from the same noise.`,
          ),
        );
      };
    }

    /** @param {Float32Array} z @param {number} y @param {number} g */
    function* make(z, y, g) {
      return (yield* teacher.follow(z, y, lab.FEW, g))[lab.FEW];
    }

    ui.tabs({
      roads: ["Roads", roads],
      steps: ["Fewer steps", fewer],
      guidance: ["Guidance", (panel) => lab.guided(panel, make)],
    });
  };
})();
