import type { EcmaScriptModule, ParserOptions } from "oxc-parser";
import type { BannedPackages } from "../banned-packages.ts";
import { embedsCode, isDeclaration } from "../search/is-code.ts";
import { findCommands } from "../spawn/find-commands.ts";
import { type Spawn, spawnsAmong } from "../spawn/find-spawns.ts";
import { type LocalStart, MAY_START, startsAmong } from "../spawn/local-starts.ts";
import { collectCode } from "./collect-code.ts";
import { collectStatements, type FoundStatement } from "./collect-statements.ts";
import { loadParser, type Parser } from "./load-parser.ts";
import { exceedsNesting } from "./measure-nesting.ts";
import { readModuleRecord } from "./read-module-record.ts";
import { readScriptBlocks, type ScriptBlock, type Scripts } from "./script-blocks.ts";
import type { Statement } from "./statement.ts";
import type { Node } from "./syntax.ts";

/** A banned server that code starts. */
export interface FoundSpawn {
  package: string;
  command: string;
  line: number;
}

/** A file or script of the repository's own that code starts as a command. */
export interface FoundStart {
  what: LocalStart;
  line: number;
}

export interface ParsedSource {
  statements: Statement[];
  spawns: FoundSpawn[];
  starts: FoundStart[];
  /** Why the file, or a script in it, is not readable as code. */
  broken: { reason: string; line: number } | null;
}

export { loadParser };

type Language = Exclude<ParserOptions["lang"], undefined>;

/** The ways to read a file, likeliest first: `.js` may hold JSX, be a script, or carry type annotations. */
function readings(path: string, typescript: boolean): [Language, "module" | "commonjs"][] {
  if (isDeclaration(path)) return [["dts", "module"]];
  if (/\.[cm]?ts$/i.test(path)) {
    return [
      ["ts", "module"],
      ["ts", "commonjs"],
    ];
  }
  if (typescript || /\.tsx$/i.test(path)) {
    return [
      ["tsx", "module"],
      ["ts", "module"],
      ["tsx", "commonjs"],
    ];
  }
  return [
    ["jsx", "module"],
    ["jsx", "commonjs"],
    ["tsx", "module"],
  ];
}

interface FoundBlock {
  statements: FoundStatement[];
  spawns: Spawn[];
  starts: ReturnType<typeof startsAmong>;
}

interface Attempt {
  record: EcmaScriptModule;
  /** The syntax tree, which comes as text: reading it costs more than parsing. */
  program(): Node;
  errors: { message: string; offset: number }[];
}

function attempt(oxc: Parser, code: string, lang: Language, sourceType: "module" | "commonjs"): Attempt {
  const parsed = oxc.parseSync(`source.${lang === "dts" ? "d.ts" : lang}`, code, {
    lang,
    sourceType,
    preserveParens: false,
  });
  return {
    record: parsed.module,
    program: () => parsed.program as unknown as Node,
    errors: parsed.errors
      .filter(({ severity }) => severity === "Error")
      .map(({ message, labels }) => ({ message, offset: labels[0]?.start ?? 0 })),
  };
}

/** The first reading without mistakes; else the one that got furthest. */
function parseBlock(oxc: Parser, path: string, block: ScriptBlock): Attempt {
  let best: Attempt | undefined;
  for (const [lang, sourceType] of readings(path, block.typescript)) {
    const next = attempt(oxc, block.code, lang, sourceType);
    if (next.errors.length === 0) return next;
    best ??= next;
  }
  if (!best) throw new Error("a file has at least one reading");
  return best;
}

