// The element <guide-lab>: it loads a model, builds its tabs, and keeps their state in the address.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;
  const ROOT = new URL("../../../", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const { el } = lab;
  let serial = 0;

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
      // What stands in the address of its own begins so; a second one on a page has its family's name in it.
      this.prefix = document.querySelector("guide-lab") === host ? "lab-" : `lab-${host.dataset.family}-`;
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
      this.numbers = lab.check(this, this.tools, { key: "numbers", label: "64 numbers", value: false }, () => this.repaint());
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
        const text = this.address.get(this.prefix + key);
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
      if (value === kept.start) all.delete(this.prefix + key);
      else all.set(this.prefix + key, String(value));
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
      this.panel = new lab.Panel(this, pane);
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

  if (!customElements.get("guide-lab")) customElements.define("guide-lab", GuideLab); // a page may hold two, each with a bundle of its own
})();
