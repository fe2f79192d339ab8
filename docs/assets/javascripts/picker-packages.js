// The files of a selection for learning platforms, by the same templates as those of the build.
(function () {
  "use strict";

  const picked = window.fieldguidePicked;

  /** @param {string} template @param {Record<string, string>} values text, or markup where the name begins with raw_ */
  function fill(template, values) {
    return template.replace(/\{([\w-]+)\}/g, (whole, name) => {
      if (!Object.hasOwn(values, name)) return whole;
      return name.startsWith("raw_") ? values[name] : picked.escapeXml(values[name]);
    });
  }

  /** @param {string[]} ids @returns {string} a name of their own, so that two selections do not meet */
  function key(ids) {
    let [a, b] = [0x811c9dc5, 0x1b873593];
    for (const letter of ids.join(",")) {
      a = Math.imul(a ^ letter.charCodeAt(0), 0x01000193) >>> 0; // FNV-1a, and a second sum beside it
      b = (Math.imul(b, 31) + letter.charCodeAt(0)) >>> 0;
    }
    return `picked-${a.toString(16)}${b.toString(16)}`;
  }

  /** @param {string} title @returns {string} without the brackets at which Moodle's restore stops */
  const bracketless = (title) => title.replace(/</g, "\u2039").replace(/>/g, "\u203a");

  /**
   * A cartridge: links, and the questions as a quiz.
   * @param {any} kit @param {string[]} ids @param {string} name @param {string} base
   * @param {string[]} items the questions, ready to be put in
   * @returns {Record<string, string>}
   */
  function cartridge(kit, ids, name, base, items) {
    const { templates } = kit;
    const own = key(ids);
    const links = ids.map((id) => [id, picked.title(kit, kit.byId.get(id))]);
    if (!ids.includes(kit.about[0]) && kit.byId.has(kit.about[0])) links.push(kit.about);
    const quiz = { id: `quiz-${own}`, title: `${kit.check}: ${name}` };
    const parts = links.map(([id, words]) => ({ id, title: words, url: picked.address(base, id) }));
    const shown = items.length ? [...parts, quiz] : parts;
    const resources = parts.map((part) => fill(templates.link, part));
    if (items.length) resources.push(fill(templates.quiz, quiz));
    /** @type {Record<string, string>} */
    const files = {
      "imsmanifest.xml": fill(templates.manifest, {
        id: `fieldguide_${own}`,
        title: bracketless(name),
        name: kit.name,
        base,
        raw_modules: fill(templates.module, {
          id: own,
          title: name,
          raw_items: shown.map((part) => fill(templates.item, part)).join(""),
        }),
        raw_resources: resources.join(""),
      }),
    };
    if (items.length) {
      const made = fill(templates.assessment, { ...quiz, raw_questions: items.join("") });
      files[`quizzes/${quiz.id}.xml`] = made.split(kit.base).join(base);
    }
    for (const part of parts) files[`weblinks/${part.id}.xml`] = fill(templates.weblink, part);
    return files;
  }

  /**
   * A question bank for Moodle: the questions by chapter.
   * @param {any} kit @param {any} questions @param {number[]} places of the questions @param {string} base
   * @returns {string}
   */
  function bank(kit, questions, places, base) {
    let page = "";
    const parts = places.map((place) => {
      const category =
        questions.pages[place] === page ? "" : questions.categories[questions.pages[place]];
      page = questions.pages[place];
      return category + questions.moodle[place];
    });
    return `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${parts.join("")}</quiz>\n`
      .split(kit.base)
      .join(base);
  }

  /**
   * A SCORM package of the pages of this site, which it fetches.
   * @param {any} kit @param {any} packages how packages are made @param {string[]} ids @param {string} name
   * @param {URL} root of the site @param {any} questions
   * @returns {Promise<Record<string, string | Uint8Array>>}
   */
  async function scorm(kit, packages, ids, name, root, questions) {
    const { templates } = packages;
    const own = key(ids);
    const held = new Set(ids);
    const units = ids
      .map((id) => kit.byId.get(id))
      .filter((section) => !picked.holder(section, held))
      .map((section) => ({
        id: section.id,
        page: kit.pages[section.page].path,
        lead: false,
        questions: questions.ids.filter((/** @type {string} */ _, /** @type {number} */ place) =>
          questions.within[place].includes(section.id),
        ),
        title: picked.title(kit, section),
      }));
    /** @type {Record<string, string | Uint8Array>} */
    const files = {};
    const fetched = async (/** @type {string} */ path) => {
      const answer = await fetch(new URL(path, root));
      if (!answer.ok) throw new Error(path);
      return answer;
    };
    const loads = new Set(packages.player);
    for (const { page } of units) for (const path of packages.loads[page] || []) loads.add(path);
    await Promise.all([
      ...[...new Set(units.map((unit) => unit.page))].map(async (page) => {
        const up = page.includes("/") ? "../".repeat(page.split("/").length - 1).slice(0, -1) : ".";
        const tree = new DOMParser().parseFromString(
          await (await fetched(page)).text(),
          "text/html",
        );
        for (const script of tree.querySelectorAll(packages.dropped)) script.remove();
        const unit = tree.createElement("script");
        unit.setAttribute("src", `${up}/${packages.unit}`);
        tree.head.append(unit);
        files[page] = `<!DOCTYPE html>${tree.documentElement.outerHTML}`;
      }),
      ...[...loads].map(async (path) => {
        files[path] = new Uint8Array(await (await fetched(path)).arrayBuffer());
      }),
    ]);
    const data = {
      key: own,
      site: kit.site,
      units: units.map(({ id, page, lead, questions }) => ({ id, page, lead, questions })),
    };
    files["index.html"] = fill(templates.player, {
      title: name,
      name: kit.name,
      version: kit.version,
      raw_units: units
        .map((unit) => fill(templates.unit, { page: unit.page, id: unit.id, title: unit.title }))
        .join(""),
      raw_data: JSON.stringify(data).replace(/</g, "\\u003c"),
    });
    const listed = Object.keys(files)
      .sort()
      .map((path) => fill(templates.scorm_file, { path }));
    const manifest = fill(templates.scorm, {
      key: own,
      title: name,
      version: kit.version,
      raw_files: listed.join(""),
    });
    return { "imsmanifest.xml": manifest, ...files };
  }

  window.fieldguidePackaging = { cartridge, bank, scorm };
})();
