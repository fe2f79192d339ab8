// node reader.mjs FOLDER PAGE...: what the reader view of a browser drops of pages, as JSON by page.
import { readFileSync } from "node:fs";
import path from "node:path";
import { Readability } from "@mozilla/readability";
import { JSDOM } from "jsdom";

const [folder, ...pages] = process.argv.slice(2);
const PARTS = {
  sections: "article :is(h2, h3, h4)",
  card: ".card :is(dt, dd)",
  text: "article :is(p, li, td, th, figcaption, dd, dt, summary)",
  formulas: "article math",
};
const found = {};
for (const page of pages) {
  const url = `https://example.org/${page}`;
  const { document } = new JSDOM(readFileSync(path.join(folder, page), "utf8"), { url }).window;
  for (const link of document.querySelectorAll(".headerlink, script, button")) link.remove(); // controls have no use there
  const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const wanted = Object.entries(PARTS).map(([name, part]) => [name, [...document.querySelectorAll(part)].map(text)]);
  const view = new Readability(document).parse();
  const kept = view ? view.textContent.replace(/\s+/g, " ") : "";
  const lost = wanted.map(([name, all]) => [name, all.filter((one) => !kept.includes(one))]);
  found[page] = { counted: wanted.map(([, all]) => all.length), lost: Object.fromEntries(lost) };
}
console.log(JSON.stringify(found));
