// Last of a bundle: now that all parts are there, the widgets of the page may begin.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  if (!customElements.get("guide-text")) customElements.define("guide-text", lab.GuideText);
})();
