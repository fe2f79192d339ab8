// node firefox.mjs FOLDER: opens the unpacked guide from disk in Firefox, with the rules that a
// reader's Firefox has, and prints as JSON what it found. Drivers of Firefox relax one of those rules.
import path from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const folder = process.argv[2];
const address = (file, more = "") => pathToFileURL(path.join(folder, file)).href + more;
const found = { outside: [], errors: [] };
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: process.env.FIREFOX,
  headless: true,
  extraPrefsFirefox: {
    "security.fileuri.strict_origin_policy": true,
    "privacy.file_unique_origin": true,
    "network.proxy.type": 1, // nothing outside can be reached: each request fails at once
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
  },
});

/** Wait until a condition holds in the page. */
const until = (page, condition, ...more) => page.waitForFunction(condition, { timeout: 20000 }, ...more);

/** Wait until a page has been left by a click, and the next one is there. */
async function moved(page, from) {
  for (let times = 0; times < 200; times += 1) {
    await new Promise((done) => setTimeout(done, 100));
    if (page.url().split("#")[0] === from) continue;
    const state = await page.evaluate(() => document.readyState).catch(() => "");
    if (state === "complete") return;
  }
  throw new Error(`nothing came after ${from}`);
}

async function open(file, more = "") {
  const page = await browser.newPage();
  page.on("request", (request) => {
    if (/^(https?|wss?):/.test(request.url())) found.outside.push(request.url());
  });
  page.on("pageerror", (error) => found.errors.push(`${file}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") found.errors.push(`${file}: ${message.text()}`);
  });
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(address(file, more), { waitUntil: "load" });
  return page;
}

try {
  found.version = await browser.version();

  // A page from disk may not read its neighbors: else nothing below would prove anything.
  let page = await browser.newPage();
  await page.goto(address("index.html"), { waitUntil: "load" });
  found.neighbor = await page.evaluate(() => fetch("sections.json").then(() => "read", () => "refused"));
  found.worker = await page.evaluate(
    () => new Promise((done) => {
      const native = document.createElement("iframe");
      document.body.append(native);
      try {
        const worker = new native.contentWindow.Worker(new URL("assets/javascripts/page.js", location.href));
        worker.onerror = () => done("refused");
        setTimeout(() => done("started"), 1500);
      } catch {
        done("refused");
      }
    }),
  );
  await page.close();

  page = await open("index.html");
  await page.focus("body");
  await page.keyboard.press("/");
  await until(page, () => document.activeElement?.matches(".md-search__input"));
  await page.keyboard.type("mode collapse");
  await until(page, () => document.querySelector(".md-search-result__item a"));
  found.results = await page.$$eval(".md-search-result__item a", (links) => links.length);
  await page.$eval(".md-search-result__item a", (link) => setTimeout(() => link.click()));
  await moved(page, address("index.html"));
  found.landed = page.url().startsWith("file:") && /collapse/i.test(await page.$eval("main", (main) => main.textContent));
  await page.close();

  page = await open("index.html");
  const scheme = () => page.evaluate(() => document.body.dataset.mdColorScheme);
  const before = await scheme();
  await page.$eval('label[title="Switch to dark colors"]', (label) => label.click());
  const chosen = await scheme();
  await page.reload({ waitUntil: "load" });
  found.palette = [before, chosen, await scheme()];
  await page.close();

  page = await open("models/index.html");
  await until(page, () => document.querySelector("div.comparison th button"));
  const rows = () => page.$$eval("div.comparison tbody tr", (all) => all.filter((row) => !row.hidden).length);
  const all = await rows();
  await page.select(".comparison-tools select", "architecture");
  found.comparison = [all, await rows(), new URL(page.url()).search];
  found.heads = await page.evaluate(() => {
    getSelection().selectAllChildren(document.querySelector("div.comparison thead"));
    const text = getSelection().toString();
    return [[...document.querySelectorAll("div.comparison th")].map((head) => head.textContent.trim()), text];
  });
  await page.close();

  page = await open("s/gan-idea.html");
  await moved(page, address("s/gan-idea.html"));
  await new Promise((done) => setTimeout(done, 700));
  found.short = await page.evaluate(() => {
    const { top } = document.getElementById("gan-idea").getBoundingClientRect();
    return [location.hash, top >= 0 && top < innerHeight];
  });
  await page.close();

  page = await open("models/gans.html");
  found.formulas = await page.evaluate(async () => {
    await document.fonts.ready;
    const math = [...document.querySelectorAll("math")];
    const flat = math.filter((one) => !one.closest("details:not([open])") && one.getBoundingClientRect().height < 5);
    const loaded = [...document.fonts].filter((font) => font.status === "loaded").map((font) => font.family);
    const style = getComputedStyle(math[0]);
    return { count: math.length, flat: flat.length, loaded, family: style.fontFamily };
  });
  found.copied = await page.evaluate(() => {
    let text = "";
    document.addEventListener("copy", (event) => (text = event.clipboardData.getData("text/plain")));
    getSelection().selectAllChildren(document.querySelector("figure.formula"));
    document.execCommand("copy");
    return [document.querySelector("figure.formula math").getAttribute("alttext"), text];
  });
  const lab = await page.$("guide-lab");
  if (lab) {
    await lab.evaluate((element) => element.scrollIntoView());
    await until(page, () => document.querySelector("guide-lab.lab-on"));
    await new Promise((done) => setTimeout(done, 1500));
    found.ink = await page.$$eval("guide-lab canvas", (all) =>
      all.map((canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value, index) => index % 4 === 3 && value);
      }),
    );
  }
  await page.close();

  const drawn = (selector) => page.$$eval(selector, (all) =>
    all.map((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const seen = new Set();
      for (let i = 0; i < data.length; i += 4) if (data[i + 3]) seen.add(`${data[i]} ${data[i + 1]} ${data[i + 2]}`);
      return seen.size > 1;
    }));
  page = await open("models/arena.html", "?arena-data=moons#arena");
  await until(page, () => document.querySelector("guide-arena.arena-on"));
  await page.$eval(".arena-go", (button) => button.click());
  await until(page, () => document.querySelector("guide-arena").race?.runners.every((one) => one.curve.length > 1));
  await page.$eval(".arena-go", (button) => button.click());
  await until(page, () => !document.querySelector("guide-arena").aiming);
  found.arena = await page.$eval("guide-arena", (arena) => ({
    fast: arena.race.runners.every((one) => one.model.memory.fast),
    lost: arena.race.runners.filter((one) => one.error).length,
    told: arena.status.textContent,
  }));
  found.arena.drawn = await drawn(".arena-sheets canvas");
  await page.close();

  page = await open("models/gans.html", "?watch-game=collapse#gan-watch");
  await page.$eval("guide-watch", (element) => element.scrollIntoView());
  await until(page, () => document.querySelector("guide-watch.watch-on"));
  await page.$eval(".watch-figures", (element) => element.scrollIntoView());
  await page.$eval("guide-watch", (element) => element.watcher.few(20));
  await until(page, () => document.querySelector("guide-watch").watcher.status.textContent.startsWith("After 20 steps"));
  found.watch = await drawn(".watch canvas");
  await page.close();
} finally {
  await browser.close();
  console.log(JSON.stringify(found));
}
