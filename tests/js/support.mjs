// What the tests of the form's file format share: the YAML library, the fields of the form, the cities'
// files, and numbers that look random and are the same in every run.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** @typedef {import("../../overrides/site/edit/form-values.js").Field} Field */
/** @typedef {typeof import("yaml")} YAMLLibrary */

// `require` looks in NODE_PATH, where tests/test_scripts.py says what npm installed; `import` does not.
export const YAML = /** @type {YAMLLibrary} */ (createRequire(import.meta.url)("yaml"));

/** The fields that the program gives the form for a city. @type {Field[]} */
export const FIELDS = JSON.parse(readFileSync(process.env.CITY_FIELDS ?? "", "utf-8"));

const FOLDER = new URL("../../data/cities/", import.meta.url);

/** The text of each city's file, by its name. @type {[name: string, text: string][]} */
export const CITIES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".yaml"))
  .sort()
  .map((name) => [name, readFileSync(new URL(name, FOLDER), "utf-8")]);

/**
 * Numbers from 0 to 1, drawn by mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 * @param {number} seed
 */
export const draws = (seed) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/**
 * The lines that differ between two texts of the same file, as a diff shows them without context:
 * those that go, then those that come.
 * @param {string} before
 * @param {string} after
 */
export const changedLines = (before, after) => {
  const [old, now] = [before.split("\n"), after.split("\n")];
  // The longest run of lines in both, by dynamic programming from the end.
  const kept = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = now.length - 1; column >= 0; column--) {
      kept[row][column] =
        old[row] === now[column]
          ? kept[row + 1][column + 1] + 1
          : Math.max(kept[row + 1][column], kept[row][column + 1]);
    }
  }
  const removed = [];
  const added = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < now.length) {
    if (row < old.length && column < now.length && old[row] === now[column]) {
      row++;
      column++;
    } else if (
      column === now.length ||
      (row < old.length && kept[row + 1][column] >= kept[row][column + 1])
    ) {
      removed.push(`-${old[row++]}`);
    } else {
      added.push(`+${now[column++]}`);
    }
  }
  return [...removed, ...added];
};
