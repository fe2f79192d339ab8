// The machine under the networks of the picture lab: one block of memory, pictures in it, and layers from picture to picture.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const PAGE = 65536; // bytes

  /**
   * A picture in memory: place by place, the channels of a place side by side, with an edge of zeros around it.
   * @typedef {{at: number, base: number, channels: number, rows: number, columns: number, column: number, row: number, size: number, places?: number}} Picture
   * at: address of its first place; column, row: bytes to the next one; base, size: of all its numbers with the edge;
   * places: of the picture that this one is the flat form of
   */
  /** @typedef {{shape: number[], data: Float32Array}} Tensor */

  class Engine {
    /** @param {boolean} [plain] without WebAssembly */
    constructor(plain = false) {
      this.used = 64;
      const memory = !plain && "WebAssembly" in window && new WebAssembly.Memory({ initial: 16 });
      const run = memory && lab.kernel(memory);
      this.memory = run ? memory : undefined;
      this.run = run || lab.loops(this);
      this.heap = this.memory
        ? new Float32Array(this.memory.buffer)
        : new Float32Array(16 * (PAGE / 4));
    }

    /** @param {number} n @returns {number} the address of so many zeros, a multiple of 16 */
    take(n) {
      const at = this.used;
      this.used += Math.ceil(n / 4) * 16;
      const missing = this.used + PAGE - this.heap.byteLength; // a vector may be read a little beyond what is used
      if (missing > 0) this.grow(Math.ceil(missing / PAGE) + 16);
      return at;
    }

    /** @param {number} pages */
    grow(pages) {
      if (this.memory) {
        this.memory.grow(pages);
        this.heap = new Float32Array(this.memory.buffer);
      } else {
        const old = this.heap;
        this.heap = new Float32Array(old.length + pages * (PAGE / 4));
        this.heap.set(old);
      }
    }

    /** The numbers at an address; no longer theirs once more memory is taken. @param {number} at @param {number} n */
    view(at, n) {
      return this.heap.subarray(at / 4, at / 4 + n);
    }

    /** @param {ArrayLike<number>} numbers @param {number} [n] with zeros behind them @returns {number} their address */
    keep(numbers, n = numbers.length) {
      const at = this.take(n);
      this.view(at, numbers.length).set(numbers);
      return at;
    }

    /**
     * A picture of zeros, or at an address what is there. What a layer writes into has its channels rounded up to eights.
     * @param {number} channels @param {number} rows @param {number} columns @param {number} [edge] places around it @param {number} [base] address
     * @returns {Picture}
     */
    picture(channels, rows, columns, edge = 0, base) {
      const column = 4 * channels;
      const row = (columns + 2 * edge) * column;
      const size = ((rows + 2 * edge) * row) / 4;
      const start = base === undefined ? this.take(size) : base;
      return {
        at: start + edge * (row + column),
        base: start,
        channels,
        rows,
        columns,
        column,
        row,
        size,
      };
    }

    /** A row of numbers: a picture of one place. @param {number} n @param {number} [base] */
    row(n, base) {
      return this.picture(up(n), 1, 1, 0, base);
    }

    /** The same numbers as a row, in the order in which PyTorch flattens. @param {Picture} picture one without an edge @returns {Picture} */
    flat(picture) {
      return {
        ...this.picture(picture.size, 1, 1, 0, picture.base),
        places: picture.rows * picture.columns,
      };
    }

    /** @param {Picture} picture */
    numbers(picture) {
      return this.view(picture.base, picture.size);
    }

    /**
     * Weights in the kernel's order: eight outputs side by side, for each number of a place's window.
     * @param {number} outputs @param {number} height @param {number} width of the window, in numbers
     * @param {(output: number, y: number, x: number) => number} weight 0 where there is none
     */
    pack(outputs, height, width, weight) {
      const packed = new Float32Array(up(outputs) * height * width);
      let i = 0;
      for (let first = 0; first < outputs; first += 8)
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++)
            for (let o = first; o < first + 8; o++) packed[i++] = o < outputs ? weight(o, y, x) : 0;
      return this.keep(packed);
    }

    /**
     * The same matrix at each place: out = W x + b.
     * @param {Tensor} weight @param {Tensor | undefined} bias @param {Picture} from @param {Picture} to @param {boolean} [more] added to what is there
     * @returns {(first?: number, count?: number) => void} for all places, or some of pictures without edges
     */
    linear(weight, bias, from, to, more = false) {
      const [outputs, inputs] = weight.shape;
      const column = turned(from, inputs);
      const turn = turned(to, outputs);
      const w = this.pack(outputs, 1, from.channels, (o, _, i) =>
        column(i) < 0 ? 0 : weight.data[turn(o) * inputs + column(i)],
      );
      const b = this.keep(
        Float32Array.from({ length: outputs }, (_, o) => (bias ? bias.data[turn(o)] : 0)),
        up(outputs),
      );
      const groups = up(outputs) / 8;
      const whole =
        from.rows === 1 ||
        (from.row === from.columns * from.column && to.row === to.columns * to.column);
      const [rows, columns] = whole ? [1, from.rows * from.columns] : [from.rows, from.columns];
      return (first = 0, count = columns) =>
        this.run.product(
          from.at + first * from.column,
          w,
          b,
          to.at + first * to.column,
          +more,
          groups,
          from.channels / 4,
          1,
          0,
          rows,
          count,
          from.column,
          from.row,
          to.column,
          to.row,
        );
    }

    /**
     * A convolution; `from` has an edge as wide as the padding.
     * @param {Tensor} weight @param {Tensor | undefined} bias @param {Picture} from @param {Picture} to
     * @param {{stride?: number, padding?: number, more?: boolean}} [about] more: added to what is there
     */
    convolution(weight, bias, from, to, { stride = 1, padding = 1, more = false } = {}) {
      const [outputs, inputs, height, width] = weight.shape;
      const tap = (
        /** @type {number} */ o,
        /** @type {number} */ y,
        /** @type {number} */ x,
        /** @type {number} */ c,
      ) => weight.data[((o * inputs + c) * height + y) * width + x];
      return this.window(outputs, inputs, [height, width], tap, bias, from, to, {
        dy: -padding,
        dx: -padding,
        stride,
        more,
      });
    }

    /** A transposed convolution, 4 x 4 with stride 2 and padding 1: twice as large. @param {Tensor} weight @param {Tensor} bias @param {Picture} from with an edge @param {Picture} to */
    doubled(weight, bias, from, to) {
      const [inputs, outputs] = weight.shape;
      // A point of the larger picture is reached from two rows and columns of the smaller one: with these rows of the window.
      const reached = [
        [3, 1],
        [2, 0],
      ];
      const parts = [0, 1, 2, 3].map((part) => {
        const [py, px] = [part >> 1, part & 1];
        const tap = (
          /** @type {number} */ o,
          /** @type {number} */ y,
          /** @type {number} */ x,
          /** @type {number} */ c,
        ) => weight.data[((c * outputs + o) * 4 + reached[py][y]) * 4 + reached[px][x]];
        const points = {
          ...to,
          at: to.at + py * to.row + px * to.column,
          row: 2 * to.row,
          column: 2 * to.column,
          rows: from.rows,
          columns: from.columns,
        };
        return this.window(outputs, inputs, [2, 2], tap, bias, from, points, {
          dy: py - 1,
          dx: px - 1,
          stride: 1,
          more: false,
        });
      });
      return () => parts.forEach((part) => part());
    }

    /**
     * @param {number} outputs @param {number} inputs @param {number[]} size of the window
     * @param {(o: number, y: number, x: number, c: number) => number} tap @param {Tensor | undefined} bias @param {Picture} from @param {Picture} to
     * @param {{dy: number, dx: number, stride: number, more: boolean}} about where the window of the first place begins
     */
    window(outputs, inputs, [height, width], tap, bias, from, to, { dy, dx, stride, more }) {
      const { channels } = from;
      const w = this.pack(outputs, height, width * channels, (o, y, i) =>
        i % channels < inputs ? tap(o, y, Math.floor(i / channels), i % channels) : 0,
      );
      const b = this.keep(bias ? bias.data : new Float32Array(outputs), up(outputs));
      const start = from.at + dy * from.row + dx * from.column;
      return (first = 0, count = to.rows) =>
        this.run.product(
          start + first * stride * from.row,
          w,
          b,
          to.at + first * to.row,
          +more,
          up(outputs) / 8,
          (width * channels) / 4,
          height,
          from.row,
          count,
          to.columns,
          stride * from.column,
          stride * from.row,
          to.column,
          to.row,
        );
    }

    /** A 5 x 5 convolution of each channel by itself. @param {Tensor} weight @param {Tensor} bias @param {Picture} from with an edge of two @param {Picture} to without one */
    around(weight, bias, from, to) {
      const { channels } = from;
      const taps = new Float32Array(25 * channels);
      for (let c = 0; c < channels; c++)
        for (let i = 0; i < 25; i++)
          taps[100 * (c >> 2) + 4 * i + (c & 3)] = weight.data[25 * c + i] || 0;
      const [w, b] = [this.keep(taps), this.keep(bias.data, channels)];
      return (first = 0, count = to.rows) =>
        this.run.around(
          from.at + (first - 2) * from.row - 2 * from.column,
          w,
          b,
          to.at + first * to.row,
          channels / 4,
          count,
          to.columns,
          from.row,
        );
    }

    /**
     * The layer norm of each place, in place. @param {Picture} picture without an edge
     * @param {number} scale @param {number} shift addresses of as many numbers as channels @param {number} [width] how many channels count
     */
    norm({ base, size, channels }, scale, shift, width = channels) {
      if (width === channels)
        return this.run.norm(base, scale, shift, size / channels, channels / 4, 1 / channels);
      const { heap } = this;
      for (let at = base / 4; at < base / 4 + size; at += channels) {
        let [mean, spread] = [0, 0];
        for (let i = 0; i < width; i++) mean += heap[at + i] / width;
        for (let i = 0; i < width; i++) spread += (heap[at + i] - mean) ** 2 / width;
        const by = 1 / Math.sqrt(spread + 1e-5);
        for (let i = 0; i < width; i++)
          heap[at + i] = (heap[at + i] - mean) * by * heap[scale / 4 + i] + heap[shift / 4 + i];
      }
    }

    /** The mean of all places. @param {Picture} picture without an edge @param {Picture} to a row */
    means({ base, size, channels }, to) {
      this.run.means(base, to.base, size / channels, channels / 4, channels / size);
    }

    /** An activation of all its numbers, or of some. @param {"silu" | "leaky" | "tanh"} name @param {Picture} picture @param {number} [first] place @param {number} [count] of places */
    act(name, { base, size, column }, first = 0, count = (4 * size) / column) {
      this.run[name](base + first * column, (count * column) / 16);
    }

    /** Each place as two by two places. @param {Picture} from @param {Picture} to */
    larger(from, to) {
      for (let y = 0; y < to.rows; y++)
        for (let x = 0; x < to.columns; x++) {
          const start = (from.at + (y >> 1) * from.row + (x >> 1) * from.column) / 4;
          this.heap.copyWithin(
            (to.at + y * to.row + x * to.column) / 4,
            start,
            start + from.channels,
          );
        }
    }

    /** The same picture with another edge. @param {Picture} from @param {Picture} to */
    copy(from, to) {
      for (let y = 0; y < to.rows; y++) {
        const start = (from.at + y * from.row) / 4;
        this.heap.copyWithin((to.at + y * to.row) / 4, start, start + from.columns * from.channels);
      }
    }

    /** The largest of each two by two places. @param {Picture} from @param {Picture} to one of half the side */
    pool(from, to) {
      const { heap } = this;
      for (let y = 0; y < to.rows; y++)
        for (let x = 0; x < to.columns; x++) {
          const at = (to.at + y * to.row + x * to.column) / 4;
          const start = (from.at + 2 * y * from.row + 2 * x * from.column) / 4;
          const [right, below] = [from.column / 4, from.row / 4];
          for (let c = 0; c < to.channels; c++) {
            const i = start + c;
            heap[at + c] = Math.max(
              heap[i],
              heap[i + right],
              heap[i + below],
              heap[i + below + right],
            );
          }
        }
    }

    /** Put numbers into a picture, channel by channel as in PyTorch. @param {Picture} picture @param {ArrayLike<number>} x */
    write(picture, x) {
      const each = picture.rows * picture.columns;
      for (let i = 0; i < x.length; i++)
        this.heap[this.index(picture, i % each, Math.floor(i / each))] = x[i];
    }

    /** The numbers of some channels, one channel after the other. @param {Picture} picture @param {number} [channels] */
    read(picture, channels = picture.channels) {
      const each = picture.rows * picture.columns;
      return Float32Array.from(
        { length: each * channels },
        (_, i) => this.heap[this.index(picture, i % each, Math.floor(i / each))],
      );
    }

    /** Put a picture of pixels into one of half the side: four pixels are the channels of a place. @param {Picture} picture @param {ArrayLike<number>} x */
    fold(picture, x) {
      pixels(
        picture,
        (pixel, place, channel) => (this.heap[this.index(picture, place, channel)] = x[pixel]),
      );
    }

    /** The picture of pixels that is folded there. @param {Picture} picture */
    unfold(picture) {
      const x = new Float32Array(4 * picture.rows * picture.columns);
      pixels(
        picture,
        (pixel, place, channel) => (x[pixel] = this.heap[this.index(picture, place, channel)]),
      );
      return x;
    }

    /** @param {Picture} picture @param {number} place counted row by row @param {number} channel @returns {number} where in the heap it is */
    index({ at, row, column, columns }, place, channel) {
      return (at + Math.floor(place / columns) * row + (place % columns) * column) / 4 + channel;
    }
  }

  /** All pixels of a folded picture. @param {Picture} picture @param {(pixel: number, place: number, channel: number) => void} act */
  function pixels({ rows, columns }, act) {
    const side = 2 * columns;
    for (let y = 0; y < 2 * rows; y++)
      for (let x = 0; x < side; x++)
        act(side * y + x, (y >> 1) * columns + (x >> 1), 2 * (y & 1) + (x & 1));
  }

  /** @param {number} n @returns {number} the next multiple of eight */
  function up(n) {
    return Math.ceil(n / 8) * 8;
  }

  /**
   * Where PyTorch has a number of a row: it flattens channel by channel, here it is place by place.
   * @param {Picture} row @param {number} n how many numbers of it count @returns {(i: number) => number} -1 where there is none
   */
  function turned({ places, size }, n) {
    if (!places) return (i) => (i < n ? i : -1);
    const channels = size / places;
    return (i) => (i % channels) * places + Math.floor(i / channels);
  }

  Object.assign(lab, { Engine });
})();
