// The dialog of the search. Its indices are fetched when it is first opened.
import { marked, SearchIndex, search, snippet, words } from "./search.js";

/** @typedef {import("./search.js").Piece} Piece */

const SHOWN = 30;

/**
 * @param {string} name
 * @param {string} className
 * @param {Piece[]} pieces
 */
const element = (name, className, pieces) => {
  const made = document.createElement(name);
  made.className = className;
  for (const [text, found] of pieces) {
    if (found) made.append(element("mark", "", [[text, false]]));
    else made.append(text);
  }
  return made;
};

/**
 * Makes the dialog search.
 * @param {HTMLDialogElement} dialog
 * @param {string} root the address of the language's home, with a slash at its end
 * @param {string} folder the address of the folder of the indices
 * @returns {() => void} what opens the dialog
 */
export const attach = (dialog, root, folder) => {
  const language = document.documentElement.lang;
  const { locales = "", endings: endingWords = "" } = dialog.dataset;
  const others = locales.split(" ").filter((locale) => locale !== language);
  const endings = endingWords
    .split(" ")
    .filter(Boolean)
    .sort((left, right) => right.length - left.length);
  const input = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
  const status = /** @type {HTMLElement} */ (dialog.querySelector("[role=status]"));
  const list = /** @type {HTMLElement} */ (dialog.querySelector("ol"));

  /** @param {string} locale */
  const fetchIndex = async (locale) => {
    const response = await fetch(`${folder}${locale}.json`);
    return new SearchIndex(await response.json());
  };
  /** @type {Promise<SearchIndex[]> | undefined} */
  let indices;
  const load = () => {
    indices ??= Promise.all([language, ...others].map(fetchIndex));
    return indices;
  };

  const show = async () => {
    const query = input.value;
    const ready = await load();
    // The visitor has typed on.
    if (query !== input.value) return;
    const found = query.trim() ? search(ready, query, endings) : [];
    const forms = words(query, endings).flat();
    const items = found.slice(0, SHOWN).map((section) => {
      const link = document.createElement("a");
      link.href = root + section.url;
      link.append(
        element("span", "search__place", section.anchor ? [[section.page, false]] : []),
        element("span", "search__title", marked(section.title || section.page, forms)),
        element("span", "search__text", snippet(section, query, endings)),
      );
      const item = document.createElement("li");
      item.append(link);
      return item;
    });
    list.replaceChildren(...items);
    list.scrollTop = 0;
    const { none = "", some = "" } = status.dataset;
    const summary = found.length ? some.replace("#", String(found.length)) : none;
    status.textContent = query.trim() ? summary : "";
    dialog.dataset.shown = query;
  };

  input.addEventListener("input", show);
  dialog.querySelector("form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    /** @type {HTMLElement[]} */
    const stops = [input, ...list.querySelectorAll("a")];
    const current = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    event.preventDefault();
    stops[current + step]?.focus();
  });
  // A click beside the dialog closes it; a link to the page itself only moves it.
  dialog.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target === dialog || target.closest("a")) dialog.close();
  });
  load();
  return () => {
    dialog.showModal();
    input.focus();
    input.select();
  };
};
