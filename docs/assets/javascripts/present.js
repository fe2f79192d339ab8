// `?present`: a page as screens for a lecture, one section each; a long section is split at its blocks.
// Loaded by page.js where the address asks for it. Nothing is moved or copied: what is not on a screen is
// hidden, so that live models go on. On paper the page is what it was.
(function () {
  "use strict";
  const guide = window.fieldguide;
  const root = document.documentElement;
  const content = /** @type {HTMLElement | null} */ (document.querySelector(".md-content__inner"));
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  if (!guide || !content || root.classList.contains("embed")) return;
  const article = content;

  /** @typedef {{section: number, part: number, parts: number, blocks: HTMLElement[]}} Screen */
  const OUT = "present-out";
  const LIVE = "guide-lab, guide-text, guide-arena, guide-hero, guide-watch, guide-fit";
  const WHOLE = `svg, img, canvas, pre, .highlight, math, .math-scroll, ${LIVE}`;
  const FITTED = `figure:not(.formula), .highlight, .question, ${LIVE}`;
  const ALONG = "summary, thead, caption, colgroup, figcaption:first-child"; // shown with each part of what they head
  const BEGINS = "h1, h2, h3, h4, dt, .formula-label"; // never last on a screen
  const TYPED = "input, select, textarea, [contenteditable]";
  // How small a part may be made to fit; below that its screen scrolls.
  const SMALLEST = [[".question", 0.8], [".highlight", 0.7], ["*", 0.5]];

  /** @type {HTMLElement[][]} the blocks of each section, its heading first */
  const sections = [];
  /** @type {Screen[]} */
  let screens = [];
  let at = 0;
  /** @type {string | null} what was asked for and is not there */
  let unknown = null;
  let tall = false; // the screen scrolls, since something on it cannot be divided
  /** @type {HTMLElement[]} */
  let fitted = [];

  /** A live model that grows asks for other screens; what grows because it is seen anew does not. */
  const heights = new WeakMap();
  const watch = new ResizeObserver((seen) => {
    const grown = seen.filter(({ target, contentRect }) => {
      const last = heights.get(target);
      if (contentRect.height) heights.set(target, contentRect.height);
      return last && contentRect.height && Math.abs(last - contentRect.height) > 8;
    });
    if (grown.length) again();
  });

  const bar = make("nav", "present-bar");
  bar.setAttribute("aria-label", "Presentation");
  const where = make("p", "present-where");
  where.setAttribute("role", "status");
  const back = button("Back", () => turn(-1));
  const next = button("Next", () => turn(1));
  const full = button("Full screen", () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()));
  full.className = "present-full";
  full.hidden = !document.fullscreenEnabled;
  bar.append(back, where, next, full, button("Leave", leave));

  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = new URL("../stylesheets/present.css", here).href;
  styles.addEventListener("load", begin);
  document.head.append(styles);

  /** @param {string} name @param {string} kind @returns {HTMLElement} */
  function make(name, kind) {
    const element = document.createElement(name);
    element.className = kind;
    return element;
  }

  /** @param {string} label @param {() => void} act @returns {HTMLButtonElement} */
  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  function begin() {
    root.classList.add("presenting");
    document.body.append(bar);
    for (const child of /** @type {Iterable<HTMLElement>} */ (article.children)) {
      if (!sections.length || child.matches("h2")) sections.push([]);
      sections[sections.length - 1].push(child);
    }
    divide();
    const asked = new URLSearchParams(location.search).get("present") || "";
    const found = asked ? place(asked) : Math.max(0, holding(document.getElementById(location.hash.slice(1))));
    unknown = found < 0 ? asked.slice(0, 40) : null;
    show(Math.max(0, found));
    addEventListener("keydown", pressed, true); // before the theme, whose keys lead to other pages
    addEventListener("hashchange", followed);
    addEventListener("resize", resized);
    addEventListener("load", again);
    article.addEventListener("toggle", again, true); // what is unfolded needs screens of its own
    article.addEventListener("touchstart", touched, { passive: true });
    article.addEventListener("touchend", swiped, { passive: true });
    document.fonts.ready.then(again);
  }

  function leave() {
    const heading = sections[screens[at].section][0];
    root.classList.remove("present-dark");
    for (const [name, act] of /** @type {[string, EventListener][]} */ (
      Object.entries({ hashchange: followed, resize: resized, load: again })
    )) removeEventListener(name, act);
    removeEventListener("keydown", pressed, true);
    article.removeEventListener("toggle", again, true);
    article.removeEventListener("touchstart", touched);
    article.removeEventListener("touchend", swiped);
    clearTimeout(waiting);
    watch.disconnect();
    clear();
    bar.remove();
    styles.remove();
    root.classList.remove("presenting", "present-tall");
    if (document.fullscreenElement) document.exitFullscreen();
    remember(null, heading.id);
    heading.scrollIntoView();
  }

  function clear() {
    for (const part of article.querySelectorAll(`.${OUT}`)) part.classList.remove(OUT);
    for (const part of fitted) part.style.removeProperty("zoom");
    fitted = [];
  }

  /** Divide the page into screens of this window. */
  function divide() {
    clear();
    watch.disconnect();
    const room = innerHeight - bar.offsetHeight - 2 * parseFloat(getComputedStyle(article).paddingTop);
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (article.querySelectorAll(".math-scroll"))) {
      if (part.scrollWidth > part.clientWidth + 1) shrink(part, Math.max(0.6, part.clientWidth / part.scrollWidth - 0.01));
    }
    for (const blocks of sections) {
      const head = blocks[0].matches("h2") ? blocks[0].offsetHeight + 24 : 0;
      for (const part of blocks.flatMap((block) => [block, .../** @type {NodeListOf<HTMLElement>} */ (block.querySelectorAll(FITTED))])) {
        if (part.matches(FITTED) && !part.parentElement?.closest(FITTED)) fit(part, room - head - 24);
      }
    }
    screens = sections.flatMap((blocks, section) => {
      const parts = packed(blocks.flatMap((block) => atoms(block, room)), blocks[0], room);
      return parts.map((part, index) => ({ section, part: index, parts: parts.length, blocks: part }));
    });
    for (const part of article.querySelectorAll(LIVE)) watch.observe(part);
  }

  /** Make a drawing or a live model as small as the window asks. @param {HTMLElement} part @param {number} room */
  function fit(part, room) {
    const smallest = Number(/** @type {(string | number)[]} */ (SMALLEST.find(([kind]) => part.matches(String(kind))))[1]);
    let size = 1;
    for (let tries = 0; tries < 4; tries++) {
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
    const words = [...block.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent || "").trim());
    const parts = /** @type {HTMLElement[]} */ ([...block.children]).filter((part) => !part.matches(ALONG));
    if (words || !parts.length || parts.some((part) => !part.tagName.includes("-") && getComputedStyle(part).display === "inline")) return [block];
    if (block.matches("ol")) parts.forEach((item, index) => item.setAttribute("value", String(/** @type {HTMLOListElement} */ (block).start + index)));
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
        while (page[page.length - 1].matches(BEGINS)) kept.unshift(/** @type {HTMLElement} */ (page.pop()));
        found.push((page = kept));
        const first = kept[0] || block;
        top = first.getBoundingClientRect().top - above(first) - (head.matches("h2") ? head.offsetHeight + 24 : 0);
      }
      page.push(block);
    }
    return found;
  }

  /** How tall that is which is shown again above a part. @param {HTMLElement} part */
  function above(part) {
    let tall = 0;
    for (let inside = part.parentElement; inside && inside !== article; inside = inside.parentElement) {
      for (const child of /** @type {Iterable<HTMLElement>} */ (inside.children)) {
        if (child.matches(ALONG)) tall += child.offsetHeight + 8;
      }
    }
    return tall;
  }

  /** @param {number} wanted */
  function show(wanted) {
    at = Math.max(0, Math.min(screens.length - 1, wanted));
    const { section, part, parts, blocks } = screens[at];
    const heading = sections[section][0];
    const kept = new Set(part && heading.matches("h2") ? [heading, ...blocks] : blocks);
    /** @param {Element} inside */
    const hide = (inside) => {
      for (const child of /** @type {Iterable<HTMLElement>} */ (inside.children)) {
        const around = !kept.has(child) && blocks.some((block) => child.contains(block));
        child.classList.toggle(OUT, !kept.has(child) && !around && !(inside !== article && child.matches(ALONG)));
        if (around) hide(child);
      }
    };
    for (const hidden of article.querySelectorAll(`.${OUT}`)) hidden.classList.remove(OUT);
    hide(article);
    scrollTo(0, 0);
    tall = Math.max(...blocks.map((block) => block.getBoundingClientRect().bottom)) > innerHeight - bar.offsetHeight + 1;
    root.classList.toggle("present-tall", tall);
    const name = make("span", "present-name");
    name.textContent = ` · ${guide.text(heading)}${parts > 1 ? ` (${part + 1} of ${parts})` : ""}`;
    where.replaceChildren(`${at + 1} / ${screens.length}`, name);
    if (unknown !== null) where.textContent = `There is no screen “${unknown}” on this page. This is the first of ${screens.length}.`;
    back.disabled = !at;
    next.disabled = at === screens.length - 1;
  }

  /** @param {number} wanted */
  function go(wanted) {
    if (wanted < 0 || wanted >= screens.length) return;
    unknown = null;
    show(wanted);
    const { section, part } = screens[at];
    remember(`${sections[section][0].id || section + 1}${part ? `.${part + 1}` : ""}`, "");
  }

  /** Put the place into the address, so that a link or a reload leads back. @param {string | null} value @param {string} hash */
  function remember(value, hash) {
    const url = new URL(location.href);
    if (value === null) url.searchParams.delete("present");
    else url.searchParams.set("present", value);
    if (hash || document.getElementById(location.hash.slice(1))) url.hash = hash;
    try {
      history.replaceState(history.state, "", url);
    } catch {
      // Without an address that can be changed the screens go on all the same.
    }
  }

  /** The screen that an address names: a section by its id or its number, and a part of it. @param {string} asked */
  function place(asked) {
    const [, name, number] = /** @type {RegExpExecArray} */ (/^(.*?)(?:\.(\d{1,3}))?$/s.exec(asked));
    const section = sections.findIndex((blocks, index) => blocks[0].id === name || String(index + 1) === name);
    if (section < 0) return holding(document.getElementById(name));
    const first = screens.findIndex((screen) => screen.section === section);
    return first + Math.max(0, Math.min(screens[first].parts, Number(number || 1)) - 1);
  }

  /** The screen on which an element is. @param {Element | null} element */
  function holding(element) {
    const found = screens.findIndex(({ blocks }) => blocks.some((block) => element && block.contains(element)));
    return found >= 0 || !element ? found : screens.findIndex(({ blocks }) => blocks.some((block) => element.contains(block)));
  }

  function followed() {
    const found = holding(document.getElementById(location.hash.slice(1)));
    if (found >= 0) go(found);
  }

  let waiting = 0;
  function again() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const [first, seen] = [screens[at].blocks[0], scrollY];
      divide();
      show(Math.max(0, holding(first)));
      scrollTo(0, seen);
    }, 150);
  }

  let size = [innerWidth, innerHeight];
  /** The bar of a phone's browser that goes while one scrolls is no other window. */
  function resized() {
    const same = innerWidth === size[0] && Math.abs(innerHeight - size[1]) < (innerWidth < 720 ? 120 : 1);
    size = same ? size : [innerWidth, innerHeight];
    if (!same) again();
  }

  /** Scroll a tall screen before going on. @param {number} way 1 or -1 */
  function turn(way) {
    const left = !tall ? 0 : way > 0 ? root.scrollHeight - innerHeight - scrollY : scrollY;
    if (left > 2) scrollBy(0, way * (innerHeight - 160));
    else go(at + way);
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const target = event.target instanceof Element ? event.target : root;
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (root.classList.contains("present-dark")) {
      root.classList.remove("present-dark");
      return take(event);
    }
    const inside = target.closest(`${TYPED}, ${LIVE}`);
    const acts = target.closest("button, a, summary, [tabindex='0']");
    const step = { PageDown: 1, PageUp: -1 }[event.key] || // a remote works wherever the focus is
      (inside ? 0 : { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key] || 0) ||
      (inside || acts || event.key !== " " ? 0 : event.shiftKey ? -1 : 1);
    if (step && event.shiftKey && event.key !== " ") return;
    if (step) turn(step);
    else if (event.key === "Escape") leave();
    else if (inside) return;
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(screens.length - 1);
    else if (event.key === "b" || event.key === ".") root.classList.add("present-dark");
    else if (!/^[fsnp/,]$/.test(event.key)) return; // the theme would search, or leave the page
    take(event);
  }

  /** @param {Event} event */
  function take(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** @type {{x: number, y: number} | null} */
  let start = null;

  /** @param {TouchEvent} event */
  function touched(event) {
    let part = /** @type {Element | null} */ (event.target);
    const held = part?.closest(`${TYPED}, ${LIVE}`);
    for (; part && part !== article; part = part.parentElement) {
      if (part.scrollWidth > part.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(part).overflowX)) break;
    }
    const [finger] = event.touches;
    start = held || part !== article || event.touches.length > 1 ? null : { x: finger.clientX, y: finger.clientY };
  }

  /** @param {TouchEvent} event */
  function swiped(event) {
    const [finger] = event.changedTouches;
    const [x, y] = start ? [finger.clientX - start.x, finger.clientY - start.y] : [0, 0];
    start = null;
    if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(y) && (visualViewport?.scale || 1) < 1.05) go(at + (x < 0 ? 1 : -1));
  }
})();
