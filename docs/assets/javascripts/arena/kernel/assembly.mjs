// The few instructions of WebAssembly that the programs need, by their names in its text format. Code is a nested list of
// bytes, which is made flat once; a local variable is the code that reads it.
/** @typedef {(number | Code)[]} Code */

/** @param {number} n @returns {number[]} */
const unsigned = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...unsigned(n >> 7)]);
/** @param {number} n @returns {number[]} */
const signed = (n) => (n >= -64 && n < 64 ? [n & 127] : [(n & 127) | 128, ...signed(n >> 7)]);
const op =
  (/** @type {number[]} */ ...code) =>
  (/** @type {Code[]} */ ...given) => [given, code];
const vector = (/** @type {number} */ n) => op(0xfd, ...unsigned(n));

const set = (/** @type {number[]} */ variable, /** @type {Code} */ value) => [
  value,
  0x21,
  variable[1],
];
const i32 = (/** @type {number} */ n) => [0x41, ...signed(n)];
const f32 = (/** @type {number} */ n) => [0x43, ...new Uint8Array(Float32Array.of(n).buffer)];
const [add, times, or, xor, shl, shr] = [
  op(0x6a),
  op(0x6c),
  op(0x72),
  op(0x73),
  op(0x74),
  op(0x76),
];
const step = (/** @type {number[]} */ variable, /** @type {Code} */ by) =>
  set(variable, add(variable, by));
const loop = (/** @type {Code[]} */ ...body) => [0x03, 0x40, body, 0x0b];
/** To the start of the innermost loop, unless it is over. */
const below = (/** @type {Code} */ a, /** @type {Code} */ b) => [a, b, 0x49, 0x0d, 0];
const repeat = (/** @type {number[]} */ count, /** @type {Code[]} */ ...body) =>
  loop(...body, [count, i32(1), 0x6b, 0x22, count[1], 0x0d, 0]);

/** Single numbers. */
const one = {
  bytes: 4,
  type: "f",
  add: op(0x92),
  sub: op(0x93),
  mul: op(0x94),
  of: op(0xb3), // of an integer without sign
  load: (/** @type {Code} */ at, offset = 0) => [at, 0x2a, 0, offset],
  store: (/** @type {Code} */ at, /** @type {Code} */ value, offset = 0) => [
    at,
    value,
    0x38,
    0,
    offset,
  ],
  spread: (/** @type {Code} */ at) => [at, 0x2a, 0, 0],
};
/** Four numbers at a time. */
const four = {
  bytes: 16,
  type: "v",
  add: vector(0xe4),
  sub: vector(0xe5),
  mul: vector(0xe6),
  div: vector(0xe7),
  min: vector(0xe8),
  max: vector(0xe9),
  sqrt: vector(0xe3),
  nearest: vector(0x6a),
  less: vector(0x43),
  select: vector(0x52),
  splat: vector(0x13),
  integer: vector(0xf8),
  splatInteger: vector(0x11),
  addInteger: vector(0xae),
  shl: vector(0xab),
  load: (/** @type {Code} */ at, offset = 0) => [at, 0xfd, 0, 0, offset],
  store: (/** @type {Code} */ at, /** @type {Code} */ value, offset = 0) => [
    at,
    value,
    0xfd,
    0x0b,
    0,
    offset,
  ],
  spread: (/** @type {Code} */ at) => [at, 0xfd, 0x09, 0, 0], // one number, four times
};

const TYPES = /** @type {Record<string, number>} */ ({ i: 0x7f, f: 0x7d, v: 0x7b });
const types = (/** @type {string} */ letters) => Array.from(letters, (letter) => TYPES[letter]);

/**
 * A function: types of what it is given and of its own variables (a letter each), its code, made of them all, and the
 * type of what the code leaves behind.
 * @param {string} given @param {string} own @param {(...variables: number[][]) => Code} make
 */
const func = (given, own, make, result = "") => ({ given, own, make, result });

/** The bytes of a module with some functions, on a memory that it is given as e.m. @param {Record<string, ReturnType<typeof func>>} all */
function assemble(all) {
  const list = Object.values(all);
  const sized = (/** @type {number[]} */ body) => [...unsigned(body.length), ...body];
  const row = (/** @type {number[][]} */ items) => [...unsigned(items.length), ...items.flat()];
  const name = (/** @type {string} */ text) => [
    text.length,
    ...Array.from(text, (letter) => letter.charCodeAt(0)),
  ];
  const body = (/** @type {ReturnType<typeof func>} */ { given, own, make }) => {
    const variables = Array.from(given + own, (_, i) => [0x20, i]);
    return sized([
      ...row(types(own).map((type) => [1, type])),
      .../** @type {number[]} */ (/** @type {any[]} */ (make(...variables)).flat(Infinity)),
      0x0b,
    ]);
  };
  const section = (/** @type {number} */ id, /** @type {number[][]} */ items) => [
    id,
    ...sized(row(items)),
  ];
  return new Uint8Array([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(
      1,
      list.map(({ given, result }) => [
        0x60,
        ...unsigned(given.length),
        ...types(given),
        result.length,
        ...types(result),
      ]),
    ),
    ...section(2, [[...name("e"), ...name("m"), 2, 0, 1]]),
    ...section(
      3,
      list.map((_, i) => [i]),
    ),
    ...section(
      7,
      Object.keys(all).map((key, i) => [...name(key), 0, i]),
    ),
    ...section(10, list.map(body)),
  ]);
}

export {
  set,
  i32,
  f32,
  add,
  times,
  or,
  xor,
  shl,
  shr,
  step,
  loop,
  below,
  repeat,
  one,
  four,
  func,
  assemble,
};
