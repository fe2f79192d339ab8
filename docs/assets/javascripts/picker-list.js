// The list of all sections, with a box to tick for each and what narrows it.
(function () {
  "use strict";

  const picked = window.fieldguidePicked;
  const { el } = window.fieldguidePickerParts;

  class List {
    /** @param {any} kit @param {URL} root of the site @param {(id: string, on: boolean) => void} tick */
    constructor(kit, root, tick) {
      this.kit = kit;
      this.nodes = [this.filters(), this.list(root, tick)];
      this.filter();
    }

    /** @returns {HTMLElement} what narrows the list */
    filters() {
      this.search = el("input", { type: "search", autocomplete: "off", spellcheck: "false" });
      this.chapter = el("select", {}, el("option", { value: "" }, "all"));
      /** @type {Map<string, HTMLElement>} */
      const parts = new Map();
      this.kit.pages.forEach((/** @type {any} */ page, /** @type {number} */ place) => {
        if (!parts.has(page.part))
          parts.set(page.part, el("optgroup", { label: page.part || "Other" }));
        /** @type {HTMLElement} */ (parts.get(page.part)).append(
          el("option", { value: place }, page.title),
        );
      });
      this.chapter.append(...parts.values());
      const levels = Object.entries(this.kit.levels).map(([key, name]) =>
        el("option", { value: key }, name),
      );
      this.level = el("select", {}, el("option", { value: "" }, "any"), ...levels);
      const most = [2, 5, 10].map((n) => el("option", { value: n }, `at most ${n}`));
      this.minutes = el("select", {}, el("option", { value: "" }, "any"), ...most);
      for (const control of [this.search, this.chapter, this.level, this.minutes])
        control.addEventListener("input", () => this.filter());
      const field = (/** @type {string} */ name, /** @type {Node} */ control) =>
        el("label", {}, name, control);
      return el(
        "div",
        { class: "picker-filters", role: "search", "aria-label": "Find sections" },
        field("Search", this.search),
        field("Chapter", this.chapter),
        field("Level", this.level),
        field("Minutes", this.minutes),
      );
    }

    /** @param {URL} root @param {(id: string, on: boolean) => void} tick @returns {HTMLElement} */
    list(root, tick) {
      this.shown = el("p", { class: "picker-status", role: "status" });
      this.rows = this.kit.sections.map((/** @type {any} */ section) => {
        const page = this.kit.pages[section.page];
        const box = el("input", { type: "checkbox", value: section.id });
        box.addEventListener("change", () => tick(section.id, box.checked));
        const link = el(
          "a",
          {
            href: new URL(`${page.path}#${section.id}`, root).href,
            "aria-label": `Read: ${picked.title(this.kit, section)}`,
          },
          "read",
        );
        const label = el("label", {}, box, el("span", {}, section.title));
        const row = el(
          "li",
          { class: `picker-level-${section.level}` },
          label,
          el("span", { class: "picker-minutes" }, `${section.minutes} min`),
          link,
        );
        const words =
          `${page.title} ${section.title} ${section.summary} ${section.id}`.toLowerCase();
        return { section, page, box, row, words };
      });
      const items = this.rows.map((/** @type {any} */ row) => row.row);
      const list = el(
        "ul",
        { class: "picker-list", tabindex: 0, "aria-label": "Sections" },
        ...items,
      );
      return el("div", {}, this.shown, list);
    }

    /** Show the rows that fit what is asked for. */
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

    /** @param {Set<string>} ids that are picked */
    show(ids) {
      for (const { section, box } of this.rows) box.checked = ids.has(section.id);
    }
  }

  window.fieldguidePickerList = List;
})();
