// What a reader can set while one family learns; each setting stands in the address, behind "watch-".
// A lens names its own: choices {key, label, options: [[value, text], ...], restarts} are buttons of which one is down,
// sliders {key, label, options, show} go through values, checks {key, label} are on or off.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const { el } = arena;

  const MORE = [
    {
      key: "data",
      label: "Data",
      restarts: true,
      options: [
        ["ring", "Ring of eight"],
        ["moons", "Two moons"],
        ["spiral", "Spiral"],
        ["checkers", "Checkerboard"],
        ["blobs", "Two blobs, 4 : 1"],
        ["letter", "Letter R"],
      ],
    },
    {
      key: "speed",
      label: "Speed",
      options: [
        ["full", "Full speed"],
        ["50", "50 steps/s"],
        ["10", "10 steps/s"],
      ],
    },
    {
      key: "rate",
      label: "Learning rate",
      restarts: true,
      options: [
        ["0.1", "\u00d7 0.1"],
        ["1", "\u00d7 1"],
        ["10", "\u00d7 10"],
        ["1000", "\u00d7 1,000"],
      ],
      first: "1",
    },
  ];

  /** What builds a watcher. @type {ThisType<Arena.Watcher>} */
  const controls = {
    /** All settings of this lens. @returns {Arena.Control[]} */
    get asked() {
      const { choices = [], sliders = [], checks = [] } = this.lens;
      return [
        ...choices,
        ...sliders,
        ...checks.map((one) => ({ ...one, options: [["no"], ["yes"]] })),
        ...MORE,
      ];
    },

    /** @param {Arena.Control} about */
    start(about) {
      return (this.lens.first || {})[about.key] || about.first || about.options[0][0];
    },

    /** The state as the address has it; what makes no sense there is left alone. */
    read() {
      const address = new URLSearchParams(location.search);
      const seed = address.get("watch-seed") || "";
      this.state = { seed: /^\d{1,6}$/.test(seed) ? Number(seed) : 1 };
      for (const about of this.asked) {
        const given = address.get(`watch-${about.key}`);
        this.state[about.key] = about.options.some(
          (/** @type {string[]} */ [value]) => value === given,
        )
          ? given
          : this.start(about);
      }
    },

    /** Keep a setting, and write it into the address. @param {string} key @param {string | number} value @param {boolean} [restarts] */
    keep(key, value, restarts) {
      this.state[key] = value;
      const all = new URLSearchParams(location.search);
      const usual = key === "seed" ? 1 : this.start(this.asked.find((one) => one.key === key));
      if (value === usual) all.delete(`watch-${key}`);
      else all.set(`watch-${key}`, String(value));
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
      if (restarts || this.error) this.restart();
      else {
        if (this.lens.change) this.lens.change(this, key);
        this.pace();
        this.ask();
      }
    },

    build() {
      const { host, lens } = this;
      const { choices = [], sliders = [], checks = [] } = lens;
      const top = el("div", { class: "arena-row watch-top" });
      for (const about of choices) this.choice(top, about);
      for (const about of checks) this.check(top, about);
      for (const about of sliders) this.slider(top, about);
      const parts = lens.figures.map((/** @type {string} */ name) => {
        const canvas = el("canvas", { role: "img", "aria-label": name });
        const facts = el("p", { class: "arena-facts" });
        return {
          canvas,
          facts,
          figure: el(
            "div",
            { class: `arena-card arena-${lens.key}` },
            el("p", { class: "arena-name" }, name),
            canvas,
            facts,
          ),
        };
      });
      this.canvases = parts.map((one) => one.canvas);
      this.facts = parts.map((one) => one.facts);
      this.plots = this.canvases.map(
        (/** @type {HTMLCanvasElement} */ canvas, /** @type {number} */ i) =>
          new arena.Plot(canvas, (lens.boxes || [])[i]),
      );
      const main = el("div", { class: "arena-row arena-main watch-main" });
      this.go = this.button(main, "Start", () => this.toggle());
      this.go.classList.add("arena-go");
      this.button(main, "Step", () => this.few(1));
      this.button(main, "Restart", () => this.restart());
      for (const [text, act] of lens.buttons || []) this.button(main, text, () => act(this));
      this.count = el("span", { class: "watch-count" });
      main.append(this.count);
      const figures = el(
        "div",
        { class: "watch-figures" },
        parts[0].figure,
        main,
        ...parts.slice(1).map((one) => one.figure),
      );
      this.status = el("p", { class: "arena-status", role: "status" });
      const more = el("div", { class: "arena-row watch-more" });
      for (const about of MORE) this.select(more, about);
      this.seed(more);
      this.live = el(
        "div",
        { class: "arena-live watch-live", role: "group", "aria-label": "Watch it learn" },
        top,
        figures,
        this.status,
        more,
      );
      host.replaceChildren(this.live);
      if (lens.built) lens.built(this);
    },

    /** @param {HTMLElement} parent @param {string} text @param {() => void} act @returns {HTMLButtonElement} */
    button(parent, text, act) {
      const node = el("button", { type: "button", class: "arena-button" }, text);
      node.addEventListener("click", act);
      parent.append(node);
      return node;
    },

    /** @param {HTMLElement} parent @param {Arena.Control} about */
    choice(parent, { key, label, options, restarts }) {
      const field = el("fieldset", { class: "arena-choice" }, el("legend", {}, label));
      for (const [value, text] of options) {
        const box = el("input", { type: "radio", name: `watch-${key}`, value });
        box.checked = value === this.state[key];
        box.addEventListener("change", () => this.keep(key, value, restarts));
        field.append(el("label", {}, box, el("span", {}, text)));
      }
      parent.append(field);
    },

    /** @param {HTMLElement} parent @param {Arena.Control} about */
    check(parent, { key, label }) {
      const box = el("input", { type: "checkbox", name: `watch-${key}` });
      box.checked = this.state[key] === "yes";
      box.addEventListener("change", () => this.keep(key, box.checked ? "yes" : "no"));
      parent.append(el("label", { class: "watch-check" }, box, el("span", {}, label)));
    },

    /** @param {HTMLElement} parent @param {Arena.Control} about */
    slider(parent, { key, label, options }) {
      const input = el("input", {
        type: "range",
        min: 0,
        max: options.length - 1,
        step: 1,
        name: `watch-${key}`,
      });
      const output = el("output");
      const show = () => {
        const [value, text = value] = options[Number(input.value)];
        output.textContent = text;
        input.setAttribute("aria-valuetext", text);
        return value;
      };
      input.value = String(
        options.findIndex((/** @type {string[]} */ one) => one[0] === this.state[key]),
      );
      show();
      input.addEventListener("input", () => this.keep(key, show()));
      parent.append(el("label", { class: "watch-slider" }, el("span", {}, label), input, output));
    },

    /** @param {HTMLElement} parent @param {Arena.Control} about */
    select(parent, { key, label, options, restarts }) {
      const box = el(
        "select",
        { name: `watch-${key}` },
        ...options.map((/** @type {string[]} */ [value, text]) => el("option", { value }, text)),
      );
      box.value = this.state[key];
      box.addEventListener("change", () => this.keep(key, box.value, restarts));
      parent.append(el("label", { class: "arena-field" }, el("span", {}, label), box));
    },

    /** @param {HTMLElement} parent */
    seed(parent) {
      const input = el("input", {
        type: "number",
        min: 0,
        max: 999999,
        value: this.state.seed,
        name: "watch-seed",
      });
      input.addEventListener("change", () => {
        const value = Math.max(0, Math.min(999999, Math.round(Number(input.value)) || 0));
        input.value = String(value);
        this.keep("seed", value, true);
      });
      parent.append(el("label", { class: "arena-field" }, el("span", {}, "Seed"), input));
    },
  };

  Object.defineProperties(arena.Watcher.prototype, Object.getOwnPropertyDescriptors(controls));
})();
