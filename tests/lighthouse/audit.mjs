// Lighthouse on pages, as on a phone, in one Chromium; prints a line of JSON for each address in
// their order: the score of each category from 0 to 100, the audits that cost points, and those
// of best practices and of search that could not be judged.
//
//     node audit.mjs PACKAGES CHROMIUM CATEGORIES ADDRESS…
//
// PACKAGES is npm's folder, CATEGORIES a list with commas.
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, chromePath, list, ...addresses] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(resolve(packages), name)));
const { default: lighthouse } = await load("lighthouse/core/index.js");
const { launch } = await load("chrome-launcher/dist/index.js");

const onlyCategories = list.split(",");
const settings = { logLevel: "silent", onlyCategories, disableFullPageScreenshot: true };
// Only the clock needs a page that has come to rest for seconds.
if (!onlyCategories.includes("performance"))
  Object.assign(settings, {
    pauseAfterFcpMs: 0,
    pauseAfterLoadMs: 0,
    networkQuietThresholdMs: 200,
    cpuQuietThresholdMs: 0,
  });
const UNJUDGED = ["notApplicable", "informative", "manual"];
const TIMES = {
  fcp: "first-contentful-paint",
  lcp: "largest-contentful-paint",
  tbt: "total-blocking-time",
};

const chromeFlags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"];
const browser = await launch({ chromePath, chromeFlags, logLevel: "silent" });
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, { ...settings, port: browser.port });
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    const scores = {};
    const lost = [];
    const unjudged = [];
    for (const [name, { score, auditRefs }] of Object.entries(lhr.categories)) {
      scores[name] = Math.round(score * 100);
      for (const { id, weight } of auditRefs) {
        const audit = lhr.audits[id];
        const { score: own, scoreDisplayMode: mode } = audit;
        if (mode === "error" || (weight && own !== null && own < 1))
          lost.push({ category: name, id, title: audit.title, told: told(audit) });
        if (name !== "accessibility" && UNJUDGED.includes(mode)) unjudged.push(id);
      }
    }
    const times = {};
    for (const [name, id] of Object.entries(TIMES)) times[name] = lhr.audits[id]?.numericValue;
    console.log(JSON.stringify({ address, scores, lost, unjudged, times }));
  }
} finally {
  await browser.kill();
}

// What an audit points at: an error, a summary, and the elements or addresses of its table.
function told({ details, displayValue, errorMessage }) {
  const items = (details?.items ?? []).map(
    (item) => item.node?.snippet ?? item.url ?? item.description,
  );
  return [errorMessage, displayValue, ...items].filter(Boolean).slice(0, 5);
}
