// Search: every section of the site that has all words of the query, the best first. Touches no page.
//
// A word of Hangul is found inside another (산업 in 전략산업), every other at the beginning of one (ai,
// not in “said”). A word may lose its ending (반도체를 is 반도체). Accents, case and the commas of
// numbers do not count. What another language's text of a section has (the name of an organisation)
// finds the section too, in the reader's language.

/**
 * An index as the build writes it: pages as [address, title], sections as [number of their page,
 * anchor, title, text].
 * @typedef {{pages: [string, string][], sections: [number, string, string, string][]}} IndexFile
 */

/**
 * @typedef {object} Section
 * @property {string} url
 * @property {string} anchor "" for the page itself
 * @property {string} page the title of the page
 * @property {string} title
 * @property {string} text
 * @property {string} plainPage
 * @property {string} plainTitle
 * @property {string} plainText
 * @property {number} rank how much the section counts among others
 */

/** @typedef {{sum: number, whole: boolean}} Score `whole` where the section has every word */
/** @typedef {[text: string, found: boolean]} Piece */

const HANGUL = /[\uac00-\ud7a3]/;
const LETTER = /[\p{L}\p{N}]/u;
const WORD = /[\p{L}\p{N}]+(?:[.'-][\p{L}\p{N}]+)*/gu;
// How much of a section's text a result shows, and how much before the first word that was found.
const SNIPPET = 150;
const BEFORE = 50;

/**
 * A text without what does not count: accents, case, the commas of numbers.
 * @param {string} text
 */
export const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/(\d),(?=\d{3})/g, "$1")
    .replace(/[‘’]/g, "'");

/**
 * The words of a query, each with the forms it may be found in.
 * @param {string} query
 * @param {string[]} endings what a word may lose, the longest first
 * @returns {string[][]}
 */
export const words = (query, endings) => {
  const found = plain(query).replace(/'s\b/g, "").match(WORD) ?? [];
  return found.map((word) => {
    const least = HANGUL.test(word) ? 2 : 3;
    const ending = endings.find(
      (candidate) => word.endsWith(candidate) && word.length - candidate.length >= least,
    );
    return ending ? [word, word.slice(0, -ending.length)] : [word];
  });
};

/**
 * Where a form stands in a plain text, or -1.
 * @param {string} text
 * @param {string} form
 */
const place = (text, form) => {
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    if (HANGUL.test(form[0])) return at;
    if (at === 0 || !LETTER.test(text[at - 1]) || HANGUL.test(text[at - 1])) return at;
  }
  return -1;
};

/**
 * 1 where a form stands as a word of its own, less where it begins one or is inside one, 0 where it
 * is not.
 * @param {string} text
 * @param {string} form
 */
const weight = (text, form) => {
  const at = place(text, form);
  if (at < 0) return 0;
  const begins = at === 0 || !LETTER.test(text[at - 1]);
  const ends = !LETTER.test(text[at + form.length] || " ");
  if (!begins) return 0.6;
  return ends ? 1 : 0.8;
};

/**
 * How well a section answers a word.
 * @param {Section} section
 * @param {string[]} forms of the word
 */
const score = (section, forms) => {
  const scores = forms.map((form, shortened) => {
    // The more of a name was asked for, the more it is what was meant.
    /** @param {string} name */
    const share = (name) =>
      name ? weight(name, form) * (0.4 + (0.6 * form.length) / name.length) : 0;
    const page = share(section.plainPage) * (section.anchor ? 14 : 60);
    const title = share(section.plainTitle) * 32;
    const text = weight(section.plainText, form);
    return (page + title + (text && 4 + text * 4)) * (shortened ? 0.9 : 1);
  });
  return Math.max(0, ...scores);
};

/**
 * How much a section counts. The pages of pairs, and lists of sources and pages, repeat what stands
 * elsewhere.
 * @param {string} url
 * @param {string} anchor
 */
const rank = (url, anchor) => {
  if (/^(sources|elsewhere|notes|list|topics)/.test(anchor)) return 0.4;
  if (/^cities\//.test(url)) return 1.25;
  return /^pairs\/./.test(url) ? 0.6 : 1;
};

export class SearchIndex {
  /** @param {IndexFile} file */
  constructor(file) {
    /** @type {Section[]} */
    this.sections = file.sections.map(([number, anchor, title, text]) => {
      const [url, page] = file.pages[number];
      return {
        url: anchor ? `${url}#${anchor}` : url,
        anchor,
        page,
        title,
        text,
        plainPage: plain(page),
        plainTitle: plain(title),
        plainText: plain(text),
        rank: rank(url, anchor),
      };
    });
  }

  /**
   * The scores, by address, of the sections that have every word, or, if none has, the most of them.
   * @param {string} query
   * @param {string[]} endings
   * @returns {Map<string, Score>}
   */
  find(query, endings) {
    const asked = words(query, endings);
    if (!asked.length) return new Map();
    const phrase = plain(query).trim();
    const scored = this.sections.map((section) => {
      const each = asked.map((forms) => score(section, forms));
      let sum = each.reduce((total, own) => total + own, 0);
      if (asked.length > 1 && section.plainText.includes(phrase)) sum += 8;
      if (section.plainPage === phrase && !section.anchor) sum += 100;
      if (section.plainTitle === phrase) sum += 10;
      return { url: section.url, sum: sum * section.rank, count: each.filter(Boolean).length };
    });
    const most = Math.max(...scored.map(({ count }) => count));
    if (!most || (most < asked.length && most * 2 < asked.length)) return new Map();
    const whole = most === asked.length;
    const best = scored.filter(({ count }) => count === most);
    return new Map(best.map(({ url, sum }) => [url, { sum, whole }]));
  }
}

/**
 * The results of a query. What only another language's text says of a section counts half.
 * @param {SearchIndex[]} indices that of the reader's language first
 * @param {string} query
 * @param {string[]} endings
 */
export const search = (indices, query, endings) => {
  const results = indices.map((index) => index.find(query, endings));
  const whole = results.some((found) => [...found.values()].some((result) => result.whole));
  /** @type {Map<string, number>} */
  const totals = new Map();
  results.forEach((found, number) => {
    const share = number === 0 ? 1 : 0.5;
    for (const [url, result] of found) {
      if (whole && !result.whole) continue;
      totals.set(url, Math.max(totals.get(url) ?? 0, result.sum * share));
    }
  });
  /** @param {Section} section */
  const total = (section) => totals.get(section.url) ?? 0;
  return indices[0].sections
    .filter((section) => totals.has(section.url))
    .sort((left, right) => total(right) - total(left));
};

/**
 * The part of a section's text around the first word of the query, in pieces.
 * @param {Section} section
 * @param {string} query
 * @param {string[]} endings
 */
export const snippet = (section, query, endings) => {
  const { text } = section;
  const forms = words(query, endings).flat();
  const searched = text.toLowerCase().normalize("NFC");
  const places = forms.map((form) => searched.indexOf(form)).filter((at) => at >= 0);
  const first = places.length ? Math.min(...places) : 0;
  let start = Math.max(0, first - BEFORE);
  if (start) start = Math.max(start, text.indexOf(" ", start) + 1);
  const end = start + SNIPPET;
  let part = text.slice(start, end);
  if (end < text.length) part = `${part.slice(0, part.lastIndexOf(" ") + 1 || SNIPPET)}…`;
  return marked(start ? `…${part}` : part, forms);
};

/**
 * A text in pieces, and which of them were asked for.
 * @param {string} text
 * @param {string[]} forms
 * @returns {Piece[]}
 */
export const marked = (text, forms) => {
  const patterns = forms
    .filter(Boolean)
    .sort((left, right) => right.length - left.length)
    .map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!patterns.length) return [[text, false]];
  const pieces = text.split(new RegExp(`(${patterns.join("|")})`, "giu"));
  return pieces.map((piece, number) => [piece, number % 2 === 1]);
};
