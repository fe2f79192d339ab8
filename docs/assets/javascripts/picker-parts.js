// What the parts of the picker are made of: elements and buttons.
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

  /** @param {string} words @param {() => void} act @param {Record<string, any>} [attributes] */
  function button(words, act, attributes = {}) {
    const made = el("button", { type: "button", ...attributes }, words);
    made.addEventListener("click", act);
    return made;
  }

  /** @param {string} path @param {string} label @param {() => void} act */
  function icon(path, label, act) {
    const made = button("", act, { "aria-label": label, title: label, class: "picker-icon" });
    made.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;
    return made;
  }

  window.fieldguidePickerParts = { el, button, icon };
})();
