import { messageOf } from "../../../platform/errors/index.ts";
import { type Conclusion, evaluateCondition, fill } from "./evaluate-condition.ts";
import type { Job, Workflow } from "./workflow.ts";

/** How a job would end, and why. */
export interface JobAnswer {
  conclusion: Conclusion;
  reason: string;
  /** The change answered for itself, with its own workflow or tool. */
  own: boolean;
  /** Something of the job could not be played: what it does was taken as well done. */
  unplayed: boolean;
}

/** One check that a workflow would report, under its name. */
export interface CheckAnswer extends JobAnswer {
  check: string;
}

/** Plays one job of the matrix; `contexts` holds `needs` and `matrix` beside what the run gave. */
export type PlayJob = (job: Job, contexts: Readonly<Record<string, unknown>>) => Promise<JobAnswer>;

interface Played {
  conclusions: Map<string, Conclusion>;
  checks: CheckAnswer[];
}

/** All jobs before this one, since GitHub's `success()` asks every ancestor. */
function ancestorsOf(job: Job, jobs: readonly Job[], seen = new Set<string>()): Set<string> {
  for (const need of job.needs) {
    if (seen.has(need)) continue;
    seen.add(need);
    const found = jobs.find((candidate) => candidate.id === need);
    if (found) ancestorsOf(found, jobs, seen);
  }
  return seen;
}

/** The name of a check: the job's, and the values of its matrix when the name does not hold them. */
export function checkName(job: Job, contexts: Readonly<Record<string, unknown>>): string {
  const values = Object.values((contexts.matrix ?? {}) as Record<string, unknown>);
  if (job.name.includes("${{")) return fill(job.name, { contexts, before: [] });
  return values.length === 0 ? job.name : `${job.name} (${values.map(String).join(", ")})`;
}

function worst(conclusions: readonly Conclusion[]): Conclusion {
  const order: readonly Conclusion[] = ["failure", "cancelled", "skipped"];
  return order.find((conclusion) => conclusions.includes(conclusion)) ?? "success";
}

const SKIPPED = { conclusion: "skipped", own: false, unplayed: false } as const;

/** A job that is skipped is reported once, under its unexpanded name. */
function skip(job: Job, reason: string, played: Played, contexts: Readonly<Record<string, unknown>>): void {
  played.conclusions.set(job.id, "skipped");
  const names = job.matrix.map((row) => checkName(job, { ...contexts, matrix: row }));
  for (const check of names) played.checks.push({ ...SKIPPED, check, reason });
}

async function playOne(
  job: Job,
  workflow: Workflow,
  run: Readonly<Record<string, unknown>>,
  played: Played,
  play: PlayJob,
): Promise<void> {
  const before = [...ancestorsOf(job, workflow.jobs)].map((id) => played.conclusions.get(id) ?? "skipped");
  const needs = Object.fromEntries(
    job.needs.map((id) => [id, { result: played.conclusions.get(id) ?? "skipped", outputs: {} }]),
  );
  const contexts = { ...run, needs };
  if (!evaluateCondition(job.condition, { contexts, before })) {
    const blamed = job.needs.find((id) => played.conclusions.get(id) !== "success");
    const reason =
      blamed && /^success\(\)$/.test(job.condition) ? `${blamed} did not pass` : `if: ${job.condition}`;
    return skip(job, `skipped by ${reason}`, played, contexts);
  }
  const ends: Conclusion[] = [];
  for (const matrix of job.matrix) {
    const answer = await play(job, { ...contexts, matrix });
    ends.push(job.continueOnError ? "success" : answer.conclusion);
    played.checks.push({ ...answer, check: checkName(job, { ...contexts, matrix }) });
  }
  played.conclusions.set(job.id, worst(ends));
}

/** Jobs in an order in which each comes after what it needs. GitHub's parser has refused circles before. */
function inOrder(jobs: readonly Job[]): Job[] {
  const waiting = [...jobs];
  const ordered: Job[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex((job) =>
      job.needs.every((need) => !waiting.some(({ id }) => id === need)),
    );
    ordered.push(...waiting.splice(Math.max(next, 0), 1));
  }
  return ordered;
}

/**
 * Plays the jobs of a workflow that was triggered, as GitHub would order and skip them.
 * @param run contexts of the run: `github`, `env`, `vars`, …
 */
export async function playJobs(
  workflow: Workflow,
  run: Readonly<Record<string, unknown>>,
  play: PlayJob,
): Promise<CheckAnswer[]> {
  const played: Played = { conclusions: new Map(), checks: [] };
  for (const job of inOrder(workflow.jobs)) {
    try {
      await playOne(job, workflow, run, played, play);
    } catch (cause) {
      const reason = `GitHub could not evaluate it: ${messageOf(cause)}`;
      played.conclusions.set(job.id, "failure");
      played.checks.push({ check: job.name, conclusion: "failure", reason, own: false, unplayed: false });
    }
  }
  return played.checks;
}
