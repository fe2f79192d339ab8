// What the arena learns from: six clouds of points, or a drawing; and how far one cloud lies from another.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const TRAIN = 4096;
  const HELD = 800; // points that no model sees
  const SIDE = 32; // of a drawing, in cells

  /** One point of each cloud. @type {Record<string, (chance: Arena.Chance) => [number, number]>} */
  const CLOUDS = {
    ring(chance) {
      const angle = (Math.floor(8 * chance.uniform()) * Math.PI) / 4;
      return [
        1.8 * Math.cos(angle) + 0.14 * chance.normal(),
        1.8 * Math.sin(angle) + 0.14 * chance.normal(),
      ];
    },
    moons(chance) {
      const upper = chance.uniform() < 0.5;
      const angle = Math.PI * chance.uniform();
      const x = upper ? Math.cos(angle) : 1 - Math.cos(angle);
      const y = upper ? Math.sin(angle) : 0.5 - Math.sin(angle);
      return [
        1.35 * (x - 0.5) + 0.1 * chance.normal(),
        1.35 * (y - 0.25) * 1.2 + 0.1 * chance.normal(),
      ];
    },
    spiral(chance) {
      const turn = Math.sqrt(chance.uniform());
      const angle = 3 * Math.PI * turn;
      return [
        2.1 * turn * Math.cos(angle) + 0.07 * chance.normal(),
        2.1 * turn * Math.sin(angle) + 0.07 * chance.normal(),
      ];
    },
    checkers(chance) {
      const column = Math.floor(4 * chance.uniform());
      const row = 2 * Math.floor(2 * chance.uniform()) + (column & 1);
      return [column - 2 + chance.uniform(), row - 2 + chance.uniform()];
    },
    blobs(chance) {
      const large = chance.uniform() < 0.8;
      const [x, y, size] = large ? [-0.9, -0.6, 0.45] : [1.4, 1.2, 0.22];
      return [x + size * chance.normal(), y + size * chance.normal()];
    },
    letter(chance) {
      // An R: its strokes as pieces of line, each drawn in proportion to its length.
      let left = chance.uniform() * LENGTH;
      const piece = STROKES.find((one) => (left -= one[4]) < 0) || STROKES[0];
      const t = 1 + left / piece[4];
      const [x, y, u, v] = piece;
      return [x + t * (u - x) + 0.07 * chance.normal(), y + t * (v - y) + 0.07 * chance.normal()];
    },
  };

  /** Lines of the letter: from x, y to u, v, and the length. @type {number[][]} */
  const STROKES = [
    [-1.1, -1.8, -1.1, 1.8],
    [-1.1, 1.8, 0.2, 1.8],
    [-1.1, 0.1, 0.2, 0.1],
    [-0.1, 0.1, 1.3, -1.8],
  ];
  for (let k = 0; k < 8; k++) {
    const bow = (/** @type {number} */ i) => [
      0.2 + 0.95 * Math.sin((i * Math.PI) / 8),
      0.95 + 0.85 * Math.cos((i * Math.PI) / 8),
    ];
    STROKES.push([...bow(k), ...bow(k + 1)]);
  }
  for (const one of STROKES) one.push(Math.hypot(one[2] - one[0], one[3] - one[1]));
  const LENGTH = STROKES.reduce((sum, one) => sum + one[4], 0);

  /** A point of a drawing: a cell that is inked, and a place in it. @param {Uint8Array} cells SIDE x SIDE, from the upper left */
  function drawn(cells) {
    const inked = Array.from(cells.keys()).filter((i) => cells[i]);
    return (/** @type {Arena.Chance} */ chance) => {
      const cell = inked[Math.floor(inked.length * chance.uniform())];
      const x = (cell % SIDE) + chance.uniform();
      const y = Math.floor(cell / SIDE) + chance.uniform();
      return [(4.4 * x) / SIDE - 2.2, 2.2 - (4.4 * y) / SIDE];
    };
  }

  /** @param {(chance: Arena.Chance) => number[]} point @param {number} n @param {Arena.Chance} chance */
  function cloud(point, n, chance) {
    const out = new Float32Array(2 * n);
    for (let i = 0; i < n; i++) out.set(point(chance), 2 * i);
    return out;
  }

  /** The points of a race: some to learn from, some held out, and the distance that fresh data reach. */
  class Data {
    /** @param {string} name of a cloud, or "drawing" @param {Uint8Array} [cells] @param {number} [seed] */
    constructor(name, cells, seed = 1) {
      const point = name === "drawing" ? drawn(/** @type {Uint8Array} */ (cells)) : CLOUDS[name];
      this.train = cloud(point, TRAIN, new arena.Chance(seed, 50));
      this.held = cloud(point, HELD, new arena.Chance(seed, 51));
      this.fresh = () => cloud(point, HELD, new arena.Chance(seed, 52 + this.drawn++));
      this.drawn = 0;
      this.within = 0; // until someone asks
    }

    /** What fresh data reach: the mean of four clouds. */
    get floor() {
      if (!this.reached)
        this.reached = [0, 1, 2, 3].reduce((sum) => sum + this.distance(this.fresh()) / 4, 0);
      return this.reached;
    }

    /** Points to learn from, drawn anew. @param {Float32Array} out @param {Arena.Chance} chance */
    batch(out, chance) {
      for (let i = 0; i < out.length; i += 2) {
        const from = 2 * Math.floor(TRAIN * chance.uniform());
        out[i] = this.train[from];
        out[i + 1] = this.train[from + 1];
      }
      return out;
    }

    /** The energy distance of a cloud to the held-out points: 2 E|X - Y| - E|X - X'| - E|Y - Y'|. @param {Float32Array} points */
    distance(points) {
      const { held } = this;
      if (!this.within) this.within = spacing(held);
      let sum = 0;
      for (let i = 0; i < points.length; i += 2) {
        const [x, y] = [points[i], points[i + 1]];
        for (let j = 0; j < held.length; j += 2)
          sum += Math.sqrt((x - held[j]) ** 2 + (y - held[j + 1]) ** 2);
      }
      return (8 * sum) / (points.length * held.length) - spacing(points) - this.within;
    }
  }

  /** E|X - X'| of a cloud, each point with itself included. @param {Float32Array} points */
  function spacing(points) {
    let sum = 0;
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i], points[i + 1]];
      for (let j = i + 2; j < points.length; j += 2)
        sum += Math.sqrt((x - points[j]) ** 2 + (y - points[j + 1]) ** 2);
    }
    return (8 * sum) / points.length ** 2;
  }

  Object.assign(arena, { Data, CLOUDS, SIDE, HELD });
})();
