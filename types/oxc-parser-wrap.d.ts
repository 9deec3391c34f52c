declare module "oxc-parser/src-js/wrap.js" {
  import type { ParseResult } from "oxc-parser";

  /** Reads the syntax tree out of its JSON text when it is asked for. */
  export function wrap(result: Omit<ParseResult, "program"> & { program: string }): ParseResult;
}
