import type { ParseResult, ParserOptions } from "oxc-parser";
import { wrap } from "oxc-parser/src-js/wrap.js";
import { parseAsText } from "./parse-as-text.ts";
import { parseWithDeepStack } from "./parse-with-deep-stack.ts";

export { parseAsText };

/**
 * `parseSync` of oxc-parser over its own WebAssembly: the same answers as from the native binding.
 * @throws RangeError when the code nests too deeply for the stack
 */
export function parseSync(filename: string, code: string, options: ParserOptions | null = null): ParseResult {
  try {
    return wrap(parseAsText(filename, code, options ?? {}));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return wrap(parseWithDeepStack(filename, code, options ?? {}));
  }
}
