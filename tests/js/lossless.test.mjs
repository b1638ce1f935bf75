// The text of a file after an edit: what was edited, and nothing besides.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileFormat, merge } from "../../overrides/site/edit/lossless.js";
import { CITIES, changedLines, draws, FIELDS, YAML } from "./support.mjs";

const city = fileFormat(YAML, FIELDS);
const DAEJEON = /** @type {string} */ (new Map(CITIES).get("daejeon.yaml"));
const AREA = DAEJEON.split("\n").find((line) => line.startsWith("  area:")) ?? "";

/**
 * The text after the form's values were changed.
 * @param {string} text
 * @param {(values: any) => void} change
 */
const edited = (text, change) => {
  const values = structuredClone(city.fromFile(text));
  change(values);
  return city.toFile(values);
};

/**
 * The text after its values, as YAML has them, were changed.
 * @param {string} text
 * @param {(values: any) => void} change
 */
const merged = (text, change) => {
  const values = YAML.parse(text);
  change(values);
  return merge(YAML, text, values);
};

describe("an edit of Daejeon's file changes its own lines alone", () => {
  /** @type {Record<string, [change: (city: any) => void, lines: string[]]>} */
  const cases = {
    "a number": [
      (city) => {
        city.figures[0].value = 540.5;
      },
      [`-${AREA}`, `+${AREA.replace("539.73", "540.5")}`],
    ],
    "a word between braces": [
      (city) => {
        city.country.en = "Korea, Republic of";
      },
      [
        "-country: {ko: 대한민국, en: Republic of Korea}",
        "+country: {ko: 대한민국, en: 'Korea, Republic of'}",
      ],
    ],
    "a word that looks like a number": [
      (city) => {
        city.name.en = "12";
      },
      ["-name: {ko: 대전, en: Daejeon}", "+name: {ko: 대전, en: '12'}"],
    ],
    "a word beside a comment": [
      (city) => {
        city.source = "geonames";
      },
      [
        "-source: gini-brochure # of its words; each figure names its own",
        "+source: geonames # of its words; each figure names its own",
      ],
    ],
    "quotes within quotes": [
      (city) => {
        city.status[5].items[0].text.en = "the city's own";
      },
      [
        "-        en: 'Including {{ fact(\"ventures\") }} classed as ventures'",
        "+        en: 'the city''s own'",
      ],
    ],
    "a row that goes": [
      (city) => {
        city.status.splice(0, 1);
      },
      ["-  - indicator: area", "-    figures: [area]"],
    ],
    "a figure that comes": [
      (city) => {
        city.figures.push({ id: "new", indicator: "area", value: 1, unit: "km2", notes: [] });
      },
      ["+  new:", "+    indicator: area", "+    value: 1", "+    unit: km2"],
    ],
    "a name that comes to a list": [
      (city) => {
        city.key_figures.push("area");
      },
      [
        "-key_figures: [population, grdp, innopolis-doctorates, innopolis-institutes]",
        "+key_figures: [population, grdp, innopolis-doctorates, innopolis-institutes, area]",
      ],
    ],
    "a field that is emptied": [
      (city) => {
        city.figures[0].scope = "";
      },
      [`-${AREA}`, `+${AREA.replace(", scope: city", "")}`],
    ],
    "a field that nobody filled in": [
      (city) => {
        city.photo = { file: "", alt: {} };
      },
      [],
    ],
  };
  for (const [name, [change, lines]] of Object.entries(cases)) {
    test(name, () => assert.deepEqual(changedLines(DAEJEON, edited(DAEJEON, change)), lines));
  }
});

describe("a file that is saved as it was opened is the same to the byte", () => {
  for (const [name, text] of CITIES) {
    test(name, () =>
      assert.equal(
        edited(text, () => {}),
        text,
      ),
    );
    test(`${name}, laid out more freely`, () => {
      const odd = text
        .replaceAll("{ko:", "{  ko:  ")
        .replace("\nlead:", "\n\n\n# a note\nlead:   # here");
      assert.notEqual(odd, text);
      assert.equal(
        edited(odd, () => {}),
        odd,
      );
    });
  }

  test("with numbers, quotes, comments, blank lines, block scalars and a byte order mark", () => {
    for (const text of [
      "a: 1.50\nb: 0x1F\nc: 1e3\nd: +7\ne: 1_000\nf: 007\n",
      "a: 'x'\nb: \"y\\n\\u00e9\"\nc: x # not y\nd: ~\ne:\nf: ''\n",
      "# before\n\n\na: 1 # beside\n\n  # after\n\n",
      "a: |\n  one\n  two\nb: >-\n  three\n  four\nc: [1,2 ,  3]\n",
      "\ufeffa: 1\r\nb: 2\r\n",
      "a: 1",
      "? a\n: 1\n",
      "---\na: 1\n...\n",
    ]) {
      assert.equal(merge(YAML, text, YAML.parse(text)), text, JSON.stringify(text));
    }
  });

  test("though the form gives the entries in the order of its fields", () => {
    const text = "b: 1 # first\na: {d: 1, c: 2}\n";
    assert.equal(merge(YAML, text, { a: { c: 2, d: 1 }, b: 1 }), text);
  });
});

