import type { ParserOptions } from "oxc-parser";
import { instantiateParser, type ParserInstance } from "./instantiate-parser.ts";

let instance: ParserInstance | undefined;

/** The parser's answer before its syntax tree is read: plain JSON, which a process can hand on. */
export function parseAsText(filename: string, code: string, options: ParserOptions) {
  instance ??= instantiateParser();
  try {
    const { program, module, comments, errors } = instance.parseSync(filename, code, options);
    return { program, module, comments, errors };
  } catch (error) {
    // What threw in the middle of its work, such as at the end of the stack, is in no state to be asked again.
    instance = undefined;
    throw error;
  }
}
