// Sorts a table by the column whose head is pressed; rows without a value there come last. The order
// of the source returns with the third press.

/**
 * @param {number | string} left
 * @param {number | string} right
 */
const compare = (left, right) =>
  typeof left === "number" && typeof right === "number"
    ? left - right
    : String(left).localeCompare(String(right), document.documentElement.lang);

/** @param {HTMLTableElement} table */
const makeSortable = (table) => {
  const body = table.tBodies[0];
  const original = [...body.rows];
  const heads = [.../** @type {HTMLTableSectionElement} */ (table.tHead).rows[0].cells];

  /** @param {number} column */
  const sort = (column) => {
    const numeric = heads[column].classList.contains("number");
    const [first, second] = numeric ? ["descending", "ascending"] : ["ascending", "descending"];
    const former = heads[column].getAttribute("aria-sort");
    for (const head of heads) head.removeAttribute("aria-sort");
    if (former === second) {
      body.append(...original);
      return;
    }
    const order = former === first ? second : first;
    heads[column].setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    /** @param {HTMLTableRowElement} row */
    const text = (row) => row.cells[column].dataset.order ?? "";
    /** @param {HTMLTableRowElement} row */
    const value = (row) => (numeric ? Number(text(row)) : text(row));
    const stated = original.filter((row) => text(row) !== "");
    stated.sort((left, right) => sign * compare(value(left), value(right)));
    body.append(...stated, ...original.filter((row) => text(row) === ""));
  };

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = table.dataset.sortable ?? "";
    // The mark of a note is a link, and stays outside.
    button.append(...[...head.childNodes].filter((node) => node.nodeName !== "SUP"));
    head.prepend(button);
    button.addEventListener("click", () => sort(column));
  });
};

for (const table of document.querySelectorAll("table[data-sortable]")) {
  makeSortable(/** @type {HTMLTableElement} */ (table));
}
