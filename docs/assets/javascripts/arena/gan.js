// A generator G against a discriminator D: non-saturating loss, and a little noise on what D sees, without which it oscillates.
// settings: rate (of D), generatorRate, beta (Adam's first), blur (sd of D's noise; 0: oscillates), rounds (of D for each of G)
// show({side, arrows, seed}) -> surface (D's probability of "real" on a lattice of side x side), fakes (as many as arrows),
// pushes (where G is told to move each fake: minus the slope of its loss by the point), losses {discriminator, generator}.
(function () {
  "use strict";
  const arena = window.fieldguideArena;

  arena.families.gan = class Gan extends arena.Family {
    constructor(/** @type {Arena.Settings} */ settings) {
      super(
        {
          rate: 1e-3,
          generatorRate: 1e-3,
          beta: 0.5,
          blur: 0.05,
          rounds: 1,
          width: 64,
          ...settings,
        },
        1,
      );
      const { width } = this.settings;
      this.G = new arena.Net(this.memory, this.chance, [2, width, width, 2], "leaky");
      this.trial = new arena.Tape(this.memory); // D's own
      this.D = new arena.Net(this.memory, this.chance, [2, width, width, 1], "leaky");
    }

    /** G(z) @param {Arena.Tape} tape @param {number} n @param {Arena.Chance} chance */
    generate(tape, n, chance) {
      const z = tape.input(n, 2);
      chance.normals(z.v);
      return this.G.on(tape, z);
    }

    /** D's logit of points that are blurred a little. @param {Arena.Tape} tape @param {Arena.Matrix} x */
    judge(tape, x) {
      const { blur } = this.settings;
      if (!blur) return this.D.on(tape, x);
      const noise = tape.input(x.rows, 2);
      this.chance.normals(noise.v, blur);
      return this.D.on(tape, tape.add(x, noise));
    }

    learn(/** @type {Float32Array} */ batch) {
      const { settings, tape, trial, chance, G, D } = this;
      const n = batch.length / 2;
      let fake;
      let judged;
      for (let round = 0; round < settings.rounds; round++) {
        fake = this.generate(tape.begin(), n, chance);
        const real = this.judge(trial.begin(), trial.input(n, 2, batch));
        const made = this.judge(trial, trial.input(n, 2, fake.v)); // a copy: no slopes lead to G
        judged = trial.add(trial.softplus(real, -1), trial.softplus(made));
        trial.backward(judged);
        D.adam(settings.rate, settings.beta, 0.99);
      }
      D.frozen = true; // now G learns, through D
      const loss = tape.softplus(this.judge(tape, /** @type {Arena.Matrix} */ (fake)), -1);
      tape.backward(loss);
      D.frozen = false;
      G.adam(settings.generatorRate, settings.beta, 0.99);
      return { discriminator: /** @type {Arena.Matrix} */ (judged).v[0], generator: loss.v[0] };
    }

    draw(/** @type {number} */ n, /** @type {Arena.Chance} */ chance) {
      return this.generate(this.sampler.begin(), n, chance).v;
    }

    show({ side = 32, arrows = 64, seed = 1 } = {}) {
      const surface = new Float32Array(side * side);
      const logits = arena.blocks(arena.lattice(side), 1, (x) => this.verdict(x));
      for (let i = 0; i < surface.length; i++) surface[i] = 1 / (1 + Math.exp(-logits[i]));
      const fakes = this.sample(arrows, seed);
      const pushes = arena.blocks(fakes, 2, (x) => this.push(x));
      return { surface, side, fakes, pushes, losses: this.losses };
    }

    /** D's logits of points, by its weights as they are. @param {Float32Array} x */
    verdict(x) {
      const tape = this.shown || (this.shown = new arena.Tape(this.memory));
      return this.D.on(tape.begin(), tape.input(x.length / 2, 2, x)).v;
    }

    /** Minus the slope of G's loss by each point, of the sum over points. @param {Float32Array} x */
    push(x) {
      const tape = this.shown || (this.shown = new arena.Tape(this.memory));
      this.D.frozen = true;
      const points = tape.begin().input(x.length / 2, 2, x, true);
      tape.backward(tape.softplus(this.D.on(tape, points), -1));
      this.D.frozen = false;
      return /** @type {Float32Array} */ (points.g).map(
        (/** @type {number} */ slope) => -slope * points.rows,
      );
    }
  };
})();
