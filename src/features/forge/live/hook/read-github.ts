import { z } from "zod";
import { clipped, clippedOrNull, forgeTime, rulesIn } from "./clipped.ts";
import { type EventFacts, NO_FACTS, type PullFact, type ReviewFact, type RunFact } from "./facts.ts";

// The fields of docs.github.com "Webhook events and payloads" that are read; all others are passed over.
const commit = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const number = z.int().min(1).max(2_147_483_647);
const id = z.int().min(0);
const user = z.object({ login: z.string() }).nullish();
const time = z.string().nullish();
const repository = z.object({ full_name: z.string().max(300), id });
const Frame = z.object({ action: z.string().max(100).optional(), repository });

const side = z.object({ sha: commit, ref: z.string(), repo: z.object({ id }).nullish() });
const Pull = z.object({
  number,
  title: z.string(),
  body: z.string().nullish(),
  user,
  state: z.enum(["open", "closed"]),
  draft: z.boolean().nullish(),
  head: side,
  base: side,
  html_url: z.string(),
  created_at: z.string(),
  closed_at: time,
  merged_at: time,
  merge_commit_sha: z.string().nullish(),
  updated_at: z.string(),
});

const Review = z.object({
  id,
  user,
  state: z.string(),
  commit_id: z.string().nullish(),
  submitted_at: time,
});

const state = z.object({ status: z.string().nullish(), conclusion: z.string().max(100).nullish() });
const CheckRun = state.extend({
  id,
  name: z.string(),
  head_sha: commit,
  started_at: time,
  completed_at: time,
  html_url: z.string().nullish(),
  output: z
    .object({ title: z.string().nullish(), summary: z.string().nullish(), text: z.string().nullish() })
    .nullish(),
  check_suite: z.object({ id: id.nullish(), head_branch: z.string().nullish() }).nullish(),
});
const CheckSuite = state.extend({
  id,
  head_sha: commit,
  head_branch: z.string().nullish(),
  created_at: time,
  updated_at: time,
  app: z.object({ name: z.string() }).nullish(),
});
const WorkflowRun = state.extend({
  id,
  name: z.string().nullish(),
  head_sha: commit,
  head_branch: z.string().nullish(),
  event: z.string().nullish(),
  created_at: z.string(),
  run_started_at: time,
  updated_at: z.string(),
  run_attempt: z.int().min(1).nullish(),
  html_url: z.string().nullish(),
});
const WorkflowJob = state.extend({
  id,
  run_id: id,
  run_attempt: z.int().min(1).nullish(),
  name: z.string(),
  workflow_name: z.string().nullish(),
  head_sha: commit,
  head_branch: z.string().nullish(),
  created_at: time,
  started_at: time,
  completed_at: time,
  html_url: z.string().nullish(),
  steps: z.array(z.object({ name: z.string(), conclusion: z.string().nullish() })).nullish(),
});
const Status = z.object({
  id,
  sha: commit,
  context: z.string(),
  state: z.enum(["pending", "success", "failure", "error"]),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
  created_at: z.string(),
  updated_at: z.string(),
});
const Push = z.object({
  ref: z.string(),
  before: z.string(),
  after: z.string(),
  forced: z.boolean().nullish(),
});

const NAME = 300;
const SAYS = 2_000;
const MAX_BODY = 300_000;
const EPOCH = "1970-01-01T00:00:00.000Z";
const at = (text: string | null | undefined): string => forgeTime(text) ?? EPOCH;

function pullOf(pull: z.output<typeof Pull>): PullFact {
  const mergedAt = forgeTime(pull.merged_at);
  const { head, base } = pull;
  return {
    pull: pull.number,
    title: clipped(pull.title, 1_000),
    body: clipped(pull.body, MAX_BODY),
    author: clippedOrNull(pull.user?.login, NAME),
    state: mergedAt ? "merged" : pull.state,
    isDraft: pull.draft ?? false,
    head: head.sha,
    headRef: clipped(head.ref, NAME),
    base: base.sha,
    baseRef: clipped(base.ref, NAME),
    // A fork that was deleted is null: it was no branch of this repository.
    fromFork: head.repo?.id !== base.repo?.id,
    url: clipped(pull.html_url, 1_000),
    openedAt: at(pull.created_at),
    closedAt: forgeTime(pull.closed_at),
    mergedAt,
    mergeCommit: mergedAt ? clippedOrNull(pull.merge_commit_sha, 64) : null,
    updatedAt: at(pull.updated_at),
  };
}

