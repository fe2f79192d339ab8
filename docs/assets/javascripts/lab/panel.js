// The controls of a tab: buttons, choices, sliders, charts; each keeps its state in the address.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /** What one tab shows. Its builder adds controls and pictures and gives `draw`. */
  class Panel {
    /** @param {Lab.Ui} ui the <guide-lab>'s @param {HTMLElement} root */
    constructor(ui, root) {
      this.ui = ui;
      this.root = root;
      this.say = ui.say.bind(ui);
      /** @type {() => void} */
      this.draw = () => {};
    }

    close() {
      this.closed = true;
      if (this.ui.work) this.ui.work.stop();
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

    /** @param {string} text the one sentence to take away @param {HTMLElement} [parent] */
    lesson(text, parent = this.root) {
      parent.append(el("p", { class: "lab-lesson" }, text));
    }

    /** @param {HTMLElement} parent @param {string} text @param {string} style @returns {HTMLElement} */
    text(parent, text, style) {
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
      const serial = lab.serial();
      const name = `lab-${serial}`;
      const find = (/** @type {any} */ text) =>
        options.find(([value]) => String(value) === String(text));
      const control = {
        value: this.ui.get(key, start, (/** @type {string} */ text) => (find(text) || [])[0]),
        set: (/** @type {any} */ value) => {
          control.value = value;
          this.ui.set(key, value);
          for (const box of field.querySelectorAll("input"))
            box.checked = box.value === String(value);
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

    /** Which digit to make. @param {HTMLElement} parent @param {boolean} [all] offer "all" */
    digits(parent, all = false) {
      /** @type {[any, string][]} */
      const options = Array.from({ length: 10 }, (_, i) => [i, String(i)]);
      if (all) options.unshift([-1, "all"]);
      return this.choice(parent, {
        key: all ? "digits" : "digit",
        label: "Digit",
        options,
        value: all ? -1 : 3,
      });
    }

    /**
     * @param {HTMLElement} parent
     * @param {{key: string, label: string, min: number, max: number, step?: number, value: number, show?: (v: number) => string}} about
     * @returns {{value: number, set: (value: number) => void, limit: (max: number) => void, input: HTMLInputElement}}
     */
    slider(parent, { key, label, min, max, step = 1, value: start, show = String }) {
      const input = el("input", { type: "range", min, max, step });
      const output = el("output");
      const fit = (/** @type {number} */ v) =>
        Math.min(Number(input.max), Math.max(min, Math.round(v / step) * step));
      const tell = () => {
        input.value = String(control.value);
        output.textContent = show(control.value);
        input.setAttribute("aria-valuetext", output.textContent);
      };
      const control = {
        input,
        value: fit(
          this.ui.get(key, start, (/** @type {string} */ text) =>
            Number.isFinite(Number(text)) && text ? Number(text) : undefined,
          ),
        ),
        set: (/** @type {number} */ value) => {
          control.value = fit(value);
          tell();
          this.ui.set(key, Number(control.value.toFixed(3)));
          this.refresh();
        },
        limit: (/** @type {number} */ max) => {
          input.max = String(max);
          control.value = fit(control.value);
          tell();
        },
      };
      tell();
      input.addEventListener("input", () => control.set(Number(input.value)));
      parent.append(el("label", { class: "lab-slider" }, el("span", {}, label), input, output));
      return control;
    }

    /** @param {HTMLElement} parent @param {{key: string, label: string, value: boolean}} about */
    check(parent, { key, label, value: start }) {
      const box = el("input", { type: "checkbox" });
      const control = {
        value: this.ui.get(key, start, (/** @type {string} */ text) =>
          text === "true" || text === "false" ? text === "true" : undefined,
        ),
      };
      box.checked = control.value;
      box.addEventListener("change", () => {
        control.value = box.checked;
        this.ui.set(key, box.checked);
        this.refresh();
      });
      parent.append(el("label", { class: "lab-check" }, box, el("span", {}, label)));
      return control;
    }

    /**
     * Where chance comes from: a number that can be linked to, and a button for another one.
     * @param {HTMLElement} parent
     */
    seed(parent, label = "New noise", key = "seed", start = 1) {
      const control = {
        value: this.ui.get(key, start, (/** @type {string} */ text) =>
          /^\d{1,6}$/.test(text) ? Number(text) : undefined,
        ),
        /** @type {{value: number} | undefined} another seed, from which this one is to differ */
        other: undefined,
        next: () => {
          do control.value = (control.value + 1) % 1000000;
          while (control.other && control.other.value === control.value);
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
        this.clock = setInterval(
          () => (slider.value >= Number(slider.input.max) ? stop() : slider.set(slider.value + 1)),
          pace,
        );
      };
      const button = this.button(row, "Play", play);
      button.classList.add("lab-play");
      const slider = this.slider(row, about);
      for (const event of ["pointerdown", "input"]) slider.input.addEventListener(event, stop); // the reader's hand counts
      return Object.assign(slider, { stop, play });
    }

    /** From the start again; for those who want nothing to move, the end at once. @param {Lab.Player} player */
    replay(player) {
      player.stop();
      if (!still.matches) player.set(Number(player.input.min));
      player.play();
    }

    /** @param {HTMLElement} parent @param {{big?: boolean, caption?: boolean, act?: () => void}} [about] */
    tile(parent, about = {}) {
      return new lab.Tile(this.ui, parent, about);
    }

    /** @param {HTMLElement} parent @param {number} n @param {(i: number) => void} [act] a row of small pictures */
    tiles(parent, n, act, caption = true) {
      const row = this.row("lab-tiles", parent);
      return Array.from({ length: n }, (_, i) =>
        this.tile(row, { caption, act: act && (() => act(i)) }),
      );
    }

    /** Upright bars, one of them marked. @param {HTMLElement} parent @param {number} n @param {string} label */
    columns(parent, n, label) {
      const bars = Array.from({ length: n }, () => el("i"));
      const chart = el(
        "div",
        { class: "lab-columns", role: "img", "aria-label": label },
        ...bars.map((bar) => el("span", {}, bar)),
      );
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

  Object.assign(lab, { Panel });
})();
