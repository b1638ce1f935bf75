/* Data files as the form shows them, and back, such that everything that was not edited stays as
 * it stands in the file: comments, order, quotes, the way a number is written.
 *
 * What the form changed is found by comparing its values with those of the file. Where only single
 * values changed, their very characters are replaced. Where entries came or went, the file is
 * written from its syntax tree, which keeps comments, order, quotes and numbers.
 */
"use strict";

window.lossless = (() => {
  const { YAML } = window.libraries;
  // Under this name the form carries the text of the file.
  const ORIGINAL = "$original";
  const KEY = "id";
  // The one field of a list's items that are texts.
  const ITEM = "text";
  const WRITTEN = { lineWidth: 0, flowCollectionPadding: false, singleQuote: true };

  const isMap = value => value !== null && typeof value === "object" && !Array.isArray(value);
  const same = (one, other) => {
    if (isMap(one) && isMap(other)) {
      const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
      return [...keys].every(key => same(one[key], other[key]));
    }
    if (Array.isArray(one) && Array.isArray(other)) {
      return one.length === other.length && one.every((item, index) => same(item, other[index]));
    }
    return one === other;
  };
  // What a field holds that nobody filled in.
  const isBlank = value =>
    value === undefined || value === null || value === "" ||
    (typeof value === "object" && Object.values(value).every(isBlank));

  /* The values of a file as the form's fields have them: entries by id become a list with the id
   * in each, and each text of a list a record of one field. */
  function shown(value, fields) {
    if (!isMap(value) || !fields) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => {
      const field = fields.find(one => one.name === name);
      if (!field) return [name, inner];
      if (field.keyed && isMap(inner)) {
        return [name, Object.entries(inner).map(([id, one]) => ({ [KEY]: id, ...shown(one, field.fields) }))];
      }
      if (field.wrapped && Array.isArray(inner)) return [name, inner.map(one => ({ [ITEM]: one }))];
      if (Array.isArray(inner)) return [name, inner.map(one => shown(one, field.fields))];
      return [name, shown(inner, field.fields)];
    }));
  }

  /* The reverse of `shown`. */
  function stored(value, fields) {
    if (!isMap(value) || !fields) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => {
      const field = fields.find(one => one.name === name);
      if (!field) return [name, inner];
      // A field that was emptied is none; within a text, what is empty is told of by `check`.
      if (inner === "") return [name, null];
      if (field.keyed && Array.isArray(inner)) {
        return [name, Object.fromEntries(inner.map(one => {
          const { [KEY]: id, ...rest } = stored(one, field.fields);
          return [id ?? "", rest];
        }))];
      }
      if (field.wrapped && Array.isArray(inner)) return [name, inner.map(one => one[ITEM] ?? null)];
      if (Array.isArray(inner)) return [name, inner.map(one => stored(one, field.fields))];
      return [name, stored(inner, field.fields)];
    }));
  }

  /* A value without what nobody filled in, for an entry that is new. */
  function filled(value) {
    if (Array.isArray(value)) return value.map(filled).filter(one => !isBlank(one));
    if (!isMap(value)) return value;
    // A text that lacks a language keeps its place, so that `check` names it.
    const kept = Object.entries(value).filter(([, one]) => one === "" || !isBlank(one));
    return Object.fromEntries(kept.map(([name, one]) => [name, filled(one)]));
  }

  /* Whether a plain scalar of this text would be read as something else, or not at all. */
  function needsQuotes(text) {
    try {
      return YAML.parse(text) !== text;
    } catch {
      return true;
    }
  }

  /* What differs, as changes to nodes; `structural` is set where more than a value differs. */
  function compare(node, before, after, changes, inFlow) {
    if (same(before, after)) return;
    if (YAML.isMap(node) && isMap(after)) {
      const flow = inFlow || Boolean(node.flow);
      for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
        const old = before[name], now = after[name];
        if (!(name in before)) {
          if (!isBlank(now)) changes.push({ kind: "add", node, name, value: filled(now) });
        } else if (now === undefined || (isBlank(now) && now !== "" && !isBlank(old))) {
          changes.push({ kind: "remove", node, name });
        } else {
          compare(node.get(name, true), old, now, changes, flow);
        }
      }
    } else if (YAML.isSeq(node) && Array.isArray(after)) {
      compareLists(node, before, after, changes, inFlow || Boolean(node.flow));
    } else if (YAML.isScalar(node) && (typeof after !== "object" || after === null)) {
      changes.push({ kind: "value", node, value: after, inFlow });
    } else {
      changes.push({ kind: "replace", node, value: filled(after) });
    }
  }

  /* A list keeps the nodes of the items that it keeps, wherever these now stand. */
  function compareLists(node, before, after, changes, inFlow) {
    if (before.length === after.length) {
      after.forEach((item, index) => compare(node.items[index], before[index], item, changes, inFlow));
      return;
    }
    const left = before.map((value, index) => ({ value, node: node.items[index] }));
    const items = after.map(item => {
      const at = left.findIndex(one => one && same(one.value, item));
      if (at < 0) return { value: filled(item) };
      const [kept] = left.splice(at, 1);
      return { node: kept.node };
    });
    changes.push({ kind: "list", node, items });
  }

  /* The text of a value as it stands in the file, in the quotes of the one before. */
  function writeScalar(change) {
    const { node, value, inFlow } = change;
    const token = node.srcToken;
    if (typeof value !== "string") {
      token.type = "scalar";
      token.source = value === null ? "null" : String(value);
      return;
    }
    const quoted = { QUOTE_SINGLE: "QUOTE_SINGLE", QUOTE_DOUBLE: "QUOTE_DOUBLE" }[node.type];
    const type = quoted ?? (needsQuotes(value) || (inFlow && /[,[\]{}]/.test(value)) ? "QUOTE_SINGLE" : "PLAIN");
    YAML.CST.setScalarValue(token, value, { type, inFlow, afterKey: true });
  }

  /* The text of a file, changed to hold the values `after`, in the file's own form. */
  function merge(text, after) {
    const tokens = [...new YAML.Parser().parse(text)];
    const [document] = new YAML.Composer({ keepSourceTokens: true }).compose(tokens);
    const changes = [];
    compare(document.contents, document.toJS(), after, changes, false);
    if (changes.every(change => change.kind === "value")) {
      changes.forEach(writeScalar);
      return tokens.map(token => YAML.CST.stringify(token)).join("");
    }
    for (const change of changes) {
      if (change.kind === "value") change.node.value = change.value;
      if (change.kind === "add") change.node.add(made(document, change.name, change.value));
      if (change.kind === "remove") change.node.delete(change.name);
      if (change.kind === "list") {
        change.node.items = change.items.map(one => one.node ?? document.createNode(one.value));
      }
      if (change.kind === "replace") {
        const pair = parent(document, change.node);
        pair.value = document.createNode(change.value);
      }
    }
    return document.toString(WRITTEN);
  }

  const made = (document, name, value) => document.createPair(name, value);

  /* The pair whose value a node is. */
  function parent(document, node) {
    let found;
    YAML.visit(document, { Pair: (_, pair) => { if (pair.value === node) found = pair; } });
    return found;
  }

  return {
    /* The form's values of a file; `fields` are those of the form. */
    fromFile: (text, fields) => ({ ...shown(YAML.parse(text), fields), [ORIGINAL]: text }),
    /* The file that holds the form's values. */
    toFile: (values, fields) => {
      const { [ORIGINAL]: text, ...edited } = values;
      return merge(text, stored(edited, fields));
    },
  };
})();
