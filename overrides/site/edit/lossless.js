// The text of a data file, changed to hold other values, such that everything that was not edited
// stays as it stands in the file: comments, order, quotes, the way a number is written.
//
// What changed is found by comparing the values with those of the file. Where only single values
// changed, their very characters are replaced. Where entries came or went, the file is written from
// its syntax tree, which keeps comments, order, quotes and numbers.
//
// The YAML library is handed in: the page has it from its bundle, a test from its package.
import { filled, isBlank, isMap, same, shown, stored } from "./form-values.js";

/**
 * @typedef {typeof import("yaml")} YAMLLibrary
 * @typedef {import("./form-values.js").Field} Field
 * @typedef {import("./form-values.js").Values} Values
 * @typedef {import("yaml").Node} Node
 */

/**
 * A change of a node: another scalar, an entry of a map that comes or goes, other items of a list
 * (a node where one is kept, else a value), or a value of another shape.
 * @typedef {{kind: "scalar", node: import("yaml").Scalar, value: unknown, inFlow: boolean}} ScalarChange
 * @typedef {{kind: "add", node: import("yaml").YAMLMap, name: string, value: unknown}} Addition
 * @typedef {{kind: "remove", node: import("yaml").YAMLMap, name: string}} Removal
 * @typedef {{kind: "list", node: import("yaml").YAMLSeq, items: {node?: unknown, value?: unknown}[]}} ListChange
 * @typedef {{kind: "replace", node: unknown, value: unknown}} Replacement
 * @typedef {ScalarChange | Addition | Removal | ListChange | Replacement} Change
 */

// Under this name the form carries the text of the file.
const ORIGINAL = "$original";
const WRITTEN = /** @type {const} */ ({
  lineWidth: 0,
  flowCollectionPadding: false,
  singleQuote: true,
});
// What ends a plain scalar between braces or brackets.
const ENDS_FLOW = /[,[\]{}]/;

/**
 * What differs between a node, whose value is `before`, and the value `after`.
 * @param {YAMLLibrary} YAML
 * @param {unknown} node
 * @param {unknown} before
 * @param {unknown} after
 * @param {boolean} inFlow whether the node stands between braces or brackets
 * @returns {Change[]}
 */
const differences = (YAML, node, before, after, inFlow) => {
  if (same(before, after)) return [];
  if (YAML.isMap(node) && isMap(after)) {
    return mapDifferences(YAML, node, /** @type {Values} */ (before), after, inFlow);
  }
  if (YAML.isSeq(node) && Array.isArray(after)) {
    return listDifferences(YAML, node, /** @type {unknown[]} */ (before), after, inFlow);
  }
  if (YAML.isScalar(node) && (typeof after !== "object" || after === null)) {
    return [{ kind: "scalar", node, value: after, inFlow }];
  }
  return [{ kind: "replace", node, value: filled(after) }];
};

/**
 * @param {YAMLLibrary} YAML
 * @param {import("yaml").YAMLMap} node
 * @param {Values} before
 * @param {Values} after
 * @param {boolean} inFlow
 * @returns {Change[]}
 */
const mapDifferences = (YAML, node, before, after, inFlow) => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const old = before[name];
    const now = after[name];
    if (!(name in before)) {
      /** @type {Change[]} */
      const added = [{ kind: "add", node, name, value: filled(now) }];
      return isBlank(now) ? [] : added;
    }
    if (now === undefined || (isBlank(now) && now !== "" && !isBlank(old))) {
      return [{ kind: "remove", node, name }];
    }
    return differences(YAML, node.get(name, true), old, now, inFlow || Boolean(node.flow));
  });
};

/**
 * A list keeps the nodes of the items that it keeps, wherever these now stand.
 * @param {YAMLLibrary} YAML
 * @param {import("yaml").YAMLSeq} node
 * @param {unknown[]} before
 * @param {unknown[]} after
 * @param {boolean} inFlow
 * @returns {Change[]}
 */
