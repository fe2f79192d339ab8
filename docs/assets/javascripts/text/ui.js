// The element <guide-text>: it loads a language model when it is asked to, or when the reader stays.
(function () {
  "use strict";
  const lab = /** @type {any} */ (window).fieldguideLab;
  const ROOT = new URL("../../../", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const PREFIX = "text-"; // of its own parameters in the address
  const DWELL = 1500; // milliseconds for which it must have been in view
  const { el } = lab;

  /** @type {Map<string, Promise<any>>} */
  const loading = new Map();

  /** @param {string} name @param {(bytes: number) => void} progress @returns {Promise<any>} what the script of some weights holds */
  function load(name, progress) {
    if (!loading.has(name)) {
      const url = new URL(`lab/text/weights/${name}.js`, ROOT);
      const found = /^http/.test(url.protocol) ? download(url, progress).catch(() => run(url, name)) : run(url, name);
      loading.set(name, found);
      found.catch(() => loading.delete(name)); // it may be tried again
    }
    return loading.get(name);
  }

  /** Fetch a script as a text, which tells its progress: what it assigns is JSON. @param {URL} url @param {(bytes: number) => void} progress */
  async function download(url, progress) {
    const reader = (await fetch(url)).body.getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += decoder.decode(part.value, { stream: true });
      progress(part.value.length);
    }
    return JSON.parse(text.slice(text.indexOf('"] = ') + 5, text.lastIndexOf("}") + 1));
  }

  /** Run a script, which works from a disk too. @param {URL} url @param {string} name @returns {Promise<any>} what it assigned */
  function run(url, name) {
    return new Promise((resolve, reject) => {
      const script = el("script", { src: url });
      // A script that is cut off is a syntax error: it is told in words below, not on the console.
      const quiet = (/** @type {ErrorEvent} */ event) => {
        if (!event.filename || event.filename === script.src) event.preventDefault();
      };
      addEventListener("error", quiet);
      const done = (/** @type {() => void} */ end) => () => (removeEventListener("error", quiet), script.remove(), end());
      script.onerror = done(() => reject(new Error(`${url} is missing`)));
      script.onload = done(() => {
        const packed = (/** @type {any} */ (window).fieldguideText || {})[name];
        if (packed) resolve(packed);
        else reject(new Error(`${url} is damaged`));
      });
      document.head.append(script);
    });
  }

  class GuideText extends HTMLElement {
    connectedCallback() {
      if (this.ui) return;
      this.ui = new Ui(this);
      const button = this.querySelector(".text-start");
      if (!button) return;
      button.addEventListener("click", () => this.ui.start(true));
      const network = /** @type {any} */ (navigator).connection;
      if ((network && network.saveData) || !("IntersectionObserver" in window)) return;
      const near = new IntersectionObserver(
        (entries) => {
          const here = entries[entries.length - 1].isIntersecting;
          clearTimeout(this.wait);
          if (this.ui.begun) near.disconnect();
          else if (here) this.wait = setTimeout(() => this.ui.start(false), DWELL);
        },
        { rootMargin: "-35% 0px" }, // it reaches into the middle of the screen
      );
      near.observe(this);
    }
  }

  /** One widget on a page. */
  class Ui {
    /** @param {HTMLElement} host */
    constructor(host) {
      this.host = host;
      this.address = new URLSearchParams(location.search);
      /** @type {Map<string, {value: any, start: any}>} */
      this.state = new Map();
    }

    /** @param {boolean} pressed by the reader, who then waits for it */
    async start(pressed) {
      if (this.begun) return;
      this.begun = true;
      this.pressed = pressed;
      const bar = this.host.querySelector("progress");
      const button = this.host.querySelector(".text-start");
      const label = button.textContent;
      button.textContent = "Loading \u2026";
      bar.hidden = false;
      try {
        const names = (this.host.dataset.weights || "").split(" ").filter(Boolean);
        const packed = await Promise.all(names.map((name) => load(name, (bytes) => (bar.value += bytes))));
        this.weights = Object.fromEntries(names.map((name, i) => [name, packed[i]]));
        if (!el("canvas").getContext("2d")) throw new Error("no canvas");
        this.build();
      } catch (error) {
        button.textContent = label;
        bar.hidden = true;
        bar.value = 0;
        this.begun = false;
        this.fail(/** @type {Error} */ (error));
      }
    }

    build() {
      const focused = this.host.contains(document.activeElement);
      this.title = el("p", { class: "lab-title" });
      this.body = el("div", { class: "lab-body" });
      this.status = el("p", { class: "lab-status", role: "status" });
      this.live = el("div", { class: "text-live", role: "group", "aria-label": this.host.dataset.title, tabindex: -1 }, this.title, this.body, this.status);
      this.host.append(this.live);
      lab.texts[this.host.dataset.kind](this);
      this.host.classList.add("text-on");
      if (focused) this.live.focus({ preventScroll: true });
      new MutationObserver(() => this.panel && this.panel.refresh()).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    }

    /** The figure stays, one sentence says why, and the rest of the page goes on. @param {Error} error */
    fail(error) {
      const reason =
        error.message === "no canvas"
          ? "This browser offers no canvas to draw on"
          : this.live
            ? "The language model stopped"
            : "The language model could not be loaded, since its weights are missing or damaged";
      if (this.panel) this.panel.close();
      if (this.live) this.live.remove();
      this.host.classList.remove("text-on");
      const note = this.host.querySelector(".lab-note") || this.host.querySelector("figure").appendChild(el("p", { class: "lab-note", role: "status" }));
      note.textContent = `${reason}; what stands here instead does not change.`;
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
        const value = text === null ? undefined : read(text.slice(0, 400));
        this.state.set(key, { value: value === undefined ? start : value, start });
      }
      return this.state.get(key).value;
    }

    /** @param {string} key @param {any} value keep a setting, and write it into the address a moment later */
    set(key, value) {
      this.state.get(key).value = value;
      clearTimeout(this.writing);
      this.writing = setTimeout(() => this.write(), 120);
    }

    write() {
      const all = new URLSearchParams(location.search);
      for (const [key, { value, start }] of this.state)
        if (String(value) === String(start)) all.delete(PREFIX + key);
        else all.set(PREFIX + key, String(value));
      const query = all.toString();
      try {
        history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
      } catch {
        // A browser may refuse this for a file, or so many in a row; the widget works all the same.
      }
    }

    /** Several panels, one open. @param {Record<string, [string, (panel: any) => void]>} parts key -> name, builder */
    tabs(parts) {
      const keys = Object.keys(parts);
      const list = el("div", { class: "lab-tabs", role: "tablist", "aria-label": "What to try" });
      lab.serial = (lab.serial || 0) + 1;
      const id = `text-${lab.serial}`;
      const pane = el("div", { class: "text-panel", id, role: "tabpanel", tabindex: -1 });
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

    /** A single panel. @param {(panel: any) => void} build */
    one(build) {
      const pane = el("div", { class: "text-panel" });
      this.body.append(pane);
      this.safe(() => this.open(pane, build))();
    }

    /** @param {HTMLElement} pane @param {(panel: any) => void} build */
    open(pane, build) {
      if (this.panel) this.panel.close();
      pane.replaceChildren();
      this.panel = new lab.Panel(this, pane);
      build(this.panel);
      this.panel.drawNow();
    }

    /** Tell in words what is to be seen; a moment later, so that what moves is told once. @param {string} text */
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

  Object.assign(lab, { GuideText, load });
})();
