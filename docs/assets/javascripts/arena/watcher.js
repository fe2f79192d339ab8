// One family that learns on its own page: training and pictures in slices of time. What is particular to the family comes
// from its lens (lens-*.js), a plain object:
//   key, figures (a name for each picture), first (values that differ from the usual ones), choices, sliders (controls.js)
//   prepare(w)     after each restart, when w.model is new; settings(state) what the model is made with
//   change(w)      a setting has changed, and the model goes on
//   jobs(w)        small pieces of work, of a few milliseconds each, that find out what the pictures show
//   paint(w)       draws what is known; facts(w) a line below each picture; tell(w) how it stands, in a sentence
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const SLICE = 8; // milliseconds of work at a time
  const FRAME = 16; // after so many the next frame may come
  const LEG = 3000; // steps after which it waits for another press
  const SHARE = 0.5; // of training's time that pictures may take
  const SHOWN = 384; // held-out points that pictures show
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  // What watch-controls.js adds to it is not known here.
  const Mixed = /** @type {new () => Arena.Controls} */ (/** @type {unknown} */ (Object));

  class Watcher extends Mixed {
    /** @param {HTMLElement} host @param {Arena.Lens} lens */
    constructor(host, lens) {
      super();
      this.host = host;
      this.lens = lens;
      this.batch = new Float32Array(256);
      this.costs = { train: 1, draw: 1 }; // milliseconds, about
      this.running = false;
      this.since = this.from = 0; // when the chosen speed began to count, and after which step
      this.started = 0; // the frame
      this.spent = 0; // milliseconds that pictures are owed, if below zero
      this.moved = false; // since the pictures were asked for
      this.told = 0;
      this.stale = 0; // jobs to do until the pictures are up to date
      this.turn = -1; // the job that was done last
      this.goal = 0;
      this.end = LEG;
      this.model = /** @type {Arena.Own} */ (null);
      /** @type {(() => void)[]} */
      this.work = [];
      this.read();
      this.build();
      new MutationObserver(() => this.paint()).observe(document.body, {
        attributeFilter: ["data-md-color-scheme"],
      });
      if ("IntersectionObserver" in window)
        new IntersectionObserver(
          (entries) => ((this.unseen = !entries[entries.length - 1].isIntersecting), this.wake()),
        ).observe(host);
      document.addEventListener("visibilitychange", () => this.wake());
      this.channel = new MessageChannel();
      this.channel.port1.onmessage = () => this.slice();
      this.restart();
    }

    /** A new model, and everything as before the first step. */
    restart() {
      const { data, seed } = this.state;
      const rate = Number(this.state.rate);
      this.data = new arena.Data(data, undefined, seed);
      this.shown = this.data.held.subarray(0, 2 * SHOWN);
      this.chance = new arena.Chance(seed, 60);
      const memory = this.model && this.model.memory;
      this.model = new arena.families[this.lens.key]({
        seed,
        memory,
        ...(this.lens.settings ? this.lens.settings(this.state) : {}),
      });
      for (const name of ["rate", "generatorRate"])
        if (this.model.settings[name]) this.model.settings[name] *= rate;
      this.error = "";
      this.goal = 0;
      this.end = LEG;
      this.found = {}; // what the jobs found out
      this.lens.prepare(this);
      this.work = this.lens.jobs(this);
      this.pace();
      this.ask();
    }

    /** The pictures are to be made anew. */
    ask() {
      this.stale = this.work.length;
      this.turn = -1; // from the first job on, so that all of them see the same model
      this.told = 0;
      this.wake();
    }

    get steps() {
      return this.model.steps;
    }

    /** Steps that the chosen speed allows from now on. */
    pace() {
      this.since = performance.now();
      this.from = this.steps;
    }

    get limit() {
      const perSecond = Number(this.state.speed) || 0; // 0: as many as there is time for
      if (!this.running) return this.goal;
      return perSecond
        ? Math.min(
            this.end,
            this.from + Math.floor(((performance.now() - this.since) / 1000) * perSecond),
          )
        : this.end;
    }

    toggle() {
      if (this.error) this.restart();
      if (still.matches) {
        this.few(100);
        return;
      }
      this.running = !this.running;
      if (this.running && this.steps >= this.end) this.end = this.steps + LEG;
      this.goal = this.steps;
      this.pace();
      this.ask();
    }

    /** So many steps, then rest. @param {number} count */
    few(count) {
      if (this.error) this.restart();
      this.goal = (this.running ? this.steps : Math.max(this.goal, this.steps)) + count;
      this.running = false;
      this.ask();
    }

    /** Go on with frames, if there is anything to do. */
    wake() {
      this.label();
      if (this.awake || document.hidden || this.unseen) return;
      this.awake = true;
      this.pace();
      requestAnimationFrame(() => this.frame());
    }

    frame() {
      if (
        document.hidden ||
        this.unseen ||
        !(this.running || this.stale > 0 || this.steps < this.goal)
      ) {
        this.awake = false;
        this.paint();
        this.tell();
        return;
      }
      if (this.running || !still.matches) this.paint();
      if (this.running && performance.now() - this.told > 8000) this.tell();
      this.started = performance.now();
      this.slice();
      requestAnimationFrame(() => this.frame());
    }

    /** A slice of work, and another one if the frame has time for it. */
    slice() {
      if (!this.awake || this.unseen || document.hidden) return;
      const more = this.labor(performance.now() + SLICE);
      if (more && performance.now() - this.started < FRAME) this.channel.port2.postMessage(0);
      else if (this.running && this.steps >= this.end) {
        this.running = false;
        this.goal = this.steps;
        this.ask();
      }
    }

    /** Work until a point of time, rather less than more. @param {number} until @returns {boolean} whether there is more to do */
    labor(until) {
      for (let first = true; ; first = false) {
        const trains = !this.error && this.steps < this.limit;
        if (!trains && this.moved) {
          this.moved = false;
          this.stale = this.work.length;
          this.turn = -1;
        }
        const draws = this.stale > 0 && (!trains || this.spent < 0);
        if (!trains && !draws) return false;
        const task = draws ? "draw" : "train";
        if (!first && performance.now() + this.costs[task] > until) return true;
        const start = performance.now();
        if (draws) this.look();
        else this.train();
        const took = performance.now() - start + 0.02; // clocks of browsers are coarse
        this.costs[task] += 0.2 * (Math.min(took, 4 * this.costs[task]) - this.costs[task]);
        this.spent = Math.max(-20, Math.min(20, this.spent + (draws ? took : -SHARE * took)));
      }
    }

    train() {
      try {
        this.model.step(this.data.batch(this.batch, this.chance));
      } catch (error) {
        if (!(error instanceof arena.Exploded)) throw error;
        this.stop(
          `Training ran off: after ${this.steps.toLocaleString("en-US")} steps the loss was no number.`,
        );
        return;
      }
      if (this.lens.stepped) this.lens.stepped(this);
      this.moved = true;
      this.stale = this.work.length;
    }

    /** The next of the lens's jobs. */
    look() {
      this.turn = (this.turn + 1) % this.work.length;
      this.stale -= 1;
      this.work[this.turn]();
    }

    /** @param {string} reason one sentence */
    stop(reason) {
      this.error = `${reason} Restart, or a smaller learning rate, sets it right.`;
      this.running = false;
      this.goal = this.steps;
      this.stale = 0;
    }

    paint() {
      this.color = (/** @type {string} */ name) => arena.color(this.host, name);
      for (const plot of this.plots) plot.clear();
      this.lens.paint(this);
      const facts = this.lens.facts(this);
      this.facts.forEach((/** @type {HTMLElement} */ node, /** @type {number} */ i) => {
        if (node.textContent !== facts[i]) node.textContent = facts[i];
      });
      this.count.textContent = `${this.steps.toLocaleString("en-US")} steps`;
      this.live.classList.toggle("arena-broken", Boolean(this.error));
      this.label();
    }

    label() {
      const text = this.running
        ? "Pause"
        : this.error
          ? "Restart"
          : still.matches
            ? "Run 100 steps"
            : this.steps
              ? "Go on"
              : "Start";
      if (this.go.textContent !== text) this.go.textContent = text;
    }

    /** How it stands, in words. */
    tell() {
      this.told = performance.now();
      const text =
        this.error ||
        (this.steps
          ? `After ${this.steps.toLocaleString("en-US")} steps: ${this.lens.tell(this)}`
          : this.lens.wait);
      if (this.status.textContent !== text) this.status.textContent = text;
      this.canvases.forEach((/** @type {HTMLElement} */ canvas, /** @type {number} */ i) =>
        canvas.setAttribute("aria-label", `${this.lens.figures[i]}: ${this.facts[i].textContent}`),
      );
    }
  }

  Object.assign(arena, { Watcher, lenses: arena.lenses || Object.create(null) });
})();
