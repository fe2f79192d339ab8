// The picture of a small network at work: nine points that can be dragged, its curve, its neurons, and the loss so far.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const [LEFT, RIGHT, TOP, BOTTOM] = [34, 350, 14, 214]; // of 360 x 240
  const [LOW, HIGH] = [0, 30]; // degrees
  const END = 230; // of the loss, which is 240 x 240
  const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24];
  const PLACES = Array.from({ length: 97 }, (_, i) => i / 48 - 1);

  /** @param {string} tag @param {Record<string, any>} [given] @param {string} [text] @returns {any} */
  function draw(tag, given = {}, text = "") {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(given)) node.setAttribute(name, String(value));
    node.textContent = text;
    return node;
  }

  const x = (/** @type {number} */ place) => LEFT + ((RIGHT - LEFT) * (place + 1)) / 2;
  const y = (/** @type {number} */ degrees) =>
    BOTTOM - ((BOTTOM - TOP) * (degrees - LOW)) / (HIGH - LOW);
  const held = (/** @type {number} */ value) => Math.max(-200, Math.min(400, value)); // far outside is outside
  const line = (/** @type {number[]} */ values) =>
    values.map((v, i) => `${x(PLACES[i]).toFixed(1)},${held(y(14 + 8 * v)).toFixed(1)}`).join(" ");
  const degrees = (/** @type {number} */ v) => `${v.toFixed(v % 1 ? 1 : 0)} degrees`;

  class FitPlot {
    /** @param {(i: number, degrees: number) => void} moved when a reader moves a point */
    constructor(moved) {
      this.moved = moved;
      this.svg = draw("svg", {
        class: "diagram fit-plot",
        viewBox: "0 0 360 240",
        role: "group",
        "aria-label": "Nine temperatures of a day, and the curve of the network",
      });
      for (let v = LOW; v <= HIGH; v += 10)
        this.svg.append(
          draw("path", { class: "d-axis", d: `M${LEFT} ${y(v)}H${RIGHT}` }),
          draw("text", { class: "d-small d-end", x: LEFT - 6, y: y(v) + 4 }, `${v}\u00b0`),
        );
      for (const hour of [3, 9, 15, 21])
        this.svg.append(
          draw(
            "text",
            { class: "d-small d-mid", x: x(hour / 12 - 1), y: BOTTOM + 18 },
            `${hour}:00`,
          ),
        );
      this.parts = this.svg.appendChild(draw("g", { "aria-hidden": "true" }));
      this.gaps = HOURS.map((hour) =>
        this.svg.appendChild(
          draw("line", { class: "fit-gap", x1: x(hour / 12 - 1), x2: x(hour / 12 - 1) }),
        ),
      );
      this.curve = this.svg.appendChild(draw("polyline", { class: "d-curve", fill: "none" }));
      this.points = HOURS.map((hour, i) => this.point(hour, i));
    }

    /** @param {number} hour @param {number} i */
    point(hour, i) {
      const node = draw("g", {
        class: "fit-point",
        role: "slider",
        tabindex: 0,
        "aria-orientation": "vertical",
        "aria-label": `Temperature at ${hour}:00`,
        "aria-valuemin": LOW,
        "aria-valuemax": HIGH,
      });
      const reach = draw("circle", { class: "fit-reach", cx: x(hour / 12 - 1), r: 16 });
      const dot = draw("circle", { class: "d-dot-2", cx: x(hour / 12 - 1), r: 6 });
      node.append(reach, dot);
      const to = (/** @type {number} */ value) =>
        this.moved(i, Math.max(LOW, Math.min(HIGH, Math.round(2 * value) / 2)));
      node.addEventListener(
        "pointerdown",
        (/** @type {PointerEvent} */ event) =>
          (event.preventDefault(), node.focus(), node.setPointerCapture(event.pointerId)),
      );
      node.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
        if (!node.hasPointerCapture(event.pointerId)) return;
        const box = this.svg.getBoundingClientRect();
        const at = ((event.clientY - box.top) / box.height) * 240;
        to(LOW + ((BOTTOM - at) / (BOTTOM - TOP)) * (HIGH - LOW));
      });
      node.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
        const by = /** @type {Record<string, number>} */ ({
          ArrowUp: 1,
          ArrowRight: 1,
          ArrowDown: -1,
          ArrowLeft: -1,
          PageUp: 5,
          PageDown: -5,
          Home: -HIGH,
          End: HIGH,
        })[event.key];
        if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        to(Number(node.getAttribute("aria-valuenow")) + by);
      });
      this.svg.append(node);
      return { node, reach, dot };
    }

    /** @param {{curve(xs: ArrayLike<number>): {sum: number[], parts: number[][]}}} model @param {number[]} values the points, in degrees @param {boolean} parts whether neurons show */
    paint(model, values, parts) {
      const { sum, parts: neurons } = model.curve(PLACES);
      this.curve.setAttribute("points", line(sum));
      const lines = parts ? neurons : [];
      while (this.parts.childElementCount > lines.length) this.parts.lastChild.remove();
      lines.forEach((/** @type {number[]} */ one, /** @type {number} */ j) => {
        const node =
          this.parts.children[j] ||
          this.parts.appendChild(draw("polyline", { class: "fit-neuron", fill: "none" }));
        node.setAttribute("points", line(one));
      });
      const at = model.curve(HOURS.map((hour) => hour / 12 - 1)).sum;
      this.points.forEach(({ node, reach, dot }, i) => {
        const place = y(values[i]);
        reach.setAttribute("cy", place);
        dot.setAttribute("cy", place);
        node.setAttribute("aria-valuenow", values[i]);
        node.setAttribute("aria-valuetext", degrees(values[i]));
        this.gaps[i].setAttribute("y1", place);
        this.gaps[i].setAttribute("y2", held(y(14 + 8 * at[i])));
      });
    }
  }

  /** The loss over the steps so far; each line across is ten times the one below. */
  class LossPlot {
    constructor() {
      this.svg = draw("svg", {
        class: "diagram fit-loss",
        viewBox: "0 0 240 240",
        role: "img",
        "aria-label": "The loss over the steps",
      });
      for (let power = -2; power <= 2; power++)
        this.svg.append(
          draw("path", { class: "d-axis", d: `M${LEFT + 14} ${this.y(10 ** power)}H${END}` }),
          draw(
            "text",
            { class: "d-small d-end", x: LEFT + 8, y: this.y(10 ** power) + 4 },
            String(10 ** power),
          ),
        );
      this.curve = this.svg.appendChild(draw("polyline", { class: "d-curve-2", fill: "none" }));
      this.dot = this.svg.appendChild(draw("circle", { class: "d-dot-2", r: 4 }));
      this.end = this.svg.appendChild(
        draw("text", { class: "d-small d-end", x: END, y: BOTTOM + 18 }),
      );
      this.svg.append(draw("text", { class: "d-small", x: LEFT + 14, y: BOTTOM + 18 }, "0"));
    }

    /** @param {number} loss */
    y(loss) {
      const share =
        (Math.log10(Math.max(0.005, Math.min(300, loss))) - Math.log10(0.005)) /
        Math.log10(300 / 0.005);
      return BOTTOM - (BOTTOM - TOP) * share;
    }

    /** @param {number[][]} history pairs of step and loss */
    paint(history) {
      const last = Math.max(100, history[history.length - 1][0]);
      const places = history.map(([step, loss]) => [
        LEFT + 14 + ((END - LEFT - 14) * step) / last,
        this.y(loss),
      ]);
      this.curve.setAttribute(
        "points",
        places.map((place) => place.map((v) => v.toFixed(1)).join(",")).join(" "),
      );
      const [cx, cy] = places[places.length - 1];
      this.dot.setAttribute("cx", cx);
      this.dot.setAttribute("cy", cy);
      this.end.textContent = `${last.toLocaleString("en-US")} steps`;
    }
  }

  Object.assign(arena, { FitPlot, LossPlot, HOURS });
})();
