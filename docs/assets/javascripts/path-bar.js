// A reading path stays in the address as `?path=its-id`; a slim bar says where one is, and leads on, back and out.
// Loaded by page.js where the address names a path; the sections of all paths come as a script, which works from a disk too.
(function () {
  "use strict";
  const guide = window.fieldguide;
  const article = document.querySelector(".md-content__inner");
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  if (!guide || !article) return;
  const ROOT = new URL("../../", here);
  const KEY = "fieldguide:read"; // what is ticked on the page of the paths
  const asked = new URLSearchParams(location.search).get("path") || "";
  const embedded = document.documentElement.classList.contains("embed");

  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = new URL("../stylesheets/path-bar.css", here).href;
  const data = document.createElement("script");
  data.src = new URL("path-data.js", here).href;
  let missing = 2;
  for (const part of [styles, data]) {
    part.addEventListener("load", () => --missing || begin());
    part.addEventListener("error", () => {}); // the page is whole without a bar
    document.head.append(part);
  }

  /** @typedef {{page: string, id: string, title: string, minutes: number}} Stop */

  function begin() {
    /** @type {{title: string, list: string, stops: Stop[]} | undefined} */
    const path = Object.hasOwn(window.fieldguidePaths, asked)
      ? window.fieldguidePaths[asked]
      : undefined;
    const bar = document.createElement("nav");
    bar.className = "path-bar";
    /** @type {Element} */ (article).append(bar);
    document.documentElement.classList.add("on-path");
    const show = () => {
      for (const old of document.querySelectorAll(".path-end")) old.remove();
      if (!path)
        tell(
          bar,
          `There is no reading path “${asked.slice(0, 40)}” in this guide, so this page stands by itself.`,
          list("learn/paths.html", "All paths"),
        );
      else {
        const at = position(path.stops);
        if (at < 0)
          tell(
            bar,
            `This section is not on the path “${path.title}”.`,
            to(path.stops[0], "Begin the path"),
          );
        else lead(bar, path, at);
      }
    };
    show();
    window.addEventListener("hashchange", show);
  }

  /** Where on the path this is: by the section in the address, else by the first one on this page. @param {Stop[]} stops */
  function position(stops) {
    const page = decodeURIComponent(location.pathname);
    const named = (/** @type {Stop} */ stop) =>
      page.endsWith(`/${stop.page}`) || (page.endsWith("/") && stop.page === "index.html");
    const at = stops.findIndex((stop) => named(stop) && stop.id === location.hash.slice(1));
    if (at >= 0) return at;
    const known = location.hash.length > 1 && !document.getElementById(location.hash.slice(1));
    return known ? -1 : stops.findIndex(named);
  }

  /** @param {HTMLElement} bar @param {string} sentence @param {HTMLElement} way */
  function tell(bar, sentence, way) {
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", () => bar.remove());
    const note = document.createElement("p");
    note.setAttribute("role", "status");
    note.append(sentence);
    bar.setAttribute("aria-label", "Reading path");
    bar.replaceChildren(note, way, close);
  }

  /** @param {HTMLElement} bar @param {{title: string, list: string, stops: Stop[]}} path @param {number} at */
  function lead(bar, path, at) {
    const { stops, title } = path;
    const stop = stops[at];
    bar.setAttribute("aria-label", `Reading path: ${title}`);
    const where = document.createElement("p");
    where.className = "path-where";
    const name = document.createElement("b");
    name.textContent = title;
    const left = stops.slice(at).reduce((sum, one) => sum + one.minutes, 0);
    const more = document.createElement("span");
    more.textContent = ` · ${left} min to go`;
    where.append(name, ` ${at + 1} of ${stops.length}`, more);
    const back = at ? to(stops[at - 1], "Back") : list(path.list, "Back");
    back.className = "path-back";
    const next = at + 1 < stops.length ? to(stops[at + 1], "Next") : list(path.list, "Done");
    next.className = "path-next";
    if (at + 1 < stops.length) {
      const label = document.createElement("span");
      label.textContent = `: ${stops[at + 1].title}`;
      next.append(label);
    }
    next.addEventListener("click", () => tick(stop.id));
    const out = document.createElement("a");
    const alone = new URL(location.href);
    alone.searchParams.delete("path");
    out.href = alone.href.replace(/([?&]embed)=(?=$|[&#])/, "$1");
    out.className = "path-out";
    out.textContent = "Leave";
    out.setAttribute("aria-label", `Leave the path ${title} and stay on this page`);
    const line = document.createElement("progress");
    line.max = stops.length;
    line.value = at + 1;
    line.setAttribute("aria-hidden", "true");
    bar.replaceChildren(line, back, where, next, out);
    mark(stop, next);
  }

  /** Say where the section ends, without moving anything. @param {Stop} stop @param {HTMLAnchorElement} next */
  function mark(stop, next) {
    const heading = document.getElementById(stop.id);
    if (embedded || !heading || !/^H[2-4]$/.test(heading.tagName)) return;
    let after = heading.nextElementSibling;
    while (after && !(after.matches("h1, h2, h3, h4") && after.tagName <= heading.tagName))
      after = after.nextElementSibling;
    if (!after) return;
    const end = document.createElement("div");
    end.className = "path-end";
    const way = /** @type {HTMLAnchorElement} */ (next.cloneNode(true));
    way.addEventListener("click", () => tick(stop.id));
    end.append(way);
    after.before(end);
  }

  /** @param {Stop} stop @param {string} label @returns {HTMLAnchorElement} */
  function to(stop, label) {
    const found = link(
      new URL(
        `${stop.page}?${embedded ? "embed&" : ""}path=${asked in window.fieldguidePaths ? asked : ""}#${stop.id}`,
        ROOT,
      ).href,
      label,
    );
    found.title = stop.title;
    return found;
  }

  /** @param {string} page @param {string} label the place outside of the path @returns {HTMLAnchorElement} */
  function list(page, label) {
    const found = link(new URL(page, ROOT).href, label);
    if (embedded) found.target = "_top";
    return found;
  }

  /** @param {string} href @param {string} label @returns {HTMLAnchorElement} */
  function link(href, label) {
    const made = document.createElement("a");
    made.href = href;
    made.textContent = label;
    return made;
  }

  /** A section that is left by "Next" has been read. @param {string} id */
  function tick(id) {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
      const read = new Set(Array.isArray(kept) ? kept : []);
      localStorage.setItem(KEY, JSON.stringify([...read.add(id)]));
    } catch {
      // A browser that keeps nothing leads on all the same.
    }
  }
})();
