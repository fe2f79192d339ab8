// The element <guide-arena>: controls, six pictures, the standing and the chart; its state stands in the address.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const { el, DATA, settings, controls, view } = arena;
  const SLICE = 8; // milliseconds of work at a time
  const FRAME = 16; // after so many the next frame may come
  const LEG = 3000; // steps after which the race waits for another press
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  // What settings, controls and view add to it below is not known here.
  const Mixed = /** @type {new () => HTMLElement & Record<string, Arena.Own>} */ (HTMLElement);

  class GuideArena extends Mixed {
    since = 0; // when the chosen speed began to count
    from = 0; // ... and after which step
    started = 0; // the frame
    channel = new MessageChannel();

    connectedCallback() {
      if (this.state) return;
      this.read();
      try {
        this.build();
      } catch (error) {
        if (/** @type {Error} */ (error).message !== "no canvas") throw error;
        this.replaceChildren(
          ...this.children,
          el(
            "p",
            { class: "arena-note", role: "status" },
            "This browser offers no canvas to draw on, so the picture above stays as it is.",
          ),
        );
        return;
      }
      this.classList.add("arena-on");
      new MutationObserver(() => this.repaint()).observe(document.body, {
        attributeFilter: ["data-md-color-scheme"],
      });
      if ("IntersectionObserver" in window)
        new IntersectionObserver(
          (entries) => ((this.unseen = !entries[entries.length - 1].isIntersecting), this.wake()),
        ).observe(this);
      document.addEventListener("visibilitychange", () => this.wake());
      this.channel.port1.onmessage = () => this.slice();
      this.load();
    }

    /** Take the data that are chosen, and stand at the start. */
    load() {
      const { data, seed } = this.state;
      if (data !== "drawing") this.pad.cells.fill(0); // the first stroke begins on an empty sheet
      const empty = data === "drawing" && !this.pad.cells.some(Boolean);
      this.data = empty ? null : new arena.Data(data, this.pad.cells, seed);
      this.old = this.race || this.old;
      this.race = null;
      this.aiming = false;
      this.told = 0;
      if (empty) this.running = false;
      for (const card of this.cards) card.held = null;
      this.paintPad();
      this.repaint();
      this.say(
        empty
          ? "The sheet is empty: draw something on it, and six models will learn it."
          : this.running
            ? ""
            : `${DATA[data]}: six models wait for the start.`,
      );
      if (this.running) this.begin();
      this.wake();
    }

    begin() {
      if (this.race || !this.data) return;
      const { seed, equal, rate, reflow } = this.state;
      this.race = new arena.Race(this.data, {
        seed,
        mode: equal,
        rate: Number(rate),
        reflow: Number(reflow),
        old: this.old,
      });
      this.end = LEG;
      this.pace();
    }

    /** Steps that the chosen speed allows from now on. */
    pace() {
      this.since = performance.now();
      this.from = this.race ? this.race.steps : 0;
    }

    get limit() {
      const perSecond = Number(this.state.speed) || 0; // 0: as many as there is time for
      const allowed = perSecond
        ? this.from + Math.floor(((performance.now() - this.since) / 1000) * perSecond)
        : Infinity;
      return Math.min(/** @type {number} */ (this.end), allowed);
    }

    toggle() {
      if (!this.data) {
        this.say("The sheet is empty: draw something on it first.");
        return;
      }
      if (still.matches) {
        this.few(100);
        return;
      }
      this.running = !this.running;
      if (this.running) {
        this.begin();
        if (/** @type {Arena.Race} */ (this.race).steps >= /** @type {number} */ (this.end))
          this.end = /** @type {Arena.Race} */ (this.race).steps + LEG;
        this.pace();
        this.label();
        this.wake();
      } else this.few(0);
    }

    /** So many steps of each, then rest, with pictures that are up to date. @param {number} count */
    few(count) {
      if (!this.data) return;
      this.running = false;
      this.begin();
      /** @type {Arena.Race} */ (this.race).aim(count);
      this.aiming = true;
      this.label();
      this.wake();
    }

    label() {
      this.go.textContent = this.running
        ? "Pause"
        : still.matches
          ? "Run 100 steps"
          : this.race && this.race.steps
            ? "Go on"
            : "Start";
    }

    /** Go on with frames, if there is anything to do. */
    wake() {
      if (this.awake || document.hidden || this.unseen || !(this.running || this.aiming)) return;
      this.awake = true;
      this.pace();
      requestAnimationFrame(() => this.frame());
    }

    frame() {
      if (document.hidden || this.unseen || !(this.running || this.aiming) || !this.race) {
        this.awake = false;
        return;
      }
      this.started = performance.now();
      const quiet = !this.running && still.matches;
      if (!quiet) this.paint();
      this.slice();
      requestAnimationFrame(() => this.frame());
    }

    /** A slice of work, and another one if the frame has time for it. */
    slice() {
      if (!this.race || !(this.running || this.aiming)) return;
      const limit = this.running ? this.limit : undefined;
      const more = this.race.work(performance.now() + SLICE, limit);
      if (more && performance.now() - this.started < FRAME) {
        this.channel.port2.postMessage(0);
        return;
      }
      const over =
        !this.race.alive.length ||
        (!more && !(limit !== undefined && limit < /** @type {number} */ (this.end)));
      if (!over) return;
      this.running = this.aiming = false;
      this.label();
      this.repaint();
      this.tell();
    }
  }

  Object.assign(GuideArena.prototype, settings, controls, view);
  customElements.define("guide-arena", GuideArena);
})();
