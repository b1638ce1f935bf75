// Search: every section of the site that has all words of the query, the best first.
//
// A word of Hangul is found inside another (산업 in 전략산업), every other at the beginning of one (ai, not
// in “said”). A word may lose its ending (반도체를 is 반도체). Accents, case and the commas of numbers do not
// count. What another language's text of a section has (the name of an organisation) finds the
// section too, in the reader's language.

const SHOWN = 30
const HANGUL = /[\uac00-\ud7a3]/

export function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase()
    .replace(/(\d),(?=\d{3})/g, "$1").replace(/[‘’]/g, "'")
}

// The words of a query, each with the forms it may be found in.
export function words(query, endings) {
  const found = plain(query).replace(/'s\b/g, "").match(/[\p{L}\p{N}]+(?:[.'-][\p{L}\p{N}]+)*/gu) || []
  return found.map(word => {
    const ending = endings.find(one =>
      word.endsWith(one) && word.length - one.length >= (HANGUL.test(word) ? 2 : 3))
    return ending ? [word, word.slice(0, -ending.length)] : [word]
  })
}

// Where a form stands in a plain text, or -1.
function place(text, form) {
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    if (HANGUL.test(form[0])) return at
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]) || HANGUL.test(text[at - 1])) return at
  }
  return -1
}

// Whether a form stands as a word of its own, or at the beginning of one.
function weight(text, form) {
  const at = place(text, form)
  if (at < 0) return 0
  const alone = at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1])
  const ends = !/[\p{L}\p{N}]/u.test(text[at + form.length] || " ")
  return alone && ends ? 1 : alone ? 0.8 : 0.6
}

function score(section, forms) {
  let best = 0
  forms.forEach((form, shortened) => {
    const off = shortened ? 0.9 : 1
    // The more of a name was asked for, the more it is what was meant.
    const share = name => name && weight(name, form) * (0.4 + 0.6 * form.length / name.length)
    const page = share(section.plainPage), title = share(section.plainTitle)
    const text = weight(section.plainText, form)
    const sum = page * (section.anchor ? 14 : 60) + title * 32 + (text && 4 + text * 4)
    best = Math.max(best, sum * off)
  })
  return best
}

export class Index {
  constructor(data) {
    this.sections = data.sections.map(([number, anchor, title, text]) => {
      const [url, page] = data.pages[number]
      return {
        url: url + (anchor && `#${anchor}`), anchor, page, title, text,
        plainPage: plain(page), plainTitle: plain(title), plainText: plain(text),
        // The pages of pairs, and lists of sources and pages, repeat what stands elsewhere.
        rank: /^(sources|elsewhere|notes|list|topics)/.test(anchor) ? 0.4
          : /^cities\//.test(url) ? 1.25 : /^pairs\/./.test(url) ? 0.6 : 1,
      }
    })
  }

  // Score by address, of the sections that have every word, or, if none has, the most of them.
  find(query, endings) {
    const asked = words(query, endings)
    if (!asked.length) return new Map()
    const phrase = plain(query).trim()
    const scored = this.sections.map(section => {
      const each = asked.map(forms => score(section, forms))
      let sum = each.reduce((a, b) => a + b, 0)
      if (asked.length > 1 && section.plainText.includes(phrase)) sum += 8
      if (section.plainPage === phrase && !section.anchor) sum += 100
      if (section.plainTitle === phrase) sum += 10
      return [section, sum * section.rank, each.filter(Boolean).length]
    })
    const most = Math.max(...scored.map(one => one[2]))
    if (!most || (most < asked.length && most * 2 < asked.length)) return new Map()
    return new Map(scored.filter(one => one[2] === most).map(([s, sum]) => [s.url, { sum, whole: most === asked.length }]))
  }
}

