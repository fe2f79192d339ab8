// Long work in slices, so that the page stays fluid: it is a generator that stops wherever it may wait.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const SLICE = 8; // milliseconds at a time

  /** Work of which the newest counts: what is asked for ends what is still going on. */
  class Work {
    /** @param {(error: Error) => void} fail what is thrown on the way goes there */
    constructor(fail) {
      this.fail = fail;
      const { port1, port2 } = new MessageChannel(); // unlike a timer it is not held back
      port1.onmessage = () => this.slice();
      this.again = () => port2.postMessage(0);
      /** @type {Iterator<unknown, any> | undefined} */
      this.now = undefined;
      this.asked = false;
      /** @type {(value: any) => void} */
      this.done = () => {};
    }

    /** @template T @param {Iterator<unknown, T>} work @param {(value: T) => void} [done] what it ends with goes there */
    start(work, done = () => {}) {
      this.now = work;
      this.done = done;
      if (!this.asked) this.again();
      this.asked = true;
    }

    stop() {
      this.now = undefined;
    }

    slice() {
      this.asked = false;
      const until = performance.now() + SLICE;
      try {
        while (this.now) {
          const { value, done } = this.now.next();
          if (done) {
            this.now = undefined;
            this.done(value); // which may start something new
          }
          if (performance.now() >= until) break;
        }
      } catch (error) {
        this.now = undefined;
        this.fail(/** @type {Error} */ (error));
      }
      if (this.now && !this.asked) {
        this.asked = true;
        this.again();
      }
    }
  }

  /** All of it at once. @template T @param {Iterator<unknown, T>} work @returns {T} */
  function whole(work) {
    for (;;) {
      const { value, done } = work.next();
      if (done) return value;
    }
  }

  Object.assign(lab, { Work, whole });
})();