/** Answers where an offset stands: line and column, counted from 1. */
function placeIn(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

function scriptsOf(path: string, text: string): Scripts {
  if (embedsCode(path)) return readScriptBlocks(path, text);
  return { blocks: [{ code: text, start: 0, typescript: false }], sources: [] };
}

/** What is asked of a source file. */
export interface Asked {
  /** Whose starts are looked for; null where nobody asks for servers. */
  banned: BannedPackages | null;
  /** Only what leads to another module when the code runs, not every mention of a type. */
  edgesOnly: boolean;
}

/** Text that code runs may run text in its turn; so deep at most. */
const MAX_INNER = 3;

/** Null where the text nests too deeply, which the parser of the portable build throws for. */
function parseInner(oxc: Parser, path: string, code: string): Attempt | null {
  try {
    return parseBlock(oxc, path, { code, start: 0, typescript: false });
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

/** What the texts that a program runs as code name and start, at the place where it runs them. */
function readInner(
  oxc: Parser,
  path: string,
  program: Node,
  code: string,
  asked: Asked,
  depth: number,
): FoundBlock {
  const found: FoundBlock = { statements: [], spawns: [], starts: [] };
  for (const { code: text, start } of depth < MAX_INNER ? collectCode(program, code) : []) {
    const inner = exceedsNesting(text) ? null : parseInner(oxc, path, text);
    if (inner === null || inner.errors.length > 0) continue;
    const { statements, spawns, starts } = readBlock(oxc, path, inner, text, asked, depth + 1);
    found.statements.push(...statements.map((statement) => ({ ...statement, start })));
    found.spawns.push(...spawns.map((spawn) => ({ ...spawn, start })));
    found.starts.push(...starts.map(({ what }) => ({ what, start })));
  }
  return found;
}

function readBlock(
  oxc: Parser,
  path: string,
  attempt: Attempt,
  code: string,
  asked: Asked,
  depth = 0,
): FoundBlock {
  const { banned, edgesOnly } = asked;
  const isSound = attempt.errors.length === 0;
  const mayStart = MAY_START.test(code);
  const isPlain = edgesOnly && banned === null && isSound && !mayStart;
  const edges = isPlain ? readModuleRecord(attempt.record, code) : null;
  if (edges !== null) return { statements: edges, spawns: [], starts: [] };
  const program = attempt.program();
  const commands = banned === null && !mayStart ? [] : findCommands(program as never);
  const inner = readInner(oxc, path, program, code, asked, depth);
  return {
    statements: [...collectStatements(program, code), ...inner.statements],
    spawns: [...(banned === null ? [] : spawnsAmong(commands, banned)), ...inner.spawns],
    starts: [...startsAmong(commands), ...inner.starts],
  };
}

/**
 * Reads one source file: every place that names a module, and every banned server it starts.
 * Never throws for what the file holds.
 */
export async function parseSource(path: string, text: string, asked: Asked): Promise<ParsedSource> {
  const place = placeIn(text);
  const { blocks, sources } = scriptsOf(path, text);
  const erased = isDeclaration(path);
  const parsed: ParsedSource = { statements: [], spawns: [], starts: [], broken: null };
  for (const { specifier, start, form } of sources) {
    const from = { specifier, open: false, form, typeOnly: false, inlineTypes: false } as const;
    parsed.statements.push({ ...from, ...place(start) });
  }
  const oxc = await loadParser();
  for (const block of blocks) {
    if (exceedsNesting(block.code)) {
      parsed.broken ??= { reason: "it nests too deeply", line: place(block.start).line };
      continue;
    }
    try {
      const attempt = parseBlock(oxc, path, block);
      const [error] = attempt.errors;
      const { statements, spawns, starts } = readBlock(oxc, path, attempt, block.code, asked);
      if (error) parsed.broken ??= { reason: error.message, line: place(block.start + error.offset).line };
      for (const { start, ...statement } of statements) {
        const typeOnly = statement.typeOnly || erased;
        parsed.statements.push({ ...statement, typeOnly, ...place(block.start + start) });
      }
      for (const { start, ...spawn } of spawns) {
        parsed.spawns.push({ ...spawn, line: place(block.start + start).line });
      }
      for (const { start, what } of starts)
        parsed.starts.push({ what, line: place(block.start + start).line });
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      parsed.broken ??= { reason: "it nests too deeply", line: place(block.start).line };
    }
  }
  return parsed;
}
