// Pictures of the arena: points, paths, fields and surfaces of the plane on a canvas, in the page's colors.
(function () {
  "use strict";
  const arena = window.fieldguideArena;
  const SIZE = 440; // pixels of a canvas, whatever room it has on the page

  /** A square piece of the plane on a canvas. */
  class Plot {
    /** @param {HTMLCanvasElement} canvas @param {number} [box] how far it reaches to each side */
    constructor(canvas, box = arena.BOX) {
      canvas.width = canvas.height = SIZE;
      this.canvas = canvas;
      this.box = box;
      this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      if (!this.context) throw new Error("no canvas");
    }

    /** @param {number} x */
    x(x) {
      return (SIZE / 2) * (1 + x / this.box);
    }

    /** @param {number} y */
    y(y) {
      return (SIZE / 2) * (1 - y / this.box);
    }

    clear() {
      this.context.clearRect(0, 0, SIZE, SIZE);
    }

    /** @param {ArrayLike<number>} points @param {string} color @param {number} [radius] @param {number} [alpha] */
    dots(points, color, radius = 3, alpha = 1, count = points.length / 2) {
      const { context } = this;
      context.fillStyle = color;
      context.globalAlpha = alpha;
      context.beginPath();
      for (let i = 0; i < 2 * count; i += 2) {
        const [x, y] = [this.x(points[i]), this.y(points[i + 1])];
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, 7);
      }
      context.fill();
      context.globalAlpha = 1;
    }

    /** Lines through points. @param {ArrayLike<number>[]} lines @param {string} color @param {number} [width] @param {number} [alpha] */
    paths(lines, color, width = 2, alpha = 1) {
      const { context } = this;
      context.strokeStyle = color;
      context.lineWidth = width;
      context.lineJoin = "round";
      context.globalAlpha = alpha;
      context.beginPath();
      for (const line of lines)
        for (let i = 0; i < line.length; i += 2)
          if (i) context.lineTo(this.x(line[i]), this.y(line[i + 1]));
          else context.moveTo(this.x(line[i]), this.y(line[i + 1]));
      context.stroke();
      context.globalAlpha = 1;
    }

    /** Arrows from places along vectors. @param {ArrayLike<number>} places @param {ArrayLike<number>} vectors @param {string} color */
    arrows(places, vectors, color, scale = 1, longest = 0.5) {
      const lines = [];
      for (let i = 0; i < places.length; i += 2) {
        const length = Math.hypot(vectors[i], vectors[i + 1]) * scale;
        if (!(length > 0.01)) continue;
        const f = scale * Math.min(1, longest / length) || 0;
        const [x, y] = [places[i], places[i + 1]];
        const [u, v] = [f * vectors[i], f * vectors[i + 1]];
        lines.push(
          [x, y, x + u, y + v],
          [
            x + 0.7 * u - 0.18 * v,
            y + 0.7 * v + 0.18 * u,
            x + u,
            y + v,
            x + 0.7 * u + 0.18 * v,
            y + 0.7 * v - 0.18 * u,
          ],
        );
      }
      this.paths(lines, color, 1.6);
    }

    /** A lattice of side x side points, joined to their neighbors. @param {ArrayLike<number>} points @param {number} side @param {string} color */
    mesh(points, side, color, width = 1.2) {
      const at = (/** @type {number} */ i, /** @type {number} */ j) => [
        points[2 * (i * side + j)],
        points[2 * (i * side + j) + 1],
      ];
      const steps = Array.from({ length: side }, (_, i) => i);
      const rows = steps.map((i) => steps.flatMap((j) => at(i, j)));
      const columns = steps.map((i) => steps.flatMap((j) => at(j, i)));
      this.paths([...rows, ...columns], color, width);
    }

    /**
     * A surface on a lattice of side x side, by how much of a color (0 to 1) stands at each place.
     * @param {ArrayLike<number>} shares @param {number} side @param {string} color
     */
    surface(shares, side, color) {
      const [r, g, b] = rgb(color);
      const image = new ImageData(side, side);
      for (let i = 0; i < side * side; i++) {
        const at = 4 * ((side - 1 - Math.floor(i / side)) * side + (i % side));
        image.data[at] = r;
        image.data[at + 1] = g;
        image.data[at + 2] = b;
        image.data[at + 3] = 255 * Math.max(0, Math.min(1, shares[i]));
      }
      const small = document.createElement("canvas");
      small.width = small.height = side;
      /** @type {CanvasRenderingContext2D} */ (small.getContext("2d")).putImageData(image, 0, 0);
      this.context.drawImage(small, 0, 0, SIZE, SIZE);
    }
  }

  /** @param {string} color as #rrggbb @returns {number[]} */
  const rgb = (color) => [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16) || 0);

  /** @param {Element} element @param {string} name @returns {string} a color of the page, as it is now */
  const color = (element, name) =>
    getComputedStyle(element).getPropertyValue(name).trim() || "#777777";

  /** @param {string} tag @param {Record<string, any>} [given] @param {...(Node | string)} inside @returns {any} */
  function el(tag, given = {}, ...inside) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) node.setAttribute(name, String(value));
    node.append(...inside);
    return node;
  }

  Object.assign(arena, { Plot, color, el });
})();
