import { z } from "zod";
import { clipped, clippedOrNull, forgeTime, rulesIn } from "./clipped.ts";
import { type EventFacts, NO_FACTS, type PullFact, type ReviewFact, type RunFact } from "./facts.ts";

// The fields of docs.gitlab.com "Webhook events" that are read; all others are passed over.
const commit = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const number = z.int().min(1).max(2_147_483_647);
const id = z.int().min(0);
const time = z.string().nullish();
const project = z.object({ path_with_namespace: z.string().max(300) });
const user = z.object({ username: z.string() }).nullish();

const MergeRequest = z.object({
  iid: number,
  title: z.string(),
  description: z.string().nullish(),
  state: z.enum(["opened", "closed", "merged", "locked"]),
  draft: z.boolean().nullish(),
  source_branch: z.string(),
  target_branch: z.string(),
  source_project_id: id.nullish(),
  target_project_id: id.nullish(),
  last_commit: z.object({ id: commit }),
  merge_commit_sha: z.string().nullish(),
  created_at: z.string(),
  updated_at: z.string(),
  url: z.string().nullish(),
  action: z.string().nullish(),
});

const Pipeline = z.object({
  id,
  name: z.string().nullish(),
  ref: z.string().nullish(),
  sha: commit,
  source: z.string().nullish(),
  status: z.string(),
  created_at: z.string(),
  finished_at: time,
  url: z.string().nullish(),
});

const Job = z.object({
  build_id: id,
  build_name: z.string(),
  build_stage: z.string().nullish(),
  build_status: z.string(),
  build_created_at: time,
  build_started_at: time,
  build_finished_at: time,
  build_failure_reason: z.string().nullish(),
  pipeline_id: id.nullish(),
  ref: z.string().nullish(),
  sha: commit,
  project: project.nullish(),
});

const Note = z.object({
  id,
  noteable_type: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});

const NAME = 300;
const MAX_BODY = 300_000;
const EPOCH = "1970-01-01T00:00:00.000Z";
const at = (text: string | null | undefined): string => forgeTime(text) ?? EPOCH;
const PULL_STATES = { opened: "open", closed: "closed", merged: "merged", locked: "open" } as const;

function pullOf(merge: z.output<typeof MergeRequest>, author: string | null): PullFact {
  const state = PULL_STATES[merge.state];
  const updatedAt = at(merge.updated_at);
  return {
    pull: merge.iid,
    title: clipped(merge.title, 1_000),
    body: clipped(merge.description, MAX_BODY),
    author: merge.action === "open" ? author : null,
    state,
    isDraft: merge.draft ?? false,
    head: merge.last_commit.id,
    headRef: clipped(merge.source_branch, NAME),
    base: null,
    baseRef: clipped(merge.target_branch, NAME),
    fromFork: merge.source_project_id !== merge.target_project_id,
    url: clipped(merge.url, 1_000),
    openedAt: at(merge.created_at),
    closedAt: state === "open" ? null : updatedAt,
    // GitLab does not tell when, only that it was: the event is of that moment.
    mergedAt: state === "merged" ? updatedAt : null,
    mergeCommit: clippedOrNull(merge.merge_commit_sha, 64),
    updatedAt,
  };
}

const APPROVALS: Readonly<Record<string, ReviewFact["state"]>> = {
  approved: "approved",
  approval: "approved",
  unapproved: "dismissed",
  unapproval: "dismissed",
};

function approvalOf(merge: z.output<typeof MergeRequest>, author: string): ReviewFact[] {
  const state = APPROVALS[merge.action ?? ""];
  if (!state) return [];
  const updatedAt = at(merge.updated_at);
  const review = `approval:${merge.iid}:${clipped(author, NAME)}`;
  return [
    { review, pull: merge.iid, author, state, head: merge.last_commit.id, submittedAt: updatedAt, updatedAt },
  ];
}

/** docs.gitlab.com "CI/CD pipelines", pipeline statuses; what has another name waits. */
const STATES: Readonly<Record<string, Pick<RunFact, "status" | "conclusion">>> = {
  running: { status: "running", conclusion: null },
  success: { status: "completed", conclusion: "success" },
  failed: { status: "completed", conclusion: "failure" },
  canceled: { status: "completed", conclusion: "cancelled" },
  skipped: { status: "completed", conclusion: "skipped" },
};
/** Failure reasons that are no fault of the script (docs.gitlab.com "Jobs", job failure reasons). */
const REASONS: Readonly<Record<string, string>> = {
  job_execution_timeout: "timed_out",
  stuck_or_timeout_failure: "timed_out",
  runner_system_failure: "startup_failure",
  scheduler_failure: "startup_failure",
};

function stateOf(status: string, reason: string | null | undefined): Pick<RunFact, "status" | "conclusion"> {
  const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  if (!state) return { status: "waiting", conclusion: null };
  const why = state.conclusion === "failure" ? REASONS[reason ?? ""] : undefined;
  return why === undefined ? state : { ...state, conclusion: why };
}

