// What of a page stands on each screen of a lecture: one section a screen; a long section is split at its blocks.
// Loaded by present.js. Nothing is moved or copied: what is not on a screen is hidden, so that live models go on.
(function () {
  "use strict";
  /** @typedef {{section: number, part: number, parts: number, blocks: HTMLElement[]}} Screen */
  const OUT = "present-out";
  const LIVE = "guide-lab, guide-text, guide-arena, guide-hero, guide-watch, guide-fit";
  const WHOLE = `svg, img, canvas, pre, .highlight, math, .math-scroll, ${LIVE}`;
  const FITTED = `figure:not(.formula), .highlight, .question, ${LIVE}`;
  const ALONG = "summary, thead, caption, colgroup, figcaption:first-child"; // shown with each part of what they head
  const BEGINS = "h1, h2, h3, h4, dt, .formula-label"; // never last on a screen
  // How small a part may be made to fit; below that its screen scrolls.
  const SMALLEST = [
    [".question", 0.8],
    [".highlight", 0.7],
    ["*", 0.5],
  ];

  /** @param {HTMLElement} article what is divided @param {HTMLElement} bar what stands below each screen */
  window.fieldguideScreens = function (article, bar) {
    /** @type {HTMLElement[][]} the blocks of each section, its heading first */
    const sections = [];
    /** @type {Screen[]} */
    let screens = [];
    /** @type {HTMLElement[]} */
    let fitted = [];

    for (const child of /** @type {Iterable<HTMLElement>} */ (article.children)) {
      if (!sections.length || child.matches("h2")) sections.push([]);
      sections[sections.length - 1].push(child);
    }

    function clear() {
      for (const part of article.querySelectorAll(`.${OUT}`)) part.classList.remove(OUT);
      for (const part of fitted) part.style.removeProperty("zoom");
      fitted = [];
    }

    /** Divide the page into screens of this window. @returns {Screen[]} */
    function divide() {
      clear();
      const room =
        innerHeight - bar.offsetHeight - 2 * parseFloat(getComputedStyle(article).paddingTop);
      for (const part of /** @type {NodeListOf<HTMLElement>} */ (
        article.querySelectorAll(".math-scroll")
      )) {
        if (part.scrollWidth > part.clientWidth + 1)
          shrink(part, Math.max(0.6, part.clientWidth / part.scrollWidth - 0.01));
      }
      for (const blocks of sections) {
        const head = blocks[0].matches("h2") ? blocks[0].offsetHeight + 24 : 0;
        for (const part of blocks.flatMap((block) => [
          block,
          .../** @type {NodeListOf<HTMLElement>} */ (block.querySelectorAll(FITTED)),
        ])) {
          if (part.matches(FITTED) && !part.parentElement?.closest(FITTED))
            fit(part, room - (part.matches(LIVE) ? 0 : head + 24)); // a live model has the screen for itself
        }
      }
      screens = sections.flatMap((blocks, section) => {
        const parts = packed(
          blocks.flatMap((block) => atoms(block, room)),
          blocks[0],
          room,
        );
        return parts.map((part, index) => ({
          section,
          part: index,
          parts: parts.length,
          blocks: part,
        }));
      });
      return screens;
    }

    /** Make a drawing or a live model as small as the window asks. @param {HTMLElement} part @param {number} room */
    function fit(part, room) {
      const smallest = Number(
        /** @type {(string | number)[]} */ (
          SMALLEST.find(([kind]) => part.matches(String(kind)))
        )[1],
      );
      let size = 1;
      for (let tries = 0; tries < 6; tries++) {
        const tall = part.getBoundingClientRect().height;
        if (tall <= room || size <= smallest) return;
        size = Math.max(smallest, size * Math.max(0.85, room / tall - 0.005)); // smaller, it is wider, and again less tall
        shrink(part, size);
      }
    }

    /** @param {HTMLElement} part @param {number} size */
    function shrink(part, size) {
      part.style.setProperty("zoom", String(size));
      fitted.push(part);
    }

    /** What is not divided further within a block. @param {HTMLElement} block @param {number} room @returns {HTMLElement[]} */
    function atoms(block, room) {
      const tall = block.getBoundingClientRect().height;
      const without = getComputedStyle(block).display === "contents"; // a box that only its children have
      if (!tall && !without) return [];
      if ((tall <= room && !without) || block.matches(WHOLE)) return [block];
      if (block.matches("table")) {
        const rows = /** @type {HTMLTableElement} */ (block).tBodies;
        const joined = block.querySelector("tbody [rowspan]:not([rowspan='1'])");
        return joined ? [block] : [...rows].flatMap((body) => [...body.rows]);
      }
      const words = [...block.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent || "").trim(),
      );
      const parts = /** @type {HTMLElement[]} */ ([...block.children]).filter(
        (part) => !part.matches(ALONG),
      );
      if (
        words ||
        !parts.length ||
        parts.some(
          (part) => !part.tagName.includes("-") && getComputedStyle(part).display === "inline",
        )
      )
        return [block];
      if (block.matches("ol"))
        parts.forEach((item, index) =>
          item.setAttribute("value", String(/** @type {HTMLOListElement} */ (block).start + index)),
        );
      const found = parts.flatMap((part) => atoms(part, room));
      return found.length ? found : [block];
    }

    /** Blocks in as few screens as hold them. @param {HTMLElement[]} blocks @param {HTMLElement} head @param {number} room */
    function packed(blocks, head, room) {
      /** @type {HTMLElement[][]} */
      const found = [[]];
      let top = 0;
      for (const block of blocks) {
        const box = block.getBoundingClientRect();
        let page = found[found.length - 1];
        if (!page.length) top = box.top;
        else if (box.bottom - top > room && !page.every((part) => part.matches(BEGINS))) {
          /** @type {HTMLElement[]} */
          const kept = [];
          while (page[page.length - 1].matches(BEGINS))
            kept.unshift(/** @type {HTMLElement} */ (page.pop()));
          found.push((page = kept));
          const first = kept[0] || block;
          top =
            first.getBoundingClientRect().top -
            above(first) -
            (head.matches("h2") ? head.offsetHeight + 24 : 0);
        }
        page.push(block);
      }
      return found;
    }

    /** How tall that is which is shown again above a part. @param {HTMLElement} part */
    function above(part) {
      let tall = 0;
      for (
        let inside = part.parentElement;
        inside && inside !== article;
        inside = inside.parentElement
      ) {
        for (const child of /** @type {Iterable<HTMLElement>} */ (inside.children)) {
          if (child.matches(ALONG)) tall += child.offsetHeight + 8;
        }
      }
      return tall;
    }

    /** Hide what is not on a screen; a part of a section has the section's heading above it. @param {Screen} screen */
    function reveal({ section, part, blocks }) {
      const heading = sections[section][0];
      const named = part && heading.matches("h2") && !blocks.every((block) => block.matches(LIVE));
      const kept = new Set(named ? [heading, ...blocks] : blocks);
      /** @param {Element} inside */
      const hide = (inside) => {
        for (const child of /** @type {Iterable<HTMLElement>} */ (inside.children)) {
          const around = !kept.has(child) && blocks.some((block) => child.contains(block));
          child.classList.toggle(
            OUT,
            !kept.has(child) && !around && !(inside !== article && child.matches(ALONG)),
          );
          if (around) hide(child);
        }
      };
      for (const hidden of article.querySelectorAll(`.${OUT}`)) hidden.classList.remove(OUT);
      hide(article);
    }

    /** The screen that an address names: a section by its id or its number, and a part of it. @param {string} asked */
    function place(asked) {
      const [, name, number] = /** @type {RegExpExecArray} */ (
        /^(.*?)(?:\.(\d{1,3}))?$/s.exec(asked)
      );
      const section = sections.findIndex(
        (blocks, index) => blocks[0].id === name || String(index + 1) === name,
      );
      if (section < 0) return holding(document.getElementById(name));
      const first = screens.findIndex((screen) => screen.section === section);
      return first + Math.max(0, Math.min(screens[first].parts, Number(number || 1)) - 1);
    }

    /** The screen on which an element is. @param {Element | null} element */
    function holding(element) {
      const found = screens.findIndex(({ blocks }) =>
        blocks.some((block) => element && block.contains(element)),
      );
      return found >= 0 || !element
        ? found
        : screens.findIndex(({ blocks }) => blocks.some((block) => element.contains(block)));
    }

    return { sections, divide, reveal, clear, place, holding };
  };
  window.fieldguideScreens.LIVE = LIVE;
})();
