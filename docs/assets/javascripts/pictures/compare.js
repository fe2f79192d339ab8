// How much pictures are alike, as far as pixels tell: what guidance costs.
(function () {
  "use strict";
  const lab = window.fieldguideLab;

  const dot = (/** @type {ArrayLike<number>} */ a, /** @type {ArrayLike<number>} */ b) => {
    let sum = 0;
    for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
    return sum;
  };

  /** The mean, over all pairs, of the cosine of the angle between two pictures: 1 if all are the same. @param {ArrayLike<number>[]} all */
  function likeness(all) {
    let sum = 0;
    all.forEach((a, i) => all.slice(0, i).forEach((b) => (sum += dot(a, b) / Math.max(1e-6, Math.sqrt(dot(a, a) * dot(b, b))))));
    return (2 * sum) / (all.length * (all.length - 1));
  }

  lab.likeness = likeness;
})();
