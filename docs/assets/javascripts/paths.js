// The reading paths: tick what you have read, see what is left, copy a path as a Markdown list.
// What is ticked stays on this device; nothing is sent.
(function () {
  "use strict";

  const KEY = "fieldguide:read";
  const paths = /** @type {HTMLElement[]} */ ([
    ...document.querySelectorAll("div.path[data-path]"),
  ]);
  if (!paths.length) return;
  const known = new Set(paths.flatMap((path) => items(path).map(sectionOf)));
  const read = new Set(load());
  const blocked = !save();
  const redraws = paths.map(enhance);
  window.addEventListener("storage", (event) => {
    if (event.key !== KEY && event.key !== null) return;
    read.clear();
    for (const section of load()) read.add(section);
    for (const redraw of redraws) redraw();
  });

  /** @param {HTMLElement} path @returns {HTMLLIElement[]} */
  function items(path) {
    return /** @type {HTMLLIElement[]} */ ([...path.querySelectorAll("li[data-section]")]);
  }

  /** @param {HTMLLIElement} item @returns {string} the id of the section that an item leads to */
  function sectionOf(item) {
    return item.dataset.section || "";
  }

  /** @returns {string[]} the sections that were ticked, as far as they are on a path still */
  function load() {
    try {
      const stored = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(stored) ? stored.filter((section) => known.has(section)) : [];
    } catch {
      return [];
    }
  }

  /** @returns {boolean} whether the browser keeps what is ticked */
  function save() {
    try {
      if (read.size) localStorage.setItem(KEY, JSON.stringify([...read]));
      else localStorage.removeItem(KEY);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * @param {HTMLElement} path
   * @returns {() => void} shows the state of the path anew
   */
  function enhance(path) {
    const boxes = items(path).map((item) => {
      const box = document.createElement("input");
      const label = document.createElement("label");
      const words = document.createElement("span");
      box.type = "checkbox";
      words.textContent = `Read: ${linkOf(item).textContent}`;
      label.append(box, words);
      item.prepend(label);
      box.addEventListener("change", () => {
        if (box.checked) read.add(sectionOf(item));
        else read.delete(sectionOf(item));
        save();
        for (const redraw of redraws) redraw();
      });
      return box;
    });
    const status = document.createElement("p");
    status.className = "path-status";
    status.setAttribute("role", "status");
    const tools = document.createElement("p");
    tools.className = "path-tools";
    const copied = document.createElement("span");
    copied.setAttribute("role", "status");
    const forget = button("Clear the ticks", () => {
      for (const item of items(path)) read.delete(sectionOf(item));
      save();
      for (const redraw of redraws) redraw();
    });
    tools.append(
      button("Copy as Markdown list", async () => {
        const done = await copy(markdown(path));
        copied.textContent = done ? "Copied." : "The browser does not allow copying.";
      }),
      forget,
      copied,
    );
    path.classList.add("path-on");
    /** @type {HTMLElement} */ (path.querySelector("ol")).before(status, tools);

    function redraw() {
      const all = items(path);
      let done = 0;
      let left = 0;
      all.forEach((item, place) => {
        const ticked = read.has(sectionOf(item));
        boxes[place].checked = ticked;
        if (ticked) done += 1;
        else left += Number(item.dataset.minutes);
      });
      const note = blocked
        ? " This browser keeps no ticks: they last until you leave the page."
        : "";
      const minutes = `${left} minute${left === 1 ? "" : "s"}`;
      const text = `${done} of ${all.length} sections read, ${minutes} left.${note}`;
      if (status.textContent !== text) status.textContent = text;
      forget.hidden = done === 0;
    }
    redraw();
    return redraw;
  }

  /** @param {string} words @param {() => void} action @returns {HTMLButtonElement} */
  function button(words, action) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", action);
    return made;
  }

  /** @param {HTMLLIElement} item @returns {HTMLAnchorElement} */
  function linkOf(item) {
    return /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
  }

  /**
   * The hosted address stands in the list where the site knows it; otherwise the page's own.
   * @param {HTMLElement} path
   * @returns {string}
   */
  function markdown(path) {
    const canonical = document.querySelector('link[rel="canonical"]');
    const base = canonical instanceof HTMLLinkElement ? canonical.href : location.href;
    const lines = items(path).map((item) => {
      const link = linkOf(item);
      const address = new URL(link.getAttribute("href") || "", base).href;
      const mark = read.has(sectionOf(item)) ? "x" : " ";
      return `- [${mark}] [${link.textContent}](${address}) (${item.dataset.minutes} min)`;
    });
    return `**${path.dataset.title}**\n\n${lines.join("\n")}\n`;
  }

  /** @param {string} text @returns {Promise<boolean>} */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.setAttribute("readonly", "");
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }
})();
