// The shared space of words and pictures, laid out flat: words on a ring, each beside those that are most alike.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const SCREEN = 640;
  const RADII = { "": 0.7, thin: 0.92, bold: 0.46 }; // of the words, and of what "thin" and "bold" make of them
  const REACH = 0.09; // how far a caption's say goes
  const STEP = 0.04; // of the arrow keys

  /** @typedef {{text: string, look: string, word: string, code: Float32Array, x: number, y: number, unseen: boolean}} Caption */

  /** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
  const dot = (a, b) => Array.from(a).reduce((sum, v, i) => sum + v * b[i], 0);

  /** The words in an order in which neighbors are alike: from the first always on to the nearest that is left. @param {string[]} words @param {(text: string) => Float32Array} read */
  function chain(words, read) {
    const codes = new Map(words.map((word) => [word, read(word)]));
    const like = (/** @type {string} */ a, /** @type {string} */ b) =>
      dot(/** @type {Float32Array} */ (codes.get(a)), /** @type {Float32Array} */ (codes.get(b)));
    const [first, ...left] = words;
    const order = [first];
    while (left.length) {
      const last = order[order.length - 1];
      left.sort((a, b) => like(last, b) - like(last, a));
      order.push(/** @type {string} */ (left.shift()));
    }
    return order;
  }

  class Ring {
    /**
     * @param {Panel} panel @param {HTMLElement} parent
     * @param {{words: string[], unseen: string[], read: (text: string) => Float32Array, act: (spot: number[]) => void}} about act: what a drag does
     */
    constructor(panel, parent, { words, unseen, read, act }) {
      this.ui = panel.ui;
      const order = chain(words, read);
      /** @type {Caption[]} */
      this.captions = order.flatMap((word, i) =>
        Object.entries(RADII).map(([look, radius]) => {
          const text = look ? `${look} ${word}` : word;
          const angle = (2 * Math.PI * i) / order.length - Math.PI / 2;
          return {
            text,
            look,
            word,
            code: read(text),
            x: radius * Math.cos(angle),
            y: radius * Math.sin(angle),
            unseen: unseen.includes(text),
          };
        }),
      );
      this.spot = [0, 0];
      this.canvas = lab.el("canvas", {
        class: "lab-canvas lab-map",
        width: SCREEN,
        height: SCREEN,
        role: "application",
        tabindex: 0,
      });
      parent.append(this.canvas);
      panel.ui.tiles.add(this);
      const move = (/** @type {PointerEvent} */ event) => {
        const box = this.canvas.getBoundingClientRect();
        act(
          [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map(
            (v) => Math.min(1, Math.max(-1, 2 * v - 1)),
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
      this.canvas.addEventListener(
        "keydown",
        panel.ui.safe((/** @type {KeyboardEvent} */ event) => {
          const step = {
            ArrowLeft: [-1, 0],
            ArrowRight: [1, 0],
            ArrowUp: [0, -1],
            ArrowDown: [0, 1],
          }[event.key];
          if (!step) return;
          event.preventDefault();
          act(this.spot.map((v, k) => Math.min(1, Math.max(-1, v + STEP * step[k]))));
        }),
      );
    }

    /** The captions' shares at a place: the nearer, the more. @param {number[]} spot @returns {Float32Array} */
    shares([x, y]) {
      return lab.softmax(
        this.captions.map((one) => -((one.x - x) ** 2 + (one.y - y) ** 2) / (2 * REACH ** 2)),
      );
    }

    /** The point of the shared space there: the captions' points, mixed. @param {number[]} spot @returns {Float32Array} of length 1 */
    code(spot) {
      const sum = new Float32Array(this.captions[0].code.length);
      this.shares(spot).forEach((share, i) =>
        this.captions[i].code.forEach((v, k) => (sum[k] += share * v)),
      );
      const length = Math.max(1e-12, Math.hypot(...sum));
      return sum.map((v) => v / length);
    }

    /** @param {number[]} spot @param {string} label */
    show(spot, label) {
      this.spot = spot;
      this.canvas.setAttribute(
        "aria-label",
        `Ten words on a ring, thin ones outside, bold ones inside. Arrow keys move the point. ${label}`,
      );
      this.paint();
    }

    paint() {
      const context = this.canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      const at = (/** @type {number} */ v) => ((v + 1) / 2) * SCREEN;
      const color = (/** @type {string} */ name) => this.ui.color(name);
      const shares = this.shares(this.spot);
      context.clearRect(0, 0, SCREEN, SCREEN);
      context.textAlign = "center";
      context.textBaseline = "middle";
      this.captions.forEach((one, i) => {
        const [x, y] = [at(one.x), at(one.y)];
        context.strokeStyle = context.fillStyle = color(
          one.unseen ? "--g-amber" : one.look ? "--g-ink-2" : "--g-blue",
        );
        context.lineWidth = 3;
        if (shares[i] > 0.03) {
          context.globalAlpha = shares[i];
          context.beginPath();
          context.moveTo(x, y);
          context.lineTo(at(this.spot[0]), at(this.spot[1]));
          context.stroke();
          context.globalAlpha = 1;
        }
        context.beginPath();
        context.arc(x, y, one.look ? 5 : 8, 0, 7);
        if (one.unseen) context.stroke();
        else context.fill();
        if (one.look && !one.unseen) return;
        context.fillStyle = color("--g-ink");
        context.font = one.look ? "22px sans-serif" : "bold 26px sans-serif";
        context.fillText(
          one.text,
          Math.min(SCREEN - 62, Math.max(62, x)),
          y + (one.look === "thin" && one.y < 0 ? -20 : 24),
        );
      });
      context.strokeStyle = context.fillStyle = color("--g-red");
      context.lineWidth = 5;
      context.beginPath();
      context.arc(at(this.spot[0]), at(this.spot[1]), 15, 0, 7);
      context.stroke();
      context.beginPath();
      context.arc(at(this.spot[0]), at(this.spot[1]), 4, 0, 7);
      context.fill();
    }
  }

  Object.assign(lab, { Ring });
})();
