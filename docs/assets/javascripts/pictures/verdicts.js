// What belongs to the GAN's game: its noise as bars to pull, and verdicts on a line.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const REACH = 3; // a bar shows -3..3
  const [AXIS, STEP, LEVELS] = [10, 8, 5]; // pixels from the line to the first dots, to the next ones, and how often
  const HEIGHT = 2 * (AXIS + STEP * LEVELS);

  /**
   * The noise, a bar for each number; a pulled bar gives `act` its place and new value.
   * @param {Panel} panel @param {HTMLElement} parent @param {number} n @param {(k: number, v: number) => void} act
   * @returns {(z: ArrayLike<number>) => void} shows a noise
   */
  function knobs(panel, parent, n, act) {
    const box = panel.row("lab-noise lab-knobs", parent);
    const bars = Array.from({ length: n }, () => box.appendChild(el("i")));
    for (const [name, value] of Object.entries({ role: "application", tabindex: 0 }))
      box.setAttribute(name, String(value));
    bars.forEach((bar, k) => {
      bar.style.left = `${(100 * k) / n}%`;
      bar.style.width = `${80 / n}%`;
    });
    /** @type {ArrayLike<number>} */
    let now = [];
    let chosen = 0;
    const fit = (/** @type {number} */ v) => Math.min(REACH, Math.max(-REACH, v));
    const pull = (/** @type {PointerEvent} */ event) => {
      const area = box.getBoundingClientRect();
      const k = Math.floor(((event.clientX - area.left) / area.width) * n);
      if (event.type === "pointerdown") chosen = Math.min(n - 1, Math.max(0, k));
      act(chosen, fit((0.5 - (event.clientY - area.top) / area.height) * 2 * REACH));
    };
    box.addEventListener(
      "pointerdown",
      panel.ui.safe(
        (/** @type {PointerEvent} */ event) =>
          (box.setPointerCapture(event.pointerId), pull(event)),
      ),
    );
    box.addEventListener(
      "pointermove",
      panel.ui.safe((/** @type {PointerEvent} */ event) => event.buttons && pull(event)),
    );
    box.addEventListener(
      "keydown",
      panel.ui.safe((/** @type {KeyboardEvent} */ event) => {
        const [aside, up] = [
          { ArrowLeft: -1, ArrowRight: 1 }[event.key],
          { ArrowUp: 0.5, ArrowDown: -0.5 }[event.key],
        ];
        if (!aside && !up) return;
        event.preventDefault();
        if (aside) chosen = (chosen + aside + n) % n;
        if (up) act(chosen, fit(now[chosen] + up));
        else show(now);
      }),
    );
    /** @param {ArrayLike<number>} z */
    function show(z) {
      now = z;
      bars.forEach((bar, k) => {
        bar.style.height = `${(50 * Math.abs(fit(z[k]))) / REACH}%`;
        bar.classList.toggle("lab-minus", z[k] < 0);
        bar.classList.toggle("lab-top", k === chosen);
      });
      box.setAttribute(
        "aria-label",
        `The noise, ${n} numbers. Left and right choose one, up and down change it: number ${chosen + 1} is ${z[chosen].toFixed(1)}.`,
      );
    }
    return show;
  }

  /**
   * A line from "forged" to "handwritten", with a dot at each picture's verdict: above for handwritten ones, below for forged ones.
   * @param {Panel} panel @param {HTMLElement} parent @param {string} title
   * @returns {(all: {share: number, real: boolean}[], chosen: number) => void}
   */
  function verdicts(panel, parent, title) {
    const { ui } = panel;
    const head = panel.text(parent, title, "lab-caption lab-strong");
    const canvas = el("canvas", { class: "lab-canvas lab-line", role: "img", "aria-label": title });
    parent.append(canvas);
    const ends = panel.row("lab-ends lab-caption", parent);
    ends.append(
      ...["\u2190 forged", "a coin", "handwritten \u2192"].map((text) => el("span", {}, text)),
    );
    /** @type {{share: number, real: boolean}[]} */
    let shown = [];
    let marked = -1;
    const owner = { paint };
    ui.tiles.add(owner);

    function paint() {
      const zoom = Math.min(3, devicePixelRatio || 1);
      const width = Math.max(200, canvas.clientWidth);
      [canvas.width, canvas.height] = [width * zoom, HEIGHT * zoom];
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      context.scale(zoom, zoom);
      context.fillStyle = ui.color("--g-rule");
      context.fillRect(width / 2 - 0.5, 0, 1, HEIGHT);
      context.fillStyle = ui.color("--g-ink-2");
      context.fillRect(0, HEIGHT / 2 - 0.5, width, 1);
      shown.forEach((_, i) => i === marked || dot(context, i, width, 4));
      if (shown[marked]) dot(context, marked, width, 7);
    }

    /** @param {CanvasRenderingContext2D} context @param {number} i @param {number} width @param {number} radius */
    function dot(context, i, width, radius) {
      const { share, real } = shown[i];
      const far = AXIS + (i % LEVELS) * STEP; // so that what has the same verdict does not hide each other
      context.beginPath();
      context.arc(8 + share * (width - 16), HEIGHT / 2 + (real ? -far : far), radius, 0, 7);
      context.lineWidth = 1.5;
      context.strokeStyle = context.fillStyle = ui.color(real ? "--g-blue" : "--g-red");
      if (real) context.fill();
      else context.stroke();
      if (radius < 5) return;
      context.strokeStyle = ui.color("--g-ink");
      context.beginPath();
      context.arc(8 + share * (width - 16), HEIGHT / 2 + (real ? -far : far), radius + 2.5, 0, 7);
      context.stroke();
    }

    return (all, chosen) => {
      [shown, marked] = [all, chosen];
      const mean = (/** @type {boolean} */ real) => {
        const some = all.filter((one) => one.real === real);
        return Math.round(
          (100 * some.reduce((sum, one) => sum + one.share, 0)) / Math.max(1, some.length),
        );
      };
      head.textContent = `${title}: handwriting ${mean(true)}% real, forgeries ${mean(false)}%`;
      canvas.setAttribute(
        "aria-label",
        `${head.textContent}, on average. The chosen picture: ${Math.round(100 * all[chosen].share)}%.`,
      );
      paint();
    };
  }

  Object.assign(lab, { knobs, verdicts });
})();
