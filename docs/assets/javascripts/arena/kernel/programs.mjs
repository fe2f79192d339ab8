// What takes time in the arena, in WebAssembly with four numbers at a time: it is fast from the first call on, where
// plain loops (loops.js, the same in JavaScript) must warm up first. Addresses and strides are in bytes. Pages load what
// this assembles to (../kernel.js); a test holds it against this source. What it should be, in Node:
// import("./programs.mjs").then(({ kernel }) => console.log(Buffer.from(kernel).toString("base64")))
import {
  add,
  assemble,
  below,
  f32,
  four,
  func,
  i32,
  loop,
  one,
  or,
  repeat,
  set,
  shl,
  shr,
  step,
  times,
  xor,
} from "./assembly.mjs";

/** @typedef {any} Code */

/**
 * C += A B, some columns of C at a time: A is m x k with any strides, so that it may be a transpose; B is k x n, C m x n.
 * @param {any} lane @param {number} parts of C that are summed side by side
 */
const product = (lane, parts) =>
  func(
    "iiiiiiii",
    "iiiii" + lane.type.repeat(parts + 1),
    (/** @type {Code[]} */ a, aRow, aColumn, b, c, m, k, width, j, p, pa, pb, pc, s, ...sums) => {
      const each = (/** @type {(sum: Code, offset: number) => Code} */ make) =>
        sums.map((sum, i) => make(sum, i * lane.bytes));
      return [
        repeat(
          m,
          set(j, i32(0)),
          loop(
            set(pa, a),
            set(pb, add(b, j)),
            set(pc, add(c, j)),
            set(p, k),
            each((sum, offset) => set(sum, lane.load(pc, offset))),
            repeat(
              p,
              set(s, lane.spread(pa)),
              each((sum, offset) => set(sum, lane.add(sum, lane.mul(s, lane.load(pb, offset))))),
              step(pa, aColumn),
              step(pb, width),
            ),
            each((sum, offset) => lane.store(pc, sum, offset)),
            step(j, i32(parts * lane.bytes)),
            below(j, width),
          ),
          step(a, aRow),
          step(c, width),
        ),
      ];
    },
  );

/** The transpose of a matrix. */
const turn = func("iiii", "iii", (/** @type {Code[]} */ from, to, rows, columns, j, at, height) => [
  set(height, shl(rows, i32(2))),
  repeat(
    rows,
    set(at, to),
    set(j, columns),
    repeat(j, one.store(at, one.load(from)), step(from, i32(4)), step(at, height)),
    step(to, i32(4)),
  ),
]);

const { load, store, splat, mul, div, sub, min, max, select, less } = four;
const number = (/** @type {number} */ n) => splat(f32(n));
/** All along some rows of numbers, four at a time. @param {Code} count @param {Code[]} pointers @param {Code[]} body */
const sweep = (count, pointers, ...body) =>
  repeat(count, ...body, ...pointers.map((pointer) => step(pointer, i32(16))));

/** exp within -60..60, as a power of two and a polynomial; t, k and f are variables. @param {Code} value @param {Code[]} own */
const exp = (value, [t, k, f]) => [
  set(t, max(min(value, number(60)), number(-60))),
  set(k, four.nearest(mul(t, number(Math.LOG2E)))),
  set(f, sub(t, mul(k, number(Math.LN2)))),
  mul(
    [1 / 120, 1 / 24, 1 / 6, 1 / 2, 1, 1].reduce(
      (sum, factor) => four.add(mul(sum, f), number(factor)),
      number(1 / 720),
    ),
    four.shl(four.addInteger(four.integer(k), four.splatInteger(i32(127))), i32(23)),
  ),
];

