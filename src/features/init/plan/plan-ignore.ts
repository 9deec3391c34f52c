import type { Repository } from "../../../platform/git/index.ts";
import type { Entry } from "../manifest.ts";
import { askGitAbout, type GitView } from "./ask-git.ts";
import type { PlannedFile } from "./planned-file.ts";
import { settleAddition, withoutAddition } from "./settle-addition.ts";

export const IGNORE_FILE = ".gitignore";
/** Stronger than the one at the top, so it must be spoken to itself. */
export const NESTED_IGNORE_FILE = "artifacts/.gitignore";

/** One path of each kind of record (contract §1). */
export const RECORD_PROBES = [
  "artifacts/agent/2026-01-31/mcp/tool.jsonl",
  "artifacts/agent/2026-01-31/heartbeat.ndjson",
  "artifacts/agent/2026-01-31/heartbeat.session.ndjson",
  "artifacts/redactions.jsonl",
  "artifacts/archive/2026-01.tar.gz",
] as const;
/** What is no record: where git ignores these, it goes on doing so. */
const OTHER_PROBES = ["artifacts/growth-engine.probe", "artifacts/a/b/growth-engine.probe"];

const REMARK = "# Growth Engine: the records of agents travel with the code.";
const RECORDS = ["*/*/mcp/**/*.jsonl", "*/*/heartbeat*.ndjson", "redactions.jsonl", "archive/**"];

/**
 * Negations that work: git looks into no folder that is ignored, so each folder is taken back first (gitignore(5)).
 * @param isRestIgnored whether everything else in `artifacts/` stays ignored
 */
function recordLines(isRestIgnored: boolean): string[] {
  const rest = isRestIgnored ? ["/artifacts/**"] : [];
  return ["!/artifacts/", ...rest, "!/artifacts/**/", ...RECORDS.map((one) => `!/artifacts/${one}`)];
}

function nestedLines(): string[] {
  return ["!*/", ...RECORDS.map((one) => `!/${one}`)];
}

/** Takes a path back, with each folder above it. */
function ownLines(path: string): string[] {
  if (path.startsWith(".growth-engine/")) return ["!/.growth-engine/", "!/.growth-engine/**"];
  const parts = path.split("/");
  return parts.map((_, end) => `!/${parts.slice(0, end + 1).join("/")}${end < parts.length - 1 ? "/" : ""}`);
}

/** The texts of the two ignore files, and what is known of each. */
export interface IgnoreFiles {
  current: ReadonlyMap<string, Buffer | null>;
  entries: ReadonlyMap<string, Entry>;
}

type Blocks = Map<string, string[]>;

/** The lines that would take everything back which git ignores now. */
async function nextBlocks(view: GitView, own: readonly string[], blocks: Blocks): Promise<Blocks> {
  const ignored = await view.findIgnored([...RECORD_PROBES, ...OTHER_PROBES, ...own, IGNORE_FILE]);
  const sources = RECORD_PROBES.flatMap((probe) => ignored.get(probe)?.source ?? []);
  const isNested = sources.includes(NESTED_IGNORE_FILE);
  const isRestIgnored = OTHER_PROBES.every((probe) => ignored.has(probe));
  const top = new Set(blocks.get(IGNORE_FILE) ?? []);
  // Never on the second look: then the rest is ignored because these lines say so.
  if (sources.some((source) => source !== NESTED_IGNORE_FILE) && !top.has("!/artifacts/"))
    for (const line of recordLines(isRestIgnored)) top.add(line);
  for (const path of own) if (ignored.has(path)) for (const line of ownLines(path)) top.add(line);
  // Lines in a file that is ignored itself would help nobody else.
  if (top.size > 0 && ignored.has(IGNORE_FILE)) top.add(`!/${IGNORE_FILE}`);
  const next: Blocks = new Map();
  if (top.size > 0) next.set(IGNORE_FILE, [...top]);
  if (isNested || blocks.has(NESTED_IGNORE_FILE)) next.set(NESTED_IGNORE_FILE, nestedLines());
  return next;
}

function settle(
  path: string,
  lines: readonly string[] | undefined,
  files: IgnoreFiles,
  isMoved = false,
): PlannedFile {
  const block = lines === undefined ? null : [REMARK, ...lines].join("\n");
  const says = "git tracks the records";
  const addition = { path, says, block, isMoved };
  return settleAddition(addition, files.current.get(path) ?? null, files.entries.get(path));
}

function bare(files: IgnoreFiles, path: string): string | Buffer | null {
  const current = files.current.get(path) ?? null;
  const entry = files.entries.get(path);
  return current !== null && entry ? withoutAddition(current.toString("latin1"), entry) : current;
}

/**
 * Plans the ignore files so that git tracks the records, and the files that init writes. Each step is tried on git
 * itself before anything is written.
 * @param own paths that init writes
 * @returns the files, and what git would ignore all the same, with the rule
 */
export async function planIgnore(
  repository: Repository,
  files: IgnoreFiles,
  own: readonly string[],
): Promise<{ planned: PlannedFile[]; stillIgnored: string[] }> {
  const others = [...files.current].filter(([path]) => path !== IGNORE_FILE && path !== NESTED_IGNORE_FILE);
  const look = async (
    texts: (path: string) => string | Buffer | null,
    blocks: Blocks,
  ): Promise<{ next: Blocks; ignored: string[] }> => {
    const laid = new Map([IGNORE_FILE, NESTED_IGNORE_FILE].map((path) => [path, texts(path)] as const));
    for (const [path, content] of others) laid.set(path, content);
    return askGitAbout(repository, laid, async (view) => {
      const ignored = await view.findIgnored([...RECORD_PROBES, ...own]);
      return {
        next: await nextBlocks(view, own, blocks),
        ignored: [...ignored.values()].map(({ rule }) => rule),
      };
    });
  };
  let blocks: Blocks = new Map();
  let isMoved = false;
  let { next, ignored } = await look((path) => bare(files, path), blocks);
  // The top's rule hides that of the folder below, so the second look may find one more; what somebody added below
  // init's lines is found by the third.
  for (let round = 0; round < 4 && ignored.length > 0 && next.size > 0; round += 1) {
    isMoved = [...next].join() === [...blocks].join();
    blocks = next;
    const texts = (path: string) => settle(path, next.get(path), files, isMoved).after;
    ({ next, ignored } = await look(texts, blocks));
  }
  const paths = [IGNORE_FILE, NESTED_IGNORE_FILE].filter((path) => path === IGNORE_FILE || blocks.has(path));
  return {
    planned: paths.map((path) => settle(path, blocks.get(path), files, isMoved)),
    stillIgnored: [...new Set(ignored)],
  };
}
