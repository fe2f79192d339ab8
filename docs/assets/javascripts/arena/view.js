// What the arena shows while the race goes on: pictures, standing, chart, and the same in words.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const { el, NAMES, SHORT } = arena;
  const PLACES = ["1st", "2nd", "3rd", "4th", "5th", "6th"];

  /** What paints <guide-arena>. @type {ThisType<Arena.Page>} */
  const view = {
    repaint() {
      if (!this.cards) return;
      for (const card of this.cards) card.held = null;
      this.paintPad();
      this.paint();
      this.label();
    },

    /** All pictures as they are now. */
    paint() {
      const ink = this.color("--g-ink");
      const looked = this.race
        ? this.race.runners.reduce((sum, one) => sum + one.curve.length + (one.error ? 1 : 0), 0)
        : 0;
      this.turn = ((this.turn || 0) + 1) % this.cards.length;
      this.cards.forEach((card, i) => {
        const runner = this.race && this.race.runners[i];
        const inside = this.state.view === "inside" && runner && runner.steps && !runner.error;
        if (inside && this.running && this.turn !== i) return; // one a frame
        this.background(card);
        if (runner && (inside || runner.steps)) {
          const color = this.color(`--a-${card.key}`);
          if (inside) arena.inside[card.key](card.plot, runner.model, color, ink);
          else card.plot.dots(runner.cloud, color, 3.4, 0.8, arena.SHOWN * arena.CHUNK);
        }
      });
      this.cards.forEach((card, i) => this.facts(card, this.race && this.race.runners[i]));
      if (looked !== this.looked || !this.race) {
        this.looked = looked;
        this.standing();
        arena.chart(
          this.figure,
          this.race,
          this.state.axis,
          (/** @type {string} */ key) => SHORT[key],
          (/** @type {string} */ name) => this.color(name),
        );
        if (this.race && this.race.alive.length < this.cards.length) this.tell();
        else if (this.race && this.running && performance.now() - (this.told || 0) > 8000)
          this.tell();
      }
    },

    /** The held-out points, pale, which are drawn once. @param {Arena.Card} card */
    background(card) {
      const { plot } = card;
      if (!card.held) {
        card.held = el("canvas");
        const behind = new arena.Plot(card.held);
        if (this.data)
          behind.dots(this.data.held, this.color("--g-ink-2"), 2.6, this.race ? 0.32 : 0.55);
      }
      plot.clear();
      plot.context.drawImage(card.held, 0, 0);
    },

    /** @param {Arena.Card} card @param {Arena.Runner} runner */
    facts(card, runner) {
      const begun = runner && runner.steps;
      const text = !begun
        ? "no step yet"
        : runner.error
          ? `stopped: ${runner.error}`
          : `${runner.steps.toLocaleString("en-US")} steps \u00b7 ${runner.seconds.toFixed(1)} s`;
      if (card.facts.textContent !== text) card.facts.textContent = text;
      card.card.classList.toggle("arena-broken", Boolean(runner && runner.error));
      const label = `${NAMES[card.key]}: ${text}${begun && runner.curve.length ? `, distance ${runner.distance.toFixed(3)}` : ""}`;
      if (!this.running || this.looked !== card.looked)
        card.canvas.setAttribute("aria-label", label);
      card.looked = this.looked;
    },

    standing() {
      const ranking = this.race ? this.race.ranking : [];
      const rows = ranking.map((one, i) => {
        const known = !Number.isNaN(one.distance);
        const card = /** @type {Arena.Card} */ (this.cards.find((other) => other.key === one.key));
        card.rank.textContent = one.error ? "out" : known ? PLACES[i] : "";
        const bar = el("i");
        bar.style.width =
          known && !one.error
            ? `${Math.max(2, Math.min(100, 100 * (Math.log(one.distance / 0.001) / Math.log(1000))))}%`
            : "0";
        return el(
          "tr",
          { class: `arena-${one.key}` },
          el("th", { scope: "row" }, SHORT[one.key]),
          el(
            "td",
            {},
            bar,
            el("span", {}, one.error ? "out" : known ? one.distance.toFixed(3) : "\u2013"),
          ),
        );
      });
      if (!ranking.length) for (const card of this.cards) card.rank.textContent = "";
      this.table.replaceChildren(
        ...(rows.length
          ? rows
          : Object.keys(SHORT).map((key) =>
              el(
                "tr",
                { class: `arena-${key}` },
                el("th", { scope: "row" }, SHORT[key]),
                el("td", {}, el("i"), el("span", {}, "\u2013")),
              ),
            )),
      );
      this.floor.textContent =
        this.race && this.looked
          ? `Fresh data reach ${/** @type {Arena.Data} */ (this.data).floor.toFixed(3)}.`
          : "Less is better.";
    },

    paintPad() {
      if (!this.pad) return;
      const { plot } = this.pad;
      plot.clear();
      if (this.state.data === "drawing" || this.pad.cells.some(Boolean))
        this.pad.show(this.color("--g-ink"), this.color("--g-red"));
      else if (this.data) plot.dots(this.data.train, this.color("--g-ink"), 2.6, 0.8, 1200);
    },

    /** How the race stands, in words. */
    tell() {
      this.told = performance.now();
      const { race } = this;
      if (!race) return;
      const out = race.runners.filter((one) => one.error);
      const lost = out.map((one) => `${NAMES[one.key]} stopped: ${one.error}.`);
      if (out.length) lost.push("Restart, or a smaller learning rate, sets it right.");
      const known = race.ranking.filter((one) => !one.error && !Number.isNaN(one.distance));
      const places = known.map((one) => `${NAMES[one.key]} ${one.distance.toFixed(3)}`);
      const done = race.alive.length
        ? `After ${race.steps.toLocaleString("en-US")} steps${race.mode === "time" ? " of the slowest" : ""}`
        : "All have stopped";
      this.say(
        [
          places.length
            ? `${done}: ${places.join(", ")}. Fresh data reach ${/** @type {Arena.Data} */ (this.data).floor.toFixed(3)}.`
            : `${done}: no distance yet, the first comes after 25 steps.`,
          ...lost,
        ].join(" "),
      );
    },

    /** @param {string} text */
    say(text) {
      if (this.status.textContent !== text) this.status.textContent = text;
    },

    /** @param {string} name */
    color(name) {
      return arena.color(this, name);
    },
  };

  Object.assign(arena, { view });
})();