describe("a value that changes", () => {
  /** @type {Record<string, [before: string, value: unknown, after: string]>} */
  const cases = {
    "a number beside a comment": ["a: 1.50  # exact\n", 2.25, "a: 2.25  # exact\n"],
    "a number that becomes a text": ["a: 1\n", "1", "a: '1'\n"],
    "a text that becomes a number": ["a: x\n", 1, "a: 1\n"],
    "a truth": ["a: true\n", false, "a: false\n"],
    "a text like a truth": ["a: x\n", "true", "a: 'true'\n"],
    "a text like none": ["a: x\n", "~", "a: '~'\n"],
    "a text with a colon": ["a: x\n", "b: c", "a: 'b: c'\n"],
    "a text with a hash": ["a: x # note\n", "y # z", "a: 'y # z' # note\n"],
    "a text that begins like a list": ["a: x\n", "- y", "a: '- y'\n"],
    "a text in single quotes keeps them": ["a: 'x'\n", "y", "a: 'y'\n"],
    "a text in double quotes keeps them": ['a: "x"\n', 'say "y"', 'a: "say \\"y\\""\n'],
    "an apostrophe in single quotes": ["a: 'x'\n", "it's", "a: 'it''s'\n"],
    "a comma outside of braces": ["a: x\n", "y, z", "a: y, z\n"],
    "Hangul, accents, an emoji": ["a: x\n", "대전 Málaga 🏙", "a: 대전 Málaga 🏙\n"],
    "letters in parts stay in parts": ["a: x\n", "Ma\u0301laga", "a: Ma\u0301laga\n"],
    "typographic quotes": ["a: x\n", "“대전”", "a: “대전”\n"],
    "a space that does not break": ["a: x\n", "1\u00a0km", "a: 1\u00a0km\n"],
    "windows line ends": ["a: x\r\nb: 1\r\n", "y", "a: y\r\nb: 1\r\n"],
  };
  for (const [name, [before, value, after]] of Object.entries(cases)) {
    test(name, () => {
      const written = merged(before, (values) => {
        values.a = value;
      });
      assert.equal(written, after);
      assert.deepEqual(YAML.parse(written).a, value);
    });
  }

  test("between braces or brackets is quoted where it would end them", () => {
    for (const text of ["x, y", "x]", "{x", "x}"]) {
      const written = merged("a: {b: c, d: [e, f]} # g\n", (values) => {
        values.a.b = text;
        values.a.d[1] = text;
      });
      assert.equal(written, `a: {b: '${text}', d: [e, '${text}']} # g\n`);
    }
  });
});

