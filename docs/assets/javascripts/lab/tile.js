// A picture on a canvas: of 28 x 28 pixels, as they are; of 8 x 8 smooth, or as 64 numbers.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;
  const { el } = lab;
  const SMOOTH = 96; // pixels of a smooth picture
  const [FINE, FULL] = [28, 7]; // pixels each way of a fine picture, and its full ink

  /** The four nearest pixels of each point of a smooth picture, and their weights (Catmull-Rom). */
  const taps = Array.from({ length: SMOOTH }, (_, i) => {
    const at = ((i + 0.5) * 8) / SMOOTH - 0.5;
    const first = Math.floor(at) - 1;
    return [0, 1, 2, 3].map((k) => {
      const far = Math.abs(at - first - k);
      const weight = far < 1 ? 1 - 2.5 * far ** 2 + 1.5 * far ** 3 : 2 - 4 * far + 2.5 * far ** 2 - 0.5 * far ** 3;
      return { pixel: Math.min(7, Math.max(0, first + k)), weight };
    });
  });

  /** @param {ArrayLike<number>} ink @param {Uint8ClampedArray} out the alpha channel is filled */
  function smooth(ink, out) {
    const wide = new Float32Array(8 * SMOOTH);
    for (let y = 0; y < 8; y++)
      for (let x = 0; x < SMOOTH; x++) {
        let sum = 0;
        for (const { pixel, weight } of taps[x]) sum += weight * ink[8 * y + pixel];
        wide[y * SMOOTH + x] = sum;
      }
    for (let y = 0; y < SMOOTH; y++) {
      const [a, b, c, d] = taps[y];
      for (let x = 0; x < SMOOTH; x++) {
        const sum =
          a.weight * wide[a.pixel * SMOOTH + x] + b.weight * wide[b.pixel * SMOOTH + x] +
          c.weight * wide[c.pixel * SMOOTH + x] + d.weight * wide[d.pixel * SMOOTH + x];
        out[4 * (y * SMOOTH + x) + 3] = (255 / 16) * sum;
      }
    }
  }

  /** A picture. `over`, if given, paints on top of it: (context, size of a pixel). */
  class Tile {
    /** @param {any} ui the <guide-lab>'s @param {HTMLElement} parent @param {{big?: boolean, caption?: boolean, act?: () => void}} about */
    constructor(ui, parent, { big = false, caption = false, act }) {
      this.ui = ui;
      this.big = big;
      /** @type {ArrayLike<number>} */
      this.ink = new Float32Array(ui.side ** 2);
      this.blocky = false; // always in blocks
      /** @type {((context: CanvasRenderingContext2D, cell: number) => void) | null} drawn above the ink */
      this.over = null;
      this.canvas = el("canvas", { role: "img", class: ui.side === FINE ? "lab-canvas lab-fine" : "lab-canvas" });
      this.caption = el("span", { class: "lab-caption" });
      this.el = act
        ? el("button", { type: "button", class: "lab-tile lab-pick" }, this.canvas)
        : el("div", { class: big ? "lab-tile lab-big" : "lab-tile" }, this.canvas);
      if (act) this.el.addEventListener("click", ui.safe(act));
      if (caption) this.el.append(this.caption);
      parent.append(this.el);
      ui.tiles.add(this);
    }

    /** @param {ArrayLike<number>} ink 784 numbers, 0 is paper and 7 is ink, or 64, of which 16 is ink @param {string} [label] @param {string} [caption] */
    set(ink, label, caption) {
      this.ink = ink;
      if (label !== undefined) this.canvas.setAttribute("aria-label", label);
      if (caption !== undefined) this.caption.textContent = caption;
      this.paint();
    }

    /** @param {boolean} on */
    mark(on) {
      this.el.classList.toggle("lab-marked", on);
      this.el.setAttribute("aria-pressed", String(on));
    }

    paint() {
      if (this.ui.side === FINE) return this.paintFine();
      const blocks = this.ui.numbers.value || this.blocky;
      const size = blocks || this.over ? 320 : SMOOTH;
      if (this.canvas.width !== size) this.canvas.width = this.canvas.height = size;
      const context = this.canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      context.clearRect(0, 0, size, size);
      if (blocks) this.paintBlocks(context, size / 8);
      else if (size === SMOOTH) context.putImageData(this.picture(), 0, 0);
      else {
        if (!this.buffer) this.buffer = el("canvas", { width: SMOOTH, height: SMOOTH });
        this.buffer.getContext("2d").putImageData(this.picture(), 0, 0);
        context.drawImage(this.buffer, 0, 0, size, size);
      }
      if (this.over) this.over(context, size / 8);
    }

    /** Every pixel as it is; larger where something is drawn above. */
    paintFine() {
      const size = this.over ? 10 * FINE : FINE;
      if (this.canvas.width !== size) this.canvas.width = this.canvas.height = size;
      const context = this.canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      const image = this.pixels();
      if (!this.over) return context.putImageData(image, 0, 0);
      if (!this.buffer) this.buffer = el("canvas", { width: FINE, height: FINE });
      this.buffer.getContext("2d").putImageData(image, 0, 0);
      context.imageSmoothingEnabled = false;
      context.clearRect(0, 0, size, size);
      context.drawImage(this.buffer, 0, 0, size, size);
      this.over(context, size / FINE);
    }

    /** The page's ink, as strong as the picture has it. @returns {ImageData} */
    pixels() {
      if (!this.image) this.image = new ImageData(FINE, FINE);
      const color = parseInt(this.ui.color("--g-ink").slice(1), 16) || 0;
      const { data } = this.image;
      for (let i = 0; i < this.ink.length; i++) {
        data[4 * i] = color >> 16;
        data[4 * i + 1] = (color >> 8) & 255;
        data[4 * i + 2] = color & 255;
        data[4 * i + 3] = (255 / FULL) * this.ink[i];
      }
      return this.image;
    }

    /** @returns {ImageData} */
    picture() {
      if (!this.image) this.image = new ImageData(SMOOTH, SMOOTH);
      const color = parseInt(this.ui.color("--g-ink").slice(1), 16) || 0;
      const { data } = this.image;
      for (let i = 0; i < data.length; i += 4) {
        data[i] = color >> 16;
        data[i + 1] = (color >> 8) & 255;
        data[i + 2] = color & 255;
      }
      smooth(this.ink, data);
      return this.image;
    }

    /** @param {CanvasRenderingContext2D} context @param {number} cell */
    paintBlocks(context, cell) {
      const [dark, paper] = [this.ui.color("--g-ink"), this.ui.color("--g-sheet")];
      context.font = `${cell * 0.42}px sans-serif`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      for (let i = 0; i < 64; i++) {
        const [x, y] = [(i % 8) * cell, Math.floor(i / 8) * cell];
        const share = Math.min(1, Math.max(0, this.ink[i] / 16));
        context.fillStyle = dark;
        context.globalAlpha = share;
        context.fillRect(x, y, cell, cell);
        context.globalAlpha = 1;
        if (!this.big || this.blocky) continue;
        context.fillStyle = share > 0.5 ? paper : dark;
        context.fillText(String(Math.round(this.ink[i])), x + cell / 2, y + cell / 2 + 1);
      }
    }
  }

  Object.assign(lab, { Tile });
})();
