// A new element with its attributes and what stands in it.
(function () {
  "use strict";

  /**
   * @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node | string)} children
   * @returns {any}
   */
  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) node.setAttribute(name, "");
      else if (value !== false) node.setAttribute(name, String(value));
    }
    node.append(...children);
    return node;
  }

  /** A number that no other part of the page has, also where two bundles are at work. */
  function serial() {
    const all = window;
    all.fieldguideSerial = (all.fieldguideSerial || 0) + 1;
    return all.fieldguideSerial;
  }

  Object.assign(window.fieldguideLab, { el, serial });
})();
