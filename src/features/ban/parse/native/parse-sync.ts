import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
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

/**
 * The binding's folder, where Node would find it from oxc-parser: below it, else beside it. Asked of Node, the answer
 * takes 8 ms, since `exports` of a manifest bring in all of its module loader. Null where only Node can tell.
 */
function bindingFolder(): string | null {
  const installed = (require.resolve.paths("oxc-parser") ?? []).map((folder) => join(folder, "oxc-parser"));
  const parser = installed.find((folder) => existsSync(join(folder, "package.json")));
  if (parser === undefined) return null;
  const real = realpathSync(parser);
  const likely = [join(real, "node_modules"), dirname(real)].map((folder) => join(folder, likelyPackage()));
  return likely.find((folder) => existsSync(join(folder, "package.json"))) ?? null;
}

/** Straight from its package: oxc-parser's own way there loads a dozen modules that nobody here asks for. */
function loadBinding(): Binding {
  const folder = bindingFolder();
  try {
    if (folder !== null) return require(folder);
  } catch {
    // As below: oxc-parser says what is missing.
  }
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
