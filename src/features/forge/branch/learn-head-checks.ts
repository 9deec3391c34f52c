import {
  askCheckRuns,
  askStatus,
  type GithubAccess,
  type RepositoryName,
} from "../../../platform/github/index.ts";
import { readObject, readText } from "../read-object.ts";
import type { HeadCheck } from "./judge-head-checks.ts";

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function runsOf(answer: unknown): HeadCheck[] {
  return listOf(readObject(answer).check_runs).map((one) => {
    const { name, status, conclusion } = readObject(one);
    const isDone = readText(status) === "completed";
    return {
      name: readText(name) ?? "unnamed",
      conclusion: isDone ? (readText(conclusion) ?? "unknown") : null,
    };
  });
}

/** States of a commit status: `success`, `pending`, `failure`, `error`. */
function statusesOf(answer: unknown): HeadCheck[] {
  return listOf(readObject(answer).statuses).map((one) => {
    const { context, state } = readObject(one);
    const said = readText(state) ?? "unknown";
    return { name: readText(context) ?? "unnamed", conclusion: said === "pending" ? null : said };
  });
}

/** What CI says of the head of a branch: check runs and statuses. */
export async function learnHeadChecks(
  access: GithubAccess,
  repository: RepositoryName,
  branch: string,
): Promise<HeadCheck[] | { unseen: string }> {
  const ref = `heads/${branch}`;
  const [runs, status] = await Promise.all([
    askCheckRuns(access, repository, ref),
    askStatus(access, repository, ref),
  ]);
  if ("unseen" in runs) return { unseen: runs.unseen };
  if ("unseen" in status) return { unseen: status.unseen };
  return [...runsOf(runs.found), ...statusesOf(status.found)];
}
