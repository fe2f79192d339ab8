// Pick your own: tick sections, put them in order, take them away. The selection stands in the address.
(function () {
  "use strict";

  const picked = window.fieldguidePicked;
  const STORE = "fieldguide:pick";
  const LONG = 6000; // letters of an address from which on some servers refuse it
  const UP = "M8 13V3M4 7l4-4 4 4";
  const DOWN = "M8 3v10M4 9l4 4 4-4";
  const OUT = "M4 4l8 8M12 4l-8 8";

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

  /** @param {string} words @param {() => void} act @param {Record<string, any>} [attributes] */
  function button(words, act, attributes = {}) {
    const made = el("button", { type: "button", ...attributes }, words);
    made.addEventListener("click", act);
    return made;
  }

  /** @param {string} path @param {string} label @param {() => void} act */
  function icon(path, label, act) {
    const made = button("", act, { "aria-label": label, title: label, class: "picker-icon" });
    made.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;
    return made;
  }

  class Picker {
    /** @param {HTMLElement} host @param {() => Promise<void>} loadQuestions */
    constructor(host, loadQuestions) {
      this.host = host;
      this.loadQuestions = loadQuestions;
      this.kit = picked.read(window.fieldguideKit);
      this.root = new URL(`${window.fieldguide.facts.base}/`, location.href.split(/[?#]/)[0]);
      this.base = this.kit.site || this.root.href;
      /** @type {string[]} */
      this.ids = [];
      /** @type {string[] | null} what was picked before it was replaced */
      this.before = null;
      this.named = false;
      this.standard = `Selection from the ${this.kit.name}`;
      this.build();
      this.begin();
    }

    build() {
      this.notes = el("div", { class: "picker-notes", role: "status" });
      this.host.replaceChildren(this.ready(), this.filters(), this.list(), this.selection(), this.downloads());
      this.host.classList.add("picker-on");
    }

    ready() {
      const choices = this.kit.paths.map(([title, ids]) => {
        const minutes = picked.minutes(this.kit, ids.filter((/** @type {string} */ id) => this.kit.byId.has(id)));
        return button(`${title} (${minutes} min)`, () => this.replace(picked.resolve(this.kit, ids.join(",")).ids, title));
      });
      return el("div", { class: "picker-ready", role: "group", "aria-label": "Ready-made selections" }, el("span", {}, "Start from:"), ...choices);
    }

    filters() {
      this.search = el("input", { type: "search", autocomplete: "off", spellcheck: "false" });
      this.chapter = el("select", {}, el("option", { value: "" }, "all"));
      /** @type {Map<string, HTMLElement>} */
      const parts = new Map();
      this.kit.pages.forEach((/** @type {any} */ page, /** @type {number} */ place) => {
        if (!parts.has(page.part)) parts.set(page.part, el("optgroup", { label: page.part || "Other" }));
        parts.get(page.part).append(el("option", { value: place }, page.title));
      });
      this.chapter.append(...parts.values());
      const levels = Object.entries(this.kit.levels).map(([key, name]) => el("option", { value: key }, name));
      this.level = el("select", {}, el("option", { value: "" }, "any"), ...levels);
      const most = [2, 5, 10].map((n) => el("option", { value: n }, `at most ${n}`));
      this.minutes = el("select", {}, el("option", { value: "" }, "any"), ...most);
      for (const control of [this.search, this.chapter, this.level, this.minutes]) control.addEventListener("input", () => this.filter());
      const field = (/** @type {string} */ name, /** @type {Node} */ control) => el("label", {}, name, control);
      return el(
        "div",
        { class: "picker-filters", role: "search", "aria-label": "Find sections" },
        field("Search", this.search),
        field("Chapter", this.chapter),
        field("Level", this.level),
        field("Minutes", this.minutes),
      );
    }

    list() {
      this.shown = el("p", { class: "picker-status", role: "status" });
      this.rows = this.kit.sections.map((/** @type {any} */ section) => {
        const page = this.kit.pages[section.page];
        const box = el("input", { type: "checkbox", value: section.id });
        box.addEventListener("change", () => this.tick(section.id, box.checked));
        const link = el("a", { href: new URL(`${page.path}#${section.id}`, this.root).href, "aria-label": `Read: ${picked.title(this.kit, section)}` }, "read");
        const label = el("label", {}, box, el("span", {}, section.title));
        const row = el("li", { class: `picker-level-${section.level}` }, label, el("span", { class: "picker-minutes" }, `${section.minutes} min`), link);
        const words = `${page.title} ${section.title} ${section.summary} ${section.id}`.toLowerCase();
        return { section, page, box, row, words };
      });
      const items = this.rows.map((/** @type {any} */ row) => row.row);
      const list = el("ul", { class: "picker-list", tabindex: 0, "aria-label": "Sections" }, ...items);
      return el("div", {}, this.shown, list);
    }

    selection() {
      this.total = el("p", { class: "picker-total", role: "status" });
      this.order = el("ol", { class: "picker-order", "aria-label": "Your selection, in order" });
      this.needs = el("div", { class: "picker-needs" });
      this.clear = button("Clear", () => this.replace([], ""));
      this.undo = button("Undo", () => this.before && this.replace(this.before, ""));
      return el(
        "div",
        { class: "picker-selection", role: "group", "aria-label": "Your selection" },
        el("div", { class: "picker-row" }, this.total, this.clear, this.undo),
        this.notes,
        this.order,
        this.needs,
      );
    }

    downloads() {
      this.name = el("input", { type: "text", maxlength: 120, value: this.standard });
      this.name.addEventListener("input", () => (this.named = true));
      this.asked = el("input", { type: "checkbox", checked: true });
      this.askedWords = el("span");
      this.done = el("p", { class: "picker-status", role: "status" });
      this.buttons = [
        button("Cartridge (.imscc)", () => this.saveCartridge(), { class: "picker-main" }),
        button("Markdown", () => this.save("md", "text/markdown", picked.markdown(this.kit, this.ids, this.title(), this.base))),
        button("HTML", () => this.save("html", "text/html", picked.html(this.kit, this.ids, this.title(), this.base))),
        button("CSV", () => this.save("csv", "text/csv", picked.csv(this.kit, this.ids, this.base))),
        button("Copy link to this selection", () => this.copy()),
      ];
      this.link = el("textarea", { readonly: true, hidden: true, "aria-label": "Link to this selection" });
      const parts = [
        el("label", {}, "Title", this.name),
        el("label", { class: "picker-asked" }, this.asked, this.askedWords),
        el("div", { class: "picker-row" }, ...this.buttons),
        this.done,
        this.link,
      ];
      if (!this.mayLink()) {
        const why = "This copy knows no public address, so it can make no cartridge, and the lists lead to files on this disk.";
        parts.push(el("p", { class: "picker-status" }, why));
      }
      return el("div", { class: "picker-downloads", role: "group", "aria-label": "Take the selection away" }, ...parts);
    }

    /** @returns {boolean} whether links of this copy lead somewhere from another computer */
    mayLink() {
      return Boolean(this.kit.site) || /^https?:$/.test(this.root.protocol);
    }

    /** Start with the selection in the address, else with the one of the last visit. */
    begin() {
      const given = new URLSearchParams(location.search).get("pick");
      let stored = "";
      try {
        stored = localStorage.getItem(STORE) || "";
        localStorage.setItem(STORE, stored);
      } catch {
        this.blocked = true;
      }
      const found = picked.resolve(this.kit, given === null ? stored : given);
      this.ids = found.ids;
      if (given === null && !stored) found.notes = [];
      const said = found.notes.map((note) => el("p", {}, note));
      if (this.blocked) said.push(el("p", {}, "This browser keeps no selection between visits. The address of this page holds it."));
      this.notes.replaceChildren(...said);
      this.filter();
      this.draw();
    }

    filter() {
      const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const most = Number(this.minutes.value) || Infinity;
      let count = 0;
      for (const { section, page, row, words: text } of this.rows) {
        const fits =
          words.every((/** @type {string} */ word) => text.includes(word)) &&
          (!this.chapter.value || section.page === Number(this.chapter.value)) &&
          (!this.level.value || page.level === this.level.value) &&
          section.minutes <= most;
        row.hidden = !fits;
        if (fits) count += 1;
      }
      const told = `${count} of ${picked.number(this.rows.length, "section")}`;
      if (this.shown.textContent !== told) this.shown.textContent = told;
    }

    /** @param {string} id @param {boolean} on */
    tick(id, on) {
      this.ids = on ? [...this.ids, id] : this.ids.filter((other) => other !== id);
      this.change();
    }

    /** @param {string[]} ids @param {string} title of a ready-made selection, or nothing */
    replace(ids, title) {
      this.before = this.ids.length && this.ids.join() !== ids.join() ? this.ids : null;
      this.ids = [...ids];
      if (!this.named) this.name.value = title ? `${this.kit.name}: ${title}` : this.standard;
      this.change();
    }

    /** @param {number} from @param {number} to */
    move(from, to) {
      if (to < 0 || to >= this.ids.length || from === to) return;
      const [id] = this.ids.splice(from, 1);
      this.ids.splice(to, 0, id);
      this.change();
    }

    /** Show a changed selection, and keep it. */
    change() {
      this.notes.replaceChildren();
      this.done.textContent = "";
      this.link.hidden = true;
      this.draw();
      try {
        if (this.ids.length) localStorage.setItem(STORE, this.ids.join(","));
        else localStorage.removeItem(STORE);
      } catch {
        // The address holds the selection too.
      }
      try {
        history.replaceState(history.state, "", this.query() + location.hash);
      } catch {
        // A browser may refuse this for a file, or so many in a row; the button copies the link.
      }
    }

    /** @returns {string} the query of an address with this selection */
    query() {
      const other = new URLSearchParams(location.search);
      other.delete("pick");
      const parts = [other.toString(), this.ids.length ? `pick=${this.ids.join(",")}` : ""].filter(Boolean);
      return parts.length ? `?${parts.join("&")}` : location.pathname;
    }

    draw() {
      const { kit, ids } = this;
      const all = new Set(ids);
      for (const { section, box } of this.rows) box.checked = all.has(section.id);
      const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : "";
      this.order.replaceChildren(...ids.map((id, at) => this.item(id, at, all)));
      const again = focused ? this.order.querySelector(`[data-key="${CSS.escape(focused)}"]`) : null;
      if (again) again.focus();
      const minutes = picked.number(picked.minutes(kit, ids), "minute");
      const told = ids.length ? `${picked.number(ids.length, "section")} picked, ${minutes}` : "Nothing picked yet: tick sections above, or start from a ready-made selection.";
      if (this.total.textContent !== told) this.total.textContent = told;
      this.clear.hidden = !ids.length;
      this.undo.hidden = !this.before;
      this.drawNeeds();
      const count = picked.questions(kit, ids).length;
      this.askedWords.textContent = `with ${picked.number(count, "question")} as a quiz (in the cartridge)`;
      this.asked.disabled = !count;
      for (const each of this.buttons) each.disabled = !ids.length;
      if (!this.mayLink()) this.buttons[0].disabled = true;
    }

    /** @param {string} id @param {number} at @param {Set<string>} all @returns {HTMLLIElement} */
    item(id, at, all) {
      const section = this.kit.byId.get(id);
      const name = picked.title(this.kit, section);
      const whole = picked.holder(section, all);
      const act = (/** @type {string} */ kind, /** @type {string} */ path, /** @type {string} */ label, /** @type {() => void} */ run, off = false) => {
        const made = icon(path, `${label}: ${name}`, () => off || run());
        if (off) made.setAttribute("aria-disabled", "true");
        made.dataset.key = `${kind} ${id}`;
        return made;
      };
      const words = el("span", { class: "picker-name" }, name);
      if (whole) words.append(el("small", {}, ` stands in “${picked.title(this.kit, whole)}” and is counted there`));
      const row = el(
        "li",
        { draggable: "true" },
        words,
        el("span", { class: "picker-minutes" }, `${section.minutes} min`),
        act("up", UP, "Move up", () => this.move(at, at - 1), at === 0),
        act("down", DOWN, "Move down", () => this.move(at, at + 1), at === this.ids.length - 1),
        act("out", OUT, "Remove", () => this.remove(at)),
      );
      row.addEventListener("dragstart", (/** @type {DragEvent} */ event) => {
        this.dragged = at;
        if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
      });
      row.addEventListener("dragover", (/** @type {DragEvent} */ event) => event.preventDefault());
      row.addEventListener("drop", (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        if (this.dragged !== undefined) this.move(this.dragged, at);
        this.dragged = undefined;
      });
      return row;
    }

    /** @param {number} at */
    remove(at) {
      this.ids.splice(at, 1);
      this.change();
      const next = this.ids[Math.min(at, this.ids.length - 1)];
      const target = next ? this.order.querySelector(`[data-key="out ${next}"]`) : this.search;
      if (target instanceof HTMLElement) target.focus();
    }

    drawNeeds() {
      const { missing, late } = picked.prerequisites(this.kit, this.ids);
      const page = (/** @type {number} */ place) => this.kit.pages[place];
      const first = (/** @type {number} */ place) => this.kit.sections.find((/** @type {any} */ section) => section.page === place).id;
      const parts = [];
      if (missing.length) {
        const add = missing.map((place) => button(`Add ${page(place).title}`, () => ((this.ids = [first(place), ...this.ids]), this.change())));
        const what = missing.length === 1 ? "a page that is" : "pages that are";
        parts.push(el("p", {}, `The selection builds on ${what} not in it: ${missing.map((place) => page(place).title).join("; ")}.`));
        parts.push(el("div", { class: "picker-row" }, ...add));
      }
      for (const [need, place] of late) {
        parts.push(el("p", {}, `“${page(place).title}” comes before “${page(need).title}”, on which it builds.`));
      }
      this.needs.replaceChildren(...parts);
    }

    /** @returns {string} */
    title() {
      return this.name.value.replace(/\s+/g, " ").trim() || this.standard;
    }

    /** @param {string} ending @param {string} type @param {BlobPart} content */
    save(ending, type, content) {
      const slug = this.title().toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60);
      const url = URL.createObjectURL(new Blob([content], { type }));
      const link = el("a", { href: url, download: `${slug || "selection"}.${ending}` });
      this.host.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(url), 60000);
      this.done.textContent = `Saved: ${link.download}`;
    }

    async saveCartridge() {
      const places = this.asked.checked ? picked.questions(this.kit, this.ids) : [];
      try {
        if (places.length && !window.fieldguideQuestions) await this.loadQuestions();
        const items = places.map((/** @type {number} */ place) => window.fieldguideQuestions[place]);
        const files = picked.cartridge(this.kit, this.ids, this.title(), this.base, items);
        this.save("imscc", "application/zip", window.fieldguideZip.zip(files, this.kit.version));
      } catch {
        this.done.textContent = "The questions could not be loaded: a file of this copy is missing. Without them, the cartridge can be made.";
        this.asked.checked = false;
      }
    }

    async copy() {
      const page = this.kit.site ? `${this.kit.site}courses/index.html` : location.href.split(/[?#]/)[0];
      const url = `${page}?pick=${this.ids.join(",")}#courses-pick`;
      const long = url.length > LONG ? ` It has ${url.length} letters, which some servers refuse: send the Markdown file instead.` : "";
      this.link.value = url;
      this.link.hidden = false;
      let done = false;
      try {
        await navigator.clipboard.writeText(url);
        done = true;
      } catch {
        this.link.select();
        done = document.execCommand("copy");
      }
      this.link.hidden = done && !long;
      this.done.textContent = (done ? "Link copied." : "The browser refuses to copy. The text is selected: copy it by hand.") + long;
    }
  }

  /** @param {HTMLElement} host @param {() => Promise<void>} loadQuestions */
  window.fieldguidePicker = (host, loadQuestions) => new Picker(host, loadQuestions);
})();