const listDifferences = (YAML, node, before, after, inFlow) => {
  if (before.length === after.length) {
    const flow = inFlow || Boolean(node.flow);
    return after.flatMap((item, at) => differences(YAML, node.items[at], before[at], item, flow));
  }
  const left = before.map((value, at) => ({ value, node: node.items[at] }));
  const items = after.map((item) => {
    const at = left.findIndex((candidate) => same(candidate.value, item));
    if (at < 0) return { value: filled(item) };
    const [kept] = left.splice(at, 1);
    return { node: kept.node };
  });
  return [{ kind: "list", node, items }];
};

/**
 * Whether a plain scalar of this text would be read as something else, or not at all.
 * @param {YAMLLibrary} YAML
 * @param {string} text
 */
const needsQuotes = (YAML, text) => {
  try {
    return YAML.parse(text) !== text;
  } catch {
    return true;
  }
};

/**
 * Replaces the characters of a scalar, in the quotes of the value before.
 * @param {YAMLLibrary} YAML
 * @param {ScalarChange} change
 */
const writeScalar = (YAML, { node, value, inFlow }) => {
  const token = /** @type {import("yaml").CST.FlowScalar} */ (node.srcToken);
  if (typeof value !== "string") {
    token.type = "scalar";
    token.source = value === null ? "null" : String(value);
    return;
  }
  const plain = !needsQuotes(YAML, value) && !(inFlow && ENDS_FLOW.test(value));
  const quoted =
    node.type === "QUOTE_SINGLE" || node.type === "QUOTE_DOUBLE" ? node.type : undefined;
  const type = quoted ?? (plain ? "PLAIN" : "QUOTE_SINGLE");
  YAML.CST.setScalarValue(token, value, { type, inFlow, afterKey: true });
};

/**
 * Carries a change out in the syntax tree.
 * @param {YAMLLibrary} YAML
 * @param {import("yaml").Document.Parsed} document
 * @param {Change} change
 */
const changeNode = (YAML, document, change) => {
  switch (change.kind) {
    case "scalar":
      change.node.value = change.value;
      break;
    case "add":
      change.node.add(document.createPair(change.name, change.value));
      break;
    case "remove":
      change.node.delete(change.name);
      break;
    case "list":
      change.node.items = change.items.map((item) => item.node ?? document.createNode(item.value));
      break;
    case "replace":
      YAML.visit(document, (_, node) =>
        node === change.node ? document.createNode(change.value) : undefined,
      );
      break;
  }
};

/**
 * The text of a file, changed to hold the values `after`, in the file's own form.
 * @param {YAMLLibrary} YAML
 * @param {string} text
 * @param {unknown} after
 */
export const merge = (YAML, text, after) => {
  const tokens = [...new YAML.Parser().parse(text)];
  const [document] = new YAML.Composer({ keepSourceTokens: true }).compose(tokens);
  const changes = differences(YAML, document.contents, document.toJS(), after, false);
  /** @type {ScalarChange[]} */
  const scalars = changes.filter((change) => change.kind === "scalar");
  if (scalars.length === changes.length) {
    for (const change of scalars) writeScalar(YAML, change);
    return tokens.map((token) => YAML.CST.stringify(token)).join("");
  }
  for (const change of changes) changeNode(YAML, document, change);
  return document.toString(WRITTEN);
};

/**
 * The format of a data file for a form with these fields: `fromFile` gives the form's values of a
 * text, `toFile` the text that holds the form's values.
 * @param {YAMLLibrary} YAML
 * @param {Field[]} fields
 */
export const fileFormat = (YAML, fields) => ({
  /**
   * @param {string} text
   * @returns {Values}
   */
  fromFile: (text) => ({
    .../** @type {Values} */ (shown(YAML.parse(text), fields)),
    [ORIGINAL]: text,
  }),
  /** @param {Values} values */
  toFile: ({ [ORIGINAL]: text, ...edited }) =>
    merge(YAML, /** @type {string} */ (text), stored(edited, fields)),
});
