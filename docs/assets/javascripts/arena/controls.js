// The arena's controls and cards, as elements of the page.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const { el, NAMES, SHORT, PAGES, CHOICES } = arena;

  /** @param {HTMLElement} parent @param {string} text @param {() => void} act @returns {HTMLButtonElement} */
  function button(parent, text, act) {
    const node = el("button", { type: "button", class: "arena-button" }, text);
    node.addEventListener("click", act);
    parent.append(node);
    return node;
  }

  /** What builds <guide-arena>. @type {ThisType<Arena.Page>} */
  const controls = {
    build() {
      const pad = this.card("data", "Data", "");
      this.pad = new arena.Pad(
        new arena.Plot(pad.canvas),
        (/** @type {Uint8Array} */ cells) => this.drawn(cells),
        () => this.paintPad(),
      );
      if (this.state.drawing) this.pad.cells.set(arena.unpack(this.state.drawing));
      const tools = el("div", { class: "arena-tools" });
      this.brush = button(tools, "Brush", () => this.tool(false));
      this.eraser = button(tools, "Eraser", () => this.tool(true));
      button(tools, "Clear", () => (this.pad.cells.fill(0), this.drawn(this.pad.cells)));
      pad.card.append(tools, this.pad.said);
      this.tool(false);
      this.cards = Object.keys(NAMES).map((key) => {
        const card = this.card(key, SHORT[key], PAGES[key]);
        return { ...card, key, plot: new arena.Plot(card.canvas) };
      });
      this.table = el("tbody");
      const standing = el(
        "div",
        { class: "arena-standing" },
        el(
          "table",
          { class: "arena-table" },
          el("caption", {}, "Distance to held-out points"),
          el(
            "thead",
            { class: "arena-hidden" },
            el(
              "tr",
              {},
              el("th", { scope: "col" }, "Family"),
              el("th", { scope: "col" }, "Distance"),
            ),
          ),
          this.table,
        ),
        (this.floor = el("p")),
      );
      this.figure = el("canvas", {
        role: "img",
        "aria-label": "Chart of the distances; the table above has the numbers.",
      });
      this.status = el("p", { class: "arena-status", role: "status" });
      const row = el("div", { class: "arena-row arena-main" });
      this.go = button(row, "Start", () => this.toggle());
      this.go.classList.add("arena-go");
      button(row, "Step", () => this.few(1));
      button(row, "Restart", () => this.load());
      this.choice(row, "equal", "Race by");
      this.choice(row, "speed", "Speed");
      const more = el("div", { class: "arena-row" });
      const seed = el("input", {
        type: "number",
        min: 0,
        max: 999999,
        value: this.state.seed,
        id: "arena-seed-field",
      });
      seed.addEventListener("change", () => {
        const value = Math.max(0, Math.min(999999, Math.round(Number(seed.value)) || 0));
        seed.value = String(value);
        this.keep("seed", value);
        this.load();
      });
      more.append(el("label", { class: "arena-field" }, el("span", {}, "Seed"), seed));
      this.select(more, "rate", "Learning rates");
      this.select(more, "reflow", "Reflow of flow matching");
      if (document.fullscreenEnabled)
        button(more, "Fill the screen", () =>
          document.fullscreenElement ? document.exitFullscreen() : this.live.requestFullscreen(),
        );
      const below = el("div", { class: "arena-row arena-chart-head" });
      this.choice(below, "axis", "Distance");
      const sheets = el(
        "div",
        { class: "arena-sheets" },
        pad.card,
        ...this.cards.slice(0, 3).map((/** @type {Shared} */ one) => one.card),
        standing,
        ...this.cards.slice(3).map((/** @type {Shared} */ one) => one.card),
      );
      const datas = el("div", { class: "arena-row arena-data" });
      this.choice(datas, "data", "Data");
      this.choice(datas, "view", "Show");
      this.live = el(
        "div",
        { class: "arena-live" },
        datas,
        row,
        sheets,
        this.status,
        below,
        this.figure,
        more,
      );
      this.append(this.live);
    },

    /** @param {string} key @param {string} name @param {string} page */
    card(key, name, page) {
      const canvas = el("canvas", page ? { role: "img" } : {});
      const rank = el("b", {}, "");
      const facts = el("p", { class: "arena-facts" }, page ? "no step yet" : "draw here");
      const title = page ? el("a", { href: page }, name) : el("span", {}, name);
      return {
        canvas,
        rank,
        facts,
        card: el(
          "div",
          { class: `arena-card arena-${key}` },
          el("p", { class: "arena-name" }, title, rank),
          canvas,
          facts,
        ),
      };
    },

    /** Buttons of which one is down. @param {HTMLElement} parent @param {string} key @param {string} label */
    choice(parent, key, label) {
      const field = el("fieldset", { class: "arena-choice" }, el("legend", {}, label));
      for (const [value, text] of CHOICES[key]) {
        const box = el("input", { type: "radio", name: `arena-${key}`, value });
        box.checked = value === this.state[key];
        box.addEventListener("change", () => this.chosen(key, value));
        field.append(el("label", {}, box, el("span", {}, text)));
      }
      parent.append(field);
    },

    /** @param {HTMLElement} parent @param {string} key @param {string} label */
    select(parent, key, label) {
      const box = el(
        "select",
        { name: `arena-${key}` },
        ...CHOICES[key].map((/** @type {string[]} */ [value, text]) =>
          el("option", { value }, text),
        ),
      );
      box.value = this.state[key];
      box.addEventListener("change", () => this.chosen(key, box.value));
      parent.append(el("label", { class: "arena-field" }, el("span", {}, label), box));
    },

    /** @param {string} key @param {string} value */
    chosen(key, value) {
      this.keep(key, value);
      if (key === "equal") this.mark("axis", value === "time" ? "seconds" : "steps");
      if (key === "speed" || key === "axis" || key === "view") {
        this.pace();
        this.repaint();
      } else this.load();
    },

    /** Choose for the reader. @param {string} key @param {string} value */
    mark(key, value) {
      this.keep(key, value);
      for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (
        this.querySelectorAll(`input[name="arena-${key}"]`)
      ))
        box.checked = box.value === value;
    },

    /** @param {boolean} erases */
    tool(erases) {
      this.pad.erases = erases;
      this.brush.setAttribute("aria-pressed", String(!erases));
      this.eraser.setAttribute("aria-pressed", String(erases));
    },

    /** A stroke is done: the race begins anew on the drawing. @param {Uint8Array} cells */
    drawn(cells) {
      this.keep("drawing", cells.some(Boolean) ? arena.pack(cells) : "");
      this.mark("data", "drawing");
      this.load();
    },
  };

  Object.assign(arena, { controls });
})();
