// In a page that has been opened at a section: waits until all that is near has come, and says how far from its place
// the section stands then. Its place is where the browser itself puts it once nothing is left to come.
async () => {
  const NEAR = 700; // live parts begin when they are as near as this to the window
  const WAITING = "guide-lab:not(.lab-on):not(:has(.lab-note)), guide-watch:not(.watch-on), guide-arena:not(.arena-on), div.picker:not(.picker-done)";
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const id = decodeURIComponent(location.hash.slice(1));
  const target = document.getElementById(id);
  if (!target) return { id, lost: true };
  await document.fonts.ready;
  const near = (part) => {
    const { top, bottom } = part.getBoundingClientRect();
    return bottom > -NEAR && top < innerHeight + NEAR;
  };
  for (let times = 0; times < 200 && [...document.querySelectorAll(WAITING)].some(near); times += 1) await pause(50);
  let last = "";
  for (let times = 0, same = 0; times < 100 && same < 3; times += 1) {
    const now = [document.documentElement.scrollHeight, scrollY, target.getBoundingClientRect().top].join();
    same = now === last ? same + 1 : 0;
    last = now;
    await pause(40);
  }
  const landed = scrollY;
  target.scrollIntoView({ behavior: "instant" });
  const error = Math.round(landed - scrollY);
  const bars = [...document.querySelectorAll(".md-header, .md-tabs, .section-tabs, .page-tabs")].filter((bar) =>
    /sticky|fixed/.test(getComputedStyle(bar).position),
  );
  const below = Math.max(0, ...bars.map((bar) => bar.getBoundingClientRect().bottom).filter((bottom) => bottom < innerHeight / 3));
  const free = Math.round(target.getBoundingClientRect().top - below);
  const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  return { id, error, free, end, top: Math.round(target.getBoundingClientRect().top), wide: document.documentElement.scrollWidth - innerWidth };
}
