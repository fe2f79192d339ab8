// `?present`: a page as screens for a lecture, one section each; a long section is split at its blocks.
// Loaded by page.js where the address asks for it; what stands on which screen is in present-screens.js.
// On paper the page is what it was.
(function () {
  "use strict";
  const guide = window.fieldguide;
  const root = document.documentElement;
  const content = /** @type {HTMLElement | null} */ (document.querySelector(".md-content__inner"));
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  if (!guide || !content || root.classList.contains("embed")) return;
  const article = content;

  const TYPED = "input, select, textarea, [contenteditable]";
  /** What present-screens.js knows of the page, once it is there. @type {any} */
  let divided = null;
  let live = ""; // the elements of live models
  /** @typedef {{section: number, part: number, parts: number, blocks: HTMLElement[]}} Screen */
  /** @type {Screen[]} */
  let screens = [];
  let at = 0;
  /** @type {string | null} what was asked for and is not there */
  let unknown = null;
  let tall = false; // the screen scrolls, since something on it cannot be divided

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
  const full = button("Full screen", () =>
    document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen(),
  );
  full.className = "present-full";
  full.hidden = !document.fullscreenEnabled;
  bar.append(back, where, next, full, button("Leave", leave));

  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = new URL("../stylesheets/present.css", here).href;
  const divider = document.createElement("script");
  divider.src = new URL("present-screens.js", here).href;
  Promise.all(
    [styles, divider].map((part) => new Promise((done) => part.addEventListener("load", done))),
  ).then(begin);
  document.head.append(styles, divider);

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
    divided = window.fieldguideScreens(article, bar);
    live = window.fieldguideScreens.LIVE;
    divide();
    const asked = new URLSearchParams(location.search).get("present") || "";
    const found = asked
      ? divided.place(asked)
      : Math.max(0, divided.holding(document.getElementById(location.hash.slice(1))));
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
    const heading = divided.sections[screens[at].section][0];
    root.classList.remove("present-dark");
    for (const [name, act] of /** @type {[string, EventListener][]} */ (
      Object.entries({ hashchange: followed, resize: resized, load: again })
    ))
      removeEventListener(name, act);
    removeEventListener("keydown", pressed, true);
    article.removeEventListener("toggle", again, true);
    article.removeEventListener("touchstart", touched);
    article.removeEventListener("touchend", swiped);
    clearTimeout(waiting);
    watch.disconnect();
    divided.clear();
    bar.remove();
    styles.remove();
    root.classList.remove("presenting", "present-tall");
    if (document.fullscreenElement) document.exitFullscreen();
    remember(null, heading.id);
    heading.scrollIntoView();
  }

  function divide() {
    watch.disconnect();
    screens = divided.divide();
    for (const part of article.querySelectorAll(live)) watch.observe(part);
  }

  /** @param {number} wanted */
  function show(wanted) {
    at = Math.max(0, Math.min(screens.length - 1, wanted));
    const { section, part, parts, blocks } = screens[at];
    const heading = divided.sections[section][0];
    divided.reveal(screens[at]);
    scrollTo(0, 0);
    tall =
      Math.max(...blocks.map((block) => block.getBoundingClientRect().bottom)) >
      innerHeight - bar.offsetHeight + 1;
    root.classList.toggle("present-tall", tall);
    const name = make("span", "present-name");
    name.textContent = ` · ${guide.text(heading)}${parts > 1 ? ` (${part + 1} of ${parts})` : ""}`;
    where.replaceChildren(`${at + 1} / ${screens.length}`, name);
    if (unknown !== null)
      where.textContent = `There is no screen “${unknown}” on this page. This is the first of ${screens.length}.`;
    back.disabled = !at;
    next.disabled = at === screens.length - 1;
  }

  /** @param {number} wanted */
  function go(wanted) {
    if (wanted < 0 || wanted >= screens.length) return;
    unknown = null;
    show(wanted);
    const { section, part } = screens[at];
    remember(`${divided.sections[section][0].id || section + 1}${part ? `.${part + 1}` : ""}`, "");
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

  function followed() {
    const found = divided.holding(document.getElementById(location.hash.slice(1)));
    if (found >= 0) go(found);
  }

  let waiting = 0;
  function again() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const [first, seen] = [screens[at].blocks[0], scrollY];
      divide();
      show(Math.max(0, divided.holding(first)));
      scrollTo(0, seen);
    }, 150);
  }

  let size = [innerWidth, innerHeight];
  /** The bar of a phone's browser that goes while one scrolls is no other window. */
  function resized() {
    const same =
      innerWidth === size[0] && Math.abs(innerHeight - size[1]) < (innerWidth < 720 ? 120 : 1);
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
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]"))
      return;
    if (root.classList.contains("present-dark")) {
      root.classList.remove("present-dark");
      return take(event);
    }
    const inside = target.closest(`${TYPED}, ${live}`);
    const acts = target.closest("button, a, summary, [tabindex='0']");
    const step =
      { PageDown: 1, PageUp: -1 }[event.key] || // a remote works wherever the focus is
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
    const held = part?.closest(`${TYPED}, ${live}`);
    for (; part && part !== article; part = part.parentElement) {
      if (
        part.scrollWidth > part.clientWidth + 1 &&
        /auto|scroll/.test(getComputedStyle(part).overflowX)
      )
        break;
    }
    const [finger] = event.touches;
    start =
      held || part !== article || event.touches.length > 1
        ? null
        : { x: finger.clientX, y: finger.clientY };
  }

  /** @param {TouchEvent} event */
  function swiped(event) {
    const [finger] = event.changedTouches;
    const [x, y] = start ? [finger.clientX - start.x, finger.clientY - start.y] : [0, 0];
    start = null;
    if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(y) && (visualViewport?.scale || 1) < 1.05)
      go(at + (x < 0 ? 1 : -1));
  }
})();
