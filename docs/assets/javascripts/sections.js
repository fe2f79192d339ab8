// "Use this section": one small menu at each heading. Without JavaScript the plain link remains.
(function () {
  "use strict";

  const guide = window.fieldguide;
  if (!guide || document.documentElement.classList.contains("embed")) return;
  const { facts, address, title, text } = guide;

  const ICON =
    '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M5.6 7.1l4.8-2.7M5.6 8.9l4.8 2.7"/>' +
    '<circle cx="4" cy="8" r="1.9"/><circle cx="12" cy="3.5" r="1.9"/><circle cx="12" cy="12.5" r="1.9"/></svg>';

  /** @param {string} value */
  const escapeHtml = (value) =>
    value
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;");

  /** @param {string} value */
  const escapeTex = (value) =>
    value.replace(/[\\~^]|[&%$#_{}]/g, (mark) =>
      "\\~^".includes(mark)
        ? `\\text${{ "\\": "backslash", "~": "asciitilde", "^": "asciicircum" }[mark]}{}`
        : `\\${mark}`,
    );

  /** What can be copied: its name in the menu, and the text for an id. */
  const FORMS = [
    { name: "link", label: "Link", make: address },
    {
      name: "markdown",
      label: "Markdown",
      /** @param {string} id */
      make(id) {
        const label = title(id)
          .replace(/[\\`*_[\]]/g, "\\$&")
          .replace(/</g, "&lt;");
        return `[${label}](${address(id).replace(/\(/g, "%28").replace(/\)/g, "%29")})`;
      },
    },
    {
      name: "html",
      label: "HTML",
      /** @param {string} id */
      make: (id) => `<a href="${escapeHtml(address(id))}">${escapeHtml(title(id))}</a>`,
    },
    {
      name: "apa",
      label: "Citation (APA)",
      /** @param {string} id */
      make(id) {
        const day = new Date(`${facts.version}T00:00:00Z`);
        const month = day.toLocaleDateString("en-US", { month: "long", timeZone: "UTC" });
        const date = `${day.getUTCFullYear()}, ${month} ${day.getUTCDate()}`;
        return `${facts.name}. (${date}). ${title(id)}. ${address(id)}`;
      },
    },
    {
      name: "bibtex",
      label: "Citation (BibTeX)",
      /** @param {string} id */
      make: (id) =>
        [
          `@incollection{fieldguide-${id},`,
          `  author = {{${escapeTex(facts.name)}}},`,
          `  title = {{${escapeTex(title(id))}}},`,
          `  booktitle = {{${escapeTex(facts.name)}}},`,
          `  year = {${facts.version.slice(0, 4)}},`,
          `  note = {Version ${facts.version}, CC BY 4.0},`,
          `  url = {${address(id)}}`,
          "}",
        ].join("\n"),
    },
    {
      name: "embed",
      label: "Embed code",
      /** @param {string} id */
      make: (id) =>
        `<iframe src="${escapeHtml(address(id, "?embed"))}" title="${escapeHtml(title(id))}" ` +
        'width="100%" height="600" style="border: 0" loading="lazy"></iframe>',
    },
  ];

  /** @type {HTMLButtonElement | null} the button whose menu is open */
  let open = null;

  /** @param {HTMLElement} heading */
  const name = (heading) => (heading.tagName === "H1" ? "Use this page" : "Use this section");

  /** @param {HTMLElement} heading @param {string} margin the space below it */
  function addButton(heading, margin) {
    const box = document.createElement("div");
    box.className = "section-use";
    box.style.setProperty("--up", margin);
    const button = document.createElement("button");
    button.type = "button";
    button.innerHTML = ICON;
    button.dataset.name = name(heading);
    button.setAttribute("aria-label", `${name(heading)}: ${text(heading)}`);
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => (open === button ? close() : show(button, heading)));
    box.append(button);
    heading.after(box);
  }

  /** @param {HTMLButtonElement} button @param {HTMLElement} heading */
  function show(button, heading) {
    close();
    open = button;
    button.setAttribute("aria-expanded", "true");
    button.after(menu(heading));
  }

  function close() {
    if (!open) return;
    open.setAttribute("aria-expanded", "false");
    if (open.nextElementSibling) open.nextElementSibling.remove();
    open = null;
  }

  /** @param {HTMLElement} heading */
  function menu(heading) {
    const id = heading.id;
    const panel = document.createElement("div");
    panel.className = "section-menu";
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", name(heading));
    panel.append(paragraph("section-menu-title", `${name(heading)}: copy`));
    const status = paragraph("section-menu-status", "");
    status.setAttribute("role", "status");
    for (const form of FORMS) {
      const copyButton = item(panel, form.name, form.label);
      copyButton.addEventListener("click", () =>
        copy(form.make(id), form.label, status, copyButton),
      );
    }
    if (facts.site) {
      const code = item(panel, "qr", "QR code");
      code.setAttribute("aria-expanded", "false");
      code.addEventListener("click", () => toggleCode(code, id));
    }
    item(panel, "present", "Present").addEventListener(
      "click",
      () => (location.search = `?present=${id}`),
    );
    item(panel, "print", "Print only this").addEventListener("click", () => print(id));
    panel.append(status);
    const more = document.createElement("a");
    more.href = `${facts.base}/courses/index.html`;
    more.textContent = "For course authors";
    const last = paragraph("section-menu-more", "");
    if (!facts.site)
      last.append("This copy knows no public address: links lead to where you read it. ");
    last.append(more);
    panel.append(last);
    return panel;
  }

  /** @param {string} className @param {string} content */
  function paragraph(className, content) {
    const element = document.createElement("p");
    element.className = className;
    element.textContent = content;
    return element;
  }

  /** @param {HTMLElement} panel @param {string} name @param {string} label */
  function item(panel, name, label) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.use = name;
    button.textContent = label;
    panel.append(button);
    return button;
  }

  /** @param {HTMLButtonElement} button @param {string} id */
  function toggleCode(button, id) {
    const shown = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!shown));
    if (shown) {
      if (button.nextElementSibling) button.nextElementSibling.remove();
      return;
    }
    const link = document.createElement("a");
    link.className = "section-menu-code";
    link.href = `${facts.base}/s/${id}.svg`;
    link.download = `${id}.svg`;
    const image = document.createElement("img");
    image.src = link.href;
    image.alt = `QR code of ${address(id)}`;
    link.append(image, "Save as SVG");
    button.after(link);
  }

  /**
   * @param {string} content
   * @param {string} label
   * @param {HTMLElement} status
   * @param {HTMLElement} button
   */
  async function copy(content, label, status, button) {
    status.textContent = "";
    let done = false;
    try {
      await navigator.clipboard.writeText(content);
      done = true;
    } catch {
      // Refused, or not there at all: the old way below, and failing that, by hand.
    }
    const area = document.createElement("textarea");
    if (!done) {
      area.value = content;
      area.readOnly = true;
      area.setAttribute("aria-label", label);
      status.after(area);
      area.select();
      try {
        done = document.execCommand("copy");
      } catch {
        done = false;
      }
      if (done) {
        area.remove();
        button.focus();
      }
    }
    for (const other of status.parentElement
      ? status.parentElement.querySelectorAll("textarea")
      : []) {
      if (done || other !== area) other.remove();
    }
    status.textContent = done
      ? `${label} copied.`
      : "The browser refuses to copy. The text is selected: copy it by hand.";
  }

  /** @param {string} id */
  function print(id) {
    close();
    guide.isolate(id);
    window.addEventListener("afterprint", guide.restore, { once: true });
    window.print();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open) return;
    const button = open;
    close();
    button.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    const box = open && open.parentElement;
    if (box && !box.contains(/** @type {Node} */ (event.target))) close();
  });
  document.addEventListener("focusin", (event) => {
    const box = open && open.parentElement;
    if (box && !box.contains(/** @type {Node} */ (event.target))) close();
  });

  // All margins first: to ask for one after each change would lay the page out each time.
  /** @type {HTMLElement[]} */
  const headings = /** @type {HTMLElement[]} */ ([
    ...document.querySelectorAll(".md-content__inner :is(h1, h2, h3, h4)[id]:not(.index)"),
  ]);
  const margins = headings.map((heading) => getComputedStyle(heading).marginBottom);
  headings.forEach((heading, place) => addButton(heading, margins[place]));
})();
