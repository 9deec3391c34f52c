import { type Constants, type Folded, foldText } from "./fold-text.ts";
import type { Form } from "./statement.ts";
import { isNode, type Node, walkSyntax } from "./syntax.ts";

/** A statement by its offset in the text that was parsed. */
export interface FoundStatement {
  specifier: string;
  open: boolean;
  form: Form;
  typeOnly: boolean;
  inlineTypes: boolean;
  start: number;
}

interface Scope {
  constants: Constants;
  /** Names under which this file calls `require`. */
  loaders: ReadonlySet<string>;
  /** Names under which this file calls `createRequire`. */
  makers: ReadonlySet<string>;
}

const WRAPPERS = new Set([
  "ParenthesizedExpression",
  "ChainExpression",
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
]);

function unwrap(value: unknown): Node | null {
  let node = isNode(value) ? value : null;
  while (node) {
    if (WRAPPERS.has(node.type)) node = isNode(node.expression) ? node.expression : null;
    else if (node.type === "SequenceExpression") node = (node.expressions as Node[]).at(-1) ?? null;
    else return node;
  }
  return null;
}

function nameOf(value: unknown): string | null {
  const node = unwrap(value);
  if (node?.type === "Identifier") return node.name as string;
  if (node?.type !== "MemberExpression") return null;
  const property = node.property as Node;
  if (property.type === "Literal") return String(property.value);
  return node.computed === true ? null : ((property.name as string | undefined) ?? null);
}

/** Is this expression a function that makes a `require`: `createRequire`, `module.createRequire`? */
function isMaker(callee: unknown, makers: ReadonlySet<string>): boolean {
  const name = nameOf(callee);
  return name !== null && (name === "createRequire" || name === "createRequireFromPath" || makers.has(name));
}

/** Is this expression a `require`: by name, as a member (`module.require`), made on the spot, or bound? */
function isLoader(callee: unknown, scope: Scope): boolean {
  const node = unwrap(callee);
  if (node?.type === "CallExpression") return isMaker(node.callee, scope.makers);
  const name = nameOf(node);
  if (name === null) return false;
  return (
    /^(require|__non_webpack_require__|_load)$/.test(name) ||
    (node?.type === "Identifier" && scope.loaders.has(name))
  );
}

function formOfCall(callee: unknown, scope: Scope): Form | null {
  if (isLoader(callee, scope)) return "require";
  const node = unwrap(callee);
  if (node?.type !== "MemberExpression" || nameOf(node) !== "resolve") {
    return null;
  }
  const object = unwrap(node.object);
  const isMeta = object?.type === "MetaProperty";
  return isMeta || isLoader(object, scope) ? "resolve" : null;
}

const NO_NAMES: ReadonlySet<string> = new Set();

/**
 * Names that a file binds once, and the names it gives `require` and `createRequire`: read when first asked for,
 * since most files need none of it.
 */
function scopeOf(program: Node, code: string): Scope {
  let read: Scope | undefined;
  const scope = () => (read ??= readScope(program));
  // An identifier may be spelled with escapes, so a backslash is reason enough to look.
  const mayLoad = /require|\\u/i.test(code);
  return {
    get constants() {
      return scope().constants;
    },
    get loaders() {
      return mayLoad ? scope().loaders : NO_NAMES;
    },
    get makers() {
      return mayLoad ? scope().makers : NO_NAMES;
    },
  };
}

function readScope(program: Node): Scope {
  const constants = new Map<string, Node>();
  const twice = new Set<string>();
  const makers = new Set<string>();
  walkSyntax(program, (node, inTypes) => {
    const id = node.id as Node | undefined;
    if (node.type === "VariableDeclarator" && id?.type === "Identifier" && isNode(node.init)) {
      const name = id.name as string;
      if (constants.has(name)) twice.add(name);
      constants.set(name, node.init);
    }
    if (node.type === "ImportSpecifier" && nameOf(node.imported) === "createRequire")
      makers.add(nameOf(node.local) ?? "");
    return inTypes;
  });
  const loaders = new Set<string>();
  for (const [name, init] of constants) {
    const bound = unwrap(init);
    const made = bound?.type === "CallExpression" && isMaker(bound.callee, makers);
    if (made || nameOf(bound) === "require") loaders.add(name);
  }
  for (const name of twice) constants.delete(name);
  return { constants, loaders, makers };
}

