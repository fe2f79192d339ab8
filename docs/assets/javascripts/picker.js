// Pick your own: tick sections, put them in order, take them away. The selection stands in the address.
(function () {
  "use strict";

  const picked = window.fieldguidePicked;
  const { el, button, icon } = window.fieldguidePickerParts;
  const STORE = "fieldguide:pick";
  const UP = "M8 13V3M4 7l4-4 4 4";
  const DOWN = "M8 3v10M4 9l4 4 4-4";
  const OUT = "M4 4l8 8M12 4l-8 8";

  class Picker {
    /** @param {HTMLElement} host @param {(path: string) => Promise<void>} load */
    constructor(host, load) {
      this.kit = picked.read(window.fieldguideKit);
      const root = new URL(`${window.fieldguide.facts.base}/`, location.href.split(/[?#]/)[0]);
      /** @type {string[]} */
      this.ids = [];
      /** @type {string[] | null} what was picked before it was replaced */
      this.before = null;
      this.notes = el("div", { class: "picker-notes", role: "status" });
      this.list = new window.fieldguidePickerList(
        this.kit,
        root,
        (/** @type {string} */ id, /** @type {boolean} */ on) => this.tick(id, on),
      );
      this.downloads = new window.fieldguidePickerDownloads(this.kit, root, load);
      host.replaceChildren(this.ready(), ...this.list.nodes, this.selection(), this.downloads.node);
      host.classList.add("picker-on");
      this.begin();
    }

    ready() {
      const choices = this.kit.paths.map((/** @type {[string, string[]]} */ [title, ids]) => {
        const minutes = picked.minutes(
          this.kit,
          ids.filter((/** @type {string} */ id) => this.kit.byId.has(id)),
        );
        return button(`${title} (${minutes} min)`, () =>
          this.replace(picked.resolve(this.kit, ids.join(",")).ids, title),
        );
      });
      return el(
        "div",
        { class: "picker-ready", role: "group", "aria-label": "Ready-made selections" },
        el("span", {}, "Start from:"),
        ...choices,
      );
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
      const said = found.notes.map((/** @type {string} */ note) => el("p", {}, note));
      if (this.blocked)
        said.push(
          el(
            "p",
            {},
            "This browser keeps no selection between visits. The address of this page holds it.",
          ),
        );
      this.notes.replaceChildren(...said);
      this.draw();
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
      this.downloads.suggest(title);
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
      this.downloads.reset();
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
      const parts = [other.toString(), this.ids.length ? `pick=${this.ids.join(",")}` : ""].filter(
        Boolean,
      );
      return parts.length ? `?${parts.join("&")}` : location.pathname;
    }

    draw() {
      const { kit, ids } = this;
      const all = new Set(ids);
      this.list.show(all);
      const focused =
        document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : "";
      this.order.replaceChildren(...ids.map((id, at) => this.item(id, at, all)));
      const again = focused
        ? this.order.querySelector(`[data-key="${CSS.escape(focused)}"]`)
        : null;
      if (again) again.focus();
      const minutes = picked.number(picked.minutes(kit, ids), "minute");
      const told = ids.length
        ? `${picked.number(ids.length, "section")} picked, ${minutes}`
        : "Nothing picked yet: tick sections above, or start from a ready-made selection.";
      if (this.total.textContent !== told) this.total.textContent = told;
      this.clear.hidden = !ids.length;
      this.undo.hidden = !this.before;
      this.drawNeeds();
      this.downloads.show(ids);
    }

    /** @param {string} id @param {number} at @param {Set<string>} all @returns {HTMLLIElement} */
    item(id, at, all) {
      const section = this.kit.byId.get(id);
      const name = picked.title(this.kit, section);
      const whole = picked.holder(section, all);
      const act = (
        /** @type {string} */ kind,
        /** @type {string} */ path,
        /** @type {string} */ label,
        /** @type {() => void} */ run,
        off = false,
      ) => {
        const made = icon(path, `${label}: ${name}`, () => off || run());
        if (off) made.setAttribute("aria-disabled", "true");
        made.dataset.key = `${kind} ${id}`;
        return made;
      };
      const words = el("span", { class: "picker-name" }, name);
      if (whole)
        words.append(
          el("small", {}, ` stands in “${picked.title(this.kit, whole)}” and is counted there`),
        );
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
      const target = next ? this.order.querySelector(`[data-key="out ${next}"]`) : this.list.search;
      if (target instanceof HTMLElement) target.focus();
    }

    drawNeeds() {
      const { missing, late } = picked.prerequisites(this.kit, this.ids);
      const page = (/** @type {number} */ place) => this.kit.pages[place];
      const first = (/** @type {number} */ place) =>
        this.kit.sections.find((/** @type {any} */ section) => section.page === place).id;
      const parts = [];
      if (missing.length) {
        const add = missing.map((/** @type {Shared} */ place) =>
          button(
            `Add ${page(place).title}`,
            () => ((this.ids = [first(place), ...this.ids]), this.change()),
          ),
        );
        const what = missing.length === 1 ? "a page that is" : "pages that are";
        parts.push(
          el(
            "p",
            {},
            `The selection builds on ${what} not in it: ${missing.map((/** @type {Shared} */ place) => page(place).title).join("; ")}.`,
          ),
        );
        parts.push(el("div", { class: "picker-row" }, ...add));
      }
      for (const [need, place] of late) {
        parts.push(
          el(
            "p",
            {},
            `“${page(place).title}” comes before “${page(need).title}”, on which it builds.`,
          ),
        );
      }
      this.needs.replaceChildren(...parts);
    }
  }

  /** @param {HTMLElement} host @param {(path: string) => Promise<void>} load */
  window.fieldguidePicker = (host, load) => new Picker(host, load);
})();
