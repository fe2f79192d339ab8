// node landing.mjs FOLDER BROWSER WIDTH MEASURE SHIFTS < IDS: follows short links from disk and prints as JSON how each
// lands and how much moved on the way, where the browser counts it (Firefox counts nothing).
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [folder, kind, width, measure, shifts] = process.argv.slice(2);
const ids = JSON.parse(readFileSync(0, "utf-8"));
const script = `(${readFileSync(measure, "utf-8").replace(/^\/\/.*$/gm, "").trim()})()`;
const browser = await puppeteer.launch({
  browser: kind,
  executablePath: process.env[kind === "firefox" ? "FIREFOX" : "CHROMIUM"],
  headless: true,
  args: kind === "chrome" ? ["--no-sandbox", "--disable-gpu"] : [],
});
const found = [];
const page = await browser.newPage();
await page.setViewport({ width: Number(width), height: 844 });
if (kind === "chrome") await page.evaluateOnNewDocument(shifts);
for (const id of ids) {
  const address = pathToFileURL(path.join(folder, "s", `${id}.html`)).href;
  await page.goto(address, { waitUntil: "domcontentloaded" }).catch(() => {}); // it leads on before it has loaded
  await page.waitForFunction("!location.pathname.includes('/s/') && document.readyState === 'complete'", { timeout: 60000 });
  const landed = await page.evaluate(script);
  const moved = await page.evaluate("window.shifted || []");
  found.push({ ...landed, shift: moved.reduce((sum, [value]) => sum + value, 0) });
}
await browser.close();
console.log(JSON.stringify(found));
