// Where weights and activations lie, and the one product that takes all the time: matrix times vector.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const PAGE = 65536; // bytes

  // kernel.wat, assembled: 416 bytes. It multiplies four rows at once with 128-bit SIMD.
  const KERNEL =
    "AGFzbQEAAAABCQFgBX9/f39/AAIPAQNsYWIGbWVtb3J5AgABAwIBAAcMAQhtdWx0aXBseQAACucCAeQCAgV/BXsgAiADQQJ0aiEJA0AgACAEaiEGIAYgBGohByAHIARqIQj9" +
    "DAAAAAAAAAAAAAAAAAAAAAAhCyALIQwgCyENIAshDkEAIQUDQCABIAVq/QAEACEKIAsgCiAAIAVq/QAEAP3mAf3kASELIAwgCiAGIAVq/QAEAP3mAf3kASEMIA0gCiAHIAVq/QAE" +
    "AP3mAf3kASENIA4gCiAIIAVq/QAEAP3mAf3kASEOIAVBEGoiBSAESQ0ACyALIAz9DQABAgMQERITBAUGBxQVFhcgCyAM/Q0ICQoLGBkaGwwNDg8cHR4f/eQBIQogDSAO/Q0AAQID" +
    "EBESEwQFBgcUFRYXIA0gDv0NCAkKCxgZGhsMDQ4PHB0eH/3kASELIAIgCiAL/Q0AAQIDBAUGBxAREhMUFRYXIAogC/0NCAkKCwwNDg8YGRobHB0eH/3kAf0LBAAgCCAEaiEAIAJB" +
    "EGoiAiAJSQ0ACws=";

  /** @param {WebAssembly.Memory} memory @returns {any} the kernel, or nothing where it may not or cannot run */
  function kernel(memory) {
    try {
      const bytes = Uint8Array.from(atob(KERNEL), (letter) => letter.charCodeAt(0));
      return new WebAssembly.Instance(new WebAssembly.Module(bytes), { lab: { memory } }).exports;
    } catch {
      return undefined; // an old browser, or a policy that forbids it: plain JavaScript does the same
    }
  }

  /** One block of numbers, handed out piece by piece. */
  class Memory {
    /** @param {number} numbers how many at most @param {boolean} [plain] without WebAssembly */
    constructor(numbers, plain = false) {
      const bytes = 4 * numbers + PAGE;
      if (!plain && "WebAssembly" in window) {
        const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
        this.kernel = kernel(memory);
        if (this.kernel) this.buffer = memory.buffer;
      }
      if (!this.buffer) this.buffer = new ArrayBuffer(bytes);
      this.used = 0;
    }

    /** @param {number} size @returns {Float32Array} zeros, at an address that is a multiple of 16 */
    take(size) {
      const piece = new Float32Array(this.buffer, this.used, size);
      this.used += Math.ceil(size / 4) * 16;
      return piece;
    }

    /**
     * out = W x, for as many rows of W as out has numbers: a multiple of four, as is the length of x.
     * @param {Float32Array} w @param {Float32Array} x @param {Float32Array} out all three from this memory
     */
    multiply(w, x, out) {
      if (this.kernel)
        this.kernel.multiply(w.byteOffset, x.byteOffset, out.byteOffset, out.length, 4 * x.length);
      else out.set(lab.matrix({ shape: [out.length, x.length], data: w }, x));
    }
  }

  lab.Memory = Memory;
})();
