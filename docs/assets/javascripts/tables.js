// Tables in a box: sorted by a column, numbers as numbers; copied as CSV; as cards on a phone; wide where
// they need it. Where a table is filtered as well, comparison.js sorts it.
(function () {
  "use strict";

  const NUMBER = /-?\d[\d,]*(?:\.\d+)?/;

  /** @param {HTMLTableCellElement} cell @returns {string} its text, without the button of a head */
  function text(cell) {
    const parts = [...cell.childNodes].filter((node) => node.nodeName !== "BUTTON");
    return parts
      .map((node) => node.textContent)
      .join("")
      .replace(/\s+/g, " ")
      .trim();
  }

  /** @param {string} value @returns {number} the first number in a text, or NaN */
  const number = (value) => Number((value.match(NUMBER) || ["NaN"])[0].replaceAll(",", ""));

  /**
   * @param {HTMLTableRowElement[]} rows
   * @param {number} column
   * @param {boolean} down
   * @returns {HTMLTableRowElement[]} sorted; what is no number comes last either way
   */
  function sorted(rows, column, down) {
    const numeric = rows.some((row) => row.cells[column].classList.contains("num"));
    const key = new Map(rows.map((row) => [row, text(row.cells[column])]));
    return rows.slice().sort((a, b) => {
      const [x, y] = [key.get(a) || "", key.get(b) || ""];
      const [p, q] = [number(x), number(y)];
      if (numeric && isNaN(p) !== isNaN(q)) return isNaN(p) ? 1 : -1;
      const order =
        numeric && p !== q && !isNaN(p) ? p - q : x.localeCompare(y, "en", { numeric: true });
      return down ? -order : order;
    });
  }

  /** @param {HTMLTableElement} table @returns {string} what is shown of it, by RFC 4180 */
  function csv(table) {
    const shown = [...table.rows].filter((row) => !row.hidden);
    const special = /[",\n]/;
    const field = (/** @type {string} */ value) =>
      special.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
    return (
      shown.map((row) => [...row.cells].map((cell) => field(text(cell))).join(",")).join("\r\n") +
      "\r\n"
    );
  }

  /** @param {string} content @returns {Promise<boolean>} whether it was copied */
  async function copied(content) {
    try {
      await navigator.clipboard.writeText(content);
      return true;
    } catch {
      const area = document.createElement("textarea"); // refused, or not there: the old way
      area.value = content;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  /** @param {HTMLElement} box */
  function enhance(box) {
    const table = box.querySelector("table");
    if (!table || !table.tHead) return;
    const heads = [...table.tHead.rows[0].cells];
    const body = table.tBodies[0];
    const names = heads.map(text);
    table.setAttribute("role", "table"); // cards keep what the elements lose
    for (const part of [table.tHead, body]) part.setAttribute("role", "rowgroup");
    for (const head of heads) head.setAttribute("role", "columnheader");
    for (const row of table.rows) row.setAttribute("role", "row");
    for (const row of body.rows) {
      [...row.cells].forEach((cell, column) => {
        cell.setAttribute("role", "cell");
        if (column) cell.dataset.head = names[column];
      });
    }
    if (!box.classList.contains("comparison")) sortable(heads, body);

    const tools = document.createElement("div");
    tools.className = "table-tools";
    const label = document.createElement("label");
    label.className = "table-sort";
    const select = document.createElement("select");
    select.append(
      new Option("as it comes", ""),
      ...names.map((name, column) => new Option(name, String(column))),
    );
    select.addEventListener("change", () => select.value && heads[Number(select.value)].click());
    label.append("Sort by", select);
    const full = button("Full width", "table-full");
    full.setAttribute("aria-pressed", "false");
    full.addEventListener("click", () => {
      const wide = document.documentElement.classList.toggle("table-wide");
      document
        .querySelectorAll(".table-full")
        .forEach((one) => one.setAttribute("aria-pressed", String(wide)));
      fit();
      box.scrollIntoView();
    });
    const copy = button("Copy as CSV", "table-copy");
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    copy.addEventListener("click", async () => {
      status.textContent = (await copied(csv(table))) ? "Copied." : "The browser refuses to copy.";
    });
    const cue = document.createElement("span");
    cue.className = "table-cue";
    tools.append(label, full, copy, cue, status);
    const place = table.closest(".md-typeset__scrollwrap") || table;
    place.before(tools);

    /** Say when there is more to the side, and let the head stick to the page when there is not. */
    function fit() {
      const wrap = /** @type {HTMLElement | null} */ (
        /** @type {HTMLTableElement} */ (table).closest(".md-typeset__scrollwrap")
      );
      if (!wrap) return;
      box.classList.remove("table-scrolls");
      const scrolls = /** @type {HTMLTableElement} */ (table).scrollWidth > wrap.clientWidth + 1;
      box.classList.toggle("table-scrolls", scrolls);
      full.hidden = !scrolls && !document.documentElement.classList.contains("table-wide");
      cue.textContent = scrolls ? "More columns to the right: scroll sideways." : "";
      const end = () =>
        wrap.classList.toggle(
          "table-end",
          wrap.scrollLeft + wrap.clientWidth >= wrap.scrollWidth - 2,
        );
      wrap.onscroll = end;
      end();
    }
    box.classList.add("table-on");
    addEventListener("resize", fit);
    new ResizeObserver(fit).observe(box);
  }

  /** @param {string} name @param {string} kind */
  function button(name, kind) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = kind;
    made.textContent = name;
    return made;
  }

  /**
   * The name stays outside the button: Firefox copies no text of buttons.
   * @param {HTMLTableCellElement[]} heads
   * @param {HTMLTableSectionElement} body
   */
  function sortable(heads, body) {
    heads.forEach((head, column) => {
      const sort = button("", "");
      sort.setAttribute("aria-label", `Sort by ${text(head)}`);
      head.append(" ", sort);
      head.addEventListener("click", () => {
        if (!(/** @type {Selection} */ (getSelection()).isCollapsed)) return; // a name that is being selected
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        body.append(...sorted([...body.rows], column, down));
      });
    });
  }

  /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("div.table-box")).forEach(
    enhance,
  );
})();
