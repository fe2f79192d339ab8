// The element <guide-watch>, "Watch it learn" on a family's page. It keeps its room from the start; what trains in it is
// loaded when the reader comes near, or presses.
(function () {
  "use strict";
  const HERE = /** @type {HTMLScriptElement} */ (document.currentScript).src;

  class GuideWatch extends HTMLElement {
    connectedCallback() {
      if (this.near) return;
      this.near = true;
      const network = navigator.connection;
      if (network && network.saveData) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "arena-button";
        button.textContent = "Load what learns here";
        button.addEventListener("click", () => (button.remove(), this.load()));
        this.append(button);
        return;
      }
      if (!("IntersectionObserver" in window)) {
        this.load();
        return;
      }
      const watch = new IntersectionObserver(
        (entries) => {
          if (!entries.some((entry) => entry.isIntersecting)) return;
          watch.disconnect();
          this.load();
        },
        { rootMargin: "500px" },
      );
      watch.observe(this);
    }

    load() {
      const script = document.createElement("script");
      script.src = new URL(`watch-${this.dataset.family}.js`, HERE).href;
      script.onload = () => this.begin();
      script.onerror = () => this.fail("What learns here could not be loaded");
      document.head.append(script);
    }

    begin() {
      const arena = window.fieldguideArena;
      try {
        this.watcher = new arena.Watcher(this, arena.lenses[this.dataset.family || ""]);
      } catch (error) {
        this.fail(
          /** @type {Error} */ (error).message === "no canvas"
            ? "This browser offers no canvas to draw on"
            : "What learns here could not start",
        );
        return;
      }
      this.classList.add("watch-on");
    }

    /** @param {string} reason */
    fail(reason) {
      const note = document.createElement("p");
      note.className = "arena-note";
      note.setAttribute("role", "status");
      note.textContent = `${reason}. The text and the tasks do without it.`;
      this.replaceChildren(note);
    }
  }

  customElements.define("guide-watch", GuideWatch);
})();
