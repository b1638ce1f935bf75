// What pages do beyond showing themselves; all of it is an addition to what stands there without.

const root = document.documentElement

// Light or dark, as the visitor says; the choice is remembered, and is forgotten where it is the
// device's own.

const device = matchMedia("(prefers-color-scheme: dark)")

document.getElementById("scheme").addEventListener("click", () => {
  const before = root.dataset.scheme || (device.matches ? "dark" : "light")
  const after = before === "dark" ? "light" : "dark"
  const own = after === (device.matches ? "dark" : "light")
  if (own) delete root.dataset.scheme
  else root.dataset.scheme = after
  try {
    if (own) localStorage.removeItem("scheme")
    else localStorage.setItem("scheme", after)
  } catch { /* It holds for this page. */ }
})

// The search is fetched when it is first asked for.

const dialog = document.getElementById("search")
let opening
const openSearch = async () => {
  opening ??= import("./search.js").then(module =>
    module.attach(dialog, document.body.dataset.root, document.body.dataset.search))
  const show = await opening
  if (!dialog.open) show()
}
document.getElementById("search-open").addEventListener("click", openSearch)
document.getElementById("search-close").addEventListener("click", () => dialog.close())
addEventListener("keydown", event => {
  if (!["/", "s"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return
  if (dialog.open || event.target.closest("input, textarea, select, [contenteditable]")) return
  event.preventDefault()
  openSearch()
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
  const compare = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b, root.lang)

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

// What scrolls sideways on this screen can be reached by keyboard, and says what it is.

for (const box of document.querySelectorAll(".block__drawing, .figure--wide")) {
  if (box.scrollWidth <= box.clientWidth) continue
  const title = box.closest("figure, section")?.querySelector("[id$=-title], .block__title, h2, h3, svg title")
  box.tabIndex = 0
  box.setAttribute("role", "region")
  if (title) box.setAttribute("aria-label", title.textContent.trim())
}
