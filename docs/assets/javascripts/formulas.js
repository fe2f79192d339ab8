// Derivations open when an address names them. Copied formulas are TeX between dollar signs; what a browser takes of them else is "12" for one half.
(function () {
  "use strict";

  /** @param {Node} node @returns {Element | null} the formula around it */
  const formula = (node) =>
    (node instanceof Element ? node : node.parentElement)?.closest("math") ?? null;

  /** @param {Selection} selection @returns {HTMLElement} what is selected, with formulas as a whole */
  function selected(selection) {
    const copy = document.createElement("div");
    for (let i = 0; i < selection.rangeCount; i++) {
      const range = selection.getRangeAt(i).cloneRange();
      const [first, last] = [formula(range.startContainer), formula(range.endContainer)];
      if (first) range.setStartBefore(first);
      if (last) range.setEndAfter(last);
      copy.append(range.cloneContents());
    }
    return copy;
  }

  /** @param {HTMLElement} copy @returns {string} its text as it would be shown, line by line */
  function shown(copy) {
    for (const math of copy.querySelectorAll("math")) {
      const mark = math.getAttribute("display") === "block" ? "$$" : "$";
      math.replaceWith(`${mark}${math.getAttribute("alttext") || math.textContent}${mark}`);
    }
    Object.assign(copy.style, { position: "fixed", width: "99em", opacity: "0" });
    document.body.append(copy);
    const text = copy.innerText;
    copy.remove();
    return text;
  }

  /** Unfold the derivation at the place that the address names. */
  function openGoal() {
    const goal = document.getElementById(location.hash.slice(1));
    if (goal instanceof HTMLDetailsElement) goal.open = true;
  }
  openGoal();
  window.addEventListener("hashchange", openGoal);

  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !event.clipboardData) return;
    if (event.target instanceof Element && event.target.matches("input, textarea")) return;
    const copy = selected(selection);
    if (!copy.querySelector("math")) return;
    event.clipboardData.setData("text/html", copy.innerHTML);
    event.clipboardData.setData("text/plain", shown(copy));
    event.preventDefault();
  });
})();
