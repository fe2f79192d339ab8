// On paper questions and problems come without their answers, which stand together at the end of the page.
(function () {
  "use strict";
  const ASKED = "guide-question, .problem";

  /** @param {Element} asked @returns {Element[]} what is right, and why; or the solution */
  function answer(asked) {
    const solution = asked.querySelector("details.solution");
    if (solution) return [...solution.children].filter((part) => part.localName !== "summary");
    return [...asked.querySelectorAll('details[data-right="yes"]')].flatMap((option) => {
      const said = document.createElement("p");
      said.append(...copies(option.querySelector("summary")));
      return [said, ...option.querySelectorAll(".why > :not(.verdict)")];
    });
  }

  /** @param {Element | null} element @returns {Node[]} */
  const copies = (element) =>
    [...(element ? element.childNodes : [])].map((node) => node.cloneNode(true));

  /** Collect the answers of what is shown, which may be one section of the page. */
  function collect() {
    forget();
    const content = document.querySelector(".md-content__inner");
    const asked = [...document.querySelectorAll(ASKED)].filter(
      (one) => one.getClientRects().length,
    );
    if (!content || !asked.length) return;
    const list = document.createElement("section");
    list.className = "answers";
    const head = document.createElement("p");
    head.className = "answers-head";
    head.textContent = "Answers";
    list.append(head);
    asked.forEach((one, place) => {
      const entry = document.createElement("div");
      for (const part of answer(one)) {
        const copy = /** @type {Element} */ (part.cloneNode(true));
        for (const named of [copy, ...copy.querySelectorAll("[id]")]) named.removeAttribute("id");
        entry.append(copy);
      }
      for (const whole of [one, entry])
        whole.firstElementChild?.setAttribute("data-number", `${place + 1}. `);
      list.append(entry);
    });
    content.append(list);
  }

  function forget() {
    document.querySelector(".answers")?.remove();
    for (const one of document.querySelectorAll("[data-number]"))
      one.removeAttribute("data-number");
  }

  addEventListener("beforeprint", collect);
  addEventListener("afterprint", forget);
})();
