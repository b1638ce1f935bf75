// The values of a data file as the fields of the form have them, and back. Knows neither YAML nor a
// page.

/**
 * A field of the form, as `config.json` describes it.
 * @typedef {object} Field
 * @property {string} name
 * @property {Field[]} [fields] of an object, or of each item of a list
 * @property {boolean} [keyed] a list in the form, entries by id in the file
 * @property {boolean} [wrapped] records of one field in the form, a list of texts in the file
 */

/** @typedef {Record<string, unknown>} Values */

const KEY = "id";
// The one field of a list's items that are texts.
const ITEM = "text";

/**
 * @param {unknown} value
 * @returns {value is Values}
 */
export const isMap = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/**
 * Whether two values are the same; the order of a map's entries does not count.
 * @param {unknown} left
 * @param {unknown} right
 * @returns {boolean}
 */
export const same = (left, right) => {
  if (isMap(left) && isMap(right)) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...keys].every((key) => same(left[key], right[key]));
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, at) => same(item, right[at]));
  }
  return left === right;
};

/**
 * Whether nobody filled in a value: it is none, empty, or holds nothing but such.
 * @param {unknown} value
 * @returns {boolean}
 */
export const isBlank = (value) =>
  value === undefined ||
  value === null ||
  value === "" ||
  (typeof value === "object" && Object.values(value).every(isBlank));

/**
 * @param {string} field
 * @param {unknown} id
 */
const twice = (field, id) =>
  `${field}: 같은 id가 두 번 있습니다 / The same id stands twice: ‘${id}’`;

/**
 * A value with each entry of a map that the form has a field for as `convert` makes it. An entry
 * without a field stays as it is.
 * @param {unknown} value
 * @param {Field[] | undefined} fields
 * @param {(entry: unknown, field: Field) => unknown} convert
 */
const converted = (value, fields, convert) => {
  if (!isMap(value) || !fields) return value;
  const entries = Object.entries(value).map(([name, entry]) => {
    const field = fields.find((candidate) => candidate.name === name);
    return [name, field ? convert(entry, field) : entry];
  });
  return Object.fromEntries(entries);
};

/**
 * The values of a file as the form's fields have them: entries by id become a list with the id in
 * each, and each text of a list a record of one field.
 * @param {unknown} value
 * @param {Field[]} [fields]
 * @returns {unknown}
 */
export const shown = (value, fields) =>
  converted(value, fields, (entry, field) => {
    if (field.keyed && isMap(entry)) {
      return Object.entries(entry).map(([id, item]) => {
        const values = shown(item, field.fields);
        return { [KEY]: id, .../** @type {object} */ (values) };
      });
    }
    if (!Array.isArray(entry)) return shown(entry, field.fields);
    if (field.wrapped) return entry.map((item) => ({ [ITEM]: item }));
    return entry.map((item) => shown(item, field.fields));
  });

/**
 * The values of the form's fields as a file has them: the reverse of `shown`. A field that was
 * emptied is null; within a text, what is empty stays, so that `check` names it. Throws where an id
 * stands twice, since the file can hold it once only.
 * @param {unknown} value
 * @param {Field[]} [fields]
 * @returns {unknown}
 */
export const stored = (value, fields) =>
  converted(value, fields, (entry, field) => {
    if (entry === "") return null;
    if (!Array.isArray(entry)) return stored(entry, field.fields);
    if (field.keyed) {
      /** @type {Map<unknown, Values>} */
      const items = new Map();
      for (const item of entry) {
        const { [KEY]: id = "", ...rest } = /** @type {Values} */ (stored(item, field.fields));
        if (items.has(id)) throw new Error(twice(field.name, id));
        items.set(id, rest);
      }
      return Object.fromEntries(items);
    }
    if (field.wrapped) return entry.map((item) => item[ITEM] ?? null);
    return entry.map((item) => stored(item, field.fields));
  });

/**
 * A value without what nobody filled in, for an entry that is new. A text that lacks a language keeps
 * its place, so that `check` names it.
 * @param {unknown} value
 * @returns {unknown}
 */
export const filled = (value) => {
  if (Array.isArray(value)) return value.map(filled).filter((item) => !isBlank(item));
  if (!isMap(value)) return value;
  const kept = Object.entries(value).filter(([, entry]) => entry === "" || !isBlank(entry));
  return Object.fromEntries(kept.map(([name, entry]) => [name, filled(entry)]));
};
