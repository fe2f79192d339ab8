// A selection of sections: read from an address, checked, and written as Markdown, HTML, CSV or cartridge.
(function () {
  "use strict";

  const MOST = 5; // of the entries that a message names
  const LONGEST = 40; // letters of an entry that a message shows

  /**
   * @typedef {object} Section
   * @property {string} id @property {string} title @property {number} level @property {number} page
   * @property {number} minutes @property {string} summary @property {number[]} questions
   * @property {number} place @property {Section | null} parent
   */

  /** @param {any} kit the data of the picker @returns {any} the same, with sections that can be looked up */
  function read(kit) {
    /** @type {Section[]} */
    const open = [];
    /** @type {Section[]} */
    const sections = kit.sections.map((/** @type {any[]} */ row, /** @type {number} */ place) => {
      const [id, title, level, page, minutes, summary, questions] = row;
      const section = {
        id,
        title,
        level,
        page,
        minutes,
        summary,
        questions,
        place,
        parent: /** @type {Section | null} */ (null),
      };
      while (
        open.length &&
        (open[open.length - 1].page !== page || open[open.length - 1].level >= level)
      )
        open.pop();
      section.parent = open[open.length - 1] || null;
      open.push(section);
      return section;
    });
    const pages = kit.pages.map((/** @type {any[]} */ [path, title, part, level, needs]) => ({
      path,
      title,
      part,
      level,
      needs,
    }));
    return {
      ...kit,
      pages,
      sections,
      byId: new Map(sections.map((section) => [section.id, section])),
    };
  }

  /** @param {any} kit @param {Section} section @returns {string} the title of its page, and its own */
  function title(kit, section) {
    const page = kit.pages[section.page].title;
    return section.level === 1 ? page : `${page}: ${section.title}`;
  }

  /** @param {string[]} names @returns {string} the first few, and how many more there are */
  function some(names) {
    const shown = names
      .slice(0, MOST)
      .map((name) => (name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name));
    const more = names.length - shown.length;
    return `${shown.join(", ")}${more ? ` and ${more} more` : ""}`;
  }

  /** @param {number} count @param {string} one @param {string} [many] */
  function number(count, one, many = `${one}s`) {
    return `${count} ${count === 1 ? one : many}`;
  }

  /**
   * What a list of ids asks for. Whatever is wrong with it is told in words, and the rest is kept.
   * @param {any} kit @param {string} text ids with commas or spaces between them
   * @returns {{ids: string[], notes: string[]}}
   */
  function resolve(kit, text) {
    const wanted = text.split(/[\s,;]+/).filter(Boolean);
    /** @type {Set<string>} */
    const ids = new Set();
    /** @type {string[]} */
    const unknown = [];
    /** @type {string[]} */
    const notes = [];
    let repeated = 0;
    for (const given of wanted) {
      const old = Object.hasOwn(kit.retired, given) ? kit.retired[given] : null;
      const id = old ? old[0] : given;
      if (old && id) notes.push(`“${given}” is called “${id}” now.`);
      if (old && !id)
        notes.push(
          `“${given}” was removed on ${old[1] || "an unknown day"} and is left out. ${old[2] || ""}`.trim(),
        );
      else if (!kit.byId.has(id)) unknown.push(given);
      else if (ids.has(id)) repeated += 1;
      else ids.add(id);
    }
    if (!wanted.length) notes.push("The address holds an empty selection.");
    if (repeated)
      notes.push(
        `${number(repeated, "entry repeats", "entries repeat")} another and ${repeated === 1 ? "is" : "are"} kept once.`,
      );
    if (unknown.length) {
      const what =
        unknown.length === 1
          ? "1 entry is no section of this guide and is"
          : `${unknown.length} entries are no sections of this guide and are`;
      notes.push(`${what} left out: ${some(unknown)}.`);
    }
    return { ids: [...ids], notes };
  }

  /** @param {Section} section @param {Set<string>} picked @returns {Section | null} a picked section that holds it */
  function holder(section, picked) {
    for (let above = section.parent; above; above = above.parent)
      if (picked.has(above.id)) return above;
    return null;
  }

  /** @param {any} kit @param {string[]} ids @returns {number} the minutes together, nothing counted twice */
  function minutes(kit, ids) {
    const picked = new Set(ids);
    return ids
      .map((id) => kit.byId.get(id))
      .filter((section) => !holder(section, picked))
      .reduce((sum, section) => sum + section.minutes, 0);
  }

  /**
   * The pages that a selection builds on: those that are not in it, and those that come too late.
   * @param {any} kit @param {string[]} ids
   * @returns {{missing: number[], late: [number, number][]}} places of pages; late ones before which page
   */
  function prerequisites(kit, ids) {
    const order = [...new Set(ids.map((id) => kit.byId.get(id).page))];
    /** @type {Set<number>} */
    const missing = new Set();
    /** @type {[number, number][]} */
    const late = [];
    order.forEach((page, at) => {
      for (const need of kit.pages[page].needs) {
        const found = order.indexOf(need);
        if (found < 0) missing.add(need);
        else if (found > at) late.push([need, page]);
      }
    });
    return { missing: [...missing], late };
  }

  /** @param {any} kit @param {string[]} ids @returns {number[]} the questions of a selection, by their places */
  function questions(kit, ids) {
    return [...new Set(ids.flatMap((id) => kit.byId.get(id).questions))].sort((a, b) => a - b);
  }

  /** @param {string} text */
  const escapeXml = (text) =>
    text
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;")
      .replace(/'/g, "&#x27;");

  /** @param {string} text */
  const escapeMarkdown = (text) => text.replace(/[\\`*_[\]]/g, "\\$&").replace(/</g, "&lt;");

  /** @param {any} kit @param {string} base @returns {string} the line that names source and license */
  const source = (kit, base) => `From the ${kit.name}, version ${kit.version}, ${base}, CC BY 4.0.`;

  /** @param {any} kit @param {string[]} ids */
  const size = (kit, ids) =>
    `${number(ids.length, "section")}, ${number(minutes(kit, ids), "minute")} together`;

  /** @param {string} base @param {string} id */
  const address = (base, id) => `${base}s/${id}.html`;

  /** @param {any} kit @param {string[]} ids @param {string} name @param {string} base */
  function markdown(kit, ids, name, base) {
    const lines = ids.map((id, at) => {
      const section = kit.byId.get(id);
      const url = address(base, id).replace(/\(/g, "%28").replace(/\)/g, "%29");
      return `${at + 1}. [${escapeMarkdown(title(kit, section))}](${url}) (${section.minutes} min). ${escapeMarkdown(section.summary)}`;
    });
    return `# ${escapeMarkdown(name)}\n\n${size(kit, ids)}.\n\n${lines.join("\n")}\n\n${source(kit, base)}\n`;
  }

  /** @param {any} kit @param {string[]} ids @param {string} name @param {string} base */
  function html(kit, ids, name, base) {
    const items = ids.map((id) => {
      const section = kit.byId.get(id);
      const link = `<a href="${escapeXml(address(base, id))}">${escapeXml(title(kit, section))}</a>`;
      return `<li>${link} (${section.minutes} min). ${escapeXml(section.summary)}</li>`;
    });
    return [
      '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
      `<title>${escapeXml(name)}</title>\n</head>\n<body>`,
      `<h1>${escapeXml(name)}</h1>`,
      `<p>${escapeXml(size(kit, ids))}.</p>`,
      `<ol>\n${items.join("\n")}\n</ol>`,
      `<p>${escapeXml(source(kit, base))}</p>`,
      "</body>\n</html>\n",
    ].join("\n");
  }

  /** @param {any} kit @param {string[]} ids @param {string} base with a mark that tells spreadsheets the encoding */
  function csv(kit, ids, base) {
    /** @param {string | number} cell */
    const quoted = (cell) =>
      /[",\n]/.test(String(cell)) ? `"${String(cell).replace(/"/g, '""')}"` : String(cell);
    const rows = ids.map((id, at) => {
      const section = kit.byId.get(id);
      const page = kit.pages[section.page];
      return [
        at + 1,
        id,
        section.title,
        page.title,
        page.part,
        kit.levels[page.level],
        section.minutes,
        address(base, id),
        section.summary,
      ];
    });
    const head = ["order", "id", "title", "chapter", "part", "level", "minutes", "link", "summary"];
    return `\ufeff${[head, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
  }

  window.fieldguidePicked = {
    read,
    title,
    resolve,
    holder,
    minutes,
    prerequisites,
    questions,
    number,
    markdown,
    html,
    csv,
    escapeXml,
    address,
  };
})();
