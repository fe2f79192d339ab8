// What all of them share that write a digit bit by bit: a slider that plays, upright bars with labels, and pieces as a picture.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /**
   * A slider through the moments of a writing. It plays in so many seconds, and shows no moment that is not yet computed.
   * @param {Panel} panel @param {HTMLElement} parent
   * @param {{key: string, label: string, max: number, value: number, seconds: number, show?: (v: number) => string}} about
   */
  function film(panel, parent, about) {
    const row = panel.row("lab-player", parent);
    const button = panel.button(row, "Play", () => (control.playing ? stop() : play()));
    button.classList.add("lab-play");
    const slider = panel.slider(row, { min: 0, ...about });
    const output = /** @type {Element} */ (
      /** @type {Element} */ (slider.input.parentNode).querySelector("output")
    );
    const control = Object.assign(slider, { playing: false, known: about.max, play, stop });

    function stop() {
      if (!control.playing) return;
      control.playing = false;
      button.textContent = "Play";
      slider.set(slider.value);
    }

    /** From the beginning, if it has ended. @param {boolean} [again] from the beginning in any case */
    function play(again = false) {
      const end = Number(slider.input.max);
      if (still.matches) return slider.set(end);
      let at = again || slider.value >= end ? 0 : slider.value;
      let before = performance.now();
      button.textContent = "Pause";
      if (control.playing) return (slider.value = 0);
      control.playing = true;
      const tick = panel.ui.safe((/** @type {number} */ now) => {
        if (!control.playing || panel.closed) return;
        if (slider.value < Math.floor(at)) at = slider.value; // begun anew
        at = Math.min(
          at + (Math.max(0, now - before) / 1000) * (end / about.seconds),
          control.known,
          end,
        );
        before = now;
        // Without the address, which is written when it stops.
        slider.value = Math.floor(at);
        slider.input.value = String(slider.value);
        output.textContent = (about.show || String)(slider.value);
        slider.input.setAttribute("aria-valuetext", output.textContent);
        panel.refresh();
        if (slider.value >= Number(slider.input.max)) stop();
        else requestAnimationFrame(tick);
      });
      requestAnimationFrame(tick);
    }

    slider.input.addEventListener("pointerdown", stop);
    slider.input.addEventListener("keydown", stop);
    return control;
  }

  /** Upright bars, each above its label. @param {Panel} panel @param {HTMLElement} parent @param {(Node | string)[]} labels @param {string} name */
  function chart(panel, parent, labels, name) {
    const draw = panel.columns(parent, labels.length, name);
    const bars = /** @type {HTMLElement} */ (parent.lastChild);
    const row = panel.row("lab-under", parent);
    row.setAttribute("aria-hidden", "true");
    row.append(...labels.map((label) => lab.el("span", {}, label)));
    return (/** @type {ArrayLike<number>} */ shares, marked = -1) => {
      draw(shares, marked);
      bars.setAttribute(
        "aria-label",
        `${name}: ${Array.from(shares, (share, i) => `${i}: ${Math.round(100 * share)}%`).join(", ")}`,
      );
    };
  }

  /** The eight inks as labels. */
  const swatches = () =>
    Array.from({ length: 8 }, (_, ink) => {
      const swatch = lab.el("i", { class: "lab-ink" });
      swatch.append(lab.el("i"));
      swatch.firstChild.style.opacity = String(ink / 7);
      return swatch;
    });

  /** Numbers of pieces, one after the other, as a picture. @param {ArrayLike<number>} v @param {ArrayLike<number>} order */
  function unfolded(v, order) {
    const x = new Float32Array(order.length);
    for (let k = 0; k < order.length; k++) x[order[k]] = v[k];
    return x;
  }

  Object.assign(lab, { film, chart, swatches, unfolded });
})();
