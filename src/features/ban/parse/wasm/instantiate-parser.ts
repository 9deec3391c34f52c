import { readFileSync } from "node:fs";
import { join } from "node:path";
import { instantiateNapiModuleSync } from "@emnapi/core";
import { createContext } from "@emnapi/runtime";
import type { ParseResult, ParserOptions } from "oxc-parser";
import { wasiImports } from "./wasi-imports.ts";

/** What the WebAssembly module gives to JavaScript; `program` is JSON text. */
export interface ParserInstance {
  parseSync(
    filename: string,
    code: string,
    options: ParserOptions,
  ): Omit<ParseResult, "program"> & {
    program: string;
  };
}

/** In pages of 64 KiB: what the module is linked to begin with, and all that 32 bits can name. */
const MEMORY = { initial: 1_024, maximum: 65_536 };
/** The status `napi_generic_failure` for what only the asynchronous `parse` would call. */
const NOT_HERE = () => 9;

/** Each context would else listen to the process's end, and make functions from text. */
const NEITHER_LISTENERS_NOR_EVAL = { MessageChannel: undefined, makeDynamicFunction: undefined };

let compiled: WebAssembly.Module | undefined;

/** The build lays oxc-parser's own `parser.wasm32-wasip1.wasm` beside this file. */
function compile(): WebAssembly.Module {
  const module = compiled ?? new WebAssembly.Module(readFileSync(join(__dirname, "parser.wasm")));
  compiled = module;
  return module;
}

function completed(module: WebAssembly.Module, given: WebAssembly.Imports, memory: WebAssembly.Memory) {
  const imports: Record<string, WebAssembly.ModuleImports> = {
    ...given,
    env: { ...given.env, ...given.napi, ...given.emnapi, memory },
  };
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind === "function") imports[from] = { [name]: NOT_HERE, ...imports[from] };
  }
  return imports;
}

/** A new instance of the parser: one thread, no files, a memory of its own. Takes some 20 ms. */
export function instantiateParser(): ParserInstance {
  const module = compile();
  const memory = new WebAssembly.Memory(MEMORY);
  const { napiModule } = instantiateNapiModuleSync(module, {
    context: createContext({ features: NEITHER_LISTENERS_NOR_EVAL }),
    asyncWorkPoolSize: 0,
    wasi: {
      wasiImport: wasiImports(memory),
      initialize: ({ exports }: { exports: Record<string, () => void> }) => exports._initialize?.(),
    } as never,
    overwriteImports: (given) => completed(module, given, memory),
    beforeInit({ instance }) {
      for (const [name, register] of Object.entries(instance.exports)) {
        if (name.startsWith("__napi_register__")) (register as () => void)();
      }
    },
  });
  return napiModule.exports as ParserInstance;
}