describe("entries that come or go", () => {
  const TEXT = `# head
b: 'x' # beside b

# before a
a:
  - {id: 1, n: 1.50}
  - {id: 2, n: 0x10}
  - {id: 3, n: 3}
`;

  test("comments, order, quotes and numbers elsewhere stay", () => {
    const written = merged(TEXT, (values) => {
      values.a.splice(1, 1);
      values.c = "new";
    });
    assert.deepEqual(changedLines(TEXT, written), ["-  - {id: 2, n: 0x10}", "+c: new"]);
  });

  test("an item that moves keeps its form", () => {
    const written = merged(TEXT, (values) => {
      values.a = [values.a[2], values.a[0]];
    });
    assert.match(written, /- \{id: 3, n: 3\}\n {2}- \{id: 1, n: 1\.50\}\n$/);
  });

  test("an entry that is removed goes with its own line alone", () => {
    const written = merged(TEXT, (values) => {
      delete values.b;
    });
    assert.deepEqual(YAML.parse(written), { a: YAML.parse(TEXT).a });
    assert.match(written, /# before a\na:\n {2}- \{id: 1, n: 1\.50\}/);
  });

  test("an entry that is emptied goes", () => {
    assert.equal(
      merge(YAML, TEXT, { ...YAML.parse(TEXT), b: null }),
      merge(YAML, TEXT, { a: YAML.parse(TEXT).a }),
    );
  });

  test("an entry that nobody filled in is no entry", () => {
    for (const blank of [null, "", {}, [], { a: "" }]) {
      const written = merged(TEXT, (values) => {
        values.c = blank;
      });
      assert.equal(written, TEXT, JSON.stringify(blank));
    }
  });
});

describe("a value that takes another shape", () => {
  /** @type {Record<string, [before: string, after: unknown]>} */
  const cases = {
    "a text becomes a map": ["a: x # note\nb: 1.50\n", { a: { ko: "가", en: "x" }, b: 1.5 }],
    "a map becomes a text": ["a: {ko: 가, en: x}\nb: 1.50\n", { a: "x", b: 1.5 }],
    "a map becomes a list": ["a: {x: 1}\nb: 1.50\n", { a: [1, 2], b: 1.5 }],
    "a list becomes a map": ["a: [1, 2]\nb: 1.50\n", { a: { x: 1 }, b: 1.5 }],
    "none becomes a map": ["a:\nb: 1.50\n", { a: { x: 1 }, b: 1.5 }],
    "an item becomes a map": ["a: [x, y]\nb: 1.50\n", { a: ["x", { z: 1 }], b: 1.5 }],
    "an item becomes a list": ["a:\n  - x\nb: 1.50\n", { a: [["y"]], b: 1.5 }],
  };
  for (const [name, [before, after]] of Object.entries(cases)) {
    test(name, () => {
      const written = merge(YAML, before, after);
      assert.deepEqual(YAML.parse(written), after);
      assert.match(written, /^b: 1\.50$/m, "the number keeps its form");
    });
  }
});

/**
 * The path of every value that is neither a list nor a map.
 * @param {unknown} value
 * @param {(string | number)[]} path
 * @returns {(string | number)[][]}
 */
const leaves = (value, path = []) => {
  if (value === null || typeof value !== "object") return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => leaves(inner, [...path, key]));
};

/**
 * @param {any} values
 * @param {(string | number)[]} path
 * @param {(value: unknown) => unknown} change
 */
const changeAt = (values, path, change) => {
  const parent = path.slice(0, -1).reduce((inner, key) => inner[key], values);
  const key = path[path.length - 1];
  parent[key] = change(parent[key]);
};

const WORDS = ["x", "1", "null", "a: b", "it's", '"', "대전, 서울", "#", "[", "y # z", "é🏙"];

describe("whichever value of a city changes, its line changes and no other", () => {
  for (const [name, text] of CITIES) {
    test(name, () => {
      const draw = draws(name.length);
      const file = YAML.parse(text);
      const paths = leaves(file).filter(() => draw() < 0.1);
      assert.ok(paths.length > 10);
      for (const path of paths) {
        const expected = structuredClone(file);
        changeAt(expected, path, (value) =>
          typeof value === "number" ? value + 1 : WORDS[Math.floor(draw() * WORDS.length)],
        );
        const written = merge(YAML, text, expected);
        assert.deepEqual(YAML.parse(written), expected, path.join("."));
        const [old, now] = [text.split("\n"), written.split("\n")];
        assert.equal(now.length, old.length, path.join("."));
        const changed = old.filter((line, at) => line !== now[at]);
        assert.equal(changed.length, 1, path.join("."));
      }
    });
  }
});

describe("whatever comes, goes or changes at once, the file holds the form's values", () => {
  for (const [name, text] of CITIES) {
    test(name, () => {
      for (let seed = 0; seed < 10; seed++) {
        const draw = draws(seed);
        const expected = YAML.parse(text);
        for (const path of leaves(expected).filter(() => draw() < 0.02)) {
          changeAt(expected, path, () => WORDS[Math.floor(draw() * WORDS.length)]);
        }
        const ids = Object.keys(expected.figures);
        delete expected.figures[ids[Math.floor(draw() * ids.length)]];
        expected.figures[`new-${seed}`] = { indicator: "area", value: seed + 0.5, unit: "km2" };
        expected.status.splice(Math.floor(draw() * expected.status.length), 1);
        assert.deepEqual(YAML.parse(merge(YAML, text, expected)), expected, `seed ${seed}`);
      }
    });
  }
});
