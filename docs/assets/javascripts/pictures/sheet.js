// Many digits on one canvas, each pixel as it is; one of them can be marked, by pointer or keys.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const PITCH = 30; // pixels from one digit to the next

  class Sheet {
    /**
     * @param {Panel} panel @param {HTMLElement} parent
     * @param {{columns: number, rows: number, label: string, act?: (i: number) => void}} about act: what marking one does
     */
    constructor(panel, parent, { columns, rows, label, act }) {
      this.ui = panel.ui;
      this.columns = columns;
      this.rows = rows;
      this.count = columns * rows;
      this.marked = -1;
      /** @type {(ArrayLike<number> | undefined)[]} */
      this.digits = Array.from({ length: this.count });
      this.canvas = lab.el("canvas", {
        class: "lab-canvas lab-fine lab-digits",
        width: columns * PITCH,
        height: rows * PITCH,
        "aria-label": label,
        ...(act ? { role: "application", tabindex: 0 } : { role: "img" }),
      });
      this.canvas.style.setProperty("--columns", String(columns));
      this.canvas.style.setProperty("--rows", String(rows));
      parent.append(this.canvas);
      panel.ui.tiles.add(this);
      if (act) this.listen(panel.ui, act);
    }

    /** @param {Lab.Ui} ui @param {(i: number) => void} act */
    listen(ui, act) {
      const { canvas, columns, rows } = this;
      canvas.addEventListener(
        "pointerdown",
        ui.safe((/** @type {PointerEvent} */ event) => {
          const box = canvas.getBoundingClientRect();
          const [x, y] = [
            Math.floor(((event.clientX - box.left) / box.width) * columns),
            Math.floor(((event.clientY - box.top) / box.height) * rows),
          ];
          if (x >= 0 && x < columns && y >= 0 && y < rows) act(columns * y + x);
        }),
      );
      canvas.addEventListener(
        "keydown",
        ui.safe((/** @type {KeyboardEvent} */ event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[
            event.key
          ];
          if (!step) return;
          event.preventDefault();
          act((this.marked + step + this.count) % this.count);
        }),
      );
    }

    /** @param {number} i @param {ArrayLike<number> | undefined} ink 784 numbers from 0 to 7 */
    set(i, ink) {
      this.digits[i] = ink;
      this.put(i);
    }

    /** @param {number} i */
    mark(i) {
      const before = this.marked;
      this.marked = i;
      if (before >= 0 && before !== i) this.put(before);
      this.put(i);
    }

    paint() {
      for (let i = 0; i < this.count; i++) this.put(i);
    }

    /** @param {number} i */
    put(i) {
      const context = this.canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      const [left, top] = [(i % this.columns) * PITCH, Math.floor(i / this.columns) * PITCH];
      context.clearRect(left, top, PITCH, PITCH);
      const ink = this.digits[i];
      if (ink) context.putImageData(lab.pixels(this, ink), left + 1, top + 1);
      if (i !== this.marked) return;
      context.strokeStyle = this.ui.color("--g-red");
      context.strokeRect(left + 0.5, top + 0.5, PITCH - 1, PITCH - 1);
    }
  }

  Object.assign(lab, { Sheet });
})();
