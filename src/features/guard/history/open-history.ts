import { Fault, Refusal } from "../../../platform/errors/index.ts";
import {
  commitTree,
  findDefaultBase,
  type Repository,
  resolveCommit,
  UNSHALLOW,
} from "../../../platform/git/index.ts";
import { formatTimestamp } from "../../../vocabulary/timestamp.ts";
import { CONFIG_FILE, type Config, readConfig } from "../../config/index.ts";
import { parseSince } from "./parse-since.ts";
import { type History, readHistory } from "./read-history.ts";

/** Options of every command that looks back. */
export interface LookBackOptions {
  base?: string;
  since?: string;
  limit?: string;
}

/** History, with the config that holds today. */
export interface OpenHistory {
  history: History;
  config: Config;
}

const DEFAULT_LIMIT = 1_000;
const MOST = 100_000;

function parseLimit(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : Number.NaN;
  if (limit <= MOST) return limit;
  throw new Refusal("USAGE", `--limit "${text}" is no number from 1 to ${MOST}`, { hint: "--limit 200" });
}

/** Shown where history ends sooner than it was asked for; null where it does not. */
export function describeReach({ cut, limited, pulls }: History): string | null {
  if (cut !== null)
    return `this shallow clone reaches back to ${formatTimestamp(cut.time).slice(0, 10)} (${cut.id.slice(0, 7)}) only; for more: ${UNSHALLOW}`;
  return limited ? `the newest ${pulls.length} only; for more: --limit <number>` : null;
}

/**
 * Opens the history of the default branch, or of the one that `base` names.
 * @throws Fault HISTORY_MISSING where a shallow clone holds no pull request that could be judged
 */
export async function openHistory(
  repository: Repository,
  options: LookBackOptions,
  { since, grown }: { since: string; grown: number },
): Promise<OpenHistory> {
  const limit = parseLimit(options.limit);
  const tip =
    options.base === undefined
      ? await findDefaultBase(repository)
      : await resolveCommit(repository, options.base);
  const [history, config] = await Promise.all([
    readHistory(repository, tip, { since: parseSince(since), limit, grown }),
    readConfig(commitTree(repository, tip, CONFIG_FILE)),
  ]);
  if (history.pulls.length === 0 && (history.cut !== null || history.unread.length > 0)) {
    throw new Fault("HISTORY_MISSING", "this shallow clone holds no past pull request that could be judged", {
      hint: UNSHALLOW,
    });
  }
  return { history, config };
}
