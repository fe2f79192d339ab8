// Search from a disk: browsers refuse a Worker whose script is a local file. There the worker's
// script runs in a hidden frame instead, and its messages are handed over. Idle over http.
(function () {
  "use strict";
  if (location.protocol !== "file:") return;

  /** A stand-in for Worker, as far as the search needs it: postMessage and "message" events. */
  class FrameWorker extends EventTarget {
    /** @param {string | URL} url address of the worker's script */
    constructor(url) {
      super();
      /** @type {((event: Event) => void) | null} */
      this.onmessage = null;
      /** @type {unknown[]} */
      this.waiting = [];
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.title = "Search worker";
      this.frame.srcdoc = "<!doctype html><title>Search worker</title>";
      this.frame.addEventListener("load", () => this.load(String(url)), { once: true });
      document.body.append(this.frame);
    }

    /** @param {string} url */
    load(url) {
      const inside = /** @type {Window} */ (this.frame.contentWindow);
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      this.addEventListener("message", (event) => this.onmessage && this.onmessage(event));
      const script = inside.document.createElement("script");
      script.src = new URL(url, location.href).href;
      script.addEventListener("load", () => {
        this.ready = true;
        this.waiting.splice(0).forEach((data) => this.deliver(data));
      });
      inside.document.head.append(script);
    }

    /** @param {unknown} data */
    deliver(data) {
      const inside = /** @type {Window} */ (this.frame.contentWindow);
      // A task of its own for each message, as in a worker: the set-up ends before the first query.
      setTimeout(() => inside.dispatchEvent(new inside.MessageEvent("message", { data })));
    }

    /** @param {unknown} data */
    postMessage(data) {
      if (this.ready) this.deliver(data);
      else this.waiting.push(data);
    }

    terminate() {
      this.frame.remove();
    }
  }

  window.Worker = /** @type {any} */ (FrameWorker);
})();
