import { readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import { messageOf, Refusal, systemCode } from "../../platform/errors/index.ts";
import type { Host } from "./host-tools.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Longer folder names are cut by Claude Code, and end in a sum. */
const MAX_SLUG = 200;
const DEEPEST = 6;

/** Notes that lie among the logs, and copies of what the session's own log holds. */
function isLog(host: Host, name: string): boolean {
  if (!name.endsWith(".jsonl")) return false;
  if (host === "codex") return name.startsWith("rollout-");
  return !name.startsWith("agent-acompact-") && name !== "journal.jsonl" && name !== "history.jsonl";
}

function logsBelow(folder: string, host: Host, depth = DEEPEST): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return depth > 0 ? logsBelow(path, host, depth - 1) : [];
    return entry.isFile() && isLog(host, entry.name) ? [path] : [];
  });
}

/** Sessions before their subagents: of a call that stands in both, the session's own log is heard first. */
function inOrder(paths: readonly string[]): string[] {
  const rank = (path: string) => (basename(path).startsWith("agent-") ? 1 : 0);
  return [...new Set(paths)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
    return [];
  }
}

/** Where a host keeps its logs: `CLAUDE_CONFIG_DIR` and `CODEX_HOME` move them, as the hosts document. */
export function logFolder(host: Host, env: Environment): string {
  if (host === "codex") return join(env.CODEX_HOME || join(homedir(), ".codex"), "sessions");
  return join(env.CLAUDE_CONFIG_DIR || join(homedir(), ".claude"), "projects");
}

/** All logs that may be of this checkout. Claude Code names a folder by the working folder's path. */
export function findLogs(host: Host, root: string, env: Environment): string[] {
  const folder = logFolder(host, env);
  if (host === "codex")
    return inOrder(foldersIn(folder).flatMap((year) => logsBelow(join(folder, year), host)));
  const slug = root.replace(/[^A-Za-z0-9]/g, "-").slice(0, MAX_SLUG);
  const projects = foldersIn(folder).filter((name) => name.startsWith(slug));
  return inOrder(projects.flatMap((name) => logsBelow(join(folder, name), host)));
}

function namedLog(path: string, host: Host): { path: string; isNamed: boolean }[] {
  try {
    if (!statSync(path).isDirectory()) return [{ path, isNamed: true }];
    return inOrder(logsBelow(path, host)).map((found) => ({ path: found, isNamed: false }));
  } catch (cause) {
    throw new Refusal("INPUT_INVALID", `${path} cannot be read: ${messageOf(cause)}`, {
      hint: "name a log, or a folder of logs",
    });
  }
}

/**
 * The logs that words of the command line name; those in folders may be of other checkouts.
 * @throws Refusal INPUT_INVALID
 */
export function namedLogs(
  words: readonly string[],
  host: Host,
  cwd: string,
): { path: string; isNamed: boolean }[] {
  return words.flatMap((word) => namedLog(resolve(cwd, word), host));
}

/** When a log was written to last, in milliseconds since 1970; null when it is gone. */
export function writtenAt(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
