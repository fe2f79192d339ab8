// The judge of the measured page in half its bytes: a convolutional classifier, which made nothing itself.
(function () {
  "use strict";
  const lab = window.fieldguideLab;
  const [SIDE, FULL] = [28, 7];

  /** @param {Lab.Weights} w @param {boolean} [plain] without WebAssembly */
  lab.models.verdict = (w, plain = false) => {
    const e = new lab.Engine(plain);
    const pair = (/** @type {string} */ name) => [
      w.tensor(`${name}.weight`),
      w.tensor(`${name}.bias`),
    ];
    const [given, a] = [e.picture(4, SIDE, SIDE, 1), e.picture(24, SIDE, SIDE)]; // three of the four stay empty: a window is read by fours
    const [b, c] = [e.picture(24, 14, 14, 1), e.picture(48, 14, 14)];
    const d = e.picture(48, 7, 7);
    const [features, scores] = [e.row(48), e.row(10)];
    const [c1, c2] = [e.convolution(...pair("c1"), given, a), e.convolution(...pair("c2"), b, c)];
    const [l1, l2] = [
      e.linear(...pair("l1"), e.flat(d), features),
      e.linear(...pair("l2"), features, scores),
    ];

    /** @param {any} picture */
    const relu = (picture) => {
      const numbers = e.numbers(picture);
      for (let i = 0; i < numbers.length; i++) if (numbers[i] < 0) numbers[i] = 0;
    };

    return {
      /** How much each digit is favored. @param {ArrayLike<number>} x ink @returns {Float32Array} */
      scores(x) {
        e.write(given, lab.scale(x, FULL));
        c1();
        e.pool(a, b);
        relu(b);
        c2();
        e.pool(c, d);
        relu(d);
        l1();
        e.act("tanh", features);
        l2();
        return e.read(scores, 10);
      },
    };
  };
})();
