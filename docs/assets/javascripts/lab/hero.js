// The element <guide-hero>: on the first page a diffusion model clears digits out of noise, after all else is there.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;
  const ROOT = new URL("../../../", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const { el } = lab;
  const STEPS = 32;
  const PACE = 90; // milliseconds a step
  const MOST = 10; // digits at once
  const [FINE, PITCH] = [18, 20]; // dots of a digit each way, and from one to the next; see halftone.py
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /** The four nearest pixels of each point of the finer grid, and their weights (Catmull-Rom). */
  const taps = Array.from({ length: FINE }, (_, i) => {
    const at = ((i + 0.5) * 8) / FINE - 0.5;
    const first = Math.floor(at) - 1;
    return [0, 1, 2, 3].map((k) => {
      const far = Math.abs(at - first - k);
      const weight = far < 1 ? 1 - 2.5 * far ** 2 + 1.5 * far ** 3 : 2 - 4 * far + 2.5 * far ** 2 - 0.5 * far ** 3;
      return { pixel: Math.min(7, Math.max(0, first + k)), weight };
    });
  });

  /** @param {Float32Array} x 64 values, -1 is paper and 1 is ink @param {(x: number, y: number, ink: number) => void} dot */
  function halftone(x, dot) {
    const wide = taps.map((near) => Array.from({ length: 8 }, (_, y) => near.reduce((sum, { pixel, weight }) => sum + weight * x[8 * y + pixel], 0)));
    for (let i = 0; i < FINE; i++)
      taps.forEach((near, j) => {
        const value = near.reduce((sum, { pixel, weight }) => sum + weight * wide[i][pixel], 0);
        const ink = Math.min(1, Math.max(0, (value + 1) / 2));
        if (ink > 0.08) dot(i, j, ink);
      });
  }

  class GuideHero extends HTMLElement {
    connectedCallback() {
      if (this.begun) return;
      this.begun = true;
      const { saveData } = /** @type {any} */ (navigator).connection || {};
      if (saveData) {
        const button = el("button", { type: "button", class: "lab-button" }, "Load the live model");
        button.addEventListener("click", () => (button.remove(), this.load()));
        this.querySelector(".hero-tools").append(button);
      } else if (document.readyState === "complete") this.later();
      else addEventListener("load", () => this.later());
    }

    /** After what a first look needs has been painted. */
    later() {
      requestAnimationFrame(() => setTimeout(() => this.load(), 0));
    }

    /** The weights come as a script, which works from a disk too. */
    load() {
      const script = el("script", { src: new URL("lab/weights/diffusion.js", ROOT) });
      const quiet = (/** @type {ErrorEvent} */ event) => {
        if (!event.filename || event.filename === script.src) event.preventDefault();
      };
      addEventListener("error", quiet);
      script.onload = script.onerror = () => {
        removeEventListener("error", quiet);
        try {
          const weights = new lab.Weights((/** @type {any} */ (window).fieldguideWeights || {}).diffusion);
          this.context = el("canvas").getContext("2d");
          if (!this.context) throw new Error("no canvas");
          this.start(weights);
        } catch {
          this.told("The live model could not be loaded, so its picture stays as it is.");
        }
      };
      document.head.append(script);
    }

    /** @param {any} weights */
    start(weights) {
      this.model = lab.models.diffusion(weights);
      this.seed = 1;
      this.digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
      this.canvas = this.context.canvas;
      this.canvas.setAttribute("role", "img");
      this.slider = el("input", { type: "range", min: 0, max: STEPS, value: 0, "aria-label": "Step from noise to digits" });
      this.slider.addEventListener("input", () => (this.pause(), this.draw()));
      const again = el("button", { type: "button", class: "lab-button" }, "New noise");
      again.addEventListener("click", () => {
        this.seed += 1;
        this.make();
      });
      const field = el("input", { inputmode: "numeric", maxlength: MOST, autocomplete: "off", placeholder: "2026", size: 8 });
      const form = el("form", { class: "hero-ask" }, el("label", {}, "Your number ", field), el("button", { class: "lab-button" }, "Draw it"));
      form.addEventListener("submit", (/** @type {Event} */ event) => {
        event.preventDefault();
        const digits = [...(field.value || field.placeholder)].filter((letter) => /[0-9]/.test(letter)).map(Number);
        if (digits.length) {
          this.digits = digits.slice(0, MOST);
          this.make();
        } else this.told("The model has learned digits only: type some of 0 to 9.");
      });
      this.querySelector(".hero-tools").replaceChildren(el("div", { class: "hero-time" }, el("span", {}, "noise"), this.slider, el("span", {}, "digits"), again), form);
      this.querySelector(".hero-sheet").replaceChildren(this.canvas);
      new MutationObserver(() => this.draw()).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
      new ResizeObserver(() => this.draw()).observe(this.canvas);
      this.make();
    }

    /** From new noise to digits: step by step, or at once for those who want nothing to move. */
    make() {
      this.pause();
      this.paths = this.digits.map((digit, i) => this.model.walk(new lab.Chance(this.seed, i).normals(64), digit, STEPS));
      this.slider.value = still.matches ? STEPS : 0;
      this.draw();
      if (still.matches) return;
      const tick = () => {
        this.slider.value = Number(this.slider.value) + 1;
        this.draw();
        if (Number(this.slider.value) < STEPS) this.clock = setTimeout(tick, PACE);
      };
      this.clock = setTimeout(tick, 500);
    }

    pause() {
      clearTimeout(this.clock);
    }

    draw() {
      const at = Number(this.slider.value);
      const rows = this.digits.length > 5 ? 2 : 1;
      const columns = rows === 2 ? 5 : this.digits.length;
      const ratio = Math.min(3, devicePixelRatio || 1);
      const [width, height] = [5 * PITCH, 2 * PITCH];
      const scale = (Math.max(1, this.canvas.clientWidth) * ratio) / width;
      if (this.canvas.width !== Math.round(width * scale)) [this.canvas.width, this.canvas.height] = [width * scale, height * scale].map(Math.round);
      const context = this.context;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, this.canvas.width, this.canvas.height);
      context.fillStyle = getComputedStyle(this).color;
      const grow = Math.min(width / columns, height / rows) / PITCH;
      const side = (width - grow * PITCH * columns) / 2;
      this.paths.forEach((path, i) => {
        context.setTransform(scale * grow, 0, 0, scale * grow, scale * (side + grow * PITCH * (i % columns)), scale * grow * PITCH * Math.floor(i / columns));
        context.beginPath();
        halftone(path[at].x, (x, y, ink) => {
          const radius = 0.575 * Math.sqrt(ink);
          context.moveTo(x + 1.5 + radius, y + 1.5);
          context.arc(x + 1.5, y + 1.5, radius, 0, 7);
        });
        context.fill();
      });
      const shown = this.digits.join(" ");
      this.canvas.setAttribute("aria-label", at === STEPS ? `The digits ${shown}, drawn by the model` : `The digits ${shown} in the making, step ${at} of ${STEPS}`);
      this.slider.setAttribute("aria-valuetext", `step ${at} of ${STEPS}`);
      this.told(at === STEPS ? `Drawn just now, in your browser, in ${STEPS} steps from noise.` : `Step ${at} of ${STEPS}: the model guesses what is behind the noise and takes a little away.`);
    }

    /** @param {string} text */
    told(text) {
      const note = this.querySelector(".hero-told");
      if (note.textContent !== text) note.textContent = text;
    }
  }

  customElements.define("guide-hero", GuideHero);
})();
