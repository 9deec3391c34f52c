// What each built file holds, from esbuild's account: read by the start-up tests and for the notices.
import { basename } from "node:path";

/** `node_modules/a/node_modules/@b/c/x.js` → `node_modules/a/node_modules/@b/c`. */
const packageFolder = (input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];

const sorted = (texts) => [...new Set(texts)].sort();

/** Built file → folders of the packages inside it, and what it requires from outside at run time. */
export function contentsOf(outputs) {
  const rows = Object.entries(outputs).map(([file, { inputs, imports }]) => {
    const inside = Object.keys(inputs).map(packageFolder);
    const outside = imports.filter((one) => one.external).map((one) => one.path);
    return [
      basename(file),
      { inside: sorted(inside.filter((folder) => folder !== undefined)), requires: sorted(outside) },
    ];
  });
  return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}
