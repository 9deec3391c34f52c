import { createRequire } from "node:module";
import { join } from "node:path";
import type { ParseResult, ParserOptions } from "oxc-parser";
import { wrap } from "oxc-parser/src-js/wrap.js";

/** What napi offers: the syntax tree still as JSON text. */
interface Binding {
  parseSync(filename: string, code: string, options?: ParserOptions | null): Parameters<typeof wrap>[0];
}

const require = createRequire(join(import.meta.dirname, "parse-sync.cjs"));

/** The package that holds the binding where most of us work; others are found by oxc-parser itself. */
function likelyPackage(): string {
  const { platform, arch } = process;
  const libc = platform === "linux" ? "-gnu" : platform === "win32" ? "-msvc" : "";
  return `@oxc-parser/binding-${platform}-${arch}${libc}`;
}

/** Straight from its package: oxc-parser's own way there loads a dozen modules that nobody here asks for. */
function loadBinding(): Binding {
  const parser = createRequire(require.resolve("oxc-parser/package.json"));
  try {
    return parser(likelyPackage());
  } catch {
    // Another C library, a build from source, WebAssembly: it knows, and says what is missing.
    return parser("./src-js/bindings.js");
  }
}

const { parseSync: parseNatively } = loadBinding();

/** `parseSync` of oxc-parser: the same answers, from the same binding. */
export function parseSync(filename: string, code: string, options: ParserOptions | null = null): ParseResult {
  return wrap(parseNatively(filename, code, options));
}