// The results of a query. What only another language's text says of a section counts half.
export function search(indices, query, endings) {
  const [own, ...others] = indices.map(index => index.find(query, endings))
  const whole = [own, ...others].some(found => [...found.values()].some(one => one.whole))
  const total = new Map()
  for (const [share, found] of [[1, own], ...others.map(other => [0.5, other])])
    for (const [url, one] of found)
      if (one.whole || !whole) total.set(url, Math.max(total.get(url) || 0, one.sum * share))
  return indices[0].sections
    .filter(section => total.has(section.url))
    .sort((a, b) => total.get(b.url) - total.get(a.url))
}

// The part of a text around the first word of the query, in pieces: [text, whether it was asked].
export function snippet(section, query, endings) {
  const text = section.text
  const forms = words(query, endings).flat()
  const hay = text.toLowerCase().normalize("NFC")
  const spots = forms.map(form => hay.indexOf(form)).filter(at => at >= 0)
  const first = spots.length ? Math.min(...spots) : 0
  let start = Math.max(0, first - 50)
  if (start) start = Math.max(start, text.indexOf(" ", start) + 1)
  let part = text.slice(start, start + 150)
  if (start + 150 < text.length) part = part.slice(0, part.lastIndexOf(" ") + 1 || 150) + "…"
  if (start) part = "…" + part
  return marked(part, forms)
}

export function marked(text, forms) {
  const kept = forms.filter(Boolean).map(one => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
  if (!kept.length) return [[text, false]]
  const pattern = new RegExp(`(${kept.sort((a, b) => b.length - a.length).join("|")})`, "giu")
  return text.split(pattern).map((piece, index) => [piece, index % 2 === 1])
}

function element(name, text, of = "") {
  const made = document.createElement(name)
  made.className = of
  if (typeof text === "string") made.textContent = text
  else for (const [piece, asked] of text)
    made.append(asked ? Object.assign(document.createElement("mark"), { textContent: piece }) : piece)
  return made
}

// The dialog. Its indices are fetched when it is first opened.
export function attach(dialog, root, folder) {
  const language = document.documentElement.lang
  const locales = [language, ...dialog.dataset.locales.split(" ").filter(one => one !== language)]
  const endings = dialog.dataset.endings.split(" ").filter(Boolean).sort((a, b) => b.length - a.length)
  const query = dialog.querySelector("input"), told = dialog.querySelector("[role=status]")
  const list = dialog.querySelector("ol")
  let indices
  const load = () => indices ??= Promise.all(locales.map(async locale =>
    new Index(await (await fetch(`${folder}${locale}.json`)).json())))

  const show = async () => {
    const asked = query.value
    const ready = await load()
    if (asked !== query.value) return
    const found = asked.trim() ? search(ready, asked, endings) : []
    const forms = words(asked, endings).flat()
    list.replaceChildren(...found.slice(0, SHOWN).map(section => {
      const link = document.createElement("a")
      link.href = root + section.url
      link.append(
        element("span", section.anchor ? section.page : "", "search__place"),
        element("span", marked(section.title || section.page, forms), "search__title"),
        element("span", snippet(section, asked, endings), "search__text"),
      )
      const item = document.createElement("li")
      item.append(link)
      return item
    }))
    list.scrollTop = 0
    told.textContent = !asked.trim() ? "" : found.length
      ? told.dataset.some.replace("#", found.length) : told.dataset.none
    dialog.dataset.shown = asked
  }

  query.addEventListener("input", show)
  dialog.querySelector("form").addEventListener("submit", event => {
    event.preventDefault()
    list.querySelector("a")?.click()
  })
  dialog.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    const stops = [query, ...list.querySelectorAll("a")]
    const next = stops[stops.indexOf(document.activeElement) + step]
    event.preventDefault()
    next?.focus()
  })
  // A click beside the dialog closes it; a link to the page itself only moves it.
  dialog.addEventListener("click", event => {
    if (event.target === dialog || event.target.closest("a")) dialog.close()
  })
  load()
  return () => {
    dialog.showModal()
    query.focus()
    query.select()
  }
}
