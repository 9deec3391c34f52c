import type { Node } from "oxc-parser";
import { type Bindings, keyName } from "./bindings.ts";
import { calledName, unwrapNode } from "./evaluate-constant.ts";

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
const CHILD_PROCESS = /^(?:node:)?child_process$/;
/** Modules whose default export, or whose every export, starts processes. */
const SPAWN_MODULES =
  /^(?:(?:node:)?child_process|execa|zx|cross-spawn|nano-spawn|tinyexec|foreground-child|shelljs|node-pty|promisify-child-process|child-process-promise|bun|@npmcli\/promise-spawn)$/;
const SPAWN_OBJECT = /^(?:cp|child_?process|proc|shell|shelljs|sh|zx)$/i;
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

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  kindOf(callee: Node, depth = 0): SpawnKind | null {
    const node = unwrapNode(callee);
    if (depth > MAX_NAMES) return null;
    if (node.type === "SequenceExpression") return this.kindOf(node.expressions.at(-1) ?? node, depth + 1);
    if (node.type === "MemberExpression") return this.#memberKind(node);
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
    const [value] = binding?.values ?? [];
    const isOtherName = value !== undefined && value.key === undefined && isReference(value.node);
    return (isOtherName ? this.kindOf(value.node, depth + 1) : null) ?? kindByName(node.name);
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
    return (
      TAGS.has(node.name) || TAGS.has(this.#bindings.lookup(node.name, node.start)?.imported?.name ?? "")
    );
  }

  #memberKind(node: Node & { type: "MemberExpression" }): SpawnKind | null {
    const key = keyName(node.property, node.computed);
    const object = unwrapNode(node.object);
    if (key === null) return null;
    const owner = object.type === "Identifier" ? object.name : "";
    if (key === "Command") return owner === "Deno" ? "words" : null;
    if (key === "command" || key === "commandSync") return owner === "execa" ? "text" : null;
    if (key === "bind" || key === "call" || key === "apply") return null;
    // A regular expression and a database have an `exec` too.
    const kind = kindByName(key);
    const isCertain = SPAWN_OBJECT.test(owner) || SPAWN_MODULES.test(this.#moduleOf(object) ?? "");
    return kind === "text" && !isCertain ? null : kind;
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

/** Another name for a function: `cp.exec`, `promisify(exec)`. */
function isReference(node: Node): boolean {
  const inner = unwrapNode(node);
  if (inner.type === "CallExpression") return calledName(inner.callee) === "promisify";
  return inner.type === "Identifier" || inner.type === "MemberExpression";
}

function literalText(node: Node | undefined): string | null {
  return node?.type === "Literal" && typeof node.value === "string" ? node.value : null;
}
