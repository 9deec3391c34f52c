import type { BannedPackages } from "../banned-packages.ts";
import { collectStatements } from "../parse/collect-statements.ts";
import { loadParser } from "../parse/load-parser.ts";
import { exceedsNesting } from "../parse/measure-nesting.ts";
import { isNode, type Node, walkSyntax } from "../parse/syntax.ts";

/** A banned package that built code loads, or whose module it holds. */
export interface BundledModule {
  package: string;
  how: "loads" | "holds";
  /** In characters from the start of the code. */
  start: number;
}

/** The functions that bundlers put in the place of `require` are short. */
const MAX_LOADER = 1_000;
const LOADER = /\brequire\b|\bimport\.meta\.url\b/;

function textOf(value: unknown): string | null {
  return isNode(value) && value.type === "Literal" && typeof value.value === "string" ? value.value : null;
}

/** Names that stand for `require`, whatever a minifier made of them: `var r = (e => typeof require < "u" ? …)`. */
function loaderNames(program: Node, code: string): Set<string> {
  const names = new Set<string>();
  walkSyntax(program, (node, inTypes) => {
    const { id, init } = node;
    if (node.type === "VariableDeclarator" && isNode(id) && id.type === "Identifier" && isNode(init)) {
      const isShort = init.end - init.start <= MAX_LOADER;
      if (isShort && LOADER.test(code.slice(init.start, init.end))) names.add(String(id.name));
    }
    return inTypes;
  });
  return names;
}

function isFunction(value: unknown): boolean {
  return isNode(value) && /^(?:ArrowFunction|Function)Expression$/.test(value.type);
}

/** What a node loads beyond the statements that source code has: through a bundler's own names. */
function loadedBy(node: Node, loaders: ReadonlySet<string>): string[] {
  const callee = node.type === "CallExpression" && isNode(node.callee) ? node.callee : null;
  const [first] = (node.arguments as unknown[] | undefined) ?? [];
  if (callee?.type === "Identifier" && loaders.has(String(callee.name))) return [textOf(first) ?? ""];
  const isSystem =
    callee?.type === "MemberExpression" && isNode(callee.property) && callee.property.name === "register";
  if (!isSystem || !isNode(first) || first.type !== "ArrayExpression") return [];
  return (first.elements as unknown[]).map((element) => textOf(element) ?? "");
}

/** `{ "./node_modules/x/index.js": (module) => … }`: how webpack and esbuild keep the modules of a bundle. */
function moduleHeld(node: Node): string | null {
  if (node.type !== "Property" || !(isFunction(node.value) || node.method === true)) return null;
  return textOf(node.key);
}

const TOO_DEEP = "it nests too deeply";

function orTooDeep<Answer>(parse: () => Answer): Answer | null {
  try {
    return parse();
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

async function parseBuilt(code: string): Promise<Node | string> {
  if (exceedsNesting(code)) return TOO_DEEP;
  const { parseSync } = await loadParser();
  let mistake = "";
  for (const sourceType of ["module", "commonjs", "script"] as const) {
    const parsed = orTooDeep(() => parseSync("built.js", code, { sourceType, preserveParens: false }));
    if (parsed === null) return TOO_DEEP;
    const [error] = parsed.errors.filter(({ severity }) => severity === "Error");
    if (!error) return parsed.program as unknown as Node;
    mistake ||= error.message;
  }
  return mistake;
}

/** The banned packages that built code still loads, or holds under their path; or why it cannot be read. */
export async function bundledModules(
  code: string,
  banned: BannedPackages,
): Promise<{ modules: BundledModule[] } | { broken: string }> {
  const program = await parseBuilt(code);
  if (typeof program === "string") return { broken: program };
  const modules: BundledModule[] = [];
  const seen = new Set<string>();
  const keep = (name: string | null, how: BundledModule["how"], start: number) => {
    if (name === null || seen.has(`${start} ${name}`)) return;
    seen.add(`${start} ${name}`);
    modules.push({ package: name, how, start });
  };
  for (const { specifier, open, start } of collectStatements(program)) {
    if (!open) keep(banned.match(specifier) ?? banned.matchPath(specifier), "loads", start);
  }
  const loaders = loaderNames(program, code);
  walkSyntax(program, (node, inTypes) => {
    for (const specifier of loadedBy(node, loaders)) keep(banned.match(specifier), "loads", node.start);
    const held = moduleHeld(node);
    if (held !== null) keep(banned.matchPath(held), "holds", node.start);
    return inTypes;
  });
  return { modules: modules.sort((a, b) => a.start - b.start) };
}
