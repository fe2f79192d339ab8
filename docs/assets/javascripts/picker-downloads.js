// What a selection can be taken away as: a cartridge, lists, or a link to it.
(function () {
  "use strict";

  const picked = window.fieldguidePicked;
  const { el, button } = window.fieldguidePickerParts;
  const packaging = window.fieldguidePackaging;
  const LONG = 6000; // letters of an address from which on some servers refuse it

  class Downloads {
    /** @param {any} kit @param {URL} root of the site @param {(path: string) => Promise<void>} load */
    constructor(kit, root, load) {
      this.kit = kit;
      this.root = root;
      this.load = load;
      this.base = kit.site || root.href;
      // Whether links of this copy lead somewhere from another computer.
      this.linked = Boolean(kit.site) || /^https?:$/.test(root.protocol);
      this.standard = `Selection from the ${kit.name}`;
      this.named = false;
      /** @type {string[]} */
      this.ids = [];
      this.node = this.build();
    }

    /** @returns {HTMLElement} */
    build() {
      this.name = el("input", { type: "text", maxlength: 120, value: this.standard });
      this.name.addEventListener("input", () => (this.named = true));
      this.asked = el("input", { type: "checkbox", checked: true });
      this.askedWords = el("span");
      this.done = el("p", { class: "picker-status", role: "status" });
      this.buttons = [
        button("Cartridge (.imscc)", () => this.saveCartridge(), { class: "picker-main" }),
        button("SCORM package (.zip)", () => this.saveScorm()),
        button("Moodle questions (.xml)", () => this.saveBank()),
        button("Markdown", () =>
          this.save(
            "md",
            "text/markdown",
            picked.markdown(this.kit, this.ids, this.title(), this.base),
          ),
        ),
        button("HTML", () =>
          this.save("html", "text/html", picked.html(this.kit, this.ids, this.title(), this.base)),
        ),
        button("CSV", () =>
          this.save("csv", "text/csv", picked.csv(this.kit, this.ids, this.base)),
        ),
        button("Copy link to this selection", () => this.copy()),
      ];
      this.link = el("textarea", {
        readonly: true,
        hidden: true,
        "aria-label": "Link to this selection",
      });
      const parts = [
        el("label", {}, "Title", this.name),
        el("label", { class: "picker-asked" }, this.asked, this.askedWords),
        el("div", { class: "picker-row" }, ...this.buttons),
        this.done,
        this.link,
      ];
      if (!this.linked) {
        const why =
          "This copy knows no public address, so it can make no cartridge and no questions for Moodle, and the lists lead to files on this disk.";
        parts.push(el("p", { class: "picker-status" }, why));
      }
      if (this.root.protocol === "file:") {
        const why =
          "A SCORM package needs a copy on a server: from a disk, a page may not read the pages beside it.";
        parts.push(el("p", { class: "picker-status" }, why));
      }
      return el(
        "div",
        { class: "picker-downloads", role: "group", "aria-label": "Take the selection away" },
        ...parts,
      );
    }

    /** @param {string} title of a ready-made selection, or nothing */
    suggest(title) {
      if (!this.named) this.name.value = title ? `${this.kit.name}: ${title}` : this.standard;
    }

    /** @param {string[]} ids that are picked */
    show(ids) {
      this.ids = ids;
      const count = picked.questions(this.kit, ids).length;
      this.askedWords.textContent = `with ${picked.number(count, "question")} as a quiz (in the cartridge)`;
      this.asked.disabled = !count;
      for (const each of /** @type {HTMLButtonElement[]} */ (this.buttons))
        each.disabled = !ids.length;
      if (!this.linked) /** @type {HTMLButtonElement[]} */ (this.buttons)[0].disabled = true;
      if (!this.linked || !count)
        /** @type {HTMLButtonElement[]} */ (this.buttons)[2].disabled = true;
      // A page on a disk may not read the pages beside it, so it cannot pack them.
      if (this.root.protocol === "file:")
        /** @type {HTMLButtonElement[]} */ (this.buttons)[1].disabled = true;
    }

    /** Forget what was said of another selection. */
    reset() {
      this.done.textContent = "";
      this.link.hidden = true;
    }

    /** @returns {string} */
    title() {
      return this.name.value.replace(/\s+/g, " ").trim() || this.standard;
    }

    /** @param {string} ending @param {string} type @param {BlobPart} content */
    save(ending, type, content) {
      const slug = this.title()
        .toLowerCase()
        .normalize("NFKD")
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "")
        .slice(0, 60);
      const url = URL.createObjectURL(new Blob([content], { type }));
      const link = el("a", { href: url, download: `${slug || "selection"}.${ending}` });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(url), 60000);
      this.done.textContent = `Saved: ${link.download}`;
    }

    /** @returns {Promise<number[]>} the places of the questions to take along, which are loaded by now */
    async asking() {
      const places = picked.questions(this.kit, this.ids);
      if (places.length && !window.fieldguideQuestions) await this.load("kit/questions.js");
      return places;
    }

    async saveCartridge() {
      try {
        const places = this.asked.checked ? await this.asking() : [];
        const items = places.map((place) => window.fieldguideQuestions.qti[place]);
        const files = packaging.cartridge(this.kit, this.ids, this.title(), this.base, items);
        this.save(
          "imscc",
          "application/zip",
          await window.fieldguideZip.zip(files, this.kit.version),
        );
      } catch {
        this.done.textContent =
          "The questions could not be loaded: a file of this copy is missing. Without them, the cartridge can be made.";
        this.asked.checked = false;
      }
    }

    async saveBank() {
      try {
        const places = await this.asking();
        if (!places.length) this.done.textContent = "No question belongs to these sections.";
        else
          this.save(
            "moodle.xml",
            "application/xml",
            packaging.bank(this.kit, window.fieldguideQuestions, places, this.base),
          );
      } catch {
        this.done.textContent =
          "The questions could not be loaded: a file of this copy is missing.";
      }
    }

    async saveScorm() {
      this.done.textContent = "Packing the pages…";
      try {
        if (!window.fieldguideQuestions) await this.load("kit/questions.js");
        if (!window.fieldguidePackages) await this.load("kit/packages.js");
        const files = await packaging.scorm(
          this.kit,
          window.fieldguidePackages,
          this.ids,
          this.title(),
          this.root,
          window.fieldguideQuestions,
        );
        this.save(
          "scorm.zip",
          "application/zip",
          await window.fieldguideZip.zip(files, this.kit.version),
        );
      } catch {
        this.done.textContent = "The package could not be made: a file of this copy is missing.";
      }
    }

    async copy() {
      const page = this.kit.site
        ? `${this.kit.site}courses/index.html`
        : location.href.split(/[?#]/)[0];
      const url = `${page}?pick=${this.ids.join(",")}#courses-pick`;
      const long =
        url.length > LONG
          ? ` It has ${url.length} letters, which some servers refuse: send the Markdown file instead.`
          : "";
      this.link.value = url;
      this.link.hidden = false;
      let done = false;
      try {
        await navigator.clipboard.writeText(url);
        done = true;
      } catch {
        this.link.select();
        done = document.execCommand("copy");
      }
      this.link.hidden = done && !long;
      this.done.textContent =
        (done
          ? "Link copied."
          : "The browser refuses to copy. The text is selected: copy it by hand.") + long;
    }
  }

  window.fieldguidePickerDownloads = Downloads;
})();
