// The race: six models learn side by side, in slices of time that leave the page fluid. No picture is drawn here.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const BATCH = 128;
  const CLOUD = 800; // points by which a model is measured
  const CHUNKS = Math.ceil(CLOUD / arena.CHUNK);
  const SHOWN = 16; // chunks that a picture shows and refreshes
  const LOOKS = [25, 50, 100, 175, 250, 375, 500, 750, 1000, 1250, 1500, 2000]; // after these steps; then every 1000
  const SHARE = 0.3; // of the time that refreshing pictures may take

  /** One model in a race. */
  class Runner {
    /** @param {string} key @param {Arena.Race} race @param {Arena.Memory | null} [memory] */
    constructor(key, race, memory) {
      this.key = key;
      this.race = race;
      this.model = new arena.families[key]({ seed: race.seed, memory, ...race.changes(key) });
      this.chance = new arena.Chance(race.seed, 60); // all six see the same batches
      this.batch = new Float32Array(2 * BATCH);
      this.seconds = 0; // of training alone
      this.costs = { train: 1, draw: 1 }; // milliseconds, about
      /** @type {{steps: number, seconds: number, distance: number}[]} */
      this.curve = [];
      this.cloud = new Float32Array(2 * CLOUD);
      this.looked = -1; // chunks that a look has drawn so far; -1: no look
      this.next = LOOKS[0];
      this.fresh = 0; // the chunk that is refreshed next
      this.stale = 0; // chunks of the picture that are older than the last step
      this.goal = 0; // steps that are still asked for while the race does not run
      this.error = "";
    }

    get steps() {
      return this.model.steps;
    }

    get distance() {
      return this.curve.length ? this.curve[this.curve.length - 1].distance : NaN;
    }

    get task() {
      return this.looked >= 0 ? "draw" : "train";
    }

    /** One unit of work: a step, or a part of a look. */
    work() {
      if (this.task === "draw") this.look();
      else this.train();
    }

    /** How long something takes, which is kept in mind. @param {"train" | "draw"} task @param {() => void} act @returns {number} milliseconds */
    timed(task, act) {
      const start = performance.now();
      act();
      const took = performance.now() - start + 0.02; // clocks of browsers are coarse
      const { costs } = this;
      costs[task] +=
        (took < costs[task] ? 0.3 : 0.1) * (Math.min(took, 4 * costs[task]) - costs[task]); // a busy machine is no measure
      return took;
    }

    train() {
      const start = performance.now();
      try {
        this.model.step(this.race.data.batch(this.batch, this.chance));
      } catch (error) {
        if (!(error instanceof arena.Exploded)) throw error;
        this.error = `its loss was no number after ${this.steps} steps`;
        return;
      }
      this.seconds += (performance.now() - start) / 1000;
      this.stale = SHOWN;
      if (this.key === "matching" && this.steps === this.race.reflow) this.model.reflow();
      if (this.steps < this.next) return;
      this.next = LOOKS.find((steps) => steps > this.steps) || this.next + 1000;
      this.looked = 0;
    }

    /** The cloud by which the model is measured grows by a chunk; when it is whole, the distance is known. */
    look() {
      if (this.looked < CHUNKS) {
        this.draw(this.looked++);
        return;
      }
      const distance = this.race.data.distance(this.cloud);
      if (Number.isFinite(distance))
        this.curve.push({ steps: this.steps, seconds: this.seconds, distance });
      else this.error = `its points lay nowhere after ${this.steps} steps`;
      this.looked = -1;
      this.stale = 0;
    }

    /** @param {number} k */
    draw(k) {
      const from = 2 * k * arena.CHUNK;
      const points = this.model.chunk(k, this.race.seed);
      this.cloud.set(points.subarray(0, Math.min(points.length, this.cloud.length - from)), from);
    }

    /** A part of the picture is drawn anew, from the same noise, so that points wander as the model learns. */
    refresh() {
      this.draw(this.fresh);
      this.fresh = (this.fresh + 1) % SHOWN;
      this.stale -= 1;
    }
  }

  /** Six runners on the same data. */
  class Race {
    /**
     * @param {Arena.Data} data @param {{seed?: number, mode?: string, rate?: number, reflow?: number, keys?: string[], old?: Arena.Race | null}} [about]
     * mode: "steps" or "time", which is kept equal; rate: a factor of all learning rates; reflow: after which step, 0 for never;
     * old: a race that is over, whose memory is used again
     */
    constructor(
      data,
      {
        seed = 1,
        mode = "steps",
        rate = 1,
        reflow = 0,
        keys = Object.keys(arena.families),
        old,
      } = {},
    ) {
      this.data = data;
      this.seed = seed;
      this.mode = mode;
      this.rate = rate;
      this.reflow = reflow;
      /** @type {Runner[]} */
      this.runners = keys.map(
        (key, i) => new Runner(key, this, old && old.runners[i].model.memory),
      );
      this.spent = { work: 0, refresh: 0 };
      this.turn = 0;
    }

    /** Settings of a family that differ from its own. @param {string} key */
    changes(key) {
      const rates = { gan: 1e-3, autoregressive: 4e-3 };
      const rate = this.rate * (/** @type {Record<string, number>} */ (rates)[key] || 2e-3);
      return this.rate === 1 ? {} : { rate, generatorRate: rate };
    }

    get alive() {
      return this.runners.filter((runner) => !runner.error);
    }

    /** Steps that all have made. */
    get steps() {
      return Math.min(...this.alive.map((runner) => runner.steps));
    }

    /** Ask each for so many steps more. @param {number} count */
    aim(count) {
      for (const runner of this.runners)
        runner.goal = Math.max(runner.goal * Number(count > 0), runner.steps) + count;
    }

    /** Whose turn it is: who has the fewest steps, or the least time. @param {number} [limit] of steps; without it each has its goal */
    whose(limit) {
      const by = this.mode === "time" ? "seconds" : "steps";
      let found;
      for (const runner of this.runners)
        if (
          !runner.error &&
          (runner.steps < (limit === undefined ? runner.goal : limit) || runner.looked >= 0) &&
          (!found || runner[by] < found[by])
        )
          found = runner;
      return found;
    }

    /**
     * Work until a point of time, or until all have made `limit` steps and their pictures are fresh. Ends early rather than late.
     * @param {number} until @param {number} [limit] without it each works up to its goal @returns {boolean} whether there is more to do
     */
    work(until, limit) {
      for (let first = true; ; first = false) {
        const runner = this.whose(limit);
        const behind = this.runners.filter((one) => !one.error && one.looked < 0 && one.stale > 0);
        if (!runner && !behind.length) return false;
        const draws = behind.length && (!runner || this.spent.refresh < SHARE * this.spent.work);
        const next = draws || !runner ? behind[this.turn++ % behind.length] : runner;
        if (!first && performance.now() + next.costs[draws ? "draw" : next.task] > until)
          return true;
        if (draws) this.spent.refresh += next.timed("draw", () => next.refresh());
        else this.spent.work += next.timed(next.task, () => next.work());
      }
    }

    /** Best first; who ran off comes last. */
    get ranking() {
      const worth = (/** @type {Arena.Runner} */ one) =>
        one.error ? Infinity : Number.isNaN(one.distance) ? 1e9 : one.distance;
      return [...this.runners].sort((a, b) => worth(a) - worth(b));
    }
  }

  Object.assign(arena, { Race, CLOUD, SHOWN });
})();
