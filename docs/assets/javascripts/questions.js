// Questions: the first option that a reader opens is the answer; the score stays on the device.
(function () {
  "use strict";
  const questions = [...document.querySelectorAll("guide-question")];
  if (!questions.length) return;
  const key = `fieldguide:score:${location.pathname}`;
  let stored = true;
  /** @type {Record<string, boolean>} question id -> whether the first answer was right */
  let score = {};
  try {
    const kept = JSON.parse(localStorage.getItem(key) || "{}");
    // Something else may have written there.
    score = Object.fromEntries(
      Object.entries(kept || {}).filter(([, right]) => typeof right === "boolean"),
    );
  } catch {
    stored = false;
  }

  const board = document.createElement("p");
  board.className = "score";
  board.setAttribute("role", "status");
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Start again";
  again.addEventListener("click", () => {
    score = {};
    for (const option of /** @type {NodeListOf<HTMLDetailsElement>} */ (
      document.querySelectorAll("guide-question details")
    ))
      option.open = false;
    save();
  });
  questions[questions.length - 1].after(board);

  for (const question of questions) {
    for (const option of question.querySelectorAll("details")) {
      /** @type {HTMLElement} */ (option.querySelector("summary")).addEventListener("click", () => {
        if (option.open || question.id in score) return;
        score[question.id] = option.dataset.right === "yes";
        save();
      });
    }
  }
  show();

  function save() {
    try {
      localStorage.setItem(key, JSON.stringify(score));
    } catch {
      stored = false;
    }
    show();
  }

  function show() {
    const known = questions.filter((question) => question.id in score);
    const right = known.filter((question) => score[question.id] === true).length;
    for (const question of questions) {
      const state = question.id in score ? (score[question.id] ? "right" : "wrong") : "";
      /** @type {HTMLElement} */ (question).dataset.answered = state;
    }
    board.textContent = known.length
      ? `${right} of ${known.length} right at the first try, ${questions.length - known.length} to go. ` +
        (stored ? "Kept on this device. " : "This browser keeps nothing. ")
      : "";
    if (known.length) board.append(again);
  }
})();
