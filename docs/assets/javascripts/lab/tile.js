// A picture of 28 x 28 pixels on a canvas, each as it is.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const [SIDE, FULL] = [28, 7]; // pixels each way, and full ink

  /** A picture. `over`, if given, paints on top of it: (context, size of a pixel). */
  class Tile {
    /** @param {Lab.Ui} ui the <guide-lab>'s @param {HTMLElement} parent @param {{big?: boolean, caption?: boolean, act?: () => void}} about */
    constructor(ui, parent, { big = false, caption = false, act }) {
      this.ui = ui;
      /** @type {ArrayLike<number>} */
      this.ink = new Float32Array(SIDE ** 2);
      /** @type {((context: CanvasRenderingContext2D, cell: number) => void) | null} drawn above the ink */
      this.over = null;
      this.canvas = el("canvas", {
        role: "img",
        class: "lab-canvas lab-fine",
        "aria-label": "A picture that is about to be made",
      });
      this.caption = el("span", { class: "lab-caption" });
      this.el = act
        ? el("button", { type: "button", class: "lab-tile lab-pick" }, this.canvas)
        : el("div", { class: big ? "lab-tile lab-big" : "lab-tile" }, this.canvas);
      if (act) this.el.addEventListener("click", ui.safe(act));
      if (caption) this.el.append(this.caption);
      parent.append(this.el);
      ui.tiles.add(this);
    }

    /** @param {ArrayLike<number>} ink 784 numbers, 0 is paper and 7 is ink @param {string} [label] @param {string} [caption] */
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

    /** Every pixel as it is; larger where something is drawn above. */
    paint() {
      const size = this.over ? 10 * SIDE : SIDE;
      if (this.canvas.width !== size) this.canvas.width = this.canvas.height = size;
      const context = this.canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      const image = pixels(this, this.ink);
      if (!this.over) return context.putImageData(image, 0, 0);
      if (!this.buffer) this.buffer = el("canvas", { width: SIDE, height: SIDE });
      this.buffer.getContext("2d").putImageData(image, 0, 0);
      context.imageSmoothingEnabled = false;
      context.clearRect(0, 0, size, size);
      context.drawImage(this.buffer, 0, 0, size, size);
      this.over(context, size / SIDE);
    }
  }

  /** A digit in the page's ink. @param {{ui: Lab.Ui, image?: ImageData}} owner keeps the image for the next time @param {ArrayLike<number>} ink @returns {ImageData} */
  function pixels(owner, ink) {
    const image = owner.image || (owner.image = new ImageData(SIDE, SIDE));
    const color = parseInt(owner.ui.color("--g-ink").slice(1), 16) || 0;
    for (let i = 0; i < ink.length; i++) {
      image.data[4 * i] = color >> 16;
      image.data[4 * i + 1] = (color >> 8) & 255;
      image.data[4 * i + 2] = color & 255;
      image.data[4 * i + 3] = (255 / FULL) * ink[i];
    }
    return image;
  }

  Object.assign(lab, { Tile, pixels });
})();
