// The chart of the race: distance to held-out points against steps or seconds, both scales logarithmic.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const LEFT = 92;
  const RIGHT = 210; // room for the names
  const TOP = 18;
  const BOTTOM = 52;
  const DASHES = [[], [14, 5], [3, 5], [14, 5, 3, 5], [7, 5], [22, 6]]; // a second sign beside color

  /** Round numbers 1, 2, 5 of each power of ten within a range. @param {number} from @param {number} to @param {number[]} steps */
  function marks(from, to, steps) {
    const found = [];
    for (let power = Math.floor(Math.log10(from)); power <= Math.log10(to); power++)
      for (const step of steps) {
        const value = step * 10 ** power;
        if (value >= from * 0.999 && value <= to * 1.001) found.push(value);
      }
    return found;
  }

  const short = (/** @type {number} */ v) =>
    v >= 1000 ? v.toLocaleString("en-US") : String(Number(v.toPrecision(2)));

  /**
   * @param {HTMLCanvasElement} canvas @param {Arena.Race} race @param {"steps" | "seconds"} axis
   * @param {(key: string) => string} name @param {(variable: string) => string} color
   */
  function chart(canvas, race, axis, name, color) {
    const small = canvas.clientWidth < 600;
    const [wide, high] = small ? [660, 600] : [1800, 560]; // so that letters keep a size that can be read
    if (canvas.width !== wide || canvas.height !== high)
      [canvas.width, canvas.height] = [wide, high];
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.clearRect(0, 0, wide, high);
    const seen = race ? race.runners.filter((one) => one.curve.length) : [];
    const all = seen.flatMap((one) => one.curve);
    const low = 0.001;
    const top = Math.max(0.5, ...all.map((at) => at.distance));
    const [first, last] =
      axis === "steps"
        ? [25, Math.max(250, ...all.map((at) => at.steps))]
        : [0.01, Math.max(1, ...all.map((at) => at.seconds))];
    const x = (/** @type {number} */ v) =>
      LEFT +
      ((wide - LEFT - RIGHT) * Math.log(Math.max(v, first) / first)) / Math.log(last / first);
    const y = (/** @type {number} */ v) =>
      TOP + ((high - TOP - BOTTOM) * Math.log(top / Math.max(v, low))) / Math.log(top / low);
    context.font = `26px ${color("--g-sans")}`;
    context.lineWidth = 1.5;
    context.textBaseline = "middle";
    context.fillStyle = color("--g-ink-2");
    context.strokeStyle = color("--g-rule");
    const line = (/** @type {number[][]} */ points) => {
      context.beginPath();
      points.forEach(([u, v], i) => (i ? context.lineTo(u, v) : context.moveTo(u, v)));
      context.stroke();
    };
    context.textAlign = "right";
    for (const value of marks(low, top, [1, 3])) {
      line([
        [LEFT, y(value)],
        [wide - RIGHT, y(value)],
      ]);
      context.fillText(short(value), LEFT - 12, y(value));
    }
    context.textAlign = "center";
    for (const value of marks(first, last, small ? [1, 5] : [1, 2, 5]))
      context.fillText(
        `${short(value)}${axis === "steps" ? "" : " s"}`,
        x(value),
        high - BOTTOM + 26,
      );
    if (race && seen.length) {
      context.strokeStyle = color("--g-ink-2");
      context.setLineDash([4, 7]);
      line([
        [LEFT, y(race.data.floor)],
        [wide - RIGHT, y(race.data.floor)],
      ]);
    }
    context.textAlign = "left";
    /** @type {{text: string, color: string, at: number}[]} */
    const labels =
      race && seen.length
        ? [{ text: "fresh data", color: color("--g-ink-2"), at: y(race.data.floor) }]
        : [];
    (race ? race.runners : []).forEach((one, i) => {
      if (!one.curve.length) return;
      context.strokeStyle = color(`--a-${one.key}`);
      context.lineWidth = 4.5;
      context.setLineDash(DASHES[i % 6]);
      const points = one.curve.map((at) => [x(at[axis]), y(at.distance)]);
      line(points);
      context.setLineDash([]);
      const end = points[points.length - 1];
      context.beginPath();
      context.arc(end[0], end[1], 6, 0, 7);
      context.fillStyle = context.strokeStyle;
      context.fill();
      labels.push({ text: name(one.key), color: color(`--a-${one.key}`), at: end[1] });
    });
    context.setLineDash([]);
    labels.sort((a, b) => a.at - b.at);
    labels.forEach((label, i) => (label.at = Math.max(label.at, i ? labels[i - 1].at + 30 : TOP))); // none upon another
    for (let i = labels.length - 1, edge = high - BOTTOM; i >= 0; i--, edge -= 30)
      labels[i].at = Math.min(labels[i].at, edge);
    for (const label of labels) {
      context.fillStyle = label.color;
      context.fillText(label.text, wide - RIGHT + 16, label.at);
    }
  }

  Object.assign(arena, { chart });
})();
