import type { BindingPattern, CallExpression, Node, ParamPattern, Program } from "oxc-parser";
import { walkNodes } from "./walk-nodes.ts";

/** What a name stands for in a part of a file: everything that is assigned to it there, or where it is imported from. */
export interface Binding {
  /**
   * With `key`, the value is that property of the node, or with {@link EACH} any of its elements. No values: a name
   * that is set elsewhere (a parameter).
   */
  values: { node: Node; key?: string }[];
  /** Arguments of each `name.push(…)`. */
  pushed: Node[];
  /** `name` is `default`, `*`, or what the module calls it. */
  imported?: { module: string; name: string };
}

/** Stands for the key of each element of a list. */
export const EACH = "*";
/** Methods that call a function with each element of a list. */
const WITH_EACH = /^(?:map|forEach|flatMap|filter|some|every|find)$/;
/** No command line has more words. */
const MAX_PUSHED = 1_024;

interface Scope {
  start: number;
  end: number;
  outer: Scope | null;
  /** Where `var` declares: the function around, or the file. */
  hoist: Scope | null;
  names: Map<string, Binding>;
}

/** Is this a function or a class that the file writes out itself? */
export function isOwnCode({ type }: { type: string }): boolean {
  return OWN_CODE.has(type);
}

const OWN_CODE = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "ClassDeclaration",
  "ClassExpression",
]);
const FUNCTIONS = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "FunctionBody",
  "StaticBlock",
]);

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
  /** Function → the list of which it is given each element. */
  readonly #lists = new Map<Node, Node>();

  constructor(program: Program) {
    const later: (() => void)[] = [];
    walkNodes<Scope>(program, this.#open(program, null), (node, scope) => {
      const inner = SCOPES.has(node.type) ? this.#open(node, scope, FUNCTIONS.has(node.type)) : scope;
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

  #open({ start, end }: { start: number; end: number }, outer: Scope | null, isFunction = false): Scope {
    const hoist = isFunction ? null : (outer?.hoist ?? outer);
    const scope = { start, end, outer, hoist, names: new Map<string, Binding>() };
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
      case "VariableDeclaration": {
        const place = node.kind === "var" ? (scope.hoist ?? scope) : scope;
        for (const { id, init } of node.declarations) this.#addPattern(id, place, init);
        break;
      }
      case "ForOfStatement":
        if (node.left.type === "VariableDeclaration")
          for (const { id } of node.left.declarations) this.#addPattern(id, inner, node.right, EACH);
        break;
      case "CallExpression":
        this.#addCallback(node);
        break;
      case "TSEnumDeclaration":
      case "ClassDeclaration":
        this.#addOwn(node, scope);
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        this.#addOwn(node, node.type === "FunctionDeclaration" ? scope : inner);
        for (const [index, parameter] of node.params.entries()) {
          const list = index === 0 ? this.#lists.get(node) : undefined;
          if (list && parameter.type !== "TSParameterProperty" && parameter.type !== "RestElement")
            this.#addPattern(parameter, inner, list, EACH);
          else this.#addParameter(parameter, inner);
        }
        break;
      case "CatchClause":
        if (node.param) this.#addPattern(node.param, inner, null);
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

  /** `list.map((name) => …)`: the parameter is each element. */
  #addCallback({ callee, arguments: [first] }: CallExpression): void {
    if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier" || !first) return;
    if (WITH_EACH.test(callee.property.name) && isOwnCode(first)) this.#lists.set(first, callee.object);
  }

  #addOwn(node: Node & { id?: unknown }, scope: Scope): void {
    const id = node.id as { name?: string } | null | undefined;
    if (id?.name !== undefined) this.#add(id.name, scope, { values: [{ node }] });
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
      case "ArrayPattern":
        for (const [index, element] of pattern.elements.entries()) {
          if (element && element.type !== "RestElement")
            this.#addPattern(element, scope, key === undefined ? value : null, String(index));
        }
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
