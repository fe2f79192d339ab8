// What every page needs: wide tables that a keyboard can reach, a search that hears of every text.
(function () {
  "use strict";

  /** Let the keyboard scroll what is wider than the page, and name it for screen readers. */
  function openWideParts() {
    const boxes = /** @type {HTMLElement[]} */ ([
      ...document.querySelectorAll(".md-typeset__scrollwrap"),
    ]);
    const wide = boxes.map((box) => {
      const table = box.querySelector("table");
      return table && table.scrollWidth > box.clientWidth + 1;
    });
    boxes.forEach((box, place) => {
      const heading = headingBefore(box);
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", heading ? `Table: ${heading}` : "Table");
      if (wide[place]) box.tabIndex = 0;
      box.classList.add("content"); // else a reader view takes what scrolls for clutter
    });
  }

  /**
   * @param {Element} element
   * @returns {string} the text of the nearest heading above an element
   */
  function headingBefore(element) {
    const headings = [...document.querySelectorAll(".md-content :is(h1, h2, h3)")];
    const above = headings.filter(
      (heading) => heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    const last = above.pop();
    return last ? last.textContent.replace(/#\s*$/, "").trim() : "";
  }

  const assets = new URL("../", /** @type {HTMLScriptElement} */ (document.currentScript).src);

  /**
   * Load what is not needed to read a page, once it is there.
   * @param {"link" | "script"} kind
   * @param {string} path in assets/
   */
  function later(kind, path) {
    const url = new URL(path, assets).href;
    const more = kind === "link" ? { rel: "stylesheet", href: url } : { src: url };
    document.head.append(Object.assign(document.createElement(kind), more));
  }

  function loadLater() {
    later("link", "stylesheets/later.css");
    later("script", "javascripts/later.js");
    if (!document.querySelector("div.table-box")) return;
    later("link", "stylesheets/tables.css");
    later("script", "javascripts/tables.js");
  }

  // The theme waits for a key; what is pasted, dictated or filled in comes without one.
  const search = /** @type {HTMLElement} */ (
    document.querySelector("[data-md-component=search-query]")
  );
  for (const kind of search ? ["input", "change"] : []) {
    search.addEventListener(kind, () => search.dispatchEvent(new Event("keyup")));
  }

  // A reading path and the screens of a lecture stay in the address; what shows them is loaded only there.
  for (const [asked, name] of [
    ["path", "path-bar"],
    ["present", "present"],
  ]) {
    if (!new URLSearchParams(location.search).has(asked)) continue;
    const way = document.createElement("script");
    way.src = new URL(
      `${name}.js`,
      /** @type {HTMLScriptElement} */ (document.currentScript).src,
    ).href;
    window.addEventListener("DOMContentLoaded", () => document.head.append(way));
  }

  /** What comes late may be taller than its place: for a while, until the reader acts, a link stays on its section. */
  function stayAtGoal() {
    const [visit] = /** @type {PerformanceNavigationTiming[]} */ (
      performance.getEntriesByType("navigation")
    );
    const goal = document.querySelector(":target");
    if (!goal || !visit || visit.type !== "navigate" || self !== top) return; // a frame would move the page around it
    const watch = new ResizeObserver(() => goal.scrollIntoView());
    watch.observe(document.body);
    for (const act of ["wheel", "touchstart", "keydown", "pointerdown", "hashchange"])
      window.addEventListener(act, () => watch.disconnect(), { once: true, passive: true });
    setTimeout(() => watch.disconnect(), 6000);
  }

  window.addEventListener("load", stayAtGoal);
  window.addEventListener("load", () => setTimeout(openWideParts, 0));
  window.addEventListener("load", loadLater);
  window.addEventListener("resize", openWideParts);
})();