const REVIEWS = new Set(["approved", "changes_requested", "commented", "dismissed"]);

function reviewOf(review: z.output<typeof Review>, pull: z.output<typeof Pull>): ReviewFact[] {
  const says = review.state.toLowerCase();
  if (!REVIEWS.has(says)) return [];
  return [
    {
      review: `${review.id}`,
      pull: pull.number,
      author: clipped(review.user?.login, NAME),
      state: says as ReviewFact["state"],
      head: clippedOrNull(review.commit_id, 64),
      submittedAt: at(review.submitted_at ?? pull.updated_at),
      updatedAt: at(pull.updated_at),
    },
  ];
}

const STATUSES: Record<string, RunFact["status"]> = { in_progress: "running", completed: "completed" };

function stateOf({ status, conclusion }: z.output<typeof state>): Pick<RunFact, "status" | "conclusion"> {
  const known = STATUSES[status ?? ""] ?? "waiting";
  return { status: known, conclusion: known === "completed" ? (conclusion ?? null) : null };
}

const BARE = {
  attempt: 1,
  parent: null,
  workflow: null,
  headRef: null,
  event: null,
  startedAt: null,
  completedAt: null,
  url: null,
  failedStep: null,
  says: null,
  rules: [],
};

function checkOf(check: z.output<typeof CheckRun>): RunFact {
  const { title, summary, text } = check.output ?? {};
  const [startedAt, completedAt] = [forgeTime(check.started_at), forgeTime(check.completed_at)];
  return {
    ...BARE,
    kind: "check",
    run: `${check.id}`,
    parent: check.check_suite?.id ? `${check.check_suite.id}` : null,
    name: clipped(check.name, NAME),
    head: check.head_sha,
    headRef: clippedOrNull(check.check_suite?.head_branch, NAME),
    ...stateOf(check),
    createdAt: startedAt ?? completedAt ?? EPOCH,
    startedAt,
    completedAt,
    updatedAt: completedAt ?? startedAt ?? EPOCH,
    url: clippedOrNull(check.html_url, 1_000),
    says: clippedOrNull([title, summary].filter(Boolean).join(": "), SAYS),
    rules: rulesIn(title, summary, text),
  };
}

function suiteOf(suite: z.output<typeof CheckSuite>): RunFact {
  const said = stateOf(suite);
  const updatedAt = at(suite.updated_at);
  return {
    ...BARE,
    kind: "suite",
    run: `${suite.id}`,
    name: clipped(suite.app?.name, NAME),
    head: suite.head_sha,
    headRef: clippedOrNull(suite.head_branch, NAME),
    ...said,
    createdAt: at(suite.created_at),
    completedAt: said.status === "completed" ? updatedAt : null,
    updatedAt,
  };
}

function workflowOf(run: z.output<typeof WorkflowRun>): RunFact {
  const said = stateOf(run);
  const updatedAt = at(run.updated_at);
  return {
    ...BARE,
    kind: "workflow",
    run: `${run.id}`,
    attempt: run.run_attempt ?? 1,
    name: clipped(run.name, NAME),
    workflow: clipped(run.name, NAME),
    head: run.head_sha,
    headRef: clippedOrNull(run.head_branch, NAME),
    event: clippedOrNull(run.event, 100),
    ...said,
    createdAt: at(run.created_at),
    startedAt: forgeTime(run.run_started_at),
    completedAt: said.status === "completed" ? updatedAt : null,
    updatedAt,
    url: clippedOrNull(run.html_url, 1_000),
  };
}

const BROKEN = new Set(["failure", "timed_out", "cancelled"]);

