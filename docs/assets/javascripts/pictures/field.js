// The drawing field for 28 x 28 pixels: strokes become a picture in the way in which the data were made.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const [SIDE, FULL] = [28, 7];
  const BOX = 20; // the longer side of a digit in the data
  const RADIUS = 1.25; // of the pen: as thick as the lines of the data
  const LARGEST = 5; // a drawing is not enlarged more than this
  const ZOOM = 10; // pixels of the screen for one of the picture
  const LONGEST = 400; // letters of a drawing in the address
  const HINT = "Draw a digit here";

  /** @typedef {[number, number][]} Stroke points in 0..28 */

  /** Strokes as ink 0..7. @param {Stroke[]} strokes @param {boolean} [fit] as large as the digits of the data, and with the middle of its ink in the middle */
  function drawn(strokes, fit = true) {
    const placed = fit ? fitted(strokes) : strokes;
    const gray = cover(placed);
    if (!fit || !strokes.length) return whole(gray);
    let [sum, x, y] = [0, 0, 0];
    gray.forEach((v, i) => {
      sum += v;
      x += v * ((i % SIDE) + 0.5);
      y += v * (Math.floor(i / SIDE) + 0.5);
    });
    return whole(cover(moved(placed, SIDE / 2 - x / sum, SIDE / 2 - y / sum)));
  }

  const whole = (/** @type {Float32Array} */ gray) =>
    gray.map((v) => Math.min(FULL, Math.floor(v * (FULL + 1))));
  const moved = (
    /** @type {Stroke[]} */ strokes,
    /** @type {number} */ dx,
    /** @type {number} */ dy,
  ) =>
    strokes.map((stroke) =>
      stroke.map(([x, y]) => /** @type {[number, number]} */ ([x + dx, y + dy])),
    );

  /** @param {Stroke[]} strokes @returns {Stroke[]} */
  function fitted(strokes) {
    const all = strokes.flat();
    const [[left, right], [top, bottom]] = [0, 1].map((axis) => {
      const line = all.map((point) => point[axis]);
      return [
        line.reduce((a, b) => Math.min(a, b), Infinity),
        line.reduce((a, b) => Math.max(a, b), -Infinity),
      ];
    });
    const by = Math.min(LARGEST, (BOX - 2 * RADIUS) / Math.max(right - left, bottom - top, 0.1));
    return strokes.map((stroke) =>
      stroke.map(([x, y]) => [
        SIDE / 2 + (x - (left + right) / 2) * by,
        SIDE / 2 + (y - (top + bottom) / 2) * by,
      ]),
    );
  }

  /** How much of each pixel the pen covers, 0..1. @param {Stroke[]} strokes @returns {Float32Array} */
  function cover(strokes) {
    const gray = new Float32Array(SIDE * SIDE);
    for (const stroke of strokes)
      stroke.forEach((point, i) => line(gray, stroke[Math.max(0, i - 1)], point));
    return gray;
  }

  /** @param {Float32Array} gray @param {[number, number]} a @param {[number, number]} b */
  function line(gray, [ax, ay], [bx, by]) {
    const reach = RADIUS + 1;
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const from = (/** @type {number} */ v) => Math.max(0, Math.floor(v - reach));
    const to = (/** @type {number} */ v) => Math.min(SIDE - 1, Math.ceil(v + reach));
    for (let y = from(Math.min(ay, by)); y <= to(Math.max(ay, by)); y++)
      for (let x = from(Math.min(ax, bx)); x <= to(Math.max(ax, bx)); x++) {
        const along = length
          ? Math.min(
              1,
              Math.max(0, ((x + 0.5 - ax) * (bx - ax) + (y + 0.5 - ay) * (by - ay)) / length),
            )
          : 0;
        const far = Math.hypot(x + 0.5 - ax - along * (bx - ax), y + 0.5 - ay - along * (by - ay));
        const i = SIDE * y + x;
        gray[i] = Math.max(gray[i], Math.min(1, Math.max(0, RADIUS + 0.5 - far)));
      }
  }

  /** Ink as text for the address: each run of equal ink as its length and a letter. @param {ArrayLike<number>} ink */
  function packed(ink) {
    let text = "";
    for (let i = 0, from = 0; i <= ink.length; i++)
      if (i === ink.length || ink[i] !== ink[from]) {
        text += (i - from > 1 ? i - from : "") + String.fromCharCode(97 + ink[from]);
        from = i;
      }
    return text;
  }

  /** @param {string} text @returns {Float32Array | undefined} nothing if it makes no sense */
  function unpacked(text) {
    if (!/^(\d{0,3}[a-h])+$/.test(text)) return undefined;
    /** @type {number[]} */
    const ink = [];
    for (const [, times, letter] of text.matchAll(/(\d*)([a-h])/g))
      for (let k = 0; k < (times === "" ? 1 : Number(times)); k++)
        ink.push(letter.charCodeAt(0) - 97);
    return ink.length === SIDE * SIDE ? Float32Array.from(ink) : undefined;
  }

  /**
   * @param {Panel} panel @param {HTMLElement} parent
   * @param {{rows?: () => number, opening?: number}} [about] rows: how many rows count, if not all;
   * then nothing is moved. opening: the handwritten digit that lies there at first
   */
  function field(panel, parent, { rows, opening = 3 } = {}) {
    const { ui } = panel;
    const wrap = panel.row("lab-pad", parent);
    const canvas = lab.el("canvas", {
      class: "lab-canvas lab-fine lab-field-canvas",
      width: SIDE * ZOOM,
      height: SIDE * ZOOM,
      tabindex: 0,
      role: "application",
      "aria-label":
        "Drawing field. Draw with a finger or a mouse. Or: arrow keys move the pen, Space lowers and lifts it, Backspace takes a stroke back, Delete clears.",
    });
    panel.row("lab-tile lab-big", wrap).append(canvas);
    const seen = rows ? undefined : panel.tile(wrap, { caption: true });
    if (seen) seen.el.classList.add("lab-seen");
    /** @type {string[]} */
    const real = (ui.host.dataset.digits || "")
      .split(" ")
      .filter((/** @type {string} */ text) => text.length === SIDE * SIDE);
    const read = (/** @type {string} */ letters) =>
      Float32Array.from(letters, (letter) => letter.charCodeAt(0) - 97);
    const start = packed(real.length ? read(real[opening]) : new Float32Array(SIDE * SIDE));
    let base = /** @type {Float32Array} */ (
      unpacked(
        ui.get("drawing", start, (/** @type {string} */ text) =>
          unpacked(text) ? text : undefined,
        ),
      )
    );
    /** @type {Stroke[]} */
    let strokes = [];
    /** @type {[number, number]} */
    let pen = [14, 6];
    let down = false; // the pen of the keyboard
    let drawing = false; // with the pointer
    const image = panel.tile(lab.el("div"), {});
    ui.tiles.delete(image);

    /** @type {Float32Array | undefined} the drawing as the model gets it, until something is drawn */
    let made;
    function ink() {
      if (!made) {
        const added = drawn(strokes, !rows);
        made = base.map((v, i) => Math.max(v, added[i]));
      }
      return made;
    }

    function changed() {
      made = undefined;
      const text = packed(ink());
      if (text.length <= LONGEST) ui.set("drawing", text);
      paint();
      panel.refresh();
    }

    /** @param {CanvasRenderingContext2D} context where a digit is to stand, in light lines */
    function guide(context) {
      const [from, size] = [((SIDE - BOX) / 2) * ZOOM, BOX * ZOOM];
      context.strokeStyle = ui.color("--g-ink-2");
      context.globalAlpha = 0.35;
      context.lineWidth = 1;
      context.setLineDash([4, 4]);
      context.strokeRect(from + 0.5, from + 0.5, size, size);
      context.setLineDash([]);
      context.globalAlpha = 1;
      if (strokes.length || base.some((v) => v > 0)) return;
      context.fillStyle = ui.color("--g-ink-2");
      context.font = "16px sans-serif";
      context.textAlign = "center";
      context.fillText(HINT, (SIDE / 2) * ZOOM, (SIDE / 2) * ZOOM);
    }

    function paint() {
      const context = canvas.getContext("2d");
      context.clearRect(0, 0, SIDE * ZOOM, SIDE * ZOOM);
      const now = ink();
      image.ink = rows ? now : base;
      const small = lab.el("canvas", { width: SIDE, height: SIDE });
      small.getContext("2d").putImageData(lab.pixels(image, image.ink), 0, 0);
      context.imageSmoothingEnabled = false;
      context.drawImage(small, 0, 0, SIDE * ZOOM, SIDE * ZOOM);
      context.strokeStyle = context.fillStyle = ui.color("--g-ink");
      context.lineWidth = 2 * RADIUS * ZOOM;
      context.lineCap = context.lineJoin = "round";
      for (const stroke of rows ? [] : strokes) {
        context.beginPath();
        stroke.forEach(([x, y], i) =>
          i ? context.lineTo(x * ZOOM, y * ZOOM) : context.moveTo(x * ZOOM, y * ZOOM),
        );
        if (stroke.length === 1) context.lineTo(stroke[0][0] * ZOOM + 0.1, stroke[0][1] * ZOOM);
        context.stroke();
      }
      if (rows) {
        const y = rows() * ZOOM;
        context.fillStyle = ui.color("--g-sunk");
        context.globalAlpha = 0.75;
        context.fillRect(0, y, SIDE * ZOOM, SIDE * ZOOM - y);
        context.globalAlpha = 1;
        context.fillStyle = ui.color("--g-red");
        context.fillRect(0, y - 1, SIDE * ZOOM, 3);
      }
      guide(context);
      if (document.activeElement === canvas) {
        context.lineWidth = 3;
        context.strokeStyle = ui.color("--g-red");
        context.beginPath();
        context.arc(pen[0] * ZOOM, pen[1] * ZOOM, RADIUS * ZOOM, 0, 7);
        context.stroke();
      }
      if (seen)
        seen.set(
          now,
          "What the model gets: your drawing, moved and scaled into 28 by 28 pixels",
          "what the model gets",
        );
    }

    const at = (/** @type {PointerEvent} */ event) => {
      const box = canvas.getBoundingClientRect();
      return /** @type {[number, number]} */ ([
        ((event.clientX - box.left) / box.width) * SIDE,
        ((event.clientY - box.top) / box.height) * SIDE,
      ]);
    };
    const on = (/** @type {string} */ type, /** @type {(event: any) => void} */ act) =>
      canvas.addEventListener(type, ui.safe(act));
    const empty = () => new Float32Array(SIDE * SIDE);
    const lift = () => (drawing = down = false);
    /** @param {[number, number]} point a new stroke; the first one begins on an empty sheet */
    const begin = (point) => {
      if (!strokes.length) base = empty();
      strokes.push([point]);
      made = undefined;
    };
    on("pointerdown", (event) => {
      if (event.button) return;
      canvas.setPointerCapture(event.pointerId);
      drawing = true;
      begin(at(event));
      paint();
    });
    on("pointermove", (event) => {
      if (!drawing || strokes[strokes.length - 1].length > 2000) return;
      strokes[strokes.length - 1].push(at(event));
      made = undefined;
      paint();
    });
    on("pointerup", () => drawing && ((drawing = false), changed()));
    on("pointercancel", () => drawing && ((drawing = false), changed()));
    on("focus", paint);
    on("blur", () => ((down = false), paint()));
    on("keydown", (event) => {
      const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
        /** @type {string} */ (event.key)
      ];
      if (move) {
        const [x, y] = [0, 1].map((axis) =>
          Math.min(SIDE - 2, Math.max(2, pen[axis] + move[axis])),
        );
        pen = [x, y];
        if (down) strokes[strokes.length - 1].push([pen[0], pen[1]]);
      } else if (event.key === " ") {
        down = !down;
        if (down) begin([pen[0], pen[1]]);
      } else if (event.key === "Backspace") {
        lift();
        strokes.pop();
      } else if (event.key === "Delete") clear();
      else return;
      event.preventDefault();
      changed();
      told.textContent = `Pen ${down ? "down" : "up"} at row ${pen[1]}, column ${pen[0]} of ${SIDE}`;
    });
    const clear = () => {
      lift();
      strokes = [];
      base = empty();
      changed();
    };
    const row = panel.row("lab-row lab-load", wrap);
    const told = wrap.appendChild(lab.el("p", { class: "lab-caption lab-pen", role: "status" }));
    panel.button(row, "Clear", clear);
    if (real.length) {
      const loads = row.appendChild(
        lab.el(
          "div",
          { class: "lab-loads", role: "group", "aria-label": "Take a handwritten test digit" },
          "or take a real",
        ),
      );
      real.forEach((letters, digit) =>
        panel.button(loads, String(digit), () => {
          lift();
          strokes = [];
          base = read(letters);
          changed();
        }),
      );
    }
    panel.repaint = paint;
    paint();
    return { ink, paint, empty: () => ink().every((v) => v === 0) };
  }

  Object.assign(lab, { field, drawn });
})();
