// A short link's jump, keeping what follows the question mark. Without it the page refreshes itself.
(function () {
  "use strict";
  const { page, section } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  location.replace(`${page}${location.search}#${section}`);
})();
