// What helps to find one's way, loaded after the page: notes beside citations and terms, the contents on
// a phone, how far one has read, copies of code, the filter of the glossary. Without it links remain.
(function () {
  "use strict";

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const content = /** @type {HTMLElement | null} */ (document.querySelector(".md-content__inner"));
  if (!content || document.documentElement.classList.contains("embed")) return;

  /**
   * @param {string} name @param {Record<string, string>} [attributes] @param {(string | Node)[]} children
   * @returns {HTMLElement}
   */
  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  /** The notes of all sources and terms, once somebody asks. @type {Promise<Record<string, string[]>> | undefined} */
  let asked;
  function notes() {
    asked =
      asked ||
      new Promise((resolve) => {
        const data = document.createElement("script");
        data.onload = () => resolve(/** @type {any} */ (self).fieldguideNotes || {});
        data.onerror = () => resolve({}); // the link remains
        data.src = new URL("notes-data.js", script.src).href;
        document.head.append(data);
      });
    return asked;
  }

  /** @type {HTMLElement | null} */
  let shown = null;
  /** @type {HTMLAnchorElement | null} */
  let about = null;
  let wait = 0;
  const LINKS = "a.cite, a.term";

  function hide() {
    clearTimeout(wait);
    if (shown) shown.remove();
    if (about) about.removeAttribute("aria-describedby");
    shown = about = null;
  }

  /** Put the note below its link, or above it where there is no room. */
  function place() {
    if (!shown || !about) return;
    const [at, own] = [about.getClientRects()[0], shown.getBoundingClientRect()];
    const below = at.bottom + own.height + 8 < innerHeight;
    shown.style.left = `${Math.max(8, Math.min(at.left, innerWidth - own.width - 8))}px`;
    shown.style.top = `${below ? at.bottom + 2 : Math.max(8, at.top - own.height - 2)}px`;
  }

  /** @param {HTMLAnchorElement} link */
  async function show(link) {
    if (about === link) return;
    hide();
    about = link;
    const note = (await notes())[link.hash.slice(1)];
    if (!note || about !== link || shown) return; // asked for twice, it is shown once
    const [label, text, address] = note;
    shown = make(
      "span",
      { class: "note", id: "note", role: "note" },
      make("b", {}, label),
      make("span", {}, text),
    );
    if (address)
      shown.append(
        make("a", { href: address, rel: "noopener" }, address.replace(/^https?:\/\//, "")),
      );
    link.after(shown); // behind the link, so that the keyboard comes to it next
    link.setAttribute("aria-describedby", "note");
    place();
    shown.addEventListener("pointerenter", () => clearTimeout(wait));
    shown.addEventListener("pointerleave", () => (wait = setTimeout(hide, 250)));
  }

  /** @param {Event} event @returns {HTMLAnchorElement | null} the citation or term that an event is about */
  const linkOf = (event) => (event.target instanceof Element ? event.target.closest(LINKS) : null);

  content.addEventListener("pointerover", (event) => {
    const link = linkOf(event);
    if (!link || event.pointerType === "touch") return;
    clearTimeout(wait);
    wait = setTimeout(() => show(link), 150);
  });
  content.addEventListener("pointerout", (event) => {
    if (!linkOf(event) || event.pointerType === "touch") return;
    clearTimeout(wait);
    wait = setTimeout(hide, 250);
  });
  content.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link && link.matches(":focus-visible")) show(link);
    else if (shown && !shown.contains(/** @type {Node} */ (event.target))) hide();
  });
  let touched = false;
  addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"));
  content.addEventListener("click", (event) => {
    const link = linkOf(event);
    if (link && touched && about !== link) {
      event.preventDefault(); // the first touch shows the note, the second follows the link
      show(link);
    } else if (shown && !shown.contains(/** @type {Node} */ (event.target))) hide();
  });
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  const scrolled = () => {
    const kept =
      about === document.activeElement || (shown && shown.contains(document.activeElement));
    if (kept) place(); // a focus from the keyboard scrolls by itself
    else if (shown) hide();
  };
  addEventListener("scroll", scrolled, { passive: true });

  /** How far one has read, as a line below the head of the page. */
  function progress() {
    const line = make("div", { class: "read-so-far", "aria-hidden": "true" });
    document.body.append(line);
    const draw = () => {
      const whole = document.documentElement.scrollHeight - innerHeight;
      line.style.transform = `scaleX(${whole > 0 ? Math.min(1, scrollY / whole) : 0})`;
    };
    addEventListener("scroll", draw, { passive: true });
    addEventListener("resize", draw);
    draw();
  }

  /** On a narrow screen the contents of a page are behind a button that stays in sight. */
  function contents() {
    const entries = [...document.querySelectorAll(".md-content :is(h2, h3)[id]")];
    if (entries.length < 3) return;
    const list = make("ol");
    for (const heading of entries) {
      const name = (heading.firstChild ? heading.cloneNode(true) : heading).textContent || "";
      const link = make("a", { href: `#${heading.id}` }, name.replace(/#\s*$/, "").trim());
      if (heading.tagName === "H2" || !list.lastChild) list.append(make("li", {}, link));
      else {
        const last = /** @type {HTMLElement} */ (list.lastChild);
        if (!last.querySelector("ol")) last.append(make("ol"));
        /** @type {HTMLElement} */ (last.querySelector("ol")).append(make("li", {}, link));
      }
    }
    const close = make("button", { type: "button" }, "Close");
    const dialog = /** @type {HTMLDialogElement} */ (
      make(
        "dialog",
        { class: "contents-list md-typeset", "aria-label": "On this page" },
        make("p", {}, "On this page"),
        list,
        close,
      )
    );
    const open = make("button", { type: "button", class: "contents-open" }, "Contents");
    open.addEventListener("click", () => dialog.showModal());
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || (event.target instanceof Element && event.target.closest("a")))
        dialog.close();
    });
    document.body.append(open, dialog);
  }

  /** Each piece of code can be copied. */
  function copies() {
    for (const code of document.querySelectorAll(".md-content div.highlight pre > code")) {
      const copy = make("button", { type: "button", class: "code-copy" }, "Copy");
      copy.addEventListener("click", async () => {
        let done = true;
        try {
          await navigator.clipboard.writeText(code.textContent || "");
        } catch {
          getSelection()?.selectAllChildren(code);
          done = document.execCommand("copy");
        }
        copy.textContent = done ? "Copied" : "Copy by hand";
        setTimeout(() => (copy.textContent = "Copy"), 2000);
      });
      const box = code.closest("div.highlight");
      if (box) box.append(copy);
    }
  }

  /** The glossary: its letters in a row, and a filter. */
  function glossary() {
    const letters = [...document.querySelectorAll(".md-content h2.index")];
    const terms = [...document.querySelectorAll(".md-content dl.terms > dt")];
    if (!letters.length || !terms.length) return;
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "search" }));
    const status = make("span", { role: "status" });
    const tools = document.querySelector(".glossary-tools");
    const row = tools?.querySelector("p");
    if (!tools || !row) return;
    row.setAttribute("role", "navigation");
    row.setAttribute("aria-label", "Letters");
    box.addEventListener("input", () => {
      const wanted = box.value.trim().toLowerCase();
      let found = 0;
      for (const term of terms) {
        const meaning = /** @type {HTMLElement} */ (term.nextElementSibling);
        const fits = `${term.textContent} ${meaning.textContent}`.toLowerCase().includes(wanted);
        /** @type {HTMLElement} */ (term).hidden = meaning.hidden = !fits;
        found += Number(fits);
      }
      for (const heading of /** @type {HTMLElement[]} */ (letters)) {
        const list = /** @type {HTMLElement | null} */ (
          heading.nextElementSibling?.matches("dl") ? heading.nextElementSibling : null
        );
        heading.hidden = Boolean(list && !list.querySelector("dt:not([hidden])"));
      }
      status.textContent = found ? `${found} of ${terms.length} terms` : "No term fits.";
    });
    tools.prepend(
      make("div", { class: "glossary-filter" }, make("label", {}, "Filter ", box), status),
    );
  }

  progress();
  contents();
  copies();
  if (content.querySelector("dl.terms")) glossary();
})();