function areAllTypes(specifiers: unknown, key: "importKind" | "exportKind"): boolean {
  const list = specifiers as Node[];
  return list.length > 0 && list.every((specifier) => specifier[key] === "type");
}

type Named = { from: unknown; form: Form; typeOnly?: boolean; inlineTypes?: boolean };

function namedByDeclaration(node: Node): Named | null {
  switch (node.type) {
    case "ImportDeclaration":
      return {
        from: node.source,
        form: "import",
        typeOnly: node.importKind === "type",
        inlineTypes: areAllTypes(node.specifiers, "importKind"),
      };
    case "ExportNamedDeclaration":
      return {
        from: node.source,
        form: "re-export",
        typeOnly: node.exportKind === "type",
        inlineTypes: areAllTypes(node.specifiers, "exportKind"),
      };
    case "ExportAllDeclaration":
      return { from: node.source, form: "re-export", typeOnly: node.exportKind === "type" };
    case "TSImportEqualsDeclaration": {
      const reference = node.moduleReference as Node;
      return { from: reference.expression, form: "import", typeOnly: node.importKind === "type" };
    }
    case "TSImportType":
      return { from: node.source ?? node.argument, form: "type", typeOnly: true };
    default:
      return null;
  }
}

function namedByExpression(node: Node, scope: Scope): Named | null {
  const [first] = (node.arguments as Node[] | undefined) ?? [];
  if (node.type === "ImportExpression") return { from: node.source, form: "dynamic import" };
  if (node.type === "NewExpression") {
    const [, base] = (node.arguments as Node[] | undefined) ?? [];
    const fromHere =
      base?.type === "MemberExpression" && isNode(base.object) && base.object.type === "MetaProperty";
    return nameOf(node.callee) === "URL" && fromHere ? { from: first, form: "url" } : null;
  }
  if (node.type !== "CallExpression") return null;
  if (unwrap(node.callee)?.type === "Identifier" && nameOf(node.callee) === "define") {
    // AMD: only a list names modules; a text would be the module's own name.
    const list = (node.arguments as Node[]).find((argument) => argument.type === "ArrayExpression");
    return list ? { from: list, form: "require" } : null;
  }
  const form = formOfCall(node.callee, scope);
  return form === null ? null : { from: first, form };
}

/** `define(["a", "b"], …)` and `require(["a"], …)` name a list. */
function foldNames({ from }: Named, scope: Scope): Folded[] {
  const node = unwrap(from);
  if (node?.type === "Literal")
    return typeof node.value === "string" ? [{ text: node.value, open: false }] : [];
  if (node?.type !== "ArrayExpression") return node === null ? [] : foldText(node, scope.constants);
  return (node.elements as (Node | null)[]).flatMap((element) => foldText(element, scope.constants));
}

/**
 * Every place of a program that names a module: imports, re-exports, `require` and what stands for it, dynamic
 * imports, `import.meta.resolve`, `new URL(…, import.meta.url)`, types; in the order of the text.
 * @param code the text that was parsed: without `require` in it, the names it goes by need not be looked for
 */
export function collectStatements(program: Node, code = "require"): FoundStatement[] {
  const scope = scopeOf(program, code);
  const statements: FoundStatement[] = [];
  walkSyntax(program, (node, inTypes) => {
    const named = namedByDeclaration(node) ?? namedByExpression(node, scope);
    if (named) {
      for (const { text, open } of foldNames(named, scope)) {
        const inlineTypes = named.inlineTypes === true && named.typeOnly !== true && !inTypes;
        const typeOnly = inTypes || named.typeOnly === true || inlineTypes;
        statements.push({
          specifier: text,
          open,
          form: named.form,
          typeOnly,
          inlineTypes,
          start: node.start,
        });
      }
    }
    return inTypes || (node.type === "TSModuleDeclaration" && node.declare === true);
  });
  return statements.sort((a, b) => a.start - b.start);
}
