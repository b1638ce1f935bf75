// Shows the cities and the base that are chosen in the comparison; of a cell, what is left. Sorting
// goes by the first figure that shows.

/**
 * @param {HTMLTableCellElement} cell
 * @param {string} base the base that is chosen; "" for all
 * @param {string} absence what a cell says where no figure is left
 * @returns {number} how many figures the cell shows
 */
const filterCell = (cell, base, absence) => {
  const figures = /** @type {HTMLElement[]} */ ([...cell.querySelectorAll("[data-base]")]);
  if (!figures.length) return 0;
  for (const figure of figures) figure.hidden = base !== "" && figure.dataset.base !== base;
  const left = figures.filter((figure) => !figure.hidden);
  cell.dataset.order = left[0]?.dataset.order ?? "";
  cell.querySelector(":scope > .absent")?.remove();
  if (!left.length) {
    const absent = document.createElement("span");
    absent.className = "absent";
    absent.textContent = absence;
    cell.append(absent);
  }
  return left.length;
};

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTableElement} table
 */
const makeFilter = (form, table) => {
  const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const reset = /** @type {HTMLButtonElement} */ (form.querySelector("[type=reset]"));

  const filter = () => {
    const chosen = new FormData(form);
    const rows = chosen.getAll("row");
    const base = String(chosen.get("base"));
    let shown = 0;
    for (const row of table.tBodies[0].rows) {
      row.hidden = rows.length > 0 && !rows.includes(row.id);
      for (const cell of row.cells) {
        const left = filterCell(cell, base, form.dataset.other ?? "");
        if (!row.hidden) shown += left;
      }
    }
    const whole = !rows.length && base === "";
    reset.hidden = whole;
    status.textContent = whole ? "" : (form.dataset.shown ?? "").replace("#", String(shown));
  };

  form.addEventListener("change", filter);
  // The event comes before the form is as it was.
  form.addEventListener("reset", () =>
    setTimeout(() => {
      filter();
      // The button that was pressed is gone.
      form.querySelector("input")?.focus();
    }),
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
};

const comparison = /** @type {HTMLTableElement | null} */ (
  document.querySelector("table.comparison")
);
for (const form of document.querySelectorAll(".filter")) {
  if (comparison) makeFilter(/** @type {HTMLFormElement} */ (form), comparison);
}
