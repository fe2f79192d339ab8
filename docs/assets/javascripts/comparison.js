// The comparison table: sort by a column, filter by word and by property; the state is in the URL.
(function () {
  "use strict";

  /** The filters: name in the URL and of the cells' data, which no translation changes; and a label. */
  const FILTERS = [
    { name: "kind", label: "Kind" },
    { name: "likelihood", label: "Likelihood" },
    { name: "passes", label: "Sampling" },
    { name: "media", label: "Medium" },
  ];

  /** @param {HTMLElement} root the element around the table */
  function enhance(root) {
    const table = root.querySelector("table");
    if (!table) return;
    const body = table.tBodies[0];
    const heads = [.../** @type {HTMLTableSectionElement} */ (table.tHead).rows[0].cells];
    const rows = [...body.rows];
    const original = rows.slice();
    const state = read();

    const tools = document.createElement("form");
    tools.className = "comparison-tools";
    tools.setAttribute("aria-label", "Filter the comparison");
    tools.addEventListener("submit", (event) => event.preventDefault());
    const word = /** @type {HTMLInputElement} */ (
      field(tools, "Word", document.createElement("input"))
    );
    word.type = "search";
    word.value = state.get("word") || "";
    word.addEventListener("input", () => set("word", word.value.trim()));
    const selects = FILTERS.map((filter) => select(tools, filter));
    const reset = document.createElement("button");
    reset.type = "button";
    reset.textContent = "Show all";
    reset.addEventListener("click", () => {
      for (const key of Array.from(state.keys())) state.delete(key);
      word.value = "";
      for (const box of selects) box.value = "";
      update();
    });
    tools.append(reset);
    const status = document.createElement("p");
    status.className = "comparison-status";
    status.setAttribute("role", "status");
    root.prepend(tools, status);

    // The name stays outside the button: Firefox copies no text of buttons.
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-label", `Sort by ${head.textContent.trim()}`);
      head.append(" ", button);
      head.addEventListener("click", () => {
        if (!(/** @type {Selection} */ (getSelection()).isCollapsed)) return; // a name that is being selected
        const again = state.get("sort") === String(column) && state.get("order") !== "down";
        state.set("sort", String(column));
        set("order", again ? "down" : "up");
      });
    });

    /**
     * @param {HTMLElement} parent
     * @param {string} label
     * @param {HTMLInputElement | HTMLSelectElement} control
     */
    function field(parent, label, control) {
      const wrap = document.createElement("label");
      wrap.append(label, control);
      parent.append(wrap);
      return control;
    }

    /** @param {HTMLElement} parent @param {typeof FILTERS[number]} filter */
    function select(parent, filter) {
      const box = field(parent, filter.label, document.createElement("select"));
      const values = new Set(rows.flatMap((row) => valuesOf(row, filter)));
      box.append(
        new Option("any", ""),
        ...[...values].sort().map((value) => new Option(value, value)),
      );
      const wanted = state.get(filter.name) || "";
      box.value = values.has(wanted) ? wanted : "";
      if (wanted && !box.value) state.delete(filter.name);
      box.addEventListener("change", () => set(filter.name, box.value));
      return box;
    }

    /** @param {HTMLTableRowElement} row @param {typeof FILTERS[number]} filter */
    function valuesOf(row, filter) {
      const cell = /** @type {HTMLElement | null} */ (row.querySelector(`[data-${filter.name}]`));
      return cell ? String(cell.dataset[filter.name]).split(", ") : [];
    }

    /** @param {string} key @param {string} value */
    function set(key, value) {
      if (value) state.set(key, value);
      else state.delete(key);
      update();
    }

    function update() {
      const text = (state.get("word") || "").toLowerCase();
      let shown = 0;
      for (const row of rows) {
        const fits =
          row.textContent.toLowerCase().includes(text) &&
          FILTERS.every((filter) => {
            const wanted = state.get(filter.name);
            return !wanted || valuesOf(row, filter).includes(wanted);
          });
        row.hidden = !fits;
        if (fits) shown += 1;
      }
      sort();
      const all = shown === rows.length;
      status.textContent = all ? `All ${shown} families` : `${shown} of ${rows.length} families`;
      if (!shown)
        status.textContent = "No family fits all of this. “Show all” takes the filters away.";
      status.classList.toggle("table-none", !shown);
      write();
    }

    function sort() {
      const column = Number(state.get("sort") ?? -1);
      const down = state.get("order") === "down";
      const known = Number.isInteger(column) && column >= 0 && column < heads.length;
      heads.forEach((head, index) => {
        if (known && index === column)
          head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      const order = known
        ? original.slice().sort((a, b) => {
            const [x, y] = [a, b].map((row) => row.cells[column].textContent.trim());
            return (down ? -1 : 1) * x.localeCompare(y, "en", { numeric: true });
          })
        : original;
      body.append(...order);
    }

    /** The page's own parameters only: what others put into the address stays there. */
    function read() {
      const all = new URLSearchParams(location.search);
      const own = new URLSearchParams();
      for (const key of ["word", "sort", "order", ...FILTERS.map((filter) => filter.name)]) {
        const value = all.get(key);
        if (value) own.set(key, value.slice(0, 200));
      }
      return own;
    }

    function write() {
      const all = new URLSearchParams(location.search);
      for (const key of ["word", "sort", "order", ...FILTERS.map((filter) => filter.name)])
        all.delete(key);
      for (const [key, value] of state) all.set(key, value);
      const query = all.toString();
      try {
        history.replaceState(
          history.state,
          "",
          `${location.pathname}${query ? `?${query}` : ""}${location.hash}`,
        );
      } catch {
        // A browser may refuse this for a file; the table works all the same.
      }
    }

    update();
  }

  /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("div.comparison")).forEach(
    enhance,
  );
})();
