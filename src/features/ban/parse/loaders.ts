import { type Bindings, isOwnCode, keyName } from "../spawn/bindings.ts";
import { isNode, type Node, nameOf, unwrap, walkSyntax } from "./syntax.ts";

const LOADERS = new Set(["require", "__non_webpack_require__", "_load"]);
const MAKERS = new Set(["createRequire", "createRequireFromPath"]);
/** Modules whose objects have a `require` or `_load` of Node's own. */
const OWNERS = /^(?:node:)?(?:module|process)$|^(?:electron|@electron\/remote)$/;
/** A name for a name for a name … is followed so far. */
const MAX_NAMES = 16;

type Value = { node: Node; key?: string };

/** The members that objects written out in a file give. */
function propertyOf(object: Node, key: string): { value: Node | null; isOpen: boolean } {
  let isOpen = false;
  for (const property of object.properties as Node[]) {
    if (property.type !== "Property") isOpen = true;
    else if (keyName(property.key as never, property.computed === true) === key)
      return { value: property.value as Node, isOpen };
  }
  return { value: null, isOpen };
}

/** Is this expression nothing but a name: `n`, `(n)`, `${n}` in backquotes? */
function isName(value: unknown, name: string): boolean {
  const node = unwrap(value);
  if (node?.type === "TemplateLiteral") {
    const quasis = node.quasis as { value: { raw: string } }[];
    const [only, ...more] = node.expressions as Node[];
    return more.length === 0 && quasis.every(({ value: { raw } }) => raw === "") && isName(only, name);
  }
  return node?.type === "Identifier" && node.name === name;
}

/**
 * Tells which expressions of a file load modules by name: `require`, what it is bound to, what `createRequire` makes,
 * functions of the file that hand their argument to one of these. A function or an import that only has such a name
 * is none; what cannot be told (a parameter, the answer of a call) is taken by its name.
 */
export class Loaders {
  readonly #bindings: Bindings;
  readonly #wrappers = new Map<Node, boolean>();

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  /** Is this the name of a function or class of the file's own, or of something from another of its files? */
  isOwn({ name, start }: Node): boolean {
    const binding = this.#bindings.lookup(name as string, start);
    if (binding?.imported) return /^[.#@~]?\.?\//.test(binding.imported.module);
    const values = binding?.values ?? [];
    return values.length > 0 && values.every(({ node }) => isOwnCode(node));
  }

  isLoader(callee: unknown, depth = 0): boolean {
    const node = unwrap(callee);
    if (node === null || depth > MAX_NAMES) return false;
    switch (node.type) {
      case "Identifier":
        return this.#isBoundTo(node, LOADERS, depth);
      case "CallExpression":
        return (
          this.isMaker(node.callee, depth) || (isBind(node) && this.isLoader(ownerOf(node.callee), depth + 1))
        );
      case "MemberExpression":
        return this.#isMember(node, depth);
      case "LogicalExpression":
      case "ConditionalExpression":
      case "AssignmentExpression":
        return [node.left, node.right, node.consequent, node.alternate].some((side) =>
          this.isLoader(side, depth + 1),
        );
      default:
        return false;
    }
  }

  /** Does this expression make a `require`: `createRequire`, `module.createRequire`? */
  isMaker(callee: unknown, depth = 0): boolean {
    const node = unwrap(callee);
    if (node === null || depth > MAX_NAMES) return false;
    if (node.type !== "Identifier") return MAKERS.has(nameOf(node) ?? "");
    const { imported } = this.#bindings.lookup(node.name as string, node.start) ?? {};
    if (imported) return MAKERS.has(imported.name) || MAKERS.has(node.name as string);
    return this.#isBoundTo(node, MAKERS, depth);
  }

  #valuesOf({ name, start }: Node): readonly Value[] | null {
    const binding = this.#bindings.lookup(name as string, start);
    return binding === null ? null : (binding.values as unknown as Value[]);
  }

