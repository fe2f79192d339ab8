// The element <guide-fit>: a small network learns the curve of a day, step by step; its state stands in the address.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const { HOURS } = arena;
  const DAY = [9, 7, 8, 13, 18, 20, 17, 13, 10]; // degrees at these hours
  const XS = HOURS.map((/** @type {number} */ hour) => hour / 12 - 1);
  const LEG = 10000; // steps after which it waits for another press
  const KEPT = 400; // points of the loss that are kept
  const CHOICES = /** @type {Record<string, [string, string][]>} */ ({
    neurons: [
      ["8", "8"],
      ["1", "1"],
      ["3", "3"],
      ["24", "24"],
    ],
    rate: [
      ["0.1", "0.1"],
      ["0.02", "0.02"],
      ["0.6", "0.6"],
    ],
    parts: [
      ["yes", ""],
      ["no", ""],
    ],
  });
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /** @param {string} tag @param {Record<string, any>} [given] @param {...(Node | string)} inside @returns {any} */
  function el(tag, given = {}, ...inside) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) node.setAttribute(name, String(value));
    node.append(...inside);
    return node;
  }

  class GuideFit extends /** @type {new () => Arena.FitElement} */ (HTMLElement) {
    connectedCallback() {
      if (/** @type {Arena.Own} */ (this).state) return;
      const steps = this.read();
      this.build();
      this.restart();
      this.learn(steps);
      this.show();
      this.classList.add("arena-on");
      document.addEventListener("visibilitychange", () => this.wake());
    }

    /** The state as the address has it; what makes no sense there is left alone. @returns {number} steps that were made */
    read() {
      const address = new URLSearchParams(location.search);
      const given = (/** @type {string} */ key) => address.get(`fit-${key}`) || "";
      /** @type {Record<string, string>} */
      this.state = {};
      for (const [key, values] of Object.entries(CHOICES))
        this.state[key] = values.some(([value]) => value === given(key))
          ? given(key)
          : values[0][0];
      this.seed = /^\d{1,6}$/.test(given("seed")) ? Number(given("seed")) : 1;
      const parts = given("y").split("_");
      const points = parts.map(Number);
      const sound =
        points.length === DAY.length &&
        parts.every((v) => /^\d\d?(\.5)?$/.test(v)) &&
        points.every((v) => v <= 30);
      this.points = sound ? points : [...DAY];
      return /^\d{1,5}$/.test(given("steps")) ? Math.min(LEG, Number(given("steps"))) : 0;
    }

    /** Write the state into the address. */
    keep() {
      const all = new URLSearchParams(location.search);
      const put = (
        /** @type {string} */ key,
        /** @type {string} */ value,
        /** @type {string} */ usual,
      ) => (value === usual ? all.delete(`fit-${key}`) : all.set(`fit-${key}`, value));
      for (const [key, value] of Object.entries(this.state)) put(key, value, CHOICES[key][0][0]);
      put("seed", String(this.seed), "1");
      put("y", this.points.join("_"), DAY.join("_"));
      put("steps", String(Math.min(LEG, this.model.steps)), "0");
      const query = all.toString();
      try {
        history.replaceState(
          history.state,
          "",
          `${location.pathname}${query ? `?${query}` : ""}${location.hash}`,
        );
      } catch {
        // A browser may refuse this for a file, or so many in a row; it learns all the same.
      }
    }

    build() {
      this.plot = new arena.FitPlot((/** @type {number} */ i, /** @type {number} */ value) =>
        this.move(i, value),
      );
      this.chart = new arena.LossPlot();
      const main = el("div", { class: "arena-row arena-main" });
      this.button(main, "Step", () => this.few(1));
      this.go = this.button(main, "Run", () => this.toggle());
      this.go.classList.add("arena-go");
      this.button(main, "Restart", () => (this.restart(), this.rest()));
      this.button(
        main,
        "Other numbers",
        () => ((this.seed = (this.seed + 1) % 1000000), this.restart(), this.rest()),
      );
      this.button(
        main,
        "Points back",
        () => ((this.points = [...DAY]), this.measure(), this.rest()),
      );
      const more = el("div", { class: "arena-row fit-more" });
      this.choice(more, "neurons", "Neurons", ["1", "3", "8", "24"]);
      this.choice(more, "rate", "Step size", ["0.02", "0.1", "0.6"]);
      const box = el("input", { type: "checkbox", name: "fit-parts" });
      box.checked = this.state.parts === "yes";
      box.addEventListener(
        "change",
        () => ((this.state.parts = box.checked ? "yes" : "no"), this.rest()),
      );
      more.append(el("label", { class: "watch-check" }, box, el("span", {}, "Show the neurons")));
      const figures = el(
        "div",
        { class: "fit-figures" },
        el("div", {}, el("p", { class: "arena-name" }, "The day and the curve"), this.plot.svg),
        el("div", {}, el("p", { class: "arena-name" }, "The loss, step by step"), this.chart.svg),
      );
      this.status = el("p", { class: "arena-status", role: "status" });
      this.numbers = el("p", { class: "fit-numbers" });
      const all = el("details", {}, el("summary", {}, "All its numbers"), this.numbers);
      all.addEventListener("toggle", () => this.show());
      this.append(
        el(
          "div",
          { class: "arena-live fit-live", role: "group", "aria-label": "A network learns a curve" },
          more,
          figures,
          main,
          this.status,
          all,
        ),
      );
      this.open = () => all.open;
    }

    /** @param {HTMLElement} parent @param {string} text @param {() => void} act @returns {HTMLButtonElement} */
    button(parent, text, act) {
      const node = el("button", { type: "button", class: "arena-button" }, text);
      node.addEventListener("click", act);
      parent.append(node);
      return node;
    }

    /** @param {HTMLElement} parent @param {string} key @param {string} label @param {string[]} values */
    choice(parent, key, label, values) {
      const field = el("fieldset", { class: "arena-choice" }, el("legend", {}, label));
      for (const value of values) {
        const box = el("input", { type: "radio", name: `fit-${key}`, value });
        box.checked = value === this.state[key];
        box.addEventListener("change", () => {
          this.state[key] = value;
          if (key === "neurons" || this.error) this.restart();
          this.rest();
        });
        field.append(el("label", {}, box, el("span", {}, value)));
      }
      parent.append(field);
    }

    /** Fresh numbers, and no step made. */
    restart() {
      this.running = false;
      this.error = "";
      this.model = new arena.Fit(Number(this.state.neurons), this.seed);
      /** @type {number[][]} */
      this.history = [];
      this.measure();
    }

    get ys() {
      return this.points.map((v) => (v - 14) / 8);
    }

    /** The loss as it is now, in square degrees, at the end of its history. */
    measure() {
      this.loss = 64 * this.model.loss(XS, this.ys);
      const last = this.history[this.history.length - 1];
      if (last && last[0] === this.model.steps) last[1] = this.loss;
      else this.history.push([this.model.steps, this.loss]);
      if (this.history.length > KEPT)
        this.history = this.history.filter((_, i) => i % 2 === 0 || i === this.history.length - 1);
    }

    /** @param {number} count */
    learn(count) {
      const every = Math.max(1, Math.floor(count / 200));
      try {
        for (let i = 0; i < count && !this.error; i++) {
          this.model.step(XS, this.ys, Number(this.state.rate));
          if (i % every === every - 1) this.measure();
        }
        this.measure();
      } catch (error) {
        if (!(error instanceof arena.Exploded)) throw error;
        this.error = `After ${this.model.steps + 1} steps the numbers ran off: each step was too long, and jumped higher than the last. Take a smaller step size.`;
        this.running = false;
      }
    }

    /** @param {number} count steps, and then rest */
    few(count) {
      this.running = false;
      if (this.error) this.restart();
      this.learn(count);
      this.rest();
    }

    toggle() {
      if (still.matches) {
        this.few(100);
        return;
      }
      if (this.error) this.restart();
      this.running = !this.running;
      this.end = this.model.steps + LEG;
      this.wake();
      if (!this.running) this.rest();
      else this.label();
    }

    wake() {
      if (this.awake || !this.running || document.hidden) return;
      this.awake = true;
      requestAnimationFrame(() => this.frame());
    }

    frame() {
      this.awake = false;
      if (!this.running) return;
      this.learn(Math.min(40, 1 + Math.floor(this.model.steps / 60))); // slow at first, to be followed
      if (this.model.steps >= this.end) this.running = false;
      if (this.running) this.show();
      else this.rest();
      this.wake();
    }

    /** @param {number} i @param {number} value in degrees */
    move(i, value) {
      if (this.points[i] === value) return;
      this.points[i] = value;
      if (!this.error) this.measure();
      this.show();
      clearTimeout(this.later);
      this.later = setTimeout(() => this.keep(), 300);
    }

    /** All is up to date, and stands in the address. */
    rest() {
      this.show();
      this.keep();
      this.tell();
    }

    label() {
      this.go.textContent = this.running ? "Pause" : still.matches ? "Run 100 steps" : "Run";
    }

    show() {
      this.plot.paint(this.model, this.points, this.state.parts === "yes");
      this.chart.paint(this.history);
      this.label();
      if (!this.running) this.tell();
      if (!this.open()) return;
      const [hidden, last] = this.model.net.layers;
      const each = Array.from(hidden.weight, (/** @type {number} */ w, /** @type {number} */ j) =>
        [w, hidden.bias[j], last.weight[j]].map((v) => v.toFixed(2)).join(", "),
      );
      this.numbers.textContent =
        `w, b and v of each neuron: ${each.join("; ")}. c: ${last.bias[0].toFixed(2)}.`.replace(
          /-/g,
          "\u2212",
        );
    }

    /** How it stands, in words. */
    tell() {
      const { steps, weights } = this.model;
      const off = Math.sqrt(this.loss);
      const text =
        this.error ||
        `${weights.length} numbers, ${steps.toLocaleString("en-US")} ${steps === 1 ? "step" : "steps"}. Loss ${this.loss.toFixed(this.loss < 1 ? 3 : 1)}: the curve misses the points by about ${off.toFixed(off < 1 ? 2 : 1)} degrees.`;
      if (this.status.textContent !== text) this.status.textContent = text;
    }
  }

  customElements.define("guide-fit", GuideFit);
})();
