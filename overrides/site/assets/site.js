// The search panel is out of sight until it is called, so Material cannot focus its field, and its
// keys would do nothing. This opens the panel with its field focused, and lets the space bar press
// the controls of the masthead that are labels.

const toggle = document.getElementById("__search")
const query = document.querySelector("[name=query]")

toggle.addEventListener("change", () => {
  if (toggle.checked) query.focus()
})

addEventListener("keydown", event => {
  const typing = event.target.closest("input, textarea, select")
  if (!["/", "s", "f"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return
  if (toggle.checked || (typing && !typing.matches(".md-option"))) return
  event.preventDefault()
  toggle.click()
}, true)

for (const control of document.querySelectorAll(".masthead label[role=button], .masthead .md-option"))
  control.addEventListener("keydown", event => {
    if (event.key !== " ") return
    event.preventDefault()
    control.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }))
  })

// A table sorts by the column whose head is pressed; where a cell has no value, its row comes last.
// The order of the source returns with the third press.

for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0]
  const original = [...body.rows]
  const heads = [...table.tHead.rows[0].cells]
  const value = (row, index) => {
    const { order } = row.cells[index].dataset
    return heads[index].classList.contains("number") && order !== "" ? Number(order) : order
  }
  const compare = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang)

  const sort = index => {
    const descending = heads[index].classList.contains("number")
    const first = descending ? "descending" : "ascending"
    const second = descending ? "ascending" : "descending"
    const former = heads[index].getAttribute("aria-sort")
    const order = former === first ? second : former === second ? null : first
    for (const head of heads) head.removeAttribute("aria-sort")
    if (order === null) return body.append(...original)
    heads[index].setAttribute("aria-sort", order)
    const sign = order === "ascending" ? 1 : -1
    const [stated, absent] = [[], []]
    for (const row of original) (row.cells[index].dataset.order === "" ? absent : stated).push(row)
    stated.sort((a, b) => sign * compare(value(a, index), value(b, index)))
    body.append(...stated, ...absent)
  }

  heads.forEach((head, index) => {
    const button = document.createElement("button")
    button.type = "button"
    button.title = table.dataset.sortable
    // The mark of a note is a link, and stays outside.
    button.append(...[...head.childNodes].filter(node => node.nodeName !== "SUP"))
    head.prepend(button)
    button.addEventListener("click", () => sort(index))
  })
}
