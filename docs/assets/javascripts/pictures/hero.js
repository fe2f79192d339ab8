// The element <guide-hero>: on the first page a diffusion model clears digits out of noise, after all else is there.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const ROOT = new URL("../../../", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const { el } = lab;
  const STEPS = 24;
  const GUIDANCE = 2; // the class overdone: digits that can be read
  const PACE = 90; // milliseconds a step, at least
  const MOST = 10; // digits at once
  const [SIDE, PITCH] = [28, 31]; // pixels of a digit each way, and from one to the next; see sprite.py
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  class GuideHero extends HTMLElement {
    /** @type {Float32Array[][]} of each digit what it was after each step */
    films = [];
    /** @type {number[]} */
    digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    seed = 1;

    connectedCallback() {
      if (this.begun) return;
      this.begun = true;
      const { saveData } = navigator.connection || {};
      if (saveData) {
        const button = el("button", { type: "button", class: "lab-button" }, "Load the live model");
        button.addEventListener("click", () => (button.remove(), this.load()));
        this.one(".hero-tools").append(button);
      } else if (document.readyState === "complete") this.later();
      else addEventListener("load", () => this.later());
    }

    /** @param {string} selector @returns {HTMLElement} */
    one(selector) {
      return /** @type {HTMLElement} */ (this.querySelector(selector));
    }

    /** After what a first look needs has been painted. */
    later() {
      requestAnimationFrame(() => setTimeout(() => this.load(), 0));
    }

    /** The weights come as a script, which works from a disk too. */
    load() {
      const script = el("script", { src: new URL("lab/pictures/weights/diffusion.js", ROOT) });
      const quiet = (/** @type {ErrorEvent} */ event) => {
        if (!event.filename || event.filename === script.src) event.preventDefault();
      };
      addEventListener("error", quiet);
      script.onload = script.onerror = () => {
        removeEventListener("error", quiet);
        try {
          const weights = new lab.Weights((window.fieldguideWeights || {}).diffusion);
          this.model = lab.models.diffusion(weights);
          this.start();
        } catch {
          this.fail();
        }
      };
      document.head.append(script);
    }

    fail() {
      this.told("The live model could not be loaded, so its picture stays as it is.");
    }

    start() {
      this.canvas = el("canvas", { role: "img" });
      this.context = this.canvas.getContext("2d");
      this.buffer = el("canvas", { width: SIDE, height: SIDE }).getContext("2d");
      if (!this.context || !this.buffer) throw new Error("no canvas");
      this.work = new lab.Work(() => this.fail());
      this.slider = el("input", {
        type: "range",
        min: 0,
        max: STEPS,
        value: 0,
        "aria-label": "Step from noise to digits",
      });
      this.slider.addEventListener("input", () => {
        this.playing = false;
        this.slider.value = Math.min(Number(this.slider.value), this.films[0].length - 1);
        this.draw();
      });
      const again = el("button", { type: "button", class: "lab-button" }, "New noise");
      again.addEventListener("click", () => {
        this.seed += 1;
        this.make();
      });
      const field = el("input", {
        inputmode: "numeric",
        maxlength: MOST,
        autocomplete: "off",
        placeholder: "2026",
        size: 8,
      });
      const form = el(
        "form",
        { class: "hero-ask" },
        el("label", {}, "Your number ", field),
        el("button", { class: "lab-button" }, "Draw it"),
      );
      form.addEventListener("submit", (/** @type {Event} */ event) => {
        event.preventDefault();
        const digits = [...(field.value || field.placeholder)]
          .filter((letter) => /[0-9]/.test(letter))
          .map(Number);
        if (digits.length) {
          this.digits = digits.slice(0, MOST);
          this.make();
        } else this.told("The model has learned digits only: type some of 0 to 9.");
      });
      this.one(".hero-tools").replaceChildren(
        el(
          "div",
          { class: "hero-time" },
          el("span", {}, "noise"),
          this.slider,
          el("span", {}, "digits"),
          again,
        ),
        form,
      );
      this.one(".hero-sheet").replaceChildren(this.canvas);
      new MutationObserver(() => this.draw()).observe(document.body, {
        attributeFilter: ["data-md-color-scheme"],
      });
      new ResizeObserver(() => this.draw()).observe(this.canvas);
      this.make();
    }

    /** From new noise to digits, seen as they are made; at once for those who want nothing to move. */
    make() {
      clearTimeout(this.clock);
      this.playing = true;
      this.films = this.digits.map((_, i) => [new lab.Chance(this.seed, i).normals(SIDE * SIDE)]);
      this.slider.value = 0;
      this.draw();
      this.work.start(this.clear(this.films));
      this.clock = setTimeout(() => this.tick(), 500);
    }

    /** A step of all digits, then the next: that is how they are computed. @param {Float32Array[][]} films */
    *clear(films) {
      for (let step = 0; step < STEPS; step++) {
        const t = 1 - step / STEPS;
        /** @type {Float32Array[]} */
        const made = [];
        for (let i = 0; i < films.length; i++) {
          const guess = yield* this.model.guess(films[i][step], t, this.digits[i], GUIDANCE);
          made.push(this.model.less(films[i][step], guess, t, 1 - (step + 1) / STEPS));
        }
        films.forEach((film, i) => film.push(made[i]));
      }
    }

    /** Shows the next step, if it is there. */
    tick() {
      if (!this.playing) return;
      const [at, there] = [Number(this.slider.value), this.films[0].length - 1];
      const next = still.matches ? (there === STEPS ? STEPS : at) : Math.min(at + 1, there);
      if (next !== at) {
        this.slider.value = next;
        this.draw();
      }
      if (next < STEPS) this.clock = setTimeout(() => this.tick(), PACE);
    }

    /** Every pixel of a digit as a whole number of the screen's. */
    draw() {
      const at = Number(this.slider.value);
      const rows = this.digits.length > 5 ? 2 : 1;
      const columns = rows === 2 ? 5 : this.digits.length;
      const ratio = Math.min(3, devicePixelRatio || 1);
      const width = Math.round(Math.max(1, this.canvas.clientWidth) * ratio);
      const height = Math.round(Math.max(1, this.canvas.clientHeight) * ratio);
      if (this.canvas.width !== width || this.canvas.height !== height)
        [this.canvas.width, this.canvas.height] = [width, height];
      const context = this.context;
      context.clearRect(0, 0, width, height);
      context.imageSmoothingEnabled = false;
      const zoom = Math.max(
        1,
        Math.floor(Math.min((width + 3) / columns, (height + 3) / rows) / PITCH),
      );
      const [left, top] = [
        [width, columns],
        [height, rows],
      ].map(([room, count]) => Math.floor((room - zoom * (PITCH * count - PITCH + SIDE)) / 2));
      const color = (getComputedStyle(this).color.match(/\d+/g) || [0, 0, 0]).map(Number);
      const image = new ImageData(SIDE, SIDE);
      this.films.forEach((/** @type {Float32Array[]} */ film, /** @type {number} */ i) => {
        const x = at === STEPS ? lab.scale(lab.ink(film[at], 7), 7) : film[at]; // what is drawn has eight strengths, as its data
        x.forEach((/** @type {number} */ v, /** @type {number} */ k) =>
          image.data.set([color[0], color[1], color[2], 127.5 * (v + 1)], 4 * k),
        );
        this.buffer.putImageData(image, 0, 0);
        context.drawImage(
          this.buffer.canvas,
          left + zoom * PITCH * (i % columns),
          top + zoom * PITCH * Math.floor(i / columns),
          zoom * SIDE,
          zoom * SIDE,
        );
      });
      const shown = this.digits.join(" ");
      this.canvas.setAttribute(
        "aria-label",
        at === STEPS
          ? `The digits ${shown}, drawn by the model`
          : `The digits ${shown} in the making, step ${at} of ${STEPS}`,
      );
      this.slider.setAttribute("aria-valuetext", `step ${at} of ${STEPS}`);
      this.told(
        at === STEPS
          ? `Drawn just now, in your browser, in ${STEPS} steps from noise.`
          : `Step ${at} of ${STEPS}: the model guesses what is behind the noise and takes a little away.`,
      );
    }

    /** @param {string} text */
    told(text) {
      const note = this.one(".hero-told");
      if (note.textContent !== text) note.textContent = text;
    }
  }

  customElements.define("guide-hero", GuideHero);
})();