function jobOf(job: z.output<typeof WorkflowJob>): RunFact {
  const [startedAt, completedAt] = [forgeTime(job.started_at), forgeTime(job.completed_at)];
  const step = job.steps?.find(({ conclusion }) => BROKEN.has(conclusion ?? ""));
  return {
    ...BARE,
    kind: "job",
    run: `${job.id}`,
    attempt: job.run_attempt ?? 1,
    parent: `${job.run_id}`,
    name: clipped(job.name, NAME),
    workflow: clippedOrNull(job.workflow_name, NAME),
    head: job.head_sha,
    headRef: clippedOrNull(job.head_branch, NAME),
    ...stateOf(job),
    createdAt: forgeTime(job.created_at) ?? startedAt ?? EPOCH,
    startedAt,
    completedAt,
    updatedAt: completedAt ?? startedAt ?? at(job.created_at),
    url: clippedOrNull(job.html_url, 1_000),
    failedStep: clippedOrNull(step?.name, NAME),
    rules: rulesIn(step?.name),
  };
}

function statusOf(status: z.output<typeof Status>): RunFact {
  const isOver = status.state !== "pending";
  const updatedAt = at(status.updated_at);
  return {
    ...BARE,
    kind: "status",
    // Each change of a status has a number of its own; what stays is its name over the commit.
    run: `${status.sha}:${clipped(status.context, NAME)}`,
    name: clipped(status.context, NAME),
    head: status.sha,
    status: isOver ? "completed" : "running",
    conclusion: isOver ? (status.state === "error" ? "failure" : status.state) : null,
    createdAt: at(status.created_at),
    completedAt: isOver ? updatedAt : null,
    updatedAt,
    url: clippedOrNull(status.target_url, 1_000),
    says: clippedOrNull(status.description, SAYS),
    rules: rulesIn(status.description),
  };
}

type Said = Omit<EventFacts, "forgeName" | "action">;
type Read = (payload: unknown) => Said;

const aboutPull = (payload: unknown): Said => {
  const { pull_request: pull } = z.object({ pull_request: Pull }).parse(payload);
  return { ...NO_FACTS, says: `#${pull.number}`, pulls: [pullOf(pull)] };
};
const aboutRun = <T extends z.ZodType>(
  name: string,
  schema: T,
  read: (value: z.output<T>) => RunFact,
): Read => {
  const frame = z.object({ [name]: schema });
  return (payload) => {
    const run = read(frame.parse(payload)[name] as z.output<T>);
    return { ...NO_FACTS, says: `${run.name} ${run.conclusion ?? run.status}`, runs: [run] };
  };
};

const READERS: Readonly<Record<string, Read>> = {
  pull_request: aboutPull,
  pull_request_review: (payload) => {
    const { review, pull_request: pull } = z.object({ review: Review, pull_request: Pull }).parse(payload);
    return {
      ...NO_FACTS,
      says: `#${pull.number} ${clipped(review.state, 50)}`,
      pulls: [pullOf(pull)],
      reviews: reviewOf(review, pull),
    };
  },
  push: (payload) => {
    const { ref, before, after, forced } = Push.parse(payload);
    const range = `${clipped(before, 12)}..${clipped(after, 12)}`;
    return { ...NO_FACTS, says: `${clipped(ref, NAME)} ${range}${forced ? " forced" : ""}` };
  },
  check_run: aboutRun("check_run", CheckRun, checkOf),
  check_suite: aboutRun("check_suite", CheckSuite, suiteOf),
  workflow_run: aboutRun("workflow_run", WorkflowRun, workflowOf),
  workflow_job: aboutRun("workflow_job", WorkflowJob, jobOf),
  status: (payload) => {
    const run = statusOf(Status.parse(payload));
    return { ...NO_FACTS, says: `${run.name} ${run.conclusion ?? run.status}`, runs: [run] };
  },
};

/**
 * What a GitHub event says; null for kinds that are not read.
 * @throws ZodError when an event of a known kind lacks what it must have
 */
export function readGithub(event: string, payload: unknown): EventFacts | null {
  const read = Object.hasOwn(READERS, event) ? READERS[event] : undefined;
  if (!read) return null;
  const { action, repository: of } = Frame.parse(payload);
  return { forgeName: of.full_name, action: action ?? null, ...read(payload) };
}
