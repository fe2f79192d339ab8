// What the search takes for words, in the pages and in what is typed. The build puts this in front of
// the theme's worker, which asks it (see hooks/fieldguide/html/search_worker.py).
(function () {
  "use strict";

  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
  const LETTER = "(?:(?!\\u200b)[\\p{L}\\p{N}\\p{M}\\p{Cf}])"; // what is not seen is part of a word
  // A word may hold apostrophes, and a number its point.
  const WORD = `${LETTER}+(?:['\\u2019\\u02bc]${LETTER}+|(?<=\\p{N})[.,]\\p{N}+)*`;
  const JOINT = "[\\p{Pd}\\u2212\\u2043\\u200b/\\u00b7\\u2022]"; // what joins the parts of a name
  const QUOTE = /["\u201c-\u201f\u00ab\u00bb\u300c-\u300f\u301d-\u301f]/;
  // What words that stand together weigh, each by itself being 1: as a name, and else.
  const [NAMED, TOGETHER, COMPARED] = [100, 2, 20];
  /** Words that say little; the build puts them in front. @type {Set<string>} */
  const STOP = new Set([...self.fieldguideStop, "ai"]); // all of the guide is about AI
  const VERSUS = /\b(?:vs|versus)\b|\b(?:compared?|difference|differ|better|or)\b/i;
  const AGAINST = /^(?:vs|versus)$/;
  /** Characters of a text that a result shows, and how many of them stand before the first word. */
  const [SNIPPET, LEAD] = [220, 40];
  const SHORT = /(?:^|[^\p{L}\p{N}])\p{L}(?:$|[^\p{L}\p{N}])|[\p{N}/]|\p{Lu}{2}/u; // DALL-E, GPT-3, VAE/GAN
  const NAME = new RegExp(`${WORD}(?:${JOINT}${WORD})*`, "gu");
  const PART = new RegExp(WORD, "gu");
  const TYPED = new RegExp(
    `(?<sign>(?<!\\S)[+-])?(?<name>${WORD}(?:${JOINT}${WORD})*)(?<end>[\\p{Pd}])?`,
    "gu",
  );

  /** @param {string} word @returns {string} as words are compared: without accents and what is not seen */
  function fold(word) {
    if (/^[\da-z]+$/i.test(word)) return word.toLowerCase();
    return word
      .normalize("NFKD")
      .replace(/[\p{M}\p{Cf}'\u2019\u02bc]/gu, "")
      .toLowerCase()
      .replace(/[ßæœøłđðþı]/g, (letter) => /** @type {Record<string, string>} */ (LETTERS)[letter]);
  }

  /** @param {string[]} parts of a name @returns {string} the name as one word, which nobody can type */
  const joined = (parts) => `_${parts.join("")}`;

  /**
   * Hand over each word of a text of a page, and with the first word of a name the name as one word.
   * The last word takes along what follows, since the theme shows a text up to its last word.
   * @param {string} text
   * @param {(start: number, end: number, words: string[]) => void} found
   */
  function each(text, found) {
    /** @type {[number, number, string[]][]} */
    const all = [];
    for (const name of text.matchAll(NAME)) {
      const parts = [...name[0].matchAll(PART)];
      const words = parts.map((part) => fold(part[0]));
      const end = name.index + name[0].length;
      if (text[name.index - 1] === "&" && text[end] === ";") continue; // a sign, written by its name
      const whole = parts.length > 1 ? [joined(words)] : [];
      const number = text.slice(end, end + 3).match(/^ (\d)(?!\d)/);
      if (number) whole.push(joined([...words, number[1]])); // DALL-E 2
      parts.forEach((part, place) => {
        const start = name.index + part.index;
        if (words[place])
          all.push([
            start,
            start + part[0].length,
            place ? [words[place]] : [words[place], ...whole],
          ]);
      });
    }
    if (all.length) all[all.length - 1][1] = text.trimEnd().length;
    for (const [start, end, words] of all) found(start, end, words);
  }

  /**
   * What is typed, in the theme's language: words, some in quotes or behind a sign.
   * @param {string} typed
   * @returns {{plain: string, names: string}} the words; and the names that they may form, which weigh more
   */
  function query(typed) {
    const texts = typed.slice(0, 500).normalize("NFKC").split(QUOTE);
    const found = texts.flatMap((text, place) =>
      [...text.matchAll(TYPED)].map(({ groups: { sign, name, end } = {} }) => ({
        name,
        parts: (name.match(PART) || []).map(fold).filter(Boolean),
        sign: end ? "" : sign,
        quoted: place % 2 === 1 && place < texts.length - 1,
      })),
    );
    const many = found.length > 1 || found.some(({ parts }) => parts.length > 1);
    const little = (/** @type {string[]} */ parts) =>
      parts.every((part) => STOP.has(part) || AGAINST.test(part));
    const telling = found.filter(({ parts }) => !little(parts));
    const plain = (telling.length ? telling : found).flatMap(({ parts, sign, quoted }, place) =>
      parts.map((/** @type {string} */ part) => {
        const needed = quoted || sign === "+" ? "+" : sign && place ? "-" : "";
        // The theme takes a word for the beginning of others: not a single letter among words.
        return needed + part + (!needed && many && part.length === 1 ? "^1" : "");
      }),
    );
    /** @type {Map<string, number>} */
    const names = new Map();
    found.forEach(({ name, parts }, place) => {
      names.set(joined(parts), SHORT.test(name) ? NAMED : TOGETHER);
      const before = place ? found[place - 1] : null;
      const pair = before ? `${before.name} ${name}` : "";
      if (before && SHORT.test(pair)) names.set(joined([...before.parts, ...parts]), NAMED);
    });
    // "gan vs vae": the pages of both, and the table that compares them (see compared() in index.py).
    for (const { parts } of VERSUS.test(typed) ? telling : [])
      names.set(joined([...parts, "versus"]), COMPARED);
    return {
      plain: plain.join(" "),
      names: [...names].map(([name, weight]) => ` ${name}^${weight}`).join(""),
    };
  }

  /**
   * Two lines of a text: those that hold most of what was looked for, the words marked.
   * @param {string} html the text of a section
   * @param {string[]} terms words of the index that answer the query
   * @param {string} plain the words of the query
   * @returns {string} HTML
   */
  function snippet(html, terms, plain) {
    const text = html
      .replace(/<[^>]*>/g, (tag) =>
        /^<\/?(?:code|em|strong|a|span|abbr|sub|sup)\b/.test(tag) ? "" : " ",
      )
      .replace(/\s+/g, " ")
      .replace(/ ([.,;:!?])(?= |$)/g, "$1")
      .trim();
    const [known, asked] = [new Set(terms), new Set(plain.replace(/[+^-]\d?/g, " ").split(/\s+/))];
    const hits = [...text.matchAll(PART)].flatMap(({ 0: word, index }) => {
      const folded = fold(word);
      const sign = text[index - 1] === "&" && text[index + word.length] === ";";
      return known.has(folded) && !sign ? [{ start: index, end: index + word.length, folded }] : [];
    });
    // A word as it was typed is worth more than one that begins like it.
    const worth = (/** @type {number} */ from) => {
      const seen = new Set(
        hits
          .filter(({ start, end }) => start >= from && end <= from + SNIPPET / 2)
          .map(({ folded }) => folded),
      );
      return [...seen].reduce((sum, word) => sum + (asked.has(word) ? 3 : 1), 0);
    };
    const best = hits.reduce(
      (found, hit) => (worth(hit.start) > worth(found) ? hit.start : found),
      hits.length ? hits[0].start : 0,
    );
    const sentence = text.slice(0, best).search(/[^.!?]*$/);
    const near = best - sentence <= LEAD ? sentence : text.indexOf(" ", best - LEAD) + 1;
    const from = near + text.slice(near).search(/\S|$/);
    const cut = text.length > from + SNIPPET ? text.lastIndexOf(" ", from + SNIPPET) : text.length;
    const end = cut > from ? cut : text.length;
    let [shown, last] = [from && near !== sentence ? "… " : "", from];
    for (const hit of hits) {
      if (hit.start < from || hit.end > end) continue;
      shown += `${text.slice(last, hit.start)}<mark>${text.slice(hit.start, hit.end)}</mark>`;
      last = hit.end;
    }
    shown += text.slice(last, end) + (end < text.length ? " …" : "");
    return shown && `<p>${shown}</p>`;
  }

  self.fieldguideWords = { each, query, snippet };
})();
