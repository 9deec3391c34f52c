import type { Node, ObjectExpression } from "oxc-parser";
import { type Bindings, isOwnCode, keyName } from "./bindings.ts";
import { calledName, propertyOf, unwrapNode } from "./evaluate-constant.ts";
import { walkNodes } from "./walk-nodes.ts";

/**
 * How a function starts a process: `words` takes a command and a list, `text` a line for the shell, `script` a file
 * for Node, `maybe` has a name that sounds like it (`runCommand`), so only its arguments can tell.
 */
export type SpawnKind = "words" | "text" | "script" | "maybe";

const KINDS: Readonly<Record<string, SpawnKind>> = {
  spawn: "words",
  spawnSync: "words",
  execFile: "words",
  execFileSync: "words",
  execa: "words",
  execaSync: "words",
  exec: "text",
  execSync: "text",
  execaCommand: "text",
  execaCommandSync: "text",
  fork: "script",
  execaNode: "script",
  Worker: "script",
};
const TAGS = new Set(["$", "$$", "$sync", "sh", "shell", "bash", "zx", "execa", "execaSync"]);
const CHILD_PROCESS = /^(?:node:)?(?:child_process|worker_threads)$/;
/** Modules whose default export, or whose every export, starts processes. */
const SPAWN_MODULES =
  /^(?:(?:node:)?(?:child_process|worker_threads)|execa|zx|zx\/core|dax|dax-sh|@david\/dax|cross-spawn|nano-spawn|tinyexec|foreground-child|shelljs|node-pty|promisify-child-process|child-process-promise|bun|@npmcli\/promise-spawn)$/;
/** What people call the module that starts processes. */
export const SPAWN_OBJECT = /^(?:cp|child_?process|proc|shell|shelljs|sh|zx)$/i;
const SOUNDS_LIKE =
  /^(?:run|exec|execute|spawn|launch|shell|start|invoke)(?:In)?(?:Command|Cmd|Shell|Child|Process|Promise|Async|Sync|File|Script|Server|Mcp|Tool|Bin)*$/i;

/** A name for a name for a name … is followed so far. */
const MAX_NAMES = 8;

interface Origin {
  module: string;
  name: string;
}

