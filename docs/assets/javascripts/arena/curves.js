// Two curves over the last steps, for pictures of one family.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const [LEFT, RIGHT, TOP, BOTTOM] = [46, 12, 44, 46];

  /**
   * @param {Arena.Plot} plot @param {{lines: number[][], names: string[], colors: string[], low: number, high: number, marks: number[], last: number, kept: number}} about
   * @param {(name: string) => string} color
   */
  function curves(
    { context, canvas: { width, height } },
    { lines, names, colors, low, high, marks, last, kept },
    color,
  ) {
    const x = (/** @type {number} */ i) => LEFT + ((width - LEFT - RIGHT) * i) / (kept - 1);
    const y = (/** @type {number} */ v) =>
      TOP + ((height - TOP - BOTTOM) * (high - Math.max(low, Math.min(high, v)))) / (high - low);
    const line = (/** @type {number[][]} */ points) => {
      context.beginPath();
      points.forEach(([u, v], i) => (i ? context.lineTo(u, v) : context.moveTo(u, v)));
      context.stroke();
    };
    context.font = `17px ${color("--g-sans")}`;
    context.textBaseline = "middle";
    context.textAlign = "right";
    context.lineWidth = 1;
    context.strokeStyle = color("--g-rule");
    context.fillStyle = color("--g-ink-2");
    for (let v = low; v <= high; v++) {
      line([
        [LEFT, y(v)],
        [width - RIGHT, y(v)],
      ]);
      context.fillText(String(v), LEFT - 10, y(v));
    }
    const from = Math.max(0, last - kept);
    context.textAlign = "left";
    context.fillText(from.toLocaleString("en-US"), LEFT, height - BOTTOM / 2);
    context.textAlign = "right";
    context.fillText(
      `${(from + kept).toLocaleString("en-US")} steps`,
      width - RIGHT,
      height - BOTTOM / 2,
    );
    context.textAlign = "left";
    let left = LEFT;
    lines.forEach((values, i) => {
      context.strokeStyle = context.fillStyle = colors[i];
      context.lineWidth = 1.5;
      context.setLineDash([7, 6]);
      line([
        [LEFT, y(marks[i])],
        [width - RIGHT, y(marks[i])],
      ]);
      context.setLineDash([]);
      context.lineWidth = i ? 2.6 : 3.2;
      line(values.map((v, k) => [x(k), y(v)]));
      context.lineWidth = 4;
      line([
        [left, TOP / 2],
        [left + 24, TOP / 2],
      ]);
      context.fillText(names[i], left + 32, TOP / 2);
      left += 56 + context.measureText(names[i]).width;
    });
  }

  Object.assign(arena, { curves });
})();
