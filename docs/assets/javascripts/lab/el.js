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

  /** @type {any} */ (window).fieldguideLab.el = el;
})();