// An activation in place, and the way back of its slopes. What the way back needs goes to `keep`, which may be v itself: then it is lost.
const leakyOn = func("iii", "v", (/** @type {Code[]} */ v, keep, count, x) => [
  sweep(count, [v], set(x, load(v)), store(v, max(x, mul(x, number(0.2))))),
]);
const leakyOff = func("iiii", "", (/** @type {Code[]} */ g, v, keep, count) => [
  sweep(
    count,
    [g, v],
    store(g, mul(load(g), select(number(0.2), number(1), less(load(v), number(0))))),
  ),
]);
const tanhOn = func("iii", "vvv", (/** @type {Code[]} */ v, keep, count, ...own) => [
  sweep(
    count,
    [v],
    store(
      v,
      sub(number(1), div(number(2), four.add(number(1), exp(mul(load(v), number(2)), own)))),
    ),
  ),
]);
const tanhOff = func("iiii", "v", (/** @type {Code[]} */ g, v, keep, count, x) => [
  sweep(count, [g, v], set(x, load(v)), store(g, mul(load(g), sub(number(1), mul(x, x))))),
]);
const siluOn = func("iii", "vvvvvv", (/** @type {Code[]} */ v, keep, count, x, s, y, ...own) => [
  sweep(
    count,
    [v, keep],
    set(x, load(v)),
    set(s, div(number(1), four.add(number(1), exp(sub(number(0), x), own)))),
    set(y, mul(x, s)),
    store(keep, four.add(s, mul(y, sub(number(1), s)))), // the slope
    store(v, y),
  ),
]);
const siluOff = func("iiii", "", (/** @type {Code[]} */ g, v, keep, count) => [
  sweep(count, [g, keep], store(g, mul(load(g), load(keep)))),
]);

/** A step of Adam by slopes, which are used up; the averages follow. new1 and new2 are 1 less the decays of its two moments. */
const adam = func(
  "iiiiiifffff",
  "vvvv",
  (
    /** @type {Code[]} */ weights,
    slopes,
    first,
    second,
    averages,
    count,
    scale,
    spread,
    new1,
    new2,
    follow,
    g,
    m,
    v,
    w,
  ) => {
    /** to + share (by - to) */
    const toward = (/** @type {Code} */ to, /** @type {Code} */ share, /** @type {Code} */ by) =>
      four.add(load(to), mul(splat(share), sub(by, load(to))));
    return [
      sweep(
        count,
        [weights, slopes, first, second, averages],
        set(g, load(slopes)),
        store(slopes, number(0)),
        set(m, toward(first, new1, g)),
        store(first, m),
        set(v, toward(second, new2, mul(g, g))),
        store(second, v),
        set(
          w,
          sub(
            load(weights),
            div(mul(splat(scale), m), four.add(four.sqrt(mul(splat(spread), v)), number(1e-8))),
          ),
        ),
        store(weights, w),
        store(averages, toward(averages, follow, w)),
      ),
    ];
  },
);

/** Numbers of chance (mulberry32) within -reach..reach; the state that follows is given back. */
const fill = func(
  "iiif",
  "i",
  (/** @type {Code[]} */ to, count, state, reach, t) => {
    const mixed = (/** @type {Code} */ a, /** @type {number} */ by, /** @type {number} */ bits) =>
      times(xor(a, shr(a, i32(by))), or(a, i32(bits)));
    return [
      repeat(
        count,
        step(state, i32(0x6d2b79f5)),
        set(t, mixed(state, 15, 1)),
        set(t, xor(t, add(t, mixed(t, 7, 61)))),
        one.store(
          to,
          one.mul(reach, one.sub(one.mul(one.of(xor(t, shr(t, i32(14)))), f32(2 ** -31)), f32(1))),
        ),
        step(to, i32(4)),
      ),
      state,
    ];
  },
  "i",
);

const programs = {
  wide: product(four, 4),
  narrow: product(one, 1),
  turn,
  adam,
  fill,
  leakyOn,
  leakyOff,
  tanhOn,
  tanhOff,
  siluOn,
  siluOff,
};
export const kernel = assemble(programs);
export { exp, number, sweep };
