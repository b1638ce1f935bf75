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
