// What every live widget does: it keeps its settings in the address, shows panels, and says in words what is to be seen.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const { el } = lab;
  const LONGEST = 400; // letters of a setting in the address

  /**
   * Run a script, which works from a disk too. @param {string | URL} src
   * @param {() => any} find what it has put into the window @returns {Promise<any>}
   */
  function script(src, find) {
    return new Promise((resolve, reject) => {
      const node = el("script", { src });
      // A script that is cut off is a syntax error: it is told in words below, not on the console.
      const quiet = (/** @type {ErrorEvent} */ event) => {
        if (!event.filename || event.filename === node.src) event.preventDefault();
      };
      addEventListener("error", quiet);
      node.onload = node.onerror = () => {
        removeEventListener("error", quiet);
        node.remove();
        const found = find();
        if (found) resolve(found);
        else reject(new Error(`${src} is missing or damaged`));
      };
      document.head.append(node);
    });
  }

  /** One widget on a page. */
  class Host {
    /** @param {HTMLElement} host @param {string} kind of its classes, and of its parameters in the address */
    constructor(host, kind) {
      this.host = host;
      this.kind = kind;
      this.prefix = `${kind}-`; // of its parameters in the address
      this.address = new URLSearchParams(location.search);
      /** @type {Map<string, {value: any, start: any}>} */
      this.state = new Map();
    }

    /**
     * What stands in the widget stays, and the rest of the page goes on.
     * @param {Error} error @param {string} model what it is called @this {Lab.Host} @returns {string} why, in words
     */
    end(error, model) {
      const reason =
        error.message === "no canvas"
          ? "This browser offers no canvas to draw on"
          : this.live
            ? `The ${model} stopped`
            : `The ${model} could not be loaded, since its weights are missing or damaged`;
      if (this.panel) this.panel.close();
      if (this.live) this.live.remove();
      this.host.classList.remove(`${this.kind}-on`);
      return reason;
    }

    /** @this {Lab.Host} @template {Lab.Own[]} A @param {(...given: A) => void} act @returns {(...given: A) => void} never throws */
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
        const text = this.address.get(this.prefix + key);
        const value = text === null ? undefined : read(text.slice(0, LONGEST));
        this.state.set(key, { value: value === undefined ? start : value, start });
      }
      return /** @type {{value: unknown}} */ (this.state.get(key)).value;
    }

    /** Keep a setting; it is written into the address once the hand rests, since that takes longer than a frame has. @param {string} key @param {any} value */
    set(key, value) {
      /** @type {{value: unknown}} */ (this.state.get(key)).value = value;
      clearTimeout(this.writing);
      this.writing = setTimeout(() => this.write(), 120);
    }

    write() {
      this.writing = 0;
      const all = new URLSearchParams(location.search);
      for (const [key, { value, start }] of this.state)
        if (String(value) === String(start)) all.delete(this.prefix + key);
        else all.set(this.prefix + key, String(value));
      const query = all.toString();
      try {
        history.replaceState(
          history.state,
          "",
          `${location.pathname}${query ? `?${query}` : ""}${location.hash}`,
        );
      } catch {
        // A browser may refuse this for a file, or so many in a row; the widget works all the same.
      }
    }

    /** Several panels, one open. @this {Lab.Host} @param {Record<string, [string, (panel: Panel) => void]>} parts key -> name, builder */
    tabs(parts) {
      const keys = Object.keys(parts);
      const list = el("div", { class: "lab-tabs", role: "tablist", "aria-label": "What to try" });
      const serial = lab.serial();
      const id = `${this.kind}-${serial}`;
      const pane = el("div", { class: `${this.kind}-panel`, id, role: "tabpanel", tabindex: -1 });
      const buttons = keys.map((key) =>
        el(
          "button",
          { type: "button", role: "tab", id: `${id}-${key}`, "aria-controls": id },
          parts[key][0],
        ),
      );
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

    /** A single panel. @this {Lab.Host} @param {(panel: Panel) => void} build */
    one(build) {
      const pane = el("div", { class: `${this.kind}-panel` });
      this.body.append(pane);
      this.safe(() => this.open(pane, build))();
    }

    /** @this {Lab.Host} @param {HTMLElement} pane @param {(panel: Panel) => void} build */
    open(pane, build) {
      if (this.panel) this.panel.close();
      pane.replaceChildren();
      this.panel = new lab.Panel(this, pane);
      build(this.panel);
      this.panel.drawNow();
    }

    /** Tell in words what is to be seen; a moment later, so that what moves is told once. @this {Lab.Host} @param {string} text */
    say(text) {
      const tell = () => {
        this.saying = 0;
        if (this.status.textContent !== text) this.status.textContent = text;
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

  Object.assign(lab, { Host, script });
})();
