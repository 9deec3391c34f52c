import { matchPaths } from "../../../platform/globs/index.ts";
import type { Finding } from "../../../vocabulary/finding.ts";
import { RUN_KINDS, type RunKind } from "../../../vocabulary/run-kind.ts";
import { formatTimestamp } from "../../../vocabulary/timestamp.ts";
import type { Config } from "../../config/index.ts";
import type { KindFacts, RunFacts, SeenRun } from "./run-facts.ts";

const MOST_NAMED = 5;
const MAX_COMMAND = 80;
const NUMBER = new Intl.NumberFormat("en-US");

const listed = (paths: readonly string[]) =>
  paths.length <= MOST_NAMED
    ? paths.join(", ")
    : `${paths.slice(0, MOST_NAMED).join(", ")} and ${paths.length - MOST_NAMED} more`;

function nameRun({ agent, at, command }: SeenRun): string {
  const short = command.length > MAX_COMMAND ? `${command.slice(0, MAX_COMMAND)}…` : command;
  return `${agent}, ${formatTimestamp(at)}, ${JSON.stringify(short)}`;
}

const hintFor = (kind: RunKind) =>
  `growth-engine run --kind ${kind} -- <command>, on the last state of the change, then commit its line under artifacts/`;

/** The kinds that the config wants of these changes, each with a path that asks for it. */
export function requiredKinds(changed: readonly string[], config: Config): Map<RunKind, string> {
  const isNonCode = matchPaths(config.evidence.nonCode);
  const code = changed.filter((path) => !isNonCode(path));
  const required = new Map<RunKind, string>();
  for (const [glob, kinds] of Object.entries(config.run.require)) {
    const path = code.find(matchPaths([glob]));
    if (path !== undefined) for (const kind of kinds) if (!required.has(kind)) required.set(kind, path);
  }
  return required;
}

function place({ file, line }: SeenRun): Pick<Finding, "file" | "line"> {
  return { file, line };
}

function judgeMissing(kind: RunKind, path: string, facts: KindFacts | undefined): Finding[] {
  if (facts && facts.passed > 0) return [];
  const runs = facts ? `${facts.runs} recorded, none of which passed` : "none is recorded";
  const message = `run.require asks for a passing ${kind} run, since ${path} changed: ${runs} in this range`;
  return [{ rule: "run/missing", message, hint: hintFor(kind) }];
}

/** Files of the change whose difference counts: what is no code by the config does not. */
export function staleFiles({ last }: KindFacts, config: Config): string[] {
  const isNonCode = matchPaths(config.evidence.nonCode);
  return (last.covers.differing ?? []).filter((path) => !isNonCode(path));
}

function judgeStale(facts: KindFacts, config: Config): Finding[] {
  const { kind, last } = facts;
  const files = staleFiles(facts, config);
  if (!last.passed || (files.length === 0 && last.covers.unknown === null)) return [];
  const after = last.covers.unknown
    ? `which files changed after it cannot be told: ${last.covers.unknown}`
    : `these files changed after it: ${listed(files)}`;
  const message = `the last passing ${kind} run (${nameRun(last)}) covers tree ${last.tree?.slice(0, 12) ?? "unknown"}; ${after}`;
  return [{ rule: "run/stale", message, ...place(last), hint: hintFor(kind) }];
}

function judgeFailed({ kind, last, passed }: KindFacts, required: boolean): Finding[] {
  // Without any that passed a required kind is missing, which says it all.
  if (last.passed || (required && passed === 0)) return [];
  const where = last.covers.differing?.length === 0 ? "on what the head holds" : "of this range";
  const message = `the last ${kind} run ${where} (${nameRun(last)}) ended with exit ${last.exitCode}`;
  return [{ rule: "run/failed", message, ...place(last) }];
}

function judgeShrunk({ kind, last, largest }: KindFacts): Finding[] {
  const [now, before] = [last.totals, largest?.totals];
  if (!largest || !now || !before || now.source === "claimed" || now.exist >= before.exist) return [];
  const where = largest.atBase ? "in the last one recorded at the base" : "in another one of this range";
  const same = largest.command === last.command ? "" : `, by another command`;
  const message = `${NUMBER.format(now.exist)} tests exist in the ${kind} run that counts (${nameRun(last)}); ${NUMBER.format(before.exist)} ${where}${same} (${nameRun(largest)})`;
  return [{ rule: "run/shrunk", message, ...place(last) }];
}

function judgeClaimed({ kind, last }: KindFacts): Finding[] {
  if (last.totals?.source !== "claimed") return [];
  const message = `the totals of the ${kind} run that counts (${nameRun(last)}) are read from what it printed: ${NUMBER.format(last.totals.passed)} passed`;
  return [{ rule: "run/claimed-totals", message, ...place(last) }];
}

/** What the record shows about runs of a range. A kind that nobody requires only warns. */
export function judgeRuns({ changed, kinds }: RunFacts, config: Config): Finding[] {
  const required = requiredKinds(changed, config);
  return RUN_KINDS.flatMap((kind) => {
    const path = required.get(kind);
    const facts = kinds.find((each) => each.kind === kind);
    const missing = path === undefined ? [] : judgeMissing(kind, path, facts);
    if (!facts) return missing;
    const graded = [...judgeStale(facts, config), ...judgeFailed(facts, path !== undefined)];
    const ceiling = path === undefined ? ({ ceiling: "warn" } as const) : {};
    return [
      ...missing,
      ...graded.map((finding) => ({ ...finding, ...ceiling })),
      ...judgeShrunk(facts),
      ...judgeClaimed(facts),
    ];
  });
}