/** The calls of a file that start a process, whatever names it gives them. */
export class SpawningCalls {
  readonly #bindings: Bindings;
  readonly #wrappers = new Map<Node, boolean>();

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  kindOf(callee: Node, depth = 0): SpawnKind | null {
    const node = unwrapNode(callee);
    if (depth > MAX_NAMES) return null;
    if (node.type === "SequenceExpression") return this.kindOf(node.expressions.at(-1) ?? node, depth + 1);
    if (node.type === "MemberExpression") return this.#memberKind(node, depth);
    if (SPAWN_MODULES.test(this.#moduleOf(node) ?? "") && node.type !== "Identifier") return "words";
    // `promisify(exec)`, or options handed over first: `execa({ … })`.
    if (node.type === "CallExpression") return this.kindOf(node.arguments[0] ?? node.callee, depth + 1);
    if (node.type !== "Identifier") return null;
    const binding = this.#bindings.lookup(node.name, node.start);
    const origin = binding?.imported ?? this.#moduleMember(node);
    if (origin && SPAWN_MODULES.test(origin.module)) {
      const isWhole =
        (origin.name === "default" || origin.name === "x") && !CHILD_PROCESS.test(origin.module);
      return kindByName(origin.name) ?? (isWhole ? "words" : null);
    }
    // Something else of that name, or a file that wraps the real one: its arguments can tell.
    if (binding?.imported) return kindByName(node.name) === null ? null : "maybe";
    const values = binding?.values ?? [];
    const own = values.filter(({ node: value, key }) => key === undefined && isOwnCode(value));
    if (own.length > 0 && own.length === values.length)
      return own.some(({ node: code }) => this.#handsOn(code, depth))
        ? (kindByName(node.name) ?? "maybe")
        : null;
    const [value] = values;
    const isOtherName = value !== undefined && value.key === undefined && isReference(value.node);
    return (isOtherName ? this.kindOf(value.node, depth + 1) : null) ?? kindByName(node.name);
  }

  /** Does a function of the file start what its first argument names? */
  #handsOn(code: Node, depth: number): boolean {
    const known = this.#wrappers.get(code);
    if (known !== undefined) return known;
    this.#wrappers.set(code, false);
    const [first] = "params" in code && Array.isArray(code.params) ? code.params : [];
    const names = new Set(namesIn(first));
    let found = false;
    walkNodes(code, null, (node) => {
      if (found || (node.type !== "CallExpression" && node.type !== "NewExpression")) return null;
      const given = node.arguments[0];
      const isHandedOn = given !== undefined && namesIn(given).some((name) => names.has(name));
      const kind = isHandedOn ? this.kindOf(node.callee, depth + 1) : null;
      found = kind !== null && kind !== "maybe";
      return null;
    });
    this.#wrappers.set(code, found);
    return found;
  }

  /** Is this the tag of a template that runs as a command? */
  isTag(tag: Node): boolean {
    const node = unwrapNode(tag);
    if (node.type === "CallExpression") return this.isTag(node.callee);
    if (node.type === "MemberExpression") {
      const key = keyName(node.property, node.computed);
      return (key !== null && TAGS.has(key)) || this.isTag(node.object);
    }
    if (node.type !== "Identifier") return false;
    const { imported, values = [] } = this.#bindings.lookup(node.name, node.start) ?? {};
    if (values.length > 0 && values.every(({ node: value }) => isOwnCode(value))) return false;
    // `$` and `execa` run wherever they come from; `sh` and `bash` are also what highlights such a text.
    if (imported && !SPAWN_MODULES.test(imported.module)) return /^(?:\$|execa(?:Sync)?$)/.test(node.name);
    return TAGS.has(node.name) || TAGS.has(imported?.name ?? "");
  }

  #memberKind(node: Node & { type: "MemberExpression" }, depth: number): SpawnKind | null {
    const key = keyName(node.property, node.computed);
    const object = unwrapNode(node.object);
    if (key === null) return null;
    const owner = object.type === "Identifier" ? object.name : calledName(object);
    if (key === "Command") return owner === "Deno" ? "words" : null;
    if (key === "command" || key === "commandSync") return owner === "execa" ? "text" : null;
    if (key === "bind" || key === "call" || key === "apply") return null;
    // A regular expression and a database have an `exec` too.
    const kind = kindByName(key);
    if (kind === null || SPAWN_MODULES.test(this.#moduleOf(object) ?? "")) return kind;
    const isNamedSo = SPAWN_OBJECT.test(owner);
    if (object.type === "Identifier" && this.#isOther(object)) {
      const method = propertyOf(this.#objectOf(object), key);
      if (method)
        return isOwnCode(method)
          ? this.#handsOn(method, depth)
            ? kind
            : null
          : this.kindOf(method, depth + 1);
      return kind === "text" && !isNamedSo ? null : "maybe";
    }
    return kind === "text" && !isNamedSo ? null : kind;
  }

  /** Is this something that the file imports from elsewhere, or writes out itself? */
  #isOther({ name, start }: Node & { name: string }): boolean {
    const binding = this.#bindings.lookup(name, start);
    if (binding?.imported) return true;
    const values = binding?.values ?? [];
    return (
      values.length > 0 &&
      values.every(
        ({ node }) => isOwnCode(node) || node.type === "ObjectExpression" || node.type === "NewExpression",
      )
    );
  }

  #objectOf({ name, start }: Node & { name: string }): ObjectExpression | null {
    const [value] = this.#bindings.lookup(name, start)?.values ?? [];
    return value?.node.type === "ObjectExpression" ? value.node : null;
  }

  /** The module that a name, `require("x")` or `await import("x")` stands for as a whole. */
  #moduleOf(node: Node, depth = 0): string | null {
    const inner = unwrapNode(node);
    if (inner.type === "ImportExpression") return literalText(inner.source);
    if (
      inner.type === "CallExpression" &&
      inner.callee.type === "Identifier" &&
      inner.callee.name === "require"
    )
      return literalText(inner.arguments[0]);
    if (inner.type !== "Identifier") return null;
    const binding = this.#bindings.lookup(inner.name, inner.start);
    if (binding?.imported) return binding.imported.module;
    const [value] = binding?.values ?? [];
    return value && value.key === undefined && depth < MAX_NAMES
      ? this.#moduleOf(value.node, depth + 1)
      : null;
  }

  /** `const { exec: run } = require("child_process")`. */
  #moduleMember(node: Node & { name: string }): Origin | null {
    const [value] = this.#bindings.lookup(node.name, node.start)?.values ?? [];
    const module = value ? this.#moduleOf(value.node) : null;
    return module === null ? null : { module, name: value?.key ?? "default" };
  }
}

function kindByName(name: string): SpawnKind | null {
  if (Object.hasOwn(KINDS, name)) return KINDS[name] ?? null;
  return SOUNDS_LIKE.test(name) ? "maybe" : null;
}

/** The names that a pattern or an argument holds: of `[name, "x"]` and `{ name }` too. */
function namesIn(node: unknown): string[] {
  const names: string[] = [];
  if (node) {
    walkNodes(node as Node, null, (inner) => {
      if (inner.type === "Identifier") names.push(inner.name);
      return null;
    });
  }
  return names;
}

/** Another name for a function: `cp.exec`, `promisify(exec)`. */
function isReference(node: Node): boolean {
  const inner = unwrapNode(node);
  if (inner.type === "CallExpression") return calledName(inner.callee) === "promisify";
  return inner.type === "Identifier" || inner.type === "MemberExpression";
}

function literalText(node: Node | undefined): string | null {
  return node?.type === "Literal" && typeof node.value === "string" ? node.value : null;
}
