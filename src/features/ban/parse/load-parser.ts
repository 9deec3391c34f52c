/** Defined by the build of `dist/portable/` alone. */
declare const GROWTH_ENGINE_PORTABLE: boolean | undefined;

/** What is used of oxc-parser, native or as WebAssembly. */
export type Parser = Pick<typeof import("oxc-parser"), "parseSync">;

/** A stack that ends takes the process down where the parser is native; WebAssembly throws RangeError. */
export const endsWithItsStack = typeof GROWTH_ENGINE_PORTABLE === "undefined";

let loaded: Promise<Parser> | undefined;

/** Loaded only where something was found: it costs a third of Node's own start. */
export function loadParser(): Promise<Parser> {
  loaded ??=
    typeof GROWTH_ENGINE_PORTABLE === "undefined"
      ? import("./native/parse-sync.ts")
      : import("./wasm/parse-sync.ts");
  return loaded;
}
