// Loads the picker when a reader comes near it, since its data weigh more than the page.
(function () {
  "use strict";

  const SCRIPTS = [
    "zip",
    "picked",
    "picker-packages",
    "picker-parts",
    "picker-list",
    "picker-downloads",
    "picker",
  ]; // in this order
  const place = /** @type {HTMLElement} */ (document.querySelector("div.picker"));
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (!place || !script) return;
  const root = new URL("../../", script.src);
  const files = ["kit/sections.js", ...SCRIPTS.map((name) => `javascripts/${name}.js`)];

  /** @param {string} path below assets/ @returns {Promise<void>} */
  function load(path) {
    return new Promise((resolve, reject) => {
      const style = path.endsWith(".css");
      const element = document.createElement(style ? "link" : "script");
      const url = new URL(`assets/${path}`, root).href;
      if (element instanceof HTMLLinkElement)
        Object.assign(element, { rel: "stylesheet", href: url });
      else Object.assign(element, { src: url, async: false });
      element.onload = () => resolve();
      element.onerror = () => reject(new Error(path));
      document.head.append(element);
    });
  }

  async function start() {
    try {
      await Promise.all(["stylesheets/picker.css", ...files].map(load));
      window.fieldguidePicker(place, load);
    } catch {
      const note = document.createElement("p");
      note.setAttribute("role", "status");
      note.textContent =
        "The picker could not be loaded: a file of this copy is missing or damaged.";
      place.append(note);
    }
    place.classList.add("picker-done"); // the style sheet keeps its place free until then
  }

  if (
    /[?&]pick=/.test(location.search) ||
    location.hash === "#courses-pick" ||
    !("IntersectionObserver" in window)
  ) {
    start();
    return;
  }
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      start();
    },
    { rootMargin: "100px" },
  );
  near.observe(place);
})();
