// The element <guide-text>: it loads a language model when it is asked to, or when the reader stays.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const ROOT = new URL("../../../", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const DWELL = 1500; // milliseconds for which it must have been in view
  const { el } = lab;

  /** @type {Map<string, Promise<Lab.Own>>} */
  const loading = new Map();

  /** @param {string} name @param {(bytes: number) => void} progress @returns {Promise<Lab.Own>} what the script of some weights holds */
  function load(name, progress) {
    if (!loading.has(name)) {
      const url = new URL(`lab/text/weights/${name}.js`, ROOT);
      const found = url.protocol.startsWith("http")
        ? download(url, progress).catch(() => run(url, name))
        : run(url, name);
      loading.set(name, found);
      found.catch(() => loading.delete(name)); // it may be tried again
    }
    return /** @type {Promise<Lab.Own>} */ (loading.get(name));
  }

  /** Fetch a script as a text, which tells its progress: what it assigns is JSON. @param {URL} url @param {(bytes: number) => void} progress */
  async function download(url, progress) {
    const reader = /** @type {ReadableStream} */ ((await fetch(url)).body).getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += decoder.decode(part.value, { stream: true });
      progress(part.value.length);
    }
    return JSON.parse(text.slice(text.indexOf('"] = ') + 5, text.lastIndexOf("}") + 1));
  }

  /** Run a script, which works from a disk too. @param {URL} url @param {string} name @returns {Promise<Lab.Own>} what it assigned */
  const run = (url, name) => lab.script(url, () => (window.fieldguideText || {})[name]);

  class GuideText
    extends /** @type {new () => HTMLElement & {ui: Ui, wait: number}} */ (HTMLElement)
  {
    connectedCallback() {
      if (/** @type {Lab.Own} */ (this).ui) return;
      this.ui = new Ui(this);
      const button = this.querySelector(".text-start");
      if (!button) return;
      button.addEventListener("click", () => this.ui.start(true));
      const network = navigator.connection;
      if ((network && network.saveData) || !("IntersectionObserver" in window)) return;
      const near = new IntersectionObserver(
        (entries) => {
          const here = entries[entries.length - 1].isIntersecting;
          clearTimeout(/** @type {Lab.Own} */ (this).wait);
          if (this.ui.begun) near.disconnect();
          else if (here) this.wait = setTimeout(() => this.ui.start(false), DWELL);
        },
        { rootMargin: "-35% 0px" }, // it reaches into the middle of the screen
      );
      near.observe(this);
    }
  }

  /** One widget on a page. */
  class Ui extends lab.Host {
    /** @param {HTMLElement} host */
    constructor(host) {
      super(host, "text");
    }

    /** @param {boolean} pressed by the reader, who then waits for it */
    async start(pressed) {
      if (this.begun) return;
      this.begun = true;
      this.pressed = pressed;
      const bar = /** @type {HTMLProgressElement} */ (this.host.querySelector("progress"));
      const button = /** @type {Element} */ (this.host.querySelector(".text-start"));
      const label = button.textContent;
      button.textContent = "Loading \u2026";
      bar.hidden = false;
      try {
        const names = (this.host.dataset.weights || "").split(" ").filter(Boolean);
        const packed = await Promise.all(
          names.map((name) => load(name, (bytes) => (bar.value += bytes))),
        );
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
      this.body = el("div");
      this.status = el("p", { class: "lab-status", role: "status" });
      this.live = el(
        "div",
        { class: "text-live", role: "group", "aria-label": this.host.dataset.title, tabindex: -1 },
        this.title,
        this.body,
        this.status,
      );
      this.host.append(this.live);
      lab.texts[/** @type {string} */ (this.host.dataset.kind)](/** @type {Lab.Own} */ (this));
      this.host.classList.add("text-on");
      if (focused) this.live.focus({ preventScroll: true });
      new MutationObserver(() => this.panel && this.panel.refresh()).observe(document.body, {
        attributeFilter: ["data-md-color-scheme"],
      });
    }

    /** The figure stays, and one sentence says why. @param {Error} error */
    fail(error) {
      const reason = this.end(error, "language model");
      const note =
        this.host.querySelector(".lab-note") ||
        /** @type {Element} */ (this.host.querySelector("figure")).appendChild(
          el("p", { class: "lab-note", role: "status" }),
        );
      note.textContent = `${reason}; what stands here instead does not change.`;
    }
  }

  Object.assign(lab, { GuideText, load });
})();
