import { Bindings } from "../spawn/bindings.ts";
import { type Folded, TextFolder } from "./fold-text.ts";
import { Loaders } from "./loaders.ts";
import type { Form } from "./statement.ts";
import { type Node, nameOf, unwrap, walkSyntax } from "./syntax.ts";

/** A statement by its offset in the text that was parsed. */
export interface FoundStatement {
  specifier: string;
  open: boolean;
  form: Form;
  typeOnly: boolean;
  inlineTypes: boolean;
  start: number;
}

/** Methods that call a function with each element of a list. */
const WITH_EACH = /^(?:map|forEach|flatMap)$/;
const MAY_LOAD = /require|_load|define|resolve|fork|importScripts|\bimport\s*[(/]|\\u/i;

/** What the names of a file mean: read when first asked for, since most files need none of it. */
class Scope {
  readonly folder: TextFolder;
  /** Can anything but a declaration name a module? An identifier may be spelled with escapes. */
  readonly mayLoad: boolean;
  readonly #program: Node;
  #bindings: Bindings | undefined;
  #loaders: Loaders | undefined;

  constructor(program: Node, code: string) {
    this.#program = program;
    this.mayLoad = MAY_LOAD.test(code);
    this.folder = new TextFolder(() => this.bindings);
  }

  get bindings(): Bindings {
    this.#bindings ??= new Bindings(this.#program as never);
    return this.#bindings;
  }

  get loaders(): Loaders {
    this.#loaders ??= new Loaders(this.bindings);
    return this.#loaders;
  }

  /** Is this the function of `child_process`, by itself or as a member? */
  forks(callee: Node | null): boolean {
    const owner = unwrap(callee?.object);
    return owner === null
      ? this.isKnown(callee, "fork")
      : owner.type === "Identifier" && !this.loaders.isOwn(owner);
  }

  /** Is this what is known under that name, and not something of the file's own? */
  isKnown(callee: unknown, name: string): boolean {
    const node = unwrap(callee);
    return node?.type === "Identifier" && node.name === name && !this.loaders.isOwn(node);
  }
}

type Named = {
  from: readonly unknown[];
  form: Form;
  typeOnly?: boolean;
  inlineTypes?: boolean;
  /** Only the text of the file is asked for. */
  asText?: boolean;
  /** A list, each element of which is named. */
  each?: unknown;
  /** What is named, where it is not written so. */
  texts?: readonly string[];
};

function areAllTypes(specifiers: unknown, key: "importKind" | "exportKind"): boolean {
  const list = specifiers as Node[];
  return list.length > 0 && list.every((specifier) => specifier[key] === "type");
}

function namedByDeclaration(node: Node): Named | null {
  switch (node.type) {
    case "ImportDeclaration":
      return {
        from: [node.source],
        form: "import",
        typeOnly: node.importKind === "type",
        inlineTypes: areAllTypes(node.specifiers, "importKind"),
        asText: asksForText(node),
      };
    case "ExportNamedDeclaration":
      return {
        from: [node.source],
        form: "re-export",
        typeOnly: node.exportKind === "type",
        inlineTypes: areAllTypes(node.specifiers, "exportKind"),
      };
    case "ExportAllDeclaration":
      return { from: [node.source], form: "re-export", typeOnly: node.exportKind === "type" };
    case "TSImportEqualsDeclaration": {
      const reference = node.moduleReference as Node;
      return { from: [reference.expression], form: "import", typeOnly: node.importKind === "type" };
    }
    case "TSImportType":
      return { from: [node.source ?? node.argument], form: "type", typeOnly: true };
    default:
      return null;
  }
}

/** `import x from "./x.ts" with { type: "text" }`. */
function asksForText({ attributes }: Node): boolean {
  return ((attributes ?? []) as Node[]).some(
    ({ key, value }) => nameOf(key) === "type" && /^(?:text|bytes|file)$/.test(String((value as Node).value)),
  );
}

/** A file that a process or a worker is made of: its path begins where the program runs, or is put together. */
function startedFile(file: unknown, { folder }: Scope): Named {
  const texts = folder.fold(file).filter(({ open }) => !open);
  const paths = texts.flatMap(({ text }) => [text, `/${text.replace(/^(?:\.\/)+/, "")}`]);
  return { from: [], texts: paths, form: "script" };
}

/** `new URL("x", import.meta.url)`, `new Worker("./x.js")`. */
function namedByNew(node: Node, scope: Scope): Named | null {
  const [first, base] = node.arguments as Node[];
  if (scope.isKnown(node.callee, "Worker") || scope.isKnown(node.callee, "SharedWorker"))
    return startedFile(first, scope);
  const from = unwrap(base);
  const fromHere = from?.type === "MemberExpression" && unwrap(from.object)?.type === "MetaProperty";
  return fromHere && scope.isKnown(node.callee, "URL") ? { from: [first], form: "url" } : null;
}

/** `require.call(null, "x")`, `require.apply(null, ["x"])`, `Reflect.apply(require, null, ["x"])`. */
function namedByApply(node: Node, scope: Scope): Named | null {
  const callee = unwrap(node.callee);
  const given = node.arguments as Node[];
  const method = nameOf(callee);
  if (callee?.type !== "MemberExpression" || (method !== "call" && method !== "apply")) return null;
  const isReflected = nameOf(callee.object) === "Reflect";
  const [loader, name] = isReflected ? [given[0], given[2]] : [callee.object, given[1]];
  return scope.loaders.isLoader(loader) ? { from: [name], form: "require" } : null;
}

function namedByCall(node: Node, scope: Scope): Named | null {
  const callee = unwrap(node.callee);
  const given = node.arguments as Node[];
  if (scope.isKnown(callee, "importScripts")) return { from: given, form: "require" };
  if (scope.isKnown(callee, "define")) {
    // AMD: only a list names modules; a text would be the module's own name.
    const list = given.find((argument) => argument.type === "ArrayExpression");
    return list ? { from: [list], form: "require" } : null;
  }
  if (callee?.type === "MemberExpression" && nameOf(callee) === "resolve") {
    const object = unwrap(callee.object);
    if (object?.type === "MetaProperty" || scope.loaders.isLoader(object))
      return { from: [given[0]], form: "resolve" };
  }
  if (scope.loaders.isLoader(callee)) return { from: [given[0]], form: "require" };
  if (nameOf(callee) === "fork" && scope.forks(callee)) return startedFile(given[0], scope);
  if (
    callee?.type === "MemberExpression" &&
    WITH_EACH.test(nameOf(callee) ?? "") &&
    scope.loaders.isLoader(given[0])
  )
    return { from: [], each: callee.object, form: "require" };
  return namedByApply(node, scope);
}

function namedByExpression(node: Node, scope: Scope): Named | null {
  if (node.type === "ImportExpression") return { from: [node.source], form: "dynamic import" };
  if (node.type === "NewExpression") return namedByNew(node, scope);
  const isCall = node.type === "CallExpression" && (node.arguments as Node[]).length > 0;
  return isCall && scope.mayLoad ? namedByCall(node, scope) : null;
}

/** `define(["a", "b"], …)` and `require(["a"], …)` name a list. */
function foldNames({ from, each, texts }: Named, { folder }: Scope): Folded[] {
  if (texts) return texts.map((text) => ({ text, open: false }));
  if (each) return folder.foldEach(each);
  return from.flatMap((value) => {
    const node = unwrap(value);
    return node?.type === "ArrayExpression"
      ? (node.elements as (Node | null)[]).flatMap((element) => folder.fold(element))
      : folder.fold(node);
  });
}

/**
 * Every place of a program that names a module: imports, re-exports, `require` and what stands for it, dynamic
 * imports, `import.meta.resolve`, `new URL(…, import.meta.url)`, types; in the order of the text.
 * @param code the text that was parsed: without `require` or the like in it, no call need be looked at
 */
export function collectStatements(program: Node, code = "require"): FoundStatement[] {
  const scope = new Scope(program, code);
  const statements: FoundStatement[] = [];
  walkSyntax(program, (node, inTypes) => {
    const named = namedByDeclaration(node) ?? namedByExpression(node, scope);
    if (named) {
      for (const { text, open } of foldNames(named, scope)) {
        const inlineTypes = named.inlineTypes === true && named.typeOnly !== true && !inTypes;
        const typeOnly = inTypes || named.typeOnly === true || inlineTypes;
        statements.push({
          specifier: named.asText ? `${text}?raw` : text,
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
