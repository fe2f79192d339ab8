// The element <guide-lab>: it loads a model when the reader comes near.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const ROOT = new URL("../../../", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const { el } = lab;

  /** @type {Map<string, Promise<any>>} */
  const loading = new Map();

  /** The weights of a model. @param {string} path in the lab */
  function load(path) {
    if (!loading.has(path)) {
      const packed = lab.script(
        new URL(`lab/${path}.js`, ROOT),
        () => (window.fieldguideWeights || {})[named(path)],
      );
      loading.set(path, packed.then(unpacked));
    }
    return loading.get(path);

    async function unpacked(/** @type {any} */ found) {
      const { base } = found.config || {}; // some are stored as the difference from others
      return new lab.Weights(found, base && (await load(path.replace(/[^/]*$/, base))));
    }
  }

  /** @param {string} path @returns {string} the model's name */
  const named = (path) => path.slice(path.lastIndexOf("/") + 1);

  /** Where the static picture is replaced by the live model, if all goes well. */
  class GuideLab extends /** @type {new () => HTMLElement & {ui: Ui}} */ (HTMLElement) {
    connectedCallback() {
      if (/** @type {Lab.Own} */ (this).ui) return;
      this.ui = new Ui(this);
      const network = navigator.connection;
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
      if (target && document.readyState !== "complete")
        addEventListener("load", () => near.observe(this));
      else near.observe(this);
    }
  }

  /** One live model on a page. */
  class Ui extends lab.Host {
    /** @param {HTMLElement} host */
    constructor(host) {
      super(host, "lab");
      // A second one on a page has its family's name in what stands in the address of its own.
      if (document.querySelector("guide-lab") !== host) this.prefix = `lab-${host.dataset.family}-`;
      /** @type {Set<Tile>} */
      this.tiles = new Set();
    }

    async start() {
      try {
        const paths = (this.host.dataset.models || "").split(" ");
        const weights = await Promise.all(paths.map(load));
        const models = paths.map((path, i) => lab.models[named(path)](weights[i]));
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
      this.body = el("div");
      this.live = el(
        "div",
        { class: "lab-live", role: "group", "aria-label": this.host.dataset.title },
        el("p", { class: "lab-title" }, `Live: ${count} numbers at work in your browser`),
        this.body,
        this.status,
      );
      this.work = new lab.Work((/** @type {Error} */ error) => this.fail(error));
      this.host.append(this.live);
      lab.widgets[this.host.dataset.family || ""](this, ...models);
      this.host.classList.add("lab-on");
      new MutationObserver(() => this.repaint()).observe(document.body, {
        attributeFilter: ["data-md-color-scheme"],
      });
    }

    /** The picture stays, and one sentence says why. @param {Error} error */
    fail(error) {
      this.host.append(
        el(
          "p",
          { class: "lab-note", role: "status" },
          `${this.end(error, "live model")}, so the picture above stays as it is.`,
        ),
      );
    }

    /** @param {HTMLElement} pane @param {(panel: Panel) => void} build */
    open(pane, build) {
      this.tiles.clear();
      super.open(pane, build);
    }

    repaint() {
      for (const tile of this.tiles) tile.paint();
      if (this.panel && this.panel.repaint) this.panel.repaint();
    }
  }

  lab.load = load;
  if (!customElements.get("guide-lab")) customElements.define("guide-lab", GuideLab); // a page may hold two, each with a bundle of its own
})();
