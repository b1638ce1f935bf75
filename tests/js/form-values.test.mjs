// The values of a file as the form has them, and back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { filled, isBlank, same, shown, stored } from "../../overrides/site/edit/form-values.js";
import { CITIES, draws, FIELDS, YAML } from "./support.mjs";

/** @typedef {import("../../overrides/site/edit/form-values.js").Field} Field */

/** @type {Field[]} */
const SMALL = [
  { name: "name" },
  { name: "figures", keyed: true, fields: [{ name: "value" }, { name: "notes", wrapped: true }] },
  { name: "notes", wrapped: true },
  { name: "rows", fields: [{ name: "items", wrapped: true }] },
];

test("entries by id are a list in the form, with the id in each, in the order of the file", () => {
  const file = { figures: { b: { value: 1 }, a: { value: 2 } } };
  const form = {
    figures: [
      { id: "b", value: 1 },
      { id: "a", value: 2 },
    ],
  };
  assert.deepEqual(shown(file, SMALL), form);
  assert.deepEqual(stored(form, SMALL), file);
  assert.deepEqual(Object.keys(/** @type {typeof file} */ (stored(form, SMALL)).figures), [
    "b",
    "a",
  ]);
});

test("a list of texts is a list of records of one field in the form, at every depth", () => {
  const file = {
    notes: ["x", { ko: "가" }],
    rows: [{ items: ["y"] }],
    figures: { a: { notes: ["z"] } },
  };
  assert.deepEqual(shown(file, SMALL), {
    notes: [{ text: "x" }, { text: { ko: "가" } }],
    rows: [{ items: [{ text: "y" }] }],
    figures: [{ id: "a", notes: [{ text: "z" }] }],
  });
  assert.deepEqual(stored(shown(file, SMALL), SMALL), file);
});

test("what the form has no field for passes as it is", () => {
  const file = { unknown: { figures: { a: 1 } }, name: "x" };
  assert.deepEqual(shown(file, SMALL), file);
  assert.deepEqual(stored(file, SMALL), file);
  assert.deepEqual(shown(file), file);
});

test("what has another shape than its field passes as it is", () => {
  const file = { figures: "none", notes: { text: "x" }, rows: null };
  assert.deepEqual(shown(file, SMALL), file);
  assert.deepEqual(shown("not a map", SMALL), "not a map");
  assert.deepEqual(shown([1], SMALL), [1]);
});

test("a field that was emptied is none, but an empty language keeps its place", () => {
  assert.deepEqual(stored({ name: "" }, SMALL), { name: null });
  assert.deepEqual(stored({ name: { ko: "가", en: "" } }, SMALL), { name: { ko: "가", en: "" } });
  assert.deepEqual(stored({ notes: [{}] }, SMALL), { notes: [null] });
});

test("an id that stands twice is refused, and named", () => {
  const form = {
    figures: [
      { id: "a", value: 1 },
      { id: "a", value: 2 },
    ],
  };
  assert.throws(() => stored(form, SMALL), /figures.*‘a’/);
});

for (const [name, text] of CITIES) {
  test(`what the form shows of ${name} is stored as it was`, () => {
    const file = YAML.parse(text);
    const form = shown(file, FIELDS);
    assert.notDeepEqual(form, file);
    assert.deepEqual(stored(form, FIELDS), file);
    assert.equal(JSON.stringify(stored(form, FIELDS)), JSON.stringify(file), "in its order");
  });
}

/**
 * Fields, and a value of a file that has their shape.
 * @param {() => number} draw
 * @param {number} depth
 * @returns {{fields: Field[], value: Record<string, unknown>}}
 */
const drawn = (draw, depth) => {
  /** @type {Field[]} */
  const fields = [];
  /** @type {Record<string, unknown>} */
  const value = {};
  const many = () => Math.floor(draw() * 4);
  for (const name of ["a", "나", "c d", "id-like"].slice(0, 1 + many())) {
    const kind = depth ? Math.floor(draw() * 6) : 0;
    const inner = depth ? drawn(draw, depth - 1) : { fields: [], value: {} };
    const { fields: own } = inner;
    if (kind === 0) value[name] = [1.5, "text", null, false, "1", "ㄱ"][Math.floor(draw() * 6)];
    if (kind === 1) value[name] = inner.value;
    if (kind === 2) value[name] = Array.from({ length: many() }, () => inner.value);
    if (kind === 3) value[name] = Array.from({ length: many() }, (_, at) => `text ${at}`);
    if (kind === 4)
      value[name] = Object.fromEntries([...Array(many())].map((_, at) => [`k${at}`, inner.value]));
    if (kind === 5) value[name] = { free: inner.value };
    if (kind === 0 || kind === 5) fields.push({ name });
    if (kind === 1 || kind === 2) fields.push({ name, fields: own });
    if (kind === 3) fields.push({ name, wrapped: true });
    if (kind === 4) fields.push({ name, keyed: true, fields: own });
  }
  return { fields, value };
};

test("whatever the fields, storing is the reverse of showing", () => {
  for (let seed = 0; seed < 500; seed++) {
    const { fields, value } = drawn(draws(seed), 3);
    assert.deepEqual(stored(shown(value, fields), fields), value, `seed ${seed}`);
  }
});

test("values are the same whatever the order of entries, but not of items", () => {
  assert.ok(same({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 }));
  assert.ok(!same([1, 2], [2, 1]));
  assert.ok(!same([1], [1, 1]));
  assert.ok(!same({ a: 1 }, { a: 1, b: 2 }));
  assert.ok(!same({}, []));
  assert.ok(!same(1, "1"));
  assert.ok(!same(null, {}));
  for (let seed = 0; seed < 100; seed++) {
    const { value } = drawn(draws(seed), 3);
    assert.ok(same(value, structuredClone(value)), `seed ${seed}`);
  }
});

test("blank is what holds nothing that was filled in; zero and false were", () => {
  for (const value of [undefined, null, "", {}, [], { a: "", b: [{ c: null }] }]) {
    assert.ok(isBlank(value), JSON.stringify(value));
  }
  for (const value of [0, false, " ", { a: "", b: [0] }]) {
    assert.ok(!isBlank(value), JSON.stringify(value));
  }
});

test("a new entry goes without what nobody filled in, but an empty language keeps its place", () => {
  assert.deepEqual(filled({ a: 1, b: null, c: {}, d: [], e: { ko: "가", en: "" } }), {
    a: 1,
    e: { ko: "가", en: "" },
  });
  assert.deepEqual(filled([null, 0, { a: null }, { b: "x" }]), [0, { b: "x" }]);
  for (let seed = 0; seed < 200; seed++) {
    const once = filled(drawn(draws(seed), 3).value);
    assert.deepEqual(filled(once), once, `seed ${seed}: filling twice changes nothing more`);
  }
});
