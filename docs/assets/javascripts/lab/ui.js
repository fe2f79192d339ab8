// The lab's scaffold: the element <guide-lab>, its controls, its pictures, and its state in the address.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;
  const ROOT = new URL("../../../", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const PREFIX = "lab-"; // of the lab's own parameters in the address
  const SMOOTH = 96; // pixels of a smooth picture
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let serial = 0;

  /**
   * @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node | string)} children
   * @returns {any}
   */
  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) node.setAttribute(name, "");
      else if (value !== false) node.setAttribute(name, String(value));
    }
    node.append(...children);
    return node;
  }

  /** @type {Map<string, Promise<any>>} */
  const loading = new Map();

  /** Load the weights of a model as a script, which works from a disk too. @param {string} name */
  function load(name) {
    if (!loading.has(name)) loading.set(name, fetchScript(name).then((packed) => new lab.Weights(packed)));
    return loading.get(name);
  }

  /** @param {string} name @returns {Promise<any>} what the script holds */
  function fetchScript(name) {
    return new Promise((resolve, reject) => {
      const script = el("script", { src: new URL(`lab/weights/${name}.js`, ROOT) });
      // A script that is cut off is a syntax error: it is told in words below, not on the console.
      const quiet = (/** @type {ErrorEvent} */ event) => {
        if (!event.filename || event.filename === script.src) event.preventDefault();
      };
      addEventListener("error", quiet);
      const done = () => {
        removeEventListener("error", quiet);
        const packed = (/** @type {any} */ (window).fieldguideWeights || {})[name];
        if (packed) resolve(packed);
        else reject(new Error("missing weights"));
      };
      script.onload = script.onerror = done;
      document.head.append(script);
    });
  }

  /** Where the static picture is replaced by the live model, if all goes well. */
  class GuideLab extends HTMLElement {
    connectedCallback() {
      if (this.ui) return;
      this.ui = new Ui(this);
      const network = /** @type {any} */ (navigator).connection;
      if (network && network.saveData) {
        const button = el("button", { type: "button", class: "lab-button" }, "Load the live model");
        button.addEventListener("click", () => (button.remove(), this.ui.start()));
        this.append(button);
        return;
      }
      if (!("IntersectionObserver" in window)) {
        this.ui.start();
        return;
      }
      const near = new IntersectionObserver(
        (entries) => {
          if (!entries.some((entry) => entry.isIntersecting)) return;
          near.disconnect();
          this.ui.start();
        },
        { rootMargin: "600px" },
      );
      // Where the address names a section, the page is still to be scrolled there.
      const target = document.getElementById(location.hash.slice(1));
      if (target && document.readyState !== "complete") addEventListener("load", () => near.observe(this));
      else near.observe(this);
    }
  }

  /** One live model on a page. */
  class Ui {
    /** @param {HTMLElement} host */
    constructor(host) {
      this.host = host;
      this.address = new URLSearchParams(location.search);
      /** @type {Map<string, {value: any, start: any}>} */
      this.state = new Map();
      /** @type {Set<Tile>} */
      this.tiles = new Set();
    }

    async start() {
      try {
        const names = (this.host.dataset.models || "").split(" ");
        const weights = await Promise.all(names.map(load));
        const models = names.map((name, i) => lab.models[name](weights[i]));
        if (!el("canvas").getContext("2d")) throw new Error("no canvas");
        this.build(weights, models);
      } catch (error) {
        this.fail(/** @type {Error} */ (error));
      }
    }

    /** @param {any[]} weights @param {any[]} models */
    build(weights, models) {
      const count = weights.reduce((sum, one) => sum + one.count, 0).toLocaleString("en-US");
      this.status = el("p", { class: "lab-status", role: "status" });
      this.body = el("div", { class: "lab-body" });
      this.tools = el("div", { class: "lab-tools" });
      this.live = el(
        "div",
        { class: "lab-live", role: "group", "aria-label": this.host.dataset.title },
        el("div", { class: "lab-head" }, el("p", { class: "lab-title" }, `Live: ${count} numbers at work in your browser`), this.tools),
        this.body,
        this.status,
      );
      this.numbers = check(this, this.tools, { key: "numbers", label: "64 numbers", value: false }, () => this.repaint());
      this.host.append(this.live);
      lab.widgets[this.host.dataset.family || ""](this, ...models);
      this.host.classList.add("lab-on");
      new MutationObserver(() => this.repaint()).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    }

    /** The picture stays, one sentence says why, and the rest of the page goes on. @param {Error} error */
    fail(error) {
      const reason =
        error.message === "no canvas"
          ? "This browser offers no canvas to draw on"
          : this.live
            ? "The live model stopped"
            : "The live model could not be loaded, since its weights are missing or damaged";
      if (this.panel) this.panel.close();
      if (this.live) this.live.remove();
      this.host.classList.remove("lab-on");
      this.host.append(el("p", { class: "lab-note", role: "status" }, `${reason}, so the picture above stays as it is.`));
    }

    /** @template {any[]} A @param {(...given: A) => void} act @returns {(...given: A) => void} never throws */
    safe(act) {
      return (...given) => {
        try {
          act(...given);
        } catch (error) {
          this.fail(/** @type {Error} */ (error));
        }
      };
    }

    /**
     * The value of a setting: from the address if it is there and makes sense, otherwise `start`.
     * @param {string} key @param {any} start @param {(text: string) => any} read undefined means no sense
     */
    get(key, start, read) {
      if (!this.state.has(key)) {
        const text = this.address.get(PREFIX + key);
        const value = text === null ? undefined : read(text.slice(0, 80));
        this.state.set(key, { value: value === undefined ? start : value, start });
      }
      return this.state.get(key).value;
    }

    /** @param {string} key @param {any} value keep a setting, and write it into the address */
    set(key, value) {
      const kept = this.state.get(key);
      kept.value = value;
      const all = new URLSearchParams(location.search);
      if (value === kept.start) all.delete(PREFIX + key);
      else all.set(PREFIX + key, String(value));
      const query = all.toString();
      try {
        history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
      } catch {
        // A browser may refuse this for a file, or so many in a row; the lab works all the same.
      }
    }

    /** Several panels, one open. @param {Record<string, [string, (panel: Panel) => void]>} parts key -> name, builder */
    tabs(parts) {
      const keys = Object.keys(parts);
      const list = el("div", { class: "lab-tabs", role: "tablist", "aria-label": "What to try" });
      const id = `lab-${++serial}`;
      const pane = el("div", { class: "lab-panel", id, role: "tabpanel", tabindex: -1 });
      const buttons = keys.map((key) => el("button", { type: "button", role: "tab", id: `${id}-${key}`, "aria-controls": id }, parts[key][0]));
      const open = this.safe((/** @type {string} */ key) => {
        buttons.forEach((button, i) => {
          button.setAttribute("aria-selected", String(keys[i] === key));
          button.tabIndex = keys[i] === key ? 0 : -1;
        });
        pane.setAttribute("aria-labelledby", `${id}-${key}`);
        this.open(pane, parts[key][1]);
      });
      buttons.forEach((button, i) => {
        button.addEventListener("click", () => (this.set("tab", keys[i]), open(keys[i])));
        button.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
          const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          if (!step) return;
          event.preventDefault();
          const next = buttons[(i + step + buttons.length) % buttons.length];
          next.focus();
          next.click();
        });
      });
      list.append(...buttons);
      this.body.append(list, pane);
      open(this.get("tab", keys[0], (text) => (keys.includes(text) ? text : undefined)));
    }

    /** A single panel. @param {(panel: Panel) => void} build */
    one(build) {
      const pane = el("div", { class: "lab-panel" });
      this.body.append(pane);
      this.safe(() => this.open(pane, build))();
    }

    /** @param {HTMLElement} pane @param {(panel: Panel) => void} build */
    open(pane, build) {
      if (this.panel) this.panel.close();
      this.tiles.clear();
      pane.replaceChildren();
      this.panel = new Panel(this, pane);
      build(this.panel);
      this.panel.drawNow();
    }

    repaint() {
      for (const tile of this.tiles) tile.paint();
      if (this.panel && this.panel.repaint) this.panel.repaint();
    }

    /** Tell in words what is to be seen; a moment later, so that a drag is told once. @param {string} text */
    say(text) {
      const tell = () => {
        this.saying = 0;
        this.status.textContent = text;
      };
      clearTimeout(this.saying);
      if (this.status.textContent) this.saying = setTimeout(tell, 250);
      else tell();
    }

    /** @param {string} name @returns {string} a color of the page, as it is now */
    color(name) {
      return getComputedStyle(this.host).getPropertyValue(name).trim() || "#000000";
    }
  }

  /** What one tab shows. Its builder adds controls and pictures and gives `draw`. */
  class Panel {
    /** @param {Ui} ui @param {HTMLElement} root */
    constructor(ui, root) {
      this.ui = ui;
      this.root = root;
      this.say = ui.say.bind(ui);
      /** @type {() => void} */
      this.draw = () => {};
    }

    close() {
      this.closed = true;
      clearInterval(this.clock);
    }

    drawNow() {
      this.ui.safe(() => this.draw())();
    }

    /** Draw in the next frame, once however often it is asked for. */
    refresh() {
      if (this.waiting) return;
      this.waiting = true;
      requestAnimationFrame(() => {
        this.waiting = false;
        if (!this.closed) this.drawNow();
      });
    }

    /** @param {string} [style] @param {HTMLElement} [parent] @returns {HTMLElement} */
    row(style = "lab-row", parent = this.root) {
      const row = el("div", { class: style });
      parent.append(row);
      return row;
    }

    /** @param {string} text the one sentence to take away */
    lesson(text) {
      this.root.append(el("p", { class: "lab-lesson" }, text));
    }

    /** @param {HTMLElement} parent @param {string} text @param {string} [style] @returns {HTMLElement} */
    text(parent, text, style = "lab-text") {
      const node = el("p", { class: style }, text);
      parent.append(node);
      return node;
    }

    /** @param {HTMLElement} parent @param {string} label @param {() => void} act @returns {HTMLButtonElement} */
    button(parent, label, act) {
      const button = el("button", { type: "button", class: "lab-button" }, label);
      button.addEventListener("click", this.ui.safe(act));
      parent.append(button);
      return button;
    }

    /**
     * @param {HTMLElement} parent
     * @param {{key: string, label: string, options: [any, string][], value: any}} about
     * @returns {{value: any, set: (value: any) => void}}
     */
    choice(parent, { key, label, options, value: start }) {
      const field = el("fieldset", { class: "lab-choice" }, el("legend", {}, label));
      const name = `lab-${++serial}`;
      const find = (/** @type {any} */ text) => options.find(([value]) => String(value) === String(text));
      const control = {
        value: this.ui.get(key, start, (text) => (find(text) || [])[0]),
        set: (/** @type {any} */ value) => {
          control.value = value;
          this.ui.set(key, value);
          for (const box of field.querySelectorAll("input")) box.checked = box.value === String(value);
          this.refresh();
        },
      };
      for (const [value, text] of options) {
        const box = el("input", { type: "radio", name, value });
        box.checked = value === control.value;
        box.addEventListener("change", () => control.set(value));
        field.append(el("label", {}, box, el("span", {}, text)));
      }
      parent.append(field);
      return control;
    }

    /** Which digit to make. @param {HTMLElement} parent @param {boolean} [all] offer "all" @param {string} [label] */
    digits(parent, all = false, label = "Digit") {
      /** @type {[any, string][]} */
      const options = Array.from({ length: 10 }, (_, i) => [i, String(i)]);
      if (all) options.unshift([-1, "all"]);
      return this.choice(parent, { key: all ? "digits" : "digit", label, options, value: all ? -1 : 3 });
    }

    /**
     * @param {HTMLElement} parent
     * @param {{key: string, label: string, min: number, max: number, step?: number, value: number, show?: (v: number) => string}} about
     * @returns {{value: number, set: (value: number) => void, limit: (max: number) => void, input: HTMLInputElement}}
     */
    slider(parent, { key, label, min, max, step = 1, value: start, show = String }) {
      const input = el("input", { type: "range", min, max, step });
      const output = el("output");
      const fit = (/** @type {number} */ v) => Math.min(Number(input.max), Math.max(min, Math.round(v / step) * step));
      const control = {
        input,
        value: fit(this.ui.get(key, start, (text) => (Number.isFinite(Number(text)) && text ? Number(text) : undefined))),
        set: (/** @type {number} */ value) => {
          control.value = fit(value);
          input.value = String(control.value);
          output.textContent = show(control.value);
          input.setAttribute("aria-valuetext", output.textContent);
          this.ui.set(key, Number(control.value.toFixed(3)));
          this.refresh();
        },
        limit: (/** @type {number} */ max) => {
          input.max = String(max);
          control.value = fit(control.value);
        },
      };
      input.value = String(control.value);
      output.textContent = show(control.value);
      input.setAttribute("aria-valuetext", output.textContent);
      input.addEventListener("input", () => control.set(Number(input.value)));
      parent.append(el("label", { class: "lab-slider" }, el("span", {}, label), input, output));
      return control;
    }

    /** @param {HTMLElement} parent @param {{key: string, label: string, value: boolean}} about */
    check(parent, about) {
      return check(this.ui, parent, about, () => this.refresh());
    }

    /** Where chance comes from: a number that can be linked to, and a button for another one. */
    seed(/** @type {HTMLElement} */ parent, label = "New noise", key = "seed") {
      const control = {
        value: this.ui.get(key, 1, (text) => (/^\d{1,6}$/.test(text) ? Number(text) : undefined)),
        next: () => {
          control.value = (control.value + 1) % 1000000;
          this.ui.set(key, control.value);
          this.refresh();
        },
      };
      this.button(parent, label, control.next);
      return control;
    }

    /**
     * A slider that also plays by itself.
     * @param {HTMLElement} parent @param {Parameters<Panel["slider"]>[1]} about @param {number} [pace] milliseconds a step
     */
    player(parent, about, pace = 60) {
      const row = this.row("lab-player", parent);
      const stop = () => {
        clearInterval(this.clock);
        this.clock = 0;
        button.textContent = "Play";
      };
      const play = () => {
        if (this.clock) return stop();
        const end = Number(slider.input.max);
        if (still.matches) return slider.set(end);
        if (slider.value >= end) slider.set(about.min);
        button.textContent = "Pause";
        this.clock = setInterval(() => (slider.value >= Number(slider.input.max) ? stop() : slider.set(slider.value + 1)), pace);
      };
      const button = this.button(row, "Play", play);
      button.classList.add("lab-play");
      const slider = this.slider(row, about);
      slider.input.addEventListener("pointerdown", stop);
      return Object.assign(slider, { play: () => (stop(), slider.set(about.min), play()), stop });
    }

    /** @param {HTMLElement} parent @param {{big?: boolean, label?: string, caption?: boolean, act?: () => void}} [about] */
    tile(parent, about = {}) {
      return new Tile(this.ui, parent, about);
    }

    /** @param {HTMLElement} parent @param {number} n @param {(i: number) => void} [act] a row of small pictures */
    tiles(parent, n, act, caption = true) {
      const row = this.row("lab-tiles", parent);
      return Array.from({ length: n }, (_, i) => this.tile(row, { caption, act: act && (() => act(i)) }));
    }

    /** Upright bars, one of them marked. @param {HTMLElement} parent @param {number} n @param {string} label */
    columns(parent, n, label) {
      const bars = Array.from({ length: n }, () => el("i"));
      const chart = el("div", { class: "lab-columns", role: "img", "aria-label": label }, ...bars.map((bar) => el("span", {}, bar)));
      parent.append(chart);
      return (/** @type {ArrayLike<number>} */ shares, marked = -1) =>
        bars.forEach((bar, i) => {
          bar.style.height = `${(100 * Math.min(1, shares[i])).toFixed(1)}%`;
          bar.classList.toggle("lab-top", i === marked);
        });
    }

    /** Bars that show shares. @param {HTMLElement} parent @param {string[]} names @param {string} label */
    bars(parent, names, label) {
      const list = el("ul", { class: "lab-bars", "aria-label": label });
      const items = names.map((name) => {
        const bar = el("i");
        const item = el("li", {}, el("span", {}, name), el("b", {}, bar), el("em"));
        list.append(item);
        return { item, bar };
      });
      parent.append(list);
      return (/** @type {ArrayLike<number>} */ shares, top = -1) =>
        items.forEach(({ item, bar }, i) => {
          bar.style.width = `${Math.min(100, Math.max(0, 100 * shares[i])).toFixed(1)}%`;
          item.lastChild.textContent = `${Math.round(100 * shares[i])}%`;
          item.classList.toggle("lab-top", i === top);
        });
    }
  }

  /** @param {Ui} ui @param {HTMLElement} parent @param {{key: string, label: string, value: boolean}} about @param {() => void} act */
  function check(ui, parent, { key, label, value: start }, act) {
    const box = el("input", { type: "checkbox" });
    const control = { value: ui.get(key, start, (text) => ({ true: true, false: false })[text]) };
    box.checked = control.value;
    box.addEventListener("change", () => {
      control.value = box.checked;
      ui.set(key, box.checked);
      act();
    });
    parent.append(el("label", { class: "lab-check" }, box, el("span", {}, label)));
    return control;
  }

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

  /** A picture of 8x8 pixels. `over`, if given, paints on top of it: (context, size of a pixel). */
  class Tile {
    /** @param {Ui} ui @param {HTMLElement} parent @param {{big?: boolean, label?: string, caption?: boolean, act?: () => void}} about */
    constructor(ui, parent, { big = false, label = "", caption = false, act }) {
      this.ui = ui;
      this.big = big;
      this.label = label;
      this.ink = new Float32Array(64);
      this.canvas = el("canvas", { role: "img", class: "lab-canvas" });
      this.caption = el("span", { class: "lab-caption" });
      this.el = act
        ? el("button", { type: "button", class: "lab-tile lab-pick" }, this.canvas)
        : el("div", { class: big ? "lab-tile lab-big" : "lab-tile" }, this.canvas);
      if (act) this.el.addEventListener("click", ui.safe(act));
      if (caption) this.el.append(this.caption);
      parent.append(this.el);
      ui.tiles.add(this);
    }

    /** @param {ArrayLike<number>} ink 64 numbers, 0 is paper and 16 is ink @param {string} [label] @param {string} [caption] */
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

  Object.assign(lab, { el, still });
  customElements.define("guide-lab", GuideLab);
})();
