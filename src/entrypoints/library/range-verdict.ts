import type { Config } from "../../features/config/index.ts";
import {
  type Approval,
  type AskedGuards,
  type Facts,
  gatherFacts as gather,
  guardsOf,
  judgeRange as judge,
  judgeGuards,
  refuseLongText,
  type Subject,
  type WrittenText,
  writeText,
} from "../../features/guard/index.ts";
import type { VerdictReport } from "../../features/verdict/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { openRepository } from "../../platform/git/index.ts";
import { GUARDS, type GuardName } from "../../vocabulary/finding.ts";

/** What is judged: the commits that `head` adds to `base`, and what the forge knows about them. */
export interface RangeQuery {
  /** Revision of the target's tip, whose rules and template hold; the default branch where it is not given. */
  base?: string | undefined;
  /** Revision that is judged; `HEAD` where it is not given. */
  head?: string | undefined;
  /** Pull request text, at most 256 KiB; without it only content is judged, and `""` is a text without sections. */
  text?: string | undefined;
  /** Who opened the pull request, by forge identity. */
  actor?: string | undefined;
  /** Whether this is a merge queue's commit: the end of heartbeats is then not judged. */
  mergeGroup?: boolean | undefined;
  /** Approvals of the forge, for `pullRequest.override`. */
  approvals?: readonly Approval[] | undefined;
  /** Which guards answer; where it is not given, what `growth-engine guard all` asks. */
  guards?: readonly GuardName[] | undefined;
}

function subjectOf({ base, head, text, actor, mergeGroup, approvals }: RangeQuery): Subject {
  refuseLongText(text ?? null);
  return {
    base: base ?? null,
    head: head ?? "HEAD",
    text: text ?? null,
    actor: actor ?? null,
    mergeGroup: mergeGroup ?? false,
    approvals: approvals ?? [],
  };
}

function checkGuards(guards: readonly GuardName[] | undefined): AskedGuards {
  if (guards === undefined) return "all";
  const unknown = guards.find((guard) => !GUARDS.includes(guard));
  if (unknown === undefined && guards.length > 0) return guards;
  const what = guards.length === 0 ? "no guard was named" : `there is no guard "${unknown}"`;
  throw new Refusal("USAGE", what, { hint: `guards are ${GUARDS.join(", ")}` });
}

/**
 * Judges a range of commits, as `growth-engine guard all` does. The same commits give the same verdict on any
 * machine at any later time; a world that could not be read is the verdict `error`, never a pass.
 *
 * @param folder any folder of a checkout, or of a bare repository
 * @throws Refusal USAGE, REVISION_UNKNOWN, CONFIG_INVALID, INPUT_TOO_LARGE; Fault NOT_A_REPOSITORY, FILE_FAILED
 */
export async function judgeRange(folder: string, query: RangeQuery = {}): Promise<VerdictReport> {
  const guards = checkGuards(query.guards);
  return (await judge(await openRepository(folder), subjectOf(query), guards)).report;
}

/**
 * Gathers what the guards judge, as plain JSON: it may be kept, sent and judged elsewhere. Rules and template come
 * from `base`, content from the objects of `head`; nothing of either is run.
 *
 * @param folder any folder of a checkout, or of a bare repository
 * @returns the facts, and the config of `base` by which they are to be judged
 * @throws Refusal USAGE, REVISION_UNKNOWN, CONFIG_INVALID, INPUT_TOO_LARGE; Fault where the range cannot be read
 */
export async function gatherFacts(
  folder: string,
  query: RangeQuery = {},
): Promise<{ facts: Facts; config: Config }> {
  const guards = checkGuards(query.guards);
  const { facts, config } = await gather(await openRepository(folder), subjectOf(query), guards);
  return { facts, config };
}

/**
 * Judges facts. Pure: no git, no files, no clock.
 *
 * @param guards those for which the facts were gathered; those of `growth-engine guard all` where they are not named
 * @throws Refusal USAGE for a guard that does not exist
 */
export function judgeFacts(facts: Facts, config: Config, guards?: readonly GuardName[]): VerdictReport {
  return judgeGuards(facts, config, guardsOf(checkGuards(guards), config));
}

/**
 * Writes the pull request text for a range from its facts, as `growth-engine evidence section` does. It never claims
 * an exemption which the facts contradict.
 *
 * @param folder any folder of a checkout, or of a bare repository
 * @throws Refusal REVISION_UNKNOWN, CONFIG_INVALID; Fault HISTORY_MISSING, GIT_FAILED
 */
export async function writeSection(
  folder: string,
  query: Pick<RangeQuery, "base" | "head"> = {},
): Promise<WrittenText> {
  return writeText(await openRepository(folder), query);
}
