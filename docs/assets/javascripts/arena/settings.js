// What a reader can choose in the arena, and how it stands in the address.
(function () {
  "use strict";
  const arena = window.fieldguideArena;

  const NAMES = /** @type {Record<string, string>} */ ({
    gan: "GAN",
    vae: "VAE",
    flow: "Normalizing flow",
    diffusion: "Diffusion",
    autoregressive: "Autoregressive",
    matching: "Flow matching",
  });
  const SHORT = /** @type {Record<string, string>} */ ({
    ...NAMES,
    flow: "Flow",
    matching: "Matching",
  });
  const PAGES = /** @type {Record<string, string>} */ ({
    gan: "gans.html",
    vae: "vaes.html",
    flow: "flows.html",
    diffusion: "diffusion.html",
    autoregressive: "autoregressive.html",
    matching: "emerging.html",
  });
  const DATA = /** @type {Record<string, string>} */ ({
    ring: "Ring of eight",
    moons: "Two moons",
    spiral: "Spiral",
    checkers: "Checkerboard",
    blobs: "Two blobs, 4 : 1",
    letter: "Letter R",
    drawing: "Your drawing",
  });

  /** What can be chosen: the values of each setting, in the order in which they are shown. */
  const CHOICES = /** @type {Record<string, [string, string][]>} */ ({
    data: Object.entries(DATA),
    equal: [
      ["steps", "Equal steps"],
      ["time", "Equal time"],
    ],
    speed: [
      ["full", "Full speed"],
      ["50", "50 steps/s"],
      ["5", "5 steps/s"],
    ],
    axis: [
      ["steps", "against steps"],
      ["seconds", "against seconds"],
    ],
    rate: [
      ["0.1", "\u00d7 0.1"],
      ["0.3", "\u00d7 0.3"],
      ["1", "\u00d7 1"],
      ["3", "\u00d7 3"],
      ["10", "\u00d7 10"],
      ["1000", "\u00d7 1,000"],
    ],
    reflow: [
      ["0", "never"],
      ["500", "after 500 steps"],
      ["1000", "after 1,000 steps"],
    ],
    view: [
      ["points", "Points"],
      ["inside", "What is inside"],
    ],
  });
  /** What holds unless the address says otherwise. @param {string} key */
  const first = (key) => (key === "rate" ? "1" : CHOICES[key][0][0]);

  /** Settings of a race, from the address at first and kept there. @type {ThisType<Arena.Page>} */
  const settings = {
    /** The state as the address has it; what makes no sense there is left alone. */
    read() {
      const address = new URLSearchParams(location.search);
      const given = (/** @type {string} */ key) => address.get(`arena-${key}`) || "";
      this.state = { seed: /^\d{1,6}$/.test(given("seed")) ? Number(given("seed")) : 1 };
      for (const [key, values] of Object.entries(CHOICES))
        this.state[key] = values.some(([value]) => value === given(key)) ? given(key) : first(key);
      const cells = arena.unpack(given("drawing"));
      this.state.drawing = cells ? given("drawing") : "";
      if (this.state.data === "drawing" && !cells) this.state.data = "ring";
    },

    /** Keep a setting, and write it into the address. @param {string} key @param {string | number} value */
    keep(key, value) {
      this.state[key] = value;
      const all = new URLSearchParams(location.search);
      for (const [name, now] of Object.entries(this.state))
        if (String(now) === (name === "seed" ? "1" : name === "drawing" ? "" : first(name)))
          all.delete(`arena-${name}`);
        else all.set(`arena-${name}`, String(now));
      const query = all.toString();
      try {
        history.replaceState(
          history.state,
          "",
          `${location.pathname}${query ? `?${query}` : ""}${location.hash}`,
        );
      } catch {
        // A browser may refuse this for a file, or so many in a row; the race goes on all the same.
      }
    },
  };

  Object.assign(arena, { NAMES, SHORT, PAGES, DATA, CHOICES, first, settings });
})();
