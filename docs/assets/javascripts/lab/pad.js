// The lab's drawing field: 32x32 ink, centered and scaled, then counted in 4x4 blocks, as the data were made.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;
  const SIDE = 32;
  const RADIUS = 2.2; // of the pen: its line is about as thick as those of the data
  const WIDTH = 14; // between the outer lines of the data's digits, as a rule
  const SCREEN = 384; // pixels of the field

  /** @typedef {[number, number][]} Stroke points in 0..32 */

  /** @param {Stroke[]} strokes @returns {Float32Array} 64 counts of inked pixels, 0..16 */
  function count(strokes) {
    const field = new Uint8Array(SIDE * SIDE);
    for (const stroke of strokes)
      stroke.forEach((point, i) => {
        const [ax, ay] = stroke[Math.max(0, i - 1)];
        const steps = Math.max(1, Math.ceil(Math.hypot(point[0] - ax, point[1] - ay) * 2));
        for (let k = 0; k <= steps; k++) dot(field, ax + ((point[0] - ax) * k) / steps, ay + ((point[1] - ay) * k) / steps);
      });
    const ink = new Float32Array(64);
    for (let i = 0; i < field.length; i++) ink[8 * (i >> 7) + ((i % SIDE) >> 2)] += field[i];
    return ink;
  }

  /** @param {Uint8Array} field @param {number} x @param {number} y */
  function dot(field, x, y) {
    for (let row = Math.max(0, Math.floor(y - 3)); row < Math.min(SIDE, y + 3); row++)
      for (let column = Math.max(0, Math.floor(x - 3)); column < Math.min(SIDE, x + 3); column++)
        if (Math.hypot(column + 0.5 - x, row + 0.5 - y) <= RADIUS) field[SIDE * row + column] = 1;
  }

  /** The strokes in the middle of the field, and as large as the digits of the data. @param {Stroke[]} strokes @param {boolean} whole @returns {Stroke[]} */
  function fit(strokes, whole) {
    const all = strokes.flat();
    if (!all.length) return strokes;
    const [xs, ys] = [0, 1].map((axis) => all.map((point) => point[axis]));
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const tall = whole ? (SIDE - 2 * RADIUS) / Math.max(4, bottom - top) : 1;
    const wide = Math.min(tall, WIDTH / Math.max(1, right - left));
    return strokes.map((stroke) =>
      stroke.map(([x, y]) => [
        SIDE / 2 + (x - (left + right) / 2) * wide,
        whole ? SIDE / 2 + (y - (top + bottom) / 2) * tall : y,
      ]),
    );
  }

  /**
   * @param {any} panel @param {HTMLElement} parent
   * @param {{rows?: () => number}} [about] rows: how many rows count, if not all
   */
  function pad(panel, parent, { rows } = {}) {
    const { ui } = panel;
    const wrap = panel.row("lab-pad", parent);
    const canvas = lab.el("canvas", {
      class: "lab-canvas lab-field-canvas", width: SCREEN, height: SCREEN, tabindex: 0, role: "application",
      "aria-label": "Drawing field. Draw with a finger or a mouse. Or: arrow keys move the pen, Space lowers and lifts it, Backspace takes a stroke back, Delete clears.",
    });
    const frame = panel.row("lab-tile lab-big", wrap);
    frame.append(canvas);
    const seen = panel.tile(wrap, { caption: true });
    seen.blocky = true;
    seen.el.classList.add("lab-seen");
    /** @type {string[]} */
    const real = (ui.host.dataset.digits || "").split(" ").filter(Boolean);
    const start = real[3] || "a".repeat(64);
    let text = ui.get("drawing", start, (/** @type {string} */ given) => (/^[a-q]{64}$/.test(given) ? given : undefined));
    /** @type {Stroke[]} */
    let strokes = [];
    let base = unpack(text);
    let pen = [16, 4];
    let down = false;
    const image = panel.tile(lab.el("div"), {});
    ui.tiles.delete(image);

    /** @param {string} letters */
    function unpack(letters) {
      return Float32Array.from(letters, (letter) => letter.charCodeAt(0) - 97);
    }

    /** The drawing as the model gets it. */
    function ink() {
      const added = count(fit(strokes, !rows));
      return base.map((v, i) => Math.min(16, v + added[i]));
    }

    function changed() {
      const now = ink();
      ui.set("drawing", Array.from(now, (v) => String.fromCharCode(97 + v)).join(""));
      paint();
      panel.refresh();
    }

    function paint() {
      const context = canvas.getContext("2d");
      const unit = SCREEN / SIDE;
      context.clearRect(0, 0, SCREEN, SCREEN);
      image.ink = base;
      const small = lab.el("canvas", { width: 96, height: 96 });
      small.getContext("2d").putImageData(image.picture(), 0, 0);
      context.drawImage(small, 0, 0, SCREEN, SCREEN);
      context.strokeStyle = context.fillStyle = ui.color("--g-ink");
      context.lineWidth = 2 * RADIUS * unit;
      context.lineCap = context.lineJoin = "round";
      for (const stroke of strokes) {
        context.beginPath();
        stroke.forEach(([x, y], i) => (i ? context.lineTo(x * unit, y * unit) : context.moveTo(x * unit, y * unit)));
        if (stroke.length === 1) context.lineTo(stroke[0][0] * unit + 0.1, stroke[0][1] * unit);
        context.stroke();
      }
      if (rows) {
        const y = rows() * 4 * unit;
        context.fillStyle = ui.color("--g-sunk");
        context.globalAlpha = 0.75;
        context.fillRect(0, y, SCREEN, SCREEN - y);
        context.globalAlpha = 1;
        context.fillStyle = ui.color("--g-red");
        context.fillRect(0, y - 1, SCREEN, 3);
      }
      if (document.activeElement === canvas) {
        context.lineWidth = 3;
        context.strokeStyle = ui.color("--g-red");
        context.beginPath();
        context.arc(pen[0] * unit, pen[1] * unit, RADIUS * unit, 0, 7);
        context.stroke();
      }
      const now = ink();
      if (rows) now.fill(0, 8 * rows());
      seen.set(now, "What the model gets: 64 numbers, each from a block of 4 by 4", "what the model gets");
    }

    const at = (/** @type {PointerEvent} */ event) => {
      const box = canvas.getBoundingClientRect();
      return /** @type {[number, number]} */ ([((event.clientX - box.left) / box.width) * SIDE, ((event.clientY - box.top) / box.height) * SIDE]);
    };
    const on = (/** @type {string} */ type, /** @type {(event: any) => void} */ act) => canvas.addEventListener(type, ui.safe(act));
    let drawing = false; // with the pointer; `down` is the pen of the keyboard
    const lift = () => (drawing = down = false);
    on("pointerdown", (event) => {
      if (event.button) return;
      canvas.setPointerCapture(event.pointerId);
      drawing = true;
      if (!strokes.length) base = new Float32Array(64); // the first stroke begins on an empty sheet
      strokes.push([at(event)]);
      paint();
    });
    on("pointermove", (event) => {
      if (!drawing || strokes[strokes.length - 1].length > 2000) return;
      strokes[strokes.length - 1].push(at(event));
      paint();
    });
    on("pointerup", () => drawing && ((drawing = false), changed()));
    on("pointercancel", () => drawing && ((drawing = false), changed()));
    on("focus", paint);
    on("blur", () => ((down = false), paint()));
    on("keydown", (event) => {
      const move = { ArrowLeft: [-2, 0], ArrowRight: [2, 0], ArrowUp: [0, -2], ArrowDown: [0, 2] }[/** @type {string} */ (event.key)];
      if (move) {
        pen = pen.map((v, i) => Math.min(SIDE - 2, Math.max(2, v + move[i])));
        if (down) strokes[strokes.length - 1].push([pen[0], pen[1]]);
      } else if (event.key === " ") {
        down = !down;
        if (down && !strokes.length) base = new Float32Array(64);
        if (down) strokes.push([[pen[0], pen[1]]]);
      } else if (event.key === "Backspace") {
        lift();
        strokes.pop();
      } else if (event.key === "Delete") clear();
      else return;
      event.preventDefault();
      changed();
      told.textContent = `Pen ${down ? "down" : "up"} at row ${Math.ceil(pen[1] / 4)}, column ${Math.ceil(pen[0] / 4)} of 8`;
    });
    const clear = () => {
      lift();
      strokes = [];
      base = new Float32Array(64);
      changed();
    };
    const row = panel.row("lab-row lab-load", wrap);
    const told = wrap.appendChild(lab.el("p", { class: "lab-caption lab-pen", role: "status" }));
    panel.button(row, "Clear", clear);
    if (real.length) {
      const field = row.appendChild(lab.el("div", { class: "lab-loads", role: "group", "aria-label": "Take a handwritten test digit" }, "or take a real"));
      real.forEach((letters, digit) =>
        panel.button(field, String(digit), () => {
          lift();
          strokes = [];
          base = unpack(letters);
          changed();
        }),
      );
    }
    panel.repaint = paint;
    paint();
    return { ink, paint, empty: () => ink().every((v) => v === 0) };
  }

  Object.assign(lab, { pad });
})();