function pipelineOf(pipeline: z.output<typeof Pipeline>): RunFact {
  const completedAt = forgeTime(pipeline.finished_at);
  const name = clipped(pipeline.name, NAME) || "pipeline";
  return {
    kind: "workflow",
    run: `${pipeline.id}`,
    attempt: 1,
    parent: null,
    name,
    workflow: name,
    head: pipeline.sha,
    headRef: clippedOrNull(pipeline.ref, NAME),
    event: clippedOrNull(pipeline.source, 100),
    ...stateOf(pipeline.status, null),
    createdAt: at(pipeline.created_at),
    startedAt: forgeTime(pipeline.created_at),
    completedAt,
    updatedAt: completedAt ?? at(pipeline.created_at),
    url: clippedOrNull(pipeline.url, 1_000),
    failedStep: null,
    says: null,
    rules: [],
  };
}

function jobOf(job: z.output<typeof Job>): RunFact {
  const [startedAt, completedAt] = [forgeTime(job.build_started_at), forgeTime(job.build_finished_at)];
  const state = stateOf(job.build_status, job.build_failure_reason);
  const createdAt = forgeTime(job.build_created_at) ?? startedAt ?? EPOCH;
  const hasFailed = state.conclusion !== null && state.conclusion !== "success";
  return {
    kind: "job",
    run: `${job.build_id}`,
    attempt: 1,
    parent: job.pipeline_id ? `${job.pipeline_id}` : null,
    name: clipped(job.build_name, NAME),
    workflow: "pipeline",
    head: job.sha,
    headRef: clippedOrNull(job.ref, NAME),
    event: null,
    ...state,
    createdAt,
    startedAt,
    completedAt,
    updatedAt: completedAt ?? startedAt ?? createdAt,
    url: null,
    failedStep: hasFailed ? clippedOrNull(job.build_stage, NAME) : null,
    says: hasFailed ? clippedOrNull(job.build_failure_reason, NAME) : null,
    rules: rulesIn(job.build_name),
  };
}

type Said = Omit<EventFacts, "forgeName">;
type Read = (payload: unknown) => Said;

const aboutRun = (run: RunFact): Said => ({
  ...NO_FACTS,
  action: run.status,
  says: `${run.name} ${run.conclusion ?? run.status}`,
  runs: [run],
});

function readMerge(payload: unknown): Said {
  const { object_attributes: merge, user: who } = z
    .object({ object_attributes: MergeRequest, user })
    .parse(payload);
  const author = clipped(who?.username, NAME);
  return {
    action: clippedOrNull(merge.action, 100),
    says: `!${merge.iid}`,
    pulls: [pullOf(merge, author || null)],
    reviews: approvalOf(merge, author),
    runs: [],
  };
}

function readNote(payload: unknown): Said {
  const frame = z.object({
    object_attributes: Note,
    user,
    merge_request: z.object({ iid: number, last_commit: z.object({ id: commit }).nullish() }).nullish(),
  });
  const { object_attributes: note, user: who, merge_request: merge } = frame.parse(payload);
  if (!merge) return { ...NO_FACTS, action: null, says: clipped(note.noteable_type, 50) };
  const review: ReviewFact = {
    review: `note:${note.id}`,
    pull: merge.iid,
    author: clipped(who?.username, NAME),
    state: "commented",
    head: merge.last_commit?.id ?? null,
    submittedAt: at(note.created_at),
    updatedAt: at(note.updated_at),
  };
  return { ...NO_FACTS, action: null, says: `!${merge.iid} commented`, reviews: [review] };
}

function readPush(payload: unknown): Said {
  const push = z.object({ ref: z.string(), before: z.string(), after: z.string() }).parse(payload);
  const range = `${clipped(push.before, 12)}..${clipped(push.after, 12)}`;
  return { ...NO_FACTS, action: null, says: `${clipped(push.ref, NAME)} ${range}` };
}

const READERS: Readonly<Record<string, Read>> = {
  merge_request: readMerge,
  pipeline: (payload) =>
    aboutRun(pipelineOf(z.object({ object_attributes: Pipeline }).parse(payload).object_attributes)),
  build: (payload) => aboutRun(jobOf(Job.parse(payload))),
  note: readNote,
  push: readPush,
  tag_push: readPush,
};

/** The kind that a GitLab event says it is: part of the body, so that a signature covers it. */
export function kindOfGitlab(payload: unknown): string {
  const kind = (payload as { object_kind?: unknown } | null)?.object_kind;
  return typeof kind === "string" ? kind.slice(0, 100) : "";
}

/**
 * What a GitLab event says; null for kinds that are not read.
 * @throws ZodError when an event of a known kind lacks what it must have
 */
export function readGitlab(payload: unknown): EventFacts | null {
  const kind = kindOfGitlab(payload);
  const read = Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
  if (!read) return null;
  const { project: of } = z.object({ project }).parse(payload);
  return { forgeName: of.path_with_namespace, ...read(payload) };
}
