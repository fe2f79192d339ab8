// What a course package says to its platform (SCORM 1.2), and what it keeps until that listens.
// https://adlnet.gov/projects/scorm/ : the run-time environment of SCORM 1.2.
(function () {
  "use strict";

  const DEEP = 12; // frames between a platform and its content, at most
  const AGAIN = 5000; // milliseconds until a platform that did not answer is asked again
  const LONGEST = 4096; // letters of `suspend_data`

  /** @param {Window | null} from @returns {any} the platform's object, if it can be found */
  function find(from) {
    try {
      for (let frame = from, depth = 0; frame && depth < DEEP; depth += 1) {
        if (/** @type {any} */ (frame).API) return /** @type {any} */ (frame).API;
        if (frame.parent === frame) return null;
        frame = frame.parent;
      }
    } catch {
      // a frame of another host: no platform that could be spoken to
    }
    return null;
  }

  /** One talk with the platform: everything may fail, and nothing throws. */
  class Platform {
    constructor() {
      /** @type {any} */
      this.api = null;
      this.connected = false;
      this.closed = false;
      this.began = Date.now();
    }

    /** @returns {boolean} whether a platform is there and has opened the talk */
    connect() {
      if (this.connected) return true;
      if (this.closed) return false;
      this.api = find(window.parent) || find(window.opener);
      this.connected = Boolean(this.api) && this.call("LMSInitialize", "");
      return this.connected;
    }

    /** @param {string} name @param {...string} values @returns {boolean} whether the platform agrees */
    call(name, ...values) {
      try {
        return String(this.api[name](...values)) === "true";
      } catch {
        return false;
      }
    }

    /** @param {string} key @returns {string} */
    get(key) {
      try {
        const value = this.connected ? this.api.LMSGetValue(key) : "";
        return typeof value === "string" ? value : String(value ?? "");
      } catch {
        return "";
      }
    }

    /** @returns {boolean} whether this visit may change what the platform knows */
    get writes() {
      return !/^(browse|review)$/.test(this.get("cmi.core.lesson_mode"));
    }

    /**
     * @param {{ done: boolean, score: number | null, place: string, data: string }} state
     * @returns {boolean} whether all of it was taken
     */
    send({ done, score, place, data }) {
      if (!this.connected) return false;
      if (!this.writes) return true;
      const known = this.get("cmi.core.lesson_status");
      const settled = /^(completed|passed|failed)$/.test(known);
      let taken = true;
      const set = (/** @type {string} */ key, /** @type {string} */ value) => {
        taken = this.call("LMSSetValue", key, value) && taken;
      };
      if (!settled) set("cmi.core.lesson_status", done ? "completed" : "incomplete");
      if (score !== null) {
        this.call("LMSSetValue", "cmi.core.score.min", "0"); // optional: some platforms know none
        this.call("LMSSetValue", "cmi.core.score.max", "100");
        set("cmi.core.score.raw", String(score));
      }
      set("cmi.core.lesson_location", place);
      if (data.length <= LONGEST) set("cmi.suspend_data", data);
      return this.call("LMSCommit", "") && taken;
    }

    /** End the talk; the page is about to go. @param {boolean} done */
    close(done) {
      if (this.closed || !this.connected) return;
      if (this.writes) {
        const seconds = Math.max(0, Math.round((Date.now() - this.began) / 1000));
        const two = (/** @type {number} */ number) => String(Math.floor(number)).padStart(2, "0");
        const time = `${two(seconds / 3600).padStart(4, "0")}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
        this.call("LMSSetValue", "cmi.core.session_time", time);
        this.call("LMSSetValue", "cmi.core.exit", done ? "" : "suspend");
        this.call("LMSCommit", "");
      }
      this.call("LMSFinish", "");
      this.connected = false;
      this.closed = true;
    }
  }

  window.fieldguidePlatform = { Platform, AGAIN };
})();
