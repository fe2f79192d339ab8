// What several lenses need: colors by place, points that lie astray, a mark that a pointer or the arrow keys move.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const NEAR = 0.25; // from a held-out point; new data hardly ever lie farther from all of them

  /** The centers of clouds that neighbor each other, where there are such. @type {Record<string, number[]>} */
  const CENTERS = {
    ring: Array.from(
      { length: 16 },
      (_, i) => 1.8 * (i & 1 ? Math.sin : Math.cos)(((i >> 1) * Math.PI) / 4),
    ),
    blobs: [-0.9, -0.6, 1.4, 1.2],
  };

  /** The share of points that lie where no data are. @param {Float32Array} points @param {Float32Array} held */
  function astray(points, held) {
    let lost = 0;
    for (let i = 0; i < points.length; i += 2) {
      let near = false;
      for (let j = 0; j < held.length && !near; j += 2)
        near = (points[i] - held[j]) ** 2 + (points[i + 1] - held[j + 1]) ** 2 < NEAR * NEAR;
      if (!near) lost += 1;
    }
    return (2 * lost) / points.length;
  }

  const percent = (/** @type {number} */ share) => `${Math.round(100 * share)}%`;

  /** Eight colors by the direction in which a point lies from the middle; they tell neighbors apart on both schemes. @param {number} x @param {number} y */
  const sector = (x, y) => (Math.round(Math.atan2(y, x) / (Math.PI / 4)) + 8) % 8;
  const hues = (/** @type {boolean} */ dark) =>
    Array.from({ length: 8 }, (_, k) => `hsl(${k * 45 + 10} ${dark ? "70% 68%" : "75% 38%"})`);
  const isDark = () => document.body.getAttribute("data-md-color-scheme") === "slate";

  /** Points by the sector of their origins. @param {Arena.Plot} plot @param {ArrayLike<number>} points @param {ArrayLike<number>} origins */
  function colored(plot, points, origins, radius = 3, alpha = 0.8) {
    /** @type {number[][]} */
    const sets = Array.from({ length: 8 }, () => []);
    for (let i = 0; i < points.length; i += 2)
      sets[sector(origins[i], origins[i + 1])].push(points[i], points[i + 1]);
    hues(isDark()).forEach((color, k) => plot.dots(sets[k], color, radius, alpha));
  }

  /** A cross with a ring. @param {Arena.Plot} plot @param {number[]} at @param {string} color */
  function mark(plot, [x, y], color) {
    const { context } = plot;
    context.strokeStyle = color;
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(plot.x(x), plot.y(y), 9, 0, 7);
    for (const [u, v] of [
      [-15, 0],
      [15, 0],
      [0, -15],
      [0, 15],
    ]) {
      context.moveTo(plot.x(x) + u * 0.6, plot.y(y) + v * 0.6);
      context.lineTo(plot.x(x) + u, plot.y(y) + v);
    }
    context.stroke();
  }

  /**
   * Let a pointer and the arrow keys move a mark over a picture, as shares of its width and height from the upper left.
   * @param {Arena.Watcher} w @param {number} which @param {string} label @param {(share: number[]) => void} act
   */
  function probe(w, which, label, act) {
    const canvas = w.canvases[which];
    let at = [0.5, 0.5];
    const move = (/** @type {number[]} */ to) => {
      at = to.map((v) => Math.max(0, Math.min(1, v)));
      act(at);
      w.ask();
    };
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    canvas.title = label;
    for (const type of ["pointermove", "pointerdown"])
      canvas.addEventListener(type, (/** @type {any} */ event) => {
        const box = canvas.getBoundingClientRect();
        move([(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
      });
    canvas.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
        event.key
      ];
      if (!step) return;
      event.preventDefault();
      move([at[0] + step[0] / 48, at[1] + step[1] / 48]);
    });
    return (/** @type {Arena.Plot} */ plot) => [
      plot.box * (2 * at[0] - 1),
      plot.box * (1 - 2 * at[1]),
    ];
  }

  Object.assign(arena, { astray, percent, CENTERS, hues, isDark, sector, colored, mark, probe });
})();
