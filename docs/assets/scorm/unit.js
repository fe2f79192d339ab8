// A page inside a course package: it shows one unit, tells the player what was answered, and leaves
// links to the player, since other pages of the site are not in the package.
(function () {
  "use strict";

  /** @type {{ answers: Record<string, boolean>, lead: boolean } | null} what the player says */
  let unit = null;
  try {
    unit = JSON.parse(window.name);
  } catch {
    // opened by itself: an ordinary page
  }
  if (!unit || typeof unit !== "object" || !unit.answers) return;
  const { answers, lead } = unit;
  try {
    // On a shared computer the last learner's answers would be shown, and would count.
    localStorage.setItem(`fieldguide:score:${location.pathname}`, JSON.stringify(answers));
  } catch {
    // storage is blocked: questions begin unanswered
  }

  /** @param {Record<string, unknown>} message */
  const tell = (message) => window.parent.postMessage(message, "*");

  /** Of a chapter's first unit, hide all from the first section on. */
  function trim() {
    if (!lead) return;
    const first = document.querySelector(".md-content__inner > h2");
    for (let part = first; part; part = part.nextElementSibling) {
      if (!part.matches(".section-source")) part.setAttribute("hidden", "");
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    setTimeout(trim);
    // The theme's own script, which follows the reader's scheme, is not in the package.
    if (matchMedia("(prefers-color-scheme: dark)").matches)
      document.body.dataset.mdColorScheme = "slate";
    const watch = new MutationObserver((changes) => {
      for (const { target } of changes) {
        const { id, dataset } = /** @type {HTMLElement} */ (target);
        if (dataset.answered && !(id in answers)) {
          answers[id] = dataset.answered === "right";
          tell({ type: "fieldguide:answered", id, right: answers[id] });
        }
      }
    });
    for (const question of document.querySelectorAll("guide-question")) {
      watch.observe(question, { attributes: true, attributeFilter: ["data-answered"] });
    }
  });

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    const url = new URL(link.href);
    const here = url.href.split(/[?#]/)[0] === location.href.split(/[?#]/)[0];
    const shown = here && url.hash ? document.getElementById(url.hash.slice(1)) : null;
    if (shown && shown.getClientRects().length) return; // within what is shown: the browser's work
    if (!here && url.origin !== location.origin) {
      link.target = "_blank";
      return;
    }
    event.preventDefault();
    const root = new URL("../../", /** @type {HTMLScriptElement} */ (script).src).href;
    tell({
      type: "fieldguide:go",
      id: url.hash.slice(1),
      path: url.href.split(/[?#]/)[0].replace(root, ""),
    });
  });

  const script = document.currentScript;
})();
