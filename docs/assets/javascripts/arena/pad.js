// The drawing pad: a sheet of cells, a brush and an eraser, by finger, mouse or keys.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const { SIDE, el } = arena;
  const REACH = 1.3; // of brush and eraser, in cells
  const EDGE = 2.2; // where the sheet ends in the plane

  /** Cells to letters, six cells each. @param {Uint8Array} cells @returns {string} */
  function pack(cells) {
    let text = "";
    for (let i = 0; i < cells.length; i += 6) {
      let bits = 0;
      for (let k = 0; k < 6; k++) bits = 2 * bits + (cells[i + k] || 0);
      text += LETTERS[bits];
    }
    return text;
  }

  /** @param {string} text @returns {Uint8Array | undefined} nothing if it is no drawing */
  function unpack(text) {
    if (text.length !== Math.ceil((SIDE * SIDE) / 6) || !/^[\w-]+$/.test(text)) return undefined;
    const cells = new Uint8Array(SIDE * SIDE);
    for (let i = 0; i < cells.length; i++)
      cells[i] = (LETTERS.indexOf(text[Math.floor(i / 6)]) >> (5 - (i % 6))) & 1;
    return cells;
  }
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** A sheet on which a reader draws. */
  class Pad {
    /** @param {Arena.Plot} plot @param {(cells: Uint8Array) => void} changed at the end of each stroke @param {() => void} paint */
    constructor(plot, changed, paint) {
      this.plot = plot;
      this.changed = changed;
      this.paint = paint;
      this.cells = new Uint8Array(SIDE * SIDE);
      this.erases = false;
      this.pen = [SIDE / 2, SIDE / 2];
      this.down = false; // of the keyboard's pen
      /** @type {number[] | null} where the pointer was */
      this.last = null;
      const { canvas } = plot;
      canvas.tabIndex = 0;
      canvas.setAttribute("role", "application");
      canvas.setAttribute(
        "aria-label",
        "Drawing sheet. Draw with a finger or a mouse. Or: arrow keys move the pen, Space lowers and lifts it, E changes between brush and eraser, Delete clears.",
      );
      const on = (/** @type {string} */ type, /** @type {(event: any) => void} */ act) =>
        canvas.addEventListener(type, act);
      on("pointerdown", (event) => this.press(event));
      on("pointermove", (event) => this.last && this.draw(this.at(event)));
      on("pointerup", () => this.lift());
      on("pointercancel", () => this.lift());
      on("keydown", (event) => this.key(event));
      on("focus", paint);
      on("blur", () => ((this.down = false), paint()));
      this.said = el("p", { class: "arena-said", role: "status" });
    }

    /** @param {PointerEvent} event */
    at(event) {
      const box = this.plot.canvas.getBoundingClientRect();
      const scale = (SIDE * this.plot.box) / EDGE; // the sheet is a little smaller than the picture
      return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map(
        (v) => SIDE / 2 + (v - 0.5) * scale,
      );
    }

    /** @param {PointerEvent} event */
    press(event) {
      if (event.button) return;
      this.plot.canvas.setPointerCapture(event.pointerId);
      this.last = this.at(event);
      this.draw(this.last);
    }

    lift() {
      if (!this.last) return;
      this.last = null;
      this.changed(this.cells);
    }

    /** A piece of a stroke, from the last point to this one. @param {number[]} point */
    draw(point) {
      const [a, b] = this.last || point;
      const steps = Math.max(1, Math.ceil(2 * Math.hypot(point[0] - a, point[1] - b)));
      for (let k = 0; k <= steps; k++)
        this.touch(a + ((point[0] - a) * k) / steps, b + ((point[1] - b) * k) / steps);
      if (this.last) this.last = point;
      this.paint();
    }

    /** @param {number} x @param {number} y in cells */
    touch(x, y) {
      for (let row = Math.max(0, Math.floor(y - 2)); row < Math.min(SIDE, y + 2); row++)
        for (let column = Math.max(0, Math.floor(x - 2)); column < Math.min(SIDE, x + 2); column++)
          if (Math.hypot(column + 0.5 - x, row + 0.5 - y) <= REACH)
            this.cells[SIDE * row + column] = this.erases ? 0 : 1;
    }

    /** @param {KeyboardEvent} event */
    key(event) {
      const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
        event.key
      ];
      if (move) this.pen = this.pen.map((v, i) => Math.max(0.5, Math.min(SIDE - 0.5, v + move[i])));
      else if (event.key === " ") this.down = !this.down;
      else if (event.key === "e" || event.key === "E") this.erases = !this.erases;
      else if (event.key === "Delete") this.cells.fill(0);
      else return;
      event.preventDefault();
      if (this.down) this.touch(this.pen[0], this.pen[1]);
      if (this.down || event.key === " " || event.key === "Delete") this.changed(this.cells);
      this.said.textContent = `${this.erases ? "Eraser" : "Brush"} ${this.down ? "down" : "up"} at column ${Math.ceil(this.pen[0])}, row ${Math.ceil(this.pen[1])} of ${SIDE}`;
      this.paint();
    }

    /** The sheet as it is, and the pen while the keys have it. @param {string} ink @param {string} mark */
    show(ink, mark) {
      const { plot } = this;
      const { context } = plot;
      const unit = ((2 * EDGE) / SIDE) * (plot.canvas.width / (2 * plot.box));
      const left = plot.x(-EDGE);
      context.fillStyle = ink;
      for (let i = 0; i < this.cells.length; i++)
        if (this.cells[i])
          context.fillRect(
            left + (i % SIDE) * unit,
            left + Math.floor(i / SIDE) * unit,
            unit + 0.5,
            unit + 0.5,
          );
      if (document.activeElement !== plot.canvas) return;
      context.strokeStyle = mark;
      context.lineWidth = 3;
      context.beginPath();
      context.arc(left + this.pen[0] * unit, left + this.pen[1] * unit, REACH * unit, 0, 7);
      context.stroke();
    }
  }

  Object.assign(arena, { Pad, pack, unpack });
})();
