import { Fault, Refusal } from "../../../platform/errors/index.ts";
import {
  findDefaultBase,
  isShallow,
  type Range,
  type Repository,
  readRange,
  resolveCommit,
  UNSHALLOW,
} from "../../../platform/git/index.ts";

/** What is compared: a range, or the last days before a commit. */
export interface WitnessQuery {
  /** `<base>..<head>`, instead of both. */
  range?: string | undefined;
  /** Tip of the target branch; the default branch where it is not given. */
  base?: string | undefined;
  head?: string | undefined;
  /** A whole number, as text. */
  days?: string | undefined;
}

/** A range, and what it is called. */
export interface Stretch {
  range: Range;
  said: string;
}

const DAY_SECONDS = 86_400;
const DAYS = /^[1-9]\d{0,4}$/;

function refuse(message: string, hint: string): never {
  throw new Refusal("USAGE", message, { hint });
}

/** `<base>..<head>` taken apart. @throws Refusal USAGE for what exclude each other */
function endsOf({ range, base, head, days }: WitnessQuery): Omit<WitnessQuery, "range"> {
  if (base !== undefined && days !== undefined)
    refuse("--base and --days exclude each other", "leave one of them out");
  if (range === undefined) return { base, head, days };
  if (base !== undefined || head !== undefined || days !== undefined)
    refuse("a range excludes --base, --head and --days", "growth-engine witness coverage main..HEAD");
  const [, from, to] = /^(.+?)\.\.\.?(.*)$/.exec(range) ?? [];
  if (from === undefined) refuse(`"${range}" is no range`, "write it like main..HEAD");
  return { base: from, head: to === "" ? undefined : to };
}

async function gitLine(repository: Repository, words: readonly string[]): Promise<string> {
  return (await repository.git([...words])).stdout.toString().trim();
}

/** The commit of the branch's own line before the last days, by committer time; the clock is not asked. */
async function daysBefore(repository: Repository, days: string, head: string): Promise<string> {
  if (!DAYS.test(days)) refuse(`--days "${days}" is no number of days`, "--days 30");
  const tip = Number(await gitLine(repository, ["log", "--max-count=1", "--format=%ct", head]));
  const until = `--max-age=${tip - Number(days) * DAY_SECONDS}`;
  const newer = await gitLine(repository, ["rev-list", "--first-parent", until, head]);
  const oldest = newer.split("\n").at(-1) ?? head;
  const parents = (await gitLine(repository, ["rev-list", "--parents", "--max-count=1", oldest])).split(" ");
  const before = parents[1];
  if (before === undefined && (await isShallow(repository)))
    throw new Fault("HISTORY_MISSING", `this shallow clone does not reach back ${days} days`, {
      hint: UNSHALLOW,
    });
  return before ?? oldest;
}

/**
 * The range that is asked for.
 * @throws Refusal USAGE, REVISION_UNKNOWN; Fault HISTORY_MISSING
 */
export async function readStretch(repository: Repository, query: WitnessQuery): Promise<Stretch> {
  const { base, head, days } = endsOf(query);
  const tip = await resolveCommit(repository, head ?? "HEAD");
  if (days !== undefined) {
    const range = await readRange(repository, await daysBefore(repository, days, tip), tip);
    return { range, said: `${days} days up to ${tip.slice(0, 7)}` };
  }
  const target =
    base === undefined ? await findDefaultBase(repository) : await resolveCommit(repository, base);
  const range = await readRange(repository, target, tip);
  return { range, said: `${range.base.slice(0, 7)}..${tip.slice(0, 7)}` };
}
