import type { BindingPattern, Node, ParamPattern, Program } from "oxc-parser";
import { walkNodes } from "./walk-nodes.ts";

/** What a name stands for in a part of a file: everything that is assigned to it there, or where it is imported from. */
export interface Binding {
  /** With `key`, the value is that property of the node. No values: a name that is set elsewhere (a parameter). */
  values: { node: Node; key?: string }[];
  /** Arguments of each `name.push(…)`. */
  pushed: Node[];
  /** `name` is `default`, `*`, or what the module calls it. */
  imported?: { module: string; name: string };
}

/** No command line has more words. */
const MAX_PUSHED = 1_024;

interface Scope {
  start: number;
  end: number;
  outer: Scope | null;
  names: Map<string, Binding>;
}

const SCOPES = new Set([
  "BlockStatement",
  "FunctionBody",
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "ForStatement",
  "ForOfStatement",
  "ForInStatement",
  "CatchClause",
  "StaticBlock",
  "ClassBody",
]);

/** The name of a property that is written out, or null. */
export function keyName(key: Node, computed: boolean): string | null {
  if (key.type === "Identifier" && !computed) return key.name;
  return key.type === "Literal" && typeof key.value === "string" ? key.value : null;
}

/** The names of a file with their values, each within the block that declares it. */
export class Bindings {
  /** In the order in which they begin. */
  readonly #scopes: Scope[] = [];

  constructor(program: Program) {
    const later: (() => void)[] = [];
    walkNodes<Scope>(program, this.#open(program, null), (node, scope) => {
      const inner = SCOPES.has(node.type) ? this.#open(node, scope) : scope;
      this.#declare(node, scope, inner);
      later.push(...this.#changes(node));
      return inner;
    });
    for (const change of later) change();
  }

  /** What a name means at a place: the innermost declaration around it. Class fields are named `this.x`. */
  lookup(name: string, at: number): Binding | null {
    for (let scope = this.#scopeAt(at); scope !== null; scope = scope.outer) {
      const binding = scope.names.get(name);
      if (binding) return binding;
    }
    return null;
  }

  #open({ start, end }: { start: number; end: number }, outer: Scope | null): Scope {
    const scope = { start, end, outer, names: new Map<string, Binding>() };
    this.#scopes.push(scope);
    return scope;
  }

  /** The last scope that begins before a place, or one around it that has not ended there. */
  #scopeAt(at: number): Scope | null {
    let low = 0;
    let high = this.#scopes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#scopes[middle]?.start ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    let scope = this.#scopes[low - 1] ?? null;
    while (scope !== null && scope.end < at) scope = scope.outer;
    return scope;
  }

  #add(name: string, scope: Scope, { values = [], ...more }: Partial<Binding>): void {
    const known = scope.names.get(name);
    if (known) known.values.push(...values);
    else scope.names.set(name, { values: [...values], pushed: [], ...more });
  }

  #declare(node: Node, scope: Scope, inner: Scope): void {
    switch (node.type) {
      case "VariableDeclarator":
        this.#addPattern(node.id, scope, node.init);
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        for (const parameter of node.params) this.#addParameter(parameter, inner);
        break;
      case "PropertyDefinition": {
        const name = keyName(node.key, node.computed);
        if (name !== null && node.value) this.#add(`this.${name}`, scope, { values: [{ node: node.value }] });
        break;
      }
      case "ImportDeclaration":
        for (const specifier of node.specifiers) {
          const module = node.source.value;
          this.#add(specifier.local.name, scope, { imported: { module, name: importedName(specifier) } });
        }
        break;
    }
  }

  #addParameter(parameter: ParamPattern, scope: Scope): void {
    if (parameter.type === "TSParameterProperty") this.#addPattern(parameter.parameter, scope, null);
    else if (parameter.type === "RestElement") this.#addPattern(parameter.argument, scope, null);
    else this.#addPattern(parameter, scope, null);
  }

  #addPattern(pattern: BindingPattern, scope: Scope, value: Node | null, key?: string): void {
    switch (pattern.type) {
      case "Identifier": {
        const entry = value && (key === undefined ? { node: value } : { node: value, key });
        this.#add(pattern.name, scope, { values: entry ? [entry] : [] });
        break;
      }
      case "AssignmentPattern":
        this.#addPattern(pattern.left, scope, value ?? pattern.right, value ? key : undefined);
        break;
      case "ObjectPattern":
        for (const property of pattern.properties) {
          if (property.type !== "Property") continue;
          const name = keyName(property.key, property.computed);
          const isKnown = name !== null && key === undefined;
          this.#addPattern(property.value, scope, isKnown ? value : null, isKnown ? name : undefined);
        }
        break;
    }
  }

  /** Assignments and pushes, to be done when all names are known. */
  #changes(node: Node): (() => void)[] {
    if (node.type === "AssignmentExpression" && node.operator === "=" && node.left.type === "Identifier") {
      const { name } = node.left;
      return [() => this.lookup(name, node.start)?.values.push({ node: node.right })];
    }
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return [];
    const { object, property } = node.callee;
    if (object.type !== "Identifier" || property.type !== "Identifier" || property.name !== "push") return [];
    return [() => this.lookup(object.name, node.start)?.pushed.push(...node.arguments.slice(0, MAX_PUSHED))];
  }
}

function importedName(specifier: Node): string {
  if (specifier.type !== "ImportSpecifier")
    return specifier.type === "ImportDefaultSpecifier" ? "default" : "*";
  return specifier.imported.type === "Literal" ? specifier.imported.value : specifier.imported.name;
}
