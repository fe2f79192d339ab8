// The player of a course package: one unit after the other in a frame; what was read and answered
// is kept on the device, and told to the platform when there is one that listens.
(function () {
  "use strict";

  const { Platform, AGAIN } = window.fieldguidePlatform;
  const DWELL = 1500; // milliseconds for which the end of a unit must have been in view

  /** @typedef {{ id: string, page: string, lead: boolean, questions: string[] }} Unit */
  /** @type {{ key: string, site: string, units: Unit[] }} */
  const course = JSON.parse(document.getElementById("package").textContent);
  const { units } = course;
  const asked = [...new Set(units.flatMap((unit) => unit.questions))];
  const frame = /** @type {HTMLIFrameElement} */ (document.querySelector("iframe"));
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("nav a")]);
  const [back, next] = document.querySelectorAll("button");
  const state = document.getElementById("state");
  const bar = /** @type {HTMLProgressElement} */ (document.querySelector("progress"));
  const platform = new Platform();
  /** @type {Set<string>} */
  const read = new Set();
  /** @type {Record<string, boolean>} */
  const answers = {};
  let at = -1;
  let moved = false;
  let learner = "device";
  let kept = true;
  let told = true;
  let tall = false; // whether the unit in the frame has said how tall it is

  /** @returns {string} all that is known, in few letters: place; units read, as hex; answers */
  function packed() {
    const bits = units.map((unit) => (read.has(unit.id) ? "1" : "0")).join("");
    const hex = (bits.match(/.{1,4}/g) || [])
      .map((four) => parseInt(four.padEnd(4, "0"), 2).toString(16))
      .join("");
    const marks = asked.map((id) => (id in answers ? (answers[id] ? "1" : "0") : "-")).join("");
    return `1;${Math.max(at, 0)};${hex};${marks}`;
  }

  /** Take over what another visit, window or device has learned; a first answer stays. @param {string | null} text @returns {number} its place */
  function merge(text) {
    const [version, place, hex = "", marks = ""] = String(text || "").split(";");
    if (version !== "1" || !/^[0-9a-f]*$/.test(hex)) return -1;
    [...hex].forEach((digit, nibble) => {
      const bits = parseInt(digit, 16).toString(2).padStart(4, "0");
      [...bits].forEach((bit, offset) => {
        const unit = units[4 * nibble + offset];
        if (bit === "1" && unit) read.add(unit.id);
      });
    });
    [...marks].forEach((mark, place) => {
      if (asked[place] && /[01]/.test(mark) && !(asked[place] in answers))
        answers[asked[place]] = mark === "1";
    });
    return /^\d+$/.test(place) && Number(place) < units.length ? Number(place) : -1;
  }

  const key = () => `fieldguide:course:${course.key}:${learner}`;

  /** @returns {string | null} */
  function stored() {
    try {
      return localStorage.getItem(key());
    } catch {
      return null;
    }
  }

  const done = () =>
    units.every((unit) => read.has(unit.id)) ||
    (asked.length > 0 && asked.every((id) => id in answers));

  /** Keep what is known on the device and, if it listens, on the platform. */
  function save() {
    merge(stored());
    try {
      localStorage.setItem(key(), packed());
      kept = true;
    } catch {
      kept = false; // blocked or full
    }
    const right = asked.filter((id) => answers[id]).length;
    const tried = asked.some((id) => id in answers);
    const score = tried ? Math.round((100 * right) / asked.length) : null;
    told = platform.send({ done: done(), score, place: units[Math.max(at, 0)].id, data: packed() });
    show();
  }

  function show() {
    const tried = asked.filter((id) => id in answers).length;
    const right = asked.filter((id) => answers[id]).length;
    bar.max = units.length;
    bar.value = read.size;
    const parts = [`${read.size} of ${units.length} read`];
    if (asked.length)
      parts.push(`${tried} of ${asked.length} questions tried, ${right} right at the first try`);
    if (done()) parts.push("complete");
    const where = told
      ? "Your course knows."
      : kept
        ? "Kept on this device."
        : "Kept until this window closes.";
    state.textContent = `${parts.join("; ")}. ${where}`;
    links.forEach((link, place) => {
      link.toggleAttribute("data-read", read.has(units[place].id));
      if (place === at) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    back.disabled = at <= 0;
    next.disabled = at >= units.length - 1;
  }

  /** @param {number} place */
  function open(place) {
    at = place;
    tall = false;
    const unit = units[at];
    frame.title = links[at].textContent;
    const name = JSON.stringify({ answers, lead: unit.lead });
    const fresh = /** @type {HTMLIFrameElement} */ (frame.cloneNode()); // a name is read when a frame begins
    fresh.name = name;
    fresh.src = `${unit.page}?embed&unit=${at}#${unit.id}`;
    const old = document.querySelector("iframe");
    old.replaceWith(fresh);
    watch.disconnect();
    watch.observe(document.querySelector(".ways"));
    save();
  }

  /** @type {number | undefined} */
  let timer;
  const watch = new IntersectionObserver((entries) => {
    clearTimeout(timer);
    if (entries.some((entry) => entry.isIntersecting)) timer = setTimeout(finish, DWELL);
  });

  function finish() {
    if (!tall || document.hidden) {
      timer = setTimeout(finish, DWELL);
      return;
    }
    if (read.has(units[at].id)) return;
    read.add(units[at].id);
    save();
  }

  window.addEventListener("message", ({ source, data }) => {
    const inside = document.querySelector("iframe");
    if (source !== inside.contentWindow || !data || typeof data !== "object") return;
    if (data.type === "fieldguide:height" && Number.isFinite(data.height)) {
      inside.style.height = `${Math.min(Math.max(data.height, 120), 60000) + 8}px`;
      // A frame that leads to a section scrolls the page around it as well.
      if (!tall) window.scrollTo(0, 0);
      tall = true;
    } else if (data.type === "fieldguide:answered" && asked.includes(data.id)) {
      if (!(data.id in answers)) answers[data.id] = data.right === true;
      save();
    } else if (data.type === "fieldguide:go") {
      const place = units.findIndex(
        (unit) => unit.id === data.id || (!data.id && unit.page === data.path),
      );
      if (place >= 0) go(place);
      else if (course.site && /^[\w/.-]*$/.test(data.path))
        window.open(
          `${course.site}${data.path}${data.id ? `#${encodeURIComponent(data.id)}` : ""}`,
          "_blank",
          "noopener",
        );
      else state.textContent = "That section is not in this package.";
    }
  });

  /** @param {number} place */
  function go(place) {
    moved = true;
    open(place);
  }
  back.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => {
    read.add(units[at].id); // who goes on has come to the end
    go(at + 1);
  });
  links.forEach((link, place) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go(place);
    }),
  );
  window.addEventListener("storage", (event) => {
    if (event.key !== key()) return;
    merge(event.newValue);
    show();
  });

  /** Find the platform, now or later; take over what it knows. */
  function connect() {
    if (!platform.connected && platform.connect()) {
      learner = platform.get("cmi.core.student_id") || learner;
      const place = Math.max(merge(platform.get("cmi.suspend_data")), merge(stored()));
      const named = units.findIndex((unit) => unit.id === platform.get("cmi.core.lesson_location"));
      if (!moved && at >= 0 && Math.max(named, place) >= 0) open(named >= 0 ? named : place);
      else if (at >= 0) save();
    } else if (!told && platform.connected) save();
  }

  connect();
  const asLast = Math.max(merge(stored()), 0);
  const first = platform.connected
    ? units.findIndex((unit) => unit.id === platform.get("cmi.core.lesson_location"))
    : -1;
  open(first >= 0 ? first : asLast);
  setInterval(connect, AGAIN);
  window.addEventListener("pagehide", () => {
    save();
    platform.close(done());
  });
  document.addEventListener("visibilitychange", () => document.hidden && save());
})();
