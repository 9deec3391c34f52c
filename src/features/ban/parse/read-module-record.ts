import type { EcmaScriptModule } from "oxc-parser";
import type { FoundStatement } from "./collect-statements.ts";

/** What only the syntax tree shows: `require` and its kin, addresses, lists; an empty `export {} from` too. */
const NEEDS_TREE =
  /\bfork\b|Worker\b|\b(?:with|assert)\s*\{\s*["']?type|require|define|_load|importScripts|\beval\b|Function|runIn|\bScript\b|\\u|\bexport\s*\{\s*\}/i;
const TYPES_ALONE = /^(?:import|export)\s+type\b/;

interface Request {
  specifier: string;
  start: number;
  types: readonly boolean[];
}

function requestsOf({ staticImports, staticExports }: EcmaScriptModule): [Request, FoundStatement["form"]][] {
  const imports = staticImports.map(({ moduleRequest, start, entries }): [Request, "import"] => [
    { specifier: moduleRequest.value, start, types: entries.map(({ isType }) => isType) },
    "import",
  ]);
  const exports = staticExports.flatMap(({ start, entries }): [Request, "re-export"][] => {
    const specifier = entries[0]?.moduleRequest?.value;
    const types = entries.map(({ isType }) => isType);
    return specifier === undefined ? [] : [[{ specifier, start, types }, "re-export"]];
  });
  return [...imports, ...exports];
}

/**
 * The statements of a module from the record that the parser makes of its imports and exports: a tenth of the cost of
 * the syntax tree. Types below other nodes (`import("x").T`) are not in it: they lead nowhere when the code runs.
 * @returns null where only the tree can tell
 */
export function readModuleRecord(record: EcmaScriptModule, code: string): FoundStatement[] | null {
  if (record.dynamicImports.length > 0 || record.importMetas.length > 0 || NEEDS_TREE.test(code)) return null;
  return requestsOf(record)
    .map(([{ specifier, start, types }, form]) => {
      const isAlone = TYPES_ALONE.test(code.slice(start, start + 40)) && types.every(Boolean);
      const typeOnly = isAlone || (types.length > 0 && types.every(Boolean));
      return { specifier, open: false, form, typeOnly, inlineTypes: typeOnly && !isAlone, start };
    })
    .sort((a, b) => a.start - b.start);
}
