import type {
  CallExpression,
  NewExpression,
  Node,
  ObjectExpression,
  Program,
  TaggedTemplateExpression,
} from "oxc-parser";
import { Bindings, keyName } from "./bindings.ts";
import { type Constant, ConstantEvaluator, calledName, propertyOf } from "./evaluate-constant.ts";
import { commandName } from "./read-runner.ts";
import { SPAWN_OBJECT, SpawningCalls } from "./spawning-call.ts";
import { splitCommand } from "./split-command.ts";
import { walkNodes } from "./walk-nodes.ts";

/** A place in code that starts something. */
export interface FoundCommands {
  /** Where the call or entry begins, in characters from the start of the file. */
  start: number;
  /** The words of each command, with `UNKNOWN` where a part is not known. */
  commands: string[][];
  /** Where they run (`cwd`), as far as the code says. */
  folder: string;
}

/** Around what an entry `{ command: "npx x" }` without `args` is certainly an MCP server's. */
const SERVERS = /^(?:mcp|mcp_?servers?|context_?servers?|servers)$/i;
/** Commands that run others; what a function called `run` is given must begin with one. */
const TOOL =
  /^(?:npx|pnpx|bunx|npm|pnpm|yarn|bun|deno|node|nodejs|tsx|sh|bash|zsh|cmd|powershell|pwsh|docker|podman|env|cross-env|sudo)$/;
const TRANSPORT = /stdio|mcp/i;

type Call = CallExpression | NewExpression;

function wordsOf(command: Constant, given: Constant | null): string[][] {
  if (typeof command !== "string") return [[...command, ...(given ?? [])]];
  const list = typeof given === "string" ? given.split(/\s+/) : (given ?? []);
  if (!/\s/.test(command)) return [[command, ...list]];
  const commands = splitCommand(command);
  const last = commands.pop() ?? [];
  return [...commands, [...last, ...list]];
}

/** Reads the calls and objects of one file that may start something. */
class CommandFinder {
  readonly found: FoundCommands[] = [];
  readonly #evaluator: ConstantEvaluator;
  readonly #calls: SpawningCalls;

  constructor(program: Program) {
    const bindings = new Bindings(program);
    this.#evaluator = new ConstantEvaluator(bindings);
    this.#calls = new SpawningCalls(bindings);
  }

  call(node: Call): void {
    const kind = this.#calls.kindOf(node.callee);
    if (kind === null) return;
    const [first, second] = node.arguments;
    const given = this.#given(second);
    const folder = this.#folder(node.arguments.slice(1, 3));
    for (const command of this.#evaluator.values(first)) {
      if (kind === "maybe" && !isCommandLine(command, given, node.callee)) continue;
      for (const list of given.length > 0 ? given : [null]) {
        const words = wordsOf(command, list);
        this.#keep(node.start, kind === "script" ? words.map((line) => ["node", ...line]) : words, folder);
      }
    }
  }

  template(node: TaggedTemplateExpression): void {
    if (!this.#calls.isTag(node.tag)) return;
    for (const text of this.#evaluator.values(node.quasi))
      this.#keep(node.start, splitCommand(typeof text === "string" ? text : text.join(" ")));
  }

  /** `{ command: "npx", args: ["x"] }`, the entry of an MCP server, wherever it stands. */
  object(node: ObjectExpression, isServer: boolean): void {
    const commandNode = propertyOf(node, "command") ?? propertyOf(node, "cmd");
    if (commandNode === null || isSwitchedOff(node)) return;
    const argsNode = propertyOf(node, "args");
    const given = argsNode === null ? [null] : this.#evaluator.values(argsNode);
    const isEntry = argsNode !== null || isServer || this.#isStdio(node);
    for (const command of this.#evaluator.values(commandNode)) {
      if (!isEntry && typeof command === "string") continue;
      for (const list of given) this.#keep(node.start, wordsOf(command, list));
    }
  }

  /** The list that a call hands to its command; Deno keeps it in its options. */
  #given(node: Node | undefined): Constant[] {
    const options = this.#evaluator.object(node);
    const list = options ? propertyOf(options, "args") : node;
    return list ? this.#evaluator.values(list).filter((value) => Array.isArray(value)) : [];
  }

  #isStdio(node: ObjectExpression): boolean {
    const kind = propertyOf(node, "transport") ?? propertyOf(node, "type");
    return kind !== null && this.#evaluator.values(kind).includes("stdio");
  }

  /** `{ cwd: "x" }` among the options of a call. */
  #folder(options: readonly Node[]): string {
    for (const node of options) {
      const cwd = propertyOf(this.#evaluator.object(node), "cwd");
      const [folder] = cwd === null ? [] : this.#evaluator.values(cwd);
      if (typeof folder === "string") return folder;
    }
    return "";
  }

  #keep(start: number, commands: string[][], folder = ""): void {
    this.found.push({ start, commands, folder });
  }
}

/** Where only the function's name speaks for a start, the arguments must be a whole command line. */
function isCommandLine(command: Constant, given: readonly Constant[], callee: Node): boolean {
  if (typeof command !== "string") return true;
  // A single word names anything: a method to call from afar, an event, a menu entry.
  if (given.length > 0) return TOOL.test(commandName(command));
  return isFunctionName(callee) && TOOL.test(commandName(/^\s*(\S+)\s+\S/.exec(command)?.[1] ?? ""));
}

/** A plain name, or a member of what is named like a module that starts processes. */
function isFunctionName(callee: Node): boolean {
  if (callee.type === "Identifier") return true;
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Identifier" &&
    SPAWN_OBJECT.test(callee.object.name)
  );
}

/** `disabled: true`, `enabled: false`: an entry that its client passes over. */
function isSwitchedOff(node: ObjectExpression): boolean {
  const disabled = propertyOf(node, "disabled");
  const enabled = propertyOf(node, "enabled");
  return (
    (disabled?.type === "Literal" && disabled.value === true) ||
    (enabled?.type === "Literal" && enabled.value === false)
  );
}

/** Does this node say that the objects below it are MCP servers? */
function opensServers(node: Node): boolean {
  if (node.type === "Property") return SERVERS.test(keyName(node.key, node.computed) ?? "");
  if (node.type === "VariableDeclarator") return node.id.type === "Identifier" && SERVERS.test(node.id.name);
  return (
    (node.type === "NewExpression" || node.type === "CallExpression") &&
    TRANSPORT.test(calledName(node.callee))
  );
}

/** Everything that a program starts, as far as its text tells. */
export function findCommands(program: Program): FoundCommands[] {
  const finder = new CommandFinder(program);
  walkNodes(program, false, (node, isServer) => {
    if (node.type === "CallExpression" || node.type === "NewExpression") finder.call(node);
    else if (node.type === "TaggedTemplateExpression") finder.template(node);
    else if (node.type === "ObjectExpression") finder.object(node, isServer);
    return isServer || opensServers(node);
  });
  return finder.found;
}
