// The denoiser that diffusion, flow matching, its student and the multimodal model share: its guess of the clean picture.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const HALF = 14; // places each way: 2 x 2 of the 28 x 28 pixels are folded into one
  const CHUNK = 28; // places whose inner numbers fit into the nearest cache

  /**
   * @param {Lab.Weights} weights @param {string} name @param {boolean} [plain] without WebAssembly
   * @returns {(x: ArrayLike<number>, t: number, c: ArrayLike<number>) => Generator<void, Float32Array>} it stops between its blocks, so
   * that the caller may wait there
   */
  lab.denoiser = (weights, name, plain = false) => {
    const e = new lab.Engine(plain);
    const get = (/** @type {string} */ key) => weights.tensor(`${name}.${key}`);
    const pair = (/** @type {string} */ key) => [
      get(`${key}.weight`),
      weights.tensors[`${name}.${key}.bias`],
    ];
    const width = get("place").shape[0];
    const place = get("place").data;
    const given = e.picture(4, HALF, HALF, 1);
    const [channels, more] = [width, 3 * width].map((n) => 8 * Math.ceil(n / 8)); // as layers write them
    const h = e.picture(channels, HALF, HALF, 2);
    const a = e.picture(channels, HALF, HALF);
    const wide = e.picture(more, HALF, HALF);
    const out = e.picture(8, HALF, HALF);
    const [waves, cond] = [get("time.weight").shape[1] / 2, get("cond.weight").shape[1]];
    const [angles, condition, hint, mean, tone] = [
      2 * waves,
      cond,
      width,
      width,
      2 * width + 8,
    ].map((n) => e.row(n));
    const shift = e.row(width, tone.base + 4 * width);
    const [tell, tellMore] = [
      e.linear(...pair("time"), angles, hint),
      e.linear(...pair("cond"), condition, hint, true),
    ];
    const enter = e.convolution(...pair("enter"), given, h, { more: true });
    const leave = e.convolution(...pair("leave"), h, out);
    /** @type {any[]} */
    const blocks = [];
    for (let i = 0; weights.tensors[`${name}.blocks.${i}.up.weight`]; i++) {
      const part = (/** @type {string} */ key) => pair(`blocks.${i}.${key}`);
      const [weight, bias] = part("tone");
      const one = {
        shape: bias.shape,
        data: bias.data.map(
          (/** @type {number} */ v, /** @type {number} */ k) => v + Number(k < width),
        ),
      }; // 1 + scale
      blocks.push({
        around: e.around(...part("around"), h, a),
        tone: e.linear(weight, one, hint, tone),
        mean: e.linear(...part("mean"), mean, shift, true),
        up: e.linear(...part("up"), a, wide),
        down: e.convolution(...kernel(part("down")), wide, h, { padding: 0, more: true }),
      });
    }
    const start = new Float32Array(h.size); // the learned places, as h has them
    for (let y = 0; y < HALF; y++)
      for (let x = 0; x < HALF; x++)
        for (let c = 0; c < width; c++)
          start[(h.at - h.base + y * h.row + x * h.column) / 4 + c] =
            place[(c * HALF + y) * HALF + x];

    return function* guess(x, t, c) {
      const waving = e.numbers(angles);
      for (let i = 0; i < waves; i++) {
        const angle = (t * (i + 1) * Math.PI) / 2;
        waving[i] = Math.cos(angle);
        waving[waves + i] = Math.sin(angle);
      }
      e.numbers(condition).set(c);
      tell();
      tellMore();
      e.act("silu", hint);
      e.fold(given, x);
      e.numbers(h).set(start);
      enter();
      for (const block of blocks) {
        block.around();
        block.tone();
        e.means(a, mean);
        block.mean();
        e.norm(a, tone.base, shift.base, width);
        for (let first = 0; first < HALF * HALF; first += CHUNK) {
          block.up(first, CHUNK);
          e.act("silu", wide, first, CHUNK);
          block.down(first / HALF, CHUNK / HALF);
        }
        yield;
      }
      leave();
      return e.unfold(out);
    };
  };

  /** @param {any[]} pair a matrix and its bias @returns {any[]} as a convolution with a window of one place */
  const kernel = ([{ shape, data }, bias]) => [{ shape: [shape[0], shape[1], 1, 1], data }, bias];
})();
