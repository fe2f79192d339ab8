// The VAE's map: what the decoder draws all over it, pale where no digit was learned from, and a cloud and a place on it.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const REACH = 3; // the map shows -3..3 in both directions
  const [CELLS, SIDE] = [12, 28]; // digits each way, pixels of each
  const SCREEN = 2 * CELLS * SIDE;
  const NEAR = 0.4; // a digit within so much of a place speaks for it
  const PALE = [0.14, 0.4, 0.6]; // how strong a place is drawn that none, one, or two digits speak for
  const FULL = 0.85;

  class Atlas {
    /** @param {Panel} panel @param {HTMLElement} parent @param {(z: number[]) => void} act what a drag to a place does */
    constructor(panel, parent, act) {
      this.ui = panel.ui;
      this.canvas = lab.el("canvas", {
        class: "lab-canvas lab-map",
        width: SCREEN,
        height: SCREEN,
        role: "img",
      });
      parent.append(this.canvas);
      this.sheet = lab.el("canvas", { width: SCREEN, height: SCREEN });
      this.small = lab.el("canvas", { width: SIDE, height: SIDE });
      const move = (/** @type {PointerEvent} */ event) => {
        const box = this.canvas.getBoundingClientRect();
        act(
          [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map(
            (v) => (2 * Math.min(1, Math.max(0, v)) - 1) * REACH,
          ),
        );
      };
      this.canvas.addEventListener(
        "pointerdown",
        panel.ui.safe(
          (/** @type {PointerEvent} */ event) =>
            (this.canvas.setPointerCapture(event.pointerId), move(event)),
        ),
      );
      this.canvas.addEventListener(
        "pointermove",
        panel.ui.safe((/** @type {PointerEvent} */ event) => event.buttons && move(event)),
      );
    }

    /**
     * Draw the map of a class, a digit after the other. @param {(z: number[]) => ArrayLike<number>} digit ink at a place
     * @param {ArrayLike<number>} codes where digits lie, two numbers each
     */
    *survey(digit, codes) {
      const context = this.sheet.getContext("2d");
      context.clearRect(0, 0, SCREEN, SCREEN);
      context.imageSmoothingEnabled = false;
      for (let i = 0; i < CELLS ** 2; i++) {
        const z = [i % CELLS, Math.floor(i / CELLS)].map(
          (k) => ((k + 0.5) / CELLS - 0.5) * 2 * REACH,
        );
        this.small.getContext("2d").putImageData(lab.pixels(this, digit(z)), 0, 0);
        context.globalAlpha = codes.length ? PALE[around(z, codes)] || FULL : FULL;
        context.drawImage(
          this.small,
          2 * SIDE * (i % CELLS),
          2 * SIDE * Math.floor(i / CELLS),
          2 * SIDE,
          2 * SIDE,
        );
        yield;
      }
    }

    /** @param {number[]} z the chosen place @param {ArrayLike<number>} [cloud] center and log-width @param {string} [label] */
    show(z, cloud, label) {
      const context = this.canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      const at = (/** @type {number} */ v) => ((v / REACH + 1) / 2) * SCREEN;
      context.clearRect(0, 0, SCREEN, SCREEN);
      context.drawImage(this.sheet, 0, 0);
      if (cloud) {
        context.fillStyle = context.strokeStyle = this.ui.color("--g-blue");
        context.lineWidth = 3;
        for (const [widths, alpha] of [
          [3, 0.18],
          [2, 0.22],
          [1, 0.35],
        ]) {
          const [wide, high] = [2, 3].map(
            (k) => (Math.max(0.02, Math.exp(cloud[k]) * widths) / (2 * REACH)) * SCREEN,
          );
          context.beginPath();
          context.ellipse(at(cloud[0]), at(cloud[1]), wide, high, 0, 0, 7);
          context.globalAlpha = alpha;
          context.fill();
          context.globalAlpha = 1;
          if (widths === 2) context.stroke();
        }
      }
      context.strokeStyle = context.fillStyle = this.ui.color("--g-red");
      context.lineWidth = 4;
      context.beginPath();
      context.arc(at(z[0]), at(z[1]), 26, 0, 7);
      context.stroke();
      context.beginPath();
      context.arc(at(z[0]), at(z[1]), 3, 0, 7);
      context.fill();
      if (label) this.canvas.setAttribute("aria-label", label);
    }
  }

  /** How many digits lie near a place. @param {number[]} z @param {ArrayLike<number>} codes */
  function around([x, y], codes) {
    let count = 0;
    for (let i = 0; i < codes.length; i += 2)
      if ((codes[i] - x) ** 2 + (codes[i + 1] - y) ** 2 < NEAR ** 2) count += 1;
    return count;
  }

  Object.assign(lab, { Atlas, around, REACH });
})();
