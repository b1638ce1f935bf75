// Lighthouse on pages in one Chromium, as on a phone; a line of JSON for each page, in order:
// its address, the score of each category from 0 to 100, and every audit that costs it points.
//
//     node audit.mjs PACKAGES CHROMIUM CATEGORIES ADDRESS…
//
// PACKAGES is npm's folder, CATEGORIES a list with commas. With the category `performance` the
// device and the line are those that Lighthouse simulates; the others need neither.
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [packages, chromePath, list, ...addresses] = process.argv.slice(2)
const load = name => import(pathToFileURL(join(resolve(packages), name)))
const { default: lighthouse } = await load('lighthouse/core/index.js')
const { launch } = await load('chrome-launcher/dist/index.js')

const onlyCategories = list.split(',')
const throttlingMethod = onlyCategories.includes('performance') ? 'simulate' : 'provided'
const chromeFlags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run']
const browser = await launch({ chromePath, chromeFlags, logLevel: 'silent' })
try {
  for (const address of addresses) {
    const flags = { port: browser.port, logLevel: 'silent', onlyCategories, throttlingMethod }
    const { lhr } = await lighthouse(address, { ...flags, disableFullPageScreenshot: true })
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`)
    const scores = {}, lost = []
    for (const [name, { score, auditRefs }] of Object.entries(lhr.categories)) {
      scores[name] = score === null ? null : Math.round(score * 100)
      for (const { id, weight } of auditRefs) {
        const audit = lhr.audits[id]
        const fails = audit.score !== null && audit.score < 1
        if (weight && (fails || audit.scoreDisplayMode === 'error'))
          lost.push({ id, title: audit.title, told: told(audit) })
      }
    }
    const shown = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time']
    const times = Object.fromEntries(shown.map(id => [id, lhr.audits[id]?.numericValue]))
    console.log(JSON.stringify({ address, scores, lost, times }))
  }
} finally {
  await browser.kill()
}

// What an audit points at: the elements or addresses of its table, or its words.
function told({ details, displayValue, errorMessage }) {
  const items = (details?.items ?? []).map(one => one.node?.snippet ?? one.url ?? one.source)
  return [errorMessage, displayValue, ...items].filter(Boolean).slice(0, 5)
}