  /** Is this name, unless the file says otherwise, one of `names`; or is it given the value of one? */
  #isBoundTo(node: Node, names: ReadonlySet<string>, depth: number): boolean {
    const name = node.name as string;
    const values = this.#valuesOf(node);
    if (values === null || values.length === 0) {
      const isImported = this.#bindings.lookup(name, node.start)?.imported !== undefined;
      return names.has(name) && !isImported;
    }
    const isOne = (expression: unknown) =>
      names === LOADERS ? this.isLoader(expression, depth + 1) : this.isMaker(expression, depth + 1);
    return values.some(({ node: value, key }) => {
      if (key !== undefined) return this.#isKey(value, key, names, isOne);
      if (isOwnCode(value)) return names === LOADERS && this.#handsOn(value, depth);
      return isOne(value) || (names.has(name) && isUnknown(value));
    });
  }

  /** `const { require: load } = module`. */
  #isKey(object: Node, key: string, names: ReadonlySet<string>, isOne: (node: unknown) => boolean): boolean {
    const written = unwrap(object);
    if (written?.type !== "ObjectExpression") return names.has(key);
    return isOne(propertyOf(written, key).value);
  }

  #isMember(node: Node, depth: number): boolean {
    const key = nameOf(node);
    const object = unwrap(node.object);
    if (key === null || object === null) return false;
    const isNamed = LOADERS.has(key);
    switch (object.type) {
      case "Identifier":
        return this.#isMemberOf(object, key, isNamed, depth);
      case "ObjectExpression":
        return this.isLoader(propertyOf(object, key).value, depth + 1);
      case "ThisExpression":
        return (this.#valuesOf({ ...object, name: `this.${key}` }) ?? []).some(({ node: value }) =>
          this.isLoader(value, depth + 1),
        );
      case "CallExpression":
        // `joi.string().require("x")` is no loader; `getModule().require("x")` may be one.
        return (
          isNamed &&
          (unwrap(object.callee)?.type === "Identifier" || nameOf(object.callee) === "getBuiltinModule")
        );
      case "Super":
        return false;
      default:
        return isNamed;
    }
  }

  /** A member of something that has a name. */
  #isMemberOf(owner: Node, key: string, isNamed: boolean, depth: number): boolean {
    const { imported } = this.#bindings.lookup(owner.name as string, owner.start) ?? {};
    if (imported) return isNamed && OWNERS.test(imported.module);
    const values = this.#valuesOf(owner) ?? [];
    if (values.length === 0) return isNamed;
    return values.some(({ node: value, key: from }) => {
      const inner = unwrap(value);
      if (from !== undefined || inner === null) return isNamed;
      if (inner.type === "ObjectExpression") {
        const { value: property, isOpen } = propertyOf(inner, key);
        return property === null
          ? isNamed && isOpen
          : isOwnCode(property)
            ? this.#handsOn(property, depth)
            : this.isLoader(property, depth + 1);
      }
      if (inner.type === "NewExpression") return isNamed && nameOf(inner.callee) === "Module";
      return isNamed && !isOwnCode(inner);
    });
  }

  /** Does a function of the file hand its first argument to a loader, as `(name) => import(name)` does? */
  #handsOn(code: Node, depth: number): boolean {
    const known = this.#wrappers.get(code);
    if (known !== undefined) return known;
    this.#wrappers.set(code, false);
    const [first] = (code.params as Node[] | undefined) ?? [];
    const name = first?.type === "Identifier" ? (first.name as string) : null;
    let found = false;
    if (name !== null) {
      walkSyntax(code, (node) => {
        const [given] = (node.arguments as Node[] | undefined) ?? [];
        if (node.type === "ImportExpression") found ||= isName(node.source, name);
        else if (node.type === "CallExpression" && isName(given, name))
          found ||= this.isLoader(node.callee, depth + 1);
        return false;
      });
    }
    this.#wrappers.set(code, found);
    return found;
  }
}

function ownerOf(callee: unknown): unknown {
  return unwrap(callee)?.object;
}

function isBind({ callee }: Node): boolean {
  return unwrap(callee)?.type === "MemberExpression" && nameOf(callee) === "bind";
}

/** What an expression is cannot be told from the file. */
function isUnknown(value: Node): boolean {
  const node = unwrap(value);
  if (node === null || !isNode(node)) return false;
  return ![
    "ObjectExpression",
    "ArrayExpression",
    "Literal",
    "TemplateLiteral",
    "Identifier",
    "ClassExpression",
  ].includes(node.type);
}
