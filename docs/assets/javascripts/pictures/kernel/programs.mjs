// What takes time in the picture lab, in WebAssembly with four numbers at a time. A picture lies place by place, with the
// channels of a place side by side; addresses and strides are in bytes. Pages load what this assembles to (../kernel.js); a
// test holds it against this source. ../loops.js is the same in JavaScript. What it should be, in Node:
// import("./programs.mjs").then(({ kernel }) => console.log(Buffer.from(kernel).toString("base64")))
import {
  add,
  assemble,
  below,
  four,
  func,
  i32,
  loop,
  one,
  repeat,
  set,
  shl,
  step,
  times,
} from "../../arena/kernel/assembly.mjs";
import { exp, number, sweep } from "../../arena/kernel/programs.mjs";

/** @typedef {any} Code */

const { load, store, splat, mul, div, sub, max } = four;
const range = (/** @type {number} */ n) => Array.from({ length: n }, (_, i) => i);
const when = (/** @type {Code} */ condition, /** @type {Code[]} */ ...body) => [
  condition,
  0x04,
  0x40,
  body,
  0x0b,
];
const atLeast = (/** @type {Code} */ a, /** @type {number} */ n) => [a, i32(n), 0x4f];
const spread = (/** @type {Code} */ at, /** @type {number} */ offset) => [
  at,
  0xfd,
  0x09,
  0,
  offset,
];
const total = (/** @type {Code} */ vector) =>
  range(4)
    .map((lane) => [vector, 0xfd, 0x1f, lane])
    .reduce((sum, part) => one.add(sum, part));
const minus = (/** @type {Code} */ a, /** @type {Code} */ b) => [a, b, 0x6b];
const UNROLL = 4; // `numbers` counts so many at a time

/**
 * out = bias + W x, or out += bias + W x where `more` is not 0, for the places of some rows: a layer at each place, or a
 * convolution, where the x of a place is some segments (the rows of its window) of numbers that lie side by side. Eight
 * channels of up to four places are summed at once; the weights lie in groups of eight channels.
 */
const product = func(
  "iiiiiiiiiiiiiii",
  "iiiiiiiiiiiiii" + "v".repeat(11),
  (/** @type {Code[]} */ ...all) => {
    const [
      x,
      w,
      bias,
      out,
      more,
      groups,
      numbers,
      segments,
      xSegment,
      rows,
      columns,
      xColumn,
      xRow,
      outColumn,
      outRow,
    ] = all;
    const [left, group, segment, n, px, po, pw, pb, from, to] = all.slice(15);
    const [at, sums, [w0, w1, v]] = [all.slice(25, 29), all.slice(29, 37), all.slice(37)];
    /** @param {number} places that are done at once */
    const block = (places) => {
      const each = (/** @type {(sum: Code, place: number, offset: number) => Code} */ make) =>
        range(places).map((i) => [0, 1].map((half) => make(sums[2 * i + half], i, 16 * half)));
      const walk = (/** @type {Code} */ start, /** @type {Code} */ stride) =>
        range(places).map((i) => set(at[i], i ? add(at[i - 1], stride) : start));
      return [
        set(pw, w),
        set(pb, bias),
        set(to, po),
        set(group, groups),
        repeat(
          group,
          each((sum, _, offset) => set(sum, load(pb, offset))),
          when(
            more,
            walk(to, outColumn),
            each((sum, i, offset) => set(sum, four.add(sum, load(at[i], offset)))),
          ),
          set(from, px),
          set(segment, segments),
          repeat(
            segment,
            walk(from, xColumn),
            set(n, numbers),
            repeat(
              n,
              range(UNROLL).map((k) => [
                set(w0, load(pw, 32 * k)),
                set(w1, load(pw, 32 * k + 16)),
                range(places).map((i) => [
                  set(v, spread(at[i], 4 * k)),
                  [w0, w1].map((weights, half) =>
                    set(sums[2 * i + half], four.add(sums[2 * i + half], mul(v, weights))),
                  ),
                ]),
              ]),
              range(places).map((i) => step(at[i], i32(4 * UNROLL))),
              step(pw, i32(32 * UNROLL)),
            ),
            step(from, xSegment),
          ),
          walk(to, outColumn),
          each((sum, i, offset) => store(at[i], sum, offset)),
          step(to, i32(32)),
          step(pb, i32(32)),
        ),
        step(px, times(xColumn, i32(places))),
        step(po, times(outColumn, i32(places))),
        step(left, i32(-places)),
      ];
    };
    return [
      repeat(
        rows,
        set(px, x),
        set(po, out),
        set(left, columns),
        when(atLeast(left, 4), loop(block(4), below(i32(3), left))),
        when(atLeast(left, 2), block(2)),
        when(left, block(1)),
        step(x, xRow),
        step(out, outRow),
      ),
    ];
  },
);

