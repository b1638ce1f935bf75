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

// The comparison shows the cities and the base that are chosen; of a cell, what is left. Sorting goes
// by the first figure that shows.

for (const form of document.querySelectorAll(".filter")) {
  const table = document.querySelector("table.comparison")
  const told = form.querySelector("[role=status]")
  const filter = () => {
    const chosen = new FormData(form)
    const rows = chosen.getAll("row")
    const base = chosen.get("base")
    let shown = 0
    for (const row of table.tBodies[0].rows) {
      row.hidden = rows.length > 0 && !rows.includes(row.id)
      for (const cell of row.cells) {
        const figures = [...cell.querySelectorAll("[data-base]")]
        if (!figures.length) continue
        for (const one of figures) one.hidden = base !== "" && one.dataset.base !== base
        const left = figures.filter(one => !one.hidden)
        cell.dataset.order = left.length ? left[0].dataset.order : ""
        cell.querySelector(":scope > .absent")?.remove()
        if (!left.length) {
          const absent = document.createElement("span")
          absent.className = "absent"
          absent.textContent = form.dataset.other
          cell.append(absent)
        }
        if (!row.hidden) shown += left.length
      }
    }
    const whole = !rows.length && base === ""
    form.querySelector("[type=reset]").hidden = whole
    told.textContent = whole ? "" : form.dataset.shown.replace("#", shown)
  }
  form.addEventListener("change", filter)
  form.addEventListener("reset", () => setTimeout(() => {
    filter()
    // The button that was pressed is gone.
    form.querySelector("input").focus()
  }))
  form.addEventListener("submit", event => event.preventDefault())
  filter()
}

// The base of a figure also opens under the mouse, and closes when it leaves both; a click holds it.

for (const button of document.querySelectorAll(".said [popovertarget]")) {
  const note = document.getElementById(button.getAttribute("popovertarget"))
  const open = () => note.matches(":popover-open")
  let waiting
  let hovered = false
  const after = (time, what) => {
    clearTimeout(waiting)
    waiting = setTimeout(what, time)
  }
  const enter = event => {
    if (event.pointerType !== "mouse") return
    after(150, () => {
      if (open()) return
      button.click()
      hovered = true
    })
  }
  const leave = () => after(250, () => {
    if (hovered && open()) note.hidePopover()
    hovered = false
  })
  for (const one of [button, note]) {
    one.addEventListener("pointerenter", enter)
    one.addEventListener("pointerleave", leave)
  }
  button.addEventListener("click", event => {
    if (!event.isTrusted) return
    clearTimeout(waiting)
    if (hovered && open()) event.preventDefault()
    hovered = false
  })
}

// A link to each heading, each table or chart and each row, to copy; and the citation likewise.

const words = document.body.dataset

const copy = async (text, control, said = control.textContent) => {
  try {
    await navigator.clipboard.writeText(text)
  } catch { return }
  control.textContent = words.copied
  setTimeout(() => { control.textContent = said }, 1500)
}

const LINKED = "main :is(h2, h3)[id]:not(.unseen), main .block[id] .block__title, main tr[id] > th"
for (const heading of document.querySelectorAll(LINKED)) {
  if (heading.closest("a")) continue
  const link = document.createElement("a")
  link.className = "anchor"
  link.href = `#${heading.closest("tr, .block")?.id || heading.id}`
  link.setAttribute("aria-label", `${words.link}: ${heading.textContent.trim()}`)
  link.addEventListener("click", () => copy(link.href, link))
  heading.append(link)
}

const citation = document.getElementById("citation")
if (citation) {
  const button = document.createElement("button")
  button.type = "button"
  button.textContent = words.copy
  button.addEventListener("click", () => copy(citation.textContent, button))
  citation.after(button)
}

// Each chart as a file: as it is on light paper, with its letters in it, its text still text; or as
// pixels, twice as many.

const faces = () => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
  .filter(rule => rule instanceof CSSFontFaceRule)

const embedded = async rule => {
  const [, address] = rule.style.getPropertyValue("src").match(/url\("?([^")]+)/)
  const blob = await (await fetch(new URL(address, rule.parentStyleSheet.href))).blob()
  const reader = new FileReader()
  await new Promise(done => { reader.onload = done; reader.readAsDataURL(blob) })
  return rule.cssText.replace(/url\([^)]*\)/, () => `url(${reader.result})`)
}

const drawing = async svg => {
  const { width, height } = svg.viewBox.baseVal
  const own = svg.cloneNode(true)
  own.setAttribute("xmlns", "http://www.w3.org/2000/svg")
  own.setAttribute("width", width)
  own.setAttribute("height", height)
  for (const link of own.querySelectorAll("a")) {
    link.setAttribute("href", new URL(link.getAttribute("href"), location.href).href)
  }
  own.setAttribute("font-family", getComputedStyle(document.body).fontFamily)
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style")
  style.textContent = (await Promise.all(faces().map(embedded))).join("\n")
  own.prepend(style)
  const text = new XMLSerializer().serializeToString(own)
    .replace(/var\(--c-[0-9a-f]{6}, (#[0-9a-f]{6})\)/g, "$1")
  return new Blob([text], { type: "image/svg+xml" })
}

const pixels = async svg => {
  const image = new Image()
  image.src = URL.createObjectURL(await drawing(svg))
  await image.decode()
  const canvas = document.createElement("canvas")
  canvas.width = image.width * 2
  canvas.height = image.height * 2
  const context = canvas.getContext("2d")
  context.fillStyle = "#ffffff"
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  URL.revokeObjectURL(image.src)
  return new Promise(done => canvas.toBlob(done))
}

const save = (blob, name) => {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

for (const svg of document.querySelectorAll("main svg.chart")) {
  const name = svg.querySelector("title").textContent.trim()
  const line = document.createElement("p")
  line.className = "picture"
  line.append(`${words.picture}:`)
  for (const [kind, make] of [["SVG", drawing], ["PNG", pixels]]) {
    const button = document.createElement("button")
    const unseen = document.createElement("span")
    button.type = "button"
    unseen.className = "unseen"
    unseen.textContent = ` ${words.save}: ${name}`
    button.append(kind, unseen)
    button.addEventListener("click", async () =>
      save(await make(svg), `${name}.${kind.toLowerCase()}`))
    line.append(button)
  }
  svg.after(line)
}

// What scrolls sideways on this screen can be reached by keyboard, and says what it is. Asked last: the
// answer takes the layout of all that was added above.

for (const box of document.querySelectorAll(".block__drawing")) {
  if (box.scrollWidth <= box.clientWidth) continue
  const title = box.closest("figure, section")?.querySelector("[id$=-title], .block__title, h2, h3, svg title")
  box.tabIndex = 0
  box.setAttribute("role", "region")
  if (title) box.setAttribute("aria-label", title.textContent.trim())
}
