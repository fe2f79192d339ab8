// One section by itself: in a frame, for `?embed`, and on paper. Also follows notes of what has moved.
(function () {
  "use strict";

  const article = /** @type {HTMLElement} */ (document.querySelector(".md-content__inner"));
  const data = document.getElementById("guide-links");
  if (!article || !data) return;

  /** @type {{ site: string, base: string, name: string, version: string }} */
  const facts = JSON.parse(data.textContent || "{}");
  const OUT = "section-out";
  const HEADING = "h1, h2, h3, h4, h5, h6";
  const root = document.documentElement;

  /** @returns {string} the id after the # of the address, or nothing */
  function wanted() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return location.hash.slice(1);
    }
  }

  /** @param {string} id @param {string} [query] @returns {string} the address to hand out for an id */
  function address(id, query = "") {
    if (facts.site && !/^((src|q)-|(glossary|sources)-[a-z]$)/.test(id))
      return `${facts.site}s/${id}.html${query}`;
    const here = new URL(location.href);
    here.search = query;
    here.hash = id;
    return here.href;
  }

  /** @param {Element | null} element @returns {string} the text of a heading */
  function text(element) {
    if (!element) return "";
    const copy = /** @type {Element} */ (element.cloneNode(true));
    for (const part of copy.querySelectorAll(".headerlink")) part.remove();
    return (copy.textContent || "").replace(/\s+/g, " ").trim();
  }

  /** @param {string} id @returns {string} the title of the page, and that of a section on it */
  function title(id) {
    const page = text(article.querySelector("h1"));
    const element = document.getElementById(id);
    const heading = element && element.closest(HEADING);
    return heading && heading.tagName !== "H1" ? `${page}: ${text(heading)}` : page;
  }

  /** @param {Element} element @returns {Element[]} what belongs to its section; [] is the whole page */
  function parts(element) {
    const heading = element.closest(HEADING);
    const first =
      heading || element.closest("dt, tr, li, figure, guide-question, .moved") || element;
    if (first.tagName === "H1") return [];
    const found = [first];
    for (let next = first.nextElementSibling; next; next = next.nextElementSibling) {
      if (heading ? next.matches(HEADING) && next.tagName <= first.tagName : next.tagName !== "DD")
        break;
      if (!heading && first.tagName !== "DT") break;
      found.push(next);
    }
    return found;
  }

  /** Hide all but the section of an id, and say where it is from. @param {string} id */
  function isolate(id) {
    restore();
    const element = id ? document.getElementById(id) : null;
    const known = element && article.contains(element);
    let kept = known ? parts(element) : [];
    while (kept.length && kept[0] !== article && kept[0].parentElement) {
      const parent = kept[0].parentElement;
      for (const child of parent.children) {
        if (!kept.includes(child) && !child.matches("thead, .path-bar")) child.classList.add(OUT);
      }
      kept = [parent];
    }
    article.append(source(known ? id : ""));
    if (id && !known) article.prepend(missing(id));
  }

  /** Show the whole page again. */
  function restore() {
    for (const part of article.querySelectorAll(`.${OUT}`)) part.classList.remove(OUT);
    for (const part of article.querySelectorAll(".section-source, .section-missing")) part.remove();
  }

  /** @param {string} id @returns {Element} the line that names source and license */
  function source(id) {
    const top = article.querySelector("h1");
    const line = document.createElement("p");
    line.className = "section-source";
    line.append(
      "From ",
      link(title(id), address(id || (top ? top.id : ""))),
      ` in ${facts.name}, version `,
    );
    line.append(
      `${facts.version}, `,
      link("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
      ".",
    );
    return line;
  }

  /** @param {string} id @returns {Element} a message */
  function missing(id) {
    const line = document.createElement("p");
    line.className = "section-missing";
    line.setAttribute("role", "alert");
    line.append(`There is no section “${id}” here, so the whole page is shown. `);
    line.append(
      link("Look for it in the list of all sections", `${facts.base}/courses/contents.html`),
      ".",
    );
    return line;
  }

  /** @param {string} label @param {string} href */
  function link(label, href) {
    const element = document.createElement("a");
    element.href = href;
    element.target = "_top";
    element.append(label);
    return element;
  }

  /** Go on from a note that says where a section has moved. @returns {boolean} whether it does */
  function jump() {
    const notes = [...article.querySelectorAll(".moved-all .moved")];
    const goals = /** @type {HTMLAnchorElement[]} */ (notes.map((note) => note.querySelector("a")));
    const pages = new Set(goals.map((goal) => (goal ? goal.pathname : "")));
    const element = document.getElementById(wanted());
    /** @type {HTMLAnchorElement | null} */
    let goal = element && element.matches(".moved[data-jump]") ? element.querySelector("a") : null;
    const together =
      !location.hash && pages.size === 1 && notes.every((note) => note.matches("[data-jump]"));
    if (!goal && !together) return false;
    const next = new URL((goal || goals[0]).href);
    if (!goal) next.hash = "";
    next.search = location.search;
    location.replace(next);
    return true;
  }

  /** The view within a frame. */
  function embed() {
    const show = () => {
      isolate(wanted());
      for (const anchor of document.querySelectorAll("a[href]:not(.path-bar a)")) {
        const element = /** @type {HTMLAnchorElement} */ (anchor);
        const url = new URL(element.href);
        url.searchParams.delete("embed");
        if (url.origin === location.origin && /^(https?|file):$/.test(url.protocol))
          element.href = url.href;
        element.target = "_top";
      }
    };
    const report = () => {
      const height = Math.ceil(article.getBoundingClientRect().bottom + window.scrollY);
      parent.postMessage({ type: "fieldguide:height", id: wanted(), height }, "*");
    };
    show();
    window.addEventListener("load", show);
    window.addEventListener("hashchange", () => jump() || show());
    if (window.parent !== window) new ResizeObserver(report).observe(article);
  }

  window.fieldguide = { facts, address, title, text, isolate, restore };
  if (jump()) return;
  if (root.classList.contains("embed")) embed();
  else window.addEventListener("hashchange", jump);
})();