/** A 5x5 convolution of each channel by itself; the picture x has an edge of two places. Weights: for four channels each all 25. */
const around = func(
  "iiiiiiii",
  "iiiiiivv",
  (
    /** @type {Code[]} */ x,
    w,
    bias,
    out,
    groups,
    rows,
    columns,
    xRow,
    left,
    group,
    k,
    p,
    pw,
    pb,
    s,
    t,
  ) => {
    const xColumn = shl(groups, i32(4));
    const tap = (/** @type {Code} */ sum, /** @type {number} */ i) =>
      set(sum, four.add(sum, mul(load(p), load(pw, 16 * i))));
    return [
      repeat(
        rows,
        set(left, columns),
        repeat(
          left,
          set(pw, w),
          set(pb, bias),
          set(group, groups),
          repeat(
            group,
            set(s, load(pb)),
            set(t, number(0)),
            set(p, x),
            set(k, i32(5)),
            repeat(
              k,
              range(5).map((i) => [tap(i % 2 ? t : s, i), i < 4 ? step(p, xColumn) : []]),
              step(p, minus(xRow, shl(groups, i32(6)))),
              step(pw, i32(80)),
            ),
            store(out, four.add(s, t)),
            step(out, i32(16)),
            step(x, i32(16)),
            step(pb, i32(16)),
          ),
        ),
        step(x, minus(xRow, times(columns, xColumn))),
      ),
    ];
  },
);

/** The layer norm of the channels of each place, in place, then times scale and plus shift; `share` is 1 / channels. */
const norm = func(
  "iiiiif",
  "iiiivvv",
  (/** @type {Code[]} */ x, scale, shift, places, groups, share, p, q, r, n, sum, mean, by) => {
    const all = (/** @type {Code[]} */ pointers, /** @type {Code[]} */ ...body) => [
      set(p, x),
      set(n, groups),
      sweep(n, [p, ...pointers], body),
    ];
    const average = () => splat(one.mul(total(sum), share));
    return [
      repeat(
        places,
        set(sum, number(0)),
        all([], set(sum, four.add(sum, load(p)))),
        set(mean, average()),
        set(sum, number(0)),
        all([], set(by, sub(load(p), mean)), set(sum, four.add(sum, mul(by, by)))),
        set(by, div(number(1), four.sqrt(four.add(average(), number(1e-5))))),
        set(q, scale),
        set(r, shift),
        all([q, r], store(p, four.add(mul(mul(sub(load(p), mean), by), load(q)), load(r)))),
        set(x, p),
      ),
    ];
  },
);

/** The mean of each channel over all places; `share` is 1 / places. */
const means = func(
  "iiiif",
  "iiiv",
  (/** @type {Code[]} */ x, out, places, groups, share, stride, p, n, sum) => [
    set(stride, shl(groups, i32(4))),
    repeat(
      groups,
      set(p, x),
      set(n, places),
      set(sum, number(0)),
      repeat(n, set(sum, four.add(sum, load(p))), step(p, stride)),
      store(out, mul(sum, splat(share))),
      step(x, i32(16)),
      step(out, i32(16)),
    ),
  ],
);

// Activations, in place, four numbers at a time.
const silu = func("ii", "vvvv", (/** @type {Code[]} */ x, count, v, ...own) => [
  sweep(
    count,
    [x],
    set(v, load(x)),
    store(x, div(v, four.add(number(1), exp(sub(number(0), v), own)))),
  ),
]);
const leaky = func("ii", "v", (/** @type {Code[]} */ x, count, v) => [
  sweep(count, [x], set(v, load(x)), store(x, max(v, mul(v, number(0.2))))),
]);
const tanh = func("ii", "vvv", (/** @type {Code[]} */ x, count, ...own) => [
  sweep(
    count,
    [x],
    store(
      x,
      sub(number(1), div(number(2), four.add(number(1), exp(mul(load(x), number(2)), own)))),
    ),
  ),
]);

export const kernel = assemble({ product, around, norm, means, silu, leaky, tanh });
