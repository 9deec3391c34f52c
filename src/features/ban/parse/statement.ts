/** How a statement names a module. */
export type Form =
  | "import"
  | "re-export"
  | "dynamic import"
  | "require"
  | "resolve"
  | "url"
  | "type"
  | "script";

/** One place in a source file that names a module. */
export interface Statement {
  /** What is named; only its beginning where `open` is set. */
  specifier: string;
  /** The rest of the specifier is computed when it runs. */
  open: boolean;
  form: Form;
  /** Erased when built: only types are taken. */
  typeOnly: boolean;
  /** Type-only through `import { type X }`: kept by compilers under `verbatimModuleSyntax`. */
  inlineTypes: boolean;
  /** Counted from 1. */
  line: number;
  column: number;
}
