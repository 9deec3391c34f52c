import { commitTree, type Repository } from "../../../platform/git/index.ts";
import { formatTimestamp } from "../../../vocabulary/timestamp.ts";
import { readConfig } from "../../config/index.ts";
import { changedCode } from "../../evidence/index.ts";
import { findCheckout, readUnrecorded } from "../../recorder/index.ts";
import type { Difference } from "../compare/find-differences.ts";
import { type SeenCall, witnessesOf } from "../compare/match-calls.ts";
import { compareWitnesses } from "../compare-witnesses.ts";
import { readCompared } from "../gather-witness.ts";
import type { Witness } from "../seen-line.ts";
import type { WitnessFacts } from "../witness-facts.ts";
import { measureWitnesses, READING_RULE, SEEN_RULE } from "./measure-witnesses.ts";
import { readStretch, type WitnessQuery } from "./read-stretch.ts";

/** Version of the form of {@link WitnessCoverage}. */
export const WITNESS_COVERAGE_SCHEMA = "growth-engine/witness-coverage@1";

/** One call, and who saw it. */
export interface ToldCall {
  /** RFC 3339. */
  at: string;
  agent: string;
  task: string | null;
  tool: string;
  call: string | null;
  action: string;
  doc_ref: string;
  seenBy: Witness[];
  /** `file:line` of each line. */
  lines: string[];
}

/** What could not be recorded in this checkout, by recorder and reason. */
export interface NotRecorded {
  recorder: string;
  reason: string;
  calls: number;
}

type Timed<Times extends { from: number; until: number }> = Omit<Times, "from" | "until"> & {
  /** RFC 3339. */
  from: string;
  until: string;
};
type TimedFile = Omit<WitnessFacts["files"][number], "firstEdit"> & {
  firstEdit: { at: string; agent: string; witness: Witness } | null;
};

/** Who saw the work of a range: what `growth-engine witness coverage --json` prints. */
export interface WitnessCoverage extends ReturnType<typeof measureWitnesses> {
  schema: typeof WITNESS_COVERAGE_SCHEMA;
  range: string;
  head: string;
  commits: number;
  /** What counts, in a sentence each. */
  rules: { seen: string; documentation: string };
  witnesses: WitnessFacts["witnesses"];
  calls: ToldCall[];
  claimedOnly: number;
  files: TimedFile[];
  differences: Timed<Difference>[];
  packages: WitnessFacts["packages"];
  /** Witnesses that this command does not see, in sentences. */
  unseen: string[];
  notRecorded: NotRecorded[];
}

/** Without a server nothing is known of what only it holds. */
const UNSEEN = ["telemetry that only the control plane holds is not seen here"];

function toldCall(call: SeenCall): ToldCall {
  const first = call.lines[0];
  return {
    at: formatTimestamp(call.at),
    agent: first?.agent ?? "",
    task: call.lines.map(({ task }) => task).find((task) => task !== null) ?? null,
    tool: first?.tool ?? "",
    call: call.lines.map(({ call: name }) => name).find((name) => name !== null) ?? null,
    action: first?.action ?? "",
    doc_ref: first?.ref ?? "",
    seenBy: witnessesOf(call),
    lines: call.lines.map(({ place }) => place),
  };
}

function notRecorded(folder: string | null): NotRecorded[] {
  const checkout = folder === null ? null : findCheckout(folder);
  const found = new Map<string, NotRecorded>();
  for (const { recorder, reason, calls } of checkout === null ? [] : readUnrecorded(checkout)) {
    const key = `${recorder}\0${reason}`;
    found.set(key, { recorder, reason, calls: calls + (found.get(key)?.calls ?? 0) });
  }
  return [...found.values()];
}

function timed({ from, until, ...rest }: Difference): Timed<Difference> {
  return { ...rest, from: formatTimestamp(from), until: formatTimestamp(until) };
}

function timedFile({ firstEdit, ...rest }: WitnessFacts["files"][number]): TimedFile {
  return { ...rest, firstEdit: firstEdit && { ...firstEdit, at: formatTimestamp(firstEdit.at) } };
}

/**
 * Who saw the work of a range, or of the last days: by changed code file and by call.
 * @throws Refusal USAGE, REVISION_UNKNOWN, CONFIG_INVALID; Fault HISTORY_MISSING
 */
export async function readWitnessCoverage(
  repository: Repository,
  query: WitnessQuery,
): Promise<WitnessCoverage> {
  const { range, said } = await readStretch(repository, query);
  const head = commitTree(repository, range.head.id);
  const config = await readConfig(head);
  const code = changedCode(range, config);
  const { facts, calls } = compareWitnesses(await readCompared({ repository, range, config, head, code }));
  return {
    schema: WITNESS_COVERAGE_SCHEMA,
    range: said,
    head: range.head.id,
    commits: range.commits.length,
    rules: { seen: SEEN_RULE, documentation: READING_RULE },
    ...measureWitnesses(facts.files),
    witnesses: facts.witnesses,
    claimedOnly: facts.claimedOnly,
    files: facts.files.map(timedFile),
    differences: facts.differences.map(timed),
    packages: facts.packages,
    calls: calls.map(toldCall),
    unseen: UNSEEN,
    notRecorded: notRecorded(repository.worktree),
  };
}
